import { summaryOf } from '../../../shared/traceability/epcis/named-in.ts';
import type { Bounds, EventQuery } from '../../../shared/traceability/epcis/query.ts';
import { tooComplex } from './epcis-problems.ts';
import { type Pointer, readBodies, readPointers, type Timeline } from './event-store.ts';
import { refOf, sibling } from './prepare.ts';

/** What has been shown so far ends here: `{time}#{ref}` in the order of the query. */
export const placeOf = (query: EventQuery, pointer: Pointer): string => `${pointer[query.orderBy]}#${pointer.ref}`;

const firstPage = 100;
const nextPages = 400;

/** One timeline from a place on, page by page. */
async function* along(sellerId: string, timeline: Timeline, { from, before }: Bounds, ascending: boolean, after: string | undefined) {
  let place = after;
  for (let limit = firstPage; ; limit = nextPages) {
    const stretch = ascending ? { from: place === undefined ? from : `${place}\u0001`, before } : { from, before: place ?? before };
    const { pointers, more } = await readPointers(sellerId, timeline, { ...stretch, ascending, limit });
    yield* pointers;
    const last = pointers.at(-1);
    if (!more || !last) return;
    place = `${timeline.by === 'recordTime' ? last.recordTime : last.eventTime}#${last.ref}`;
  }
}

/** Several timelines in one order; what stands in more than one comes once. */
async function* merged(lines: AsyncIterator<Pointer>[], place: (pointer: Pointer) => string, ascending: boolean) {
  const heads = await Promise.all(lines.map((line) => line.next()));
  for (;;) {
    let next: Pointer | undefined;
    for (const head of heads) {
      if (head.done) continue;
      const isSooner = next === undefined || (ascending ? place(head.value) < place(next) : place(head.value) > place(next));
      if (isSooner) next = head.value;
    }
    if (!next) return;
    yield next;
    for (const [i, line] of lines.entries()) {
      const head = heads[i];
      if (head && !head.done && head.value.ref === next.ref) heads[i] = await line.next();
    }
  }
}

/** Rows that are looked at in memory because no timeline has them in the order asked for. */
const mostSorted = 10_000;

function sorted(pointers: Pointer[], query: EventQuery, after: string | undefined): Pointer[] {
  const byPlace = new Map(pointers.map((pointer) => [placeOf(query, pointer), pointer]));
  const places = [...byPlace.keys()].sort();
  if (!query.ascending) places.reverse();
  const left = after === undefined ? places : places.filter((place) => (query.ascending ? place > after : place < after));
  return left.flatMap((place) => byPlace.get(place) ?? []);
}

async function byIds(sellerId: string, eventIDs: readonly string[]): Promise<Pointer[]> {
  const refs = eventIDs.map(refOf).flatMap((ref) => [ref, sibling(ref)]);
  return [...(await readBodies(sellerId, refs))].map(([ref, { eventTime, recordTime, event }]) => ({
    ...{ ref, eventTime, recordTime },
    ...summaryOf(event),
  }));
}

async function ofEpcs(sellerId: string, epcs: readonly string[], query: EventQuery): Promise<Pointer[]> {
  const pointers: Pointer[] = [];
  for (const epc of epcs)
    for await (const pointer of along(sellerId, { by: 'epc', epc }, query.eventTime, true, undefined)) {
      pointers.push(pointer);
      if (pointers.length > mostSorted) throw tooComplex();
    }
  return pointers;
}

/**
 * The rows among which a query's events are, in its order, from a place on: by ID, by the identifiers it names, or else along the
 * seller's timeline. Nothing is read before it is asked for, but for what must be sorted here.
 */
export async function* walkPointers(sellerId: string, query: EventQuery, after: string | undefined): AsyncGenerator<Pointer> {
  const fewest = [...query.epcs].sort((a, b) => a.length - b.length)[0];
  if (query.eventIDs) yield* sorted(await byIds(sellerId, query.eventIDs), query, after);
  else if (fewest && query.orderBy === 'recordTime') yield* sorted(await ofEpcs(sellerId, fewest, query), query, after);
  else if (fewest) {
    const lines = fewest.map((epc) => along(sellerId, { by: 'epc', epc }, query.eventTime, query.ascending, after));
    yield* merged(lines, (pointer) => placeOf(query, pointer), query.ascending);
  } else yield* along(sellerId, { by: query.orderBy }, query[query.orderBy], query.ascending, after);
}
