import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { documentFindings } from '../../../shared/traceability/epcis/validate.ts';
import { checkDigit } from '../../../shared/traceability/gtin.ts';
import { rootOn } from '../../../shared/traceability/records/chain.ts';
import type { EventProof, LotDossier, LotPortal } from '../../../shared/traceability/records/contract.ts';
import { lychees, type Market, now, openMarket, pottery } from '../orders/market.ts';
import { lambda, request } from './stall.ts';

vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    const id = authorization.slice('Bearer '.length);
    return { id, role: id.startsWith('sel_') ? 'seller' : id };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let market: Market;
let handler: typeof import('../../../functions/traceability/http.ts').handler;
let writeEvents: typeof import('../../../functions/traceability/epcis/write-events.ts').writeEvents;
let closeAllDays: typeof import('../../../functions/traceability/records/close-day.ts').closeAllDays;
let eventsOf: typeof import('../../../functions/traceability/records/events-of-lot.ts');
let sku: string;
let made = 0;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  ({ handler } = await import('../../../functions/traceability/http.ts'));
  ({ writeEvents } = await import('../../../functions/traceability/epcis/write-events.ts'));
  ({ closeAllDays } = await import('../../../functions/traceability/records/close-day.ts'));
  eventsOf = await import('../../../functions/traceability/records/events-of-lot.ts');
  sku = await market.stock('VAI-5KG', 1_000);
});
afterAll(() => market?.stop());

const ask = async <T>(...args: Parameters<typeof request>) => {
  const answer = (await handler(request(...args), lambda)) as APIGatewayProxyStructuredResultV2;
  const text = answer.body ?? '';
  return {
    status: answer.statusCode,
    headers: (answer.headers ?? {}) as Record<string, string>,
    text,
    json: JSON.parse(text || '{}') as T,
  };
};

interface LotSaid {
  lot: string;
  gtin: string;
}
const newLot = async (more: object = {}): Promise<LotSaid> => {
  const body = { sku, lot: `THU-${++made}`, harvestedOn: '2026-06-14', quantityGrams: 820_000, ...more };
  const { status, json, text } = await ask<LotSaid>('POST', '/api/seller/lots', { as: lychees, body, key: `lot-${made}` });
  expect(status, text).toBe(201);
  return json;
};
const issue = async ({ lot }: LotSaid, count: number) => {
  const { json } = await ask<{ serials: string[] }>('POST', `/api/seller/lots/${lot}/codes`, {
    as: lychees,
    body: { count },
    key: `codes-${++made}`,
  });
  return json.serials;
};

const common = { eventTimeZoneOffset: '+07:00', bizStep: 'storing' };
const lotOf = ({ gtin, lot }: LotSaid) => `https://id.gs1.org/01/${gtin}/10/${lot}`;
const boxOf = ({ gtin }: LotSaid, serial = '') => `https://id.gs1.org/01/${gtin}/21/${serial}`;
const amount = (lot: LotSaid, quantity: number) => ({ epcClass: lotOf(lot), quantity, uom: 'KGM' });
const pallet = (n: number) => {
  const number = `1061414123456789${n}`;
  return `https://id.gs1.org/00/${number}${checkDigit(number)}`;
};
const at = (hour: number) => `2026-06-14T${String(hour).padStart(2, '0')}:00:00.000+07:00`;
let ids = 0;
const event = (more: object) => ({ ...common, eventID: `urn:x:${++ids}`, ...more }) as unknown as EpcisEvent;
const seen = (hour: number, more: object) => event({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: at(hour), ...more });
const put = (events: EpcisEvent[], when = now, seller: string = lychees) => writeEvents(seller, events, when);

const exported = async ({ gtin, lot }: LotSaid, query: Record<string, string> = {}) => {
  const answer = await ask<{ epcisBody: { eventList: EpcisEvent[] } }>('GET', `/api/seller/lots/${gtin}:${lot}/epcis.jsonld`, {
    as: lychees,
    query,
  });
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  return { ...answer, ids: answer.json.epcisBody.eventList.map(({ eventID }) => eventID) };
};

