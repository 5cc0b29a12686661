import { notFound } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import { type DayRecord, merklePath } from '../../../shared/traceability/records/chain.ts';
import type { EventProof } from '../../../shared/traceability/records/contract.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import { findSellerBySlug } from '../../sellers/find-seller.ts';
import { readEventAndDeclaration, type StoredEvent } from '../epcis/event-store.ts';
import { isDeclaration, refOfStored } from '../epcis/prepare.ts';
import { readDay, readDays, readLeaves } from './chain-store.ts';
import { fingerprintOf, sha256Hex } from './fingerprint.ts';

interface DaysAsked {
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

const isDay = (place: unknown): place is string => typeof place === 'string' && /^\d{4}-\d\d-\d\d$/.test(place);

/** Closed days, newest first. */
export async function chainOf(sellerId: string, { cursor, from, to, limit }: DaysAsked) {
  const after = decodeCursor(cursor, isDay);
  // A cursor is a day: with other bounds than those it came with, it only ends the list earlier.
  const isOutside = after !== undefined && ((from !== undefined && after < from) || (to !== undefined && after > to));
  const { days, more } =
    isOutside || (from && to && from > to) ? { days: [], more: false } : await readDays(sellerId, { from, to, limit, after });
  const last = days.at(-1);
  return { sellerId, items: days, ...(more && last ? { nextCursor: encodeCursor(last.day) } : {}) };
}

/** @throws Problem `not_found` for a stall that is not there */
export async function publicChain(slug: string, asked: DaysAsked) {
  const seller = await findSellerBySlug(slug);
  if (!seller) throw notFound();
  return chainOf(seller.id, asked);
}

/** A day with its leaves: many events of one lot are of one day. */
interface OpenDay {
  record: DayRecord;
  fingerprints: string[];
  places: Map<string, number>;
}

async function openDay(sellerId: string, day: string): Promise<OpenDay | undefined> {
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
  const dayOf = ({ recordTime }: StoredEvent): string => businessDay(new Date(recordTime));
  const days = new Map<string, OpenDay | undefined>();
  for (const day of new Set(events.map(dayOf))) days.set(day, await openDay(sellerId, day));
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

/** None while the day of its recording is open. @throws Problem `not_found` for an event the seller has not */
export async function proveEvent(sellerId: string, eventID: string): Promise<{ proofs: EventProof[] }> {
  const events = await readEventAndDeclaration(sellerId, eventID);
  if (events.length === 0) throw notFound({ vi: 'Gian hàng không có sự kiện này.', en: 'You have no such event.' });
  return { proofs: (await proofsOf(sellerId, events)).filter((proof) => proof !== undefined) };
}
