import type { APIGatewayProxyStructuredResultV2, DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { functions, type StreamTrigger } from '../../../infra/manifest.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { eventFindings } from '../../../shared/traceability/epcis/validate.ts';
import { inTheMiddle, later, loseAnswer, lychees, type Market, now, openMarket } from '../orders/market.ts';
import { lambda, request } from './stall.ts';
import { streamOf } from './tables-stream.ts';

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
let onLot: typeof import('../../../functions/traceability/market-events/on-lot.ts').handler;
let onPackage: typeof import('../../../functions/traceability/market-events/on-package.ts').handler;
let events: typeof import('../../../functions/traceability/epcis/event-store.ts');
let lotStream: () => Promise<DynamoDBRecord[]>;
let packageStream: () => Promise<DynamoDBRecord[]>;
let sku: string;
let made = 0;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'ERROR';
  market = await openMarket();
  ({ handler } = await import('../../../functions/traceability/http.ts'));
  ({ handler: onLot } = await import('../../../functions/traceability/market-events/on-lot.ts'));
  ({ handler: onPackage } = await import('../../../functions/traceability/market-events/on-package.ts'));
  events = await import('../../../functions/traceability/epcis/event-store.ts');
  const wanted = (name: string) => {
    const trigger = functions.find((fn) => fn.name === name)?.trigger as StreamTrigger | undefined;
    return (sk: string) => trigger?.sortKeyPrefixes.some((prefix) => sk.startsWith(prefix)) ?? false;
  };
  lotStream = streamOf(() => market.everything('traceability'), wanted('traceability-on-lot'));
  packageStream = streamOf(() => market.everything(), wanted('traceability-on-package'));
  sku = await market.stock('VAI-5KG', 1_000);
});
afterAll(() => market?.stop());
afterEachSettled();

/** What one test left in the streams is no business of the next. */
function afterEachSettled(): void {
  beforeEach(async () => {
    await settle();
  });
}

const hand = async (to: typeof onLot, Records: DynamoDBRecord[]) => {
  const answer = await to({ Records });
  expect(answer).toEqual({ batchItemFailures: [] });
};
/** Both consumers read what there is, the packages' first or last, any of it once more. */
async function settle(order: 'lots first' | 'packages first' = 'lots first', times = 1): Promise<void> {
  const [lots, packages] = [await lotStream(), await packageStream()];
  const steps = [() => hand(onLot, lots), () => hand(onPackage, packages)];
  if (order === 'packages first') steps.reverse();
  for (let n = 0; n < times; n++) for (const step of steps) await step();
}

const ask = async (...args: Parameters<typeof request>) => {
  const answer = (await handler(request(...args), lambda)) as APIGatewayProxyStructuredResultV2;
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return JSON.parse(answer.body ?? '{}') as { lot: string; gtin: string; serials: string[] };
};
const newLot = async (more: object = {}) => {
  const body = { sku, lot: `SK-${++made}`, harvestedOn: '2026-06-14', quantityGrams: 820_000, ...more };
  return ask('POST', '/api/seller/lots', { as: lychees, body, key: `lot-${made}` });
};
const issue = async (lot: string, count: number) =>
  (await ask('POST', `/api/seller/lots/${lot}/codes`, { as: lychees, body: { count }, key: `codes-${++made}` })).serials;
const name = (code: string, lots: { lot: string; serials?: string[] }[]) =>
  ask('PUT', `/api/seller/orders/${code}/lots`, { as: lychees, body: { lots: lots.map((lot) => ({ sku, ...lot })) } });
const buy = async (quantity: number) => (await market.buy([{ sku, quantity }])).code;
const carrier = { carrier: 'Viettel Post', trackingNumber: 'VT1' };
const desk = {
  pack: (code: string) => market.sellerDesk.pack(lychees, code, now),
  ship: (code: string) => market.sellerDesk.ship(lychees, code, carrier, later(3_600)),
  deliver: (code: string) => market.sellerDesk.deliver(lychees, code, later(7_200)),
};

