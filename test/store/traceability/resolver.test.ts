import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startEngine } from '../engine.ts';
import { findByGtin, findSeller, findSku, lambda, lycheeGtin, lychees, request } from './stall.ts';

vi.mock('../../../functions/catalog/find-sku.ts', () => ({ findSku, findByGtin }));
vi.mock('../../../functions/sellers/find-seller.ts', () => ({ findSeller }));
vi.mock('../../../functions/platform/auth.ts', () => ({ callerOf: async () => ({ id: 'sel_vai', role: 'seller' }) }));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let engine: Awaited<ReturnType<typeof startEngine>>;
let handler: typeof import('../../../functions/traceability/http.ts').handler;
/** One item of lot VT-01, which has papers, and one of lot VT-02, which has none. */
let certified: string;
let plain: string;

const ask = async (
  ...args: Parameters<typeof request>
): Promise<APIGatewayProxyStructuredResultV2 & { headers: Record<string, string> }> => {
  const answer = (await handler(request(...args), lambda)) as APIGatewayProxyStructuredResultV2;
  return { ...answer, headers: (answer.headers ?? {}) as Record<string, string> };
};

const newItem = async (lot: string, certificates: object[]): Promise<string> => {
  const body = { sku: 'VAI-5KG', lot, harvestedOn: '2026-06-14', quantityGrams: 820_000, certificates };
  expect((await ask('POST', '/api/seller/lots', { as: lychees, body, key: `lot-${lot}` })).statusCode).toBe(201);
  const issued = await ask('POST', `/api/seller/lots/${lot}/codes`, { as: lychees, body: { count: 1 }, key: `codes-${lot}` });
  return (JSON.parse(issued.body ?? '') as { serials: string[] }).serials[0] as string;
};

beforeAll(async () => {
  engine = await startEngine();
  ({ handler } = await import('../../../functions/traceability/http.ts'));
  certified = await newItem('VT-01', [{ kind: 'VietGAP', number: 'VG-1' }]);
  plain = await newItem('VT-02', []);
});
afterAll(() => engine?.stop());

const origin = 'https://chokinhbac.test';
const product = `${origin}/san-pham/vai-thieu-luc-ngan/`;
const link = `/01/${lycheeGtin}`;
const voc = 'https://ref.gs1.org/voc/';

interface Target {
  href: string;
  title: string;
  hreflang?: string[];
  type?: string;
}
type Context = { anchor: string; itemDescription: string } & Record<string, Target[]>;

/** The linkset of a path, held to what GS1's schema for linksets demands of every one. */
async function linksetOf(path: string): Promise<Context> {
  const { statusCode, headers, body } = await ask('GET', path, { query: { linkType: 'linkset' } });
  expect([statusCode, headers['content-type'], headers.location]).toEqual([200, 'application/linkset+json', undefined]);
  const { linkset, ...others } = JSON.parse(body ?? '') as { linkset: Context[] };
  expect([Object.keys(others), linkset.length]).toEqual([[], 1]);
  const { anchor, itemDescription, ...relations } = linkset[0] as Context;
  expect(anchor).toMatch(/^https?:\/\/[\w./]+/);
  expect(itemDescription).toBe('Vải thiều Lục Ngạn, Thùng 5 kg');
  for (const [relation, targets] of Object.entries(relations)) {
    expect(relation).toMatch(/^https?:\/\/[\w./]+$/);
    for (const target of targets) {
      expect(Object.keys(target).filter((k) => !['href', 'title', 'hreflang', 'type', 'context', 'fwqs', 'public'].includes(k))).toEqual(
        [],
      );
      expect(target.href).toMatch(/^https?:\/\/[\w./]+/);
      expect(target.title).not.toBe('');
      for (const language of target.hreflang ?? []) expect(language).toMatch(/^\w\w$/);
    }
  }
  const { [`${voc}defaultLink`]: byDefault = [], ...described } = relations;
  expect(byDefault).toEqual([{ href: byDefault[0]?.href, title: byDefault[0]?.title }]);
  expect(Object.values(described).flat()).toContainEqual(expect.objectContaining(byDefault[0]));
  return linkset[0] as Context;
}
const typesOf = (context: Context) =>
  Object.keys(context)
    .filter((k) => k.startsWith(voc))
    .map((k) => k.slice(voc.length));

