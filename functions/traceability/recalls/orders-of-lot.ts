import { statusAt } from '../../../shared/orders/lifecycle.ts';
import { findPackagesById } from '../../orders/find-packages.ts';
import { decodeCursor, encodeCursor, isKey } from '../../platform/cursor.ts';
import { ownLot } from '../lots/own-lot.ts';
import { reachOfLot } from './reach-of-lot.ts';
import {
  isSameLot,
  isSoldPlace,
  type LotName,
  placeIn,
  readLotsOfPackages,
  readSold,
  type SoldPackage,
  type SoldPlace,
  soldPlace,
} from './recall-store.ts';

interface Sold extends SoldPackage {
  of: LotName;
}

/** A lot may fill the page alone, or be one of hundreds with a package each: so many are read at once at most. */
const mostAtOnce = 16;

/** A package that carries several of the lots is listed with the first of them. */
async function withoutRepeats(packages: readonly Sold[], lots: readonly LotName[]): Promise<Sold[]> {
  if (lots.length === 1) return [...packages];
  const carried = await readLotsOfPackages(packages.map(({ packageId }) => packageId));
  const first = ({ packageId }: Sold) => lots.find((lot) => carried.get(packageId)?.some((other) => isSameLot(lot, other)));
  return packages.filter((sold) => isSameLot(first(sold) ?? sold.of, sold.of));
}

/** `wanted` packages of these lots behind a place, or all that there are. */
async function readBehind(lots: readonly LotName[], place: SoldPlace | undefined, wanted: number): Promise<Sold[]> {
  const found: Sold[] = [];
  const starts: { lot: LotName; after: SoldPlace | undefined }[] = lots
    .slice(place ? placeIn(lots, place) : 0)
    .map((lot, i) => ({ lot, after: i === 0 ? place : undefined }));
  for (let atOnce = 1; starts.length > 0 && found.length < wanted; atOnce = Math.min(2 * atOnce, mostAtOnce)) {
    const now = starts.splice(0, atOnce);
    const pages = await Promise.all(now.map(({ lot, after }) => readSold(lot.gtin, lot.lot, wanted - found.length, after)));
    // Behind a lot that has more than its page, nothing may follow before the rest of it.
    const cut = pages.findIndex(({ more }) => more);
    const whole = cut === -1 ? pages.length : cut + 1;
    const sold = pages
      .slice(0, whole)
      .flatMap(({ packages }, i) => packages.map((p): Sold => ({ ...p, of: (now[i] as { lot: LotName }).lot })));
    found.push(...(await withoutRepeats(sold, lots)));
    const last = pages[cut]?.packages.at(-1);
    const rest = now[cut];
    if (rest && last) starts.unshift({ lot: rest.lot, after: soldPlace(rest.lot.gtin, rest.lot.lot, last) }, ...now.slice(whole));
  }
  return found.slice(0, wanted);
}

/**
 * The packages that carry a seller's lot, newest order first, and behind them those of every lot made of it, lot by lot; each once, without
 * a word about who bought them.
 */
export async function ordersOfLot(sellerId: string, name: string, query: { limit: number; cursor?: string | undefined }, now: Date) {
  const { lots } = await reachOfLot(await ownLot(sellerId, name));
  const isPlace = (place: unknown): place is SoldPlace => isKey(place) && isSoldPlace(lots)(place);
  const found = await readBehind(lots, decodeCursor(query.cursor, isPlace), query.limit + 1);
  const packages = found.slice(0, query.limit);
  const last = packages.at(-1);
  const current = await findPackagesById(packages);
  return {
    items: packages.flatMap(({ code, packageId, quantity, placedAt }) => {
      const pkg = current.get(packageId);
      return pkg ? [{ code, packageId, status: statusAt(pkg, now), quantity, placedAt }] : [];
    }),
    ...(found.length > query.limit && last ? { nextCursor: encodeCursor(soldPlace(last.of.gtin, last.of.lot, last)) } : {}),
  };
}
