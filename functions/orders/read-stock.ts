import { findSkus } from '../catalog/find-sku.ts';
import { placeName, readShards } from './stock-store.ts';

/** How many units of each SKU can be sold right now, over all its counters; 0 for what was never stocked. */
export async function readAvailable(skus: readonly string[]): Promise<Map<string, number>> {
  if (skus.length === 0) return new Map();
  const records = await findSkus(skus);
  const shards = await readShards(skus.map((sku) => ({ sku, shards: records.get(sku)?.stockShards ?? 1 })));
  return new Map(skus.map((sku) => [sku, (shards.get(placeName({ sku })) ?? []).reduce((sum, s) => sum + s.available, 0)]));
}
