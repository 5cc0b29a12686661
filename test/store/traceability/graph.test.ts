import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { epcOf } from '../../../shared/traceability/graph/names.ts';
import { degrees, make, pallet, put, see } from '../../unit/traceability/graph/world.ts';
import { inTheMiddle, later, loseAnswer, lychees, type Market, now, openMarket, pottery } from '../orders/market.ts';
import { type LotDesk, type LotSaid, openLotDesk, reason } from './lot-desk.ts';

vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    const id = authorization.slice('Bearer '.length);
    return { id, role: id.startsWith('sel_') ? 'seller' : id };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

/** A recall follows what events say was made of the lot: to boxes, to packages, and no further. */
let market: Market;
let desk: LotDesk;
let noodles: string;
let writeEvents: typeof import('../../../functions/traceability/epcis/write-events.ts').writeEvents;
let finishRecalls: typeof import('../../../functions/traceability/recalls/finish-recalls.ts').handler;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  desk = await openLotDesk(market);
  noodles = await market.stock('MY-CHU', 1_000);
  ({ writeEvents } = await import('../../../functions/traceability/epcis/write-events.ts'));
  ({ handler: finishRecalls } = await import('../../../functions/traceability/recalls/finish-recalls.ts'));
});
afterAll(() => market?.stop());

const epc = ({ gtin, lot }: Pick<LotSaid, 'gtin' | 'lot'>) => epcOf({ gtin, lot });
const boxOf = ({ gtin }: LotSaid, serial: string | undefined) => epcOf({ gtin, serial: serial ?? '' });
const tell = (events: { event: EpcisEvent }[], seller = lychees) =>
  writeEvents(
    seller,
    events.map(({ event }) => event),
    now,
  );
const [raw, packedOf] = [() => desk.newLot(), () => desk.newLot(noodles)];
const state = async (lot: LotSaid, serial: string | undefined) => (await desk.look(lot, serial)).json.state;
const first = async (lot: LotSaid) => (await desk.issue(lot, 1)).json.serials[0];
const sold = async (lot: LotSaid, of = noodles, seconds = 0) => {
  const { code } = await desk.buy(1, later(seconds), of);
  expect((await desk.name(code, [{ sku: of, lot: lot.lot }])).status).toBe(200);
  return code;
};
const codes = (items: Record<string, unknown>[]) => items.map(({ code }) => code);
/** Of every notice there is: which package of which recall, sorted. */
const noticesFor = async (...orders: string[]) =>
  (await market.everything('traceability'))
    .filter((i) => String(i.pk).startsWith('NOTICE#') && orders.includes(String(i.code)))
    .map(({ code }) => String(code))
    .sort();

