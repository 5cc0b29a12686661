import { spreadStock } from '../../shared/orders/stock.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import { newId } from '../platform/ids.ts';
import { arrange, closeShard, movement, placeName, readStock, reopenShard, type StockPlace, shardName } from './stock-store.ts';

/** DynamoDB takes about 1,000 writes a second on one item, and cancels overlapping transactions long before; 16 counters serve any evening we know of. */
export const mostShards = 16;

/**
 * Spreads a place's units evenly over `shards` counters, while sales go on. All in one write: whoever planned from the counters as
 * they were is refused by a condition and plans again. Counters that are given up are emptied and closed; units of cancelled orders
 * that were taken from them come back to the first counter.
 *
 * @returns false when a sale or someone else came in between (nothing was changed; ask again if it still matters)
 */
export async function reshardStock(place: StockPlace, shards: number, now: Date): Promise<boolean> {
  if (!Number.isInteger(shards) || shards < 1 || shards > mostShards)
    throw new RangeError(`a place has 1 to ${mostShards} counters, not ${shards}`);
  const read = (await readStock([place])).get(placeName(place));
  if (!read || read.shards.length === shards) return true;
  const share = spreadStock(
    read.shards.reduce((sum, s) => sum + s.available, 0),
    shards,
  );
  const count = Math.max(shards, read.shards.length);
  const lines = Array.from({ length: count }, (_, n) => ({
    sku: place.sku,
    ...(place.campaign === undefined ? {} : { campaign: place.campaign }),
    shard: shardName(n),
    available: (share[n] ?? 0) - (read.shards[n]?.available ?? 0),
  }));
  const items = lines.map((line, n): TransactItem => {
    if (n === 0) return arrange(line, read, shards);
    return n < shards ? reopenShard(line) : closeShard(line, -line.available, now);
  });
  const record = { kind: 'reshard', at: now.toISOString(), by: 'market', lines: lines.filter((line) => line.available !== 0) };
  return (await transact([...items, movement(placeName(place), newId('mov', now), record)])).ok;
}
