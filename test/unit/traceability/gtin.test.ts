import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, demonstrationItems, isDemonstrationGtin, isGtin, ownGtin } from '../../../shared/traceability/gtin.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('the check digit', () => {
  test.each([
    // 3·(1+0+5+4+1+2) + (2+0+1+0+9+6) = 57, from the right; GS1's own example 6291041500213.
    ['629104150021', '3'],
    // 3·(1+0+0+0+8+9+0) + (0+0+0+5+3+8) = 70.
    ['0893850000001', '0'],
    // 3·(1+0+9+0+8+9+0) + (0+9+0+5+3+8) = 106.
    ['0893850099001', '4'],
    ['0000000000000', '0'],
  ])('of %s is %s', (body, digit) => {
    expect(checkDigit(body)).toBe(digit);
  });

  test('catches every single wrong digit', () => {
    fc.assert(
      fc.property(digits(13), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const gtin = body + checkDigit(body);
        const wrong = [...gtin].map((d, i) => (i === place ? String((Number(d) + shift) % 10) : d)).join('');
        expect([isGtin(gtin), isGtin(wrong)]).toEqual([true, false]);
      }),
    );
  });

  test.each([
    '',
    '8938500000010',
    '089385000000100',
    '0893850000001a',
    ' 08938500000010',
    '08938500000011',
    '０８９３８５０００００００１０',
  ])('%o is no GTIN-14', (text) => {
    expect(isGtin(text)).toBe(false);
  });
});

describe('the market’s own numbers', () => {
  test('begin with a zero indicator and the demonstration prefix', () => {
    expect([ownGtin(1), ownGtin(999)]).toEqual(['08938500990014', '08938500999994']);
    expect([isDemonstrationGtin(ownGtin(0)), isDemonstrationGtin('08938500000010')]).toEqual([true, false]);
  });

  test('are all different and all valid', () => {
    const all = Array.from({ length: demonstrationItems }, (_, n) => ownGtin(n));
    expect([new Set(all).size, all.every(isGtin)]).toEqual([1_000, true]);
  });

  test.each([-1, 1_000, 1.5, Number.NaN])('%d is out of the range', (n) => {
    expect(() => ownGtin(n)).toThrow(RangeError);
  });
});
