import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { type TableName, tables } from '../manifest.ts';
import type { LoadedFunction } from './functions.ts';
import { messageOf } from './say.ts';
import { type Consumer, createConsumer } from './stream-consumer.ts';
import type { StreamRecords } from './stream-records.ts';

/** Without a hint the streams are looked at this often; writes that pass the server give a hint at once. */
const idleMs = 1_000;
/** Under load many writes share one look, so that reading does not take the engine's time from them. */
const busyMs = 25;
const pruneEveryMs = 30_000;

/** A sleep that a hint ends early; a hint given while nobody slept is kept for the next sleep. */
function createAlarm() {
  let ring: (() => void) | undefined;
  let isHinted = false;
  return {
    hint(): void {
      isHinted = true;
      ring?.();
    },
    async sleep(milliseconds: number): Promise<void> {
      if (!isHinted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        ring = undefined;
      }
      isHinted = false;
    },
  };
}

function run(consumer: Consumer) {
  const alarm = createAlarm();
  let isRunning = true;
  let idlePolls = 0;
  const loop = async () => {
    while (isRunning) {
      try {
        const found = await consumer.poll();
        idlePolls = found ? 0 : idlePolls + 1;
        if (!isRunning) return;
        if (found) await new Promise((resolve) => setTimeout(resolve, busyMs));
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
      alarm.hint();
      await ended;
    },
    /** Two empty looks that both began after this call. */
    async caughtUp(): Promise<void> {
      idlePolls = 0;
      while (idlePolls < 2 && isRunning) {
        alarm.hint();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** The event source mappings of the manifest: every stream function reads its table's stream on its own, in order, and resumes where it was. */
export function startStreams(
  client: DynamoDBStreamsClient,
  streamArns: Record<TableName, string>,
  functions: readonly LoadedFunction[],
  dataDir: string,
  streamRecords: StreamRecords | undefined,
) {
  for (const folder of ['streams', 'failed-events']) mkdirSync(join(dataDir, folder), { recursive: true });
  const consumers = functions.flatMap((fn) => {
    const { trigger } = fn.spec;
    return trigger.kind === 'stream'
      ? [{ table: trigger.table, consumer: createConsumer(client, streamArns[trigger.table], fn, dataDir) }]
      : [];
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
    caughtUp: async () => {
      await Promise.all(running.map((r) => r.caughtUp()));
    },
    stop: async () => {
      clearInterval(pruning);
      await Promise.all(running.map((r) => r.stop()));
    },
  };
}
