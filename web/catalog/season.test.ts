import { describe, expect, it } from 'vitest';
import { bySeason, isInSeason, monthsUntilSeason } from './season.ts';

type Seasonal = { name: string; season?: { text: string; months: number[] } };

const lychee: Seasonal = { name: 'vải', season: { text: 'tháng 6–7', months: [6, 7] } };
const orange: Seasonal = { name: 'cam', season: { text: 'tháng 11–1', months: [11, 12, 1] } };
const noodles: Seasonal = { name: 'mỳ' };

describe('season', () => {
  it('is open in its months and across New Year', () => {
    expect(isInSeason(lychee, 6)).toBe(true);
    expect(isInSeason(lychee, 8)).toBe(false);
    expect(isInSeason(orange, 1)).toBe(true);
    expect(isInSeason(noodles, 6)).toBe(false);
  });

  it('counts the months to wait', () => {
    expect(monthsUntilSeason(lychee, 11)).toBe(7);
    expect(monthsUntilSeason(lychee, 8)).toBe(10);
    expect(monthsUntilSeason(orange, 12)).toBe(0);
    expect(monthsUntilSeason(noodles, 12)).toBeUndefined();
  });

  it('puts what can be had now first and leaves out what is there all year', () => {
    expect(bySeason([noodles, lychee, orange], 11).map((p) => p.name)).toEqual(['cam', 'vải']);
    expect(bySeason([noodles, orange, lychee], 5).map((p) => p.name)).toEqual(['vải', 'cam']);
  });
});
