import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { type TableName, tables } from '../manifest.ts';
import type { LoadedFunction } from './functions.ts';
import { messageOf } from './say.ts';
import { createSharedReads } from './shared-reads.ts';
import { type Consumer, createConsumer, type Found } from './stream-consumer.ts';
import type { StreamRecords } from './stream-records.ts';

/** Without a hint the streams are looked at this often; writes that pass the server give a hint at once. */
const idleMs = 1_000;
/**
 * After a look that found something the next comes the later the more it found, so that a rush is read in few large parts, which cost the
 * engine less than many small ones, and a quiet market in a moment.
 */
const pauseMsPerRecord = 2;
const shortestPauseMs = 25;
const longestPauseMs = 500;
const pruneEveryMs = 30_000;

/** Sleeps between looks. A hint given while nobody slept is kept for the next sleep. */
function createAlarm() {
  let ring: (() => void) | undefined;
  let isDeaf = false;
  let isHinted = false;
  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    hint(): void {
      isHinted = true;
      if (!isDeaf) ring?.();
    },
    /** Ends early by a hint. */
    async sleep(milliseconds: number): Promise<void> {
      if (!isHinted) await rest(milliseconds);
      isHinted = false;
    },
    /** Goes on through hints; the look that follows serves them too. */
    async pause(milliseconds: number): Promise<void> {
      isDeaf = true;
      await rest(milliseconds);
      isDeaf = false;
      isHinted = false;
    },
    end: () => ring?.(),
  };
}

const pauseAfter = ({ records, isMore }: Found): number =>
  isMore ? shortestPauseMs : Math.min(longestPauseMs, Math.max(shortestPauseMs, records * pauseMsPerRecord));

function run(consumer: Consumer) {
  const alarm = createAlarm();
  let isRunning = true;
  const loop = async () => {
    while (isRunning) {
      try {
        const found = await consumer.poll();
        if (!isRunning) return;
        if (found.records > 0) await alarm.pause(pauseAfter(found));
        else await alarm.sleep(idleMs);
      } catch (error) {
        if (!isRunning) return;
        console.error(
          JSON.stringify({ level: 'ERROR', function: consumer.name, message: `stream could not be read: ${messageOf(error)}` }),
        );
        await alarm.sleep(idleMs);
      }
    }
  };
  const ended = loop();
  return {
    hint: alarm.hint,
    async stop(): Promise<void> {
      isRunning = false;
      consumer.stop();
      alarm.end();
      await ended;
    },
  };
}

/** The event source mappings of the manifest: every stream function goes through its table's stream at its own pace, in order, and resumes where it was. */
export function startStreams(
  client: DynamoDBStreamsClient,
  streamArns: Partial<Record<TableName, string>>,
  functions: readonly LoadedFunction[],
  dataDir: string,
  streamRecords: StreamRecords | undefined,
) {
  for (const folder of ['streams', 'failed-events']) mkdirSync(join(dataDir, folder), { recursive: true });
  const followers = functions.flatMap((fn) => (fn.spec.trigger.kind === 'stream' ? [{ fn, table: fn.spec.trigger.table }] : []));
  const consumers = [...Map.groupBy(followers, ({ table }) => table)].flatMap(([table, of]) => {
    const shared = of.length > 1 ? createSharedReads() : undefined;
    return of.map(({ fn }) => ({ table, consumer: createConsumer(client, streamArns[table] ?? '', fn, dataDir, shared) }));
  });
  const running = consumers.map(({ consumer }) => run(consumer));

  const prune = () => {
    for (const table of Object.keys(tables) as TableName[]) {
      const passed = consumers.filter((c) => c.table === table).map(({ consumer }) => consumer.passed());
      if (passed.includes(undefined)) continue;
      const below = passed.length > 0 ? Math.min(...passed.map(Number)) : undefined;
      const isMore = streamRecords?.prune(table, below, new Date());
      if (isMore) setTimeout(prune, 200).unref();
    }
  };
  const pruning = setInterval(prune, pruneEveryMs);

  return {
    /** Something was written: look now. */
    hint: () => {
      for (const { hint } of running) hint();
    },
    stop: async () => {
      clearInterval(pruning);
      await Promise.all(running.map((r) => r.stop()));
    },
  };
}
