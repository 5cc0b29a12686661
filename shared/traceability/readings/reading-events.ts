import { businessDay } from '../../platform/time.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { canonicalEpc } from '../epcis/identifiers.ts';
import { type Making, timeOf, uuidOf, vietnamTime } from '../market-events/making.ts';
import type { Reading } from './read-csv.ts';
import { hoursOf, type Limits, type Series, type Summary, seriesOf } from './windows.ts';

/** Where readings belong, and where the file itself is kept. */
export interface Measured {
  /** Canonical EPC of the lot, or of the one thing that was measured. */
  epc: string;
  isClass: boolean;
  sellerSlug: string;
  limits: Limits;
  rawData: string;
}

/** A device or place of the seller's own, unless the file says a URI or a GLN. */
function nameOf(kind: 'thiet-bi' | 'dia-diem', text: string, { sellerSlug }: Measured, { origin }: Making): string {
  if (kind === 'dia-diem' && /^\d{13}$/.test(text)) {
    const gln = canonicalEpc(`https://id.gs1.org/414/${text}`);
    if (gln.ok) return gln.epc;
  }
  return `${origin}/nha-ban/${sellerSlug}/${kind}/${encodeURIComponent(text)}`;
}

const report = ({ minC, maxC, meanC, humidity, beyond }: Summary) => [
  {
    type: 'Temperature',
    ...{ minValue: minC, maxValue: maxC, meanValue: meanC, uom: 'CEL' },
    ...(beyond > 0 ? { exception: 'ALARM_CONDITION' } : {}),
  },
  ...(humidity ? [{ type: 'RelativeHumidity', minValue: humidity.min, maxValue: humidity.max, meanValue: humidity.mean, uom: 'P1' }] : []),
];

function dayEvent({ device, place }: Series, readings: readonly Reading[], measured: Measured, by: Making): EpcisEvent {
  const { epc, isClass, limits, rawData } = measured;
  const hours = hoursOf(readings, limits);
  const deviceID = device === undefined ? undefined : nameOf('thiet-bi', device, measured, by);
  const elements = hours.map((hour) => ({
    sensorMetadata: {
      startTime: vietnamTime(hour.from),
      endTime: vietnamTime(hour.to),
      ...(deviceID === undefined ? {} : { deviceID }),
      rawData,
    },
    sensorReport: report(hour),
  }));
  // The file's own name is left out: a logger that is read out twice tells the same hours again.
  const told = JSON.stringify([device, place, hours.map((hour) => [hour.from, hour.to, report(hour)])]);
  const last = readings.at(-1)?.at ?? new Date(0);
  return {
    type: 'ObjectEvent',
    eventID: uuidOf(`readings ${epc}`, told, by),
    ...timeOf(last),
    action: 'OBSERVE',
    bizStep: 'sensor_reporting',
    ...(isClass ? { quantityList: [{ epcClass: epc }] } : { epcList: [epc] }),
    ...(place === undefined ? {} : { readPoint: { id: nameOf('dia-diem', place, measured, by) } }),
    sensorElementList: elements,
  };
}

/**
 * What a logger's file tells: for each device, place and day one event, with least, greatest and mean of every hour. The event stands at
 * its last reading: a day is short enough that what is put on a pallet later does not get the readings of before.
 */
export const readingEvents = (readings: readonly Reading[], measured: Measured, by: Making): EpcisEvent[] =>
  seriesOf(readings).flatMap((series) =>
    [...Map.groupBy(series.readings, ({ at }) => businessDay(at)).values()].map((day) => dayEvent(series, day, measured, by)),
  );
