import { createHash } from 'node:crypto';
import { type EventQuery, matches, mayMatch, readQuery } from '../../../shared/traceability/epcis/query.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import { badParameter, tooComplex, tooLarge } from './epcis-problems.ts';
import { type Pointer, readBodies, recordedUpTo, type StoredEvent } from './event-store.ts';
import { placeOf, walkPointers } from './walk-pointers.ts';

/** Where a page ended. It holds nothing that its owner could not ask for, so it is checked but not signed. */
interface PageToken {
  /** Of the seller, the address and the query: a token goes with no other. */
  of: string;
  /** What was recorded later belongs to no page of this result. */
  asOf: string;
  after: string;
  shown: number;
  expires: number;
}

/** Half a day to fetch the next page. */
const tokenSeconds = 43_200;

export interface EventPage {
  events: StoredEvent[];
  next?: { token: string; expires: Date };
}

/** What was asked, by whom and where, whatever the order of the parameters. */
export function askedBy(sellerId: string, path: string, rawQuery: string): string {
  const asked = [...new URLSearchParams(rawQuery)].filter(([name]) => name !== 'perPage' && name !== 'nextPageToken');
  return createHash('sha256')
    .update(JSON.stringify([sellerId, path, asked.map((pair) => pair.join('=')).sort()]))
    .digest('base64url')
    .slice(0, 22);
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** @throws Problem 400 when the token is not one of ours, is of another query, has expired or leads to no place of this list */
export function readToken(token: string | undefined, of: string, isPlace: RegExp, now: Date): PageToken | undefined {
  const bad = () =>
    badParameter('nextPageToken', { vi: 'Mã trang không đúng hoặc đã hết hạn.', en: 'Not a token of this query, or it has expired.' });
  try {
    const read = decodeCursor(token, (place): place is PageToken => {
      const { asOf, after, shown, expires, of: own } = (place ?? {}) as Record<string, unknown>;
      return (
        isText(own) && isText(asOf) && isText(after) && isPlace.test(after) && Number.isSafeInteger(shown) && Number.isSafeInteger(expires)
      );
    });
    if (read && (read.of !== of || read.expires < now.getTime())) throw bad();
    return read;
  } catch {
    throw bad();
  }
}

export const nextToken = (place: Omit<PageToken, 'expires'>, now: Date): { token: string; expires: Date } => {
  const expires = new Date(now.getTime() + tokenSeconds * 1_000);
  return { token: encodeCursor({ ...place, expires: expires.getTime() }), expires };
};

/** A page ends when this many rows were looked at, found or not; the next one goes on there. */
const mostLookedAt = 4_000;
/** Lambda answers 6 MB at most. */
const mostBytes = 3_000_000;
/** Bodies are read in groups of this many. */
const group = 60;

interface Found {
  events: StoredEvent[];
  /** The place of the last row looked at or shown; undefined when nothing is left. */
  after?: string | undefined;
}

/** Looks along the rows until `wanted` events are found and one more is seen, or enough was looked at. */
async function find(
  sellerId: string,
  query: EventQuery,
  from: { asOf: string; after?: string | undefined },
  wanted: number,
  lookedAtMost: number,
): Promise<Found> {
  const events: StoredEvent[] = [];
  let [lookedAt, bytes] = [0, 0];
  let last = from.after;
  let candidates: Pointer[] = [];
  /** @returns whether the page is full and goes on */
  const judge = async (): Promise<boolean> => {
    const bodies = await readBodies(
      sellerId,
      candidates.map(({ ref }) => ref),
    );
    for (const pointer of candidates) {
      const stored = bodies.get(pointer.ref);
      if (!stored || !matches(query, stored.event)) continue;
      if (events.length === wanted || bytes > mostBytes) return true;
      events.push(stored);
      bytes += JSON.stringify(stored.event).length;
      last = placeOf(query, pointer);
    }
    candidates = [];
    return false;
  };
  for await (const pointer of walkPointers(sellerId, query, from.after)) {
    lookedAt++;
    if (pointer.recordTime <= from.asOf && mayMatch(query, pointer)) candidates.push(pointer);
    const isEnough = lookedAt >= lookedAtMost;
    if (candidates.length < group && !isEnough) continue;
    if (await judge()) return { events, after: last };
    if (isEnough) return { events, after: placeOf(query, pointer) };
  }
  return { events, after: (await judge()) ? last : undefined };
}

const eventPlace = /^[-+\d]\d*-\d\d-\d\dT[\d:.]{12}Z#[\w-]{22}!?$/;

/** How many rows `maxEventCount` may look at before it gives up. */
const mostCounted = 40_000;

/** @throws Problem 413 when there are more events than the query allows, or too many to be counted */
async function refuseTooMany(sellerId: string, query: EventQuery, asOf: string): Promise<void> {
  if (query.maxCount === undefined) return;
  let count = 0;
  let after: string | undefined;
  for (let lookedAt = 0; lookedAt < mostCounted; lookedAt += mostLookedAt) {
    const found: Found = await find(sellerId, query, { asOf, after }, query.maxCount + 1 - count, mostLookedAt);
    count += found.events.length;
    after = found.after;
    if (count > query.maxCount) throw tooLarge(query.maxCount);
    if (after === undefined) return;
  }
  throw tooComplex();
}

/**
 * One page of the events a query wants. The first page fixes what the result is made of (everything recorded so far); what arrives while
 * a partner turns the pages belongs to the next question.
 *
 * @param asked who asks for what, from `askedBy`
 * @throws Problem 400 for a wrong token, 413 for a result that is too large
 */
export async function queryEvents(
  sellerId: string,
  query: EventQuery,
  page: { asked: string; perPage: number; nextPageToken?: string | undefined },
  now: Date,
): Promise<EventPage> {
  const token = readToken(page.nextPageToken, page.asked, eventPlace, now);
  const recorded = await recordedUpTo(sellerId);
  if (recorded === undefined) return { events: [] };
  // A token cannot be made to show what is being recorded right now.
  const asOf = token && token.asOf < recorded ? token.asOf : recorded;
  if (!token) await refuseTooMany(sellerId, query, asOf);
  const shown = token?.shown ?? 0;
  const left = query.countLimit === undefined ? Number.POSITIVE_INFINITY : query.countLimit - shown;
  const { events, after } = await find(sellerId, query, { asOf, after: token?.after }, Math.min(page.perPage, left), mostLookedAt);
  if (after === undefined || events.length >= left) return { events };
  return { events, next: nextToken({ of: page.asked, asOf, after, shown: shown + events.length }, now) };
}

/** Reads a query. @throws Problem 400 that names the parameter, 413 for too many values */
export function queryOf(rawQuery: string): { query: EventQuery; perPage: number; nextPageToken?: string | undefined } {
  const read = readQuery(rawQuery);
  if (read.ok) return read;
  throw read.fault.isTooComplex ? tooComplex() : badParameter(read.fault.name, read.fault.text);
}