describe('the export of a lot', () => {
  test('holds what happened to it, to what it was made of and to what was made of it, and nothing of its neighbours', async () => {
    const [raw, lot, other, sweet] = [await newLot(), await newLot(), await newLot(), await newLot()];
    const [box = '', loose = ''] = await issue(lot, 2);
    const [neighbour = ''] = await issue(other, 1);
    const harvest = seen(1, { action: 'ADD', quantityList: [amount(raw, 820)] });
    const packing = event({
      type: 'TransformationEvent',
      eventTime: at(2),
      inputQuantityList: [amount(raw, 500)],
      outputQuantityList: [amount(lot, 500)],
    });
    const loading = event({
      type: 'AggregationEvent',
      action: 'ADD',
      eventTime: at(3),
      parentID: pallet(1),
      childQuantityList: [amount(lot, 100)],
      childEPCs: [boxOf(lot, box), boxOf(other, neighbour)],
    });
    const riding = seen(4, { epcList: [pallet(1)] });
    const unloading = event({ type: 'AggregationEvent', action: 'DELETE', eventTime: at(5), parentID: pallet(1) });
    const afterwards = seen(6, { epcList: [pallet(1)] });
    const looseBox = seen(6, { epcList: [boxOf(lot, loose)] });
    const wine = event({
      type: 'TransformationEvent',
      eventTime: at(7),
      inputQuantityList: [amount(lot, 50)],
      outputQuantityList: [amount(sweet, 20)],
    });
    const wineStored = seen(8, { quantityList: [amount(sweet, 20)] });
    const otherBox = seen(8, { epcList: [boxOf(other, neighbour)] });
    const otherLot = seen(8, { quantityList: [amount(other, 1)] });
    const mistaken = seen(9, { quantityList: [amount(lot, 1)] });
    const declared = { ...mistaken, errorDeclaration: { declarationTime: at(9), reason: 'did_not_occur' } } as EpcisEvent;
    const all = [harvest, packing, loading, riding, unloading, afterwards, looseBox, wine, wineStored, otherBox, otherLot, mistaken];
    await put(all);
    await put([declared]);
    // Another seller says something of the same lot: that is not this seller's record.
    await put([seen(10, { quantityList: [amount(lot, 3)] })], now, pottery);

    const { ids: told, json, headers } = await exported(lot);
    const expected = [harvest, packing, loading, riding, unloading, looseBox, wine, wineStored, mistaken, declared];
    expect(told).toEqual(expected.map(({ eventID }) => eventID));
    expect(documentFindings(json, new Date())).toEqual([]);
    expect(headers).toMatchObject({ 'content-type': 'application/ld+json', 'x-pages': '1' });
    expect([headers.link, headers['x-incomplete']]).toEqual([undefined, undefined]);
    expect((await exported(raw)).ids).toEqual(expect.arrayContaining([harvest.eventID, packing.eventID, wine.eventID]));
  });

  test('holds what happened to the pallets its boxes lay on, as long as any of them did', async () => {
    const lot = await newLot();
    const [first = '', second = ''] = await issue(lot, 2);
    const move = (hour: number, action: string, boxes: string[]) =>
      event({
        type: 'AggregationEvent',
        action,
        eventTime: at(hour),
        parentID: pallet(2),
        childEPCs: boxes.map((serial) => boxOf(lot, serial)),
      });
    const [before, both, one, none] = [1, 3, 5, 7].map((hour) => seen(hour, { epcList: [pallet(2)] })) as [
      EpcisEvent,
      EpcisEvent,
      EpcisEvent,
      EpcisEvent,
    ];
    const moves = [move(2, 'ADD', [first, second]), move(4, 'DELETE', [first]), move(6, 'DELETE', [second])] as const;
    await put([before, both, one, none, ...moves]);
    expect((await exported(lot)).ids).toEqual([moves[0], both, moves[1], one, moves[2]].map(({ eventID }) => eventID));
  });

  test('of a lot without events is a valid document all the same', async () => {
    const lot = await newLot({ useBy: '2026-06-21' });
    const { json, ids: told } = await exported(lot);
    expect(told).toEqual([]);
    expect(documentFindings(json, new Date())).toEqual([]);
    expect(JSON.stringify(json)).toContain('"attribute":"2026-06-21"');
  });

  test('is another’s secret', async () => {
    const { gtin, lot } = await newLot();
    expect((await ask('GET', `/api/seller/lots/${gtin}:${lot}/epcis.jsonld`, { as: pottery })).status).toBe(404);
    expect((await ask('GET', `/api/seller/lots/${gtin}:${lot}/epcis.jsonld`, { as: 'department' })).status).toBe(403);
  });

  test('comes in parts that link to the next, each valid, none longer than 1,000 events', async () => {
    const lot = await newLot();
    for (let i = 0; i < 21; i++) await put(Array.from({ length: 50 }, () => seen(i, { quantityList: [amount(lot, 1)] })));
    const first = await exported(lot);
    expect([first.ids.length, first.headers['x-pages']]).toEqual([1_000, '2']);
    expect(first.headers.link).toMatch(/\/api\/seller\/lots\/\d{14}%3ATHU-\d+\/epcis\.jsonld\?page=2>; rel="next"$/);
    const second = await exported(lot, { page: '2' });
    expect([second.ids.length, second.headers.link]).toEqual([50, undefined]);
    expect(new Set([...first.ids, ...second.ids]).size).toBe(1_050);
    expect(documentFindings(second.json, new Date())).toEqual([]);
    expect((await exported(lot, { page: '3' })).ids).toEqual([]);
  });

  test('keeps every part under what an answer may hold', () => {
    const large = (n: number) => ({
      eventID: String(n),
      recordTime: '',
      eventTime: '',
      hash: '',
      sellerId: '',
      event: { note: 'n'.repeat(900_000) },
    });
    const pages = eventsOf.inPages(
      Array.from({ length: 10 }, (_, n) => large(n) as never),
      1_000,
    );
    expect(pages.map((page) => page.length)).toEqual([4, 4, 2]);
    expect(eventsOf.inPages([], 5)).toEqual([[]]);
  });
});

