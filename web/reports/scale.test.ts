import { describe, expect, it } from 'vitest';
import { labelEvery, percentOf, shortly, ticks } from './scale.ts';

describe('an axis', () => {
  it('has round numbers and reaches the highest bar', () => {
    expect(ticks(730_000)).toEqual([0, 200_000, 400_000, 600_000, 800_000]);
    expect(ticks(1_000_000)).toEqual([0, 250_000, 500_000, 750_000, 1_000_000]);
    expect(ticks(3)).toEqual([0, 1, 2, 3]);
  });
  it('exists even when nothing was sold', () => {
    expect(ticks(0)).toEqual([0, 1]);
  });
  it('has labels that do not touch', () => {
    expect([labelEvery(7, 7), labelEvery(31, 7), labelEvery(1, 7)]).toEqual([1, 5, 1]);
  });
});

describe('big amounts said shortly', () => {
  it('are in thousands, millions and billions', () => {
    expect([500, 85_000, 1_250_000, 6_245_000_000].map(shortly)).toEqual([
      { number: '500' },
      { number: '85', unit: 'k' },
      { number: '1,3', unit: 'tr' },
      { number: '6,2', unit: 'ty' },
    ]);
  });
  it('step up where rounding would say a thousand', () => {
    expect(shortly(999_980)).toEqual({ number: '1', unit: 'tr' });
  });
});

describe('the width of a bar', () => {
  it('is a share, never negative', () => {
    expect([percentOf(50, 200), percentOf(-50, 200), percentOf(1, 0), percentOf(200, 200)]).toEqual([25, 0, 0, 100]);
  });
});
