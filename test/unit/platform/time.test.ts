import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, businessDay, startOfBusinessDay } from '../../../shared/platform/time.ts';

describe('the business day', () => {
  test('ends in Việt Nam one second after 16:59:59 UTC', () => {
    expect(businessDay(new Date('2026-06-14T16:59:59Z'))).toBe('2026-06-14');
    expect(businessDay(new Date('2026-06-14T16:59:59.999Z'))).toBe('2026-06-14');
    expect(businessDay(new Date('2026-06-14T17:00:00Z'))).toBe('2026-06-15');
  });

  test('turns the month, the year and the leap day', () => {
    expect(businessDay(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01');
    expect(businessDay(new Date('2028-02-28T17:00:00Z'))).toBe('2028-02-29');
    expect(businessDay(new Date('2028-02-29T17:00:00Z'))).toBe('2028-03-01');
  });

  test('begins at 17:00 UTC of the day before', () => {
    expect(startOfBusinessDay('2026-06-15').toISOString()).toBe('2026-06-14T17:00:00.000Z');
    expect(startOfBusinessDay('2028-03-01').toISOString()).toBe('2028-02-29T17:00:00.000Z');
  });

  test('days are counted over months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2026-01-15', -30)).toBe('2025-12-16');
    expect(addDays('2026-06-15', 0)).toBe('2026-06-15');
  });

  test('every instant lies in the day it is said to lie in', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2000-01-01Z'), max: new Date('2099-12-30Z'), noInvalidDate: true }), (instant) => {
        const day = businessDay(instant);
        expect(startOfBusinessDay(day).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(startOfBusinessDay(addDays(day, 1)).getTime()).toBeGreaterThan(instant.getTime());
      }),
    );
  });
});
