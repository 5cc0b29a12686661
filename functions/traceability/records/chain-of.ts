import { notFound } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import { type DayRecord, merklePath } from '../../../shared/traceability/records/chain.ts';
import { type EventProof, SellerId } from '../../../shared/traceability/records/contract.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import { findSeller, findSellerBySlug } from '../../sellers/find-seller.ts';
import { readEventAndDeclaration, type StoredEvent } from '../epcis/event-store.ts';
import { isDeclaration, refOfStored } from '../epcis/prepare.ts';
import { readDay, readDays, readLeaves } from './chain-store.ts';
import { fingerprintOf, sha256Hex } from './fingerprint.ts';
import { openDayOf } from './open-day.ts';

interface DaysAsked {
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

const isDay = (place: unknown): place is string => typeof place === 'string' && /^\d{4}-\d\d-\d\d$/.test(place);

/** Closed days, newest first; before the first of them today, which is not closed. */
export async function chainOf(sellerId: string, { cursor, from, to, limit }: DaysAsked, now: Date) {
  const after = decodeCursor(cursor, isDay);
  // A cursor is a day: with other bounds than those it came with, it only ends the list earlier.
  const isOutside = after !== undefined && ((from !== undefined && after < from) || (to !== undefined && after > to));
  const { days, more } =
    isOutside || (from && to && from > to) ? { days: [], more: false } : await readDays(sellerId, { from, to, limit, after });
  const last = days.at(-1);
  const day = businessDay(now);
  const isToday = after === undefined && (from ?? day) <= day && (to ?? day) >= day;
  return {
    sellerId,
    ...(isToday ? { today: await openDayOf(sellerId, now) } : {}),
    items: days,
    ...(more && last ? { nextCursor: encodeCursor(last.day) } : {}),
  };
}

/**
 * @param name a stall's slug, or the seller's id that stands in every record's hash
 * @throws Problem `not_found` for a stall that is not there
 */
export async function publicChain(name: string, asked: DaysAsked, now: Date) {
  const seller = SellerId.safeParse(name).success ? await findSeller(name) : await findSellerBySlug(name);
  if (!seller?.verified) throw notFound();
  return chainOf(seller.id, asked, now);
}

/** A day with its leaves: many events of one lot are of one day. */
interface DayLeaves {
  record: DayRecord;
  fingerprints: string[];
  places: Map<string, number>;
}

const dayOf = ({ recordTime }: StoredEvent): string => businessDay(new Date(recordTime));

async function leavesOf(sellerId: string, day: string): Promise<DayLeaves | undefined> {
  const record = await readDay(sellerId, day);
  if (!record) return undefined;
  const leaves = (await readLeaves(sellerId, day)).flatMap((piece) => piece.leaves);
  return {
    record,
    fingerprints: leaves.map(({ fingerprint }) => fingerprint),
    places: new Map(leaves.map(({ ref }, i) => [ref, i])),
  };
}

/**
 * For each event the way to its day's record, or undefined while the day is open. The fingerprint is made anew from the event: of one
 * that was changed the way leads elsewhere than to the root.
 */
export async function proofsOf(sellerId: string, events: readonly StoredEvent[]): Promise<(EventProof | undefined)[]> {
  const days = new Map<string, DayLeaves | undefined>();
  for (const day of new Set(events.map(dayOf))) days.set(day, await leavesOf(sellerId, day));
  return events.map((stored) => {
    const day = days.get(dayOf(stored));
    const index = day?.places.get(refOfStored(stored));
    if (!day || index === undefined) return undefined;
    return {
      eventID: stored.eventID,
      isDeclaration: isDeclaration(refOfStored(stored)),
      fingerprint: fingerprintOf(stored),
      index,
      path: merklePath(day.fingerprints, index, sha256Hex),
      day: day.record,
    };
  });
}

interface Proved {
  proofs: EventProof[];
  /** Not all of it is of a closed day. */
  pending: boolean;
  /** That which is open. */
  day?: string;
}

/** `pending` while the day of the recording is open. @throws Problem `not_found` for an event the seller has not */
export async function proveEvent(sellerId: string, eventID: string): Promise<Proved> {
  const events = await readEventAndDeclaration(sellerId, eventID);
  if (events.length === 0) throw notFound({ vi: 'Gian hàng không có sự kiện này.', en: 'You have no such event.' });
  const proofs = await proofsOf(sellerId, events);
  const unproved = events.filter((_, i) => proofs[i] === undefined).map(dayOf);
  const closed = await Promise.all(unproved.map((day) => readDay(sellerId, day)));
  const day = unproved.find((_, i) => closed[i] === undefined);
  return { proofs: proofs.filter((proof) => proof !== undefined), pending: day !== undefined, ...(day === undefined ? {} : { day }) };
}
