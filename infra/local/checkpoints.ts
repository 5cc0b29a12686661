import { join } from 'node:path';
import * as z from 'zod';
import { readJson, writeWhole } from './data-dir.ts';

/** How far a function has come in each shard: after a sequence number, or through a shard that is closed. */
const Place = z.union([z.object({ after: z.string() }), z.object({ isDone: z.literal(true) })]);
const Checkpoint = z.object({ streamArn: z.string(), shards: z.record(z.string(), Place) });
export type Place = z.infer<typeof Place>;

/**
 * A function's place in its stream; on disk once `save` is called. Lost or of another stream: it begins with the oldest record there is,
 * which consumers bear, since they are delivered to at least once anyway.
 */
export function openCheckpoint(dataDir: string, functionName: string, streamArn: string) {
  const path = join(dataDir, 'streams', `${functionName}.json`);
  const read = Checkpoint.safeParse(readJson(path));
  const shards: Record<string, Place> = read.success && read.data.streamArn === streamArn ? read.data.shards : {};
  let isSaved = true;
  return {
    of: (shardId: string): Place | undefined => shards[shardId],
    move(shardId: string, place: Place): void {
      shards[shardId] = place;
      isSaved = false;
    },
    save(): void {
      if (isSaved) return;
      writeWhole(path, JSON.stringify({ streamArn, shards }));
      isSaved = true;
    },
    /** Shards the stream no longer lists need no place. */
    keepOnly(shardIds: readonly string[]): void {
      for (const known of Object.keys(shards)) if (!shardIds.includes(known)) delete shards[known];
    },
  };
}
