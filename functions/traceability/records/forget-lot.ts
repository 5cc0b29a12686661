import { addMonths } from '../../../shared/platform/time.ts';
import { dueAfter } from '../../../shared/traceability/records/retention.ts';
import { dropPhoto } from '../lots/photo-store.ts';
import { readRecalledAmong } from '../recalls/recall-store.ts';
import { readBatches, readLot, type StoredLot } from '../store.ts';
import type { DueRow } from './due-store.ts';
import { endLot, forgetAround, forgetCodes, readRecallers, settle } from './forget-store.ts';
import { keptUntil } from './keep-lot.ts';

/** A lot under recall, its own or that of what it was made of, is kept until the recall is lifted: it is asked for again this often. */
const monthsBetween = 1;

const isHeld = async (lot: StoredLot): Promise<boolean> =>
  lot.recall !== undefined || (await readRecalledAmong(await readRecallers(lot))).length > 0;

export type Outcome = 'forgotten' | 'kept' | 'unfinished';

/**
 * A lot's day has come: if nothing keeps it longer, its codes, sales, photos and records go, and at last the lot itself. Cut short, it is
 * still due, and the next run goes on.
 * @param today `YYYY-MM-DD` in Việt Nam
 */
export async function forgetLot(row: Extract<DueRow, { kind: 'LOT' }>, today: string, mayGoOn: () => boolean): Promise<Outcome> {
  const lot = await readLot(row.gtin, row.lot);
  if (!lot) {
    await settle(row, undefined);
    return 'kept';
  }
  const batches = await readBatches(lot.gtin, lot.lot);
  const until = await keptUntil(lot, batches);
  if (until >= today || (await isHeld(lot))) {
    await settle(row, until >= today ? dueAfter(until) : addMonths(today, monthsBetween));
    return 'kept';
  }
  for (let seen = lot; seen.photos?.[0]; ) {
    await dropPhoto(seen, seen.photos[0]);
    seen = (await readLot(lot.gtin, lot.lot)) ?? { ...seen, photos: [] };
  }
  for (const batch of batches) if (!(await forgetCodes(batch, today, mayGoOn))) return 'unfinished';
  await forgetAround(lot);
  const { gtin, lot: number } = lot;
  return (await endLot(lot, row, { gtin, lot: number, keptUntil: until, forgottenOn: today })) ? 'forgotten' : 'unfinished';
}
