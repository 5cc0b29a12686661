import { createHash } from 'node:crypto';
import { tables } from '../../platform/config.ts';
import { type Limit, takePlaceNow } from '../../platform/limits.ts';
import type { Visitor } from './visitor.ts';

const table = tables.traceability;
const perDevice: Limit = { name: 'unknown-codes-of-device', max: 30, windowSeconds: 60, table };
/** Many people may stand behind one address; their typing errors together are fewer than this. */
const perAddress: Limit = { name: 'unknown-codes-of-address', max: 300, windowSeconds: 60, table };
const doubtsPerDevice: Limit = { name: 'doubts-of-device', max: 5, windowSeconds: 3_600, table };
const doubtsPerAddress: Limit = { name: 'doubts-of-address', max: 50, windowSeconds: 3_600, table };

/** Addresses stand nowhere as they are; a window's row is gone two minutes after it ends. */
const subject = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

async function takeBoth(device: Limit, address: Limit, visitor: Visitor, now: Date): Promise<void> {
  await takePlaceNow(device, subject(visitor.address, visitor.headers['x-device'] ?? ''), now);
  await takePlaceNow(address, subject(visitor.address), now);
}

/**
 * Counts a look for a code that was never issued. Only such looks count and only they are refused, so a village behind one address that
 * scans its boxes is never limited, whoever guesses beside it. A right guess is answered: with 10 million codes of 60 bits live, one look
 * in 115,000,000,000 is one, which 300 a minute find in 730 years; the limit is against noise and cost.
 * @throws Problem `rate_limited`
 */
export const limitGuesses = (visitor: Visitor, now: Date): Promise<void> => takeBoth(perDevice, perAddress, visitor, now);

/** @throws Problem `rate_limited` */
export const limitDoubts = (visitor: Visitor, now: Date): Promise<void> => takeBoth(doubtsPerDevice, doubtsPerAddress, visitor, now);
