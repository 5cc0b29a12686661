import type { Text } from '../../platform/problem.ts';
import type { EpcisEvent } from './event.ts';
import type { Fields } from './json.ts';
import { type EventSummary, namedIn, sameEpc, sameWord } from './named-in.ts';
import { identifiersOf, readerOf, readInstant } from './query-parameters.ts';
import type { Test } from './query-tests.ts';

export type OrderBy = 'eventTime' | 'recordTime';

/** UTC instants with milliseconds: from the first on, before the second. */
export interface Bounds {
  from?: string | undefined;
  before?: string | undefined;
}

/** A query that has been understood. */
export interface EventQuery {
  eventTime: Bounds;
  recordTime: Bounds;
  orderBy: OrderBy;
  ascending: boolean;
  /** Show no more than these in all. */
  countLimit?: number | undefined;
  /** Refuse when there are more than these. */
  maxCount?: number | undefined;
  /** What a timeline's rows tell without the event: any of these values. */
  summary: Partial<Record<keyof EventSummary, ReadonlySet<string>>>;
  /** Any of these IDs. */
  eventIDs?: readonly string[];
  /** Sets of canonical identifiers; of each set the event names at least one. */
  epcs: readonly (readonly string[])[];
  /** What only the event itself tells. */
  tests: readonly Test[];
}

export type QueryFault = { name: string; isTooComplex: boolean; text: Text };
export type QueryRead =
  | { ok: true; query: EventQuery; perPage: number; nextPageToken?: string | undefined }
  | { ok: false; fault: QueryFault };

const mostValues = 50;
const mostParameters = 40;
const defaultPerPage = 30;
/** `perPage` is a wish: a page never holds more than these. */
export const mostPerPage = 500;

const sentences = {
  unknown: { vi: 'Chợ không hỗ trợ tham số này', en: 'This parameter is not supported' },
  value: { vi: 'Giá trị của tham số không đúng', en: 'Not a value of this parameter' },
  twice: { vi: 'Tham số này chỉ được nêu một lần, một giá trị', en: 'This parameter takes one value, once' },
  exclusive: {
    vi: 'Chỉ dùng một trong hai: eventCountLimit hoặc maxEventCount',
    en: 'eventCountLimit and maxEventCount exclude each other',
  },
  complex: { vi: 'Truy vấn nêu quá nhiều giá trị', en: 'The query names too many values' },
} satisfies Record<string, Text>;

class Refusal extends Error {
  readonly fault: QueryFault;
  constructor(name: string, sentence: keyof typeof sentences) {
    super(sentence);
    this.fault = { name, isTooComplex: sentence === 'complex', text: sentences[sentence] };
  }
}

/** The values of each parameter: a list is written with `|` between its values, or the parameter is repeated. */
function valuesOf(rawQuery: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, text] of new URLSearchParams(rawQuery)) {
    const all = [...(values.get(name) ?? []), ...(name === 'nextPageToken' ? [text] : text.split('|'))];
    if (all.length > mostValues || values.size > mostParameters) throw new Refusal(name, 'complex');
    values.set(name, all);
  }
  return values;
}

function single<T>(values: Map<string, string[]>, name: string, read: (text: string) => T | undefined): T | undefined {
  const [text, ...more] = values.get(name) ?? [];
  if (text === undefined) return undefined;
  if (more.length) throw new Refusal(name, 'twice');
  const value = read(text);
  if (value === undefined) throw new Refusal(name, 'value');
  return value;
}

const count = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);
const oneOf =
  <T extends string>(...words: T[]) =>
  (text: string): T | undefined =>
    words.find((word) => word === text);

const bounds = (values: Map<string, string[]>, field: string): Bounds => ({
  from: single(values, `GE_${field}`, (text) => readInstant([text])),
  before: single(values, `LT_${field}`, (text) => readInstant([text])),
});

const others = new Set([
  ...['GE_eventTime', 'LT_eventTime', 'GE_recordTime', 'LT_recordTime'],
  ...['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount', 'perPage', 'nextPageToken'],
]);

const same = (text: string): string => text;
const summaries: readonly (readonly [name: string, field: keyof EventSummary, same: (text: string) => string])[] = [
  ['eventType', 'type', same],
  ['EQ_action', 'action', same],
  ['EQ_bizStep', 'bizStep', (text) => sameWord('bizStep', text)],
  ['EQ_disposition', 'disposition', (text) => sameWord('disposition', text)],
  ['EQ_readPoint', 'readPoint', sameEpc],
  ['EQ_bizLocation', 'bizLocation', sameEpc],
];

