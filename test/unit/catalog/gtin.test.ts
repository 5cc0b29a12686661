import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigit, isDemonstrationGtin, isGtin, ownGtin } from '../../../shared/traceability/gtin.ts';

test('check digits worked out by hand or printed by GS1', () => {
  // GS1's own example, 629104150021 → 3.
  expect(checkDigit('629104150021')).toBe('3');
  // From the right of 0893850000001 the weights 3, 1, 3…: 3·(1 + 8 + 9) + 1·(5 + 3 + 8) = 70, so 0.
  expect(isGtin('08938500000010')).toBe(true);
  expect(checkDigit('0000000000000')).toBe('0');
});

test.each([
  '',
  '8938500000010',
  '089385000000100',
  '08938500000011',
  '0893850000001O',
  ' 8938500000010',
  '０８９３８５００００００１０',
  '08938500000010\n',
])('%j is no GTIN-14', (text) => {
  expect(isGtin(text)).toBe(false);
});

test('one wrong digit, or two neighbours swapped that do not differ by 5, never passes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{13}$/), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const gtin = digits + checkDigit(digits);
      expect(isGtin(gtin)).toBe(true);
      const wrong = [...gtin];
      wrong[at] = String((Number(wrong[at]) + by) % 10);
      expect(isGtin(wrong.join(''))).toBe(false);
      const [a = '0', b = '0'] = [gtin[at], gtin[at + 1]];
      if (at < 13 && a !== b && Math.abs(Number(a) - Number(b)) !== 5)
        expect(isGtin(gtin.slice(0, at) + b + a + gtin.slice(at + 2))).toBe(false);
    }),
  );
});

test('the market’s own numbers are valid, differ, and say that they are for demonstration', () => {
  const all = Array.from({ length: 1_000 }, (_, i) => ownGtin(i));
  expect(new Set(all).size).toBe(1_000);
  expect(all.every((g) => isGtin(g) && isDemonstrationGtin(g))).toBe(true);
  for (const bad of [-1, 1_000, 0.5, Number.NaN]) expect(() => ownGtin(bad)).toThrow(RangeError);
});
