import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overHarvest, roomFor } from '../../../shared/traceability/balance.ts';

describe('coded grams never pass the harvest', () => {
  test.each([
    [{ quantityGrams: 820_000, codedGrams: 0, netWeightGrams: 5_000 }, 164],
    [{ quantityGrams: 820_000, codedGrams: 500_000, netWeightGrams: 5_000 }, 64],
    [{ quantityGrams: 999, codedGrams: 0, netWeightGrams: 1_000 }, 0],
    [{ quantityGrams: 1_000, codedGrams: 0, netWeightGrams: 1_000 }, 1],
    [{ quantityGrams: 1_000, codedGrams: 1_000, netWeightGrams: 1 }, 0],
    [{ quantityGrams: 1_000, codedGrams: 1_200, netWeightGrams: 100 }, 0],
  ])('%o has room for %i', (balance, room) => expect(roomFor(balance)).toBe(room));

  test('as many as there is room for fit, one more does not', () => {
    const grams = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(grams, grams, grams, (quantityGrams, coded, netWeightGrams) => {
        const codedGrams = Math.min(coded, quantityGrams);
        const room = roomFor({ quantityGrams, codedGrams, netWeightGrams });
        expect(codedGrams + room * netWeightGrams).toBeLessThanOrEqual(quantityGrams);
        expect(codedGrams + (room + 1) * netWeightGrams).toBeGreaterThan(quantityGrams);
      }),
    );
  });

  test('the refusal says what is left, in words', () => {
    const { vi, en } = overHarvest({ quantityGrams: 12_345_000, codedGrams: 12_343_500, netWeightGrams: 250 }, 10_000);
    expect(vi).toBe('Lô thu hoạch 12.345 kg, đã cấp mã cho 12.343,5 kg, còn 1,5 kg: đủ cho 6 gói 250 g. 10.000 mã cần 2.500 kg.');
    expect(en).toBe(
      'The lot weighed 12,345 kg, 12,343.5 kg of it carry codes, 1.5 kg are left: enough for 6 packages of 250 g. 10,000 codes need 2,500 kg.',
    );
  });
});
