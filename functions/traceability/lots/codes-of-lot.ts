import { notFound } from '../../../shared/platform/problem.ts';
import { type Code, pageOf } from '../../../shared/traceability/codes-csv.ts';
import { readBatches, readSerials, type StoredLot, serialsPerRow } from '../store.ts';
import { ownLot } from './own-lot.ts';

/** Codes numbered `from` to `to` (excluded) in the order of issue; of a batch still being written, those that are there. */
async function codesBetween(lot: StoredLot, from: number, to: number): Promise<Code[]> {
  const codes: Code[] = [];
  let first = 0;
  for (const batch of await readBatches(lot.gtin, lot.lot)) {
    const start = Math.max(from - first, 0);
    const end = Math.min(to - first, batch.count);
    first += batch.count;
    if (start >= end) continue;
    const rows = await readSerials(batch.id, Math.floor(start / serialsPerRow), Math.floor((end - 1) / serialsPerRow));
    for (const [n, serials] of rows) {
      const here = serials.filter((_, i) => n * serialsPerRow + i >= start && n * serialsPerRow + i < end);
      codes.push(...here.map((serial) => ({ serial, gtin: lot.gtin, lot: lot.lot })));
    }
  }
  return codes;
}

/**
 * One page of the codes of a seller's own lot; without a page number the newest.
 * @throws Problem `not_found` when the lot is another's or has no such page
 */
export async function codesOfLot(
  sellerId: string,
  lotName: string,
  pageSize: number,
  page: number | undefined,
): Promise<{ lot: StoredLot; codes: Code[]; pages: number }> {
  const lot = await ownLot(sellerId, lotName);
  const place = pageOf(lot.codesIssued, pageSize, page);
  if (!place) throw notFound({ vi: 'Lô này không có mã nào ở trang đó.', en: 'This lot has no codes on that page.' });
  return { lot, codes: await codesBetween(lot, place.from, place.to), pages: place.pages };
}
