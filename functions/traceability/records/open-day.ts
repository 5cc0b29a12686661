import { addDays, businessDay, startOfBusinessDay } from '../../../shared/platform/time.ts';
import { byRecord, merkleRoot } from '../../../shared/traceability/records/chain.ts';
import type { OpenDay } from '../../../shared/traceability/records/contract.ts';
import { countRecorded, readRecorded, recordedUpTo } from '../epcis/event-store.ts';
import { refOfStored } from '../epcis/prepare.ts';
import { Kept } from '../graph/kept.ts';
import { fingerprintOf, sha256Hex } from './fingerprint.ts';

/** Of more events than these a request only says how many there are: their root comes with the night. */
const mostEvents = 2_000;

/** What was recorded up to an instant never changes, so a day is counted once however often it is asked for. */
const counted = new Kept<OpenDay>(5_000);

/**
 * Today as far as it is: what its record would say if it were closed now. It is kept nowhere, and nobody vouches for it.
 * @param most for tests
 */
export async function openDayOf(sellerId: string, now: Date, most = mostEvents): Promise<OpenDay> {
  const day = businessDay(now);
  const upTo = await recordedUpTo(sellerId);
  const [from, before] = [startOfBusinessDay(day).toISOString(), startOfBusinessDay(addDays(day, 1)).toISOString()];
  if (upTo === undefined || upTo < from) return { day, count: 0, isClosed: false };
  const key = `${sellerId} ${day} ${upTo} ${most}`;
  const known = counted.get(key);
  if (known) return known;
  const open: OpenDay = { day, count: await countRecorded(sellerId, from, before, upTo), isClosed: false };
  if (open.count > 0 && open.count <= most) {
    const leaves: { ref: string; recordTime: string; fingerprint: string }[] = [];
    for await (const stored of readRecorded(sellerId, from, before)) {
      const { recordTime } = stored;
      // Recorded while this is read: the next look counts it.
      if (recordTime <= upTo) leaves.push({ ref: refOfStored(stored), recordTime, fingerprint: fingerprintOf(stored) });
    }
    open.merkleRoot = merkleRoot(
      leaves.toSorted(byRecord).map(({ fingerprint }) => fingerprint),
      sha256Hex,
    );
  }
  counted.set(key, open, 1);
  return open;
}
