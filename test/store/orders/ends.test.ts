import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { basket, inTheMiddle, later, lychees, type Market, newKey, now, openMarket, paymentWindowSeconds, pottery } from './market.ts';

let market: Market;
let confirmPaid: typeof import('../../../functions/orders/confirm-paid.ts').confirmPaid;
let filePayment: typeof import('../../../functions/payments/store.ts').filePayment;
let endPackages: typeof import('../../../functions/orders/end-packages.ts').endPackages;
let readLedger: typeof import('../../../functions/orders/store.ts').readLedger;
let complain: typeof import('../../../functions/orders/complain.ts').complain;
beforeAll(async () => {
  market = await openMarket();
  ({ confirmPaid } = await import('../../../functions/orders/confirm-paid.ts'));
  ({ filePayment } = await import('../../../functions/payments/store.ts'));
  ({ endPackages } = await import('../../../functions/orders/end-packages.ts'));
  ({ readLedger } = await import('../../../functions/orders/store.ts'));
  ({ complain } = await import('../../../functions/orders/complain.ts'));
});
afterAll(() => market?.stop());

const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (e: unknown) => (e instanceof Problem ? e.code : String(e)),
  );
const packagesOf = async (code: string) => (await market.readOrder(code))?.packages ?? [];
/** The bank's message for a package, as the webhook would take it. */
async function pay(code: string, n = 1, at = later(60)): Promise<boolean> {
  const pkg = (await packagesOf(code)).find((p) => p.n === n);
  if (!pkg) throw new Error(`no package ${n}`);
  const id = `sepay#${code}-${n}-${at.getTime()}`;
  const payment = {
    id,
    provider: 'sepay' as const,
    receivedAt: at.toISOString(),
    amount: pkg.total,
    accountNumber: pkg.bank?.accountNumber ?? '',
    content: '',
  };
  return confirmPaid(pkg, filePayment({ ...payment, packageId: pkg.id }), id, at);
}
const ledgerSum = async (sellerId: string, code: string) =>
  (await readLedger(sellerId, '2026-06-15', '2026-06-20')).filter((l) => l.orderCode === code).reduce((a, l) => a + l.amount, 0);

