import { addUpMoves, type Counter, type Move } from '../../shared/orders/book.ts';
import type { Shard } from '../../shared/orders/stock.ts';
import { tables } from '../platform/config.ts';
import { getMany, type Item, type TransactItem } from '../platform/dynamo.ts';

const TableName = tables.commerce;

/** A SKU's own stock, or a campaign's set-aside units of it. */
export interface StockPlace {
  sku: string;
  campaign?: string | undefined;
}

/** A place's counters as read. Its first one knows how many there are. */
export interface Stock {
  shards: Shard[];
  /** Raised whenever a seller sets the number or units are spread anew; 0 for a place that never was touched so. */
  epoch: number;
}

const partition = ({ sku, campaign }: StockPlace) => (campaign === undefined ? `STOCK#${sku}` : `OFFER#${campaign}#${sku}`);
export const shardName = (n: number): string => String(n).padStart(2, '0');
const shardKey = (place: StockPlace, shard: string) => ({ pk: partition(place), sk: `SHARD#${shard}` });
const counterKey = (counter: Counter) => shardKey(counter, counter.shard);

/** The keys of a place's first counter, to be read together with other things. */
export const firstShardKey = (place: StockPlace) => shardKey(place, shardName(0));

export const placeName = (place: StockPlace): string => partition(place);

const shardsOf = (first: Item | undefined): number => Number(first?.shards ?? 1);
const itemAt = (items: ReadonlyMap<string, Item>, key: { pk: string; sk: string }) => items.get(`${key.pk}|${key.sk}`);

/**
 * The stock of several places. Their first counters may have been read already (`items`); only places that are split into more
 * counters need another read.
 */
export async function stockOf(places: readonly StockPlace[], items: ReadonlyMap<string, Item>): Promise<Map<string, Stock>> {
  const split = places.filter((place) => shardsOf(itemAt(items, firstShardKey(place))) > 1);
  const keys = (place: StockPlace) =>
    Array.from({ length: shardsOf(itemAt(items, firstShardKey(place))) }, (_, n) => shardKey(place, shardName(n)));
  const further = split.length > 0 ? await getMany(TableName, split.flatMap(keys)) : new Map<string, Item>();
  return new Map(
    places.map((place) => {
      const read = split.includes(place) ? further : items;
      return [
        partition(place),
        {
          shards: keys(place).map((key, n) => ({ id: shardName(n), available: Number(itemAt(read, key)?.available ?? 0) })),
          epoch: Number(itemAt(items, firstShardKey(place))?.epoch ?? 0),
        },
      ];
    }),
  );
}

export const readStock = async (places: readonly StockPlace[]): Promise<Map<string, Stock>> =>
  stockOf(places, await getMany(TableName, places.map(firstShardKey)));

/** Whether a place's counters are still those that were read: units that are spread anew are nowhere for whoever reads meanwhile. */
export async function isStill(read: readonly (StockPlace & { epoch: number })[]): Promise<boolean> {
  const items = await getMany(TableName, read.map(firstShardKey));
  return read.every((place) => Number(itemAt(items, firstShardKey(place))?.epoch ?? 0) === place.epoch);
}

/** A counter's writes and the condition they stand under. */
const updateOf = (
  key: { pk: string; sk: string },
  move: Move,
  { set = [], add = [], remove = [], conditions = [] }: UpdateParts,
  values: Item,
) => {
  const changed = (['available', 'reserved', 'sold'] as const).filter((name) => move[name]);
  const enough = changed.filter((name) => Number(move[name]) < 0);
  const adds = [...changed.map((name) => `${name} :${name}`), ...add, 'moves :one'];
  const all = [...enough.map((name) => `${name} >= :${name}Needed`), ...conditions];
  return {
    Update: {
      TableName,
      Key: key,
      UpdateExpression: [
        ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
        ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
        `ADD ${adds.join(', ')}`,
      ].join(' '),
      ...(all.length > 0 ? { ConditionExpression: all.join(' AND ') } : {}),
      ExpressionAttributeValues: {
        ':one': 1,
        ...Object.fromEntries(changed.map((name) => [`:${name}`, move[name]])),
        ...Object.fromEntries(enough.map((name) => [`:${name}Needed`, -Number(move[name])])),
        ...values,
      },
    },
  };
};
interface UpdateParts {
  set?: string[];
  add?: string[];
  remove?: string[];
  conditions?: string[];
}