const lotEpc = ({ gtin, lot }: { gtin: string; lot: string }) => `https://id.gs1.org/01/${gtin}/10/${lot}`;
async function eventsOf(epc: string): Promise<EpcisEvent[]> {
  const found = (await events.readEventsOf(lychees, epc)).map(({ event }) => event);
  for (const event of found) expect(eventFindings(event, later(86_400 * 365))).toEqual([]);
  return found;
}
const said = (list: readonly EpcisEvent[]) =>
  list.map((event) => `${event.bizStep}${event.errorDeclaration ? ' (wrong)' : ''} ${childrenOf(event)}`.trim());
const childrenOf = (event: EpcisEvent): string => {
  if (event.type !== 'AggregationEvent') return '';
  const loose = event.childQuantityList?.map(({ epcClass, quantity }) => `${epcClass.split('/').at(-1)}×${quantity ?? '?'}`) ?? [];
  return [...loose, ...(event.childEPCs ?? []).map((epc) => epc.split('/').at(-1))].join();
};
/** The events of the package that a lot was put into. */
async function packageOf(lot: { gtin: string; lot: string }): Promise<string> {
  const packing = (await eventsOf(lotEpc(lot))).find(({ type }) => type === 'AggregationEvent');
  return packing?.type === 'AggregationEvent' ? (packing.parentID ?? '') : '';
}

describe('from the garden to the door', () => {
  test('every step is an event, in order, and told twice it is told once', async () => {
    const lot = await newLot({ plantingAreaCode: 'VN-BG-01' });
    await issue(lot.lot, 3);
    const code = await buy(2);
    await desk.pack(code);
    await name(code, [{ lot: lot.lot }]);
    await desk.ship(code);
    await desk.deliver(code);
    await settle('lots first', 2);
    await settle('packages first', 2);

    const ofLot = await eventsOf(lotEpc(lot));
    expect(said(ofLot)).toEqual(['commissioning', `packing ${lot.lot}×2`, 'encoding']);
    expect(ofLot[0]).toMatchObject({ eventTime: '2026-06-14T00:00:00.000+07:00', disposition: 'active' });
    const ofPackage = await eventsOf(await packageOf(lot));
    expect(said(ofPackage)).toEqual([`packing ${lot.lot}×2`, 'shipping', 'retail_selling']);
    expect(ofPackage.map(({ eventTime }) => eventTime)).toEqual([
      '2026-06-15T09:00:00.000+07:00',
      '2026-06-15T10:00:00.000+07:00',
      '2026-06-15T11:00:00.000+07:00',
    ]);
    expect(ofPackage[1]).toMatchObject({
      destinationList: [{ type: 'location', destination: 'https://chokinhbac.test/dia-diem/tinh/01' }],
    });
    // Nobody's name, phone or street, whatever else is told.
    expect(JSON.stringify([...ofLot, ...ofPackage])).not.toMatch(/Nguyễn|0912|84912|Tràng Tiền/);
    expect(await events.readEventsOf('sel_gom', lotEpc(lot))).toEqual([]);
  });

  test.each(['lots first', 'packages first'] as const)(
    'lots named after the parcel is at the door still reach its events, %s',
    async (order) => {
      const lot = await newLot();
      const code = await buy(1);
      await desk.pack(code);
      await desk.ship(code);
      await desk.deliver(code);
      await settle(order);
      await name(code, [{ lot: lot.lot }]);
      await settle(order);
      expect(said(await eventsOf(await packageOf(lot)))).toEqual([`packing ${lot.lot}×1`, 'shipping', 'retail_selling']);
    },
  );

  test('lots named before packing wait for it', async () => {
    const lot = await newLot();
    const code = await buy(1);
    await name(code, [{ lot: lot.lot }]);
    await settle();
    expect(said(await eventsOf(lotEpc(lot)))).toEqual(['commissioning']);
    await desk.pack(code);
    await settle();
    expect(said(await eventsOf(lotEpc(lot)))).toEqual(['commissioning', `packing ${lot.lot}×1`]);
  });

  test('a second lot and boxes that become known correct what was told before', async () => {
    const [first, second] = [await newLot(), await newLot()];
    const serials = await issue(first.lot, 2);
    const code = await buy(3);
    await name(code, [{ lot: first.lot }]);
    await desk.pack(code);
    await settle();
    const parcel = await packageOf(first);
    expect(said(await eventsOf(parcel))).toEqual([`packing ${first.lot}×3`]);

    await name(code, [{ lot: second.lot }]);
    await settle();
    expect(said(await eventsOf(parcel)).sort()).toEqual(
      [`packing ${first.lot}×3`, `packing (wrong) ${first.lot}×3`, `packing ${first.lot}×?`, `packing ${second.lot}×?`].sort(),
    );
    await name(code, [{ lot: first.lot, serials }]);
    await settle('lots first', 2);
    const standing = await standingOf(parcel);
    expect(standing.filter((s) => s.includes('?')).sort()).toEqual([`packing ${first.lot}×?`, `packing ${second.lot}×?`]);
    expect(standing.filter((s) => !s.includes('?'))).toHaveLength(1);
    for (const serial of serials) expect(said(await eventsOf(`https://id.gs1.org/01/${first.gtin}/21/${serial}`))[0]).toContain(serial);

    // The third box as well: nothing is loose any more.
    const [third] = await issue(second.lot, 1);
    await name(code, [{ lot: second.lot, serials: [third as string] }]);
    await settle('packages first', 2);
    expect((await standingOf(parcel)).filter((s) => s.includes('×'))).toEqual([]);
  });
});

