import type { Text } from '../../platform/problem.ts';
import { type Columns, columnsOf } from './columns.ts';
import { linesOf, type Row, rowOf, separatorOf, textOf } from './table.ts';
import { isNothing, momentOf, numberOf } from './values.ts';
import { seriesOf } from './windows.ts';

/** One measurement. */
export interface Reading {
  at: Date;
  temperatureC: number;
  humidityPercent?: number;
  device?: string;
  place?: string;
}

/** What is wrong, and with which line; 0 is the file as a whole. */
export interface Fault {
  line: number;
  text: Text;
}

export type ReadingsRead =
  /** `gaps`: rows in which the logger itself says that it measured nothing. */
  { ok: true; readings: Reading[]; gaps: number } | { ok: false; faults: Fault[] };

export const mostRows = 20_000;
const mostFaults = 50;
/** Loggers write their name and settings before the header. */
const mostPreamble = 60;
const longestName = 60;
/** A file is read out of a few loggers after one journey or one season of storing. */
const mostSeries = 20;
const mostDays = 400;
const longestLine = 2_000;

const say = {
  header: {
    vi: 'Tệp phải có một dòng tiêu đề với cột thời gian và cột nhiệt độ, ví dụ: time,temperature_c',
    en: 'The file needs a header line with a time and a temperature column, such as: time,temperature_c',
  },
  empty: { vi: 'Tệp không có số đo nào.', en: 'The file holds no reading.' },
  series: {
    vi: `Mỗi tệp nhiều nhất ${mostSeries} thiết bị và nơi đo.`,
    en: `At most ${mostSeries} devices and places a file.`,
  },
  span: { vi: `Mỗi tệp nhiều nhất ${mostDays} ngày.`, en: `At most ${mostDays} days a file.` },
  many: { vi: `Mỗi tệp nhiều nhất ${mostRows} dòng. Xin chia tệp.`, en: `At most ${mostRows} rows a file. Please split it.` },
  long: { vi: 'Dòng này quá dài.', en: 'This line is too long.' },
  time: {
    vi: 'Không đọc được thời gian (ví dụ 14/06/2026 08:30 hoặc 2026-06-14T08:30:00+07:00).',
    en: 'The time cannot be read (such as 14/06/2026 08:30 or 2026-06-14T08:30:00+07:00).',
  },
  future: { vi: 'Thời gian này chưa tới.', en: 'This time is in the future.' },
  early: { vi: 'Thời gian này trước khi có lô hàng.', en: 'This time is before the lot was harvested or made.' },
  temperature: { vi: 'Không đọc được nhiệt độ.', en: 'The temperature cannot be read.' },
  cold: { vi: 'Nhiệt độ phải từ −90 đến 150 °C.', en: 'The temperature must be between −90 and 150 °C.' },
  humidity: { vi: 'Độ ẩm phải từ 0 đến 100 %.', en: 'The humidity must be between 0 and 100 %.' },
  name: {
    vi: `Tên thiết bị hoặc nơi đo dài quá ${longestName} ký tự hoặc có ký tự lạ.`,
    en: `The name of the device or place is longer than ${longestName} characters or holds odd ones.`,
  },
} satisfies Record<string, Text>;

/** A clock of a logger may be a little ahead of ours. */
const clockSkewMs = 5 * 60_000;

interface Bounds {
  /** No reading can be earlier. */
  from: Date;
  now: Date;
}

const isName = (text: string): boolean => text.length <= longestName && text.isWellFormed() && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text);

function readRow({ cells }: Row, columns: Columns, { from, now }: Bounds): Reading | 'gap' | Text {
  const cell = (at: number | undefined): string => (at === undefined ? '' : (cells[at] ?? ''));
  const at = momentOf(columns.clock === undefined ? cell(columns.time) : `${cell(columns.time)} ${cell(columns.clock)}`);
  if (!at) return say.time;
  if (at.getTime() > now.getTime() + clockSkewMs) return say.future;
  if (at < from) return say.early;
  const [measured, damp] = [cell(columns.temperature), cell(columns.humidity)];
  if (isNothing(measured)) return 'gap';
  const value = numberOf(measured);
  if (value === undefined) return say.temperature;
  const temperatureC = columns.isFahrenheit ? ((value - 32) * 5) / 9 : value;
  if (temperatureC < -90 || temperatureC > 150) return say.cold;
  const humidityPercent = isNothing(damp) ? undefined : numberOf(damp);
  if (!isNothing(damp) && (humidityPercent === undefined || humidityPercent < 0 || humidityPercent > 100)) return say.humidity;
  const [device, place] = [cell(columns.device), cell(columns.place)];
  if (!isName(device) || !isName(place)) return say.name;
  return {
    at,
    temperatureC: Math.round(temperatureC * 100) / 100,
    ...(humidityPercent === undefined ? {} : { humidityPercent }),
    ...(device ? { device } : {}),
    ...(place ? { place } : {}),
  };
}

const isReading = (read: Reading | Text): read is Reading => 'at' in read;

/**
 * Reads a logger's file: separated by commas, semicolons or tabs, with points or commas for decimals, with or without a line of names
 * before the header. All or nothing: a row that cannot be read is named, and no reading is guessed.
 */
export function readCsv(bytes: Uint8Array, bounds: Bounds): ReadingsRead {
  const lines = linesOf(textOf(bytes));
  const header = lines
    .slice(0, mostPreamble)
    .findIndex(({ text }) => text.length <= longestLine && columnsOf(rowOf({ line: 0, text }, separatorOf(text)).cells));
  const first = lines[header];
  const separator = separatorOf(first?.text ?? '');
  const columns = first && columnsOf(rowOf(first, separator).cells);
  if (!columns) return { ok: false, faults: [{ line: lines[0]?.line ?? 0, text: say.header }] };
  const rows = lines.slice(header + 1);
  const tooMany = rows[mostRows];
  if (tooMany) return { ok: false, faults: [{ line: tooMany.line, text: say.many }] };
  const readings: Reading[] = [];
  const faults: Fault[] = [];
  let gaps = 0;
  for (const row of rows) {
    const read = row.text.length > longestLine ? say.long : readRow(rowOf(row, separator), columns, bounds);
    if (read === 'gap') gaps += 1;
    else if (isReading(read)) readings.push(read);
    else if (faults.push({ line: row.line, text: read }) === mostFaults) break;
  }
  if (faults.length > 0) return { ok: false, faults };
  readings.sort((a, b) => a.at.getTime() - b.at.getTime());
  const whole = wholeFault(readings);
  return whole ? { ok: false, faults: [{ line: 0, text: whole }] } : { ok: true, readings, gaps };
}

function wholeFault(readings: readonly Reading[]): Text | undefined {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last) return say.empty;
  if (last.at.getTime() - first.at.getTime() > mostDays * 86_400_000) return say.span;
  return seriesOf(readings).length > mostSeries ? say.series : undefined;
}