interface Days {
  sellerId: string;
  items: { day: string; count: number; hash: string; previous: string; merkleRoot: string; anchoredAt?: string }[];
  nextCursor?: string;
  today?: { day: string; count: number; merkleRoot?: string; isClosed: boolean };
}
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the chain', () => {
  const seller = pottery;
  const chain = (query: { [name: string]: string | undefined } = {}) =>
    ask<Days>('GET', '/api/seller/traceability/chain', { as: seller, query: query as Record<string, string> });

  test('is shown to its seller and, without a word of content, to everybody', async () => {
    for (const day of [1, 2, 3])
      await writeEvents(
        seller,
        [event({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: at(0), epcList: [pallet(day)] })],
        new Date(`2026-07-0${day}T02:00:00Z`),
      );
    await closeAllDays(new Date('2026-07-05T00:00:00Z'));
    const { json } = await chain();
    expect([json.sellerId, json.items.map(({ day, count }) => [day, count])]).toEqual([
      seller,
      expect.arrayContaining([
        ['2026-07-03', 1],
        ['2026-07-02', 1],
        ['2026-07-01', 1],
      ]),
    ]);
    // Nothing is connected that nobody could change.
    expect(json.items.some((item) => 'anchoredAt' in item)).toBe(false);
    const open = await ask<Days>('GET', '/api/traceability/chain/gom-phu-lang');
    expect([open.status, open.json, open.headers['cache-control']]).toEqual([200, json, 'public, max-age=300']);
    expect((await ask('GET', '/api/traceability/chain/khong-co')).status).toBe(404);
    expect((await ask('GET', '/api/seller/traceability/chain', { as: 'shopper' })).status).toBe(403);
  });

  test('shows today as far as it is, not closed, and by the seller’s id too', async () => {
    const fresh = 'sel_moi';
    const sent = [1, 2, 3].map((n) => event({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: at(n), epcList: [pallet(n)] }));
    const { openDayOf } = await import('../../../functions/traceability/records/open-day.ts');
    const noon = new Date('2026-07-07T05:00:00Z');
    expect(await openDayOf(fresh, noon)).toEqual({ day: '2026-07-07', count: 0, isClosed: false });
    // One yesterday, one minute before midnight in Việt Nam, two today.
    await writeEvents(fresh, sent.slice(0, 1), new Date('2026-07-06T16:59:00Z'));
    await writeEvents(fresh, sent.slice(1), new Date('2026-07-06T17:00:00Z'));
    const today = await openDayOf(fresh, noon);
    await closeAllDays(new Date('2026-07-07T18:00:00Z'));
    const { chainOf } = await import('../../../functions/traceability/records/chain-of.ts');
    const [closed] = (await chainOf(fresh, { limit: 10 }, new Date('2026-07-08T01:00:00Z'))).items;
    // The root of the open day is the one it is then closed with.
    expect(today).toEqual({ day: '2026-07-07', count: 2, merkleRoot: closed?.merkleRoot, isClosed: false });
    expect(await openDayOf(fresh, noon, 1)).toEqual({ day: '2026-07-07', count: 2, isClosed: false });

    const real = businessDay(new Date());
    expect((await chain()).json.today).toEqual({ day: real, count: 0, isClosed: false });
    const { json } = await ask<Days>('GET', `/api/traceability/chain/${seller}`);
    expect(json).toEqual((await ask<Days>('GET', '/api/traceability/chain/gom-phu-lang')).json);
    expect([json.sellerId, json.today?.day]).toEqual([seller, real]);
    expect((await ask('GET', '/api/traceability/chain/sel_khong_co')).status).toBe(404);
    // Another stretch of days, or another page of them, does not hold today.
    expect((await chain({ to: '2026-07-03' })).json).not.toHaveProperty('today');
  });

  test('comes in pages and between days', async () => {
    const bounds = { from: '2026-07-01', to: '2026-07-03' };
    const first = (await chain({ ...bounds, limit: '2' })).json;
    expect(first.items.map(({ day }) => day)).toEqual(['2026-07-03', '2026-07-02']);
    const rest = (await chain({ ...bounds, limit: '2', cursor: first.nextCursor ?? '' })).json;
    expect([rest.items.map(({ day }) => day), rest.nextCursor]).toEqual([['2026-07-01'], undefined]);
    expect(first.items[1]?.previous).toBe(rest.items[0]?.hash);
    expect((await chain({ from: '2026-07-02', to: '2026-07-02' })).json.items).toHaveLength(1);
    expect((await chain({ from: '2026-07-03', to: '2026-07-01' })).json.items).toEqual([]);
    // A cursor of other bounds.
    expect((await chain({ from: '2026-07-03', cursor: first.nextCursor ?? '' })).json.items).toEqual([]);
    for (const bad of [{ cursor: 'xyz' }, { from: '2026-02-30' }, { limit: '0' }]) expect((await chain(bad)).status).toBe(422);
  });

  test('proves an event to whoever kept the root of its day', async () => {
    const said = event({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: at(0), epcList: [pallet(9)] });
    const others = [1, 2, 3, 4].map((n) => event({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: at(n), epcList: [pallet(n)] }));
    await writeEvents(seller, [...others, said], new Date('2026-07-10T02:00:00Z'));
    const prove = (eventID: string, as: string = seller) =>
      ask<{ proofs: EventProof[]; pending: boolean; day?: string }>('GET', '/api/seller/traceability/proof', { as, query: { eventID } });
    expect((await prove(said.eventID ?? '')).json).toEqual({ proofs: [], pending: true, day: '2026-07-10' });
    await closeAllDays(new Date('2026-07-11T00:00:00Z'));
    const [proof] = (await prove(said.eventID ?? '')).json.proofs;
    expect(proof).toMatchObject({ eventID: said.eventID, isDeclaration: false, day: { day: '2026-07-10', count: 5 } });
    expect(rootOn(proof?.fingerprint ?? '', proof?.path ?? [], sha)).toBe(proof?.day.merkleRoot);
    expect((await prove(said.eventID ?? '')).json).toMatchObject({ pending: false });
    // Taken back the day after: the event is proved, its declaration not yet.
    const declared = { ...said, errorDeclaration: { declarationTime: '2026-07-11T02:00:00.000Z', reason: 'did_not_occur' as const } };
    await writeEvents(seller, [declared as EpcisEvent], new Date('2026-07-11T02:00:00Z'));
    const both = (await prove(said.eventID ?? '')).json;
    expect([both.proofs.length, both.pending, both.day]).toEqual([1, true, '2026-07-11']);
    expect((await prove('urn:x:none')).status).toBe(404);
    expect((await prove(said.eventID ?? '', lychees)).status).toBe(404);
  });
});

