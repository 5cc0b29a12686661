import { addUpMoves, type Move } from '../../shared/orders/book.ts';
import { spreadStock } from '../../shared/orders/stock.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { transact } from '../platform/dynamo.ts';
import { newId } from '../platform/ids.ts';
import { jitter } from '../platform/retry.ts';
import { arrange, movement, moveUnits, placeName, readStock, type Stock } from './stock-store.ts';

/**
 * Sets how many units of a SKU can be sold from now on: what is missing is added, what is too much is taken off. What is reserved
 * or sold is not touched, and a sale between reading and writing comes off the new number, so a seller's number never brings sold
 * units back and never waits for a quiet moment. Of two numbers set at once one comes after the other.
 *
 * @param change `by` is the seller's id, for the movement
 */
export async function setStock(change: { sku: string; quantity: number; by: string; now: Date }): Promise<void> {
  const { sku } = change;
  for (let attempt = 1; attempt <= 10; attempt++) {
    const read = (await readStock([{ sku }])).get(placeName({ sku })) as Stock;
    const share = spreadStock(change.quantity, read.shards.length);
    const [first, ...others] = read.shards.map((shard, i) => ({ sku, shard: shard.id, available: (share[i] ?? 0) - shard.available }));
    const lines = addUpMoves([first as Move, ...others]);
    if (lines.length === 0) return;
    const record = { kind: 'set', at: change.now.toISOString(), by: change.by, lines };
    const result = await transact([
      arrange(first as Move, read),
      ...moveUnits(others).map(({ item }) => item),
      movement(placeName({ sku }), newId('mov', change.now), record),
    ]);
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