/**
 * The writes of a line of the stock book, one per counter: the only way units move. A counter never goes below zero, and one that
 * has been closed (its campaign is over, or its units were moved together with others) takes none back. The condition decides,
 * whatever was read before.
 */
export const moveUnits = (moves: readonly Move[]): { move: Move; item: TransactItem }[] =>
  addUpMoves(moves).map((move) => ({
    move,
    item: updateOf(counterKey(move), move, { conditions: Number(move.available) > 0 ? ['attribute_not_exists(closedAt)'] : [] }, {}),
  }));

/** The stock book's entry: what moved, why and for whom; written in the transaction of the moves, once, never changed. */
export const movement = (
  pk: string,
  id: string,
  record: { kind: string; at: string; by: string; lines: readonly Move[] },
): TransactItem => ({
  Put: { TableName, Item: { pk, sk: `MOVEMENT#${id}`, ...record }, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** A campaign's own counter, once. */
export const openShard = (place: StockPlace, quantity: number): TransactItem => ({
  Put: {
    TableName,
    Item: { ...firstShardKey(place), sku: place.sku, campaign: place.campaign, available: quantity, reserved: 0, sold: 0, moves: 1 },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/**
 * Empties a counter exactly as read and closes it: what comes back later goes elsewhere.
 * @param read for a place's first counter: refused when its units have been arranged anew since
 */
export const closeShard = (counter: Counter, left: number, now: Date, read?: Stock): TransactItem => ({
  Update: {
    TableName,
    Key: counterKey(counter),
    UpdateExpression: 'SET available = :zero, closedAt = :now ADD moves :one',
    ConditionExpression: [
      `(available = :left${left === 0 ? ' OR attribute_not_exists(available)' : ''})`,
      'attribute_not_exists(closedAt)',
      ...(read ? [epochIs(read)] : []),
    ].join(' AND '),
    ExpressionAttributeValues: { ':zero': 0, ':left': left, ':now': now.toISOString(), ':one': 1, ...epochValue(read) },
  },
});

const epochIs = ({ epoch }: Stock) => (epoch === 0 ? 'attribute_not_exists(epoch)' : 'epoch = :epoch');
const epochValue = (read?: Stock) => (read && read.epoch > 0 ? { ':epoch': read.epoch } : {});

/** What a counter is besides its numbers; written with them because it may be new. */
const identity = ({ sku, campaign }: Move) => ({
  set: ['sku = :sku', ...(campaign === undefined ? [] : ['campaign = :campaign'])],
  add: ['reserved :zero', 'sold :zero'],
  values: { ':sku': sku, ':zero': 0, ...(campaign === undefined ? {} : { ':campaign': campaign }) },
});

/** Opens a counter, new or closed before, with its share of the units. */
export function reopenShard(move: Move): TransactItem {
  const { set, add, values } = identity(move);
  return updateOf(counterKey(move), move, { set, add, remove: ['closedAt'] }, values);
}

/**
 * The first counter's part in arranging a place's units anew: its own units, and how many counters there are from now on. Refused
 * when someone else did so since `read`; sales in between are no reason to refuse.
 */
export function arrange(move: Move, read: Stock, shards: number = read.shards.length): TransactItem {
  const { set, add, values } = identity(move);
  return updateOf(
    counterKey(move),
    move,
    { set: [...set, 'shards = :shards', 'epoch = :next'], add, conditions: [epochIs(read), 'attribute_not_exists(closedAt)'] },
    { ...values, ':shards': shards, ':next': read.epoch + 1, ...epochValue(read) },
  );
}
