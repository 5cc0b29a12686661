import { createHash } from 'node:crypto';
import { tables } from '../../platform/config.ts';
import { type Limit, placesTaken, takePlaceNow } from '../../platform/limits.ts';
import type { Visitor } from './visitor.ts';

const table = tables.traceability;
const perDevice: Limit = { name: 'unknown-codes-of-device', max: 30, windowSeconds: 60, table };
/** Whoever types a label by hand is wrong once or twice. */
const firstOfDevice = 5;
/**
 * Many people may stand behind one address, so the first wrong codes of each phone count apart. A phone is only what it calls itself: who
 * takes a new name for every guess is bound by this, which a village or a mobile network's address does not reach by mistyping.
 */
const firstsOfAddress: Limit = { name: 'first-unknown-codes-of-address', max: 3_000, windowSeconds: 60, table };
/** What they type wrong beyond that. */
const perAddress: Limit = { name: 'unknown-codes-of-address', max: 300, windowSeconds: 60, table };
const doubtsPerDevice: Limit = { name: 'doubts-of-device', max: 5, windowSeconds: 3_600, table };
const doubtsPerAddress: Limit = { name: 'doubts-of-address', max: 50, windowSeconds: 3_600, table };

/** Addresses stand nowhere as they are; a window's row is gone two minutes after it ends. */
const subject = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

const deviceOf = ({ address, headers }: Visitor): string => subject(address, headers['x-device'] ?? '');

/**
 * Counts a look for a code that was never issued. Only such looks count and only they are refused, so a village behind one address that
 * scans its boxes is never limited, whoever guesses beside it. A right guess is answered: with 10 million codes of 60 bits live, one look
 * in 115,000,000,000 is one, which 3,300 a minute find in 66 years; the limit is against noise and cost.
 * @throws Problem `rate_limited`
 */
export async function limitGuesses(visitor: Visitor, now: Date): Promise<void> {
  const device = deviceOf(visitor);
  await takePlaceNow(perDevice, device, now);
  const isFirst = (await placesTaken(perDevice, device, now)) <= firstOfDevice;
  await takePlaceNow(isFirst ? firstsOfAddress : perAddress, subject(visitor.address), now);
}

/** @throws Problem `rate_limited` */
export async function limitDoubts(visitor: Visitor, now: Date): Promise<void> {
  await takePlaceNow(doubtsPerDevice, deviceOf(visitor), now);
  await takePlaceNow(doubtsPerAddress, subject(visitor.address), now);
}