describe('a box made of a recalled lot', () => {
  test('says so at the very next look, through every making; what was not made of it does not', async () => {
    const [bad, good, mixed, again, clean] = [await raw(), await raw(), await packedOf(), await packedOf(), await packedOf()];
    await tell([make(1, [epc(bad), epc(good)], [epc(mixed)]), make(2, [epc(mixed)], [epc(again)]), make(2, [epc(good)], [epc(clean)])]);
    const boxes = await Promise.all([mixed, again, clean, good].map(first));
    const states = () => Promise.all([mixed, again, clean, good].map((lot, i) => state(lot, boxes[i])));
    expect(await states()).toEqual(['active', 'active', 'active', 'active']);
    await desk.recall(bad);
    expect(await states()).toEqual(['recalled', 'recalled', 'active', 'active']);
    expect((await desk.look(again, boxes[1])).text).toContain(reason);
    await desk.lift(bad);
    expect(await states()).toEqual(['active', 'active', 'active', 'active']);
  });

  test('one of two origins in one lot: only its own boxes say so', async () => {
    const [bad, good, mixed] = [await raw(), await raw(), await packedOf()];
    const [a, b] = (await desk.issue(mixed)).json.serials;
    const ilmd = { 'cbvmda:lotNumber': mixed.lot };
    await tell([make(1, [epc(bad)], [boxOf(mixed, a)], { ilmd }), make(2, [epc(good)], [boxOf(mixed, b)], { ilmd })]);
    await desk.recall(bad);
    expect([await state(mixed, a), await state(mixed, b)]).toEqual(['recalled', 'active']);
    // Which of them a package will hold is not known: it is not filled from the lot at all.
    const { code } = await desk.buy(1, now, noodles);
    expect((await desk.name(code, [{ sku: noodles, lot: mixed.lot }])).status).toBe(409);
  });

  test('made on paper by another seller it is not: his events do not touch our goods, nor ours his', async () => {
    const [ours, made] = [await raw(), await packedOf()];
    const vase = await market.stock('BINH', 10);
    const theirs = await desk.newLot(vase, pottery);
    await tell([make(1, [epc(theirs)], [epc(made)])], pottery);
    await tell([make(1, [epc(ours)], [epc(theirs)])]);
    const box = (await desk.issue(theirs, 1, pottery)).json.serials[0];
    const code = await sold(made);
    await desk.recall(theirs, { as: pottery });
    expect(await state(made, await first(made))).toBe('active');
    await desk.lift(theirs);
    expect((await desk.recall(ours)).json.recall?.notices).toEqual({ queued: 0, sent: 0, complete: true });
    expect(await state(theirs, box)).toBe('active');
    expect(await noticesFor(code)).toEqual([]);
    expect((await desk.ordersOf(ours)).json.items).toEqual([]);
  });

  test('a recall that only an event tells is a warning until another takes it back', async () => {
    const lot = await raw();
    const serial = await first(lot);
    const warnings = async () => ((await desk.look(lot, serial)).json as unknown as { warnings: string[]; state: string }).warnings;
    expect(await warnings()).toEqual([]);
    await tell([see(3, [epc(lot)], { bizStep: 'holding', persistentDisposition: { set: ['recalled'] } })]);
    expect([await warnings(), await state(lot, serial)]).toEqual([
      ['Theo sự kiện người bán ghi ngày 01/06/2026, lô này bị thu hồi. Xin bà con đừng dùng và liên hệ người bán.'],
      'active',
    ]);
    await tell([see(4, [epc(lot)], { bizStep: 'inspecting', persistentDisposition: { unset: ['recalled'] } })]);
    expect(await warnings()).toEqual([]);
  });

  test('an event that was declared an error made nothing', async () => {
    const [bad, made] = [await raw(), await packedOf()];
    const making = make(1, [epc(bad)], [epc(made)]);
    const box = await first(made);
    await tell([making]);
    await desk.recall(bad);
    expect(await state(made, box)).toBe('recalled');
    const errorDeclaration = { declarationTime: now.toISOString(), reason: 'did_not_occur' as const };
    await tell([{ event: { ...making.event, errorDeclaration } }]);
    expect(await state(made, box)).toBe('active');
  });

  test('shows its way, with the temperatures of the pallet it lay on, and nothing of orders', async () => {
    const [harvest, made] = [await raw(), await packedOf()];
    const [serial = ''] = (await desk.issue(made, 1)).json.serials;
    const box = boxOf(made, serial);
    await tell([
      make(1, [epc(harvest)], [epc(made)]),
      put(2, [box], pallet(1)),
      see(3, [pallet(1)], { bizStep: 'storing', ...degrees(3, 5) }),
      see(4, [box], { bizStep: 'retail_selling', bizTransactionList: [{ type: 'inv', bizTransaction: 'urn:epcglobal:cbv:bt:1:KB99' }] }),
    ]);
    const { json, text } = await desk.look(made, serial);
    const journey = (json as unknown as { journey: { step: string; text: string; temperature?: object }[] }).journey;
    expect(journey.filter(({ step }) => step !== 'harvested' && step !== 'coded')).toMatchObject([
      { step: 'packed', text: `Lô ${made.lot} được làm ra từ lô ${harvest.lot}.` },
      { step: 'loaded', text: 'Hàng được xếp lên kiện vận chuyển.' },
      { step: 'stored', text: 'Kiện chứa hàng được lưu kho, nhiệt độ từ 3 °C đến 5 °C.', temperature: { minC: 3, maxC: 5 } },
      { step: 'sold', text: 'Hàng được bán.' },
    ]);
    expect(text).not.toContain('KB99');
  });
});