describe('cancelling', () => {
  test('gives every unit back, once, however many ask at once', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code, phone } = await market.buy([{ sku, quantity: 4 }]);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome(market.cancelOrder(code, phone, later(10)))));
    expect(outcomes.filter((o) => o === 'done')).toHaveLength(1);
    expect(outcomes.filter((o) => o === 'conflict')).toHaveLength(7);
    expect(await market.counters(sku)).toEqual({ available: 10, reserved: 0, sold: 0 });
    expect((await packagesOf(code))[0]).toMatchObject({ status: 'cancelled', paymentStatus: 'cancelled', version: 2 });
    await market.assertStockBook(sku);
  });

  test('with the phone of another is not found, and changes nothing', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    const before = await market.digests();
    for (const phone of ['0999999999', '', 'x', '+84']) expect(await outcome(market.cancelOrder(code, phone, now))).toBe('not_found');
    expect(await market.digests()).toEqual(before);
  });

  test('takes the code as a person types it', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code, phone } = await market.buy([{ sku, quantity: 1 }]);
    const cancelled = await market.cancelOrder(` ${code.toLowerCase()} `, phone.replace('+84', '0'), now);
    expect(cancelled.status).toBe('cancelled');
  });

  test.each(['cancel first', 'pack first'])('against packing (%s): one of them wins, the stock agrees', async (order) => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code, phone } = await market.buy([{ sku, quantity: 2 }]);
    const cancel = () => outcome(market.cancelOrder(code, phone, later(10)));
    const pack = () => outcome(market.sellerDesk.pack(lychees, code, later(10)));
    let rivalled: string | undefined;
    const rival = inTheMiddle(market, 'transaction', 1, async () => {
      rivalled = await (order === 'cancel first' ? cancel() : pack());
    });
    const own = await (order === 'cancel first' ? pack() : cancel());
    rival.stop();
    expect([rivalled, own]).toEqual(['done', 'conflict']);
    const [pkg] = await packagesOf(code);
    expect(pkg?.status).toBe(order === 'cancel first' ? 'cancelled' : 'packed');
    expect(await market.counters(sku)).toEqual(
      order === 'cancel first' ? { available: 10, reserved: 0, sold: 0 } : { available: 8, reserved: 0, sold: 2 },
    );
    await market.assertStockBook(sku);
  });

  test('forty times at once against packing: never both, never neither', async () => {
    const sku = await market.stock('MY-CHU', 100);
    for (let round = 0; round < 10; round++) {
      const { code, phone } = await market.buy([{ sku, quantity: 1 }]);
      const outcomes = await Promise.all([
        outcome(market.cancelOrder(code, phone, later(10))),
        outcome(market.sellerDesk.pack(lychees, code, later(10))),
        outcome(market.cancelOrder(code, phone, later(10))),
        outcome(market.sellerDesk.acknowledge(lychees, code, later(10))),
      ]);
      const won = [outcomes[0], outcomes[2]].filter((o) => o === 'done').length + (outcomes[1] === 'done' ? 1 : 0);
      expect(won, JSON.stringify(outcomes)).toBe(1);
    }
    await market.assertStockBook(sku);
  });

  test('one package of two is packed: the whole order stays', async () => {
    const [vai, binh] = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 5)];
    const { code, phone } = await market.buy([
      { sku: vai, quantity: 1 },
      { sku: binh, quantity: 1 },
    ]);
    await market.sellerDesk.pack(pottery, code, later(5));
    expect(await outcome(market.cancelOrder(code, phone, later(10)))).toBe('conflict');
    expect((await packagesOf(code)).map((p) => p.status)).toEqual(['confirmed', 'packed']);
    expect(await market.counters(vai)).toEqual({ available: 9, reserved: 0, sold: 1 });
  });

  test('a paid order gives the units back from sold, owes a refund, and the household’s tax is given back', async () => {
    const sku = await market.stock('BINH', 5);
    const { code, phone } = await market.buy([{ sku, quantity: 2 }], { payment: 'bank_transfer' });
    expect(await pay(code)).toBe(true);
    // 360.000 goods, 2.4 kg: 25.000 + 2 × 4.000 = 33.000; less 3.600 VAT and 1.800 PIT.
    expect(await ledgerSum(pottery, code)).toBe(387_600);
    await market.cancelOrder(code, phone, later(120));
    expect(await ledgerSum(pottery, code)).toBe(0);
    expect((await packagesOf(code))[0]).toMatchObject({ status: 'cancelled', paymentStatus: 'refund_due' });
    expect(await market.counters(sku)).toEqual({ available: 5, reserved: 0, sold: 0 });
    await market.assertStockBook(sku);
  });

  test('an order of which one package has expired unpaid still cancels its paid one', async () => {
    const [vai, binh] = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 5)];
    const { code, phone } = await market.buy(
      [
        { sku: vai, quantity: 1 },
        { sku: binh, quantity: 1 },
      ],
      { payment: 'bank_transfer' },
    );
    expect(await pay(code, 1)).toBe(true);
    const at = later(paymentWindowSeconds + 1);
    await endPackages((await packagesOf(code)).slice(1), 'expired', 'clock', at);
    const cancelled = await market.cancelOrder(code, phone, later(5, at));
    expect(cancelled.packages.map((p) => p.status)).toEqual(['cancelled', 'expired']);
    expect(await market.counters(vai)).toEqual({ available: 10, reserved: 0, sold: 0 });
    expect(await market.counters(binh)).toEqual({ available: 5, reserved: 0, sold: 0 });
    await market.assertStockBook(vai);
    await market.assertStockBook(binh);
  });

  test('crashes half way through a large order: asked again, the rest is cancelled too and nothing comes back twice', async () => {
    const skus = await Promise.all(Array.from({ length: 20 }, (_, i) => stallOf(i)));
    const { code, phone } = await market.buy(skus.map((sku) => ({ sku, quantity: 1 })));
    // The first transaction ends fourteen packages, at most 5 + 2 writes each beside the movement; the crash comes before the second.
    const crash = inTheMiddle(market, 'transaction', 2, async () => {
      throw new Error('the lights went out');
    });
    expect(await outcome(market.cancelOrder(code, phone, later(10)))).toContain('the lights went out');
    crash.stop();
    expect((await packagesOf(code)).filter((p) => p.status === 'cancelled')).toHaveLength(14);
    await market.cancelOrder(code, phone, later(20));
    expect((await packagesOf(code)).every((p) => p.status === 'cancelled')).toBe(true);
    for (const sku of skus) {
      expect(await market.counters(sku)).toEqual({ available: 3, reserved: 0, sold: 0 });
      await market.assertStockBook(sku);
    }
  });

  test('the largest order the market takes, 37 sellers and 50 lines, can be cancelled after it was paid', async () => {
    const skus = await Promise.all(Array.from({ length: 50 }, (_, i) => stallOf(i % 37, 'household')));
    const { code, phone } = await market.buy(
      skus.map((sku) => ({ sku, quantity: 1 })),
      { payment: 'bank_transfer' },
    );
    for (const { n } of await packagesOf(code)) expect(await pay(code, n, later(60))).toBe(true);
    const cancelled = await market.cancelOrder(code, phone, later(120));
    expect(cancelled.status).toBe('cancelled');
    for (const sku of skus) expect(await market.counters(sku)).toEqual({ available: 3, reserved: 0, sold: 0 });
  });

  /** Goods of a seller of their own: an order of many packages needs many sellers. */
  async function stallOf(n: number, legalType: 'household' | undefined = undefined): Promise<string> {
    const id = `sel_${n}_${legalType ?? 'x'}`;
    await market.openStall(id, `9${n}`);
    return market.stock('BINH', 3, { seller: id });
  }
});

