import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import {
  basket,
  inTheMiddle,
  later,
  loseAnswer,
  type Market,
  newKey,
  newPhone,
  now,
  openMarket,
  paymentWindowSeconds,
  pottery,
} from './market.ts';

let market: Market;
let saveVoucher: typeof import('../../../functions/orders/vouchers.ts').saveVoucher;
beforeAll(async () => {
  market = await openMarket();
  ({ saveVoucher } = await import('../../../functions/orders/vouchers.ts'));
});
afterAll(() => market?.stop());

/** The code of the problem it is refused with. */
const refusal = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const problem = async (attempt: Promise<unknown>): Promise<Problem> => {
  const error = await attempt.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof Problem)) throw new Error(`no problem: ${String(error)}`);
  return error;
};

describe('an order', () => {
  test('is written as the buyer was told, package by package', async () => {
    const [vai, binh] = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 5)];
    const order = await market.buy([
      { sku: vai, quantity: 2 },
      { sku: binh, quantity: 1 },
    ]);
    // Lychees 10 kg cold to Hà Nội: 25.000 + 9 × 4.000 + 5.000 = 66.000; pot 1.2 kg: 29.000.
    expect(order).toMatchObject({ status: 'confirmed', subtotal: 850_000, discount: 0, shipping: 95_000, total: 945_000 });
    expect(order.packages.map((p) => [p.id, p.subtotal, p.shipping, p.total, p.status, p.payment.status])).toEqual([
      [`${order.code}-1`, 670_000, 66_000, 736_000, 'confirmed', 'collect_on_delivery'],
      [`${order.code}-2`, 180_000, 29_000, 209_000, 'confirmed', 'collect_on_delivery'],
    ]);
    expect(order.code).toMatch(/^KB[0-9A-HJKMNP-TV-Z]{8}$/);
    const stored = await market.readOrder(order.code);
    expect(stored?.packages.map((p) => [p.total, p.version, p.history])).toEqual([
      [736_000, 1, [{ status: 'confirmed', at: now.toISOString() }]],
      [209_000, 1, [{ status: 'confirmed', at: now.toISOString() }]],
    ]);
  });

  test('by bank transfer reserves its units until the window ends, and each package names its own seller’s account', async () => {
    const [vai, binh] = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 5)];
    const order = await market.buy(
      [
        { sku: vai, quantity: 1 },
        { sku: binh, quantity: 1 },
      ],
      { payment: 'bank_transfer' },
    );
    expect(await market.counters(vai)).toEqual({ available: 9, reserved: 1, sold: 0 });
    expect(
      order.packages.map((p) => [
        p.payment.vietqr?.accountNumber,
        p.payment.vietqr?.amount,
        p.payment.vietqr?.content,
        p.payment.expiresAt,
      ]),
    ).toEqual([
      ['970436000000101', 381_000, `${order.code}P1`, later(paymentWindowSeconds).toISOString()],
      ['970407000000102', 209_000, `${order.code}P2`, later(paymentWindowSeconds).toISOString()],
    ]);
    await market.assertStockBook(vai);
  });

  test('of two lines of one SKU is one line of both quantities', async () => {
    const sku = await market.stock('MY-CHU', 5);
    const order = await market.buy([
      { sku, quantity: 2 },
      { sku, quantity: 3 },
    ]);
    expect(order.lines.map((l) => [l.sku, l.quantity, l.total])).toEqual([[sku, 5, 300_000]]);
    expect(await market.counters(sku)).toEqual({ available: 0, reserved: 0, sold: 5 });
  });

  test('two lines of one SKU that are too many only together are refused at both of them', async () => {
    const sku = await market.stock('MY-CHU', 5);
    const placed = await market.place(
      basket([
        { sku, quantity: 3 },
        { sku, quantity: 3 },
      ]),
    );
    expect(placed).toEqual({ outcome: 'out_of_stock', short: [0, 1].map((index) => ({ index, left: 5 })) });
  });

  test('reaches the wholesale price by adding its lines up', async () => {
    const sku = await market.stock('VAI-5KG', 20, { wholesale: [{ minQuantity: 10, price: 300_000 }] });
    const order = await market.buy([
      { sku, quantity: 4 },
      { sku, quantity: 6 },
    ]);
    expect(order.lines[0]).toMatchObject({ unitPrice: 300_000, quantity: 10, total: 3_000_000 });
  });
});

