import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { lychees, type Market, now, openMarket, pottery } from '../orders/market.ts';
import { type LotDesk, type LotSaid, openLotDesk, reason } from './lot-desk.ts';

vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    const id = authorization.slice('Bearer '.length);
    return { id, role: id.startsWith('sel_') ? 'seller' : id };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

/** A plain lot number that stands on two products means neither: a recall of the wrong lot would be worse than a refusal. */
let market: Market;
let desk: LotDesk;
let noodles: string;
let db: typeof import('../../../functions/platform/dynamo.ts').dynamo;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  desk = await openLotDesk(market);
  noodles = await market.stock('MY-CHU', 1_000);
  ({ dynamo: db } = await import('../../../functions/platform/dynamo.ts'));
});
afterAll(() => market?.stop());

let made = 0;
const record = (sku: string, lot: string, as = lychees) =>
  desk.ask('POST', '/api/seller/lots', {
    as,
    body: { sku, lot, harvestedOn: '2026-06-14', quantityGrams: 820_000 },
    key: `ten-lo-${++made}`,
  });
/** Two lots of one number, and that number. */
async function twins(): Promise<{ lot: string; one: LotSaid; other: LotSaid }> {
  const lot = `TRUNG-${++made}`;
  const [one, other] = [await record(desk.sku, lot), await record(noodles, lot)];
  expect([one.status, other.status]).toEqual([201, 201]);
  return { lot, one: one.json, other: other.json };
}
const rowOf = async (lot: string) =>
  (await market.everything('traceability')).find((i) => i.pk === `SELLER#${lychees}` && i.sk === `LOT#${lot}`);

const reads = [
  'codes.csv',
  'codes.pdf',
  'orders',
  'journey',
  'scans',
  'readings',
  'readings/rdg_000000000000000000000',
  'epcis.jsonld',
  'portal',
];

test('the plain number of two lots is refused on every route, naming both, and nothing is written', async () => {
  const { lot, one, other } = await twins();
  const before = await market.digests('traceability');
  const path = `/api/seller/lots/${lot}`;
  const answers = [
    ...(await Promise.all(reads.map((name) => desk.ask('GET', `${path}/${name}`, { as: lychees })))),
    await desk.recall({ lot }),
    await desk.issue({ lot }),
    await desk.ask('DELETE', `${path}/photos/${'A'.repeat(22)}`, { as: lychees }),
  ];
  expect(answers.map(({ status, json }) => [status, (json as unknown as { code: string }).code])).toEqual(
    answers.map(() => [409, 'conflict']),
  );
  for (const { json } of answers) {
    expect(json.detail).toContain(`${one.gtin}:${lot}`);
    expect(json.detail).toContain(`${other.gtin}:${lot}`);
    expect(json.detail).toMatch(/^Gian hàng có 2 lô mang số TRUNG-\d+: /);
  }
  const { addPhoto } = await import('../../../functions/traceability/lots/lot-photos.ts');
  const { addReadings } = await import('../../../functions/traceability/market-events/lot-readings.ts');
  await expect(addPhoto(lychees, lot, { type: 'image/png', bytes: new Uint8Array() })).rejects.toMatchObject({ code: 'conflict' });
  const file = { type: 'text/csv', bytes: new TextEncoder().encode('time,temperature_c\n'), key: 'tep-1', query: {} };
  await expect(addReadings({ sellerId: lychees, lot, ...file }, now)).rejects.toMatchObject({ code: 'conflict' });
  expect(await market.digests('traceability')).toEqual(before);
});

