import { Problem } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import { historyOf } from '../../../shared/traceability/graph/history.ts';
import { epcOf } from '../../../shared/traceability/graph/names.ts';
import { isHeldBack } from '../../../shared/traceability/open-lots.ts';
import type { PackageLot } from '../../../shared/traceability/package-lots.ts';
import type { TransactItem } from '../../platform/dynamo.ts';
import { worldOf } from '../graph/graph-world.ts';
import { lotsAbove } from '../graph/journey-of.ts';
import { readLotsOfSku } from '../store.ts';
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

/** What leaves. */
interface Leaving {
  id: string;
  lines: readonly { sku: string }[];
}

/** Goods of which no lot is named can only be from a recalled one when no other is open. */
async function refuseHeldBack({ lines }: Leaving, named: readonly PackageLot[], now: Date): Promise<void> {
  const skus = [...new Set(lines.map(({ sku }) => sku))].filter((sku) => !named.some((lot) => lot.sku === sku));
  for (const lots of await Promise.all(skus.map(readLotsOfSku)))
    if (isHeldBack(lots, businessDay(now)))
      throw new Problem('conflict', {
        vi: `Mọi lô của ${lots[0]?.product.name} đang bị thu hồi hoặc quá hạn: không được giao. Nếu hàng của lô khác, xin ghi lô mới trước.`,
        en: `Every lot of ${lots[0]?.product.name} is recalled or past its day: it must not be sent. If it is of another lot, please record that first.`,
      });
}

/**
 * What must still be true when a package leaves, as conditions of the very write that sends it off: a recall comes before it or after it.
 * @throws Problem `conflict` when one of its lots is recalled, something they were made from, or all that an unnamed one can be
 */
export async function conditionsToLeave(pkg: Leaving, now: Date): Promise<TransactItem[]> {
  const carried = await readPackageLots(pkg.id);
  await refuseHeldBack(pkg, carried?.lots ?? [], now);
  const sources = carried ? await sourcesOf(carried.lots) : [];
  const recalled = carried && (await recalledLots(carried.lots, sources));
  if (recalled) throw recalled;
  return onlyWhileGood(pkg.id, carried, sources);
}
