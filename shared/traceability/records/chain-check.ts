import { addMonths, businessDay } from '../../platform/time.ts';
import { byRecord, type DayRecord, type Leaf, merkleRoot, noDayBefore, recordText, type Sha256Hex } from './chain.ts';
import { leastMonths } from './retention.ts';

/** What does not agree with the chain. */
export interface ChainFinding {
  what:
    | 'event_changed'
    | 'event_missing'
    | 'event_added'
    /** A record that was closed says another hash than its own content. */
    | 'record_changed'
    /** The record before it is not the one it was closed upon: a day was changed, taken out or put in. */
    | 'link_broken'
    /** The list of the day's fingerprints is not the one that was closed. */
    | 'leaves_changed'
    /** Marked as forgotten before any keeping time can have been over. */
    | 'forgotten_too_early';
  sellerId: string;
  day: string;
  /** Or its short name, where the ID itself is not known any more. */
  eventID?: string;
}

/** An event as it stands now. */
export interface FoundEvent {
  ref: string;
  eventID: string;
  recordTime: string;
  fingerprint: string;
}

export interface ClosedDay {
  record: DayRecord;
  leaves: readonly Leaf[];
}

export interface ChainVerdict {
  findings: ChainFinding[];
  /** Events that stand as they were closed. */
  good: number;
  /** Gone because their keeping time was over. */
  forgotten: number;
  /** Recorded after the last closed day: nothing vouches for them yet. */
  open: number;
}

/**
 * Compares everything a seller's chain says with the events that are there.
 * @param days in any order
 * @param events every stored event of the seller, in any order
 */
export function checkChain(sellerId: string, days: readonly ClosedDay[], events: readonly FoundEvent[], sha256: Sha256Hex): ChainVerdict {
  const ordered = days.toSorted((a, b) => (a.record.day < b.record.day ? -1 : 1));
  const left = new Map(events.map((event) => [event.ref, event]));
  const verdict: ChainVerdict = { findings: [], good: 0, forgotten: 0, open: 0 };
  let previous = noDayBefore;
  for (const { record, leaves } of ordered) {
    const { day } = record;
    const say = (what: ChainFinding['what'], eventID?: string) =>
      verdict.findings.push({ what, sellerId, day, ...(eventID === undefined ? {} : { eventID }) });
    if (sha256(recordText(sellerId, record)) !== record.hash) say('record_changed');
    if (record.previous !== previous) say('link_broken');
    previous = record.hash;
    if (!isClosedList(record, leaves, sha256)) say('leaves_changed');
    for (const leaf of leaves) {
      const event = left.get(leaf.ref);
      if (leaf.forgottenOn !== undefined) {
        // One that is marked and still there is about to go; one of another time was captured anew since.
        if (event?.recordTime === leaf.recordTime) left.delete(leaf.ref);
        verdict.forgotten++;
        if (leaf.forgottenOn <= addMonths(businessDay(new Date(leaf.recordTime)), leastMonths)) say('forgotten_too_early', leaf.ref);
        continue;
      }
      left.delete(leaf.ref);
      if (!event) say('event_missing', leaf.eventID ?? leaf.ref);
      else if (event.fingerprint !== leaf.fingerprint) say('event_changed', leaf.eventID ?? leaf.ref);
      else verdict.good++;
    }
  }
  const lastClosed = ordered.at(-1)?.record.day ?? '';
  for (const { recordTime, eventID } of left.values()) {
    const day = businessDay(new Date(recordTime));
    if (day > lastClosed) verdict.open++;
    else verdict.findings.push({ what: 'event_added', sellerId, day, eventID });
  }
  return verdict;
}

function isClosedList({ count, merkleRoot: root }: DayRecord, leaves: readonly Leaf[], sha256: Sha256Hex): boolean {
  if (leaves.length !== count) return false;
  const fingerprints = leaves.toSorted(byRecord).map(({ fingerprint }) => fingerprint);
  return merkleRoot(fingerprints, sha256) === root;
}
