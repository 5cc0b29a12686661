import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { Trace } from '../../../shared/traceability/contract.ts';
import { startEngine } from '../engine.ts';
import { findByGtin, findSeller, findSku, lambda, lycheeGtin, lychees, pottery, request } from './stall.ts';

vi.mock('../../../functions/catalog/find-sku.ts', () => ({ findSku, findByGtin }));
vi.mock('../../../functions/sellers/find-seller.ts', () => ({ findSeller }));
vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    const id = authorization.slice('Bearer '.length);
    return { id, role: id.startsWith('sel_') ? 'seller' : 'shopper' };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let engine: Awaited<ReturnType<typeof startEngine>>;
let handler: typeof import('../../../functions/traceability/http.ts').handler;
let dynamo: typeof import('../../../functions/platform/dynamo.ts').dynamo;
/** Three boxes of lot VT-01. */
let serials: string[];

const ask = async (
  ...args: Parameters<typeof request>
): Promise<APIGatewayProxyStructuredResultV2 & { headers: Record<string, string>; json: () => Record<string, unknown> }> => {
  const answer = (await handler(request(...args), lambda)) as APIGatewayProxyStructuredResultV2;
  return { ...answer, headers: (answer.headers ?? {}) as Record<string, string>, json: () => JSON.parse(answer.body ?? '') };
};

beforeAll(async () => {
  engine = await startEngine();
  ({ handler } = await import('../../../functions/traceability/http.ts'));
  ({ dynamo } = await import('../../../functions/platform/dynamo.ts'));
  const lot = {
    sku: 'VAI-5KG',
    lot: 'VT-01',
    harvestedOn: '2026-06-14',
    quantityGrams: 820_000,
    plantingAreaCode: 'VN-BGOR-0012',
    certificates: [
      { kind: 'VietGAP', number: 'VG-2023-01', validUntil: '2026-06-30' },
      { kind: 'OCOP', number: '123/QĐ-UBND' },
    ],
  };
  const recorded = await ask('POST', '/api/seller/lots', { as: lychees, body: lot, key: 'lot-1' });
  expect([recorded.statusCode, recorded.headers['idempotent-replayed']]).toEqual([201, undefined]);
  const again = await ask('POST', '/api/seller/lots', { as: lychees, body: lot, key: 'lot-1' });
  expect([again.statusCode, again.headers['idempotent-replayed'], again.body]).toEqual([201, 'true', recorded.body]);
  const issued = await ask('POST', '/api/seller/lots/VT-01/codes', { as: lychees, body: { count: 3 }, key: 'codes-1' });
  expect([issued.statusCode, issued.json().codesIssued]).toEqual([201, 3]);
  serials = issued.json().serials as string[];
});
afterAll(() => engine?.stop());

describe('the seller’s routes', () => {
  const all = [
    ['GET', '/api/seller/lots', undefined],
    ['POST', '/api/seller/lots', { sku: 'VAI-5KG', lot: 'Z', harvestedOn: '2026-06-14', quantityGrams: 1 }],
    ['POST', '/api/seller/lots/VT-01/codes', { count: 1 }],
    ['GET', '/api/seller/lots/VT-01/codes.csv', undefined],
    ['GET', '/api/seller/lots/VT-01/codes.pdf', undefined],
  ] as const;

  test.each(all)('%s %s: nobody 401, a shopper 403', async (method, path, body) => {
    expect((await ask(method, path, { body, key: 'k1' })).statusCode).toBe(401);
    expect((await ask(method, path, { as: 'shopper', body, key: 'k1' })).statusCode).toBe(403);
  });

  test.each(all.slice(2))('%s %s of another seller is 404', async (method, path, body) => {
    expect((await ask(method, path, { as: pottery, body, key: 'k2' })).statusCode).toBe(404);
  });

  test('another seller lists none of them', async () => {
    expect((await ask('GET', '/api/seller/lots', { as: pottery })).json()).toEqual({ items: [] });
    expect((await ask('GET', '/api/seller/lots', { as: lychees })).json().items).toMatchObject([
      { lot: 'VT-01', codesIssued: 3, codedGrams: 15_000 },
    ]);
  });

  test('a key is needed, and the count is 1–10,000', async () => {
    expect((await ask('POST', '/api/seller/lots/VT-01/codes', { as: lychees, body: { count: 1 } })).statusCode).toBe(422);
    for (const count of [0, 10_001, 1.5, '3'])
      expect((await ask('POST', '/api/seller/lots/VT-01/codes', { as: lychees, body: { count }, key: 'k3' })).statusCode).toBe(422);
  });
});

