import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Lot } from '../../../shared/traceability/contract.ts';
import { photoOf } from '../../../shared/traceability/photos/contract.ts';
import { placeName } from '../../../shared/traceability/scans/viewer-place.ts';
import { readLot, readSellerLotGtins, type StoredLot, type StoredRecall } from '../store.ts';

/** `{gtin}:{lot}` or a bare lot number, which never holds a colon. */
export function readLotName(name: string): { gtin?: string | undefined; number: string } {
  const exact = /^(\d{14}):(.+)$/.exec(name);
  return { gtin: exact?.[1], number: exact?.[2] ?? name };
}

/** A seller who numbers lots by the day has one for every product: a dozen show what is meant. */
const mostNamed = 12;

/** More than one lot is meant; a recall of the wrong one would be worse than a question. */
export function severalLots(number: string, lots: readonly StoredLot[]): Problem {
  const names = lots.slice(0, mostNamed).map(({ gtin, lot, product }) => `${gtin}:${lot} (${product.name} – ${product.variant})`);
  const list = names.join(', ') + (lots.length > mostNamed ? ', …' : '');
  return new Problem('conflict', {
    vi: `Gian hàng có ${lots.length} lô mang số ${number}: ${list}. Xin ghi đủ cả GTIN như trên.`,
    en: `You have ${lots.length} lots numbered ${number}: ${list}. Please name one with its GTIN, as here.`,
  });
}

/**
 * The seller's own lot: `{gtin}:{lot}` names exactly one (a lot number never holds a colon), a bare number does as long as it stands on
 * one product.
 * @throws Problem `not_found`, also for another seller's lot; `conflict` for a bare number of several lots, with their full names
 */
export async function ownLot(sellerId: string, name: string): Promise<StoredLot> {
  const { gtin: named, number } = readLotName(name);
  const gtins = named ? [named] : await readSellerLotGtins(sellerId, number);
  const found = await Promise.all(gtins.map((gtin) => readLot(gtin, number)));
  // Of some that were named once nothing is kept any more.
  const [lot, ...more] = found.filter((one) => one?.sellerId === sellerId) as StoredLot[];
  if (!lot) throw notFound({ vi: 'Gian hàng không có lô này.', en: 'You have no such lot.' });
  if (more.length > 0) throw severalLots(number, [lot, ...more]);
  return lot;
}

/** How far a recall's notices are. Nothing is connected yet that sends them. */
export const noticesOf = ({ queued, allQueuedAt }: StoredRecall) => ({ queued, sent: 0, complete: allQueuedAt !== undefined });

/** What the seller sees of it. */
export const lotAnswer = (lot: StoredLot): Lot => ({
  lot: lot.lot,
  sku: lot.sku,
  gtin: lot.gtin,
  productName: lot.productName,
  harvestedOn: lot.harvestedOn,
  useBy: lot.useBy,
  quantityGrams: lot.quantityGrams,
  plantingAreaCode: lot.plantingAreaCode,
  certificates: lot.certificates,
  photos: lot.photos?.map(photoOf),
  note: lot.note,
  codesIssued: lot.codesIssued,
  codedGrams: lot.codedGrams,
  recordedAt: lot.recordedAt,
  doubtful: lot.doubtful && { since: lot.doubtful.since, provinces: lot.doubtful.provinces.map(placeName) },
  recall: lot.recall && {
    reason: lot.recall.reason,
    at: lot.recall.at,
    notices: noticesOf(lot.recall),
  },
});
