import { spreadStock } from '../../shared/orders/stock.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { transact } from '../platform/dynamo.ts';
import { newId } from '../platform/ids.ts';
import { jitter } from '../platform/retry.ts';
import { movement, placeName, putOnShelf, readStock } from './stock-store.ts';

/**
 * Sets how many units of a SKU can be sold from now on: what is missing is added, what is too much is taken off. What is reserved
 * or sold is not touched, and a sale between reading and writing comes off the new number, so a seller's number never brings sold
 * units back and never waits for a quiet moment.
 *
 * @param change `by` is the seller's id, for the movement
 */
export async function setStock(change: { sku: string; quantity: number; by: string; now: Date }): Promise<void> {
  const { sku } = change;
  for (let attempt = 1; attempt <= 10; attempt++) {
    const shards = (await readStock([{ sku }])).get(placeName({ sku }))?.shards ?? [];
    const share = spreadStock(change.quantity, shards.length);
    const lines = shards
      .map((shard, i) => ({ sku, shard: shard.id, available: (share[i] ?? 0) - shard.available }))
      .filter(({ available }) => available !== 0);
    if (lines.length === 0) return;
    const record = { kind: 'set', at: change.now.toISOString(), by: change.by, lines };
    const result = await transact([...lines.map(putOnShelf), movement(placeName({ sku }), newId('mov', change.now), record)]);
    if (result.ok) return;
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
