import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { inTheMiddle, lychees, type Market, now, openMarket, pottery } from '../orders/market.ts';
import { type LotDesk, type LotSaid, openLotDesk, reason } from './lot-desk.ts';

vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    const id = authorization.slice('Bearer '.length);
    return { id, role: id.startsWith('sel_') ? 'seller' : id };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let market: Market;
let desk: LotDesk;
let sku: string;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  desk = await openLotDesk(market);
  ({ sku } = desk);
});
afterAll(() => market?.stop());

const ask: LotDesk['ask'] = (...args) => desk.ask(...args);
const newLot: LotDesk['newLot'] = (...args) => desk.newLot(...args);
const issue: LotDesk['issue'] = (...args) => desk.issue(...args);
const recall: LotDesk['recall'] = (...args) => desk.recall(...args);
const lift: LotDesk['lift'] = (...args) => desk.lift(...args);
const look: LotDesk['look'] = (...args) => desk.look(...args);
const name: LotDesk['name'] = (...args) => desk.name(...args);
const ordersOf: LotDesk['ordersOf'] = (...args) => desk.ordersOf(...args);
const recordsOf: LotDesk['recordsOf'] = (...args) => desk.recordsOf(...args);
const noticesOf: LotDesk['noticesOf'] = (...args) => desk.noticesOf(...args);
const storedLot: LotDesk['storedLot'] = (...args) => desk.storedLot(...args);
const buy: LotDesk['buy'] = (...args) => desk.buy(...args);
const ship: LotDesk['ship'] = (...args) => desk.ship(...args);
const packed: LotDesk['packed'] = (...args) => desk.packed(...args);

describe('a recall', () => {
  test('is on the very next look at any item of the lot, and on no other lot', async () => {
    const [lot, other] = [await newLot(), await newLot()];
    const serials = (await issue(lot)).json.serials;
    const [otherSerial] = (await issue(other)).json.serials;
    const before = await look(lot, serials[0]);
    expect([before.json.state, before.headers['cache-control']]).toEqual(['active', 'no-store']);

    const said = await recall(lot);
    expect(said.status).toBe(200);
    expect(said.json.recall).toMatchObject({ reason, notices: { queued: 0, sent: 0, complete: true } });

    for (const serial of serials) expect((await look(lot, serial)).json.state).toBe('recalled');
    expect((await look(lot, serials[0])).text).toContain(`${reason}. Xin bà con đừng dùng`);
    expect((await look(other, otherSerial)).json.state).toBe('active');
    expect([(await issue(lot)).status, (await issue(other)).status]).toEqual([409, 201]);
  });

  test('said again, with whatever reason, changes nothing and answers the one that stands', async () => {
    const lot = await newLot();
    const first = await recall(lot);
    const before = await market.digests('traceability');
    for (const again of [await recall(lot), await recall(lot, { body: { reason: 'Một lý do khác hẳn' } })])
      expect([again.status, again.json]).toEqual([200, first.json]);
    expect(await market.digests('traceability')).toEqual(before);
    const records = await recordsOf(lot);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ by: lychees, at: first.json.recall?.at, reason, sellerId: lychees });
    expect(first.text).not.toContain('"by"');
  });

  test('is its seller’s alone, with a reason of 10 to 500 characters', async () => {
    const lot = await newLot();
    const before = await market.digests('traceability');
    for (const [as, status] of [
      [undefined, 401],
      ['shopper', 403],
      ['department', 403],
      [pottery, 404],
    ] as const)
      expect((await recall(lot, { as: as as string })).status).toBe(status);
    expect((await recall({ ...lot, lot: 'KHONG-CO' })).status).toBe(404);
    for (const bad of ['', 'ngắn quá', ' '.repeat(20), 'x'.repeat(501)])
      expect((await recall(lot, { body: { reason: bad } })).status).toBe(422);
    expect(await market.digests('traceability')).toEqual(before);
    expect((await recall(lot, { body: { reason: 'x'.repeat(10) } })).status).toBe(200);
  });

  test('by ten at once: one record, ten times the same answer', async () => {
    const lot = await newLot();
    const answers = await Promise.all(Array.from({ length: 10 }, () => recall(lot)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ json }) => json.recall?.at)).size).toBe(1);
    expect(await recordsOf(lot)).toHaveLength(1);
  });

  test('while codes are being issued: every code there is, is recalled, and the lot counts them', async () => {
    const lot = await newLot();
    const [, ...issued] = await Promise.all([recall(lot), ...Array.from({ length: 4 }, () => issue(lot))]);
    const serials = issued.flatMap(({ status, json }) => (status === 201 ? json.serials : []));
    expect(issued.every(({ status }) => status === 201 || status === 409)).toBe(true);
    for (const serial of serials) expect((await look(lot, serial)).json.state).toBe('recalled');
    expect((await storedLot(lot))?.codesIssued).toBe(serials.length);
    expect((await issue(lot)).status).toBe(409);
  });

  test('in the last moment before codes are issued: none are', async () => {
    const lot = await newLot();
    const meanwhile = inTheMiddle(market, 'transaction', 1, () => recall(lot));
    const issued = await issue(lot);
    meanwhile.stop();
    expect([issued.status, (await storedLot(lot))?.codesIssued]).toEqual([409, 0]);
  });
});

