import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { baseline, lossyWebp, png, progressive, sideways } from '../../unit/traceability/pictures.ts';
import { startEngine } from '../engine.ts';
import { findByGtin, findSeller, findSku, lambda, lycheeGtin, lychees, pottery, request } from './stall.ts';

vi.mock('../../../functions/catalog/find-sku.ts', () => ({ findSku, findByGtin }));
vi.mock('../../../functions/sellers/find-seller.ts', () => ({ findSeller }));
vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    return { id: authorization.slice('Bearer '.length), role: 'seller' };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let engine: Awaited<ReturnType<typeof startEngine>>;
let handler: typeof import('../../../functions/traceability/http.ts').handler;
let platform: typeof import('../../../functions/platform/dynamo.ts');

type Answer = APIGatewayProxyStructuredResultV2 & { headers: Record<string, string>; json: () => Record<string, unknown> };
const answerTo = async (event: APIGatewayProxyEventV2): Promise<Answer> => {
  const answer = (await handler(event, lambda)) as APIGatewayProxyStructuredResultV2;
  return { ...answer, headers: (answer.headers ?? {}) as Record<string, string>, json: () => JSON.parse(answer.body ?? '') };
};
const ask = (...args: Parameters<typeof request>): Promise<Answer> => answerTo(request(...args));
const photosOf = (lot: string) => `/api/seller/lots/${lot}/photos`;
const add = (lot: string, bytes: Uint8Array, { type = 'image/jpeg', as = lychees } = {}): Promise<Answer> => {
  const event = request('POST', photosOf(lot), { as });
  return answerTo({
    ...event,
    headers: { ...event.headers, 'content-type': type },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  });
};
/** A picture like `baseline` but for its last coded byte: another photo, as large as asked. */
const another = (n: number, size = baseline.length): Uint8Array => {
  const filler = Buffer.alloc(Math.max(0, size - baseline.length), 0x11);
  return new Uint8Array(Buffer.concat([baseline.subarray(0, -2), filler, Uint8Array.of(n, 0xff, 0xd9)]));
};
const newLot = async (lot: string): Promise<void> => {
  const body = { sku: 'VAI-5KG', lot, harvestedOn: '2026-06-14', quantityGrams: 820_000 };
  expect((await ask('POST', '/api/seller/lots', { as: lychees, body, key: `lot-${lot}` })).statusCode).toBe(201);
};
interface Shown {
  lot: string;
  photos?: { id: string; url: string }[];
}
const lotOf = async (lot: string): Promise<Shown> => {
  const { items } = (await ask('GET', '/api/seller/lots', { as: lychees, query: { limit: '100' } })).json() as { items: Shown[] };
  return items.find((l) => l.lot === lot) ?? { lot: 'none' };
};
/** What the table holds of photos, as keys. */
const rowsOf = async (id?: string): Promise<string[]> => {
  const rows: string[] = [];
  await platform.scanAll('traceability', ({ pk, sk }) => {
    if (String(pk).startsWith(`PHOTO#${id ?? ''}`)) rows.push(`${pk} ${sk}`);
  });
  return rows.sort();
};

beforeAll(async () => {
  engine = await startEngine();
  ({ handler } = await import('../../../functions/traceability/http.ts'));
  platform = await import('../../../functions/platform/dynamo.ts');
});
afterAll(() => engine?.stop());

