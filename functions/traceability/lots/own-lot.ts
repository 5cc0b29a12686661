import { notFound } from '../../../shared/platform/problem.ts';
import type { Lot } from '../../../shared/traceability/contract.ts';
import { photoOf } from '../../../shared/traceability/photos/contract.ts';
import { placeName } from '../../../shared/traceability/scans/viewer-place.ts';
import { readLot, readSellerLotGtin, type StoredLot, type StoredRecall } from '../store.ts';

/** `{gtin}:{lot}` or a bare lot number, which never holds a colon. */
export function readLotName(name: string): { gtin?: string | undefined; number: string } {
  const exact = /^(\d{14}):(.+)$/.exec(name);
  return { gtin: exact?.[1], number: exact?.[2] ?? name };
}

/**
 * The seller's own lot. A bare number means the newest lot of that number, since the same number may stand on two products;
 * `{gtin}:{lot}` names exactly one (a lot number never holds a colon).
 * @throws Problem `not_found`, also for another seller's lot
 */
export async function ownLot(sellerId: string, name: string): Promise<StoredLot> {
  const { gtin: named, number } = readLotName(name);
  const gtin = named ?? (await readSellerLotGtin(sellerId, number));
  const lot = gtin ? await readLot(gtin, number) : undefined;
  if (lot?.sellerId !== sellerId) throw notFound({ vi: 'Gian hàng không có lô này.', en: 'You have no such lot.' });
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