describe('the packages of what was made of a lot', () => {
  test('are listed behind its own, lot by lot, each once, page by page', async () => {
    const [lot, one, two] = [await raw(), await packedOf(), await packedOf()];
    await tell([make(1, [epc(lot)], [epc(one)]), make(2, [epc(one)], [epc(two)])]);
    const own = [await sold(lot, desk.sku, 1), await sold(lot, desk.sku, 2)].reverse();
    const ofOne = [await sold(one, noodles, 3), await sold(one, noodles, 4), await sold(one, noodles, 5)].reverse();
    const ofTwo = await sold(two, noodles, 6);
    const both = ofOne[1] as string;
    expect((await desk.name(both, [{ sku: noodles, lot: two.lot }])).status).toBe(200);
    const [before, behind] = one.lot < two.lot ? [ofOne, [ofTwo]] : [[ofTwo, both], ofOne.filter((code) => code !== both)];
    for (const limit of [1, 2, 4, 100]) {
      const seen: unknown[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const { json } = await desk.ordersOf(lot, { limit: String(limit), ...(cursor ? { cursor } : {}) });
        expect(json.items.length).toBeLessThanOrEqual(limit);
        seen.push(...codes(json.items));
        cursor = json.nextCursor;
      } while (cursor && ++pages < 10);
      expect([limit, seen]).toEqual([limit, [...own, ...before, ...behind]]);
    }
    expect(codes((await desk.ordersOf(two)).json.items).sort()).toEqual([both, ofTwo].sort());
  });

  test('are not filled and not sent while it is recalled', async () => {
    const [lot, made] = [await raw(), await packedOf()];
    await tell([make(1, [epc(lot)], [epc(made)])]);
    const code = await desk.packed(made, noodles);
    const other = await desk.packed(await packedOf(), noodles);
    await desk.recall(lot);
    const refusal = `Lô ${lot.lot} đang bị thu hồi: không được giao hàng làm ra từ lô này (${made.lot}).`;
    await expect(desk.ship(code)).rejects.toMatchObject({ code: 'conflict', detail: { vi: refusal } });
    const fresh = await desk.buy(1, now, noodles);
    expect((await desk.name(fresh.code, [{ sku: noodles, lot: made.lot }])).json.detail).toBe(refusal);
    expect((await desk.ship(other)).status).toBe('shipped');
    await desk.lift(lot);
    expect((await desk.ship(code)).status).toBe('shipped');
    expect((await desk.name(fresh.code, [{ sku: noodles, lot: made.lot }])).status).toBe(200);
  });

  test('get no more codes while it is recalled, nor when it is in the last moment', async () => {
    const [lot, made] = [await raw(), await packedOf()];
    await tell([make(1, [epc(lot)], [epc(made)])]);
    expect((await desk.issue(made)).status).toBe(201);
    await desk.recall(lot);
    const refused = await desk.issue(made);
    expect([refused.status, refused.json.detail]).toEqual([
      409,
      `Lô ${lot.lot} đang bị thu hồi: không cấp thêm mã cho lô làm ra từ lô này (${made.lot}).`,
    ]);
    await desk.lift(lot);
    const meanwhile = inTheMiddle(market, 'transaction', 1, () => desk.recall(lot));
    const late = await desk.issue(made);
    meanwhile.stop();
    expect([late.status, (await desk.storedLot(made))?.codesIssued]).toEqual([409, 2]);
    await desk.lift(lot);
    expect((await desk.issue(made)).json.codesIssued).toBe(4);
  });

  test('a recall in the last moment still holds them', async () => {
    const [lot, made] = [await raw(), await packedOf()];
    await tell([make(1, [epc(lot)], [epc(made)])]);
    const code = await desk.packed(made, noodles);
    const fresh = await desk.buy(1, now, noodles);
    for (const send of [
      () => desk.ship(code),
      async () => expect((await desk.name(fresh.code, [{ sku: noodles, lot: made.lot }])).status).toBe(200),
    ]) {
      const meanwhile = inTheMiddle(market, 'transaction', 1, () => desk.recall(lot));
      await expect(send()).rejects.toThrow();
      expect(meanwhile.seen()).toBeGreaterThan(0);
      meanwhile.stop();
      await desk.lift(lot);
    }
    expect(await noticesFor(fresh.code)).toEqual([]);
  });

  test('a lot reached through single boxes only, whose events do not say the lot, is held from the moment its recall has looked ahead', async () => {
    const [lot, made] = [await raw(), await packedOf()];
    const serial = await first(made);
    await tell([make(1, [epc(lot)], [boxOf(made, serial)])]);
    await desk.recall(lot);
    const { code } = await desk.buy(1, now, noodles);
    expect((await desk.name(code, [{ sku: noodles, lot: made.lot }])).status).toBe(409);
    await desk.lift(lot);
    expect((await desk.name(code, [{ sku: noodles, lot: made.lot }])).status).toBe(200);
  });
});

