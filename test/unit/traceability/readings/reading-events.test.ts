import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventFindings } from '../../../../shared/traceability/epcis/validate.ts';
import type { Making } from '../../../../shared/traceability/market-events/making.ts';
import type { Reading } from '../../../../shared/traceability/readings/read-csv.ts';
import { type Measured, readingEvents } from '../../../../shared/traceability/readings/reading-events.ts';
import { hoursOf, stretchesOf, summaryOf } from '../../../../shared/traceability/readings/windows.ts';
import { readingWords } from '../../../../shared/traceability/readings/words.ts';

const by: Making = { origin: 'https://cho.test', sha256Hex: (text) => createHash('sha256').update(text).digest('hex') };
const lot = 'https://id.gs1.org/01/08938500000010/10/VT-01';
const measured: Measured = {
  ...{
    epc: lot,
    isClass: true,
    sellerSlug: 'htx',
    limits: { min: 2, max: 8 },
    rawData: 'https://cho.test/api/seller/lots/x/readings/rdg_1',
  },
};
const now = new Date('2026-06-20T00:00:00Z');
const at = (time: string, temperatureC: number, more: Partial<Reading> = {}): Reading => ({ at: new Date(time), temperatureC, ...more });

/** 23:30 and 23:50 on the 14th in Việt Nam, 00:10 on the 15th. */
const night = [at('2026-06-14T16:30:00Z', 4), at('2026-06-14T16:50:00Z', 9.5), at('2026-06-14T17:10:00Z', 6)];

describe('readings become events', () => {
  test('one for each day, with least, greatest and mean of each hour, and the alarm where it was', () => {
    const events = readingEvents(night, measured, by);
    for (const event of events) expect(eventFindings(JSON.parse(JSON.stringify(event)), now)).toEqual([]);
    expect(events.map(({ eventTime, sensorElementList }) => [eventTime, sensorElementList])).toEqual([
      [
        '2026-06-14T23:50:00.000+07:00',
        [
          {
            sensorMetadata: {
              ...{ startTime: '2026-06-14T23:30:00.000+07:00', endTime: '2026-06-14T23:50:00.000+07:00', rawData: measured.rawData },
            },
            sensorReport: [{ type: 'Temperature', minValue: 4, maxValue: 9.5, meanValue: 6.75, uom: 'CEL', exception: 'ALARM_CONDITION' }],
          },
        ],
      ],
      [
        '2026-06-15T00:10:00.000+07:00',
        [
          {
            sensorMetadata: {
              ...{ startTime: '2026-06-15T00:10:00.000+07:00', endTime: '2026-06-15T00:10:00.000+07:00', rawData: measured.rawData },
            },
            sensorReport: [{ type: 'Temperature', minValue: 6, maxValue: 6, meanValue: 6, uom: 'CEL' }],
          },
        ],
      ],
    ]);
    expect(events[0]).toMatchObject({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'sensor_reporting',
      quantityList: [{ epcClass: lot }],
    });
  });

  test('of one thing name the thing; devices and places keep their names', () => {
    const pallet = 'https://id.gs1.org/00/106141412345678908';
    const [event] = readingEvents(
      [at('2026-06-14T01:00:00Z', 4, { device: 'Máy 1', place: '0614141123452', humidityPercent: 91.25 })],
      { ...measured, epc: pallet, isClass: false },
      by,
    );
    expect(eventFindings(JSON.parse(JSON.stringify(event)), now)).toEqual([]);
    expect(event).toMatchObject({
      epcList: [pallet],
      readPoint: { id: 'https://id.gs1.org/414/0614141123452' },
      sensorElementList: [
        {
          sensorMetadata: { deviceID: 'https://cho.test/nha-ban/htx/thiet-bi/M%C3%A1y%201' },
          sensorReport: [
            { type: 'Temperature' },
            { type: 'RelativeHumidity', minValue: 91.25, maxValue: 91.25, meanValue: 91.25, uom: 'P1' },
          ],
        },
      ],
    });
    const [own] = readingEvents([at('2026-06-14T01:00:00Z', 4, { place: 'Kho 2' })], measured, by);
    expect(own?.readPoint).toEqual({ id: 'https://cho.test/nha-ban/htx/dia-diem/Kho%202' });
  });

  test('of a logger read out twice have the same names, of other readings others', () => {
    const names = (readings: Reading[], more: Partial<Measured> = {}) =>
      readingEvents(readings, { ...measured, ...more }, by).map(({ eventID }) => eventID);
    expect(names(night, { rawData: 'https://cho.test/another' })).toEqual(names(night));
    expect(names([...night, at('2026-06-14T17:20:00Z', 6)])[0]).toBe(names(night)[0]);
    expect(names([...night, at('2026-06-14T17:20:00Z', 6)])[1]).not.toBe(names(night)[1]);
    expect(names(night, { epc: `${lot}2` })[0]).not.toBe(names(night)[0]);
  });
});

test('no reading is lost, and a mean lies between its ends', () => {
  const reading = fc.record({
    at: fc.integer({ min: 0, max: 5 * 86_400_000 }).map((ms) => new Date(Date.parse('2026-06-14T00:00:00Z') + ms)),
    temperatureC: fc.integer({ min: -9_000, max: 15_000 }).map((n) => n / 100),
  });
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 48 }), (list, most) => {
      const sorted = list.toSorted((a, b) => a.at.getTime() - b.at.getTime());
      const limits = { min: 2, max: 8 };
      const beyond = sorted.filter(({ temperatureC: t }) => t < 2 || t > 8).length;
      for (const parts of [hoursOf(sorted, limits), stretchesOf(sorted, limits, most), [summaryOf(sorted, limits)]]) {
        expect(parts.reduce((n, part) => n + part.readings, 0)).toBe(sorted.length);
        expect(parts.reduce((n, part) => n + part.beyond, 0)).toBe(beyond);
        for (const { minC, meanC, maxC } of parts) expect(minC <= meanC && meanC <= maxC).toBe(true);
      }
      expect(stretchesOf(sorted, limits, most).length).toBeLessThanOrEqual(most);
    }),
  );
});

describe('in words', () => {
  const words = (limits: { min?: number; max?: number }) => readingWords(summaryOf(night, limits), hoursOf(night, limits), limits);
  test('the range, and the alarm with its first hour', () => {
    expect(words({ min: 2, max: 8 })).toBe(
      'Nhiệt độ từ 4 đến 9,5 °C, trung bình 6,5 °C. BÁO ĐỘNG: vượt ngưỡng 2 đến 8 °C ở 1 khung giờ, sớm nhất trong khoảng 23:30 14/06/2026.',
    );
    expect(words({ max: 10 })).toBe('Nhiệt độ từ 4 đến 9,5 °C, trung bình 6,5 °C. Không lần nào vượt mức 10 °C.');
    expect(words({ min: 5 })).toContain('BÁO ĐỘNG: vượt mức tối thiểu 5 °C ở 1 khung giờ');
    expect(words({})).toContain('Chưa đặt ngưỡng nên không có báo động.');
  });
});
