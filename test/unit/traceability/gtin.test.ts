import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, companyPrefix, isDemonstrationGtin, isGtin, itemsOf, ownGtin } from '../../../shared/traceability/gtin.ts';

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
    const all = Array.from({ length: 1_000 }, (_, n) => ownGtin(n));
    expect([new Set(all).size, all.every(isGtin)]).toEqual([1_000, true]);
  });

  test.each([-1, 1_000, 1.5, Number.NaN])('%d is out of the range', (n) => {
    expect(() => ownGtin(n)).toThrow(RangeError);
  });

  test('of an allocated prefix fill up to 12 digits, and are no longer for demonstration', () => {
    // From the right of 0893123450007 the weights 3, 1, 3…: 3·(7+0+5+3+1+9+0) + 1·(0+0+4+2+3+8) = 75 + 17 = 92, so 8.
    expect(ownGtin(7, '89312345')).toBe('08931234500078');
    // 3·(9+9+5+3+1+9+0) + 1·(9+9+4+2+3+8) = 108 + 35 = 143, so 7.
    expect(ownGtin(9_999, '89312345')).toBe('08931234599997');
    expect(isDemonstrationGtin(ownGtin(7, '89312345'))).toBe(false);
    expect([itemsOf('893123'), itemsOf('893850099'), itemsOf('89312345678')]).toEqual([1_000_000, 1_000, 10]);
    expect(() => ownGtin(10_000, '89312345')).toThrow(RangeError);
  });

  test.each(['', '89312', '893123456789', '8931234a', '89312345\n'])('%j is no company prefix', (prefix) => {
    expect(companyPrefix.test(prefix)).toBe(false);
    expect(() => ownGtin(1, prefix)).toThrow(RangeError);
  });
});
