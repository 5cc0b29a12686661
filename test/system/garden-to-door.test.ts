import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, ask, jsonOf, newPhone, type Person, signInAll } from './caller.ts';
import { type Market, startMarket, until } from './market.ts';

/** What the market itself tells in EPCIS events while goods go from the garden to the door: over HTTP, with the streams as they run. */
let market: Market;
let tokens: Record<Person, string>;
beforeAll(async () => {
  market = await startMarket();
  tokens = await signInAll(market.origin);
});
afterAll(() => market?.stop());

let keys = 0;
async function send<T>(
  method: string,
  path: string,
  body?: unknown,
  more: { headers?: Record<string, string>; raw?: string } = {},
): Promise<T> {
  const headers = { 'idempotency-key': `k-${++keys}`, ...more.headers };
  const raw = more.raw === undefined ? {} : { raw: more.raw };
  const answer: Answer = await ask(market.origin, method, path, { token: tokens.seller, headers, body, ...raw });
  expect(answer.status, `${method} ${path} ${answer.text.slice(0, 300)}`).toBeLessThan(300);
  return jsonOf<T>(answer);
}

interface Told {
  type: string;
  bizStep: string;
  disposition?: string;
  parentID?: string;
  epcList?: string[];
  childEPCs?: string[];
  destinationList?: { destination: string }[];
}
async function told(match: Record<string, string>, by: Person = 'seller'): Promise<Told[]> {
  const query = new URLSearchParams({ ...match, orderBy: 'eventTime', orderDirection: 'ASC', perPage: '100' });
  const answer = await ask(market.origin, 'GET', `/epcis/events?${query.toString()}`, { token: tokens[by] });
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  return jsonOf<{ epcisBody: { queryResults: { resultsBody: { eventList: Told[] } } } }>(answer).epcisBody.queryResults.resultsBody
    .eventList;
}
const steps = async (match: Record<string, string>) => (await told(match)).map(({ bizStep }) => bizStep);