describe('lifting a recall', () => {
  test('is the department’s, leaves its record, and needs something to lift', async () => {
    const lot = await newLot();
    const [serial] = (await issue(lot)).json.serials;
    expect((await lift(lot)).status).toBe(409);
    await recall(lot);
    expect([(await lift(lot, lychees)).status, (await lift(lot, pottery)).status, (await lift(lot, 'shopper')).status]).toEqual([
      403, 403, 403,
    ]);
    expect((await ask('POST', `/api/admin/lots/${lot.gtin}/${lot.lot}/lift-recall`, { body: { reason } })).status).toBe(401);
    expect((await look(lot, serial)).json.state).toBe('recalled');

    const lifted = await lift(lot);
    expect([lifted.status, lifted.json.recall, (await look(lot, serial)).json.state]).toEqual([200, undefined, 'active']);
    expect((await lift(lot, 'admin')).status).toBe(409);
    expect((await recordsOf(lot)).map(({ sk, by }) => [/LIFTED$/.test(String(sk)), by])).toEqual(
      expect.arrayContaining([
        [false, lychees],
        [true, 'department'],
      ]),
    );
    expect((await issue(lot)).status).toBe(201);
  });

  test('of a lot that is not there is 404, whatever stands in the address', async () => {
    for (const lot of [
      { gtin: '08938500000010', lot: 'KHONG-CO' },
      { gtin: 'x', lot: 'y' },
      { gtin: '08938500000010', lot: '%00' },
    ])
      expect((await lift(lot)).status).toBe(404);
  });

  test('in the last moment lifted by another and recalled again: one more lifting, of the recall that stands', async () => {
    const lot = await newLot();
    await recall(lot);
    const meanwhile = inTheMiddle(market, 'transaction', 1, async () => {
      await lift(lot, 'admin');
      await recall(lot);
    });
    expect((await lift(lot)).status).toBe(200);
    meanwhile.stop();
    const records = (await recordsOf(lot)).map(({ sk }) => String(sk));
    expect([records.length, records.filter((sk) => sk.endsWith('#LIFTED')).length]).toEqual([4, 2]);
    expect((await storedLot(lot))?.recall).toBeUndefined();
  });

  test('and recalling at once: what stands is what was said last, with a record of each', async () => {
    for (let round = 0; round < 5; round++) {
      const lot = await newLot();
      await recall(lot);
      const [again, lifted, liftedToo] = await Promise.all([recall(lot), lift(lot), lift(lot, 'admin')]);
      expect(again.status).toBe(200);
      const liftings = [lifted, liftedToo].filter(({ status }) => status === 200).length;
      const records = await recordsOf(lot);
      const recalls = records.filter(({ sk }) => !String(sk).endsWith('#LIFTED')).length;
      expect(records.length - recalls).toBe(liftings);
      expect(recalls - liftings).toBe((await storedLot(lot))?.recall ? 1 : 0);
    }
  });
});

