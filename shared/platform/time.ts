/** Việt Nam is UTC+7 all year since 1975, so a business day needs no time-zone database. */
const vietnamOffsetMs = 7 * 3_600_000;

/** The calendar day in Asia/Ho_Chi_Minh of an instant: 17:00 UTC already belongs to the next day. */
export const businessDay = (instant: Date): string => new Date(instant.getTime() + vietnamOffsetMs).toISOString().slice(0, 10);

/** The instant at which a business day begins: `2026-06-15` → `2026-06-14T17:00:00.000Z`. */
export const startOfBusinessDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - vietnamOffsetMs);

/** The day `days` after `day`, as `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * The day `months` months after `day`; where that month has no such day, its last (Civil Code 91/2015/QH13, Art. 148.3):
 * `2028-02-29` and 12 → `2029-02-28`.
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastDate))).toISOString().slice(0, 10);
}