describe('the linkset', () => {
  test('of a product, a lot and a variant: the product’s links', async () => {
    for (const path of [link, `${link}/10/VT-01`, `${link}/10/KHONG-CO`, `${link}/22/2A`, `${link}/235/X`]) {
      const context = await linksetOf(path);
      expect(context.anchor).toBe(`${origin}${path}`);
      expect(typesOf(context)).toEqual(['defaultLink', 'pip', 'locationInfo']);
      expect(context[`${voc}defaultLink`]?.[0]?.href).toBe(product);
    }
  });

  test('of an item: its own links and those of the levels above', async () => {
    const all = ['defaultLink', 'traceability', 'pip', 'recallStatus', 'certificationInfo', 'locationInfo'];
    expect(typesOf(await linksetOf(`${link}/21/${certified}`))).toEqual(all);
    expect(typesOf(await linksetOf(`${link}/10/VT-01/21/${certified}`))).toEqual(all);
  });

  test('tells of papers by the lot a code was issued for, not by the lot a link claims', async () => {
    expect(typesOf(await linksetOf(`${link}/10/VT-01/21/${plain}`))).not.toContain('certificationInfo');
    expect(typesOf(await linksetOf(`${link}/10/KHAC/21/${certified}`))).toContain('certificationInfo');
  });

  test('of an item that was never issued walks up: no recall or papers of something that does not exist', async () => {
    expect(typesOf(await linksetOf(`${link}/21/ZZZZZZZZZZZZ`))).toEqual(['defaultLink', 'traceability', 'pip', 'locationInfo']);
  });

  test('has the canonical address as its anchor, without slash and query', async () => {
    expect((await linksetOf(`${link}/10/VT-01/`)).anchor).toBe(`${origin}${link}/10/VT-01`);
    expect((await linksetOf(`${link}/10/a:b`)).anchor).toBe(`${origin}${link}/10/a%3Ab`);
  });

  test.each(['application/linkset+json', 'text/html;q=0.5, Application/Linkset+JSON;q=0.9'])('for Accept: %s', async (accept) => {
    const { statusCode, headers } = await ask('GET', link, { accept });
    expect([statusCode, headers['content-type'], headers.vary]).toEqual([200, 'application/linkset+json', 'Accept']);
    expect(headers.link).toBe(
      '<https://ref.gs1.org/standards/resolver/linkset-context>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"',
    );
  });

  test.each(['*/*', 'text/html,application/xhtml+xml', 'application/linkset+json;q=0', 'application/linkset'])(
    'not for Accept: %s',
    async (accept) => expect((await ask('GET', link, { accept })).statusCode).toBe(307),
  );

  test('to HEAD has the same headers and no body', async () => {
    const [get, head] = [await ask('GET', link, { query: { linkType: 'all' } }), await ask('HEAD', link, { query: { linkType: 'all' } })];
    expect([head.statusCode, head.headers, head.body]).toEqual([200, get.headers, undefined]);
  });
});