function understood(values: Map<string, string[]>): EventQuery {
  const tests: Test[] = [];
  for (const [name, given] of values) {
    if (others.has(name)) continue;
    const reader = readerOf(name);
    if (!reader) throw new Refusal(name, 'unknown');
    const test = given.some((value) => value === '') ? undefined : reader(given);
    if (!test) throw new Refusal(name, 'value');
    tests.push(test);
  }
  const [eventTime, recordTime] = [bounds(values, 'eventTime'), bounds(values, 'recordTime')];
  const epcs = [...values].flatMap(([name, given]) => {
    const identifiers = identifiersOf(name, given);
    return identifiers ? [identifiers] : [];
  });
  const eventIDs = values.get('EQ_eventID');
  const [countLimit, maxCount] = [single(values, 'eventCountLimit', count), single(values, 'maxEventCount', count)];
  if (countLimit !== undefined && maxCount !== undefined) throw new Refusal('maxEventCount', 'exclusive');
  const summary: EventQuery['summary'] = {};
  for (const [name, field, spelling] of summaries) {
    const given = values.get(name);
    if (given) summary[field] = new Set(given.map(spelling));
  }
  // Whoever asks for what was recorded since the last time is served in that order, which costs the least.
  const isSince = (recordTime.from ?? recordTime.before) !== undefined && (eventTime.from ?? eventTime.before) === undefined;
  return {
    ...{ eventTime, recordTime, countLimit, maxCount, summary, epcs, tests },
    ...(eventIDs ? { eventIDs: [...new Set(eventIDs)] } : {}),
    orderBy: single(values, 'orderBy', oneOf('eventTime', 'recordTime')) ?? (isSince && !epcs.length ? 'recordTime' : 'eventTime'),
    ascending: single(values, 'orderDirection', oneOf('ASC', 'DESC')) === 'ASC',
  };
}

/** Reads what follows `?` of a request for events. Without `orderBy` the newest come first. */
export function readQuery(rawQuery: string): QueryRead {
  try {
    const values = valuesOf(rawQuery);
    const query = understood(values);
    const perPage = Math.min(single(values, 'perPage', count) ?? defaultPerPage, mostPerPage);
    return { ok: true, query, perPage, nextPageToken: single(values, 'nextPageToken', same) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Reads the paging alone, for lists that take nothing else. */
export function readPaging(
  rawQuery: string,
): { ok: true; perPage: number; nextPageToken?: string | undefined } | { ok: false; fault: QueryFault } {
  const read = readQuery(rawQuery);
  if (!read.ok) return read;
  const names = [...new URLSearchParams(rawQuery).keys()];
  const extra = names.find((name) => name !== 'perPage' && name !== 'nextPageToken');
  return extra === undefined ? read : { ok: false, fault: new Refusal(extra, 'unknown').fault };
}

/** The query with one more demand: the event names this thing or class, in whatever list. */
export function ofEpc(query: EventQuery, epc: string): EventQuery {
  const wanted = sameEpc(epc);
  return {
    ...query,
    epcs: [...query.epcs, [wanted]],
    tests: [...query.tests, (event) => namedIn(event as unknown as EpcisEvent).has(wanted)],
  };
}

/** The query with one more demand: this parameter has this value. */
export function alsoWith(query: EventQuery, name: string, value: string): EventQuery | undefined {
  const test = readerOf(name)?.([value]);
  const [, field, spelling] = summaries.find(([own]) => own === name) ?? [];
  if (!test || !field || !spelling) return undefined;
  const [before, asked] = [query.summary[field], spelling(value)];
  const both = new Set(!before || before.has(asked) ? [asked] : []);
  return { ...query, summary: { ...query.summary, [field]: both }, tests: [...query.tests, test] };
}

const isWithin = (time: string, { from, before }: Bounds): boolean =>
  (from === undefined || time >= from) && (before === undefined || time < before);

/** What can be said of an event by its row in a timeline: false when the query does not want it, whatever else the event says. */
export function mayMatch(query: EventQuery, row: EventSummary & { eventTime: string; recordTime: string }): boolean {
  if (!isWithin(row.eventTime, query.eventTime) || !isWithin(row.recordTime, query.recordTime)) return false;
  return Object.entries(query.summary).every(([field, wanted]) => {
    const value = row[field as keyof EventSummary];
    return value !== undefined && wanted.has(value);
  });
}

/** Whether an event that may match does. */
export const matches = (query: EventQuery, event: EpcisEvent): boolean => query.tests.every((test) => test(event as unknown as Fields));