describe('the codes on paper', () => {
  test('CSV: byte order mark, header, one quoted line per code with its link', async () => {
    const { statusCode, headers, body } = await ask('GET', '/api/seller/lots/VT-01/codes.csv', { as: lychees });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'x-pages': '1',
      'content-disposition': 'attachment; filename="ma-truy-xuat-VT-01.csv"',
    });
    const lines = serials.map((s) => `"${s}","${lycheeGtin}","VT-01","https://chokinhbac.test/01/${lycheeGtin}/21/${s}"\r\n`);
    expect(body).toBe(`\ufeff"serial","gtin","lot","url"\r\n${lines.join('')}`);
  });

  test('PDF: an A4 page; a page beyond the last is 404', async () => {
    const { statusCode, headers, body, isBase64Encoded } = await ask('GET', '/api/seller/lots/VT-01/codes.pdf', { as: lychees });
    expect([statusCode, headers['content-type'], isBase64Encoded]).toEqual([200, 'application/pdf', true]);
    expect(
      Buffer.from(body ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await ask('GET', '/api/seller/lots/VT-01/codes.pdf', { as: lychees, query: { page: '2' } })).statusCode).toBe(404);
    expect((await ask('GET', '/api/seller/lots/VT-01/codes.pdf', { as: lychees, query: { page: '0' } })).statusCode).toBe(422);
  });

  test('an address too long for a label: the PDF says by how much, the CSV still comes', async () => {
    const { config } = await import('../../../functions/platform/config.ts');
    const usual = config.PUBLIC_ORIGIN;
    // 44 + 34 bytes where 75 fit.
    config.PUBLIC_ORIGIN = 'https://truy-xuat-nguon-goc.bacninh.gov.test';
    try {
      const { statusCode, json } = await ask('GET', '/api/seller/lots/VT-01/codes.pdf', { as: lychees });
      expect([statusCode, json().code, json().detail]).toEqual([
        409,
        'conflict',
        'Địa chỉ của chợ (https://truy-xuat-nguon-goc.bacninh.gov.test) dài quá 3 ký tự: mã QR trên tem 20 × 30 mm chỉ chứa liên kết 75 byte. Chợ cần tên miền ngắn hơn mới in được tem; tệp CSV vẫn tải được.',
      ]);
      expect((await ask('GET', '/api/seller/lots/VT-01/codes.csv', { as: lychees })).statusCode).toBe(200);
    } finally {
      config.PUBLIC_ORIGIN = usual;
    }
  });

  test('250 codes in two batches: by default the newest, page by page all of them in the order of issue', async () => {
    await ask('POST', '/api/seller/lots', {
      as: lychees,
      body: { sku: 'VAI-10G', lot: 'NHIEU', harvestedOn: '2026-06-14', quantityGrams: 2_500 },
      key: 'lot-2',
    });
    const first = (await ask('POST', '/api/seller/lots/NHIEU/codes', { as: lychees, body: { count: 130 }, key: 'codes-2' })).json()
      .serials as string[];
    const second = (await ask('POST', '/api/seller/lots/NHIEU/codes', { as: lychees, body: { count: 120 }, key: 'codes-3' })).json()
      .serials as string[];
    const all = [...first, ...second];
    const { codesOfLot } = await import('../../../functions/traceability/lots/codes-of-lot.ts');
    const page = async (n?: number) => (await codesOfLot(lychees, 'NHIEU', 100, n)).codes.map(({ serial }) => serial);
    expect(await page()).toEqual(all.slice(150));
    expect(await page(1)).toEqual(all.slice(0, 100));
    expect(await page(2)).toEqual(all.slice(100, 200));
    expect(await page(3)).toEqual(all.slice(200));
    await expect(page(4)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a lot without codes: an empty list, nothing to print', async () => {
    await ask('POST', '/api/seller/lots', {
      as: lychees,
      body: { sku: 'VAI-10G', lot: 'TRONG', harvestedOn: '2026-06-14', quantityGrams: 10 },
      key: 'lot-3',
    });
    expect((await ask('GET', '/api/seller/lots/TRONG/codes.csv', { as: lychees })).body).toBe('\ufeff"serial","gtin","lot","url"\r\n');
    expect((await ask('GET', '/api/seller/lots/TRONG/codes.pdf', { as: lychees })).statusCode).toBe(404);
  });
});

