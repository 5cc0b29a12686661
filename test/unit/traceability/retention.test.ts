import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '../../../shared/platform/time.ts';
import { dueAfter, keepEventUntil, keepLotUntil } from '../../../shared/traceability/records/retention.ts';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2080-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('months after a day', () => {
  test('end on the same day, or on the last day of a month that has no such day', () => {
    expect(addMonths('2026-06-15', 12)).toBe('2027-06-15');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
    expect(addMonths('2027-12-31', 2)).toBe('2028-02-29');
    expect(addMonths('2026-10-31', 60)).toBe('2031-10-31');
    expect(addMonths('2026-12-01', 1)).toBe('2027-01-01');
  });

  test('never fall short of the month and never go back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 120 }), (from, months) => {
        const [y = 0, m = 0] = from.split('-').map(Number);
        const [toYear = 0, toMonth = 0] = addMonths(from, months).split('-').map(Number);
        expect(toYear * 12 + toMonth).toBe(y * 12 + m + months);
        expect(addMonths(from, months + 1) > addMonths(from, months)).toBe(true);
      }),
    );
  });
});

describe('a lot is kept', () => {
  test('12 months after its use-by day, else 60 after the last thing recorded of it', () => {
    expect(keepLotUntil({ useBy: '2026-06-21', lastRecordedAt: '2026-06-15T02:00:00Z' })).toBe('2027-06-21');
    expect(keepLotUntil({ lastRecordedAt: '2026-06-15T02:00:00Z' })).toBe('2031-06-15');
    // 17:00 UTC is the next day in Việt Nam.
    expect(keepLotUntil({ lastRecordedAt: '2026-06-15T17:00:00Z' })).toBe('2031-06-16');
  });

  test('12 months at least after the last thing recorded of it, however old it was then', () => {
    expect(keepLotUntil({ useBy: '2026-06-21', lastRecordedAt: '2026-09-01T02:00:00Z' })).toBe('2027-09-01');
  });

  test('through its last day', () => {
    expect(dueAfter('2027-06-21')).toBe('2027-06-22');
  });
});

describe('an event is kept', () => {
  test('as long as the longest of the lots it names, and never less than 12 months', () => {
    expect(keepEventUntil('2026-06-15T02:00:00Z', ['2027-06-21', '2031-06-15', '2027-01-01'])).toBe('2031-06-15');
    expect(keepEventUntil('2026-06-15T02:00:00Z', ['2026-12-31'])).toBe('2027-06-15');
  });

  test('60 months when it names no lot', () => {
    expect(keepEventUntil('2026-06-15T02:00:00Z', [])).toBe('2031-06-15');
  });
});