describe('all lines or none', () => {
  test('one short line of three leaves nothing behind, and every short line is named with what is left', async () => {
    const [a, b, c] = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 1), await market.stock('MY-CHU', 0)];
    const before = await market.digests();
    const placed = await market.place(
      basket([
        { sku: a, quantity: 2 },
        { sku: b, quantity: 2 },
        { sku: c, quantity: 1 },
      ]),
    );
    expect(placed).toEqual({
      outcome: 'out_of_stock',
      short: [
        { index: 1, left: 1 },
        { index: 2, left: 0 },
      ],
    });
    expect(await market.digests()).toEqual(before);
  });

  test('a rival who takes the last pot after the plan was made: the lychees are not taken either', async () => {
    const [vai, binh] = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 1)];
    const rival = inTheMiddle(market, 'transaction', 1, () => market.buy([{ sku: binh, quantity: 1 }]));
    const placed = await market.place(
      basket([
        { sku: vai, quantity: 1 },
        { sku: binh, quantity: 1 },
      ]),
    );
    rival.stop();
    expect(rival.seen()).toBeGreaterThan(0);
    expect(placed).toEqual({ outcome: 'out_of_stock', short: [{ index: 1, left: 0 }] });
    expect(await market.counters(vai)).toEqual({ available: 10, reserved: 0, sold: 0 });
    await market.assertStockBook(binh);
  });

  test('a rival who takes some but leaves enough: the order is planned anew and goes through once', async () => {
    const sku = await market.stock('VAI-5KG', 10, { shards: 3 });
    const rival = inTheMiddle(market, 'transaction', 1, () => market.buy([{ sku, quantity: 6 }]));
    const placed = await market.place(basket([{ sku, quantity: 4 }]));
    rival.stop();
    expect(placed.outcome).toBe('placed');
    expect(await market.counters(sku)).toEqual({ available: 0, reserved: 0, sold: 10 });
    await market.assertStockBook(sku);
  });

  test('a price that changes between reading and writing is the old one or refused, never mixed', async () => {
    const sku = await market.stock('MY-CHU', 5);
    const order = await market.buy([{ sku, quantity: 2 }]);
    const [pkg] = (await market.readOrder(order.code))?.packages ?? [];
    expect([pkg?.subtotal, pkg?.lines[0]?.total, pkg?.lines[0]?.unitPrice]).toEqual([120_000, 120_000, 60_000]);
  });
});

describe('what the buyer expects to pay', () => {
  test('the right total goes through, any other is price_changed with the true one, and nothing is written', async () => {
    const sku = await market.stock('VAI-5KG', 5);
    // 335.000 + 25.000 + 4 × 4.000 + 5.000.
    const before = await market.digests();
    for (const expectedTotal of [0, 380_999, 381_001])
      expect(await market.place(basket([{ sku, quantity: 1 }], { expectedTotal }))).toEqual({ outcome: 'price_changed', total: 381_000 });
    expect(await market.digests()).toEqual(before);
    expect((await market.place(basket([{ sku, quantity: 1 }], { expectedTotal: 381_000 }))).outcome).toBe('placed');
  });
});

