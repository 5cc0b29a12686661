import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { basket, later, loseAnswer, lychees, type Market, newKey, now, openMarket, pottery } from './market.ts';

let market: Market;
let refundPackage: typeof import('../../../functions/orders/refund-package.ts').refundPackage;
let takeTransfer: typeof import('../../../functions/payments/sepay-webhook.ts').takeTransfer;
let readPayment: typeof import('../../../functions/payments/store.ts').readPayment;
let projectOrders: typeof import('../../../functions/reports/project-orders.ts').projectOrders;
let revenue: typeof import('../../../functions/reports/revenue.ts').revenue;
let auditOnce: typeof import('../../../functions/reports/audit-reports.ts').auditOnce;
beforeAll(async () => {
  market = await openMarket();
  ({ refundPackage } = await import('../../../functions/orders/refund-package.ts'));
  ({ takeTransfer } = await import('../../../functions/payments/sepay-webhook.ts'));
  ({ readPayment } = await import('../../../functions/payments/store.ts'));
  ({ projectOrders } = await import('../../../functions/reports/project-orders.ts'));
  ({ revenue } = await import('../../../functions/reports/revenue.ts'));
  ({ auditOnce } = await import('../../../functions/reports/audit-reports.ts'));
});
afterAll(() => market?.stop());

const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (e: unknown) => (e instanceof Problem ? e.code : String(e)),
  );
const refund = (code: string, amount: number, { seller = pottery, key = newKey(), at = later(3_600), reason = 'Vỡ miệng bình' } = {}) =>
  refundPackage(seller, code, { amount, reason }, key, at);
const packageOf = async (code: string) => (await market.readOrder(code))?.packages[0];

let messages = 500_000;
async function pay(code: string, at = later(60)): Promise<string | undefined> {
  const pkg = await packageOf(code);
  const said = {
    ...{
      id: ++messages,
      gateway: 'VCB',
      transactionDate: '2026-06-15 09:01:00',
      accountNumber: pkg?.bank?.accountNumber,
      subAccount: null,
    },
    ...{ code: null, content: `${code}P1`, transferType: 'in', description: '', transferAmount: pkg?.total, accumulated: 1 },
    ...{ referenceCode: 'x' },
  };
  await takeTransfer(Buffer.from(JSON.stringify(said)), at);
  return (await readPayment(`sepay#${messages}`))?.reason;
}

/** Two vases of the household at 180.000, 33.000 for 2,4 kg to Hà Nội: 393.000, paid by transfer; of it 3.600 VAT and 1.800 PIT withheld. */
async function paidVases(at = now) {
  const sku = await market.stock('BINH', 5);
  const order = await market.buy([{ sku, quantity: 2 }], { payment: 'bank_transfer' }, at);
  await pay(order.code, later(60, at));
  return { sku, ...order };
}
const ledgerOf = async (code: string) => {
  const { items } = await market.sellerDesk.ledgerOf(pottery, { from: '2026-06-15', to: '2026-07-31' }, now);
  return items.flatMap((l) => (l.orderCode === code ? [[l.kind, l.amount]] : []));
};

