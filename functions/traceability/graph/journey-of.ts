import { bareWord } from '../../../shared/traceability/epcis/vocabulary.ts';
import type { Fact } from '../../../shared/traceability/graph/facts.ts';
import { type History, historyOf } from '../../../shared/traceability/graph/history.ts';
import { epcOf, linkOf } from '../../../shared/traceability/graph/names.ts';
import { type JourneyStep, stepsOf } from '../../../shared/traceability/graph/steps.ts';
import { type ToldRecall, toldRecallOf } from '../../../shared/traceability/graph/told-recall.ts';
import { snapshots } from '../../platform/snapshots.ts';
import { headKey, recordedUpTo } from '../epcis/event-store.ts';
import { type RecalledLot, readRecalledAmong } from '../recalls/recall-store.ts';
import { isTold, worldOf } from './graph-world.ts';
import { Kept } from './kept.ts';

/** What events tell of one item. */
export interface ItemJourney {
  /** In order of time; no buyer, no order. */
  steps: JourneyStep[];
  /** A recall of a lot that the item was made from, the first of them; its own lot's stands with the lot. */
  recalledOrigin?: RecalledLot;
  /** A recall that only events tell. */
  toldRecall?: ToldRecall;
}

/** The lots of a history by their parts, without the one it is asked for. */
export const lotsAbove = ({ lots }: Pick<History, 'lots'>, own: { gtin: string; lot: string }): { gtin: string; lot: string }[] =>
  lots.flatMap((name) => {
    const { gtin, lot } = linkOf(name) ?? {};
    return gtin === undefined || lot === undefined || (gtin === own.gtin && lot === own.lot) ? [] : [{ gtin, lot }];
  });

/**
 * Back from an item to the gardens by its seller's events. The harvest of its own lot is left out: the lot itself tells it, with more.
 * A recall stands on one lot; whatever was made of it finds it here, so no mark has to be carried on, or taken back when it is lifted.
 */
export async function journeyOf(item: ItemOfLot): Promise<ItemJourney> {
  const { steps, above, toldRecall } = await roadOf(item);
  const [recalledOrigin] = await readRecalledAmong(above);
  return { steps, ...(recalledOrigin ? { recalledOrigin } : {}), ...(toldRecall ? { toldRecall } : {}) };
}

interface ItemOfLot {
  sellerId: string;
  gtin: string;
  lot: string;
  serial: string;
}

interface Road {
  steps: JourneyStep[];
  /** The lots it was made from. */
  above: { gtin: string; lot: string }[];
  toldRecall?: ToldRecall;
}

/** A scan may miss what was recorded in the last two seconds: of a recall it learns from the lot itself. */
const recorded = snapshots<string | undefined>({ maxAgeMs: 2_000 });
const upToOf = (sellerId: string): Promise<string | undefined> =>
  recorded.get(sellerId, async () => ({ value: await recordedUpTo(sellerId), madeOf: [headKey(sellerId).pk] }));

/** The harvest of the lot, and each time codes were issued for it: lot and item tell these, with more. */
const isToldByLot = ({ type, action, event }: Fact): boolean =>
  type === 'ObjectEvent' && (action === 'ADD' || bareWord('bizStep', event.bizStep ?? '') === 'encoding');

/** Items that no event names have the road of their lot: thousands of them are scanned one after the other. By lot and record time. */
const roads = new Kept<Road>(50_000);

async function roadOf(item: ItemOfLot): Promise<Road> {
  const { sellerId, gtin, lot, serial } = item;
  const [own, name] = [epcOf({ gtin, lot }), epcOf({ gtin, serial })];
  const upTo = await upToOf(sellerId);
  if (upTo === undefined) return { steps: [], above: [] };
  const isShared = !(await isTold(sellerId, name, upTo));
  const key = `${sellerId} ${upTo} ${own}`;
  const kept = isShared ? roads.get(key) : undefined;
  if (kept) return kept;
  const history = await historyOf(name, worldOf(sellerId, new Map([[name, own]]), upTo));
  const happened = history.happened.filter(({ fact, to }) => !(to === own && isToldByLot(fact)));
  const toldRecall = toldRecallOf(history.happened);
  const road: Road = { steps: stepsOf({ happened }), above: lotsAbove(history, item), ...(toldRecall ? { toldRecall } : {}) };
  if (isShared) roads.set(key, road, 1 + road.steps.length + road.above.length);
  return road;
}
