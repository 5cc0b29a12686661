import { log } from '../platform/log.ts';
import { endPackages } from './end-packages.ts';
import { readExpired } from './store.ts';

/** One run ends at most this many; the next goes on. */
const atOnce = 200;

/** Ends unpaid packages whose time is over. Being late costs nothing: the end time stands in every condition and on every page. */
export const handler = async (): Promise<{ expired: number }> => {
  const now = new Date();
  let expired = 0;
  for (const pkg of await readExpired(now, atOnce)) {
    // Undefined: it was paid or cancelled at the last moment.
    if (await endPackages([pkg], 'expired', 'clock', now)) expired++;
  }
  if (expired > 0) log.info('unpaid packages expired', { expired });
  return { expired };
};
