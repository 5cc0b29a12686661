import { skuKey } from '../catalog/sku-key.ts';
import { tables } from '../platform/config.ts';
import { getMany } from '../platform/dynamo.ts';
import { firstShardKey, placeName, readShards, shardOf } from './stock-store.ts';

/**
 * How many units of each SKU can be sold right now, over all its counters; 0 for what was never stocked.
 * One batch reads every SKU with its first counter; only stock that is split into more needs a second.
 */
export async function readAvailable(skus: readonly string[]): Promise<Map<string, number>> {
  const items = await getMany(tables.commerce, [...skus.map(skuKey), ...skus.map((sku) => firstShardKey({ sku }))]);
  const at = (key: { pk: string; sk: string }) => items.get(`${key.pk}|${key.sk}`);
  const places = skus.map((sku) => ({ sku, shards: Number(at(skuKey(sku))?.stockShards ?? 1) }));
  const split = await readShards(places.filter((place) => place.shards > 1));
  return new Map(
    skus.map((sku) => {
      const shards = split.get(placeName({ sku })) ?? [shardOf(at(firstShardKey({ sku })))];
      return [sku, shards.reduce((sum, shard) => sum + shard.available, 0)];
    }),
  );
}
