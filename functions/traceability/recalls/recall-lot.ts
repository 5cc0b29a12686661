import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Lot } from '../../../shared/traceability/contract.ts';
import { readLink } from '../../../shared/traceability/digital-link.ts';
import { newId } from '../../platform/ids.ts';
import { jitter } from '../../platform/retry.ts';
import { lotAnswer, ownLot } from '../lots/own-lot.ts';
import { readLot } from '../store.ts';
import { queueNotices } from './queue-notices.ts';
import { putLifting, putRecall } from './recall-store.ts';

/** Rivals of one lot are its seller's own staff and the department: few. */
const maxAttempts = 8;

/**
 * The seller takes a lot back. The mark comes first, so that no scan, code or parcel passes while buyers' notices are being queued; a
 * request that died in between is simply sent again: it finds the mark and goes on with the notices.
 */
export async function recallLot(asked: { sellerId: string; lot: string; reason: string; by: string }, now: Date): Promise<Lot> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const lot = await ownLot(asked.sellerId, asked.lot);
    if (lot.recall) return lotAnswer(await queueNotices({ ...lot, recall: lot.recall }, now));
    const recall = { id: newId('rcl', now), reason: asked.reason, at: now.toISOString(), by: asked.by, queued: 0 };
    if (await putRecall(lot, recall)) return lotAnswer(await queueNotices({ ...lot, recall }, now));
    await jitter(attempt);
  }
  throw busy();
}

/**
 * The department ends a recall; who called it off cannot be who called it. The notices stay as they are: whoever sends them looks at the lot first.
 * @throws Problem `not_found`, `conflict` (not recalled)
 */
export async function liftRecall(asked: { gtin: string; lot: string; reason: string; by: string }, now: Date): Promise<Lot> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const lot = readLink({ gtin: asked.gtin, lot: asked.lot }).ok ? await readLot(asked.gtin, asked.lot) : undefined;
    if (!lot) throw notFound({ vi: 'Chợ không có lô này.', en: 'The market has no such lot.' });
    if (!lot.recall)
      throw new Problem('conflict', { vi: 'Lô này không bị thu hồi, nên không có gì để gỡ.', en: 'This lot is not recalled.' });
    if (await putLifting(lot, lot.recall.id, { by: asked.by, at: now.toISOString(), reason: asked.reason }))
      return lotAnswer({ ...lot, recall: undefined });
    await jitter(attempt);
  }
  throw busy();
}

const busy = () =>
  new Problem(
    'unavailable',
    { vi: 'Lô đang được xử lý ở nơi khác. Xin thử lại.', en: 'The lot is being changed elsewhere. Please try again.' },
    { retryAfterSeconds: 1 },
  );