/** Without events that were declared wrong, and without the declarations. */
async function standingOf(epc: string): Promise<string[]> {
  const all = await eventsOf(epc);
  const wrong = new Set(all.filter(({ errorDeclaration }) => errorDeclaration).map(({ eventID }) => eventID));
  return said(all.filter(({ eventID }) => !wrong.has(eventID)));
}

describe('rivals and failures', () => {
  test('a lot named while the packing is being told is not lost, and nothing stays that is wrong', async () => {
    const [first, second] = [await newLot(), await newLot()];
    const code = await buy(2);
    await name(code, [{ lot: first.lot }]);
    await settle();
    await desk.pack(code);
    // The consumer has read what the package holds and is about to write; then the second lot is named.
    const records = await packageStream();
    const rival = inTheMiddle(market, 'transaction', 1, () => name(code, [{ lot: second.lot }]));
    await hand(onPackage, records);
    rival.stop();
    expect(rival.seen()).toBeGreaterThan(1);
    const parcel = await packageOf(first);
    expect((await standingOf(parcel)).sort()).toEqual([`packing ${first.lot}×?`, `packing ${second.lot}×?`]);
    await settle('lots first', 2);
    expect((await standingOf(parcel)).sort()).toEqual([`packing ${first.lot}×?`, `packing ${second.lot}×?`]);
  });

  test.each(['before', 'after'] as const)(
    'a consumer that dies %s any of its writes is followed by one that ends the same',
    async (when) => {
      for (let nth = 1, isThrough = false; !isThrough; nth++) {
        const first = await newLot();
        const [serial = ''] = await issue(first.lot, 1);
        const code = await buy(3);
        await name(code, [{ lot: first.lot }]);
        await desk.pack(code);
        await settle();
        // Now the one event must be declared wrong, and others written; before that, the second lot is told.
        const second = await newLot();
        await name(code, [{ lot: first.lot, serials: [serial] }, { lot: second.lot }]);
        await desk.ship(code);
        const records = [...(await lotStream()), ...(await packageStream())];
        const death =
          when === 'before'
            ? inTheMiddle(market, 'transaction', nth, () => Promise.reject(new Error('dies here')))
            : loseAnswer(market, nth, 'broken');
        const dying = [await onLot({ Records: records }), await onPackage({ Records: records })];
        death.stop();
        isThrough = death.seen() < nth;
        expect(dying.some(({ batchItemFailures }) => batchItemFailures.length > 0)).toBe(!isThrough);
        await hand(onLot, records);
        await hand(onPackage, records);
        const parcel = await packageOf(first);
        expect((await standingOf(parcel)).sort()).toEqual(
          [`packing ${first.lot}×?`, `packing ${second.lot}×?`, `packing ${serial}`, 'shipping'].sort(),
        );
        if (isThrough) expect(nth).toBeGreaterThan(2);
      }
    },
  );

  test('ten consumers at once write each event once', async () => {
    const lot = await newLot();
    const code = await buy(1);
    await name(code, [{ lot: lot.lot }]);
    await desk.pack(code);
    await desk.ship(code);
    const [lots, packages] = [await lotStream(), await packageStream()];
    await Promise.all(Array.from({ length: 5 }, () => [hand(onLot, lots), hand(onPackage, packages)]).flat());
    expect(said(await eventsOf(lotEpc(lot)))).toEqual(['commissioning', `packing ${lot.lot}×1`]);
    expect(said(await eventsOf(await packageOf(lot)))).toEqual([`packing ${lot.lot}×1`, 'shipping']);
  });

  test('a part that fails is named, and what came before it is done', async () => {
    await newLot();
    const good = await lotStream();
    const bad: DynamoDBRecord = {
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: '77',
        Keys: { pk: { S: 'EPC#01/08938500000010/10/NONE' }, sk: { S: 'RECALL#rcl_x' } },
        NewImage: { gtin: { S: '08938500000010' }, lot: { S: 'NONE' }, id: { S: 'rcl_x' }, at: { S: now.toISOString() } },
      },
    };
    const filler = Array.from({ length: 50 - good.length }, (): DynamoDBRecord => ({ eventName: 'REMOVE', dynamodb: {} }));
    const answer = await onLot({ Records: [...good, ...filler, bad] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '77' }] });
  });
});

