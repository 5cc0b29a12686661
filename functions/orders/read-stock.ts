import { placeName, readStock } from './stock-store.ts';

/** How many units of each SKU can be sold right now, over all its counters; 0 for what was never stocked. */
export async function readAvailable(skus: readonly string[]): Promise<Map<string, number>> {
  const stock = await readStock(skus.map((sku) => ({ sku })));
  return new Map(skus.map((sku) => [sku, (stock.get(placeName({ sku }))?.shards ?? []).reduce((sum, shard) => sum + shard.available, 0)]));
}

/** Where a SKU's stock lies: whoever keeps a snapshot of it drops the snapshot when this partition is written. */
export const stockPartition = (sku: string): string => placeName({ sku });