test('harvest, codes, packing, naming, shipping, selling, a logger’s file and a recall are events of the seller, and of nobody else', async () => {
  const product = {
    name: 'Vải thiều tới tận nhà',
    category: 'trai-cay',
    variants: [{ price: 100_000, netWeightGrams: 1_000, quantity: 50 }],
  };
  const { variants } = await send<{ variants: { sku: string }[] }>('POST', '/api/seller/products', product);
  const sku = variants[0]?.sku;
  const newLot = { sku, lot: 'TOI-NHA-1', harvestedOn: '2026-06-14', quantityGrams: 50_000, plantingAreaCode: 'VN-BG-0001' };
  const { gtin, lot } = await send<{ gtin: string; lot: string }>('POST', '/api/seller/lots', newLot);
  const { serials } = await send<{ serials: string[] }>('POST', `/api/seller/lots/${lot}/codes`, { count: 3 });
  const ofLot = { MATCH_anyEPCClass: `https://id.gs1.org/01/${gtin}/10/${lot}` };
  await until(
    () => steps(ofLot),
    ({ length }) => length === 2,
  );
  expect(await steps(ofLot)).toEqual(['commissioning', 'encoding']);

  const order = {
    lines: [{ sku, quantity: 2 }],
    customer: { name: 'Nguyễn Thị Mua', phone: newPhone() },
    shipTo: { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' },
    payment: 'cod',
  };
  const { code } = await send<{ code: string }>('POST', '/api/orders', order);
  const step = (name: string, body?: object) => send('POST', `/api/seller/orders/${code}/${name}`, body);
  await step('packed');
  // The boxes in the parcel are scanned while it is being packed.
  await send('PUT', `/api/seller/orders/${code}/lots`, { lots: [{ sku, lot, serials: serials.slice(0, 2) }] });
  await step('shipped', { carrier: 'Viettel Post', trackingNumber: 'VT1' });
  await step('delivered');

  const box = { MATCH_anyEPC: `https://id.gs1.org/01/${gtin}/21/${serials[0]}` };
  await until(
    () => steps(box),
    ({ length }) => length === 1,
  );
  const [packing] = await told(box);
  expect(packing).toMatchObject({ type: 'AggregationEvent', bizStep: 'packing' });
  expect(packing?.childEPCs?.toSorted()).toEqual(
    serials
      .slice(0, 2)
      .map((s) => `https://id.gs1.org/01/${gtin}/21/${s}`)
      .sort(),
  );
  const parcel = { MATCH_anyEPC: packing?.parentID ?? '' };
  await until(
    () => steps(parcel),
    ({ length }) => length === 3,
  );
  const ofParcel = await told(parcel);
  expect(ofParcel.map(({ bizStep, disposition }) => [bizStep, disposition])).toEqual([
    ['packing', undefined],
    ['shipping', 'in_transit'],
    ['retail_selling', 'retail_sold'],
  ]);
  expect(ofParcel[1]?.destinationList).toEqual([{ type: 'location', destination: `${market.origin}/dia-diem/tinh/01` }]);
  expect(JSON.stringify(ofParcel)).not.toMatch(/Nguyễn|Tràng Tiền/);

  const csv = 'time;temperature_c\n14/06/2026 08:00;4,5\n14/06/2026 09:00;9,5\n';
  const { isAlarm } = await send<{ isAlarm: boolean }>('POST', `/api/seller/lots/${lot}/readings?min=2&max=8`, undefined, {
    headers: { 'content-type': 'text/csv' },
    raw: csv,
  });
  expect(isAlarm).toBe(true);
  await send('POST', `/api/seller/lots/${lot}/recall`, { reason: 'Dư lượng thuốc vượt ngưỡng' });
  await until(
    () => steps(ofLot),
    ({ length }) => length === 4,
  );
  expect(await steps(ofLot)).toEqual(['commissioning', 'sensor_reporting', 'encoding', 'holding']);
  expect(await told(ofLot, 'otherSeller')).toEqual([]);
});

test('without a lot being named: what is packed is of the only open lot, and once that is recalled nothing is sold or sent', async () => {
  const product = { name: 'Mật ong một lô', category: 'mat-ong-tra', variants: [{ price: 200_000, netWeightGrams: 500, quantity: 50 }] };
  const made = await send<{ id: string; slug: string; variants: { sku: string }[] }>('POST', '/api/seller/products', product);
  await ask(market.origin, 'PATCH', `/api/seller/products/${made.id}`, { token: tokens.seller, body: { status: 'published' } });
  const sku = made.variants[0]?.sku;
  const { gtin, lot } = await send<{ gtin: string; lot: string }>('POST', '/api/seller/lots', {
    ...{ sku, lot: 'MOT-LO-1', harvestedOn: '2026-06-14', quantityGrams: 50_000 },
  });
  const place = () =>
    ask(market.origin, 'POST', '/api/orders', {
      headers: { 'idempotency-key': `o-${++keys}` },
      body: {
        lines: [{ sku, quantity: 1 }],
        customer: { name: 'Nguyễn Thị Mua', phone: newPhone() },
        shipTo: { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' },
        payment: 'cod',
      },
    });
  const [first, second] = [jsonOf<{ code: string }>(await place()).code, jsonOf<{ code: string }>(await place()).code];
  await send('POST', `/api/seller/orders/${first}/packed`);
  await until(
    () => send<{ items: { code: string }[] }>('GET', `/api/seller/lots/${lot}/orders`),
    ({ items }) => items.some(({ code }) => code === first),
  );
  await send('POST', `/api/seller/orders/${first}/shipped`, { carrier: 'x', trackingNumber: 'y' });
  const ofLot = { MATCH_anyEPCClass: `https://id.gs1.org/01/${gtin}/10/${lot}` };
  await until(
    () => steps(ofLot),
    (told) => told.includes('packing'),
  );

  await send('POST', `/api/seller/lots/${lot}/recall`, { reason: 'Lẫn tạp chất' });
  const refused = await until(place, ({ status }) => status !== 201);
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('thu hồi')]);
  const page = await ask(market.origin, 'GET', `/api/products/${made.slug}`);
  expect(jsonOf<{ variants: { available: number }[] }>(page).variants[0]?.available).toBe(0);
  await send('POST', `/api/seller/orders/${second}/packed`);
  const sent = await ask(market.origin, 'POST', `/api/seller/orders/${second}/shipped`, {
    ...{ token: tokens.seller, body: { carrier: 'x', trackingNumber: 'y' } },
  });
  expect([sent.status, sent.text]).toEqual([409, expect.stringContaining('thu hồi')]);
});
