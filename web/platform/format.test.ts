import { describe, expect, it } from 'vitest';
import {
  formatCountdown,
  formatDay,
  formatDong,
  formatMoment,
  formatPercent,
  formatPhone,
  formatTonnes,
  formatWeight,
  monthInVietnam,
} from './format.ts';

const nbsp = '\u00a0';

describe('numbers and dates as pages write them', () => {
  it('writes money and weights the Vietnamese way', () => {
    expect(formatDong(1_234_567)).toBe(`1.234.567${nbsp}₫`);
    expect(formatTonnes(205_400_000)).toBe(`205,4${nbsp}tấn`);
    expect(formatTonnes(205_400_000_000)).toBe(`205.400${nbsp}tấn`);
    expect(formatWeight(350)).toBe(`350${nbsp}g`);
    expect(formatWeight(1_500)).toBe(`1,5${nbsp}kg`);
    expect(formatWeight(3_000)).toBe(`3${nbsp}kg`);
    expect(formatPercent(0.775)).toBe('77,5%');
  });

  it('writes days in Việt Nam, wherever the reader is', () => {
    expect(formatDay('2026-11-22')).toBe('22/11/2026');
    // 17:00 UTC is already the next day in Hà Nội.
    expect(formatDay('2026-11-22T17:00:00Z')).toBe('23/11/2026');
    expect(formatMoment('2026-11-22T07:05:00Z')).toBe('14:05, 22/11/2026');
    expect(formatMoment('2026-11-22T17:00:00Z')).toBe('00:00, 23/11/2026');
    expect(monthInVietnam(new Date('2026-11-30T17:30:00Z'))).toBe(12);
  });

  it('counts down and never below zero', () => {
    expect(formatCountdown(899.9)).toBe('14:59');
    expect(formatCountdown(5)).toBe('0:05');
    expect(formatCountdown(-3)).toBe('0:00');
  });

  it('groups a phone number for reading aloud', () => {
    expect(formatPhone('0912345678')).toBe('0912 345 678');
    expect(formatPhone('+84912345678')).toBe('0912 345 678');
  });
});