test('a recall and its end are told', async () => {
  const lot = await newLot();
  await ask('POST', `/api/seller/lots/${lot.lot}/recall`, { as: lychees, body: { reason: 'Dư lượng thuốc vượt ngưỡng' } });
  await settle();
  await ask('POST', `/api/admin/lots/${lot.gtin}/${lot.lot}/lift-recall`, { as: 'department', body: { reason: 'Kiểm nghiệm lại đạt' } });
  await settle('lots first', 2);
  expect(
    (await eventsOf(lotEpc(lot))).map((e) => [e.bizStep, e.disposition, 'persistentDisposition' in e && e.persistentDisposition]),
  ).toEqual([
    ['commissioning', 'active', false],
    ['holding', 'recalled', { set: ['recalled'] }],
    ['inspecting', 'conformant', { unset: ['recalled'] }],
  ]);
});

describe('readings', () => {
  const file = 'time,temperature_c\n2026-06-14 08:00,4\n2026-06-14 08:30,9.5\n2026-06-14 09:00,5\n';
  const send = async (lot: string, text: string, key: string, query: Record<string, string> = {}) => {
    const event = request('POST', `/api/seller/lots/${lot}/readings`, { as: lychees, key, query });
    const answer = (await handler(
      { ...event, body: text, headers: { ...event.headers, 'content-type': 'text/csv' } },
      lambda,
    )) as APIGatewayProxyStructuredResultV2;
    return { status: answer.statusCode, headers: answer.headers ?? {}, json: JSON.parse(answer.body ?? '{}') };
  };
  const get = async (path: string, as = lychees) =>
    (await handler(request('GET', path, { as }), lambda)) as APIGatewayProxyStructuredResultV2;

  test('become events of the lot once, and stay readable as they came', async () => {
    const lot = await newLot();
    const first = await send(lot.lot, file, 'read-1', { min: '2', max: '8' });
    expect(first.status, JSON.stringify(first.json)).toBe(201);
    expect(first.json).toMatchObject({
      ...{ of: lotEpc(lot), readings: 3, gaps: 0, minC: 4, maxC: 9.5, meanC: 6.17, limits: { min: 2, max: 8 }, isAlarm: true, beyond: 1 },
      ...{ from: '2026-06-14T01:00:00.000Z', to: '2026-06-14T02:00:00.000Z' },
      words:
        'Nhiệt độ từ 4 đến 9,5 °C, trung bình 6,2 °C. BÁO ĐỘNG: vượt ngưỡng 2 đến 8 °C ở 1 khung giờ, sớm nhất trong khoảng 08:00 14/06/2026.',
    });
    const again = await send(lot.lot, file, 'read-1', { min: '2', max: '8' });
    expect([again.status, again.json, again.headers['idempotent-replayed']]).toEqual([201, first.json, 'true']);
    expect((await send(lot.lot, `${file}2026-06-14 10:00,5\n`, 'read-1', { min: '2', max: '8' })).json.code).toBe('idempotency_conflict');
    // The same logger read out again, under another key: another file, no other events.
    expect((await send(lot.lot, file, 'read-2', { min: '2', max: '8' })).status).toBe(201);
    await settle('lots first', 2);

    const [, measured, ...more] = await eventsOf(lotEpc(lot));
    expect(more).toEqual([]);
    expect(measured).toMatchObject({
      ...{ bizStep: 'sensor_reporting', eventTime: '2026-06-14T09:00:00.000+07:00' },
      sensorElementList: [
        { sensorReport: [{ type: 'Temperature', minValue: 4, maxValue: 9.5, meanValue: 6.75, exception: 'ALARM_CONDITION' }] },
        { sensorReport: [{ type: 'Temperature', minValue: 5, maxValue: 5, meanValue: 5 }] },
      ],
    });
    const rawData = measured?.sensorElementList?.[0]?.sensorMetadata?.rawData ?? '';
    expect(rawData).toMatch(/^https:\/\/chokinhbac\.test\/api\/seller\/lots\/\d{14}%3ASK-\d+\/readings\/rdg_/);
    const kept = await get(new URL(rawData).pathname.replace('%3A', ':'));
    expect([kept.statusCode, Buffer.from(kept.body ?? '', 'base64').toString(), kept.headers?.['content-type']]).toEqual([
      200,
      file,
      'text/csv',
    ]);
    expect((await get(new URL(rawData).pathname.replace('%3A', ':'), 'sel_gom')).statusCode).toBe(404);
    const list = JSON.parse((await get(`/api/seller/lots/${lot.lot}/readings`)).body ?? '{}') as { items: { id: string }[] };
    expect(list.items).toHaveLength(2);
    expect(list.items[1]).toEqual(first.json);
  });

  test('of one box or one pallet are events of that alone', async () => {
    const lot = await newLot();
    const [serial = ''] = await issue(lot.lot, 1);
    expect((await send(lot.lot, file, 'box-1', { serial: serial.toLowerCase() })).json.of).toBe(
      `https://id.gs1.org/01/${lot.gtin}/21/${serial}`,
    );
    expect((await send(lot.lot, file, 'box-2', { sscc: '106141412345678908' })).status).toBe(201);
    await settle();
    expect(said(await eventsOf(`https://id.gs1.org/01/${lot.gtin}/21/${serial}`))).toEqual(['sensor_reporting']);
    expect(said(await eventsOf('https://id.gs1.org/00/106141412345678908'))).toEqual(['sensor_reporting']);
    expect(said(await eventsOf(lotEpc(lot)))).toEqual(['commissioning', 'encoding']);
    const wrong: Record<string, string>[] = [
      { serial: 'K7Q2M9XT4B3F' },
      { sscc: '106141412345678909' },
      { sscc: '1' },
      { min: '8', max: '2' },
      { min: 'x' },
    ];
    for (const query of wrong) expect((await send(lot.lot, file, `w-${JSON.stringify(query).length}`, query)).status).toBe(422);
  });

  test('that cannot be read are refused line by line, and nothing is kept', async () => {
    const lot = await newLot();
    const before = (await market.everything('traceability')).length;
    const { status, json } = await send(lot.lot, 'time,temp\n2026-06-14 08:00,4\nhôm qua,5\n2026-06-13 08:00,4\n', 'bad-1');
    expect([status, json.errors]).toEqual([
      422,
      [
        { path: 'body:3', message: 'Không đọc được thời gian (ví dụ 14/06/2026 08:30 hoặc 2026-06-14T08:30:00+07:00).' },
        { path: 'body:4', message: 'Thời gian này trước khi có lô hàng.' },
      ],
    ]);
    expect((await market.everything('traceability')).length).toBe(before);
  });
});

