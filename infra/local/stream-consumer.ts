import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { openCheckpoint } from './checkpoints.ts';
import type { LoadedFunction } from './functions.ts';
import { messageOf } from './say.ts';
import type { SharedReads } from './shared-reads.ts';
import { type Read, readRecords } from './stream-reader.ts';

/** As on AWS (see infra/aws): after this many tries a record is set aside and the stream goes on. */
const maxTries = 10;
const firstBackoffMs = 100;
const longestBackoffMs = 1_000;

const sequenceOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';

export interface Found {
  records: number;
  isMore: boolean;
}

/** Every shard of the stream, parents before children, as their records follow each other. */
async function shardsOf(client: DynamoDBStreamsClient, StreamArn: string): Promise<string[]> {
  const shards: Shard[] = [];
  let ExclusiveStartShardId: string | undefined;
  do {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId }));
    shards.push(...(StreamDescription?.Shards ?? []));
    ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
  } while (ExclusiveStartShardId);
  const ids = new Set(shards.map(({ ShardId }) => ShardId));
  const ordered: string[] = [];
  for (let left = shards; left.length > 0; ) {
    const next = left.filter(({ ParentShardId }) => !ParentShardId || !ids.has(ParentShardId) || ordered.includes(ParentShardId));
    if (next.length === 0) break;
    ordered.push(...next.flatMap(({ ShardId }) => ShardId ?? []));
    left = left.filter((shard) => !next.includes(shard));
  }
  return ordered;
}

/**
 * One function's side of the event source mapping: reads its table's stream in order and hands it over in batches, at least once.
 * @param shared with the stream's other reader, if it has one
 */
