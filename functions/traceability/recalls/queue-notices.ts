import { jitter } from '../../platform/retry.ts';
import { readLot, type StoredLot } from '../store.ts';
import { lotsPerMark, putAllQueued, putReached, queueNextNotices, readReached } from './notice-store.ts';
import { reachOfLot, requestLimits } from './reach-of-lot.ts';
import type { LotName, RecalledLot } from './recall-store.ts';

/** Some 20,000 packages: what one request has time for. What is left is queued by whoever asks again, or by the schedule. */
const pagesPerRequest = 200;
const keyOf = ({ gtin, lot }: LotName): string => `${gtin}:${lot}`;

/** The lot as it is now, if the same recall still stands on it. */
async function stillRecalled({ gtin, lot, recall }: RecalledLot): Promise<RecalledLot | undefined> {
  const now = await readLot(gtin, lot);
  return now?.recall?.id === recall.id ? (now as RecalledLot) : undefined;
}

/** Marks every lot that has no mark of this recall; false when it was lifted meanwhile. Answers those whose notices are not all queued. */
async function markReached(recalled: RecalledLot, lots: readonly LotName[]): Promise<LotName[] | undefined> {
  for (let attempt = 1; ; attempt++) {
    const reached = await readReached(recalled.recall.id, lots);
    const unmarked = lots.filter((lot) => !reached.has(keyOf(lot)));
    if (unmarked.length === 0) return lots.filter((lot) => !reached.get(keyOf(lot))?.isDone);
    if (await putReached(recalled, unmarked.slice(0, lotsPerMark))) continue;
    if (!(await stillRecalled(recalled))) return undefined;
    await jitter(attempt);
  }
}

/**
 * Queues a notice for the buyer of every package that carries the recalled lot or what was made of it. Any number may do so at once and
 * die anywhere: what is done stands, and the next goes on. Done again when more events are known, it queues what they add.
 * @param run the schedule's: it has more time
 * @returns the lot as it is afterwards: codes may have been issued, or the recall lifted, since it was read
 */
export async function queueNotices(
  recalled: RecalledLot,
  now: Date,
  run: { limits: typeof requestLimits } | undefined = undefined,
): Promise<StoredLot> {
  const { lots, isWhole } = await reachOfLot(recalled, run?.limits ?? requestLimits);
  let pages = 0;
  // All marks before the first notice: from then on no package is filled from any of them.
  for (const lot of (await markReached(recalled, lots)) ?? []) {
    for (; pages < pagesPerRequest; pages++) {
      const [current, marks] = await Promise.all([stillRecalled(recalled), readReached(recalled.recall.id, [lot])]);
      const mark = marks.get(keyOf(lot));
      if (!current || !mark || mark.isDone) break;
      await queueNextNotices(current, mark, now);
    }
  }
  const after = await stillRecalled(recalled);
  // What a walk cut short has not seen is not queued, and the recall does not say so.
  const isComplete = isWhole && pages < pagesPerRequest;
  const isNews = !after?.recall.allQueuedAt || after.recall.queued !== recalled.recall.queued;
  if (after && isComplete && isNews) await putAllQueued(after, now);
  return (await readLot(recalled.gtin, recalled.lot)) ?? recalled;
}