describe('goods of which nobody named a lot', () => {
  const outcome = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (e: unknown) => (e instanceof Problem ? e.code : String(e)),
    );
  type Named = { lot: string; gtin: string };
  /** Lychees under an SKU of their own, with these lots. */
  async function ownGoods(lots: object[]) {
    const own = await market.stock('VAI-5KG', 100);
    const recorded = [];
    for (const lot of lots) recorded.push(await newLot({ sku: own, ...lot }));
    return { own, lots: recorded, buyOwn: async () => (await market.buy([{ sku: own, quantity: 2 }])).code };
  }
  const ordersOf = async ({ lot, gtin }: { lot: string; gtin: string }) =>
    ((await ask('GET', `/api/seller/lots/${gtin}:${lot}/orders`, { as: lychees })) as unknown as { items: { code: string }[] }).items.map(
      ({ code }) => code,
    );
  const recall = (lot: { lot: string; gtin: string }) =>
    ask('POST', `/api/seller/lots/${lot.gtin}:${lot.lot}/recall`, { as: lychees, body: { reason: 'Dư lượng thuốc vượt ngưỡng' } });
  const lift = (lot: { lot: string; gtin: string }) =>
    ask('POST', `/api/admin/lots/${lot.gtin}/${lot.lot}/lift-recall`, { as: 'department', body: { reason: 'Kiểm lại: đạt' } });

  test('are of the only lot that is open, once they are packed: a recall finds their orders', async () => {
    const { lots, buyOwn } = await ownGoods([{}, { useBy: '2026-06-14' }]);
    const code = await buyOwn();
    await settle();
    expect(await ordersOf(lots[0] as Named)).toEqual([]);
    await desk.pack(code);
    await settle('packages first', 2);
    expect(await ordersOf(lots[0] as Named)).toEqual([code]);
    expect(said(await eventsOf(lotEpc(lots[0] as Named)))).toEqual(['commissioning', `packing ${lots[0]?.lot}×2`]);
  });

  test('are of no lot when two are open: nobody guesses', async () => {
    const { lots, buyOwn } = await ownGoods([{}, {}]);
    const code = await buyOwn();
    await desk.pack(code);
    await settle();
    for (const lot of lots) expect(await ordersOf(lot)).toEqual([]);
    expect(await outcome(desk.ship(code))).toBe('done');
  });

  test('keep what was named by hand, whoever is faster', async () => {
    const { own, lots, buyOwn } = await ownGoods([{}]);
    const lot = lots[0] as Named;
    const code = await buyOwn();
    await desk.pack(code);
    const byHand = () =>
      ask('PUT', `/api/seller/orders/${code}/lots`, { as: lychees, body: { lots: [{ sku: own, lot: `${lot.gtin}:${lot.lot}` }] } });
    const middle = inTheMiddle(market, 'transaction', 1, byHand);
    await settle();
    middle.stop();
    expect(middle.seen()).toBeGreaterThan(0);
    expect(await ordersOf(lot)).toEqual([code]);
  });

  test('are not sold, packed away or sent while their only lot is recalled, and again when it is not', async () => {
    const { own, lots, buyOwn } = await ownGoods([{}]);
    const lot = lots[0] as Named;
    const before = await buyOwn();
    await recall(lot);
    await settle();
    expect(await outcome(market.buy([{ sku: own, quantity: 1 }]))).toBe('validation_failed');
    await desk.pack(before);
    await settle();
    expect(await outcome(desk.ship(before))).toBe('conflict');
    expect(await ordersOf(lot)).toEqual([]);

    await lift(lot);
    await settle();
    await buyOwn();
    expect(await outcome(desk.ship(before))).toBe('done');
  });

  test('are sold again once another lot is recorded, and never stopped by one of several', async () => {
    const { lots, buyOwn, own } = await ownGoods([{}, {}]);
    const [first, second] = [lots[0] as Named, lots[1] as Named];
    await recall(first);
    await settle();
    await buyOwn();
    await recall(second);
    await settle();
    expect(await outcome(market.buy([{ sku: own, quantity: 1 }]))).toBe('validation_failed');
    await newLot({ sku: own });
    await settle();
    await buyOwn();
  });
});