describe('a refund', () => {
  test('of a part is answered with what is left, and the household’s tax on it comes back', async () => {
    const { code, sku } = await paidVases();
    const { status, answer } = await refund(code.toLowerCase(), 100_000);
    expect(status).toBe(201);
    expect(answer).toEqual({
      ...{ id: `${code}-1-R1`, code, packageId: `${code}-1`, amount: 100_000, reason: 'Vỡ miệng bình', at: '2026-06-15T03:00:00.000Z' },
      ...{ refunded: 100_000, refundable: 293_000, status: 'confirmed', paymentStatus: 'paid' },
    });
    expect(await ledgerOf(code)).toEqual(
      expect.arrayContaining([
        ['sale_refunded', -100_000],
        ['vat_returned', 1_000],
        ['pit_returned', 500],
      ]),
    );
    expect(await market.counters(sku)).toEqual({ available: 3, reserved: 0, sold: 2 });
  });

  test('of all before it is shipped ends the package, and its units go back once', async () => {
    const { code, sku } = await paidVases();
    await market.sellerDesk.pack(pottery, code, later(120));
    await refund(code, 100_000);
    const { answer } = await refund(code, 293_000);
    expect([answer.status, answer.paymentStatus, answer.refundable]).toEqual(['refunded', 'refunded', 0]);
    expect(await market.counters(sku)).toEqual({ available: 5, reserved: 0, sold: 0 });
    await market.assertStockBook(sku);
    expect((await ledgerOf(code)).reduce((sum, [, amount]) => sum + Number(amount), 0)).toBe(0);
    expect(await outcome(refund(code, 1))).toBe('conflict');
    expect(await outcome(market.sellerDesk.ship(pottery, code, { carrier: 'x', trackingNumber: 'y' }, later(4_000)))).toBe('conflict');
  });

  test('of all after it was delivered leaves the goods with the buyer', async () => {
    const sku = await market.stock('BINH', 5);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    expect(await outcome(refund(code, 1))).toBe('conflict');
    await market.sellerDesk.pack(pottery, code, later(1));
    await market.sellerDesk.ship(pottery, code, { carrier: 'x', trackingNumber: 'y' }, later(2));
    expect(await outcome(refund(code, 1))).toBe('conflict');
    const { total } = await market.sellerDesk.deliver(pottery, code, later(3));
    const { answer } = await refund(code, total);
    expect([answer.status, answer.paymentStatus]).toEqual(['delivered', 'refunded']);
    expect(await market.counters(sku)).toEqual({ available: 4, reserved: 0, sold: 1 });
    expect((await packageOf(code))?.history.map((h) => h.status)).toEqual(['confirmed', 'packed', 'shipped', 'delivered']);
  });

  test('of what was cancelled settles the claim and moves nothing of the seller’s again', async () => {
    const { code, phone, sku } = await paidVases();
    await market.cancelOrder(code, phone, later(120));
    const before = await ledgerOf(code);
    expect(before.reduce((sum, [, amount]) => sum + Number(amount), 0)).toBe(0);
    await refund(code, 93_000);
    expect(await packageOf(code)).toMatchObject({ status: 'cancelled', paymentStatus: 'refund_due' });
    await refund(code, 300_000);
    expect(await packageOf(code)).toMatchObject({ status: 'refunded', paymentStatus: 'refunded' });
    expect((await ledgerOf(code)).length).toBe(before.length + 2);
    const { items } = await market.sellerDesk.ledgerOf(pottery, { from: '2026-06-15', to: '2026-06-15' }, now);
    const notes = items.filter((l) => l.orderCode === code && l.kind === 'refund_paid').map((l) => [l.amount, l.note]);
    expect(notes.sort()).toEqual([
      [0, 'Đã trả lại khách 300.000\u00a0₫ của đơn huỷ'],
      [0, 'Đã trả lại khách 93.000\u00a0₫ của đơn huỷ'],
    ]);
    expect(await market.counters(sku)).toEqual({ available: 5, reserved: 0, sold: 0 });
  });

  test('of one đồng more than is left says what is left, and changes nothing', async () => {
    const { code } = await paidVases();
    await refund(code, 100_000);
    const before = await market.digests();
    const refused = await refund(code, 293_001).catch((e: unknown) => e);
    expect(refused).toMatchObject({ code: 'conflict', options: { extra: { refundable: 293_000 } } });
    expect(await market.digests()).toEqual(before);
  });

  test('of an order of another stall, or of none, is not found', async () => {
    const { code } = await paidVases();
    expect(await outcome(refund(code, 1, { seller: lychees }))).toBe('not_found');
    expect(await outcome(refund('KB00000000', 1))).toBe('not_found');
  });

  test('can be made fifty times, not more', async () => {
    const { code } = await paidVases();
    for (let i = 0; i < 50; i++) await refund(code, 10);
    expect(await outcome(refund(code, 10))).toBe('conflict');
  });
});

