import type { EpcisEvent } from '../epcis/event.ts';
import { type Fields, records } from '../epcis/json.ts';
import { bareWord } from '../epcis/vocabulary.ts';

/** What was measured, in degrees Celsius to a tenth. */
export interface Temperature {
  minC: number;
  maxC: number;
  /** A logger rang. */
  alarm?: boolean;
}

const celsius: Record<string, (value: number) => number> = {
  CEL: (value) => value,
  FAH: (value) => ((value - 32) * 5) / 9,
  KEL: (value) => value - 273.15,
};

const said = ['minValue', 'maxValue', 'value', 'meanValue'];

function degrees(report: Fields): number[] {
  const inCelsius = celsius[String(report.uom)];
  if (!inCelsius || bareWord('measurement', String(report.type)) !== 'Temperature') return [];
  return said.flatMap((name) => {
    const value = report[name];
    return typeof value === 'number' ? [Math.round(inCelsius(value) * 10) / 10] : [];
  });
}

const hasRung = ({ type, exception }: Fields): boolean =>
  bareWord('measurement', String(type)) === 'Temperature' && bareWord('alert', String(exception)) === 'ALARM_CONDITION';

/** The coldest and the warmest that an event's sensors tell of; `undefined` when they tell of no temperature. */
export function temperatureOf({ sensorElementList }: EpcisEvent): Temperature | undefined {
  const reports = records(sensorElementList).flatMap((element) => records(element.sensorReport));
  const values = reports.flatMap(degrees);
  if (values.length === 0) return undefined;
  return { minC: Math.min(...values), maxC: Math.max(...values), ...(reports.some(hasRung) ? { alarm: true } : {}) };
}

/** Both together. */
export const widest = (a: Temperature, b: Temperature): Temperature => ({
  minC: Math.min(a.minC, b.minC),
  maxC: Math.max(a.maxC, b.maxC),
  ...(a.alarm || b.alarm ? { alarm: true } : {}),
});