describe('the national portal', () => {
  const portal = ({ gtin, lot }: LotSaid, as = lychees) => ask<LotPortal>('GET', `/api/seller/lots/${gtin}:${lot}/portal`, { as });

  test('is not connected, and the answer says so and what the lot lacks', async () => {
    const { json } = await portal(await newLot());
    expect(json).toMatchObject({ connected: false, portal: { address: 'https://verigoods.vn' } });
    // The number is for demonstration, the lot has no photo, no area and no certificate.
    expect(json.missing).toEqual(['picture', 'productCode', 'locationCode', 'standards']);
    expect(json.text).toContain('chưa kết nối');
    expect(json.text).toContain('còn thiếu 4 mục bắt buộc');
    expect(json.traceCode).toBeUndefined();
    expect(json.fields.find(({ key }) => key === 'keyEvents')?.values).toEqual([
      expect.stringMatching(/^2026-06-13T17:00:00\.000Z Lô THU-\d+ được thu hoạch hoặc làm ra\.$/),
    ]);
  });

  test('is another’s business', async () => {
    expect((await portal(await newLot(), pottery)).status).toBe(404);
  });
});

describe('the dossier of a lot', () => {
  test('tells the department everything of it and nothing of its buyers', async () => {
    const lot = await newLot({ useBy: '2026-06-21', certificates: [{ kind: 'VietGAP', number: 'VG-1' }] });
    await issue(lot, 3);
    const { code } = await market.buy([{ sku, quantity: 2 }], {}, now);
    const named = await ask('PUT', `/api/seller/orders/${code}/lots`, { as: lychees, body: { lots: [{ sku, lot: lot.lot }] } });
    expect(named.status, named.text).toBe(200);
    const recallReason = 'Dư lượng thuốc vượt ngưỡng';
    await ask('POST', `/api/seller/lots/${lot.lot}/recall`, { as: lychees, body: { reason: recallReason } });
    await ask('POST', `/api/admin/lots/${lot.gtin}/${lot.lot}/lift-recall`, { as: 'department', body: { reason: 'Kiểm nghiệm lại đạt' } });
    await put([seen(1, { quantityList: [amount(lot, 5)] })], new Date('2026-08-01T02:00:00Z'));
    await closeAllDays(new Date('2026-08-02T00:00:00Z'));
    const dossier = await ask<LotDossier>('GET', `/api/admin/lots/${lot.gtin}/${lot.lot}/dossier`, { as: 'department' });
    expect(dossier.status, dossier.text.slice(0, 300)).toBe(200);
    const { json } = dossier;
    expect(json).toMatchObject({
      lot: { lot: lot.lot, codesIssued: 3, batches: [{ count: 3 }] },
      seller: { id: lychees, slug: 'htx-luc-ngan' },
      recalls: [{ reason: recallReason, by: lychees, lifted: { by: 'department', reason: 'Kiểm nghiệm lại đạt' } }],
      packages: 1,
      scans: 0,
      doubts: 0,
      portal: { connected: false },
      page: 1,
      pages: 1,
      isWhole: true,
    });
    // Recorded long after its use-by day by the clock of this machine: twelve months from then on.
    const today = businessDay(new Date());
    expect(json.lot.keepUntil > '2027-06-21' || today < '2026-06-21').toBe(true);
    const [told] = json.events;
    expect(rootOn(told?.proof?.fingerprint ?? '', told?.proof?.path ?? [], sha)).toBe(told?.proof?.day.merkleRoot);
    for (const secret of ['Nguyễn Thị Mua', '0912', 'Tràng Tiền', code]) expect(dossier.text).not.toContain(secret);
  });

  test('is for the department and administrators, and of lots that are there', async () => {
    const { gtin, lot } = await newLot();
    const as = async (who: string | undefined, name = lot) =>
      (await ask('GET', `/api/admin/lots/${gtin}/${name}/dossier`, who === undefined ? {} : { as: who })).status;
    expect([await as('admin'), await as('department'), await as(lychees), await as('shopper'), await as(undefined)]).toEqual([
      200, 200, 403, 403, 401,
    ]);
    expect(await as('admin', 'KHONG-CO')).toBe(404);
  });
});
