import { gunzipSync, gzipSync } from 'node:zlib';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { FindingCode } from '../../../shared/traceability/epcis/findings.ts';
import { summaryOf } from '../../../shared/traceability/epcis/named-in.ts';
import { tables } from '../../platform/config.ts';
import { dynamo, type Item, maxTransactItems, queryAll, type TransactItem, transact } from '../../platform/dynamo.ts';
import { registerSeller } from './event-sellers.ts';
import { headKey, rowsOf } from './event-store.ts';
import type { PreparedEvent } from './prepare.ts';

/*
 * Who records a seller's events, one after the other (decision 008):
 *   EVENTS#{seller}         HEAD           `recordTime` of what is visible; `job` and `jobRecordTime` while a large capture writes its rows
 *   CAPTURES#{seller}       {id}           a capture job; gsi1 CAPTURES#RUNNING / {id} while it is not done
 *   CAPTURE#{seller}#{id}   CHUNK#{n}      its checked events, zipped, for whoever has to finish it
 */
const table = tables.traceability;
const jobKey = (sellerId: string, id: string) => ({ pk: `CAPTURES#${sellerId}`, sk: id });
const running = 'CAPTURES#RUNNING';
const chunksPartition = (sellerId: string, id: string): string => `CAPTURE#${sellerId}#${id}`;

/** A seller can ask after a capture this long; the chunks serve only until it is done. */
const keepJobSeconds = 90 * 86_400;
const keepChunkSeconds = 14 * 86_400;

export type ErrorBehaviour = 'rollback' | 'proceed';

/** What was wrong with an event, without the sentence: who asks reads it in their language. */
export interface CaptureError {
  code: FindingCode;
  pointer: string;
}

export interface CaptureJob {
  id: string;
  sellerId: string;
  behaviour: ErrorBehaviour;
  createdAt: string;
  status: 'running' | 'done';
  finishedAt?: string;
  /** Found so far; at most `maxErrors` of them are kept. */
  errors: CaptureError[];
}

export const maxErrors = 1_000;

/** The market's own writes leave no job that a seller could ask after. */
export const isOwn = (id: string): boolean => id.startsWith('own_');

export interface Head {
  recordTime?: string;
  job?: string;
  jobRecordTime?: string;
}

export async function readHead(sellerId: string): Promise<Head> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: headKey(sellerId), ConsistentRead: true }));
  return (Item ?? {}) as Head;
}

/** Later than everything recorded before, whatever the clocks of two functions say. */
export const recordTimeAfter = ({ recordTime }: Head, now: Date): string =>
  new Date(Math.max(now.getTime(), recordTime === undefined ? 0 : Date.parse(recordTime) + 1)).toISOString();

/** HEAD as it was read, and nobody in the middle of a large capture. */
const headAsRead = ({ recordTime }: Head) => ({
  ConditionExpression: `attribute_not_exists(job) AND ${recordTime === undefined ? 'attribute_not_exists(recordTime)' : 'recordTime = :seen'}`,
  values: recordTime === undefined ? {} : { ':seen': recordTime },
});

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1_000);

const jobItem = (job: CaptureJob): Item => ({
  ...jobKey(job.sellerId, job.id),
  ...job,
  errors: JSON.stringify(job.errors.slice(0, maxErrors)),
  expiresAtSeconds: seconds(job.createdAt) + keepJobSeconds,
  ...(job.status === 'running' ? { gsi1pk: running, gsi1sk: job.id } : {}),
});

const jobOf = (item: Item): CaptureJob => ({
  ...(item as unknown as CaptureJob),
  errors: JSON.parse(String(item.errors)) as CaptureError[],
});

export async function readJob(sellerId: string, id: string): Promise<CaptureJob | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: jobKey(sellerId, id), ConsistentRead: true }));
  return Item && jobOf(Item);
}

/** A seller's own captures, newest first, those after `after`. */
export async function listJobs(sellerId: string, limit: number, after: string | undefined): Promise<{ jobs: CaptureJob[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :own)',
      ExpressionAttributeValues: { ':pk': `CAPTURES#${sellerId}`, ':own': 'cap_' },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: jobKey(sellerId, after) }),
    }),
  );
  return { jobs: Items.map(jobOf), more: LastEvaluatedKey !== undefined };
}

/** Captures of all sellers that are not done. */
export async function readRunning(): Promise<Pick<CaptureJob, 'sellerId' | 'id' | 'createdAt'>[]> {
  const items = await queryAll({
    TableName: table,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :running',
    ExpressionAttributeValues: { ':running': running },
  });
  return items.map(({ sellerId, id, createdAt }) => ({ sellerId: String(sellerId), id: String(id), createdAt: String(createdAt) }));
}

