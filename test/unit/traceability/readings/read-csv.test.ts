import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostRows, type Reading, readCsv } from '../../../../shared/traceability/readings/read-csv.ts';

const bounds = { from: new Date('2026-06-13T17:00:00Z'), now: new Date('2026-06-20T00:00:00Z') };
const read = (text: string | Uint8Array) => readCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text, bounds);
const readings = (text: string | Uint8Array): Reading[] => {
  const got = read(text);
  if (!got.ok) throw new Error(JSON.stringify(got.faults));
  return got.readings;
};
const faults = (text: string) => {
  const got = read(text);
  return got.ok ? [] : got.faults.map(({ line, text: { en } }) => `${line}: ${en}`);
};
const at = (iso: string) => new Date(iso);

describe('a logger’s file', () => {
  test('of the plain form', () => {
    const text =
      'time,temperature_c,humidity_percent,device,place\n2026-06-14T08:00:00+07:00,4.2,91,LOG-1,"Kho 2, Chũ"\n2026-06-14 08:10,4.25,,,\n';
    expect(readings(text)).toEqual([
      { at: at('2026-06-14T01:00:00Z'), temperatureC: 4.2, humidityPercent: 91, device: 'LOG-1', place: 'Kho 2, Chũ' },
      { at: at('2026-06-14T01:10:00Z'), temperatureC: 4.25 },
    ]);
  });

  test('as Vietnamese Excel writes it: mark, semicolons, decimal commas, day before month, Windows line ends', () => {
    expect(
      readings('\ufeffThời gian;Nhiệt độ (°C);Độ ẩm (%)\r\n14/06/2026 08:05;4,5;90,5\r\n3/7/2026 08:05:30;-18;\r\n'.replace('3/7', '15/6')),
    ).toEqual([
      { at: at('2026-06-14T01:05:00Z'), temperatureC: 4.5, humidityPercent: 90.5 },
      { at: at('2026-06-15T01:05:30Z'), temperatureC: -18 },
    ]);
  });

  test('with lines of settings before the header, day and clock apart, and gaps', () => {
    const text =
      'Serial Number:\tX1\nInterval\t10 min\n\nDate\tTime\tCh1_Temp(°C)\tCh2_Humidity(%RH)\n14-06-2026\t01:05 PM\t7.9\t88\n14-06-2026\t01:15 PM\t--\t--\n';
    expect(read(text)).toEqual({
      ok: true,
      gaps: 1,
      readings: [{ at: at('2026-06-14T06:05:00Z'), temperatureC: 7.9, humidityPercent: 88 }],
    });
  });

  test('in Fahrenheit is turned into Celsius: 39.2 °F are 4 °C', () => {
    expect(readings('Timestamp,Temperature (°F)\n2026-06-14T01:00:00Z,39.2\n').map((r) => r.temperatureC)).toEqual([4]);
    expect(readings('time,temp_f\n2026-06-14T01:00:00Z,50\n').map((r) => r.temperatureC)).toEqual([10]);
  });

  test('in UTF-16 with its mark, and in the old code page with its °', () => {
    const text = 'time,Temp °C\n2026-06-14 08:00,4.5\n';
    const wide = new Uint8Array([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])]);
    const old = Uint8Array.from([...text].map((c) => c.charCodeAt(0)));
    for (const bytes of [wide, old]) expect(readings(bytes)).toEqual([{ at: at('2026-06-14T01:00:00Z'), temperatureC: 4.5 }]);
  });

  test('is put in order of time', () => {
    const text = 'time,temp\n2026-06-14 09:00,2\n2026-06-14 08:00,1\n';
    expect(readings(text).map((r) => r.temperatureC)).toEqual([1, 2]);
  });
});

