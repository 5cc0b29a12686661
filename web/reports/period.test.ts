import { describe, expect, it } from 'vitest';
import { daysIn, fillDays, fillMonths, isAskable, isTooLongForDays, periodOf, type Row } from './period.ts';

const row = (key: string, revenue: number): Row => ({ key, label: key, orders: 1, packages: 1, revenue, grams: 500, refunded: 0 });

describe('periods', () => {
  it('are counted with both ends', () => {
    expect(periodOf('today', '2026-11-22')).toEqual({ from: '2026-11-22', to: '2026-11-22' });
    expect(periodOf('week', '2026-11-02')).toEqual({ from: '2026-10-27', to: '2026-11-02' });
    expect(periodOf('month', '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' });
    expect(daysIn(periodOf('week', '2026-11-02'))).toBe(7);
  });
  it('are refused backwards, empty or longer than five years', () => {
    expect(isAskable({ from: '2026-11-22', to: '2026-11-21' })).toBe(false);
    expect(isAskable({ from: '', to: '2026-11-21' })).toBe(false);
    expect(isAskable({ from: '2021-11-20', to: '2026-11-22' })).toBe(false);
    expect(isAskable({ from: '2021-11-21', to: '2026-11-22' })).toBe(true);
  });
  it('are shown by month when days would be a comb', () => {
    expect(isTooLongForDays({ from: '2026-08-01', to: '2026-10-31' })).toBe(false);
    expect(isTooLongForDays({ from: '2026-08-01', to: '2026-11-01' })).toBe(true);
  });
});

describe('days without sales', () => {
  it('stand in the report as nought, over the end of a month', () => {
    const filled = fillDays([row('2026-11-01', 70_000)], { from: '2026-10-30', to: '2026-11-02' });
    expect(filled.map((r) => [r.key, r.label, r.revenue])).toEqual([
      ['2026-10-30', '30/10/2026', 0],
      ['2026-10-31', '31/10/2026', 0],
      ['2026-11-01', '2026-11-01', 70_000],
      ['2026-11-02', '02/11/2026', 0],
    ]);
  });
  it('and months too, over the end of a year', () => {
    expect(fillMonths([], { from: '2025-12-31', to: '2026-02-01' }).map((r) => r.label)).toEqual(['12/2025', '01/2026', '02/2026']);
  });
});
