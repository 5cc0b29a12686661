import { setTimeout as wait } from 'node:timers/promises';
import { jitter } from '../../platform/retry.ts';
import {
  type CaptureError,
  type CaptureJob,
  type ErrorBehaviour,
  endTurn,
  type Head,
  isOneWrite,
  isOwn,
  putJob,
  putRows,
  readChunks,
  readHead,
  readJob,
  recordAtOnce,
  takeTurn,
} from './capture-store.ts';
import { readPrints } from './event-store.ts';
import { judge } from './judge.ts';
import type { PreparedEvent } from './prepare.ts';

/** A capture that is about to be recorded. `errors` are those of events that are left out. */
export interface NewCapture {
  id: string;
  sellerId: string;
  behaviour: ErrorBehaviour;
  errors: CaptureError[];
}

/** How often another may record first before a small capture gives up: each time, someone else got on. */
const patience = 200;

class Overtaken extends Error {
  // The door tells the caller to come again: nothing was recorded.
  override name = 'TransactionConflictException';
}

const doneJob = ({ errors, ...capture }: NewCapture, found: readonly CaptureError[], now: Date): CaptureJob => ({
  ...capture,
  createdAt: now.toISOString(),
  status: 'done',
  finishedAt: now.toISOString(),
  errors: [...errors, ...found],
});

/** What would be written now, and what is wrong. Under rollback, one mistake is enough to write nothing. */
async function decide(sellerId: string, behaviour: ErrorBehaviour, events: readonly PreparedEvent[], ownJob?: string) {
  const recorded = await readPrints(
    sellerId,
    events.map(({ ref }) => ref),
  );
  const { fresh, findings } = judge(events, recorded, ownJob);
  const found = findings.map(({ code, pointer }) => ({ code, pointer }));
  return { fresh: found.length && behaviour === 'rollback' ? [] : fresh, found };
}

async function recordSmall(capture: NewCapture, events: readonly PreparedEvent[], now: Date): Promise<CaptureJob> {
  const { sellerId, id, behaviour } = capture;
  for (let attempt = 0; attempt < patience; attempt++) {
    const head = await readHead(sellerId);
    if (head.job) {
      await letPass(sellerId, head, now);
      continue;
    }
    const { fresh, found } = await decide(sellerId, behaviour, events);
    const job = doneJob(capture, found, now);
    // Nothing to write and nobody to tell.
    if (!fresh.length && isOwn(id)) return job;
    const outcome = await recordAtOnce(sellerId, head, fresh, { id, job: isOwn(id) ? undefined : job }, now);
    if (outcome === 'recorded') return job;
    if (outcome === 'present') return (await readJob(sellerId, id)) ?? job;
    await jitter(Math.min(attempt, 4));
  }
  throw new Overtaken(`other captures of ${sellerId} came first ${patience} times`);
}

/** A large capture that is under way has a second to end by itself before whoever waits for it takes a hand. */
async function letPass(sellerId: string, { job: id }: Head, now: Date): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await wait(25);
    if ((await readHead(sellerId)).job !== id) return;
  }
  if (id !== undefined) await finishCapture(sellerId, id, now);
}

/**
 * Records what a stored capture holds, from wherever whoever began it left off; any number may do so at once. What is decided and
 * written depends on the stored events and on what was recorded before them, and on nothing else.
 *
 * @param until milliseconds; a capture that is not whole by then is left running
 */
export async function finishCapture(sellerId: string, id: string, now: Date, until = Number.POSITIVE_INFINITY): Promise<CaptureJob> {
  const mayGoOn = () => Date.now() < until;
  const first = await readJob(sellerId, id);
  if (!first) throw new Error(`no capture ${id} of ${sellerId}`);
  if (first.status === 'done') return first;
  const events = await readChunks(sellerId, id);
  for (let job = first; job.status === 'running' && mayGoOn(); ) {
    const head = await readHead(sellerId);
    if (head.job === undefined) await takeTurn(sellerId, id, head, now);
    else if (head.job !== id) await letPass(sellerId, head, now);
    else if (head.jobRecordTime) {
      const { fresh, found } = await decide(sellerId, job.behaviour, events, id);
      if (!(await putRows(sellerId, id, fresh, head.jobRecordTime, mayGoOn))) return job;
      await endTurn(
        job,
        fresh.length ? head.jobRecordTime : undefined,
        [...job.errors, ...found],
        new Date(Math.max(Date.now(), now.getTime())),
      );
    }
    job = (await readJob(sellerId, id)) ?? job;
    if (job.status === 'done') return job;
  }
  return first;
}

/**
 * Records events all or none (`rollback`) or all that are right (`proceed`). What fits one transaction is one; a larger capture is stored
 * first, and then finished by this process or, should it die, by the next that comes.
 */
export async function recordCapture(
  capture: NewCapture,
  events: readonly PreparedEvent[],
  now: Date,
  until = Number.POSITIVE_INFINITY,
): Promise<CaptureJob> {
  if (isOneWrite(capture.sellerId, events)) return recordSmall(capture, events, now);
  await putJob({ ...capture, createdAt: now.toISOString(), status: 'running' }, events);
  return finishCapture(capture.sellerId, capture.id, now, until);
}