describe('the lots of a package', () => {
  test('are named once or twice, and listed with the lot', async () => {
    const lot = await newLot();
    const { code, packages } = await buy(3);
    const said = await name(code.toLowerCase(), [{ sku, lot: lot.lot }]);
    expect([said.status, said.json]).toEqual([
      200,
      { code, packageId: packages[0]?.id, lots: [{ sku, gtin: lot.gtin, lot: lot.lot, quantity: 3 }] },
    ]);
    const before = await market.digests('traceability');
    expect((await name(code, [{ sku, lot: `${lot.gtin}:${lot.lot}` }])).json).toEqual(said.json);
    expect(await market.digests('traceability')).toEqual(before);

    const second = await newLot();
    expect((await name(code, [{ sku, lot: second.lot }])).json.lots.map((l) => l.lot)).toEqual([lot.lot, second.lot]);
    for (const of of [lot, second])
      expect((await ordersOf(of)).json.items).toEqual([
        { code, packageId: packages[0]?.id, status: 'confirmed', quantity: 3, placedAt: now.toISOString() },
      ]);
    await market.cancelOrder(code, (await market.readOrder(code))?.order.customer.phone ?? '', now);
    expect((await ordersOf(lot)).json.items[0]?.status).toBe('cancelled');
    expect((await name(code, [{ sku, lot: (await newLot()).lot }])).status).toBe(409);
  });

  test('are the seller’s, of that SKU, in that package, and not recalled', async () => {
    const noodles = await market.stock('MY-CHU', 10);
    const vase = await market.stock('BINH', 10);
    const [lot, ofNoodles, ofVase, bad] = [await newLot(), await newLot(noodles), await newLot(vase, pottery), await newLot()];
    const { code } = await market.buy([
      { sku, quantity: 1 },
      { sku: vase, quantity: 1 },
    ]);
    await recall(bad);
    const before = await market.digests('traceability');
    for (const [lots, path] of [
      [[{ sku: noodles, lot: ofNoodles.lot }], 'lots[0].sku'],
      [[{ sku: vase, lot: ofVase.lot }], 'lots[0].sku'],
      [
        [
          { sku, lot: lot.lot },
          { sku, lot: ofNoodles.lot },
        ],
        'lots[1].lot',
      ],
      [[{ sku, lot: ofVase.lot }], 'lots[0].lot'],
      [[{ sku, lot: `${ofVase.gtin}:${ofVase.lot}` }], 'lots[0].lot'],
      [[{ sku, lot: 'KHONG-CO' }], 'lots[0].lot'],
    ] as const) {
      const { status, json } = await name(code, [...lots]);
      expect([status, json.errors?.[0]?.path]).toEqual([422, path]);
    }
    const refused = await name(code, [{ sku, lot: bad.lot }]);
    expect([refused.status, refused.json.detail]).toEqual([409, `Lô ${bad.lot} đang bị thu hồi: không được giao hàng của lô này.`]);
    expect((await name('KB00000000', [{ sku, lot: lot.lot }])).status).toBe(404);
    expect((await name((await buy()).code, [{ sku, lot: lot.lot }], pottery)).status).toBe(404);
    expect(await market.digests('traceability')).toEqual(before);
  });

  test('of one number on two products: the SKU says which', async () => {
    const noodles = await market.stock('MY-CHU', 10);
    const lot = await newLot();
    const twin = { sku: noodles, lot: lot.lot, harvestedOn: '2026-06-14', quantityGrams: 820_000 };
    await ask('POST', '/api/seller/lots', { as: lychees, body: twin, key: `twin-${lot.lot}` });
    const { code } = await market.buy([
      { sku, quantity: 1 },
      { sku: noodles, quantity: 2 },
    ]);
    const { json } = await name(code, [
      { sku: noodles, lot: lot.lot },
      { sku, lot: lot.lot },
    ]);
    expect(json.lots.map((l) => [l.sku, l.gtin === lot.gtin, l.quantity])).toEqual([
      [noodles, false, 2],
      [sku, true, 1],
    ]);
  });

  test('named by several at once are all there', async () => {
    const lots = [await newLot(), await newLot(), await newLot()];
    const { code } = await buy();
    const answers = await Promise.all([...lots, ...lots].map(({ lot }) => name(code, [{ sku, lot }])));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    for (const lot of lots) expect((await ordersOf(lot)).json.items).toHaveLength(1);
  });

  test('and a recall at once: whoever came first, no package is on a recalled lot without its notice', async () => {
    for (let round = 0; round < 5; round++) {
      const lot = await newLot();
      const { code } = await buy();
      const [named, recalled] = await Promise.all([name(code, [{ sku, lot: lot.lot }]), recall(lot)]);
      expect([200, 409]).toContain(named.status);
      const carriers = (await ordersOf(lot)).json.items.length;
      expect(carriers).toBe(named.status === 200 ? 1 : 0);
      expect([recalled.json.recall?.notices.queued, (await noticesOf(lot)).length]).toEqual([carriers, carriers]);
    }
  });

  test('and a recall in the last moment: refused, and nothing is written', async () => {
    const lot = await newLot();
    const { code } = await buy();
    const meanwhile = inTheMiddle(market, 'transaction', 1, () => recall(lot));
    const named = await name(code, [{ sku, lot: lot.lot }]);
    meanwhile.stop();
    expect([named.status, (await ordersOf(lot)).json.items, await noticesOf(lot)]).toEqual([409, [], []]);
  });

  test('are listed page after page, newest order first, for their seller, without a word about the buyer', async () => {
    const lot = await newLot();
    const codes: string[] = [];
    let phone = '';
    for (let i = 0; i < 5; i++) {
      const order = await buy(1, new Date(now.getTime() + i * 1_000));
      await name(order.code, [{ sku, lot: lot.lot }]);
      codes.unshift(order.code);
      phone = order.phone;
    }
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { json, text } = await ordersOf(lot, { limit: '2', ...(cursor ? { cursor } : {}) });
      expect(text).not.toContain(phone.slice(-6));
      expect(text).not.toContain('Nguyễn');
      seen.push(...json.items.map(({ code }) => code));
      if (json.nextCursor) expect((await ordersOf(await newLot(), { cursor: json.nextCursor })).status).toBe(422);
      cursor = json.nextCursor;
    } while (cursor && seen.length < 9);
    expect(seen).toEqual(codes);
    expect((await ordersOf(lot, {}, pottery)).status).toBe(404);
    expect((await ordersOf(lot, { cursor: 'e30' })).status).toBe(422);
    for (const as of ['shopper', 'department', 'admin']) expect((await ordersOf(lot, {}, as)).status).toBe(403);
  });
});