describe('notices of a recall', () => {
  const dying = {
    'before a write leaves': (nth: number) =>
      inTheMiddle(
        market,
        'transaction',
        nth,
        async () => {
          throw new Error('power cut');
        },
        1_000,
      ),
    'after it was done': (nth: number) => loseAnswer(market, nth, 'broken'),
  };
  test.each(Object.entries(dying))(
    'go to every buyer of what was made of the lot, once, whoever dies %s: the schedule finishes',
    async (_, dieAt) => {
      const expected = { queued: 4, sent: 0, complete: true };
      let deaths = 0;
      for (let nth = 2; ; nth++) {
        const [lot, one, two] = [await raw(), await packedOf(), await packedOf()];
        await tell([make(1, [epc(lot)], [epc(one), epc(two)])]);
        const orders = [await sold(lot, desk.sku), await sold(one), await sold(two), await sold(two)];
        // This one carries both lots and is told once.
        expect((await desk.name(orders[1] as string, [{ sku: noodles, lot: two.lot }])).status).toBe(200);
        const cut = dieAt(nth);
        const died = await desk.recall(lot);
        cut.stop();
        if (died.status === 200) {
          expect(died.json.recall?.notices).toEqual(expected);
          break;
        }
        deaths++;
        expect([died.status, await state(lot, await firstOf(lot))]).toEqual([500, 'recalled']);
        await Promise.all([finishRecalls(), finishRecalls()]);
        await finishRecalls();
        expect(await noticesFor(...orders)).toEqual([...orders].sort());
        expect((await desk.storedLot(lot))?.recall).toMatchObject({ queued: 4 });
        expect((await desk.recall(lot)).json.recall?.notices).toEqual(expected);
        await desk.lift(lot);
      }
      // Marks, three lots of notices, the end.
      expect(deaths).toBe(5);
    },
  );

  /** A box of a lot that is recalled already: written straight, since no codes are issued any more. */
  const firstOf = async (lot: LotSaid): Promise<string> => {
    const { putSerials } = await import('../../../functions/traceability/store.ts');
    const serial = `0${lot.lot.replace(/\D/g, '').padStart(11, '0')}`;
    await putSerials({ id: `bat_${lot.lot}`, gtin: lot.gtin, lot: lot.lot, count: 1, codesIssued: 1, issuedAt: now.toISOString() }, 0, [
      serial,
    ]);
    return serial;
  };

  test('follow an event that was told after the recall', async () => {
    const [lot, late] = [await raw(), await packedOf()];
    const box = await first(late);
    const code = await sold(late);
    expect((await desk.recall(lot)).json.recall?.notices).toEqual({ queued: 0, sent: 0, complete: true });
    await finishRecalls();
    expect(await noticesFor(code)).toEqual([]);
    await writeEvents(lychees, [make(1, [epc(lot)], [epc(late)]).event], new Date());
    expect(await state(late, box)).toBe('recalled');
    await finishRecalls();
    expect(await noticesFor(code)).toEqual([code]);
    const before = await market.digests('traceability');
    await desk.recall(lot);
    expect(await market.digests('traceability')).toEqual(before);
  });
});

