import { spreadStock } from '../../shared/orders/stock.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { findSku } from '../catalog/find-sku.ts';
import { newId } from '../platform/ids.ts';
import { jitter } from '../platform/retry.ts';
import { placeName, readShards, replaceShards } from './stock-store.ts';

/**
 * Sets how many units of a SKU can be sold from now on. What is reserved or sold is not touched; a sale between reading and
 * writing makes it read again, so a seller's number never brings sold units back.
 *
 * @param change `by` is the seller's id, for the movement
 */
export async function setStock(change: { sku: string; quantity: number; by: string; now: Date }): Promise<void> {
  const shards = (await findSku(change.sku))?.stockShards ?? 1;
  for (let attempt = 1; attempt <= 10; attempt++) {
    const read = (await readShards([{ sku: change.sku, shards }])).get(placeName(change)) ?? [];
    const record = { id: newId('mov', change.now), at: change.now.toISOString(), by: change.by, kind: 'set' };
    if (await replaceShards({ sku: change.sku }, read, spreadStock(change.quantity, shards), record)) return;
    await jitter(attempt);
  }
  throw new Problem(
    'unavailable',
    {
      vi: 'Mặt hàng đang bán rất nhanh, chưa đặt lại được số lượng. Xin thử lại.',
      en: 'The item is selling too fast right now. Please try again.',
    },
    { retryAfterSeconds: 1 },
  );
}
