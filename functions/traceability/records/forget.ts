import { businessDay } from '../../../shared/platform/time.ts';
import { log } from '../../platform/log.ts';
import { type DueRow, readDue } from './due-store.ts';
import { forgetEvents } from './forget-events.ts';
import { forgetLot } from './forget-lot.ts';

export interface Forgotten {
  lots: number;
  events: number;
  /** Reminders of things that are kept for longer. */
  kept: number;
  /** Begun and left to the next run. */
  unfinished: number;
}

/** Of each partition of reminders; what is more comes in the next round. */
const perRound = 25;

/**
 * Forgets what need not be kept any more, the oldest first, until nothing is due or the time is over. What fails is logged and left for
 * the next night; the others go on.
 * @param mayGoOn asked before each thing and between the parts of large ones
 */
export async function forgetDue(now: Date, mayGoOn: () => boolean = () => true): Promise<Forgotten> {
  const today = businessDay(now);
  const done: Forgotten = { lots: 0, events: 0, kept: 0, unfinished: 0 };
  const failed = new Set<string>();
  const nameOf = (row: DueRow): string => JSON.stringify(row);
  for (;;) {
    // Lots before the days that tell of them: a day asks until when its lots were kept.
    const due = (await readDue(today, perRound)).filter((row) => !failed.has(nameOf(row)));
    if (due.length === 0) break;
    for (const row of due.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'LOT' ? -1 : 1))) {
      if (!mayGoOn()) return done;
      try {
        if (!(await forgetOne(row, today, mayGoOn, done))) failed.add(nameOf(row));
      } catch (error) {
        log.error('something could not be forgotten', { row, error: error as Error });
        failed.add(nameOf(row));
      }
    }
  }
  if (failed.size > done.unfinished) throw new Error(`${failed.size - done.unfinished} things could not be forgotten`);
  return done;
}

/** False when it stays due. */
async function forgetOne(row: DueRow, today: string, mayGoOn: () => boolean, done: Forgotten): Promise<boolean> {
  if (row.kind === 'LOT') {
    const outcome = await forgetLot(row, today, mayGoOn);
    if (outcome === 'forgotten') done.lots++;
    else if (outcome === 'kept') done.kept++;
    else done.unfinished++;
    return outcome !== 'unfinished';
  }
  const { gone, isFinished } = await forgetEvents(row, today, mayGoOn);
  done.events += gone;
  if (!isFinished) done.unfinished++;
  else if (gone === 0) done.kept++;
  return isFinished;
}

const runMs = 12 * 60_000;

export const handler = async (): Promise<Forgotten> => {
  const until = Date.now() + runMs;
  const forgotten = await forgetDue(new Date(), () => Date.now() < until);
  if (forgotten.lots + forgotten.events > 0) log.info('records whose keeping time is over were forgotten', { ...forgotten });
  return forgotten;
};
