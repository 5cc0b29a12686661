import { isOver } from '../../shared/orders/lifecycle.ts';
import { findPackages } from '../orders/find-packages.ts';
import { jitter } from '../platform/retry.ts';
import { readCounted, writeCounted } from './store.ts';

/**
 * Counts an order for its campaign from its packages as they are now: an order with a package that is confirmed and not over,
 * and the grams of those packages. Idempotent by construction: it writes the difference to what this order was counted as.
 */
export async function countOrder(slug: string, code: string): Promise<void> {
  for (let attempt = 1; attempt <= 8; attempt++) {
    const packages = await findPackages(code);
    const version = packages.reduce((sum, p) => sum + p.version, 0);
    const before = await readCounted(slug, code);
    if (before && before.version >= version) return;
    const counted = packages.filter((p) => p.status !== 'pending_payment' && !isOver(p.status));
    const grams = counted.flatMap((p) => p.lines).reduce((sum, l) => sum + l.netWeightGrams * l.quantity, 0);
    if (before && before.orders === Math.min(1, counted.length) && before.grams === grams) return;
    if (!before && counted.length === 0) return;
    if (await writeCounted(slug, code, before, { orders: Math.min(1, counted.length), grams, version })) return;
    await jitter(attempt);
  }
  throw new Error(`order ${code} could not be counted for ${slug}`);
}
