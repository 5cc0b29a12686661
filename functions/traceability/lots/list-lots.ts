import type { Lot } from '../../../shared/traceability/contract.ts';
import { decodeCursor, encodeCursor, isKey } from '../../platform/cursor.ts';
import { type LotPlace, listLots } from '../store.ts';
import { lotAnswer } from './own-lot.ts';

const isPlace = (place: unknown): place is LotPlace & Record<string, string> =>
  isKey(place) && Object.keys(place).length === 3 && ['gtin', 'lot', 'at'].every((name) => place[name] !== undefined);

/** A seller's lots, newest first. */
export async function lotsOf(
  sellerId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: Lot[]; nextCursor?: string }> {
  const { lots, more } = await listLots(sellerId, limit, decodeCursor(cursor, isPlace));
  const last = lots.at(-1);
  return {
    items: lots.map(lotAnswer),
    ...(more && last ? { nextCursor: encodeCursor({ gtin: last.gtin, lot: last.lot, at: last.recordedAt }) } : {}),
  };
}
