import type { Counter } from '../../shared/orders/book.ts';
import { log } from '../platform/log.ts';
import type { BasketLine } from './basket.ts';
import { mostShards, reshardStock } from './reshard-stock.ts';
import { placeName } from './stock-store.ts';

/** Fewer units than this for each counter are not worth spreading: the last buyers would need several counters each. */
const fewestPerShard = 4;

/** How many counters a place should have after an order: twice as many where rivals met, half as many where one counter did not suffice. */
function shardsFor({ stock, quantity }: BasketLine, isContended: boolean): number {
  const shards = stock.shards.length;
  const available = stock.shards.reduce((sum, s) => sum + s.available, 0);
  if (isContended) return available >= 2 * shards * fewestPerShard ? Math.min(mostShards, 2 * shards) : shards;
  return stock.shards.every((s) => s.available < quantity) ? Math.ceil(shards / 2) : shards;
}

/**
 * After a sale: splits the stock of a SKU that everyone wants at once into more counters, and gathers what is left of one that is
 * running out. A courtesy to the next buyers: when it does not succeed the order stands and the next one tries again.
 *
 * @param contended counters on which DynamoDB cancelled this order's writes because another was under way
 */
export async function keepStockFluent(lines: readonly BasketLine[], contended: readonly Counter[], now: Date): Promise<void> {
  const hot = new Set(contended.map(placeName));
  for (const line of lines) {
    const shards = shardsFor(line, hot.has(placeName(line.place)));
    if (shards === line.stock.shards.length) continue;
    try {
      await reshardStock(line.place, shards, now);
    } catch (error) {
      log.warn('stock not spread anew', { sku: line.place.sku, shards, error: error as Error });
    }
  }
}