describe('tracing', () => {
  const trace = (serial: string, gtin = lycheeGtin) => ask('GET', `/api/trace/${gtin}/${serial}`);

  test('an issued code tells product, seller, lot, journey and papers, and nothing of persons', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-07-01T02:00:00Z') });
    const { statusCode, body, json } = await trace(serials[0] as string);
    vi.useRealTimers();
    expect(statusCode).toBe(200);
    const { journey, ...rest } = Trace.parse(json());
    expect(rest).toEqual({
      state: 'active',
      said: { title: 'Mã do chợ cấp', text: expect.stringContaining('Tem giấy có thể bị chép lại') },
      scan: {
        phones: 0,
        shipment: 'unknown',
        words: ['Trước lần này chưa ai quét mã này.', expect.stringContaining('chưa ghi nhận kiện hàng nào')],
        findings: [],
      },
      gtin: lycheeGtin,
      serial: serials[0],
      product: {
        slug: 'vai-thieu-luc-ngan',
        name: 'Vải thiều Lục Ngạn',
        variant: 'Thùng 5 kg',
        image: '/anh/vai.jpg',
        netWeightGrams: 5_000,
      },
      seller: {
        slug: 'htx-luc-ngan',
        name: 'HTX Vải thiều Lục Ngạn',
        address: 'Thôn Kép, Xã Lục Ngạn, Tỉnh Bắc Ninh',
        commune: { code: '07582', name: 'Lục Ngạn' },
      },
      lot: { lot: 'VT-01', harvestedOn: '2026-06-14', plantingAreaCode: 'VN-BGOR-0012' },
      certificates: [
        { kind: 'VietGAP', number: 'VG-2023-01', validUntil: '2026-06-30', valid: false },
        { kind: 'OCOP', number: '123/QĐ-UBND', valid: true },
      ],
      warnings: ['Giấy VietGAP số VG-2023-01 chỉ có giá trị đến hết ngày 30/06/2026, nay đã hết hạn.'],
      scans: { count: 0 },
    });
    expect(journey.map(({ step }) => step)).toEqual(['harvested', 'coded']);
    expect(journey[0]).toEqual({
      step: 'harvested',
      at: '2026-06-13T17:00:00.000Z',
      place: 'Lục Ngạn',
      text: 'Lô VT-01 được thu hoạch hoặc làm ra ngày 14/06/2026 tại Lục Ngạn, vùng trồng mã số VN-BGOR-0012.',
    });
    expect(body).not.toMatch(/84912345678|0123456789|sel_vai/);
  });

  test('a household shows its commune, never its street', async () => {
    await ask('POST', '/api/seller/lots', {
      as: pottery,
      body: { sku: 'BINH-GOM', lot: 'G1', harvestedOn: '2026-06-01', quantityGrams: 12_000 },
      key: 'lot-1',
    });
    const issued = (await ask('POST', '/api/seller/lots/G1/codes', { as: pottery, body: { count: 1 }, key: 'codes-1' })).json() as {
      gtin: string;
      serials: string[];
    };
    const { seller, journey } = Trace.parse((await trace(issued.serials[0] as string, issued.gtin)).json());
    expect(seller?.address).toBe('Xã Phù Lãng, Tỉnh Bắc Ninh');
    expect(journey[1]?.text).toContain('Số GTIN là số thử nghiệm của chợ, chưa đăng ký với GS1 Việt Nam.');
  });

  test('typed by hand: small letters, spaces and hyphens lead to the same item', async () => {
    const [a = '', b = '', c = ''] = (serials[1] as string).match(/.{4}/g) ?? [];
    expect((await trace(`${a.toLowerCase()}-${b}-${c}`)).json()).toMatchObject({ state: 'active', serial: serials[1] });
  });

  test('a code that was never issued says so, with 200 and no product', async () => {
    for (const [serial, gtin] of [
      ['ZZZZZZZZZZZZ', lycheeGtin],
      [serials[0] as string, '08938500990991'],
      ['khac!', lycheeGtin],
    ] as const) {
      const { statusCode, json } = await trace(serial, gtin);
      expect(statusCode).toBe(200);
      expect(json()).toEqual({
        state: 'never_issued',
        said: { title: 'Mã này chưa từng được phát hành', text: expect.any(String) },
        gtin,
        serial,
        journey: [],
        certificates: [],
        warnings: [expect.stringContaining('chưa từng cấp mã này')],
        scans: { count: 0 },
      });
    }
  });

  test('a wrong check digit, 13 digits, a serial of 21 characters: 404', async () => {
    for (const [serial, gtin] of [
      ['ZZZZZZZZZZZZ', '08938500000011'],
      ['ZZZZZZZZZZZZ', '8938500000010'],
      ['A'.repeat(21), lycheeGtin],
    ] as const)
      expect((await trace(serial, gtin)).statusCode).toBe(404);
  });

  test('a recalled lot is recalled at the next look, whatever the item', async () => {
    const mark = (recall?: object) =>
      dynamo.send(
        new UpdateCommand({
          TableName: 'traceability',
          Key: { pk: `EPC#01/${lycheeGtin}/10/VT-01`, sk: 'LOT' },
          UpdateExpression: recall ? 'SET recall = :r' : 'REMOVE recall',
          ...(recall ? { ExpressionAttributeValues: { ':r': recall } } : {}),
        }),
      );
    await mark({ reason: 'Dư lượng thuốc vượt mức.', at: '2026-06-20T02:00:00.000Z' });
    const { state, warnings, journey } = Trace.parse((await trace(serials[2] as string)).json());
    expect(state).toBe('recalled');
    expect(warnings[0]).toBe(
      'Lô hàng này đã bị thu hồi ngày 20/06/2026: Dư lượng thuốc vượt mức. Xin bà con đừng dùng và liên hệ người bán.',
    );
    expect(journey.map(({ step }) => step)).toContain('recalled');
    expect((await ask('POST', '/api/seller/lots/VT-01/codes', { as: lychees, body: { count: 1 }, key: 'sau-thu-hoi' })).statusCode).toBe(
      409,
    );
    await mark();
  });
});

