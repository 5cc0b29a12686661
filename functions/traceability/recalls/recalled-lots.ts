import { Problem } from '../../../shared/platform/problem.ts';
import { historyOf } from '../../../shared/traceability/graph/history.ts';
import { epcOf } from '../../../shared/traceability/graph/names.ts';
import type { PackageLot } from '../../../shared/traceability/package-lots.ts';
import type { TransactItem } from '../../platform/dynamo.ts';
import { worldOf } from '../graph/graph-world.ts';
import { lotsAbove } from '../graph/journey-of.ts';
import { readReachedFrom } from './notice-store.ts';
import { isSameLot, type LotName, onlyWhileGood, readLots, readPackageLots, readRecalledAmong } from './recall-store.ts';

/**
 * The lots of the market from which these were made, as far as events tell, and those whose recall has reached them: a recall of one of
 * them is a recall of these.
 */
export async function sourcesOf(lots: readonly LotName[]): Promise<LotName[]> {
  const stored = await readLots(lots);
  const found = await Promise.all(
    stored.map(async (lot) => {
      const own = { gtin: lot.gtin, lot: lot.lot };
      const [history, reached] = await Promise.all([historyOf(epcOf(own), worldOf(lot.sellerId)), readReachedFrom(own)]);
      return [...lotsAbove(history, own), ...reached];
    }),
  );
  const sources = found.flat().filter((source) => !lots.some((lot) => isSameLot(lot, source)));
  return sources.length === 0 ? [] : (await readLots(sources)).map(({ gtin, lot }) => ({ gtin, lot }));
}

const named = (lots: readonly LotName[]): string => lots.map(({ lot }) => lot).join(', ');

/** Why these lots may not be sold, if one of them or of their sources is recalled. */
export async function recalledLots(lots: readonly PackageLot[], sources: readonly LotName[]): Promise<Problem | undefined> {
  const recalled = await readRecalledAmong(lots);
  if (recalled.length > 0)
    return new Problem('conflict', {
      vi: `Lô ${named(recalled)} đang bị thu hồi: không được giao hàng của lô này.`,
      en: `Lot ${named(recalled)} is recalled: its goods must not be sent.`,
    });
  const above = await readRecalledAmong(sources);
  if (above.length === 0) return undefined;
  return new Problem('conflict', {
    vi: `Lô ${named(above)} đang bị thu hồi: không được giao hàng làm ra từ lô này (${named(lots)}).`,
    en: `Lot ${named(above)} is recalled: goods made of it (${named(lots)}) must not be sent.`,
  });
}

/**
 * What must still be true when a package leaves, as conditions of the very write that sends it off: a recall comes before it or after it.
 * @throws Problem `conflict` when one of its lots is recalled, or something they were made from
 */
export async function conditionsToLeave(packageId: string): Promise<TransactItem[]> {
  const carried = await readPackageLots(packageId);
  const sources = carried ? await sourcesOf(carried.lots) : [];
  const recalled = carried && (await recalledLots(carried.lots, sources));
  if (recalled) throw recalled;
  return onlyWhileGood(packageId, carried, sources);
}
