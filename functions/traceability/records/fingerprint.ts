import { createHash } from 'node:crypto';
import { canonicalJson } from '../../platform/canonical.ts';
import type { StoredEvent } from '../epcis/event-store.ts';

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Of everything stored of an event: its eventID, its times, its event hash and what was captured, in one order of members. The event hash
 * alone would not do: it leaves out eventID, recordTime and error declarations, and says the same of two spellings.
 */
export const fingerprintOf = ({ eventID, recordTime, eventTime, hash, event }: Omit<StoredEvent, 'sellerId'>): string =>
  sha256Hex(canonicalJson({ eventID, recordTime, eventTime, hash, event }));
