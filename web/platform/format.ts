/** Everything a page writes as a number or a date, in the Vietnamese way. Times are shown as in Việt Nam, wherever the reader is. */
import { formatDong } from '../../shared/platform/money.ts';

export { formatDong };

const whole = new Intl.NumberFormat('vi-VN');
const oneDecimal = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });

const gramsPerKilogram = 1_000;
const gramsPerTonne = 1_000_000;

export const formatNumber = (n: number): string => whole.format(n);

/** `205400000` g → `205,4 tấn`. */
export const formatTonnes = (grams: number): string => `${oneDecimal.format(grams / gramsPerTonne)}\u00a0tấn`;

/** `350` → `350 g`, `1500` → `1,5 kg`. */
export const formatWeight = (grams: number): string =>
  grams < gramsPerKilogram ? `${whole.format(grams)}\u00a0g` : `${twoDecimals.format(grams / gramsPerKilogram)}\u00a0kg`;

/** `0.775` → `77,5%`. */
export const formatPercent = (share: number): string => `${oneDecimal.format(share * 100)}%`;

const vietnamParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function partsOf(instant: Date): Record<string, string> {
  return Object.fromEntries(vietnamParts.formatToParts(instant).map((p) => [p.type, p.value]));
}

/** A business day `2026-11-22`, or an instant, as `22/11/2026`. */
export function formatDay(dayOrInstant: string): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dayOrInstant);
  if (day) return `${day[3]}/${day[2]}/${day[1]}`;
  const p = partsOf(new Date(dayOrInstant));
  return `${p.day}/${p.month}/${p.year}`;
}

/** An instant as `14:05, 22/11/2026`. */
export function formatMoment(instant: string): string {
  const p = partsOf(new Date(instant));
  return `${p.hour}:${p.minute}, ${p.day}/${p.month}/${p.year}`;
}

/** The month 1–12 it is in Việt Nam. */
export const monthInVietnam = (now: Date): number => Number(partsOf(now).month);

/** Seconds left as `14:59`. */
export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** `0912345678` or `+84912345678` → `0912 345 678`. */
export const formatPhone = (phone: string): string => phone.replace(/^\+84/, '0').replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3');
