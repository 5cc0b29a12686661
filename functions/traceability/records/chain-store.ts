import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { addMonths } from '../../../shared/platform/time.ts';
import type { DayRecord, Leaf } from '../../../shared/traceability/records/chain.ts';
import { dueAfter, leastMonths } from '../../../shared/traceability/records/retention.ts';
import { tables } from '../../platform/config.ts';
import { dynamo, getMany, type Item, queryAll, transact } from '../../platform/dynamo.ts';
import { headKey } from '../epcis/event-store.ts';
import { remind } from './due-store.ts';

/*
 * The chain of a seller's days (decision 010):
 *   CHAIN#{seller}          DAY#{day}     the day's record, never changed
 *                           LAST          day and hash of the newest, which the next is closed upon
 *   LEAVES#{seller}#{day}   {n}           the day's fingerprints in order, zipped; forgotten events are marked in it
 */
const table = tables.traceability;
const dayKey = (sellerId: string, day: string) => ({ pk: `CHAIN#${sellerId}`, sk: `DAY#${day}` });
const lastKey = (sellerId: string) => ({ pk: `CHAIN#${sellerId}`, sk: 'LAST' });
const leavesPartition = (sellerId: string, day: string): string => `LEAVES#${sellerId}#${day}`;

/** An item holds 400 KB, and hashes hardly get smaller by zipping. */
const leavesBytes = 350_000;

export type LastDay = Pick<DayRecord, 'day' | 'hash'>;

const recordOf = ({ day, count, firstRecordTime, lastRecordTime, merkleRoot, previous, hash }: Item): DayRecord =>
  ({ day, count, firstRecordTime, lastRecordTime, merkleRoot, previous, hash }) as DayRecord;

/** Up to when sellers have recorded and which day was closed last, for many at once. */
export async function readClosing(
  sellerIds: readonly string[],
): Promise<Map<string, { recordTime: string | undefined; last: LastDay | undefined }>> {
  const found = await getMany(
    table,
    sellerIds.flatMap((id) => [headKey(id), lastKey(id)]),
  );
  const at = ({ pk, sk }: { pk: string; sk: string }): Item | undefined => found.get(`${pk}|${sk}`);
  return new Map(
    sellerIds.map((id) => [
      id,
      { recordTime: at(headKey(id))?.recordTime as string | undefined, last: at(lastKey(id)) as unknown as LastDay | undefined },
    ]),
  );
}

/**
 * Moves what is visible of a seller's events up to this instant, so that whatever is recorded from now on is recorded later, by whatever
 * clock: the days before it stand still. False while a large capture that began earlier is still being written.
 */
export async function sealUpTo(sellerId: string, instant: string): Promise<boolean> {
  try {
    await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: headKey(sellerId),
        UpdateExpression: 'SET recordTime = :instant',
        ConditionExpression: 'recordTime < :instant AND attribute_not_exists(job)',
        ExpressionAttributeValues: { ':instant': instant },
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const recordTime = (await readClosing([sellerId])).get(sellerId)?.recordTime;
    return recordTime !== undefined && recordTime >= instant;
  }
}

/** Pieces that fit an item, in order. */
function pieces(leaves: readonly Leaf[]): Leaf[][] {
  const made: { leaves: Leaf[]; bytes: number }[] = [];
  for (const leaf of leaves) {
    const bytes = Buffer.byteLength(JSON.stringify(leaf)) + 1;
    const last = made.at(-1);
    if (last && last.bytes + bytes <= leavesBytes) {
      last.leaves.push(leaf);
      last.bytes += bytes;
    } else made.push({ leaves: [leaf], bytes });
  }
  return made.map((piece) => piece.leaves);
}

const zip = (leaves: readonly Leaf[]): Uint8Array => gzipSync(JSON.stringify(leaves));
/** One item of a day's leaves. */
export const unzipLeaves = (zipped: unknown): Leaf[] => JSON.parse(gunzipSync(zipped as Uint8Array).toString()) as Leaf[];

