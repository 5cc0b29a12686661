import { type Limits, usualLimits } from '../../../shared/traceability/graph/book.ts';
import { epcOf, linkOf } from '../../../shared/traceability/graph/names.ts';
import { reachOf } from '../../../shared/traceability/graph/reach.ts';
import { worldOf } from '../graph/graph-world.ts';
import { Kept } from '../graph/kept.ts';
import type { StoredLot } from '../store.ts';
import { isSameLot, type LotName, readLots } from './recall-store.ts';

/** How much of a walk one request has time for, and how much a scheduled run has. */
export const requestLimits: Limits = usualLimits;
export const runLimits: Limits = { hops: 60, nodes: 50_000 };

const name = ({ gtin, lot }: LotName): LotName => ({ gtin, lot });
const byName = (a: LotName, b: LotName): number => (`${a.gtin}:${a.lot}` < `${b.gtin}:${b.lot}` ? -1 : 1);

/** Whose a lot is never changes, and every page of a long list asks again. */
const owners = new Kept<string>(20_000);

async function ownedBy(sellerId: string, lots: readonly LotName[]): Promise<LotName[]> {
  const unknown = lots.filter((lot) => owners.get(`${lot.gtin}:${lot.lot}`) === undefined);
  for (const lot of unknown.length > 0 ? await readLots(unknown) : []) owners.set(`${lot.gtin}:${lot.lot}`, lot.sellerId, 1);
  return lots.filter((lot) => owners.get(`${lot.gtin}:${lot.lot}`) === sellerId);
}

/**
 * The lot, and behind it, in an order that stays, every lot of its seller that something of it went into, as a whole or some items only.
 * A seller's events may name anybody's lots; here they lead to none but his own.
 */
export async function reachOfLot(lot: StoredLot, limits = requestLimits): Promise<{ lots: LotName[]; isWhole: boolean }> {
  const reach = await reachOf(epcOf(name(lot)), worldOf(lot.sellerId), limits);
  const named = [...reach.lots, ...reach.partly].flatMap((epc) => {
    const { gtin, lot: number } = linkOf(epc) ?? {};
    return gtin === undefined || number === undefined ? [] : [{ gtin, lot: number }];
  });
  const others = (await ownedBy(lot.sellerId, named)).filter((other) => !isSameLot(other, lot));
  return { lots: [name(lot), ...others.sort(byName)], isWhole: reach.incomplete === undefined };
}
