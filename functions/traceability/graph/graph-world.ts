import { always, type Window, type World } from '../../../shared/traceability/graph/book.ts';
import { factOf, type TracedEvent } from '../../../shared/traceability/graph/facts.ts';
import { epcOf, isItem, linkOf } from '../../../shared/traceability/graph/names.ts';
import { readBodies, readPointers, recordedUpTo } from '../epcis/event-store.ts';
import { readItems } from '../scans/scan-store.ts';
import { Kept } from './kept.ts';

/*
 * Thousands of boxes share a lot, a pallet and their gardens, and a function that stays warm is asked for one after the other. What an
 * event says never changes; which events name a thing changes only when its seller records one, and then the seller's record time does.
 * So both are remembered, and one read of that time tells whether they still hold.
 */

/** An event with 500 boxes weighs 501, some 100 KB in memory: 40 MB in all. */
const events = new Kept<TracedEvent>(200_000);
/** Refs of the events that name a thing, under its name and the record time up to which they were read. */
const pages = new Kept<readonly string[]>(100_000);

const perRead = 1_000;
const instant = (ms: number): string | undefined => (Number.isFinite(ms) ? new Date(ms).toISOString() : undefined);
/** Behind every ref of an instant. */
const behind = '~';

async function readRefs(sellerId: string, name: string, { from, to }: Window, upTo: string): Promise<string[]> {
  const refs: string[] = [];
  const before = instant(to);
  for (let start = instant(from); ; ) {
    const stretch = { from: start, before: before && before + behind, ascending: true, limit: perRead };
    const { pointers, more } = await readPointers(sellerId, { by: 'epc', epc: name }, stretch);
    refs.push(...pointers.filter(({ recordTime }) => recordTime <= upTo).map(({ ref }) => ref));
    const last = pointers.at(-1);
    if (!more || !last) return refs;
    start = `${last.eventTime}#${last.ref}\u0001`;
  }
}

/** Of single items nothing is remembered: there are too many, and each is asked for once. */
async function refsOf(sellerId: string, name: string, window: Window, upTo: string): Promise<readonly string[]> {
  if (isItem(name) || window.from !== always.from) return readRefs(sellerId, name, window, upTo);
  const key = `${sellerId} ${upTo} ${name}`;
  const kept = pages.get(key);
  if (kept) return kept;
  const refs = await readRefs(sellerId, name, always, upTo);
  pages.set(key, refs, 1 + refs.length);
  return refs;
}

const weightOf = (event: TracedEvent): number => {
  const { about, children, inputs, outputs } = factOf(event);
  return 1 + about.length + children.length + inputs.length + outputs.length;
};

async function eventsByRef(sellerId: string, refs: readonly string[]): Promise<Map<string, TracedEvent>> {
  const found = new Map<string, TracedEvent>();
  const missing: string[] = [];
  for (const ref of new Set(refs)) {
    const kept = events.get(`${sellerId} ${ref}`);
    if (kept) found.set(ref, kept);
    else missing.push(ref);
  }
  if (missing.length === 0) return found;
  for (const [ref, event] of await readBodies(sellerId, missing)) {
    found.set(ref, event);
    events.set(`${sellerId} ${ref}`, event, weightOf(event));
  }
  return found;
}

async function lotsOf(items: readonly string[], known: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const found = new Map(items.flatMap((item) => (known.has(item) ? [[item, known.get(item) as string] as const] : [])));
  const links = items.flatMap((item) => {
    const { gtin, serial } = linkOf(item) ?? {};
    return gtin === undefined || serial === undefined || found.has(item) ? [] : [{ item, gtin, serial }];
  });
  const stored = links.length > 0 ? await readItems(links) : new Map<string, { lot: string }>();
  for (const { item, gtin, serial } of links) {
    const lot = stored.get(`${gtin}/${serial}`)?.lot;
    if (lot !== undefined) found.set(item, epcOf({ gtin, lot }));
  }
  return found;
}

/** Whether any event recorded up to a time names this item, or lets it be a part of something. */
export const isTold = async (sellerId: string, item: string, upTo: string): Promise<boolean> =>
  (await readRefs(sellerId, item, always, upTo)).length > 0;

/**
 * The events of one seller, as they are at the first read, and the items of the market: nobody's events tell anything of another
 * seller's goods.
 * @param known lots of items that need not be read again
 * @param asOf the record time up to which events count, when it is known
 */
export function worldOf(sellerId: string, known: ReadonlyMap<string, string> = new Map(), asOf?: string): World {
  let seen: Promise<string | undefined> | undefined;
  return {
    async eventsOf(names, window) {
      seen ??= asOf === undefined ? recordedUpTo(sellerId) : Promise.resolve(asOf);
      const upTo = await seen;
      if (upTo === undefined) return new Map();
      const refs = await Promise.all(names.map((name) => refsOf(sellerId, name, window, upTo)));
      const bodies = await eventsByRef(sellerId, refs.flat());
      return new Map(names.map((name, i) => [name, (refs[i] ?? []).flatMap((ref) => bodies.get(ref) ?? [])]));
    },
    lotsOf: (items) => lotsOf(items, known),
  };
}
