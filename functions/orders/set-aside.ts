import { planStock } from '../../shared/orders/stock.ts';
import { findSkus } from '../catalog/find-sku.ts';
import type { TransactItem } from '../platform/dynamo.ts';
import { transact } from '../platform/dynamo.ts';
import { jitter } from '../platform/retry.ts';
import { closeShard, moveAside, movement, openShard, placeName, readShards, type StockPlace } from './stock-store.ts';

/**
 * The writes that set units aside for a campaign's offers, so that other sales cannot break them; the caller writes them together
 * with the campaign.
 *
 * @returns `short`: indexes of the offers for which too few units are left
 */
export async function setAside(
  campaign: string,
  offers: readonly { sku: string; limit: number }[],
  by: string,
  now: Date,
): Promise<{ items: TransactItem[] } | { short: number[] }> {
  const skus = await findSkus(offers.map((o) => o.sku));
  const shards = await readShards(offers.map(({ sku }) => ({ sku, shards: skus.get(sku)?.stockShards ?? 1 })));
  const plans = offers.map(({ sku, limit }) => planStock(shards.get(placeName({ sku })) ?? [], limit, Math.random()));
  const short = plans.flatMap((plan, i) => (plan ? [] : [i]));
  if (short.length > 0) return { short };
  const items = offers.flatMap(({ sku, limit }, i) => {
    const taken = (plans[i] ?? []).map((a) => ({ sku, ...a }));
    const lines = [...taken.map((t) => ({ ...t, quantity: -t.quantity })), { sku, campaign, shard: '00', quantity: limit }];
    const record = movement(placeName({ sku, campaign }), 'set-aside', { kind: 'set_aside', at: now.toISOString(), by, lines });
    return [...taken.map(moveAside), openShard({ sku, campaign }, limit), record];
  });
  return { items };
}

/** Closes a campaign's offer and puts what is left of it back on the product's shelf, exactly once. Doing it again changes nothing. */
export async function bringBack(campaign: string, sku: string, now: Date): Promise<void> {
  const place: StockPlace = { sku, campaign };
  for (let attempt = 1; attempt <= 20; attempt++) {
    const left = (await readShards([{ ...place, shards: 1 }])).get(placeName(place))?.[0]?.available ?? 0;
    const lines = [
      { sku, campaign, shard: '00', quantity: -left },
      { sku, shard: '00', quantity: left },
    ];
    const record = movement(placeName(place), 'brought-back', { kind: 'brought_back', at: now.toISOString(), by: 'campaign', lines });
    const result = await transact([...closeShard(place, left, now), record]);
    // The movement is written once: if it is there, the offer was closed before.
    if (result.ok || result.refused.some(({ index }) => index === 2)) return;
    await jitter(attempt);
  }
  throw new Error(`offer ${sku} of ${campaign} could not be closed: it keeps selling`);
}

/** How many units of each offer are left. */
export async function readOffersLeft(campaign: string, skus: readonly string[]): Promise<Map<string, number>> {
  const shards = await readShards(skus.map((sku) => ({ sku, campaign, shards: 1 })));
  return new Map(skus.map((sku) => [sku, Math.max(0, shards.get(placeName({ sku, campaign }))?.[0]?.available ?? 0)]));
}