describe('a photo', () => {
  test('is shown clean, as a picture and nothing else, to whoever knows its address; the lot and its items name it', async () => {
    await newLot('ANH-1');
    const added = await add('ANH-1', sideways);
    const { id, url, ...size } = added.json() as { id: string; url: string };
    expect([added.statusCode, url, size]).toEqual([201, `/api/photos/${id}`, { width: 8, height: 16 }]);
    expect(id).toMatch(/^[\w-]{22}$/);
    const { statusCode, headers, body, isBase64Encoded } = await ask('GET', url);
    expect([statusCode, isBase64Encoded]).toEqual([200, true]);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const shown = Buffer.from(body ?? '', 'base64');
    expect([shown.length, shown.includes('SecretPhone')]).toEqual([baseline.length + 36, false]);

    expect((await lotOf('ANH-1')).photos).toEqual([{ id, url, width: 8, height: 16 }]);
    const issued = await ask('POST', '/api/seller/lots/ANH-1/codes', { as: lychees, body: { count: 1 }, key: 'codes-1' });
    const [serial] = issued.json().serials as string[];
    const trace = (await ask('GET', `/api/trace/${lycheeGtin}/${serial}`)).json() as { lot: { photos: unknown } };
    expect(trace.lot.photos).toEqual([{ id, url, width: 8, height: 16 }]);
  });

  test('is what its bytes are, whatever it is called', async () => {
    await newLot('ANH-2');
    for (const [bytes, called, type] of [
      [png, 'image/jpeg', 'image/png'],
      [lossyWebp, 'image/png; charset=utf-8', 'image/webp'],
      [progressive, 'IMAGE/WEBP', 'image/jpeg'],
    ] as const) {
      const { url } = (await add('ANH-2', bytes, { type: called })).json();
      expect((await ask('GET', String(url))).headers['content-type']).toBe(type);
    }
  });

  test('of 2 MB comes back whole; of a byte more is refused', async () => {
    await newLot('ANH-3');
    const large = another(1, 1_999_999);
    expect(large.length).toBe(2_000_000);
    const { id, url } = (await add('ANH-3', large)).json();
    const { body } = await ask('GET', String(url));
    expect(Buffer.from(body ?? '', 'base64').equals(large)).toBe(true);
    expect(await rowsOf(String(id))).toHaveLength(7);
    expect((await add('ANH-3', another(1, 2_000_000))).json().code).toBe('payload_too_large');
  });

  test('added again, also ten times at once, is one photo', async () => {
    await newLot('ANH-4');
    const answers = await Promise.all(Array.from({ length: 10 }, () => add('ANH-4', png)));
    answers.push(await add('ANH-4', png));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect((await lotOf('ANH-4')).photos).toHaveLength(1);
  });

  test('of one lot has another name in the next: an address tells nothing of other lots', async () => {
    await newLot('ANH-5');
    await newLot('ANH-6');
    const [a, b] = [await add('ANH-5', png), await add('ANH-6', png)];
    expect(a.json().id).not.toBe(b.json().id);
  });

  test('a fifth is refused, also when eight come at once: four stand, and nothing of the others is left', async () => {
    await newLot('ANH-7');
    const before = (await rowsOf()).length;
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => add('ANH-7', another(n + 1))));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 201, 201, 409, 409, 409, 409]);
    const added = answers.filter(({ statusCode }) => statusCode === 201).map(({ json }) => json().id);
    expect((await lotOf('ANH-7')).photos?.map(({ id }) => id).sort()).toEqual(added.sort());
    expect((await rowsOf()).length).toBe(before + 4 * 2);
  });
});

describe('refused', () => {
  test('is what is no picture, and what is not even called one', async () => {
    await newLot('ANH-8');
    const refusals = [
      [baseline.subarray(0, 100), 'image/jpeg', 422, 'validation_failed'],
      [new Uint8Array(), 'image/png', 422, 'validation_failed'],
      [Buffer.from('<svg onload="alert(1)"/>'), 'image/png', 422, 'validation_failed'],
      [baseline, 'image/svg+xml', 415, 'unsupported_media_type'],
      [baseline, 'text/html', 415, 'unsupported_media_type'],
      [baseline, '', 415, 'unsupported_media_type'],
    ] as const;
    for (const [bytes, type, status, code] of refusals) {
      const answer = await add('ANH-8', bytes, { type });
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    }
    expect((await lotOf('ANH-8')).photos).toBeUndefined();
  });

  test('is another seller, to whom the lot does not exist; nothing changes', async () => {
    await newLot('ANH-9');
    const { id } = (await add('ANH-9', png)).json();
    for (const lot of ['ANH-9', `${lycheeGtin}:ANH-9`]) {
      expect((await add(lot, baseline, { as: pottery })).statusCode).toBe(404);
      expect((await ask('DELETE', `${photosOf(lot)}/${id}`, { as: pottery })).statusCode).toBe(404);
    }
    expect((await lotOf('ANH-9')).photos).toHaveLength(1);
  });
});

describe('taking a photo away', () => {
  test('leaves the others, frees its place, and a second time it is not found', async () => {
    await newLot('ANH-10');
    const ids = [];
    for (const n of [1, 2, 3, 4]) ids.push(String((await add('ANH-10', another(n))).json().id));
    const { statusCode, body } = await ask('DELETE', `${photosOf('ANH-10')}/${ids[1]}`, { as: lychees });
    expect([statusCode, body]).toEqual([204, undefined]);
    expect((await lotOf('ANH-10')).photos?.map(({ id }) => id)).toEqual([ids[0], ids[2], ids[3]]);
    expect((await ask('GET', `/api/photos/${ids[1]}`)).statusCode).toBe(404);
    expect(await rowsOf(ids[1])).toEqual([]);
    expect((await ask('DELETE', `${photosOf('ANH-10')}/${ids[1]}`, { as: lychees })).statusCode).toBe(404);
    expect((await add('ANH-10', another(2))).json().id).toBe(ids[1]);
  });

  test('all four at once, while others look: four times gone, no rows left', async () => {
    await newLot('ANH-11');
    const ids = [];
    for (const n of [1, 2, 3, 4]) ids.push(String((await add('ANH-11', another(n))).json().id));
    const answers = await Promise.all(ids.map((id) => ask('DELETE', `${photosOf('ANH-11')}/${id}`, { as: lychees })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 204, 204, 204]);
    expect((await lotOf('ANH-11')).photos).toEqual([]);
    for (const id of ids) expect(await rowsOf(id)).toEqual([]);
  });

  test('that is none is not found', async () => {
    for (const id of ['x', 'A'.repeat(22), '..%2f', 'A'.repeat(21)])
      expect((await ask('GET', `/api/photos/${id}`)).statusCode, id).toBe(404);
  });
});