describe('the payment window', () => {
  const atEnd = later(paymentWindowSeconds);
  const expire = async (code: string, at: Date) => endPackages(await packagesOf(code), 'expired', 'clock', at);

  test('over: the units come back exactly once, whoever cleans up and however often', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 3 }], { payment: 'bank_transfer' });
    expect(await market.counters(sku)).toEqual({ available: 7, reserved: 3, sold: 0 });
    const packages = await packagesOf(code);
    const ended = await Promise.all(Array.from({ length: 6 }, () => endPackages(packages, 'expired', 'clock', atEnd)));
    expect(ended.filter((e) => e !== undefined)).toHaveLength(1);
    expect(await market.counters(sku)).toEqual({ available: 10, reserved: 0, sold: 0 });
    await market.assertStockBook(sku);
  });

  test.each(['pays first', 'expires first'])('paying against expiring (%s): one of them wins', async (order) => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 3 }], { payment: 'bank_transfer' });
    let rivalled: unknown;
    const rival = inTheMiddle(market, 'transaction', 1, async () => {
      rivalled = order === 'pays first' ? await pay(code) : await expire(code, atEnd);
    });
    const own = order === 'pays first' ? await expire(code, atEnd) : await pay(code);
    rival.stop();
    expect(rivalled).toBeTruthy();
    expect(own).toBeFalsy();
    expect((await packagesOf(code))[0]?.status).toBe(order === 'pays first' ? 'confirmed' : 'expired');
    expect(await market.counters(sku)).toEqual(
      order === 'pays first' ? { available: 7, reserved: 0, sold: 3 } : { available: 10, reserved: 0, sold: 0 },
    );
    expect(await ledgerSum(lychees, code)).toBe(order === 'pays first' ? 1_005_000 + 86_000 : 0);
    await market.assertStockBook(sku);
  });

  test('the clock finds what is over and leaves what is not', async () => {
    const sku = await market.stock('MY-CHU', 10);
    const { handler } = await import('../../../functions/orders/expire-packages.ts');
    const old = await market.buy(
      [{ sku, quantity: 1 }],
      { payment: 'bank_transfer' },
      new Date(Date.now() - (paymentWindowSeconds + 1) * 1_000),
    );
    const fresh = await market.buy([{ sku, quantity: 1 }], { payment: 'bank_transfer' }, new Date());
    await handler();
    expect((await packagesOf(old.code))[0]?.status).toBe('expired');
    expect((await packagesOf(fresh.code))[0]?.status).toBe('pending_payment');
    expect((await handler()).expired).toBe(0);
    expect(await market.counters(sku)).toEqual({ available: 9, reserved: 1, sold: 0 });
    await market.assertStockBook(sku);
  });

  test('ends nothing that was paid: the clock passes by, then and at every later turn', async () => {
    const sku = await market.stock('MY-CHU', 10);
    const { handler } = await import('../../../functions/orders/expire-packages.ts');
    const { readExpired } = await import('../../../functions/orders/store.ts');
    const placedAt = new Date(Date.now() - (paymentWindowSeconds + 60) * 1_000);
    const { code } = await market.buy([{ sku, quantity: 2 }], { payment: 'bank_transfer' }, placedAt);
    expect(await pay(code, 1, later(60, placedAt))).toBe(true);
    await market.sellerDesk.acknowledge(lychees, code, later(90, placedAt));
    // Nor is it even looked at: two hundred paid packages would hide those that must end.
    expect((await readExpired(new Date(), 200)).map((p) => p.code)).not.toContain(code);
    const paid = await packagesOf(code);
    expect(await endPackages(paid, 'expired', 'clock', new Date())).toBeUndefined();
    await handler();
    expect((await packagesOf(code))[0]).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
    expect(await market.counters(sku)).toEqual({ available: 8, reserved: 0, sold: 2 });
    await market.assertStockBook(sku);
  });

  test('over but not cleaned up: the buyer sees expired, and neither cancelling nor packing works', async () => {
    const sku = await market.stock('MY-CHU', 10);
    const { code, phone } = await market.buy([{ sku, quantity: 1 }], { payment: 'bank_transfer' });
    const { shownOrder } = await import('../../../functions/orders/show-order.ts');
    const found = await market.readOrder(code);
    if (!found) throw new Error('no order');
    const shown = shownOrder(found.order, found.packages, atEnd);
    expect([shown.status, shown.packages[0]?.payment.status, shown.packages[0]?.payment.vietqr]).toEqual(['expired', 'expired', undefined]);
    expect(await outcome(market.cancelOrder(code, phone, atEnd))).toBe('conflict');
    expect(await outcome(market.sellerDesk.pack(lychees, code, atEnd))).toBe('conflict');
  });
});