describe('the same key', () => {
  test('whose first code is taken by another key’s order makes its next code, again and again the same', async () => {
    const { askedBy, orderCode } = await import('../../../functions/orders/order-code.ts');
    const sku = await market.stock('MY-CHU', 10);
    const stranger = await market.buy([{ sku, quantity: 1 }]);
    const request = basket([{ sku, quantity: 2 }]);
    const key = newKey();
    const asked = askedBy(key, request);
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    const item = (await market.everything()).find((i) => i.pk === `ORDER#${stranger.code}` && i.sk === 'ORDER');
    const taken = orderCode(asked);
    await market.dynamo.send(
      new PutCommand({ TableName: 'commerce', Item: { ...item, pk: `ORDER#${taken}`, code: taken, taken: [], skus: [] } }),
    );
    const placed = await Promise.all([market.place(request, key), market.place(request, key)]);
    placed.push(await market.place(request, key));
    expect(placed.map((p) => p.outcome === 'placed' && p.answer.body.code)).toEqual(Array(3).fill(orderCode(asked, 1)));
    expect(placed.filter((p) => p.outcome === 'placed' && p.isReplay)).toHaveLength(2);
    expect(await market.counters(sku)).toEqual({ available: 7, reserved: 0, sold: 3 });
    await expect(market.place(basket([{ sku, quantity: 3 }]), key)).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  test('twenty times at once is one order and twenty identical answers', async () => {
    const sku = await market.stock('VAI-5KG', 20);
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    const placed = await Promise.all(Array.from({ length: 20 }, () => market.place(request, key)));
    // Equal as values: the engine answers maps in any order, and the door puts their members in one.
    for (const again of placed)
      expect(again.outcome === 'placed' && again.answer).toEqual(placed[0]?.outcome === 'placed' && placed[0].answer);
    expect(placed.filter((p) => p.outcome === 'placed' && !p.isReplay)).toHaveLength(1);
    expect(await market.counters(sku)).toEqual({ available: 19, reserved: 0, sold: 1 });
    await market.assertStockBook(sku);
  });

  test('twenty times at once for the very last unit: every one hears that it got it', async () => {
    const sku = await market.stock('VAI-5KG', 1);
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    const placed = await Promise.all(Array.from({ length: 20 }, () => market.place(request, key)));
    expect(placed.map((p) => p.outcome)).toEqual(Array(20).fill('placed'));
    expect(await market.counters(sku)).toEqual({ available: 0, reserved: 0, sold: 1 });
  });

  test('comes in again while the first is between reading and writing: one order', async () => {
    const sku = await market.stock('VAI-5KG', 1);
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    let first: Awaited<ReturnType<typeof market.place>> | undefined;
    const twin = inTheMiddle(market, 'transaction', 1, async () => {
      first = await market.place(request, key);
    });
    const second = await market.place(request, key);
    twin.stop();
    expect(second).toEqual({ ...first, isReplay: true });
    expect(await market.counters(sku)).toEqual({ available: 0, reserved: 0, sold: 1 });
  });

  test('whose twin sells the last unit between two reads of split counters still hears that it got it', async () => {
    const sku = await market.stock('VAI-5KG', 1, { shards: 2 });
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    const outcomes: string[] = [];
    // The first batch read finds no record of the key; the counters beyond the first are read by the second.
    const twin = inTheMiddle(market, 'batch read', 2, async () => {
      outcomes.push((await market.place(request, key)).outcome);
    });
    outcomes.push((await market.place(request, key)).outcome);
    twin.stop();
    expect(outcomes).toEqual(['placed', 'placed']);
  });

  test('with another body is idempotency_conflict, whatever it asks for, and takes nothing', async () => {
    const sku = await market.stock('VAI-5KG', 5);
    const key = newKey();
    const request = basket([{ sku, quantity: 1 }]);
    await market.place(request, key);
    const before = await market.digests();
    for (const other of [
      basket([{ sku, quantity: 2 }]),
      { ...request, note: 'gọi trước' },
      { ...request, payment: 'bank_transfer' as const },
    ])
      expect(await refusal(market.place(other, key))).toBe('idempotency_conflict');
    expect(await market.digests()).toEqual(before);
  });

  test('with two different bodies at once: one order, the other is told of the conflict', async () => {
    const sku = await market.stock('VAI-5KG', 5);
    const key = newKey();
    const outcomes = await Promise.all(
      [1, 2].map((quantity) =>
        market.place(basket([{ sku, quantity }]), key).then(
          (p) => p.outcome,
          (e: unknown) => (e instanceof Problem ? e.code : String(e)),
        ),
      ),
    );
    expect(outcomes.sort()).toEqual(['idempotency_conflict', 'placed']);
  });

  test('with the phone written in another way is the same request', async () => {
    const sku = await market.stock('VAI-5KG', 5);
    const key = newKey();
    const first = await market.place(basket([{ sku, quantity: 1 }], { customer: { name: 'Mua', phone: '0987 654 321' } }), key);
    const second = await market.place(basket([{ sku, quantity: 1 }], { customer: { name: 'Mua', phone: '+84987654321' } }), key);
    expect(second).toEqual({ ...first, isReplay: true });
  });

  test('is answered as before after the product was withdrawn, repriced and sold out', async () => {
    const sku = await market.stock('VAI-5KG', 1);
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    const first = await market.place(request, key);
    const { saveProduct, readProduct } = await import('../../../functions/catalog/store.ts');
    const product = await readProduct(`prd_${sku}`);
    if (!product) throw new Error('no product');
    expect(
      await saveProduct(
        { ...product, status: 'draft', version: 2, variants: product.variants.map((v) => ({ ...v, price: 1_000 })) },
        product,
      ),
    ).toMatchObject({ ok: true });
    expect(await refusal(market.place(basket([{ sku, quantity: 1 }])))).toBe('validation_failed');
    expect(await market.place(request, key, later(86_400))).toEqual({ ...first, isReplay: true });
  });

  test('a refused order uses its key up for nothing: it can be sent again when there is stock', async () => {
    const sku = await market.stock('VAI-5KG', 0);
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    expect((await market.place(request, key)).outcome).toBe('out_of_stock');
    await market.setStock({ sku, quantity: 1, by: 'sel_vai', now });
    expect((await market.place(request, key)).outcome).toBe('placed');
  });
});

describe('an ambiguous answer', () => {
  test.each(['retried', 'broken'] as const)('written, but its answer was lost (%s): asked again it is one order', async (how) => {
    const sku = await market.stock('VAI-5KG', 2);
    const [request, key] = [basket([{ sku, quantity: 1 }]), newKey()];
    const line = loseAnswer(market, 1, how);
    const first = await market.place(request, key).catch((e: unknown) => e);
    line.stop();
    if (how === 'broken') expect(first).toBeInstanceOf(Error);
    const again = await market.place(request, key);
    expect(again).toMatchObject({ outcome: 'placed', isReplay: true });
    expect(await market.counters(sku)).toEqual({ available: 1, reserved: 0, sold: 1 });
    await market.assertStockBook(sku);
  });

  test('DynamoDB’s TransactionConflict is tried again, unseen by the buyer', async () => {
    const sku = await market.stock('VAI-5KG', 2);
    const conflict = inTheMiddle(
      market,
      'transaction',
      1,
      async () => {
        throw new TransactionCanceledException({
          $metadata: {},
          message: 'conflict',
          CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
        });
      },
      3,
    );
    const placed = await market.place(basket([{ sku, quantity: 1 }]));
    conflict.stop();
    expect(placed.outcome).toBe('placed');
    expect(conflict.seen()).toBe(4);
    expect(await market.counters(sku)).toEqual({ available: 1, reserved: 0, sold: 1 });
  });
});

describe('ten orders a minute by one phone', () => {
  test('the eleventh is told to wait, a replay is not counted, and after the minute it goes on', async () => {
    const sku = await market.stock('MY-CHU', 50);
    const customer = { name: 'Mua', phone: newPhone() };
    const one = basket([{ sku, quantity: 1 }], { customer });
    const firstKey = newKey();
    await market.place(one, firstKey);
    for (let i = 0; i < 5; i++) expect(await market.place(one, firstKey, later(i))).toMatchObject({ isReplay: true });
    for (let i = 0; i < 9; i++) expect((await market.place(one, newKey(), later(i))).outcome).toBe('placed');
    const eleventh = await problem(market.place(one, newKey(), later(20)));
    expect(eleventh.code).toBe('rate_limited');
    expect(eleventh.options.retryAfterSeconds).toBe(40);
    // The full window lets replays through, and other phones.
    expect(await market.place(one, firstKey, later(21))).toMatchObject({ isReplay: true });
    expect((await market.place(basket([{ sku, quantity: 1 }]), newKey(), later(21))).outcome).toBe('placed');
    expect(await refusal(market.place(one, newKey(), later(59)))).toBe('rate_limited');
    expect((await market.place(one, newKey(), later(60))).outcome).toBe('placed');
    expect(await market.counters(sku)).toEqual({ available: 38, reserved: 0, sold: 12 });
  });

  test('thirty at once: exactly ten go through', async () => {
    const sku = await market.stock('MY-CHU', 50);
    const customer = { name: 'Mua', phone: newPhone() };
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () =>
        market.place(basket([{ sku, quantity: 1 }], { customer })).then(
          (p) => p.outcome,
          (e: unknown) => (e instanceof Problem ? e.code : String(e)),
        ),
      ),
    );
    expect(outcomes.filter((o) => o === 'placed')).toHaveLength(10);
    expect(outcomes.filter((o) => o === 'rate_limited')).toHaveLength(20);
    expect(await market.counters(sku)).toEqual({ available: 40, reserved: 0, sold: 10 });
    await market.assertStockBook(sku);
  });

  test('an order refused for want of stock takes no place', async () => {
    const [sku, none] = [await market.stock('MY-CHU', 50), await market.stock('MY-CHU', 0)];
    const customer = { name: 'Mua', phone: newPhone() };
    for (let i = 0; i < 12; i++)
      expect((await market.place(basket([{ sku: none, quantity: 1 }], { customer }))).outcome).toBe('out_of_stock');
    expect((await market.place(basket([{ sku, quantity: 1 }], { customer }))).outcome).toBe('placed');
  });
});

