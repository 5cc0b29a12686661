import { gunzipSync, gzipSync } from 'node:zlib';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LotReadings } from '../../../shared/traceability/readings/contract.ts';
import { tables } from '../../platform/config.ts';
import { dynamo, queryAll, transact } from '../../platform/dynamo.ts';
import { type IdempotencyRequest, type Recorded, recordAnswer } from '../../platform/idempotency.ts';

/*
 * What loggers told of a lot:
 *   READINGS#{gtin}#{lot}   READING#{id}   one file: what was measured and a summary; ids sort by time
 *   READING#{id}            PART#{n}       the file as it came, zipped, in pieces that fit an item
 * The row wakes `on-lot.ts`, which writes the events.
 */
const table = tables.traceability;
const lotPartition = (gtin: string, lot: string): string => `READINGS#${gtin}#${lot}`;
const readingPrefix = 'READING#';
const filePartition = (id: string): string => readingPrefix + id;
const bytesPerPart = 350_000;

/** A file with whatever its events need. */
export interface StoredReadings extends LotReadings {
  gtin: string;
  lot: string;
  sellerId: string;
  /** `of` names a lot, not one thing. */
  isClass: boolean;
}

/** Keeps a file with its summary and the first answer to its key, all in one write; false when the key was used meanwhile. */
export async function putReadings(
  stored: StoredReadings,
  bytes: Uint8Array,
  request: IdempotencyRequest,
  answer: Recorded<LotReadings>,
): Promise<boolean> {
  const zip = gzipSync(bytes);
  const parts = Array.from({ length: Math.ceil(zip.length / bytesPerPart) }, (_, n) =>
    zip.subarray(n * bytesPerPart, (n + 1) * bytesPerPart),
  );
  const written = await transact([
    recordAnswer(request, answer, table),
    { Put: { TableName: table, Item: { pk: lotPartition(stored.gtin, stored.lot), sk: readingPrefix + stored.id, ...stored } } },
    ...parts.map((part, n) => ({ Put: { TableName: table, Item: { pk: filePartition(stored.id), sk: `PART#${n}`, zip: part } } })),
  ]);
  return written.ok;
}

export async function readReadings(key: { pk: string; sk: string }): Promise<StoredReadings | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item as StoredReadings | undefined;
}

export const readReadingsOf = (gtin: string, lot: string, id: string): Promise<StoredReadings | undefined> =>
  readReadings({ pk: lotPartition(gtin, lot), sk: readingPrefix + id });

/** The file as it came. */
export async function readFile(id: string): Promise<Buffer> {
  const parts = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': filePartition(id) },
    ConsistentRead: true,
  });
  // PART#10 would sort before PART#2, but 2 MB zipped are six parts at most.
  return gunzipSync(Buffer.concat(parts.map(({ zip }) => zip as Uint8Array)));
}

/** A lot's files, newest first, those before `before`. */
export async function listReadings(
  gtin: string,
  lot: string,
  limit: number,
  before: string | undefined,
): Promise<{ items: StoredReadings[]; more: boolean }> {
  const pk = lotPartition(gtin, lot);
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
      ...(before === undefined ? {} : { ExclusiveStartKey: { pk, sk: readingPrefix + before } }),
    }),
  );
  return { items: Items as StoredReadings[], more: LastEvaluatedKey !== undefined };
}
