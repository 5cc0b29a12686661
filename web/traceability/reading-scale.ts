/** Where degrees stand in a small chart, and how people type them. */

/** `4,5`, `-18`, `−18 °C` → degrees; undefined for anything else. */
export function parseDegrees(text: string): number | undefined {
  const match = /^([-−]?)(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:°?\s*C)?$/i.exec(text.trim());
  if (!match) return undefined;
  const value = Number(`${match[2]}.${match[3] ?? '0'}`);
  return match[1] ? -value : value;
}

export interface Band {
  minC: number;
  maxC: number;
}

/** Whole degrees between which everything fits with half a degree to spare, limits included, at least four degrees apart. */
export function rangeOf(
  bands: readonly Band[],
  limits: { min?: number | undefined; max?: number | undefined },
): [low: number, high: number] {
  const values = [...bands.flatMap(({ minC, maxC }) => [minC, maxC]), ...[limits.min, limits.max].filter((value) => value !== undefined)];
  const low = Math.floor(Math.min(...values) - 0.5);
  const high = Math.ceil(Math.max(...values) + 0.5);
  const more = Math.max(0, 4 - (high - low)) / 2;
  return [Math.floor(low - more), Math.ceil(high + more)];
}

/** Percent from the top. */
export const placeOf = (value: number, [low, high]: readonly [number, number]): number => ((high - value) / (high - low)) * 100;

/** A band as a bar in percent from the top, never so thin that it cannot be seen. */
export function barOf({ minC, maxC }: Band, range: readonly [number, number]): { top: number; height: number } {
  const [bottom, top] = [placeOf(minC, range), placeOf(maxC, range)];
  const height = Math.max(bottom - top, 4);
  const middle = (bottom + top) / 2;
  return { top: Math.min(100 - height, Math.max(0, middle - height / 2)), height };
}
