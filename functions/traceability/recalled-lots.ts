import { Problem } from '../../shared/platform/problem.ts';
import type { PackageLot } from '../../shared/traceability/package-lots.ts';
import type { TransactItem } from '../platform/dynamo.ts';
import { onlyWhileGood, readPackageLots, readRecalled } from './recall-store.ts';

/** Why these lots may not be sold, if one of them is recalled. */
export async function recalledLots(lots: readonly PackageLot[]): Promise<Problem | undefined> {
  const recalled = await readRecalled(lots);
  if (recalled.length === 0) return undefined;
  const names = recalled.map(({ lot }) => lot).join(', ');
  return new Problem('conflict', {
    vi: `Lô ${names} đang bị thu hồi: không được giao hàng của lô này.`,
    en: `Lot ${names} is recalled: its goods must not be sent.`,
  });
}

/**
 * What must still be true when a package leaves, as conditions of the very write that sends it off: a recall comes before it or after it.
 * @throws Problem `conflict` when one of its lots is recalled
 */
export async function conditionsToLeave(packageId: string): Promise<TransactItem[]> {
  const carried = await readPackageLots(packageId);
  const recalled = carried && (await recalledLots(carried.lots));
  if (recalled) throw recalled;
  return onlyWhileGood(packageId, carried);
}
