import { historyOf } from '../../../shared/traceability/graph/history.ts';
import { epcOf, linkOf } from '../../../shared/traceability/graph/names.ts';
import { reachOf } from '../../../shared/traceability/graph/reach.ts';
import { readBodies, readEventsOfAll, readNamesBeginning, recordedUpTo, type StoredEvent } from '../epcis/event-store.ts';
import { refOf, refOfStored, sibling } from '../epcis/prepare.ts';
import { worldOf } from '../graph/graph-world.ts';
import type { StoredLot } from '../store.ts';

/** What one request can look through: rows of a product's boxes, boxes of the lot, and ways that lots made of it and its boxes took. */
const mostRows = 20_000;
const mostBoxes = 2_000;
const mostWays = 40;

export interface EventsOfLot {
  /** In the order in which they happened. */
  events: StoredEvent[];
  /** False when there was more to look through than one request can. */
  isWhole: boolean;
}

/** The lot's boxes that any event names: which lot a box is of is written with its code. */
async function boxesOf(lot: StoredLot): Promise<{ boxes: string[]; isWhole: boolean }> {
  const { names, isWhole } = await readNamesBeginning(lot.sellerId, `${epcOf({ gtin: lot.gtin })}/21/`, mostRows);
  const lots = await worldOf(lot.sellerId).lotsOf(names);
  const own = epcOf({ gtin: lot.gtin, lot: lot.lot });
  const boxes = names.filter((name) => lots.get(name) === own);
  return { boxes: boxes.slice(0, mostBoxes), isWhole: isWhole && boxes.length <= mostBoxes };
}

/** One of each group of boxes that lay on something together: what the same events name took the same way. */
function carriedBoxes(boxes: readonly string[], told: ReadonlyMap<string, readonly StoredEvent[]>): string[] {
  const groups = new Map<string, string>();
  for (const box of boxes) {
    const events = told.get(box) ?? [];
    if (events.some(({ event }) => event.type === 'AggregationEvent')) groups.set(events.map(({ eventID }) => eventID).join(' '), box);
  }
  return [...groups.values()];
}

/**
 * All that its seller's events tell of a lot: of itself, of its boxes, of what it was made of back to the gardens, of what was made of it,
 * and of the pallets and loggers they lay on or with, for as long as they did. A declaration that an event was an error comes with it.
 */
export async function eventsOfLot(lot: StoredLot): Promise<EventsOfLot> {
  const upTo = (await recordedUpTo(lot.sellerId)) ?? '';
  const world = worldOf(lot.sellerId);
  const own = epcOf({ gtin: lot.gtin, lot: lot.lot });
  const [back, ahead, named] = await Promise.all([historyOf(own, world), reachOf(own, world), boxesOf(lot)]);
  const lotsAhead = ahead.lots.filter((name) => name !== own);
  // What lies ahead has ways of its own: on other pallets, in other rooms.
  const histories = await Promise.all(lotsAhead.slice(0, mostWays).map((name) => historyOf(name, world)));
  const names = new Set([own, ...back.lots, ...lotsAhead, ...ahead.items, ...named.boxes].filter((name) => linkOf(name)));
  const told = await readEventsOfAll(lot.sellerId, [...names]);
  const carried = carriedBoxes(named.boxes, told);
  const journeys = await Promise.all(carried.slice(0, mostWays).map((box) => historyOf(box, world)));
  const refs = new Set([...told.values()].flat().map(refOfStored));
  for (const { happened } of [back, ...histories, ...journeys])
    for (const { fact } of happened) for (const ref of [refOf(fact.id), sibling(refOf(fact.id))]) refs.add(ref);
  const events = [...(await readBodies(lot.sellerId, [...refs])).values()];
  return {
    // A declaration may lie there that a large capture has not made visible yet.
    events: events.filter(({ recordTime }) => recordTime <= upTo).sort(byTime),
    isWhole:
      named.isWhole &&
      Math.max(lotsAhead.length, carried.length) <= mostWays &&
      [back, ahead, ...histories, ...journeys].every(({ incomplete }) => incomplete === undefined),
  };
}

const placeOf = (stored: StoredEvent): string => `${stored.eventTime}#${refOfStored(stored)}`;
const byTime = (a: StoredEvent, b: StoredEvent): number => (placeOf(a) < placeOf(b) ? -1 : 1);

/** Lambda answers 6 MB at most; the rest is room for the document around the events. */
const pageBytes = 4_000_000;

/** Parts of at most 4 MB and `most` events, in order; one empty part where there is nothing. An event alone is never larger: captures are not. */
export function inPages(events: readonly StoredEvent[], most: number): StoredEvent[][] {
  const pages: { events: StoredEvent[]; bytes: number }[] = [];
  for (const stored of events) {
    const bytes = Buffer.byteLength(JSON.stringify(stored.event)) + 1;
    const last = pages.at(-1);
    if (last && last.events.length < most && last.bytes + bytes <= pageBytes) {
      last.events.push(stored);
      last.bytes += bytes;
    } else pages.push({ events: [stored], bytes });
  }
  return pages.length > 0 ? pages.map((page) => page.events) : [[]];
}
