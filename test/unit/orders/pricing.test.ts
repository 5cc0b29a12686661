import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addUp, type PricedSku, priceBasket, unitPriceOf, voucherDiscount } from '../../../shared/orders/pricing.ts';

const sku = (code: string, more: Partial<PricedSku> = {}): PricedSku => ({
  sku: code,
  sellerId: 'sel_vai',
  price: 100_000,
  netWeightGrams: 1_000,
  needsCold: false,
  quantity: 1,
  ...more,
});
const home = (provinceCode: string) => ({ provinceCode, delivery: 'home' as const });

describe('two lines of one SKU', () => {
  test('are added up at the place of the first', () => {
    expect(
      addUp([
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 1 },
        { sku: 'A', quantity: 3 },
      ]),
    ).toEqual([
      { sku: 'A', quantity: 5, index: 0 },
      { sku: 'B', quantity: 1, index: 1 },
    ]);
  });
  test('and the request itself is not changed by it', () => {
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'A', quantity: 3 },
    ];
    addUp(lines);
    expect(lines).toEqual([
      { sku: 'A', quantity: 2 },
      { sku: 'A', quantity: 3 },
    ]);
  });
});

describe('the price of one unit', () => {
  const wholesale = [
    { minQuantity: 10, price: 600_000 },
    { minQuantity: 50, price: 560_000 },
  ];
  test.each([
    [1, 640_000],
    [9, 640_000],
    [10, 600_000],
    [49, 600_000],
    [50, 560_000],
    [9_999, 560_000],
  ])('%i boxes cost %i each', (quantity, price) => {
    expect(unitPriceOf({ price: 640_000, wholesale, quantity })).toBe(price);
  });

  test('without wholesale prices a thousand boxes cost the shelf price each', () => {
    expect(unitPriceOf({ price: 640_000, quantity: 1_000 })).toBe(640_000);
    expect(unitPriceOf({ price: 640_000, wholesale: [], quantity: 1_000 })).toBe(640_000);
  });

  test('the lowest step reached counts, in whatever order steps are written', () => {
    expect(unitPriceOf({ price: 640_000, wholesale: wholesale.toReversed(), quantity: 50 })).toBe(560_000);
  });

  test("a campaign's offer goes before everything, also before a cheaper wholesale price", () => {
    expect(unitPriceOf({ price: 640_000, wholesale, offerPrice: 590_000, quantity: 50 })).toBe(590_000);
  });

  test('a wholesale price above the shelf price never makes it dearer', () => {
    expect(unitPriceOf({ price: 500_000, wholesale, quantity: 10 })).toBe(500_000);
  });
});

describe('a voucher', () => {
  test('of a fixed amount', () => {
    expect(voucherDiscount({ code: 'A', amount: 30_000, minSubtotal: 100_000 }, 99_999)).toBe(0);
    expect(voucherDiscount({ code: 'A', amount: 30_000, minSubtotal: 100_000 }, 100_000)).toBe(30_000);
    expect(voucherDiscount({ code: 'A', amount: 30_000, minSubtotal: 0 }, 20_000)).toBe(20_000);
    expect(voucherDiscount(undefined, 20_000)).toBe(0);
  });
  test('without an amount or a share takes nothing off', () => {
    expect(voucherDiscount({ code: 'C', minSubtotal: 0 }, 20_000)).toBe(0);
  });
  test('of a share, up to its most', () => {
    const tenPercent = { code: 'B', basisPoints: 1_000, maxDiscount: 50_000, minSubtotal: 0 };
    expect(voucherDiscount(tenPercent, 335_000)).toBe(33_500);
    expect(voucherDiscount(tenPercent, 335_005)).toBe(33_501); // 33 500.5 up
    expect(voucherDiscount(tenPercent, 2_000_000)).toBe(50_000);
    expect(voucherDiscount({ ...tenPercent, maxDiscount: undefined }, 2_000_000)).toBe(200_000);
  });
});

