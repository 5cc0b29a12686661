import { setTimeout as wait } from 'node:timers/promises';
import { businessDay } from '../../../shared/platform/time.ts';
import { isTold } from '../../../shared/traceability/market-events/package-events.ts';
import { onlyOpenLot } from '../../../shared/traceability/open-lots.ts';
import { carriesLots, mostLots, type PackageLot } from '../../../shared/traceability/package-lots.ts';
import { destinationOf } from '../../orders/find-destination.ts';
import { findPackagesById, type StoredPackage } from '../../orders/find-packages.ts';
import { jitter } from '../../platform/retry.ts';
import { addPackageLots, readPackageLots } from '../recalls/recall-store.ts';
import { recalledLots, sourcesOf } from '../recalls/recalled-lots.ts';
import { readLotsOfSku } from '../store.ts';

/**
 * A seller who names lots, or scans boxes into the parcel, does so while packing it: assumed at once, each such package would be told anew
 * with its first telling declared wrong.
 */
const byHandWithinMs = 2_000;

/** Until whoever is packing has had their moment; not at all for what was packed long ago. */
async function letSellerName({ history }: StoredPackage): Promise<void> {
  const packedAt = Date.parse(history.find(({ status }) => status === 'packed')?.at ?? '');
  const left = packedAt + byHandWithinMs - Date.now();
  if (left > 0) await wait(Math.min(left, byHandWithinMs));
}

/** Somebody may be naming lots of the package by hand at the same moment. */
const maxAttempts = 5;

/** Of each SKU that nobody named a lot of, the only one it can be from. */
async function assumed(pkg: StoredPackage, named: readonly PackageLot[], now: Date): Promise<PackageLot[]> {
  const skus = [...new Set(pkg.lines.map(({ sku }) => sku))].filter((sku) => !named.some((lot) => lot.sku === sku));
  const found = await Promise.all(
    skus.map(async (sku) => {
      const own = (await readLotsOfSku(sku)).filter(({ sellerId }) => sellerId === pkg.sellerId);
      const lot = onlyOpenLot(own, businessDay(now));
      const quantity = pkg.lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
      return lot ? [{ sku, gtin: lot.gtin, lot: lot.lot, quantity }] : [];
    }),
  );
  return found.flat();
}

/**
 * A package is packed and its seller named no lot of some goods, which most sellers never do: where only one lot is open, it is that one,
 * and a recall finds the order. Names nothing where a guess would be needed, and nothing that is recalled.
 */
export async function assumeLots(order: { code: string; n: number }, now: Date): Promise<void> {
  const [packed] = (await findPackagesById([order])).values();
  if (packed) await letSellerName(packed);
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [pkg] = (await findPackagesById([order])).values();
    if (!pkg || !carriesLots(pkg.status) || !isTold(pkg.status)) return;
    const before = await readPackageLots(pkg.id);
    const added = await assumed(pkg, before?.lots ?? [], now);
    if (added.length === 0 || (before?.lots ?? []).length + added.length > mostLots) return;
    const sources = await sourcesOf(added);
    if (await recalledLots(added, sources)) return;
    const { id: packageId, code, n, placedAt } = pkg;
    const province = await destinationOf(code);
    const sold = { packageId, code, n, placedAt, ...(province ? { province } : {}) };
    if (await addPackageLots(sold, before, added, sources, { by: 'market', at: now.toISOString() })) return;
    await jitter(attempt);
  }
  throw new Error(`lots of a package of ${order.code} changed ${maxAttempts} times while one was named`);
}
