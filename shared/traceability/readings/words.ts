import { vietnamTime } from '../market-events/making.ts';
import type { Limits, Summary } from './windows.ts';

/** `2,1`: at most one decimal, as people write it. */
const degrees = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 1 });

/** `08:05 14/06/2026` on the clock in Việt Nam. */
const momentWords = (instant: Date): string => {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(vietnamTime(instant)) ?? [];
  return `${time} ${day}/${month}/${year}`;
};

function limitWords({ min, max }: Limits): string | undefined {
  if (min !== undefined && max !== undefined) return `ngưỡng ${degrees(min)} đến ${degrees(max)} °C`;
  if (max !== undefined) return `mức ${degrees(max)} °C`;
  return min === undefined ? undefined : `mức tối thiểu ${degrees(min)} °C`;
}

/**
 * What the readings say, and whether it rang, in words.
 * @param hours of the whole time, in order
 */
export function readingWords(whole: Summary, hours: readonly Summary[], limits: Limits): string {
  const range = `Nhiệt độ từ ${degrees(whole.minC)} đến ${degrees(whole.maxC)} °C, trung bình ${degrees(whole.meanC)} °C.`;
  const name = limitWords(limits);
  if (name === undefined) return `${range} Chưa đặt ngưỡng nên không có báo động.`;
  const beyond = hours.filter((hour) => hour.beyond > 0);
  const first = beyond[0];
  if (!first) return `${range} Không lần nào vượt ${name}.`;
  return `${range} BÁO ĐỘNG: vượt ${name} ở ${beyond.length} khung giờ, sớm nhất trong khoảng ${momentWords(first.from)}.`;
}
