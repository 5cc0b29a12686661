import type { Reading } from './read-csv.ts';

/** In degrees Celsius; beyond them it rings. */
export interface Limits {
  min?: number | undefined;
  max?: number | undefined;
}

/** What was measured between two instants, the first reading's and the last one's. */
export interface Summary {
  from: Date;
  to: Date;
  readings: number;
  minC: number;
  maxC: number;
  meanC: number;
  /** Least, greatest and mean relative humidity, in percent. */
  humidity?: { min: number; max: number; mean: number };
  /** Readings beyond the limits. */
  beyond: number;
}

/** One device at one place. */
export interface Series {
  device?: string;
  place?: string;
  readings: readonly Reading[];
}

const hourMs = 3_600_000;
const twoPlaces = (value: number): number => Math.round(value * 100) / 100;
/** A mean of numbers of one size can come out beside them by a rounding error. */
const meanOf = (values: readonly number[], least: number, greatest: number): number =>
  twoPlaces(Math.min(greatest, Math.max(least, values.reduce((sum, value) => sum + value, 0) / values.length)));
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

export const isBeyond = ({ min, max }: Limits, value: number): boolean =>
  (min !== undefined && value < min) || (max !== undefined && value > max);

/** @param readings in order of time, one at least */
export function summaryOf(readings: readonly Reading[], limits: Limits): Summary {
  const [degrees, damp] = [readings.map((r) => r.temperatureC), readings.flatMap((r) => r.humidityPercent ?? [])];
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last) throw new RangeError('no readings');
  const range = (values: readonly number[]) => ({ min: least(values), max: greatest(values) });
  const { min: minC, max: maxC } = range(degrees);
  const wet = damp.length > 0 ? range(damp) : undefined;
  return {
    ...{ from: first.at, to: last.at, readings: readings.length },
    ...{ minC, maxC, meanC: meanOf(degrees, minC, maxC) },
    ...(wet ? { humidity: { ...wet, mean: meanOf(damp, wet.min, wet.max) } } : {}),
    beyond: degrees.filter((value) => isBeyond(limits, value)).length,
  };
}

/** Full hours are the same in Việt Nam and in UTC. */
export const hoursOf = (readings: readonly Reading[], limits: Limits): Summary[] =>
  [...Map.groupBy(readings, ({ at }) => Math.floor(at.getTime() / hourMs)).values()].map((hour) => summaryOf(hour, limits));

/** By device and place, in the order in which they first appear. */
export const seriesOf = (readings: readonly Reading[]): Series[] =>
  [...Map.groupBy(readings, ({ device, place }) => JSON.stringify([device, place])).values()].map((own) => ({
    ...(own[0]?.device === undefined ? {} : { device: own[0].device }),
    ...(own[0]?.place === undefined ? {} : { place: own[0].place }),
    readings: own,
  }));

/** The whole time in at most `most` stretches of equal length, those without a reading left out: what a small chart shows. */
export function stretchesOf(readings: readonly Reading[], limits: Limits, most: number): Summary[] {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last) return [];
  const length = Math.max(1, (last.at.getTime() - first.at.getTime() + 1) / most);
  return [...Map.groupBy(readings, ({ at }) => Math.floor((at.getTime() - first.at.getTime()) / length)).values()].map((own) =>
    summaryOf(own, limits),
  );
}