describe('the seller’s desk', () => {
  const steps = {
    acknowledged: (code: string, at: Date) => market.sellerDesk.acknowledge(lychees, code, at),
    packed: (code: string, at: Date) => market.sellerDesk.pack(lychees, code, at),
    shipped: (code: string, at: Date) => market.sellerDesk.ship(lychees, code, { carrier: 'Viettel Post', trackingNumber: 'VT1' }, at),
    delivered: (code: string, at: Date) => market.sellerDesk.deliver(lychees, code, at),
  };

  test('takes each step once, in order, and no other', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    for (const too of ['shipped', 'delivered'] as const) expect(await outcome(steps[too](code, later(1)))).toBe('conflict');
    const road = ['packed', 'shipped', 'delivered'] as const;
    for (const [i, step] of road.entries()) {
      const at = later(10 * (i + 1));
      const moved = await steps[step](code, at);
      expect(moved.status).toBe(step);
      expect(moved.history.at(-1)).toEqual({ status: step, at: at.toISOString() });
      for (const again of road.slice(0, i + 1)) expect(await outcome(steps[again](code, later(100)))).toBe('conflict');
    }
    expect(await market.counters(sku)).toEqual({ available: 9, reserved: 0, sold: 1 });
  });

  test('eight times at once each step happens once, and a COD sale is booked once', async () => {
    const sku = await market.stock('BINH', 10);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    await market.sellerDesk.pack(pottery, code, later(1));
    await market.sellerDesk.ship(pottery, code, { carrier: 'x', trackingNumber: 'y' }, later(2));
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => outcome(market.sellerDesk.deliver(pottery, code, later(3 + i)))),
    );
    expect(outcomes.filter((o) => o === 'done')).toHaveLength(1);
    // 180.000 + 29.000 − 1.800 − 900.
    expect(await ledgerSum(pottery, code)).toBe(206_300);
    expect((await readLedger(pottery, '2026-06-15', '2026-06-15')).filter((l) => l.orderCode === code)).toHaveLength(4);
  });

  test('seeing an order twice changes nothing', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    const first = await steps.acknowledged(code, later(5));
    const second = await steps.acknowledged(code, later(50));
    expect(second).toEqual(first);
    expect(second.acknowledgedAt).toBe(later(5).toISOString());
  });

  test('knows no order of another seller', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    expect(await outcome(market.sellerDesk.pack(pottery, code, now))).toBe('not_found');
    expect(await outcome(market.sellerDesk.pack(lychees, 'KB00000000', now))).toBe('not_found');
  });

  test('the list goes page by page over every package once, newest first', async () => {
    await market.openStall('sel_list');
    const sku = await market.stock('BINH', 100, { seller: 'sel_list' });
    const codes: string[] = [];
    for (let i = 0; i < 23; i++) codes.push((await market.buy([{ sku, quantity: 1 }], {}, later(i))).code);
    for (const code of codes.slice(0, 5)) await market.sellerDesk.pack('sel_list', code, later(100));
    for (const [status, expected] of [
      [undefined, codes],
      ['packed', codes.slice(0, 5)],
      ['confirmed', codes.slice(5)],
      ['shipped', []],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await market.sellerDesk.listSellerPackages('sel_list', { status, limit: 7, cursor }, later(200));
        expect(page.items.length).toBeLessThanOrEqual(7);
        seen.push(...page.items.map((p) => p.code));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(expected.toReversed());
    }
  });
});