describe('a redirect', () => {
  test('names the linkset and may be read from anywhere', async () => {
    for (const method of ['GET', 'HEAD']) {
      const { statusCode, headers, body } = await ask(method, `${link}/10/VT-01/`);
      expect([statusCode, headers.location, body]).toEqual([307, product, undefined]);
      expect(headers.link).toBe(`<${origin}${link}/10/VT-01?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
      expect([headers['access-control-allow-origin'], headers['access-control-expose-headers']]).toEqual(['*', 'Link, Location']);
    }
  });

  test('goes where each link of the linkset says', async () => {
    const { anchor: _, itemDescription: __, ...relations } = await linksetOf(`${link}/21/${certified}`);
    for (const [relation, [target]] of Object.entries(relations)) {
      const type = relation.slice(voc.length);
      for (const linkType of [`gs1:${type}`, relation, `https://gs1.org/voc/${type}`]) {
        const { statusCode, headers } = await ask('GET', `${link}/21/${certified}`, { query: { linkType } });
        expect(statusCode, linkType).toBe(307);
        const location = new URL(headers.location as string);
        expect(location.searchParams.get('linkType')).toBe(linkType);
        location.searchParams.delete('linkType');
        expect(location.href, linkType).toBe(target?.href);
      }
    }
  });

  test('to an empty link type is the default one', async () => {
    const { statusCode, headers } = await ask('GET', link, { query: { linkType: '' } });
    expect([statusCode, headers.location]).toEqual([307, `${product}?linkType=`]);
  });

  test('to a link type there is none of is 404', async () => {
    for (const linkType of ['gs1:leaveReview', 'gs1:traceability', 'gs1:foo', 'foo', 'https://evil.example/voc/pip', 'gs1:pip,gs1:pip'])
      expect((await ask('GET', link, { query: { linkType } })).statusCode, linkType).toBe(404);
    expect((await ask('GET', `${link}/21/${plain}`, { query: { linkType: 'gs1:certificationInfo' } })).statusCode).toBe(404);
  });
});

test.each([
  ['/01/08938500000011', {}, '01'],
  ['/01/8938500000010', {}, '01'],
  [`${link}/foo`, {}, 'path'],
  [`${link}/99/A`, {}, 'path'],
  [`${link}/21/A/10/B`, {}, 'path'],
  [`${link}/10/A/B/21/C`, {}, 'path'],
  [`${link}/10/bad^lot`, {}, '10'],
  [link, { '17': '261331' }, 'query.17'],
  [link, { '21': 'A' }, 'query.21'],
  [`${link}/21/ZZZZZZZZZZZZ`, { '11': '260230', linkType: 'linkset' }, 'query.11'],
])('%s %o is malformed: 400, readable from anywhere', async (path, query, where) => {
  const { statusCode, headers, body } = await ask('GET', path, { query, english: true, accept: 'application/linkset+json' });
  expect([statusCode, headers['content-type'], headers['access-control-allow-origin']]).toEqual([400, 'application/problem+json', '*']);
  const { status, code, errors } = JSON.parse(body ?? '') as { status: number; code: string; errors: { path: string }[] };
  expect([status, code, errors.map((e) => e.path)]).toEqual([400, 'validation_failed', [where]]);
});

test('a GTIN nobody sells here is 404, also for its linkset', async () => {
  for (const query of [{}, { linkType: 'linkset' }] as Record<string, string>[]) {
    const { statusCode, headers } = await ask('GET', '/01/08938500990991/10/A', { query });
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([404, '*']);
  }
});

test('OPTIONS says what may be asked, also from other origins', async () => {
  for (const path of [link, `${link}/10/VT-01/21/${certified}`, '/.well-known/gs1resolver']) {
    const { statusCode, headers, body } = await ask('OPTIONS', path);
    expect([statusCode, body]).toEqual([204, undefined]);
    expect(headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'Accept, Accept-Language',
    });
  }
});

test('the resolver describes itself', async () => {
  const { statusCode, headers, body } = await ask('GET', '/.well-known/gs1resolver');
  expect([statusCode, headers['content-type'], headers['access-control-allow-origin']]).toEqual([200, 'application/json', '*']);
  expect(JSON.parse(body ?? '')).toEqual({
    name: 'Chợ Kinh Bắc',
    resolverRoot: 'https://chokinhbac.test',
    supportedPrimaryKeys: ['01'],
    supportedLinkType: [{ namespace: 'https://ref.gs1.org/voc/', prefix: 'gs1:' }],
    linkTypeDefaultCanBeLinkset: false,
    contact: { fn: 'Chợ Kinh Bắc' },
    jsonLdContextLocation: 'https://ref.gs1.org/standards/resolver/linkset-context',
  });
});
