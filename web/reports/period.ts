/** Which days are asked for, and the rows of days on which nothing was sold. */
import { addDays } from '../../shared/platform/time.ts';

export const periodNames = ['today', 'week', 'month', 'custom'] as const;
export type PeriodName = (typeof periodNames)[number];
export interface Period {
  from: string;
  to: string;
}

/** @param today the business day in Việt Nam */
export function periodOf(name: Exclude<PeriodName, 'custom'>, today: string): Period {
  if (name === 'today') return { from: today, to: today };
  return { from: name === 'week' ? addDays(today, -6) : `${today.slice(0, 7)}-01`, to: today };
}

export const daysIn = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

/** The API answers at most five years. */
const mostDays = 1_828;
export const isAskable = (period: Period): boolean =>
  period.from !== '' && period.to !== '' && daysIn(period) >= 1 && daysIn(period) <= mostDays;

/** More bars than this are a comb, not a chart: days are then gathered into months. */
const mostDayBars = 92;
export const isTooLongForDays = (period: Period): boolean => daysIn(period) > mostDayBars;

export interface Figures {
  orders: number;
  packages: number;
  revenue: number;
  grams: number;
  refunded: number;
}
export interface Row extends Figures {
  key: string;
  label: string;
}

const nothing: Figures = { orders: 0, packages: 0, revenue: 0, grams: 0, refunded: 0 };
const inWords = (day: string): string => day.split('-').reverse().join('/');

/** The report leaves out days without sales; a chart that does so too would tell a better story than the truth. */
export function fillDays(rows: readonly Row[], period: Period): Row[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  return Array.from({ length: daysIn(period) }, (_, i) => addDays(period.from, i)).map(
    (day) => known.get(day) ?? { key: day, label: inWords(day), ...nothing },
  );
}

/** Months likewise: from `2026-01` to `2026-03`. */
export function fillMonths(rows: readonly Row[], period: Period): Row[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  const filled: Row[] = [];
  for (let month = period.from.slice(0, 7); month <= period.to.slice(0, 7); month = addDays(`${month}-28`, 5).slice(0, 7)) {
    filled.push(known.get(month) ?? { key: month, label: inWords(month), ...nothing });
  }
  return filled;
}
