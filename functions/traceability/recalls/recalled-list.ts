import type { RecalledLot } from '../../../shared/traceability/recalls/contract.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import { findSeller } from '../../sellers/find-seller.ts';
import { noticesOf } from '../lots/own-lot.ts';
import { isStandingPlace, readStanding } from './recall-store.ts';

/** Lots under recall, the latest recall first, with whom to call about each. */
export async function recalledList({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<{
  items: RecalledLot[];
  nextCursor?: string;
}> {
  const { lots, next } = await readStanding(limit, decodeCursor(cursor, isStandingPlace));
  const items = await Promise.all(
    lots.map(async ({ gtin, lot, productName, harvestedOn, sellerId, recall }) => {
      const seller = await findSeller(sellerId);
      return {
        ...{ gtin, lot, productName, harvestedOn },
        ...(seller ? { seller: { slug: seller.slug, name: seller.name } } : {}),
        recall: { reason: recall.reason, at: recall.at, notices: noticesOf(recall) },
      };
    }),
  );
  return { items, ...(next ? { nextCursor: encodeCursor(next) } : {}) };
}
