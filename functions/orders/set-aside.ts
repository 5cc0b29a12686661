import { addUpMoves } from '../../shared/orders/book.ts';
import { planStock } from '../../shared/orders/stock.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import { jitter } from '../platform/retry.ts';
import {
  closeShard,
  isStill,
  movement,
  moveUnits,
  openShard,
  placeName,
  readStock,
  type Stock,
  type StockPlace,
  shardName,
} from './stock-store.ts';

/**
 * The writes that set units aside for a campaign's offers, so that other sales cannot break them; the caller writes them together
 * with the campaign.
 *
 * @returns `short`: indexes of the offers for which too few units are left; undefined when units were arranged anew while they were
 * read (ask again)
 */
export async function setAside(
  campaign: string,
  offers: readonly { sku: string; limit: number }[],
  by: string,
  now: Date,
): Promise<{ items: TransactItem[] } | { short: number[] } | undefined> {
  const stock = await readStock(offers.map(({ sku }) => ({ sku })));
  const plans = offers.map(({ sku, limit }) => planStock(stock.get(placeName({ sku }))?.shards ?? [], limit, Math.random()));
  const short = plans.flatMap((plan, i) => (plan ? [] : [i]));
  if (short.length > 0) {
    const read = offers.map(({ sku }) => ({ sku, epoch: stock.get(placeName({ sku }))?.epoch ?? 0 }));
    return (await isStill(read)) ? { short } : undefined;
  }
  const items = offers.flatMap(({ sku, limit }, i) => {
    const taken = (plans[i] ?? []).map(({ shard, quantity }) => ({ sku, shard, available: -quantity }));
    const lines = [...taken, { sku, campaign, shard: shardName(0), available: limit }];
    const record = movement(placeName({ sku, campaign }), 'set-aside', { kind: 'set_aside', at: now.toISOString(), by, lines });
    return [...moveUnits(taken).map(({ item }) => item), openShard({ sku, campaign }, limit), record];
  });
  return { items };
}

/** Closes a campaign's offer and puts what is left of it back on the product's shelf, exactly once. Doing it again changes nothing. */
export async function bringBack(campaign: string, sku: string, now: Date): Promise<void> {
  const place: StockPlace = { sku, campaign };
  for (let attempt = 1; attempt <= 20; attempt++) {
    const read = (await readStock([place])).get(placeName(place)) as Stock;
    const { shards } = read;
    const left = shards.reduce((sum, shard) => sum + shard.available, 0);
    const back = { sku, shard: shardName(0), available: left };
    const lines = addUpMoves([...shards.map((shard) => ({ ...place, shard: shard.id, available: -shard.available })), back]);
    const result = await transact([
      movement(placeName(place), 'brought-back', { kind: 'brought_back', at: now.toISOString(), by: 'campaign', lines }),
      ...shards.map((shard, i) => closeShard({ ...place, shard: shard.id }, shard.available, now, i === 0 ? read : undefined)),
      ...moveUnits([back]).map(({ item }) => item),
    ]);
    // The movement is written once: if it is there, the offer was closed before.
    if (result.ok || result.refused.some(({ index }) => index === 0)) return;
    await jitter(attempt);
  }
  throw new Error(`offer ${sku} of ${campaign} could not be closed: it keeps selling`);
}

/** How many units of each offer are left. */
export async function readOffersLeft(campaign: string, skus: readonly string[]): Promise<Map<string, number>> {
  const stock = await readStock(skus.map((sku) => ({ sku, campaign })));
  return new Map(
    skus.map((sku) => [
      sku,
      (stock.get(placeName({ sku, campaign }))?.shards ?? []).reduce((sum, shard) => sum + Math.max(0, shard.available), 0),
    ]),
  );
}