describe('the notices of a recall', () => {
  /** More than one page of them. */
  const many = 105;
  const soldOften = async (): Promise<LotSaid> => {
    const lot = await newLot();
    for (let i = 0; i < many; i++) {
      const { code } = await buy(1, new Date(now.getTime() + i));
      expect((await name(code, [{ sku, lot: lot.lot }])).status).toBe(200);
    }
    return lot;
  };

  // The flag is the first transaction, the mark of the lot the second, then 98 notices, the rest of them, and that these were all.
  test.each([
    [2, 0],
    [3, 0],
    [4, 98],
    [5, many],
  ])(
    'after a crash before transaction %i: %i are queued, the lot is recalled, and the same request queues the rest',
    async (nth, until) => {
      const lot = await soldOften();
      const [serial] = (await issue(lot)).json.serials;
      const cut = inTheMiddle(market, 'transaction', nth, async () => {
        throw new Error('power cut');
      });
      const died = await recall(lot);
      cut.stop();
      expect([died.status, (await noticesOf(lot)).length, (await look(lot, serial)).json.state]).toEqual([500, until, 'recalled']);
      const listed = await ask('GET', '/api/seller/lots', { as: lychees, query: { limit: '100' } });
      expect((listed.json.items as unknown as LotSaid[]).find((l) => l.lot === lot.lot)?.recall?.notices).toEqual({
        queued: until,
        sent: 0,
        complete: false,
      });

      const answers = await Promise.all([recall(lot), recall(lot), recall(lot)]);
      answers.push(await recall(lot));
      for (const { status, json } of answers)
        expect([status, json.recall?.notices]).toEqual([200, { queued: many, sent: 0, complete: true }]);
      const notices = await noticesOf(lot);
      expect(new Set(notices.map(({ packageId }) => packageId)).size).toBe(many);
      expect(notices.every(({ status }) => status === 'queued')).toBe(true);
      expect(JSON.stringify(notices)).not.toMatch(/phone|customer|Nguyễn|shipTo/);
      expect(await recordsOf(lot)).toHaveLength(1);
    },
  );

  test('stop when it is lifted meanwhile, and a second recall makes its own', async () => {
    const lot = await newLot();
    await packed(lot);
    const meanwhile = inTheMiddle(market, 'transaction', 2, () => lift(lot));
    const answer = await recall(lot);
    meanwhile.stop();
    expect([answer.status, answer.json.recall, (await noticesOf(lot)).length]).toEqual([200, undefined, 0]);
    expect((await recall(lot)).json.recall?.notices.queued).toBe(1);
    await lift(lot);
    expect((await recall(lot)).json.recall?.notices.queued).toBe(1);
    expect(await noticesOf(lot)).toHaveLength(2);
  });
});

