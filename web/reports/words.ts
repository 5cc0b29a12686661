import { formatTonnes, formatWeight } from '../platform/format.ts';

const tonne = 1_000_000;
/** Kilograms until they are a tonne. */
export const sayWeight = (grams: number): string => (Math.abs(grams) >= tonne ? formatTonnes(grams) : grams === 0 ? '0\u00a0kg' : formatWeight(grams));

const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
export const sayClock = (instant: string): string => clock.format(new Date(instant));