describe('a voucher', () => {
  test('of three uses, asked for by fifteen at once, is used three times, and the refused take no stock', async () => {
    const sku = await market.stock('VAI-5KG', 50);
    await saveVoucher({ code: 'TET3', amount: 35_000, minSubtotal: 300_000, limit: 3, endsAt: '2026-12-31T00:00:00.000Z' });
    const outcomes = await Promise.all(
      Array.from({ length: 15 }, () =>
        market.place(basket([{ sku, quantity: 1 }], { voucher: 'tet3' })).then(
          (p) => (p.outcome === 'placed' ? p.answer.body.total : p.outcome),
          (e: unknown) => (e instanceof Problem ? e.code : String(e)),
        ),
      ),
    );
    // 381.000 − 35.000.
    expect(outcomes.filter((o) => o === 346_000)).toHaveLength(3);
    expect(outcomes.filter((o) => o === 'validation_failed')).toHaveLength(12);
    expect(await market.counters(sku)).toEqual({ available: 47, reserved: 0, sold: 3 });
    const voucher = (await market.everything()).find((i) => i.pk === 'VOUCHER#TET3');
    expect(voucher?.used).toBe(3);
  });

  test('unknown, over, or below its minimum is refused at its field', async () => {
    const sku = await market.stock('MY-CHU', 5);
    await saveVoucher({ code: 'CU', amount: 1_000, minSubtotal: 0, limit: 9, endsAt: now.toISOString() });
    await saveVoucher({ code: 'TO', amount: 1_000, minSubtotal: 60_001, limit: 9, endsAt: '2026-12-31T00:00:00.000Z' });
    for (const voucher of ['KHONGCO', 'CU', 'TO']) {
      const refused = await problem(market.place(basket([{ sku, quantity: 1 }], { voucher })));
      expect([refused.code, refused.options.errors?.[0]?.path]).toEqual(['validation_failed', 'voucher']);
    }
    expect((await market.place(basket([{ sku, quantity: 2 }], { voucher: 'TO' }))).outcome).toBe('placed');
  });
});

