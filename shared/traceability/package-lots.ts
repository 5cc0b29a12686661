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

type Name = Pick<PackageLot, 'gtin' | 'lot'>;
const isSame = (a: Name, b: Name): boolean => a.gtin === b.gtin && a.lot === b.lot;

/** Those that were not named before, each once. */
export const addedLots = (known: readonly PackageLot[], asked: readonly PackageLot[]): PackageLot[] =>
  asked.filter((lot, i) => !known.some((k) => isSame(k, lot)) && asked.findIndex((other) => isSame(other, lot)) === i);

/** Boxes of a package that were named one by one. */
export interface KnownBoxes {
  /** How many of each SKU were named before. */
  held: ReadonlyMap<string, number>;
  /** Those that come with this call. */
  fresh: readonly (Name & { sku: string })[];
}

/**
 * The first added lot for which the package has no room: all that it holds of the SKU is known box by box, and none is of this lot. As
 * long as some box is not known it may be of any lot: a seller may not know how they were mixed.
 */
export const lotWithoutRoom = (added: readonly PackageLot[], { held, fresh }: KnownBoxes): PackageLot | undefined =>
  added.find((lot) => {
    const now = fresh.filter(({ sku }) => sku === lot.sku);
    const room = lot.quantity - (held.get(lot.sku) ?? 0) - now.length;
    return room < 0 || (room === 0 && !now.some((box) => isSame(box, lot)));
  });