export function createConsumer(
  client: DynamoDBStreamsClient,
  streamArn: string,
  fn: LoadedFunction,
  dataDir: string,
  shared: SharedReads | undefined,
) {
  const { trigger, name } = fn.spec;
  if (trigger.kind !== 'stream') throw new Error(`${name} has no stream`);
  const { batchSize, sortKeyPrefixes, statuses } = trigger;
  const checkpoint = openCheckpoint(dataDir, name, streamArn);
  const iterators = new Map<string, string>();
  let shards: string[] = [];
  let isStopping = false;
  const isWanted = (record: DynamoDBRecord) => {
    const sk = record.dynamodb?.Keys?.sk?.S ?? '';
    const isOfState = !statuses || statuses.includes(record.dynamodb?.NewImage?.status?.S ?? '');
    return isOfState && sortKeyPrefixes.some((prefix) => sk.startsWith(prefix));
  };

  async function iteratorOf(ShardId: string): Promise<string | undefined> {
    const known = iterators.get(ShardId);
    if (known) return known;
    const place = checkpoint.of(ShardId);
    const from =
      place && 'after' in place
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: place.after }
        : { ShardIteratorType: 'TRIM_HORIZON' as const };
    try {
      return (await client.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ...from }))).ShardIterator;
    } catch (error) {
      if (!(error instanceof TrimmedDataAccessException)) throw error;
      return (await client.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' })))
        .ShardIterator;
    }
  }

  /** How many of the batch went through, counted from its start: all, up to the first the function names, or none when it throws. */
  async function deliver(batch: DynamoDBRecord[]): Promise<{ done: number; why?: string }> {
    const Records = batch.map((record) => ({ ...record, eventSourceARN: streamArn }));
    try {
      const answer = (await fn.invoke({ Records })) as DynamoDBBatchResponse | undefined;
      const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
      if (failed.size === 0) return { done: batch.length };
      const first = batch.findIndex((record) => failed.has(sequenceOf(record)));
      // An unknown identifier makes Lambda repeat the whole batch.
      return { done: Math.max(0, first), why: 'named in batchItemFailures' };
    } catch (error) {
      return { done: 0, why: messageOf(error) };
    }
  }

  function setAside(record: DynamoDBRecord, why: string): void {
    appendFileSync(join(dataDir, 'failed-events', `${name}.jsonl`), `${JSON.stringify({ at: new Date().toISOString(), why, record })}\n`);
    console.error(
      JSON.stringify({
        level: 'ERROR',
        function: name,
        message: `event set aside after ${maxTries} tries: ${why}`,
        sequenceNumber: sequenceOf(record),
      }),
    );
  }

  /** Delivers in order. What fails is tried again from the first failed record; once it has had its tries it is set aside and the rest goes on. */
  async function deliverAll(shardId: string, records: DynamoDBRecord[]): Promise<void> {
    let tries = 0;
    let rest = records;
    while (rest.length > 0 && !isStopping) {
      const { done, why } = await deliver(rest);
      if (done > 0) {
        checkpoint.move(shardId, { after: sequenceOf(rest[done - 1] as DynamoDBRecord) });
        rest = rest.slice(done);
        tries = 0;
      }
      const [stuck] = rest;
      if (!stuck) return;
      tries += 1;
      if (tries < maxTries) {
        await wait(Math.min(longestBackoffMs, firstBackoffMs * 2 ** (tries - 1)));
        continue;
      }
      // When the function threw, any record of the batch may be the bad one: the first is tried on its own before it is given up.
      const alone = rest.length > 1 ? await deliver([stuck]) : { done: 0, why };
      if (alone.done === 0) setAside(stuck, alone.why ?? why ?? 'unknown');
      checkpoint.move(shardId, { after: sequenceOf(stuck) });
      rest = rest.slice(1);
      tries = 0;
    }
  }

  /** @returns undefined when the iterator had grown too old: the next look takes a new one, from the checkpoint */
  async function read(shardId: string): Promise<Read | undefined> {
    const place = checkpoint.of(shardId);
    const from = place && 'after' in place ? place.after : '';
    const iterator = await iteratorOf(shardId);
    if (!iterator) return undefined;
    try {
      const load = () => readRecords(client, iterator);
      return await (shared ? shared.read(shardId, from, load) : load());
    } catch (error) {
      iterators.delete(shardId);
      if (error instanceof ExpiredIteratorException || error instanceof TrimmedDataAccessException) return undefined;
      throw error;
    }
  }

  /** Delivers what a read found, a batch at a time, and notes how far it came. */
  async function pass(shardId: string, { records, next }: Read): Promise<void> {
    const wanted = records.filter(isWanted);
    for (let i = 0; i < wanted.length && !isStopping; i += batchSize) await deliverAll(shardId, wanted.slice(i, i + batchSize));
    if (isStopping) return;
    const last = records.at(-1);
    if (last) checkpoint.move(shardId, { after: sequenceOf(last) });
    if (next) {
      iterators.set(shardId, next);
      return;
    }
    // The shard is closed and read to its end; its children come next.
    iterators.delete(shardId);
    checkpoint.move(shardId, { isDone: true });
    shards = [];
  }

  const isDone = (shardId: string) => {
    const place = checkpoint.of(shardId);
    return place !== undefined && 'isDone' in place;
  };

  return {
    name,
    /** Reads once through the open shards. @returns how many records there were, and whether more may be waiting */
    async poll(): Promise<Found> {
      if (shards.length === 0) {
        shards = await shardsOf(client, streamArn);
        checkpoint.keepOnly(shards);
      }
      const found: Found = { records: 0, isMore: false };
      for (const shardId of shards.filter((id) => !isDone(id))) {
        const got = await read(shardId);
        if (!got) continue;
        // Once a read, not once a batch: writing the file took 3.4% of an order's time. After kill -9 a read is delivered again.
        await pass(shardId, got).finally(checkpoint.save);
        found.records += got.records.length;
        found.isMore ||= got.isFull;
      }
      return found;
    },
    /** The sequence number all its records are past, as a number; undefined when it has none yet. The embedded engine has one shard per table. */
    passed(): number | undefined {
      const places = shards.map((id) => checkpoint.of(id)).flatMap((place) => (place && 'after' in place ? [Number(place.after)] : []));
      return places.length > 0 ? Math.min(...places) : undefined;
    },
    stop(): void {
      isStopping = true;
    },
  };
}

export type Consumer = ReturnType<typeof createConsumer>;