describe('shipping', () => {
  const refusal = async (story: Promise<unknown>): Promise<string> =>
    story.then(
      () => 'shipped',
      (error: unknown) => (error instanceof Problem ? `${error.code}: ${error.detail.vi}` : String(error)),
    );
  const statusOf = async (code: string) => (await market.readOrder(code))?.packages[0]?.status;

  test('is refused while one of the package’s lots is recalled, and no other package is held up', async () => {
    const lot = await newLot();
    const [code, other, unnamed] = [await packed(lot), await packed(await newLot()), await packed()];
    await recall(lot);
    expect(await refusal(ship(code))).toBe(`conflict: Lô ${lot.lot} đang bị thu hồi: không được giao hàng của lô này.`);
    expect(await statusOf(code)).toBe('packed');
    expect([(await ship(other)).status, (await ship(unnamed)).status]).toEqual(['shipped', 'shipped']);
    await lift(lot);
    expect((await ship(code)).status).toBe('shipped');
    expect((await ordersOf(lot)).json.items[0]?.status).toBe('shipped');
  });

  test('a recall in the last moment still holds it', async () => {
    const lot = await newLot();
    const code = await packed(lot);
    const meanwhile = inTheMiddle(market, 'transaction', 1, () => recall(lot));
    expect(await refusal(ship(code))).toMatch(/^conflict: Lô/);
    meanwhile.stop();
    expect(await statusOf(code)).toBe('packed');
  });

  test('a lot named and recalled in the last moment still holds it', async () => {
    const lot = await newLot();
    const code = await packed();
    const meanwhile = inTheMiddle(market, 'transaction', 1, async () => {
      await name(code, [{ sku, lot: lot.lot }]);
      await recall(lot);
    });
    expect(await refusal(ship(code))).toMatch(/^conflict: Lô/);
    meanwhile.stop();
    expect(await statusOf(code)).toBe('packed');
  });
});