test('the full form works on every route, and acts on that lot alone', async () => {
  const { lot, one, other } = await twins();
  const full = `${one.gtin}:${lot}`;
  expect((await desk.issue({ lot: full }, 1)).json).toMatchObject({ gtin: one.gtin, lot, codesIssued: 1 });
  const { codeList, labelSheet } = await import('../../../functions/traceability/lots/label-sheet.ts');
  expect((await codeList(lychees, full, undefined)).csv).toContain(one.gtin);
  expect((await labelSheet(lychees, full, undefined, now)).pages).toBe(1);
  for (const name of reads.filter((name) => !/codes|\//.test(name)))
    expect([name, (await desk.ask('GET', `/api/seller/lots/${full}/${name}`, { as: lychees })).status]).toEqual([name, 200]);
  expect((await desk.recall({ lot: full })).json).toMatchObject({ gtin: one.gtin, recall: { reason } });
  expect([Boolean((await desk.storedLot(one))?.recall), Boolean((await desk.storedLot(other))?.recall)]).toEqual([true, false]);
});

test('one lot, another seller’s of the same number, and another seller’s question: as ever', async () => {
  const lot = `RIENG-${++made}`;
  const vase = await market.stock('BINH', 10);
  expect([(await record(desk.sku, lot)).status, (await record(vase, lot, pottery)).status]).toEqual([201, 201]);
  expect((await desk.issue({ lot }, 1)).status).toBe(201);
  const { lot: both } = await twins();
  expect((await desk.recall({ lot: both }, { as: pottery })).status).toBe(404);
});

test('two that are recorded at once are both known', async () => {
  for (let round = 0; round < 5; round++) {
    const lot = `CUNG-${++made}`;
    await Promise.all([record(desk.sku, lot), record(noodles, lot)]);
    expect((await desk.recall({ lot })).status).toBe(409);
  }
});

test('a row of before, which knows one GTIN, keeps it when another lot of the number comes', async () => {
  const lot = `CU-${++made}`;
  const { json: one } = await record(desk.sku, lot);
  await db.send(new PutCommand({ TableName: 'traceability', Item: { pk: `SELLER#${lychees}`, sk: `LOT#${lot}`, gtin: one.gtin } }));
  expect((await desk.issue({ lot }, 1)).status).toBe(201);
  await record(noodles, lot);
  const refused = await desk.recall({ lot });
  expect([refused.status, refused.json.detail]).toEqual([409, expect.stringContaining(`${one.gtin}:${lot}`)]);
});

test('a key that was answered while there was one lot has its answer still', async () => {
  const lot = `KHOA-${++made}`;
  await record(desk.sku, lot);
  const issue = () => desk.ask('POST', `/api/seller/lots/${lot}/codes`, { as: lychees, body: { count: 1 }, key: `khoa-${lot}` });
  const first = await issue();
  await record(noodles, lot);
  const again = await issue();
  expect([again.status, again.json.serials]).toEqual([201, first.json.serials]);
});

test('once one of two is forgotten the number means the other; after the other it means none', async () => {
  const { lot, one, other } = await twins();
  const { endLot } = await import('../../../functions/traceability/records/forget-store.ts');
  const forget = async ({ gtin }: LotSaid) => {
    const { Item } = await db.send(new GetCommand({ TableName: 'traceability', Key: { pk: `EPC#01/${gtin}/10/${lot}`, sk: 'LOT' } }));
    const due = (await market.everything('traceability')).find((i) => i.kind === 'LOT' && i.gtin === gtin && i.lot === lot);
    const left = { gtin, lot, keptUntil: '2031-06-15', forgottenOn: '2031-06-16' };
    expect(await endLot(Item as never, due as never, left)).toBe(true);
  };
  await forget(one);
  expect((await desk.issue({ lot }, 1)).json.gtin).toBe(other.gtin);
  const { Item } = await db.send(new GetCommand({ TableName: 'traceability', Key: { pk: `EPC#01/${other.gtin}/10/${lot}`, sk: 'LOT' } }));
  expect(Item?.codesIssued).toBe(1);
  await forget(other);
  expect([(await desk.issue({ lot }, 1)).status, await rowOf(lot)]).toEqual([404, undefined]);
});

test('a package whose SKU has two lots of one number is not filled by the plain number', async () => {
  const lot = `MOT-SKU-${++made}`;
  const { json: one } = await record(desk.sku, lot);
  const { putLot } = await import('../../../functions/traceability/store.ts');
  const stored = (await desk.storedLot(one)) as never as Parameters<typeof putLot>[0];
  // The SKU had another GTIN before.
  const gtin = '08938500990991';
  const { pk: _pk, sk: _sk, ...rest } = stored as typeof stored & { pk: string; sk: string };
  const older = { ...rest, gtin };
  expect(await putLot(older, { scope: 'x', key: lot, body: {}, now }, { status: 201, body: {} as never })).toBe('recorded');
  const { code } = await desk.buy(1);
  expect((await desk.name(code, [{ sku: desk.sku, lot }])).status).toBe(409);
  expect((await desk.name(code, [{ sku: desk.sku, lot: `${gtin}:${lot}` }])).json.lots).toMatchObject([{ gtin, lot }]);
});
