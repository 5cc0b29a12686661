import { describe, expect, test } from 'vitest';
import { barOf, parseDegrees, rangeOf } from './reading-scale.ts';

describe('degrees', () => {
  test.each([
    ['4,5', 4.5],
    ['-18', -18],
    ['−18 °C', -18],
    [' 8 C ', 8],
    ['lạnh', undefined],
    ['', undefined],
    ['1.234', undefined],
  ])('%s', (text, value) => expect(parseDegrees(text)).toBe(value));
});

test('the scale holds everything, limits too, in whole degrees', () => {
  expect(rangeOf([{ minC: 3.1, maxC: 9.5 }], { min: 2, max: 8 })).toEqual([1, 10]);
  expect(rangeOf([{ minC: 4, maxC: 4 }], {})).toEqual([2, 6]);
  expect(rangeOf([{ minC: -18.2, maxC: -17.9 }], { max: -18 })).toEqual([-20, -16]);
});

test('a bar stands where its degrees are and never leaves the chart', () => {
  expect(barOf({ minC: 2, maxC: 6 }, [2, 10])).toEqual({ top: 50, height: 50 });
  expect(barOf({ minC: 10, maxC: 10 }, [2, 10])).toEqual({ top: 0, height: 4 });
  expect(barOf({ minC: 2, maxC: 2 }, [2, 10])).toEqual({ top: 96, height: 4 });
});