describe('what is seen of recalls and ways', () => {
  test('the department’s list: what stands, the latest first, page by page', async () => {
    const list = (as: string | undefined, query: Record<string, string> = {}) =>
      desk.ask('GET', '/api/admin/lots', { ...(as ? { as } : {}), query: { recalled: 'true', ...query } });
    expect([(await list(undefined)).status, (await list(lychees)).status, (await list('shopper')).status]).toEqual([401, 403, 403]);
    expect([(await list('admin', { recalled: 'no' })).status, (await list('admin', { cursor: 'e30' })).status]).toEqual([422, 422]);
    const [older, newer] = [await raw(), await raw()];
    await desk.recall(older);
    await desk.recall(newer);
    const named = async () => {
      const all: unknown[] = [];
      let cursor: string | undefined;
      do {
        const { json } = await list('department', { limit: '1', ...(cursor ? { cursor } : {}) });
        all.push(...json.items.map(({ lot }) => lot));
        cursor = json.nextCursor;
      } while (cursor);
      return all;
    };
    expect((await named()).slice(0, 2)).toEqual([newer.lot, older.lot]);
    const { json } = await list('admin', { limit: '1' });
    expect(json.items[0]).toMatchObject({ gtin: newer.gtin, lot: newer.lot, seller: { slug: 'htx-luc-ngan' }, recall: { reason } });
    await desk.lift(newer);
    expect((await named())[0]).toBe(older.lot);
    await desk.lift(older);
    expect(await named()).not.toContain(older.lot);
  });

  test('a making of more than went in is taken as it comes, and both lots’ ways say so', async () => {
    const [lot, one, fair] = [await raw(), await packedOf(), await packedOf()];
    const kg = ({ gtin, lot: number }: LotSaid, quantity: number) => [{ epcClass: epcOf({ gtin, lot: number }), quantity, uom: 'KGM' }];
    const of20 = (made: LotSaid, quantity: number) =>
      make(1, [], [], { inputQuantityList: kg(lot, 20), outputQuantityList: kg(made, quantity) });
    const [wrong, right] = [of20(one, 5_000), of20(fair, 20)];
    await tell([wrong, right]);
    const findingsOf = async (name: string) =>
      (
        (await desk.ask('GET', `/api/seller/lots/${name}/journey`, { as: lychees })).json as unknown as {
          findings: { kind: string; events: string[]; text: string }[];
        }
      ).findings;
    for (const { lot: name } of [one, lot]) {
      expect(await findingsOf(name)).toMatchObject([{ kind: 'over_made', strength: 'medium', events: [wrong.eventID] }]);
      expect((await findingsOf(name))[0]?.text).toContain('20 kg đầu vào nhưng 5.000 kg đầu ra');
    }
    expect(await findingsOf(fair.lot)).toEqual([]);
    // The lot weighed 820 kg.
    await tell([make(3, [], [epc(fair)], { inputQuantityList: kg(lot, 1_000) })]);
    expect((await findingsOf(lot.lot)).map(({ kind }) => kind)).toEqual(['over_made', 'over_used']);
    const errorDeclaration = { declarationTime: now.toISOString(), reason: 'incorrect_data' as const };
    await tell([{ event: { ...wrong.event, errorDeclaration } }]);
    expect((await findingsOf(one.lot)).map(({ kind }) => kind)).toEqual([]);
  });

  test('a lot’s way for its seller: from what, into what, what is recalled', async () => {
    const [lot, one, box] = [await raw(), await packedOf(), `https://id.gs1.org/01/08938500000010/10/PARTNER`];
    await tell([make(1, [box, epc(lot)], [epc(one)]), put(2, [epc(one)], pallet(2))]);
    await desk.recall(lot);
    const of = (name: string, as = lychees) => desk.ask('GET', `/api/seller/lots/${name}/journey`, { as });
    const { json } = await of(one.lot);
    expect(json).toMatchObject({
      lot: one.lot,
      madeFrom: [
        { gtin: '08938500000010', lot: 'PARTNER', isOwn: false, isRecalled: false },
        { gtin: lot.gtin, lot: lot.lot, isOwn: true, isRecalled: true },
      ],
      madeInto: [],
      carriers: [pallet(2)],
      complete: true,
    });
    expect((await of(lot.lot)).json).toMatchObject({ madeFrom: [], madeInto: [{ lot: one.lot, isOwn: true, isRecalled: false }] });
    expect([(await of(lot.lot, pottery)).status, (await of(lot.lot, 'department')).status]).toEqual([404, 403]);
  });
});
