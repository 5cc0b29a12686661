const pad = (text: string): string => text.padStart(2, '0');

const isDay = (year: string, month: string, day: string): boolean => {
  const date = new Date(`${year}-${pad(month)}-${pad(day)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day) && date.getUTCMonth() + 1 === Number(month);
};

/** `8:05`, `20:05:30.250`, `8:05 PM`, `8:05 CH`, with or without a zone. */
const clockPattern = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(am|pm|sa|ch)?\s*(z|[+-]\d{2}:?\d{2})?$/i;

function clockOf(text: string): { time: string; zone: string } | undefined {
  const match = clockPattern.exec(text);
  if (!match) return undefined;
  const [, hours = '', minutes = '', seconds = '00', half, zone] = match;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/pm|ch/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const offset = zone === undefined ? '+07:00' : zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(...):?(..)$/, '$1:$2');
  return { time: `${pad(String(hour))}:${minutes}:${seconds}`, zone: offset };
}

/**
 * An instant as loggers write it: `2026-06-14T08:05:00+07:00`, `2026-06-14 08:05`, `14/06/2026 08:05`, the day always before the month.
 * Without a zone it is the time in Việt Nam. Fractions of a second are cut off.
 */
export function momentOf(text: string): Date | undefined {
  const match = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T\s]\s*(.+))?$/.exec(text);
  if (!match) return undefined;
  const [, first = '', month = '', last = '', rest = ''] = match;
  const [year, day] = first.length === 4 ? [first, last] : [last, first];
  if (year.length !== 4 || day.length > 2 || !isDay(year, month, day)) return undefined;
  const clock = clockOf(rest.trim());
  const at = clock && new Date(`${year}-${pad(month)}-${pad(day)}T${clock.time}${clock.zone}`);
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** What a logger writes where it measured nothing. */
export const isNothing = (text: string): boolean => /^(?:|-+|n\/?a|nan|null|err(?:or)?|fault|open|short|lỗi)$/i.test(text);

/** `4.25`, `4,25`, `-18 °C`; `undefined` for anything else. */
export function numberOf(text: string): number | undefined {
  const match = /^([-+−]?)\s*(\d{1,4})(?:[.,](\d{1,9}))?\s*(?:[°º]?\s*[CF]|%(?:\s*RH)?)?$/i.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', part = '0'] = match;
  const value = Number(`${whole}.${part}`);
  return sign === '-' || sign === '−' ? -value : value;
}
