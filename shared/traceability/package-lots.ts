import type { PackageStatus } from '../orders/lifecycle.ts';

/** A lot that a package is filled from, and how many of its SKU the package holds: of one SKU out of two lots, each may be all of them. */
export interface PackageLot {
  sku: string;
  gtin: string;
  lot: string;
  quantity: number;
}

/** So many that the step out of the door can look at each of them in its own write. */
export const mostLots = 40;

/** Boxes named in one call: what one request has time to write. */
export const mostSerials = 1_000;

/** Goods are known once the order stands; what is cancelled or returned carries nothing to anybody. */
const carrying: ReadonlySet<PackageStatus> = new Set(['confirmed', 'packed', 'shipped', 'delivered', 'completed']);
export const carriesLots = (status: PackageStatus): boolean => carrying.has(status);

const isSame = (a: PackageLot, b: PackageLot): boolean => a.gtin === b.gtin && a.lot === b.lot;

/** Those that were not named before, each once. */
export const addedLots = (known: readonly PackageLot[], asked: readonly PackageLot[]): PackageLot[] =>
  asked.filter((lot, i) => !known.some((k) => isSame(k, lot)) && asked.findIndex((other) => isSame(other, lot)) === i);
