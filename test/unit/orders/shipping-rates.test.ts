import { describe, expect, test } from 'vitest';
import { provinces } from '../../../shared/shipping/places.ts';
import { shippingDong } from '../../../shared/shipping/rates.ts';

describe('shipping of one package', () => {
  test.each([
    // grams, cold, province, delivery, đồng
    [1, false, '24', 'home', 18_000],
    [1_000, false, '24', 'home', 18_000],
    [1_001, false, '24', 'home', 21_000],
    [5_000, true, '24', 'home', 30_000],
    [1_000, false, '01', 'home', 25_000],
    [5_000, true, '01', 'home', 46_000],
    [10_500, true, '01', 'home', 70_000],
    [1_000, false, '79', 'home', 35_000],
    [2_500, true, '79', 'home', 64_000],
    [1_000, false, '24', 'locker', 13_000],
    [2_500, true, '79', 'locker', 59_000],
    [99_000_000, true, '79', 'pickup', 0],
  ] as const)('%i g, cold %s, to %s by %s costs %i', (grams, needsCold, province, delivery, dong) => {
    expect(shippingDong({ grams, needsCold }, province, delivery)).toBe(dong);
  });

  test('every province has a price, heavier is never cheaper, and no locker price is negative', () => {
    for (const { code } of provinces()) {
      let before = 0;
      for (const grams of [1, 999, 1_000, 1_001, 5_000, 50_000]) {
        const dong = shippingDong({ grams, needsCold: false }, code, 'locker');
        expect(Number.isInteger(dong) && dong >= before && dong > 0, code).toBe(true);
        before = dong;
      }
    }
  });
});
