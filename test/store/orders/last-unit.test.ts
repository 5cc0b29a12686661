import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basket, type Market, newKey, openMarket } from './market.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
});
afterAll(() => market?.stop());

describe.each([1, 4])('fifty buyers at once for seven units in %i counters', (shards) => {
  test('exactly seven get one, the rest are told that none is left', async () => {
    const sku = await market.stock('VAI-5KG', 7, { shards });
    const placed = await Promise.all(Array.from({ length: 50 }, () => market.place(basket([{ sku, quantity: 1 }]))));

    const sold = placed.filter((p) => p.outcome === 'placed');
    expect(sold).toHaveLength(7);
    expect(new Set(sold.map((p) => p.outcome === 'placed' && p.answer.body.code)).size).toBe(7);
    const refused = placed.filter((p) => p.outcome !== 'placed');
    expect(refused).toHaveLength(43);
    for (const refusal of refused) expect(refusal).toEqual({ outcome: 'out_of_stock', short: [{ index: 0, left: 0 }] });

    expect(await market.counters(sku)).toEqual({ available: 0, reserved: 0, sold: 7 });
    const book = await market.movements(sku);
    expect(book.filter((m) => m.kind === 'sold')).toHaveLength(7);
    await market.assertStockBook(sku);
    const items = await market.everything();
    expect(items.filter((i) => i.sk === 'ORDER' && (i.skus as string[]).includes(sku))).toHaveLength(7);
    expect(
      items.filter((i) => String(i.sk).startsWith('PACKAGE#') && (i.lines as { sku: string }[]).some((l) => l.sku === sku)),
    ).toHaveLength(7);
  });
});

test('two sizes of order for the last ten: never more than ten, and no order cut in half', async () => {
  const sku = await market.stock('VAI-5KG', 10);
  const placed = await Promise.all(Array.from({ length: 12 }, (_, i) => market.place(basket([{ sku, quantity: i % 2 === 0 ? 3 : 2 }]))));
  const units = placed.reduce((sum, p) => sum + (p.outcome === 'placed' ? (p.answer.body.lines[0]?.quantity ?? 0) : 0), 0);
  const { available, sold } = await market.counters(sku);
  expect(sold).toBe(units);
  expect(available).toBe(10 - units);
  // Whoever was refused was right to be: fewer units are left than the smallest order refused.
  expect(available).toBeLessThan(placed.some((p, i) => p.outcome !== 'placed' && i % 2 === 1) ? 2 : 3);
  await market.assertStockBook(sku);
});

test('baskets that name the same two SKUs in opposite order all go through', async () => {
  const [a, b] = [await market.stock('VAI-5KG', 40), await market.stock('BINH', 40)];
  const placed = await Promise.all(
    Array.from({ length: 20 }, (_, i) => {
      const lines = [
        { sku: a, quantity: 1 },
        { sku: b, quantity: 2 },
      ];
      return market.place(basket(i % 2 === 0 ? lines : lines.toReversed()));
    }),
  );
  expect(placed.every((p) => p.outcome === 'placed')).toBe(true);
  expect(await market.counters(a)).toEqual({ available: 20, reserved: 0, sold: 20 });
  expect(await market.counters(b)).toEqual({ available: 0, reserved: 0, sold: 40 });
  await market.assertStockBook(a);
  await market.assertStockBook(b);
});

test('units that lie in several counters are put together for one large order', async () => {
  const sku = await market.stock('MY-CHU', 10, { shards: 4 });
  const placed = await market.place(basket([{ sku, quantity: 9 }]), newKey());
  expect(placed.outcome).toBe('placed');
  expect(await market.counters(sku)).toEqual({ available: 1, reserved: 0, sold: 9 });
  await market.assertStockBook(sku);
});
