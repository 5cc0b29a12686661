import { expect, test } from 'vitest';
import { temperatureOf, widest } from '../../../../shared/traceability/graph/temperature.ts';
import { tiesOf } from '../../../../shared/traceability/graph/ties.ts';
import { box, degrees, lot, make, pallet, put, rawGtin, see } from './world.ts';

const of = (...sensorReport: object[]) => temperatureOf(see(1, [box('A')], { sensorElementList: [{ sensorReport }] }).event);

test('temperatures are told in Celsius to a tenth, whatever the logger speaks', () => {
  expect(of({ type: 'Temperature', value: 41, uom: 'FAH' })).toEqual({ minC: 5, maxC: 5 });
  expect(of({ type: 'Temperature', minValue: 273.15, maxValue: 277.16, uom: 'KEL' })).toEqual({ minC: 0, maxC: 4 });
  expect(of({ type: 'Temperature', meanValue: 3.14, uom: 'CEL' }, { type: 'RelativeHumidity', value: 91, uom: 'P1' })).toEqual({
    minC: 3.1,
    maxC: 3.1,
  });
  expect(of({ type: 'RelativeHumidity', value: 91, uom: 'P1', exception: 'ALARM_CONDITION' })).toBeUndefined();
  expect(temperatureOf(see(1, [box('A')]).event)).toBeUndefined();
  expect(of({ type: 'Temperature', value: 9, uom: 'CEL', exception: 'ALARM_CONDITION' })).toEqual({ minC: 9, maxC: 9, alarm: true });
  expect(widest({ minC: 2, maxC: 4 }, { minC: 3, maxC: 9, alarm: true })).toEqual({ minC: 2, maxC: 9, alarm: true });
  expect(temperatureOf(see(1, [box('A')], degrees(-1.5, 0)).event)).toEqual({ minC: -1.5, maxC: 0 });
});

test('an event is tied by the making it tells of, the lot its items belong to, the products it takes single items of, and its lots', () => {
  const transformationID = 'urn:uuid:00000000-0000-4000-8000-0000000000aa';
  const raw = lot('RAW', rawGtin);
  expect(tiesOf(make(1, [raw], [box('A'), box('B')], { ilmd: { 'cbvmda:lotNumber': 'B 1/x' }, transformationID }).event)).toEqual([
    `making ${transformationID}`,
    'items made in https://id.gs1.org/01/08938500000010/10/B%201%2Fx',
    `use of ${raw}`,
  ]);
  expect(tiesOf(make(1, [box('A'), box('B'), raw], [lot('JAM')]).event)).toEqual([
    'items taken of https://id.gs1.org/01/08938500000010',
    `origin of ${lot('JAM')}`,
    `use of ${raw}`,
  ]);
  expect(tiesOf(put(1, [raw, box('A')], pallet(1)).event)).toEqual([`origin of ${raw}`, `use of ${raw}`]);
  expect(tiesOf(see(1, [box('A')]).event)).toEqual([]);
});

test('a lot in a parcel is not followed: there are thousands of them', () => {
  expect(tiesOf(put(1, [lot('A')], 'urn:uuid:00000000-0000-4000-8000-0000000000bb').event)).toEqual([]);
});
