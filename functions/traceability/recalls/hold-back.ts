import { businessDay } from '../../../shared/platform/time.ts';
import { isHeldBack } from '../../../shared/traceability/open-lots.ts';
import { holdSku } from '../../catalog/hold-sku.ts';
import { readLotsOfSku } from '../store.ts';

const isHeld = async (sku: string, now: Date): Promise<boolean> => isHeldBack(await readLotsOfSku(sku), businessDay(now));

/**
 * A lot of this SKU was recorded, recalled or set free again: brings in line whether the SKU may be bought. Looks again after it has
 * written, since another change may have been written in between; whoever comes last sees the truth.
 */
export async function settleSale(sku: string, now: Date): Promise<void> {
  for (let held = await isHeld(sku, now); ; ) {
    await holdSku(sku, held);
    const after = await isHeld(sku, now);
    if (after === held) return;
    held = after;
  }
}
