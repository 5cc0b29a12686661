import { addDays, businessDay, startOfBusinessDay } from '../../../shared/platform/time.ts';
import { dayRecord, type Leaf, noDayBefore } from '../../../shared/traceability/records/chain.ts';
import { log } from '../../platform/log.ts';
import { readEventSellers } from '../epcis/event-sellers.ts';
import { readRecorded } from '../epcis/event-store.ts';
import { refOfStored } from '../epcis/prepare.ts';
import { type LastDay, putDay, readClosing, sealUpTo } from './chain-store.ts';
import { fingerprintOf, sha256Hex } from './fingerprint.ts';

/** After its end a day is left alone this long, so that captures of the last minute are not made to write again. */
const restMs = 10 * 60_000;

/** The day before which everything may be closed now. */
export const firstOpenDay = (now: Date): string => businessDay(new Date(now.getTime() - restMs));

/**
 * Closes every day of a seller that is over and had events. Any number of runs may do so at once: a day is closed once, and always with
 * the same record. `busy` when a capture that began on such a day is still being written: the next run closes it.
 */
export async function closeDays(sellerId: string, last: LastDay | undefined, now: Date): Promise<number | 'busy'> {
  const openDay = firstOpenDay(now);
  const end = startOfBusinessDay(openDay);
  if (!(await sealUpTo(sellerId, new Date(end.getTime() - 1).toISOString()))) return 'busy';
  const from = last ? startOfBusinessDay(addDays(last.day, 1)).toISOString() : '';
  let before = last;
  let closed = 0;
  let day = '';
  let leaves: Leaf[] = [];
  /** False when another run came first: it goes on with the days behind it, too. */
  const close = async (): Promise<boolean> => {
    if (leaves.length === 0) return true;
    const record = dayRecord(sellerId, day, leaves, before?.hash ?? noDayBefore, sha256Hex);
    if (!(await putDay(sellerId, record, leaves, before))) return false;
    before = record;
    closed++;
    leaves = [];
    return true;
  };
  for await (const stored of readRecorded(sellerId, from, end.toISOString())) {
    const own = businessDay(new Date(stored.recordTime));
    if (own !== day) {
      if (!(await close())) return closed;
      day = own;
    }
    leaves.push({ ref: refOfStored(stored), recordTime: stored.recordTime, fingerprint: fingerprintOf(stored), eventID: stored.eventID });
  }
  await close();
  return closed;
}

/** How many sellers are closed at once, and for how many one read asks whether there is anything to close. */
const atOnce = 4;
const perRead = 50;

export interface ClosedDays {
  sellers: number;
  days: number;
  /** Sellers left to the next run: their captures are under way, or the time was over. */
  later: number;
}

/**
 * Goes through all sellers who have events. Two small reads a seller tell whether anything is to be done, so that a night on which few
 * sold costs little.
 * @param mayGoOn asked before each seller
 */
export async function closeAllDays(now: Date, mayGoOn: () => boolean = () => true): Promise<ClosedDays> {
  const done: ClosedDays = { sellers: 0, days: 0, later: 0 };
  const failed: string[] = [];
  const openDay = firstOpenDay(now);
  const closeOne = async (sellerId: string, last: LastDay | undefined): Promise<void> => {
    if (!mayGoOn()) {
      done.later++;
      return;
    }
    try {
      const closed = await closeDays(sellerId, last, now);
      if (closed === 'busy') done.later++;
      else if (closed > 0) {
        done.sellers++;
        done.days += closed;
      }
    } catch (error) {
      // One seller's trouble must not leave all who come after open.
      log.error('a seller’s days could not be closed', { sellerId, error: error as Error });
      failed.push(sellerId);
    }
  };
  for await (const page of readEventSellers()) {
    for (let i = 0; i < page.length; i += perRead) {
      const states = [...(await readClosing(page.slice(i, i + perRead)))];
      const news = states.filter(([, { recordTime, last }]) => recordTime !== undefined && hasNews(recordTime, last, openDay)).values();
      const work = async () => {
        for (const [sellerId, { last }] of news) await closeOne(sellerId, last);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    }
  }
  if (failed.length > 0) throw new Error(`the days of ${failed.length} sellers could not be closed`);
  return done;
}

/** Whether something may have been recorded since the last closed day and before the first open one. */
const hasNews = (recordTime: string, last: LastDay | undefined, openDay: string): boolean =>
  last === undefined || (addDays(last.day, 1) < openDay && recordTime >= startOfBusinessDay(addDays(last.day, 1)).toISOString());

/** Lambda ends a function after 15 minutes; what is left then is closed an hour later. */
const runMs = 12 * 60_000;

export const handler = async (): Promise<ClosedDays> => {
  const until = Date.now() + runMs;
  const closed = await closeAllDays(new Date(), () => Date.now() < until);
  if (closed.days > 0 || closed.later > 0) log.info('days closed', { ...closed });
  return closed;
};