describe('scans', () => {
  const scan = (serial: string, nonce: string, gtin = lycheeGtin) =>
    ask('POST', `/api/trace/${gtin}/${serial}/scans`, { body: { nonce, device: 'may-cua-toi' } });

  test('a nonce counts once, also ten at a time; another one counts again', async () => {
    const serial = serials[0] as string;
    const answers = await Promise.all(Array.from({ length: 10 }, () => scan(serial, 'nonce-mot')));
    expect(answers.map(({ statusCode, json }) => [statusCode, json().count])).toEqual(Array(10).fill([202, 1]));
    const firstAt = answers[0]?.json().firstAt;
    expect((await scan(serial, 'nonce-hai')).json()).toEqual({ count: 2, firstAt, state: 'active' });
    expect((await ask('GET', `/api/trace/${lycheeGtin}/${serial}`)).json().scans).toEqual({ count: 2, firstAt });
  });

  test('looking without counting changes nothing', async () => {
    await ask('GET', `/api/trace/${lycheeGtin}/${serials[1]}`);
    expect((await ask('GET', `/api/trace/${lycheeGtin}/${serials[1]}`)).json().scans).toEqual({ count: 0 });
  });

  test('a code that was never issued is not counted: 404', async () => {
    expect((await scan('ZZZZZZZZZZZZ', 'nonce-ba')).statusCode).toBe(404);
    expect((await scan('ZZZZZZZZZZZZ', 'nonce-ba', '08938500000011')).statusCode).toBe(404);
  });
});

describe('the resolver', () => {
  test.each([
    [`/01/${lycheeGtin}`, {}, '/san-pham/vai-thieu-luc-ngan/'],
    [
      `/01/${lycheeGtin}`,
      { utm_source: 'zalo', q: 'vải & nhãn' },
      '/san-pham/vai-thieu-luc-ngan/?utm_source=zalo&q=v%E1%BA%A3i+%26+nh%C3%A3n',
    ],
    [`/01/${lycheeGtin}/10/VT-01`, { '17': '261231' }, '/san-pham/vai-thieu-luc-ngan/?17=261231'],
    [`/01/${lycheeGtin}/21/ZZZZZZZZZZZZ`, {}, `/truy-xuat/?gtin=${lycheeGtin}&serial=ZZZZZZZZZZZZ`],
    [`/01/${lycheeGtin}/10/VT-01/21/ABC`, { serial: 'KHAC', a: '1' }, `/truy-xuat/?gtin=${lycheeGtin}&serial=ABC&a=1`],
  ])('%s %o → 307', async (path, query, location) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(method, path, { query });
      expect([answer.statusCode, answer.headers.location, answer.body]).toEqual([307, `https://chokinhbac.test${location}`, undefined]);
    }
  });

  test('a number the market gave leads to its product too', async () => {
    const { gtin } = ((await ask('GET', '/api/seller/lots', { as: pottery })).json().items as { gtin: string }[])[0] as { gtin: string };
    expect((await ask('GET', `/01/${gtin}`)).headers.location).toBe('https://chokinhbac.test/san-pham/binh-gom-phu-lang/');
  });

  test('malformed is 400 in the language asked for, unknown is 404', async () => {
    for (const path of [
      '/01/08938500000011',
      '/01/8938500000010',
      `/01/${lycheeGtin}/21/${'A'.repeat(21)}`,
      `/01/${lycheeGtin}/10/bad^lot`,
    ]) {
      const { statusCode, headers, json } = await ask('GET', path, { english: true });
      expect([path, statusCode, headers['content-type']]).toEqual([path, 400, 'application/problem+json']);
      expect(json()).toMatchObject({ status: 400, code: 'validation_failed', title: 'Validation failed' });
    }
    const unknown = await ask('GET', '/01/08938500990991/21/ZZZZZZZZZZZZ');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'not_found']);
  });
});