describe('what is refused as 422', () => {
  test.each([
    ['an unknown SKU', { lines: [{ sku: 'KHONG-CO', quantity: 1 }] }, 'lines[0].sku'],
    ['a payment that is not connected', { payment: 'stripe' as const }, 'payment'],
    ['an unknown campaign', { campaign: 'khong-co' }, 'campaign'],
    [
      'a commune of another province',
      { shipTo: { provinceCode: '24', communeCode: '00070', street: '1 Tràng Tiền' } },
      'shipTo.communeCode',
    ],
    ['a retired commune', { shipTo: { provinceCode: '27', communeCode: '09163', street: 'x' } }, 'shipTo.communeCode'],
    ['an unknown locker', { delivery: 'locker' as const, lockerId: 'XX-99' }, 'lockerId'],
  ])('%s', async (_, change, path) => {
    const sku = await market.stock('VAI-5KG', 5);
    const refused = await problem(market.place(basket([{ sku, quantity: 1 }], change)));
    expect([refused.code, refused.options.errors?.[0]?.path]).toEqual(['validation_failed', path]);
    expect(await market.counters(sku)).toEqual({ available: 5, reserved: 0, sold: 0 });
  });
});

describe('delivery to a locker', () => {
  // BUG, functions/orders/basket.ts judgeBasket: shipping is that of `shipTo`, or of Hà Nội without one, wherever the locker stands (20.000 here).
  // A quote does not know the locker, so the contract must change first.
  test('costs what the locker’s province costs: BN-01 stands in Bắc Ninh', async () => {
    const sku = await market.stock('MY-CHU', 5);
    const order = await market.buy([{ sku, quantity: 1 }], { delivery: 'locker', lockerId: 'BN-01', shipTo: undefined });
    // In the province: 18.000 − 5.000 for the locker.
    expect(order.shipping).toBe(13_000);
  });
});

test('what was ordered stays as it was seen when the product changes', async () => {
  const sku = await market.stock('BINH', 5);
  const order = await market.buy([{ sku, quantity: 1 }]);
  const { saveProduct, readProduct } = await import('../../../functions/catalog/store.ts');
  const product = await readProduct(`prd_${sku}`);
  if (!product) throw new Error('no product');
  await saveProduct(
    { ...product, name: 'Tên mới', version: 2, variants: product.variants.map((v) => ({ ...v, price: 999_000 })) },
    product,
  );
  const stored = (await market.readOrder(order.code))?.packages[0];
  expect([stored?.lines[0]?.name, stored?.lines[0]?.unitPrice, stored?.sellerId, stored?.legalType]).toEqual([
    'Bình gốm Phù Lãng',
    180_000,
    pottery,
    'household',
  ]);
});
