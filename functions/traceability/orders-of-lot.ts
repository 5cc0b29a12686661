import { statusAt } from '../../shared/orders/lifecycle.ts';
import { findPackagesById } from '../orders/find-packages.ts';
import { decodeCursor, encodeCursor, isKey } from '../platform/cursor.ts';
import { ownLot } from './own-lot.ts';
import { isSoldPlace, readSold, type SoldPlace, soldPlace } from './recall-store.ts';

/** The packages that carry a seller's lot, newest order first, without a word about who bought them. */
export async function ordersOfLot(sellerId: string, name: string, query: { limit: number; cursor?: string | undefined }, now: Date) {
  const { gtin, lot } = await ownLot(sellerId, name);
  const isPlace = (place: unknown): place is SoldPlace => isKey(place) && isSoldPlace(gtin, lot)(place);
  const { packages, more } = await readSold(gtin, lot, query.limit, decodeCursor(query.cursor, isPlace));
  const last = packages.at(-1);
  const current = await findPackagesById(packages);
  return {
    items: packages.flatMap(({ code, packageId, quantity, placedAt }) => {
      const pkg = current.get(packageId);
      return pkg ? [{ code, packageId, status: statusAt(pkg, now), quantity, placedAt }] : [];
    }),
    ...(more && last ? { nextCursor: encodeCursor(soldPlace(gtin, lot, last)) } : {}),
  };
}
