import { describe, expect, it } from 'vitest';
import { parseKilograms, parseWhole } from './parse.ts';

describe('numbers as people type them', () => {
  it('reads đồng with or without points', () => {
    expect(['85000', '85.000', ' 1.234.567 ₫', '85 000', '0'].map(parseWhole)).toEqual([85_000, 85_000, 1_234_567, 85_000, 0]);
  });
  it('refuses what is no whole number', () => {
    expect(['', '8.50', '-5', '12,5', 'abc', '1e5', '99999999999999999999'].map(parseWhole)).toEqual(Array(7).fill(undefined));
  });
  it('reads kilograms with a Vietnamese comma', () => {
    expect(['820', '820,5', '1.500', '1.500,25', '0,35', '2.5', '7 kg'].map(parseKilograms)).toEqual([
      820_000, 820_500, 1_500_000, 1_500_250, 350, 2_500, 7_000,
    ]);
  });
  it('refuses nothing and nonsense', () => {
    expect(['', '0', '0,0', '-3', '1,2345', 'ký'].map(parseKilograms)).toEqual(Array(6).fill(undefined));
  });
});