/** Bytes of a name that is listed; it is a sort key. */
export const longestKnown = 1_000;

/** The places and words that events name, first seen with the events of `recordTime`. */
function knownUpdates(sellerId: string, events: readonly PreparedEvent[], recordTime: string): NonNullable<TransactItem['Update']>[] {
  const named = new Map<string, { kind: string; value: string }>();
  for (const { event } of events) {
    const { bizStep, disposition, readPoint, bizLocation } = summaryOf(event);
    for (const [kind, value] of Object.entries({ bizStep, disposition, readPoint, bizLocation }))
      if (value !== undefined && Buffer.byteLength(value) <= longestKnown) named.set(`${kind}#${value}`, { kind, value });
  }
  return [...named.values()].map(({ kind, value }) => ({
    TableName: table,
    Key: { pk: `KNOWN#${sellerId}#${kind}`, sk: value },
    UpdateExpression: 'SET recordTime = if_not_exists(recordTime, :recordTime)',
    ExpressionAttributeValues: { ':recordTime': recordTime },
  }));
}

/** Whether these events, their job and HEAD can be one transaction (100 items, 4 MB). */
export function isOneWrite(sellerId: string, events: readonly PreparedEvent[]): boolean {
  const rows = events.reduce((sum, event) => sum + event.rows, 0);
  if (rows + 2 > maxTransactItems) return false;
  const known = knownUpdates(sellerId, events, '').length;
  const bytes = events.reduce((sum, { event }) => sum + JSON.stringify(event).length, 0);
  return rows + known + 2 <= maxTransactItems && bytes < 1_000_000;
}

/**
 * Writes events, with the done job they came in, in one transaction and makes them visible in it.
 * `changed`: someone recorded since HEAD was read, or records right now. `present`: the job is there, from an attempt whose answer was lost.
 */
export async function recordAtOnce(
  sellerId: string,
  head: Head,
  events: readonly PreparedEvent[],
  by: { id: string; job: CaptureJob | undefined },
  now: Date,
): Promise<'recorded' | 'changed' | 'present'> {
  // Before the seller's first event: whoever goes through all sellers must not miss one.
  if (head.recordTime === undefined) await registerSeller(sellerId);
  const recordTime = recordTimeAfter(head, now);
  const { ConditionExpression, values } = headAsRead(head);
  const step: TransactItem = events.length
    ? {
        Update: {
          TableName: table,
          Key: headKey(sellerId),
          UpdateExpression: 'SET recordTime = :recordTime',
          ConditionExpression,
          ExpressionAttributeValues: { ...values, ':recordTime': recordTime },
        },
      }
    : {
        ConditionCheck: {
          TableName: table,
          Key: headKey(sellerId),
          ConditionExpression,
          ...(Object.keys(values).length ? { ExpressionAttributeValues: values } : {}),
        },
      };
  const written = await transact([
    step,
    ...events.flatMap((event) => rowsOf(sellerId, event, recordTime, by.id)).map((Item) => ({ Put: { TableName: table, Item } })),
    ...knownUpdates(sellerId, events, recordTime).map((Update) => ({ Update })),
    ...(by.job ? [{ Put: { TableName: table, Item: jobItem(by.job), ConditionExpression: 'attribute_not_exists(pk)' } }] : []),
  ]);
  if (written.ok) return 'recorded';
  return written.refused.some(({ index }) => index !== 0) ? 'present' : 'changed';
}

/** Of the 4 MB that a transaction may hold; what is not body is small. */
const transactBytes = 2_500_000;
const atOnce = 4;

/**
 * Puts any number of items over whatever is there: these are the same whoever writes them. Transactions, although nothing depends on them
 * here: on one machine a hundred items in one take a fifth of the time of four batches of 25, which commit item by item; on AWS they cost
 * twice the write units.
 * @returns whether all are written; `mayGoOn` is asked before each call
 */
