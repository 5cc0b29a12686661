import { set82 } from '../digital-link.ts';
import { checkDigit } from '../gtin.ts';

/** GS1's two smaller character sets (General Specifications, figures 7.11-2 and 7.11-3). */
const set39 = (max: number): RegExp => new RegExp(`^[#\\-/0-9A-Z]{1,${max}}$`);
const set64 = (max: number): RegExp => new RegExp(`^[-_=0-9A-Za-z]{1,${max}}$`);
const digits = (min: number, max = min): RegExp => new RegExp(`^\\d{${min},${max}}$`);

/** GS1 writes years with two digits; of those that it can mean, every fourth is a leap year. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** YYMMDD. */
function isDate(text: string, firstDay: number): boolean {
  const [year = 0, month = 0, day = 0] = text.match(/\d\d/g)?.map(Number) ?? [];
  return month >= 1 && month <= 12 && day >= firstDay && day <= daysOf(year, month);
}
const isDay = (text: string): boolean => isDate(text, 1);
/** Day 00 means the month's last. */
const isDayOrMonth = (text: string): boolean => isDate(text, 0);
const beginsWithDay = (text: string): boolean => isDay(text.slice(0, 6));
const areDays = (text: string): boolean => isDay(text.slice(0, 6)) && (text.length === 6 || isDay(text.slice(6)));
const isChecked = (text: string): boolean => checkDigit(text.slice(0, -1)) === text.at(-1);

/**
 * What a link of a GTIN may say after `?`: the Application Identifiers that GS1's syntax dictionary allows as data attributes and whose
 * `req` and `ex` agree with (01). Formats, check digits and dates are checked; lists of countries, currencies and the like are not.
 */
const attributes: readonly [ai: RegExp, value: RegExp, check?: (value: string) => boolean][] = [
  [/^00$/, digits(18), isChecked],
  [/^1[13567]$/, digits(6), isDayOrMonth],
  [/^20$/, digits(2)],
  [/^(?:24[01]|25[01]|400|7002|90)$/, set82(30)],
  [/^242$/, digits(1, 6)],
  [/^(?:243|420|702[0-2]|71[0-7]|7240|80[01]2)$/, set82(20)],
  [/^253$/, /^\d{13}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{0,17}$/, (value) => isChecked(value.slice(0, 13))],
  [/^30$/, digits(1, 8)],
  [/^3(?:1[0-6]|2\d|3[0-7]|4\d|5[0-7]|6\d)[0-5]$/, digits(6)],
  [/^392\d$/, digits(1, 15)],
  [/^393\d$/, digits(4, 18)],
  [/^(?:395[0-5]|8005)$/, digits(6)],
  [/^(?:401|7023|8004)$/, set82(30)],
  [/^402$/, digits(17), isChecked],
  [/^41[0-467]$/, digits(13), isChecked],
  [/^421$/, /^\d{3}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,9}$/],
  [/^42[246]$/, digits(3)],
  [/^42[35]$/, /^(?:\d{3}){1,5}$/],
  [/^(?:427|7008)$/, set82(3)],
  [/^7001$/, digits(13)],
  [/^7003$/, /^\d{6}(?:[01]\d|2[0-3])[0-5]\d$/, beginsWithDay],
  [/^7004$/, digits(1, 4)],
  [/^7005$/, set82(12)],
  [/^7006$/, digits(6), isDay],
  [/^7007$/, /^\d{6}(?:\d{6})?$/, areDays],
  [/^7009$/, set82(10)],
  [/^7010$/, set82(2)],
  [/^7011$/, /^\d{6}(?:(?:[01]\d|2[0-3])[0-5]\d)?$/, beginsWithDay],
  [/^703\d$/, /^\d{3}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,27}$/],
  [/^723\d$/, /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{3,30}$/],
  [/^8001$/, digits(14)],
  [/^8003$/, /^0\d{13}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{0,16}$/, (value) => isChecked(value.slice(1, 14))],
  [/^8008$/, /^\d{6}(?:[01]\d|2[0-3])(?:[0-5]\d){0,2}$/, beginsWithDay],
  [/^8009$/, set82(50)],
  [/^8010$/, set39(30)],
  [/^8013$/, set82(25)],
  [/^801[78]$/, digits(18), isChecked],
  [/^8030$/, set64(90)],
  [/^811[02]$/, set82(70)],
  [/^9[1-9]$/, set82(90)],
];

/**
 * The first parameter of a link's query that GS1 does not allow. A name of digits only is always an Application Identifier; all others
 * (`linkType`, `utm_source`) are nobody's business here. (10), (21), (22), (235) belong to the path and are refused after `?`.
 */
export const wrongAttribute = (query: Record<string, unknown>): string | undefined =>
  Object.entries(query).find(([ai, value]) => /^\d+$/.test(ai) && !isAttribute(ai, String(value)))?.[0];

function isAttribute(ai: string, value: string): boolean {
  const [, format, check = () => true] = attributes.find(([pattern]) => pattern.test(ai)) ?? [];
  return format?.test(value) === true && check(value);
}