describe('the ledger', () => {
  test('of one day, and of no days, has an answer', async () => {
    const one = await market.sellerDesk.ledgerOf(lychees, { from: '2026-06-15', to: '2026-06-15' }, now);
    expect([one.from, one.to]).toEqual(['2026-06-15', '2026-06-15']);
    const month = await market.sellerDesk.ledgerOf(lychees, {}, now);
    expect([month.from, month.to]).toEqual(['2026-05-16', '2026-06-15']);
  });

  test.each([
    { from: '2026-06-15', to: '2026-06-14' },
    { to: '9999-12-31' },
    { to: '0000-01-05' },
    { from: '0000-01-01', to: '0000-01-02' },
    { from: '2030-01-01' },
  ])('asked for %j has an answer or a 422, never a crash', async (asked) => {
    // The emulator is lenient where DynamoDB is not: a BETWEEN whose end comes before its beginning is refused there.
    market.dynamo.middlewareStack.add(
      (next) => (args) => {
        const values = (args.input as { ExpressionAttributeValues?: Record<string, unknown> }).ExpressionAttributeValues ?? {};
        if (':from' in values && String(values[':from']) > String(values[':to'])) throw new Error('ValidationException: BETWEEN');
        return next(args);
      },
      { step: 'initialize', name: 'as-strict-as-dynamodb' },
    );
    expect(await outcome(market.sellerDesk.ledgerOf(lychees, asked, now))).toMatch(/^(done|validation_failed)$/);
    market.dynamo.middlewareStack.remove('as-strict-as-dynamodb');
  });

  test('its sums are its lines’, and a household’s sale shows its tax', async () => {
    const sku = await market.stock('BINH', 10);
    const at = new Date('2026-07-01T02:00:00Z');
    const { code } = await market.buy([{ sku, quantity: 3 }], {}, at);
    await market.sellerDesk.pack(pottery, code, later(1, at));
    await market.sellerDesk.ship(pottery, code, { carrier: 'x', trackingNumber: 'y' }, later(2, at));
    // Delivered at 23:59:59 in Việt Nam: still 1 July there.
    await market.sellerDesk.deliver(pottery, code, new Date('2026-07-01T16:59:59Z'));
    const ledger = await market.sellerDesk.ledgerOf(pottery, { from: '2026-07-01', to: '2026-07-01' }, now);
    // 540.000 goods; 3.6 kg: 25.000 + 3 × 4.000.
    expect(ledger.items.map((l) => [l.kind, l.amount, l.day])).toEqual(
      expect.arrayContaining([
        ['sale', 540_000, '2026-07-01'],
        ['shipping', 37_000, '2026-07-01'],
        ['vat_withheld', -5_400, '2026-07-01'],
        ['pit_withheld', -2_700, '2026-07-01'],
      ]),
    );
    expect(ledger.total).toEqual({ sales: 540_000, shipping: 37_000, vatWithheld: 5_400, pitWithheld: 2_700, net: 568_900 });
    expect((await market.sellerDesk.ledgerOf(pottery, { from: '2026-07-02', to: '2026-07-02' }, now)).items).toEqual([]);
  });
});

describe('a complaint', () => {
  test.each([
    ['damaged', '2026-06-17'], // 2 working days after Monday 15 June
    ['not_received', '2026-06-18'], // 3
    ['other', '2026-06-24'], // 7, over a weekend
  ])('that goods were %s is answered by %s', async (kind, answerBy) => {
    const sku = await market.stock('MY-CHU', 10);
    const { code, phone, packages } = await market.buy([{ sku, quantity: 1 }]);
    const said = { phone, packageId: packages[0]?.id ?? '', kind, text: 'Vỡ hộp' };
    expect(await complain(code, said, now)).toMatchObject({ status: 'received', answerBy, packageId: `${code}-1` });
    expect(await outcome(complain(code, { ...said, packageId: 'KB00000000-1' }, now))).toBe('validation_failed');
    expect(await outcome(complain(code, { ...said, phone: '0999999999' }, now))).toBe('not_found');
  });

  test('twenty at once: five are taken', async () => {
    const sku = await market.stock('MY-CHU', 10);
    const { code, phone, packages } = await market.buy([{ sku, quantity: 1 }]);
    const said = { phone, packageId: packages[0]?.id ?? '', kind: 'other', text: 'x' };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(complain(code, said, now))));
    expect(outcomes.filter((o) => o === 'done')).toHaveLength(5);
    expect(outcomes.filter((o) => o === 'rate_limited')).toHaveLength(15);
  });
});

test('an order of nobody’s seller is a fault of ours and takes nothing', async () => {
  const sku = await market.stock('BINH', 10, { seller: 'sel_gone' });
  await expect(market.place(basket([{ sku, quantity: 1 }]), newKey())).rejects.toThrow('sel_gone');
  expect(await market.counters(sku)).toEqual({ available: 10, reserved: 0, sold: 0 });
});