describe('a file that cannot be read', () => {
  test('names each bad row by its line, and no other', () => {
    const rows = [
      ...['31/06/2026 08:00;4', '14/06/2026 8h;4', '14/06/2026 08:00;lạnh', '14/06/2026 08:00;-91', '14/06/2026 08:00;4;101'],
      ...['14/06/2026 08:00;4;50', '14/06/2027 08:00;4', '13/06/2026 23:59;4', `14/06/2026 08:00;4;50;${'x'.repeat(61)}`],
    ];
    const time = 'The time cannot be read (such as 14/06/2026 08:30 or 2026-06-14T08:30:00+07:00).';
    expect(faults(`ngày giờ;nhiệt độ;độ ẩm;thiết bị\n\n${rows.join('\n')}`)).toEqual([
      `3: ${time}`,
      `4: ${time}`,
      '5: The temperature cannot be read.',
      '6: The temperature must be between −90 and 150 °C.',
      '7: The humidity must be between 0 and 100 %.',
      '9: This time is in the future.',
      '10: This time is before the lot was harvested or made.',
      '11: The name of the device or place is longer than 60 characters or holds odd ones.',
    ]);
  });

  test.each([
    ['nothing', '', '0: The file needs a header line'],
    ['no header', '2026-06-14 08:00,4\n', '1: The file needs a header line'],
    ['no time column', 'x,temp\n1,2\n', '1: The file needs a header line'],
    ['a header alone', 'time,temp\n', '0: The file holds no reading.'],
    ['only gaps', 'time,temp\n2026-06-14 08:00,ERR\n', '0: The file holds no reading.'],
    ['a page of HTML', '<html><body>time,temperature</body></html>', '1: The file needs a header line'],
    ['a line without end', `time,temp\n${'9'.repeat(3_000)}`, '2: This line is too long.'],
    ['a quote that does not end', 'time,temp\n"2026-06-14 08:00,4\n2026-06-14 08:00,4', '2: The time cannot be read'],
  ])('%s', (_, text, said) => {
    expect(faults(text)).toEqual([expect.stringContaining(said)]);
  });

  test('one row too many, too many devices, too many faults', () => {
    const row = '\n2026-06-14 08:00,4';
    expect(read(`time,temp${row.repeat(mostRows)}`).ok).toBe(true);
    expect(faults(`time,temp${row.repeat(mostRows + 1)}`)).toEqual(['20002: At most 20000 rows a file. Please split it.']);
    const devices = Array.from({ length: 21 }, (_, i) => `${row},L${i}`);
    expect(faults(`time,temp,device${devices.join('')}`)).toEqual(['0: At most 20 devices and places a file.']);
    expect(faults(`time,temp${'\n1,1'.repeat(100)}`)).toHaveLength(50);
  });

  test('whatever the bytes are, it ends with readings in bounds or with faults', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('14/06/2026 08:00', '2026-06-14T08:00Z', '4,5', '"', '-', '1e9', '٣'));
    const file = fc
      .array(
        fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(';')),
        { maxLength: 8 },
      )
      .map((l) => `time;temp;rh\n${l.join('\n')}`);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          file.map((t) => new TextEncoder().encode(t)),
        ),
        (bytes) => {
          const got = read(bytes);
          if (!got.ok) {
            expect(got.faults.length).toBeGreaterThan(0);
            return;
          }
          for (const reading of got.readings) {
            expect(reading.temperatureC >= -90 && reading.temperatureC <= 150).toBe(true);
            expect(reading.at >= bounds.from && reading.at.getTime() <= bounds.now.getTime() + 300_000).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of two megabytes that mean harm ends within a second', () => {
    const files = [
      '"'.repeat(2_000_000),
      `time,temp\n${'"",'.repeat(600_000)}`,
      `time,temp\n${'\n'.repeat(1_900_000)}`,
      ';'.repeat(2_000_000),
    ];
    const begin = performance.now();
    for (const file of files) expect(read(file).ok).toBe(false);
    expect(performance.now() - begin).toBeLessThan(4_000);
  });
});