/**
 * Closes a day: first its fingerprints, the same for whoever writes them, then in one write the record, which day is the newest, and the
 * reminder that its events may be forgotten one day. False when another run closed it, or a day after `last`, first.
 */
export async function putDay(sellerId: string, record: DayRecord, leaves: readonly Leaf[], last: LastDay | undefined): Promise<boolean> {
  for (const [n, piece] of pieces(leaves).entries())
    await dynamo.send(
      new PutCommand({
        TableName: table,
        Item: { pk: leavesPartition(sellerId, record.day), sk: String(n).padStart(4, '0'), sellerId, day: record.day, leaves: zip(piece) },
      }),
    );
  const written = await transact([
    { Put: { TableName: table, Item: { ...dayKey(sellerId, record.day), ...record }, ConditionExpression: 'attribute_not_exists(pk)' } },
    {
      Put: {
        TableName: table,
        Item: { ...lastKey(sellerId), day: record.day, hash: record.hash },
        ...(last
          ? {
              ConditionExpression: '#hash = :last',
              ExpressionAttributeNames: { '#hash': 'hash' },
              ExpressionAttributeValues: { ':last': last.hash },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
    remind({ kind: 'EVENTS', sellerId, day: record.day }, dueAfter(addMonths(record.day, leastMonths))),
  ]);
  return written.ok;
}

/** One page of a seller's closed days, newest first. @param after a day: those before it */
export async function readDays(
  sellerId: string,
  { from, to, limit, after }: { from?: string | undefined; to?: string | undefined; limit: number; after?: string | undefined },
): Promise<{ days: DayRecord[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': dayKey(sellerId, '').pk, ':from': `DAY#${from ?? ''}`, ':to': `DAY#${to ?? '~'}` },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: dayKey(sellerId, after) }),
    }),
  );
  return { days: Items.map(recordOf), more: LastEvaluatedKey !== undefined };
}

export async function readDay(sellerId: string, day: string): Promise<DayRecord | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: dayKey(sellerId, day), ConsistentRead: true }));
  return Item && recordOf(Item);
}

/** A piece of a day's leaves, with the zipped bytes by which a change of it is noticed. */
export interface LeafPiece {
  n: string;
  zipped: Uint8Array;
  leaves: Leaf[];
}

/** A day's fingerprints in order. */
export async function readLeaves(sellerId: string, day: string): Promise<LeafPiece[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': leavesPartition(sellerId, day) },
    ConsistentRead: true,
  });
  return items.map(({ sk, leaves }) => ({ n: String(sk), zipped: leaves as Uint8Array, leaves: unzipLeaves(leaves) }));
}

/** Writes marks into a piece as it was read; false when another run changed it meanwhile. */
export async function markLeaves(sellerId: string, day: string, piece: LeafPiece, marked: readonly Leaf[]): Promise<boolean> {
  const written = await transact([
    {
      Update: {
        TableName: table,
        Key: { pk: leavesPartition(sellerId, day), sk: piece.n },
        UpdateExpression: 'SET leaves = :marked',
        ConditionExpression: 'leaves = :read',
        ExpressionAttributeValues: { ':marked': zip(marked), ':read': piece.zipped },
      },
    },
  ]);
  return written.ok;
}

/** What a row of the table says of chains, for whoever reads the whole table. */
export function chainRow(
  item: Item,
): { sellerId: string; record: DayRecord } | { sellerId: string; day: string; n: string; leaves: Leaf[] } | undefined {
  const { pk, sk } = item as { pk: string; sk: string };
  if (pk.startsWith('CHAIN#') && sk.startsWith('DAY#')) return { sellerId: pk.slice('CHAIN#'.length), record: recordOf(item) };
  if (!pk.startsWith('LEAVES#')) return undefined;
  return { sellerId: String(item.sellerId), day: String(item.day), n: sk, leaves: unzipLeaves(item.leaves) };
}
