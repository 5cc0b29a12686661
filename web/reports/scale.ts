/** The arithmetic of the charts: an axis with round numbers, and big amounts said shortly. */

const steps = [1, 2, 2.5, 5, 10];

/** Round numbers from 0 to at least `max`, four or five of them: `ticks(730_000)` → 0, 200.000, … 800.000. */
export function ticks(max: number, parts = 4): number[] {
  if (max <= 0) return [0, 1];
  const rough = max / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (steps.find((s) => s * power >= rough) ?? 10);
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, i) => i * step);
}

const oneDecimal = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
const unitsOf = [
  { size: 1_000_000_000, unit: 'ty' },
  { size: 1_000_000, unit: 'tr' },
  { size: 1_000, unit: 'k' },
] as const;

/** `1250000` → `{ number: '1,3', unit: 'tr' }`; below a thousand there is no unit. Rounding never yields `1.000 tr`. */
export function shortly(dong: number): { number: string; unit?: 'ty' | 'tr' | 'k' } {
  const size = Math.abs(dong);
  const found = unitsOf.find((u) => size >= u.size * 0.99995);
  return found ? { number: oneDecimal.format(dong / found.size), unit: found.unit } : { number: oneDecimal.format(dong) };
}

/** Every how many bars a label fits, so that `room` labels stand under them. */
export const labelEvery = (bars: number, room: number): number => Math.max(1, Math.ceil(bars / room));

/** A share of the whole for a bar's width, 0–100. Refunds can make an amount negative; a bar cannot be. */
export const percentOf = (value: number, max: number): number => (max <= 0 ? 0 : Math.min(100, Math.max(0, (value / max) * 100)));
