import type { Shard } from '../../shared/orders/stock.ts';
import { tables } from '../platform/config.ts';
import { getMany, type Item, type TransactItem, transact } from '../platform/dynamo.ts';
import type { Holding } from './records.ts';

const TableName = tables.commerce;

/** A SKU's own stock, or a campaign's set-aside units of it. */
export interface StockPlace {
  sku: string;
  campaign?: string | undefined;
}

const partition = ({ sku, campaign }: StockPlace) => (campaign === undefined ? `STOCK#${sku}` : `OFFER#${campaign}#${sku}`);
const shardName = (n: number) => String(n).padStart(2, '0');
export const shardKey = (place: StockPlace, shard: string) => ({ pk: partition(place), sk: `SHARD#${shard}` });

/** The keys of a place's first counter, to be read together with other things. */
export const firstShardKey = (place: StockPlace) => shardKey(place, '00');
export const shardOf = (item: Item | undefined, id = '00'): Shard => ({ id, available: Number(item?.available ?? 0) });

/** All counters of several places, each with how many counters it is split into. */
export async function readShards(places: readonly (StockPlace & { shards: number })[]): Promise<Map<string, Shard[]>> {
  const keys = places.map((place) => Array.from({ length: place.shards }, (_, n) => shardKey(place, shardName(n))));
  const items = await getMany(TableName, keys.flat());
  return new Map(
    places.map((place, i) => [placeName(place), (keys[i] ?? []).map((key, n) => shardOf(items.get(`${key.pk}|${key.sk}`), shardName(n)))]),
  );
}

export const placeName = (place: StockPlace): string => partition(place);

export type HeldAs = 'reserved' | 'sold';

/** Takes units: the only way stock goes down. The condition decides, whatever was read before. */
export const takeUnits = (holding: Holding, as: HeldAs): TransactItem => ({
  Update: {
    TableName,
    Key: shardKey(holding, holding.shard),
    UpdateExpression: 'ADD available :minus, #as :plus',
    ConditionExpression: 'available >= :plus',
    ExpressionAttributeNames: { '#as': as },
    ExpressionAttributeValues: { ':minus': -holding.quantity, ':plus': holding.quantity },
  },
});

/** Gives units back. Set-aside units of a campaign that has been closed are refused: they belong to the product's own stock again. */
export const returnUnits = (holding: Holding, from: HeldAs): TransactItem => ({
  Update: {
    TableName,
    Key: shardKey(holding, holding.shard),
    UpdateExpression: 'ADD available :plus, #from :minus',
    ConditionExpression: '#from >= :plus AND attribute_not_exists(closedAt)',
    ExpressionAttributeNames: { '#from': from },
    ExpressionAttributeValues: { ':minus': -holding.quantity, ':plus': holding.quantity },
  },
});

/** The same for a campaign that is over: out of its books, onto the product's own shelf. */
export const returnToShelf = (holding: Holding, from: HeldAs): TransactItem[] => [
  {
    Update: {
      TableName,
      Key: shardKey(holding, holding.shard),
      UpdateExpression: 'ADD #from :minus',
      ConditionExpression: '#from >= :plus AND attribute_exists(closedAt)',
      ExpressionAttributeNames: { '#from': from },
      ExpressionAttributeValues: { ':minus': -holding.quantity, ':plus': holding.quantity },
    },
  },
  {
    Update: {
      TableName,
      Key: shardKey({ sku: holding.sku }, '00'),
      UpdateExpression: 'ADD available :plus',
      ExpressionAttributeValues: { ':plus': holding.quantity },
    },
  },
];

/** Reserved units of a package that has been paid are sold. */
export const sellReserved = (holding: Holding): TransactItem => ({
  Update: {
    TableName,
    Key: shardKey(holding, holding.shard),
    UpdateExpression: 'ADD reserved :minus, sold :plus',
    ConditionExpression: 'reserved >= :plus',
    ExpressionAttributeValues: { ':minus': -holding.quantity, ':plus': holding.quantity },
  },
});

/** What moved between the counters, why and for which order: written in the same transaction, once, never changed. */
export const movement = (
  pk: string,
  id: string,
  record: {
    kind: string;
    at: string;
    by: string;
    lines: { sku: string; campaign?: string | undefined; shard: string; quantity: number }[];
  },
): TransactItem => ({
  Put: { TableName, Item: { pk, sk: `MOVEMENT#${id}`, ...record }, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Sets each counter to a new number, if it still holds what was read; the movement tells the difference. */
export async function replaceShards(
  place: StockPlace,
  read: readonly Shard[],
  next: readonly number[],
  record: { id: string; at: string; by: string; kind: string },
): Promise<boolean> {
  const updates = read.map(
    (shard, i): TransactItem => ({
      Update: {
        TableName,
        Key: shardKey(place, shard.id),
        UpdateExpression: 'SET available = :next, sku = :sku ADD reserved :zero, sold :zero',
        ConditionExpression: shard.available === 0 ? 'attribute_not_exists(available) OR available = :read' : 'available = :read',
        ExpressionAttributeValues: { ':next': next[i] ?? 0, ':read': shard.available, ':sku': place.sku, ':zero': 0 },
      },
    }),
  );
  const lines = read.map((shard, i) => ({
    sku: place.sku,
    campaign: place.campaign,
    shard: shard.id,
    quantity: (next[i] ?? 0) - shard.available,
  }));
  const result = await transact([
    ...updates,
    movement(partition(place), record.id, { kind: record.kind, at: record.at, by: record.by, lines }),
  ]);
  return result.ok;
}

/** Moves units of the product's own stock out of sale, for a campaign. */
export const moveAside = (taken: { sku: string; shard: string; quantity: number }): TransactItem => ({
  Update: {
    TableName,
    Key: shardKey({ sku: taken.sku }, taken.shard),
    UpdateExpression: 'ADD available :minus',
    ConditionExpression: 'available >= :plus',
    ExpressionAttributeValues: { ':minus': -taken.quantity, ':plus': taken.quantity },
  },
});

/** A campaign's own counter, once. */
export const openShard = (place: StockPlace, quantity: number): TransactItem => ({
  Put: {
    TableName,
    Item: { ...firstShardKey(place), sku: place.sku, campaign: place.campaign, available: quantity, reserved: 0, sold: 0 },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Empties and closes a campaign's counter, as read, onto the product's shelf. */
export const closeShard = (place: StockPlace, left: number, now: Date): TransactItem[] => [
  {
    Update: {
      TableName,
      Key: firstShardKey(place),
      UpdateExpression: 'SET available = :zero, closedAt = :now',
      ConditionExpression: 'available = :left AND attribute_not_exists(closedAt)',
      ExpressionAttributeValues: { ':zero': 0, ':left': left, ':now': now.toISOString() },
    },
  },
  {
    Update: {
      TableName,
      Key: firstShardKey({ sku: place.sku }),
      UpdateExpression: 'ADD available :left',
      ExpressionAttributeValues: { ':left': left },
    },
  },
];
