import { addMonths } from '../../../shared/platform/time.ts';
import { namedIn } from '../../../shared/traceability/epcis/named-in.ts';
import { factOf } from '../../../shared/traceability/graph/facts.ts';
import { epcOf, isItem, isLot, linkOf } from '../../../shared/traceability/graph/names.ts';
import type { Leaf } from '../../../shared/traceability/records/chain.ts';
import { dueAfter, keepEventUntil } from '../../../shared/traceability/records/retention.ts';
import { readBodies, type StoredEvent } from '../epcis/event-store.ts';
import { refOfStored } from '../epcis/prepare.ts';
import { worldOf } from '../graph/graph-world.ts';
import { type LeafPiece, markLeaves, readLeaves } from './chain-store.ts';
import type { DueRow } from './due-store.ts';
import { forgetEvent, readLotsAndForgotten, settle } from './forget-store.ts';
import { keptUntil } from './keep-lot.ts';

/** A day of which something must stay is looked at again a month later at the earliest, however many lots its events name. */
const monthsBetween = 1;
/** Events that are taken away side by side. */
const atOnce = 8;

/** The lots that each event names, by itself or by a box of it. */
async function lotsNamed(sellerId: string, events: readonly StoredEvent[]): Promise<Map<StoredEvent, string[]>> {
  const names = new Map(events.map((stored) => [stored, [...namedIn(stored.event).keys()]]));
  const lotOf = await worldOf(sellerId).lotsOf([...new Set([...names.values()].flat().filter(isItem))]);
  return new Map(
    [...names].map(([stored, named]) => [
      stored,
      [...new Set([...named.filter(isLot), ...named.flatMap((name) => lotOf.get(name) ?? []), ...factOf(stored).lots])],
    ]),
  );
}

/** Until when the market's lots among these are kept; a lot under recall until a month from now, and then it is seen again. */
async function keepingOf(lots: readonly string[], today: string): Promise<Map<string, string>> {
  const links = [...new Set(lots)].flatMap((name) => {
    const { gtin, lot } = linkOf(name) ?? {};
    return gtin !== undefined && lot !== undefined ? [{ gtin, lot }] : [];
  });
  const found = await readLotsAndForgotten(links);
  const until = new Map<string, string>();
  for (const { gtin, lot, keptUntil: day } of found.forgotten.values()) until.set(epcOf({ gtin, lot }), day);
  const held = addMonths(today, monthsBetween);
  await Promise.all(
    [...found.lots.values()].map(async (stored) => {
      const day = await keptUntil(stored);
      until.set(epcOf({ gtin: stored.gtin, lot: stored.lot }), stored.recall && day < held ? held : day);
    }),
  );
  return until;
}

/** Forgets what may go of one piece of a day; answers the first day on which something more may. */
async function forgetPiece(sellerId: string, day: string, piece: LeafPiece, today: string): Promise<{ gone: number; next?: string }> {
  const bodies = await readBodies(
    sellerId,
    piece.leaves.map(({ ref }) => ref),
  );
  const marked = new Set(piece.leaves.flatMap(({ ref, forgottenOn }) => (forgottenOn === undefined ? [] : [ref])));
  // An event that was forgotten may have been captured anew since: that one belongs to another day.
  const times = new Map(piece.leaves.map(({ ref, recordTime }) => [ref, recordTime]));
  const own = [...bodies].flatMap(([ref, stored]) => (stored.recordTime === times.get(ref) ? [stored] : []));
  const named = await lotsNamed(sellerId, own);
  const until = await keepingOf([...named.values()].flat(), today);
  const going: StoredEvent[] = [];
  let next: string | undefined;
  for (const [stored, lots] of named) {
    const kept = keepEventUntil(
      stored.recordTime,
      lots.flatMap((lot) => until.get(lot) ?? []),
    );
    // Marked by a run that was cut short: it goes, whatever is recorded since.
    if (kept < today || marked.has(refOfStored(stored))) going.push(stored);
    else if (next === undefined || dueAfter(kept) < next) next = dueAfter(kept);
  }
  const refs = new Set(going.map(refOfStored));
  const isNew = ({ ref, forgottenOn }: Leaf): boolean => forgottenOn === undefined && refs.has(ref);
  if (piece.leaves.some(isNew)) {
    // The mark comes first: what is gone without one would look stolen.
    const leaves = piece.leaves.map((leaf) => (isNew(leaf) ? { ...leaf, eventID: undefined, forgottenOn: today } : leaf));
    // Another run was here meanwhile: it, or the next night, does the rest.
    if (!(await markLeaves(sellerId, day, piece, leaves))) return { gone: 0, next: today };
  }
  for (let i = 0; i < going.length; i += atOnce) await Promise.all(going.slice(i, i + atOnce).map(forgetEvent));
  return { gone: going.length, ...(next === undefined ? {} : { next }) };
}

/**
 * A closed day has come up: of its events those go whose lots are no longer kept. Their fingerprints stay, so that the day's record and
 * all behind it can be verified as before.
 */
export async function forgetEvents(
  row: Extract<DueRow, { kind: 'EVENTS' }>,
  today: string,
  mayGoOn: () => boolean,
): Promise<{ gone: number; isFinished: boolean }> {
  const { sellerId, day } = row;
  let gone = 0;
  const nexts: string[] = [];
  for (const piece of await readLeaves(sellerId, day)) {
    if (!mayGoOn()) return { gone, isFinished: false };
    const done = await forgetPiece(sellerId, day, piece, today);
    gone += done.gone;
    if (done.next !== undefined) nexts.push(done.next);
  }
  const soonest = nexts.sort()[0];
  const again = addMonths(today, monthsBetween);
  await settle(row, soonest === undefined || soonest > again ? soonest : again);
  return { gone, isFinished: true };
}