async function putAll(items: readonly Item[], mayGoOn: () => boolean = () => true): Promise<boolean> {
  const groups: { items: Item[]; bytes: number }[] = [];
  for (const item of items) {
    const held = (item.body ?? item.zip ?? '') as string | Uint8Array;
    const bytes = typeof held === 'string' ? Buffer.byteLength(held) : held.length;
    const last = groups.at(-1);
    if (last && last.items.length < maxTransactItems && last.bytes + bytes <= transactBytes) {
      last.items.push(item);
      last.bytes += bytes;
    } else groups.push({ items: [item], bytes });
  }
  const left = groups.values();
  let isWhole = true;
  const work = async () => {
    for (const group of left) {
      if (!mayGoOn()) isWhole = false;
      else await transact(group.items.map((Item) => ({ Put: { TableName: table, Item } })));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return isWhole;
}

const chunkBytes = 300_000;

/** Events zipped in pieces that fit an item. */
function zipped(events: readonly PreparedEvent[]): Uint8Array[] {
  const piece = gzipSync(JSON.stringify(events), { level: 1 });
  if (piece.length <= chunkBytes || events.length < 2) return [piece];
  const middle = Math.ceil(events.length / 2);
  return [...zipped(events.slice(0, middle)), ...zipped(events.slice(middle))];
}

/** Keeps a capture with its events, to be finished by whoever comes. The job is written last: without it the chunks are nothing. */
export async function putJob(job: CaptureJob, events: readonly PreparedEvent[]): Promise<void> {
  const pk = chunksPartition(job.sellerId, job.id);
  const expiresAtSeconds = seconds(job.createdAt) + keepChunkSeconds;
  await putAll(zipped(events).map((zip, i) => ({ pk, sk: `CHUNK#${String(i).padStart(4, '0')}`, zip, expiresAtSeconds })));
  await transact([{ Put: { TableName: table, Item: jobItem(job), ConditionExpression: 'attribute_not_exists(pk)' } }]);
}

/** The checked events of a capture, in the order in which they were sent. */
export async function readChunks(sellerId: string, id: string): Promise<PreparedEvent[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :chunk)',
    ExpressionAttributeValues: { ':pk': chunksPartition(sellerId, id), ':chunk': 'CHUNK#' },
    ConsistentRead: true,
  });
  return items.flatMap(({ zip }) => JSON.parse(gunzipSync(zip as Uint8Array).toString()) as PreparedEvent[]);
}

/** A capture's turn to record begins; `refused` when HEAD is not as it was read or the capture is done already. */
export async function takeTurn(sellerId: string, id: string, head: Head, now: Date): Promise<'taken' | 'refused'> {
  if (head.recordTime === undefined) await registerSeller(sellerId);
  const { ConditionExpression, values } = headAsRead(head);
  const written = await transact([
    {
      Update: {
        TableName: table,
        Key: headKey(sellerId),
        UpdateExpression: 'SET job = :job, jobRecordTime = :jobRecordTime',
        ConditionExpression,
        ExpressionAttributeValues: { ...values, ':job': id, ':jobRecordTime': recordTimeAfter(head, now) },
      },
    },
    {
      ConditionCheck: {
        TableName: table,
        Key: jobKey(sellerId, id),
        ConditionExpression: '#status = :running',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':running': 'running' },
      },
    },
  ]);
  return written.ok ? 'taken' : 'refused';
}

/** Writes the rows of events whose turn it is. @returns whether all are written; `mayGoOn` may have said stop */
export async function putRows(
  sellerId: string,
  id: string,
  events: readonly PreparedEvent[],
  recordTime: string,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const known = knownUpdates(sellerId, events, recordTime);
  for (let i = 0; i < known.length; i += maxTransactItems)
    await transact(known.slice(i, i + maxTransactItems).map((Update) => ({ Update })));
  return putAll(
    events.flatMap((event) => rowsOf(sellerId, event, recordTime, id)),
    mayGoOn,
  );
}

/**
 * The one write that makes a capture's events visible, all of them, and lets the next one begin. With `recordTime` undefined nothing was
 * written and nothing becomes visible. False when it was done already.
 */
export async function endTurn(
  job: CaptureJob,
  recordTime: string | undefined,
  errors: readonly CaptureError[],
  now: Date,
): Promise<boolean> {
  const written = await transact([
    {
      Update: {
        TableName: table,
        Key: headKey(job.sellerId),
        UpdateExpression: `${recordTime === undefined ? '' : 'SET recordTime = jobRecordTime '}REMOVE job, jobRecordTime`,
        ConditionExpression: 'job = :job',
        ExpressionAttributeValues: { ':job': job.id },
      },
    },
    {
      Update: {
        TableName: table,
        Key: jobKey(job.sellerId, job.id),
        UpdateExpression: 'SET #status = :done, finishedAt = :now, errors = :errors REMOVE gsi1pk, gsi1sk',
        ConditionExpression: '#status = :running',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':done': 'done', ':running': 'running', ':now': now.toISOString() },
          ':errors': JSON.stringify(errors.slice(0, maxErrors)),
        },
      },
    },
  ]);
  return written.ok;
}
