import { type Finding, finding } from './findings.ts';
import { type Fields, records } from './json.ts';
import { bareWord } from './vocabulary.ts';

/** UN/ECE Recommendation 20 units in which a cold chain reports; a property that is not here may have any unit. */
const units: Record<string, readonly string[]> = {
  Temperature: ['CEL', 'FAH', 'KEL'],
  RelativeHumidity: ['P1'],
  AbsoluteHumidity: ['A93', 'KMQ', 'GP'],
  Mass: ['KGM', 'GRM', 'MGM', 'TNE', 'LBR', 'ONZ'],
};

/** Nothing is colder than absolute zero, no air is wetter than saturated. */
const bounds: Record<string, readonly [least: number, greatest: number]> = {
  CEL: [-273.15, Number.POSITIVE_INFINITY],
  FAH: [-459.67, Number.POSITIVE_INFINITY],
  KEL: [0, Number.POSITIVE_INFINITY],
  P1: [0, 100],
};

const measured = ['value', 'minValue', 'maxValue', 'meanValue'];

/** Where the report says a number, its unit must fit its property: a temperature in kilograms, or in no unit, is no evidence of cold. */
function* reportFindings(report: Fields, at: string): Iterable<Finding> {
  const type = bareWord('measurement', String(report.type));
  const numbers = measured.filter((name) => typeof report[name] === 'number');
  const allowed = Object.hasOwn(units, type) ? units[type] : undefined;
  const unit = String(report.uom);
  if (allowed && numbers.length && !allowed.includes(unit)) yield finding('uom_of_type', `${at}/uom`);
  // P1 is any percentage; only a humidity ends at 100.
  const range = allowed?.includes(unit) ? bounds[unit] : undefined;
  for (const name of range ? numbers : [])
    if (range && (Number(report[name]) < range[0] || Number(report[name]) > range[1])) yield finding('impossible_value', `${at}/${name}`);
  if (Number(report.minValue) > Number(report.maxValue)) yield finding('range_reversed', `${at}/minValue`);
}

/** The faults of an event's `sensorElementList`, which is at `at`. */
export function* sensorFindings(elements: unknown, at: string): Iterable<Finding> {
  for (const [i, element] of records(elements).entries()) {
    const [metadata] = records([element.sensorMetadata]);
    if (metadata && Date.parse(String(metadata.startTime)) > Date.parse(String(metadata.endTime)))
      yield finding('times_reversed', `${at}/${i}/sensorMetadata/startTime`);
    for (const [j, report] of records(element.sensorReport).entries()) yield* reportFindings(report, `${at}/${i}/sensorReport/${j}`);
  }
}
