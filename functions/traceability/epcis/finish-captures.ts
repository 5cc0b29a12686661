import { log } from '../../platform/log.ts';
import { readRunning } from './capture-store.ts';
import { finishCapture } from './record-events.ts';

/** Whoever took a capture in finishes it in the same call; what is older than this was left behind. */
const leftAfterMs = 30_000;
/** Of the five minutes the function has. */
const workMs = 240_000;

/** Finishes captures whose process died or ran out of time. */
export const handler = async (): Promise<{ finished: number }> => {
  const now = new Date();
  const left = (await readRunning()).filter(({ createdAt }) => Date.parse(createdAt) < now.getTime() - leftAfterMs);
  let finished = 0;
  let failed: unknown;
  for (const { sellerId, id } of left)
    try {
      const job = await finishCapture(sellerId, id, now, now.getTime() + workMs);
      if (job.status === 'done') finished++;
      log.info('capture finished by the clock', { id, status: job.status });
    } catch (error) {
      // Another seller's capture must not wait for this one.
      log.error('capture could not be finished', { id, error: error as Error });
      failed = error;
    }
  if (failed !== undefined) throw failed;
  return { finished };
};
