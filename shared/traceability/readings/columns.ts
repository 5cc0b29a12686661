/** Where in a row stands what; a logger writes day and time in one column or in two. */
export interface Columns {
  time: number;
  /** A column of its own for the time of day. */
  clock?: number;
  temperature: number;
  isFahrenheit: boolean;
  humidity?: number;
  device?: number;
  place?: number;
}

/** `Nhiệt độ (°C)` → `nhiet do`, `temperature_c` → `temperature`: without tone marks, units, signs. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replace(/ (?:c|f|deg c|deg f|celsius|fahrenheit|percent|rh)$/, '');

const names = {
  time: /^(?:time|timestamp|date ?time|date and time|time stamp|datetime local|recorded at|log time|thoi gian|thoi diem|ngay gio)$/,
  day: /^(?:date|day|ngay)$/,
  clock: /^(?:time|clock|gio)$/,
  temperature: /^(?:temperature|temp|t|probe|probe temp|ch temp|channel temp|sensor temp|temperature value|nhiet do|value)$/,
  humidity: /^(?:humidity|rh|relative humidity|humi|hum|ch humidity|do am)$/,
  device: /^(?:device|device id|logger|logger id|sensor|serial|serial number|serial no|sn|thiet bi|may do|ma thiet bi)$/,
  place: /^(?:place|location|site|room|vi tri|noi|noi do|dia diem|kho)$/,
};

/** What a file's header line says; `undefined` for a line that is no header. */
export function columnsOf(cells: readonly string[]): Columns | undefined {
  const said = cells.map(plain);
  const find = (pattern: RegExp, except = -1): number => said.findIndex((name, i) => i !== except && pattern.test(name));
  const day = find(names.day);
  const clock = day === -1 ? -1 : find(names.clock, day);
  const whole = find(names.time);
  const time = clock === -1 && whole !== -1 ? whole : day;
  const temperature = find(names.temperature);
  if (time === -1 || temperature === -1) return undefined;
  const more = (name: 'humidity' | 'device' | 'place') => {
    const at = find(names[name]);
    return at === -1 ? {} : { [name]: at };
  };
  return {
    time,
    ...(clock === -1 ? {} : { clock }),
    temperature,
    isFahrenheit: /[°º]\s*f\b|fahrenheit|[_ (]f\)?$/i.test(cells[temperature] ?? ''),
    ...more('humidity'),
    ...more('device'),
    ...more('place'),
  };
}