describe('a basket', () => {
  test('of two sellers with a voucher, to Hà Nội, to the đồng', () => {
    const basket = priceBasket(
      [
        sku('VAI-5KG', { price: 335_000, netWeightGrams: 5_000, needsCold: true, quantity: 2 }),
        sku('BINH', { sellerId: 'sel_gom', price: 180_000, netWeightGrams: 1_200, quantity: 1 }),
        sku('VAI-KHO', { price: 85_000, netWeightGrams: 500, quantity: 1 }),
      ],
      { ...home('01'), voucher: { code: 'TET', amount: 50_000, minSubtotal: 500_000 } },
    );
    // 670.000 + 180.000 + 85.000 = 935.000. The voucher: 35 828.87…, 9 625.66…, 4 545.45… → 35.829, 9.626, 4.545.
    expect(basket.lines.map((l) => [l.sku, l.unitPrice, l.total, l.discount, l.grams])).toEqual([
      ['VAI-5KG', 335_000, 670_000, 35_829, 10_000],
      ['BINH', 180_000, 180_000, 9_626, 1_200],
      ['VAI-KHO', 85_000, 85_000, 4_545, 500],
    ]);
    // Lychees 10.5 kg: 25.000 + 10 × 4.000 + cold box 5.000 = 70.000. Pot 1.2 kg: 25.000 + 4.000 = 29.000.
    expect(
      basket.packages.map(({ sellerId, subtotal, discount, shipping, total }) => ({ sellerId, subtotal, discount, shipping, total })),
    ).toEqual([
      { sellerId: 'sel_vai', subtotal: 755_000, discount: 40_374, shipping: 70_000, total: 784_626 },
      { sellerId: 'sel_gom', subtotal: 180_000, discount: 9_626, shipping: 29_000, total: 199_374 },
    ]);
    expect(basket).toMatchObject({ subtotal: 935_000, discount: 50_000, shipping: 99_000, total: 984_000 });
  });

  test("one cold item makes the seller's whole package cold, and nobody else's", () => {
    const shipping = priceBasket([sku('A', { needsCold: true }), sku('B'), sku('C', { sellerId: 'sel_gom' })], home('79')).packages.map(
      (p) => p.shipping,
    );
    // Far: 35.000 + one further kilogram 7.000 + cold box 15.000; the other seller 35.000.
    expect(shipping).toEqual([57_000, 35_000]);
  });

  test("three boxes at a campaign's price and one at the shelf's, with 10% off: each line says which price it had", () => {
    const basket = priceBasket(
      [
        sku('VAI-3KG', {
          price: 100_000,
          wholesale: [{ minQuantity: 2, price: 70_000 }],
          offerPrice: 79_000,
          netWeightGrams: 1_500,
          quantity: 3,
        }),
        sku('VAI-KHO', { price: 60_000, netWeightGrams: 500 }),
      ],
      { ...home('24'), voucher: { code: 'MUOI', basisPoints: 1_000, minSubtotal: 297_000 } },
    );
    // 237.000 + 60.000 = 297.000, of which 10% is 29.700 = 23.700 + 6.000.
    expect(basket.lines).toEqual([
      {
        ...{ sku: 'VAI-3KG', sellerId: 'sel_vai', quantity: 3, unitPrice: 79_000, total: 237_000 },
        ...{ discount: 23_700, grams: 4_500, offer: true },
      },
      {
        ...{ sku: 'VAI-KHO', sellerId: 'sel_vai', quantity: 1, unitPrice: 60_000, total: 60_000 },
        ...{ discount: 6_000, grams: 500, offer: false },
      },
    ]);
    // 5 kg within the province: 18.000 + 4 × 3.000.
    expect(basket).toMatchObject({ subtotal: 297_000, discount: 29_700, shipping: 30_000, total: 297_300 });
  });

  const anySku = fc.record({
    seller: fc.integer({ min: 0, max: 4 }),
    price: fc.integer({ min: 1_000, max: 10_000_000 }),
    steps: fc.array(fc.record({ minQuantity: fc.integer({ min: 2, max: 100 }), price: fc.integer({ min: 0, max: 10_000_000 }) }), {
      maxLength: 5,
    }),
    offerPrice: fc.option(fc.integer({ min: 1_000, max: 10_000_000 }), { nil: undefined }),
    netWeightGrams: fc.integer({ min: 1, max: 50_000 }),
    needsCold: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 9_999 }),
  });
  const anyVoucher = fc.option(
    fc.oneof(
      fc.record({
        code: fc.constant('V'),
        amount: fc.integer({ min: 0, max: 5_000_000 }),
        minSubtotal: fc.integer({ min: 0, max: 1_000_000 }),
      }),
      fc.record({
        code: fc.constant('V'),
        basisPoints: fc.integer({ min: 1, max: 10_000 }),
        maxDiscount: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
        minSubtotal: fc.integer({ min: 0, max: 1_000_000 }),
      }),
    ),
    { nil: undefined },
  );

  test('always adds up: lines → packages → order, and nobody is paid to take goods away', () => {
    fc.assert(
      fc.property(
        fc.array(anySku, { minLength: 1, maxLength: 20 }),
        anyVoucher,
        fc.constantFrom('24', '01', '79'),
        fc.constantFrom('home', 'locker', 'pickup'),
        (asked, voucher, provinceCode, delivery) => {
          const skus = asked.map(({ seller, steps, ...s }, i) => ({ ...s, sku: `S${i}`, sellerId: `sel_${seller}`, wholesale: steps }));
          const basket = priceBasket(skus, { provinceCode, delivery: delivery as 'home' | 'locker' | 'pickup', voucher });
          const add = (of: (p: (typeof basket.packages)[number]) => number) => basket.packages.reduce((a, p) => a + of(p), 0);
          for (const part of [basket, ...basket.packages]) {
            expect(part.subtotal).toBe(part.lines.reduce((a, l) => a + l.total, 0));
            expect(part.discount).toBe(part.lines.reduce((a, l) => a + l.discount, 0));
            expect(part.total).toBe(part.subtotal - part.discount + part.shipping);
            expect(part.discount).toBeLessThanOrEqual(part.subtotal);
            expect(part.shipping >= 0 && part.total >= 0).toBe(true);
          }
          expect([add((p) => p.subtotal), add((p) => p.discount), add((p) => p.shipping), add((p) => p.total)]).toEqual([
            basket.subtotal,
            basket.discount,
            basket.shipping,
            basket.total,
          ]);
          for (const [i, line] of basket.lines.entries()) {
            expect(line.total).toBe(line.unitPrice * line.quantity);
            expect(line.discount >= 0 && line.discount <= line.total).toBe(true);
            expect(line.offer).toBe(skus[i]?.offerPrice !== undefined);
          }
          // One package per seller, each line in exactly one of them.
          expect(new Set(basket.packages.map((p) => p.sellerId)).size).toBe(basket.packages.length);
          expect(basket.packages.flatMap((p) => p.lines.map((l) => l.sku)).sort()).toEqual(skus.map((s) => s.sku).sort());
          if (delivery === 'pickup') expect(basket.shipping).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
