import { log } from '../../platform/log.ts';
import { recordedUpTo } from '../epcis/event-store.ts';
import { Kept } from '../graph/kept.ts';
import { queueNotices } from './queue-notices.ts';
import { runLimits } from './reach-of-lot.ts';
import { type RecalledLot, readStanding } from './recall-store.ts';

/** A recall is rare; a hundred that stand at once would be news. Each page is one read when nothing is to be done. */
const perPage = 50;

/** By recall, up to which record time this function has looked ahead: a function that starts anew looks once more, and finds nothing new. */
const looked = new Kept<string>(1_000);

/** Up to when events were recorded since everything known was queued: they may tell of more that was made of the lot. */
async function openUpTo({ recall, sellerId }: RecalledLot): Promise<string | undefined> {
  const upTo = (await recordedUpTo(sellerId)) ?? '';
  const isOpen = !recall.allQueuedAt || (upTo >= recall.allQueuedAt && upTo !== looked.get(recall.id));
  return isOpen ? upTo : undefined;
}

/**
 * Goes on with recalls whose notices nobody finished, and looks again ahead of those whose seller has recorded events since. Scans and
 * shipping do not wait for it: they see a recall at once.
 */
export const handler = async (): Promise<{ open: number; queued: number }> => {
  const done = { open: 0, queued: 0 };
  let page = await readStanding(perPage, undefined);
  for (;;) {
    for (const lot of page.lots) {
      const upTo = await openUpTo(lot);
      if (upTo === undefined) continue;
      done.open++;
      const after = await queueNotices(lot, new Date(), { limits: runLimits });
      done.queued += (after.recall?.queued ?? 0) - lot.recall.queued;
      if (after.recall?.allQueuedAt) looked.set(lot.recall.id, upTo, 1);
      else if (after.recall) log.warn('recall not finished', { gtin: lot.gtin, lot: lot.lot, queued: after.recall.queued });
    }
    if (!page.next) break;
    page = await readStanding(perPage, page.next);
  }
  if (done.queued > 0) log.info('recall notices queued', done);
  return done;
};
