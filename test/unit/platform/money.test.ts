import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, basisPoints, dongPerKilogram, formatDong } from '../../../shared/platform/money.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('sharing an amount out', () => {
  test('by largest remainder: 100 by 1 : 2 : 3 is 16.67, 33.33, 50', () => {
    expect(apportion(100, [1, 2, 3])).toEqual([17, 33, 50]);
  });

  test('of two equal remainders the earlier part gets the odd đồng', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(11, [1, 1, 1])).toEqual([4, 4, 3]);
  });

  test('the largest remainder wins over the earlier place: 10 by 1 : 1 : 4 is 1.67, 1.67, 6.67', () => {
    // Floors 1, 1, 6 leave two đồng over; all three remainders are 2/3, so the first two parts get them.
    expect(apportion(10, [1, 1, 4])).toEqual([2, 2, 6]);
    // 5 by 1 : 6 is 0.71 and 4.29: the first has the larger remainder.
    expect(apportion(5, [1, 6])).toEqual([1, 4]);
    // 5 by 6 : 1 is 4.29 and 0.71: the later part gets the odd đồng.
    expect(apportion(5, [6, 1])).toEqual([4, 1]);
  });

  test('a voucher of 50.000 ₫ over lines of 210.000, 335.000 and 17.000', () => {
    // 562.000 in all: 18 683.27…, 29 804.27…, 1 512.455…: one đồng is left for the largest remainder, the third.
    expect(apportion(50_000, [210_000, 335_000, 17_000])).toEqual([18_683, 29_804, 1_513]);
  });

  test('weights of nothing share equally, no parts share nothing', () => {
    expect(apportion(7, [0, 0])).toEqual([4, 3]);
    expect(apportion(7, [])).toEqual([]);
    expect(apportion(7, [0, 5, 0])).toEqual([0, 7, 0]);
  });

  test('stays exact beyond 2^53: total × weight here is 10^19', () => {
    expect(apportion(3_333_333_333, [3_000_000_000, 1])).toEqual([3_333_333_332, 1]);
  });

  test('always: parts add up, no part is more than a đồng from its exact share, none exceeds its weight when the total does not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 99_990_000_000 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 10_000_000_000 }),
        (weights, total) => {
          const parts = apportion(total, weights);
          expect(sum(parts)).toBe(total);
          const whole = weights.reduce((a, w) => a + BigInt(w), 0n);
          if (whole === 0n) return;
          parts.forEach((part, i) => {
            // |part − total·w/W| < 1, in whole numbers.
            const off = BigInt(part) * whole - BigInt(total) * BigInt(weights[i] ?? 0);
            expect(off < whole && off > -whole).toBe(true);
            if (BigInt(total) <= whole) expect(part).toBeLessThanOrEqual(weights[i] ?? 0);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a share in basis points', () => {
  test('rounds half up to whole đồng', () => {
    expect(basisPoints(1_000_000, 150)).toBe(15_000);
    expect(basisPoints(50, 100)).toBe(1); // 0.5
    expect(basisPoints(49, 100)).toBe(0); // 0.49
    expect(basisPoints(333, 50)).toBe(2); // 1.665
    expect(basisPoints(299, 50)).toBe(1); // 1.495
    expect(basisPoints(0, 10_000)).toBe(0);
  });

  test('agrees with exact arithmetic for every amount an order of 9,999 units at 10 million đồng can reach', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_990_000_000 }), fc.integer({ min: 0, max: 10_000 }), (amount, points) => {
        expect(BigInt(basisPoints(amount, points))).toBe((BigInt(amount) * BigInt(points) + 5_000n) / 10_000n);
      }),
    );
  });
});

test('price per kilogram beside the price', () => {
  expect(dongPerKilogram(335_000, 5_000)).toBe(67_000);
  expect(dongPerKilogram(100_000, 300)).toBe(333_333); // 333 333.33
  expect(dongPerKilogram(25_000, 15)).toBe(1_666_667); // 1 666 666.67
  expect(dongPerKilogram(1_001, 2_000)).toBe(501); // 500.5 up
});

test('money is written with dots and a no-break space', () => {
  expect(formatDong(1_234_567)).toBe('1.234.567\u00a0₫');
  expect(formatDong(0)).toBe('0\u00a0₫');
});