describe('many at once', () => {
  test('with one key it is one refund, whoever asks how often', async () => {
    const { code } = await paidVases();
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(code, 393_000, { key })));
    expect(answers.filter((a) => !a.isRepeat)).toHaveLength(1);
    expect(new Set(answers.map((a) => JSON.stringify(a.answer, Object.keys(a.answer).sort()))).size).toBe(1);
    expect(await outcome(refund(code, 1, { key }))).toBe('idempotency_conflict');
    expect((await packageOf(code))?.refunds).toHaveLength(1);
  });

  test('with keys of their own they never give back more than was paid', async () => {
    const { code } = await paidVases();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome(refund(code, 100_000))));
    expect(outcomes.filter((o) => o === 'done')).toHaveLength(3);
    expect(outcomes.filter((o) => o === 'conflict')).toHaveLength(5);
    expect((await packageOf(code))?.refunds?.map((r) => r.amount)).toEqual([100_000, 100_000, 100_000]);
  });

  test.each(['retried', 'broken'] as const)('whose answer was lost (%s) is found again by its key', async (how) => {
    const { code } = await paidVases();
    const key = newKey();
    const lost = loseAnswer(market, 1, how);
    await outcome(refund(code, 393_000, { key }));
    lost.stop();
    expect(lost.seen()).toBeGreaterThan(0);
    expect((await refund(code, 393_000, { key })).isRepeat).toBe(true);
    expect((await packageOf(code))?.refunds).toHaveLength(1);
  });
});

test('a transfer that comes again after all was refunded is kept as already paid, not as late', async () => {
  const { code } = await paidVases();
  await refund(code, 393_000);
  expect(await pay(code, later(4_000))).toBe('already_paid');
});

test('the first answer to an order’s key tells nothing of later refunds', async () => {
  const sku = await market.stock('BINH', 5);
  const [request, key] = [basket([{ sku, quantity: 1 }], { payment: 'bank_transfer' }), newKey()];
  const first = await market.place(request, key);
  if (first.outcome !== 'placed') throw new Error(first.outcome);
  await pay(first.answer.body.code);
  await refund(first.answer.body.code, 5_000);
  const again = await market.place(request, key);
  expect(again.outcome === 'placed' && again.answer.body).toEqual(first.answer.body);
});

test('reports take a refund off its own day, and the recount agrees', async () => {
  const at = new Date('2026-07-20T02:00:00Z');
  const next = later(86_400, at);
  const [part, all, claim] = [await paidVases(at), await paidVases(at), await paidVases(at)];
  await refund(part.code, 100_000, { at: next });
  await refund(all.code, 393_000, { at: next });
  await market.cancelOrder(claim.code, claim.phone, later(120, at));
  await refund(claim.code, 393_000, { at: next });
  await projectOrders([part, all, claim].map(({ code }) => ({ code })));
  const { rows, total } = await revenue({ from: '2026-07-20', to: '2026-07-21', groupBy: 'day' }, next);
  expect(rows.map(({ key, orders, packages, revenue: dong, grams, refunded }) => [key, orders, packages, dong, grams, refunded])).toEqual([
    // Three orders of 360.000 of goods, one of them cancelled on the same day.
    ['2026-07-20', 2, 2, 720_000, 4_800, 0],
    // 100.000 of one, all of the other; the shipping of 33.000 given back is no revenue, and the cancelled one was taken off before.
    ['2026-07-21', -1, -1, -460_000, -2_400, 886_000],
  ]);
  expect(total).toEqual({ orders: 1, packages: 1, revenue: 260_000, grams: 2_400, refunded: 886_000 });
  const codes = (await market.everything()).flatMap((i) => (i.sk === 'ORDER' ? [{ code: String(i.code) }] : []));
  for (let i = 0; i < codes.length; i += 75) await projectOrders(codes.slice(i, i + 75));
  expect((await auditOnce(later(60))).differences).toEqual([]);
});
