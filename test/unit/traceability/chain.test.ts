import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayRecord,
  type Leaf,
  merklePath,
  merkleRoot,
  noDayBefore,
  recordText,
  rootOn,
} from '../../../shared/traceability/records/chain.ts';
import { type ClosedDay, checkChain, type FoundEvent } from '../../../shared/traceability/records/chain-check.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const fingerprints = fc.array(fc.stringMatching(/^[\da-f]{64}$/), { minLength: 1, maxLength: 70 });

describe('the tree over a day', () => {
  test('is made of words that anybody can hash again', () => {
    const [a, b, c] = [sha('leaf\naa'), sha('leaf\nbb'), sha('leaf\ncc')];
    expect(merkleRoot(['aa'], sha)).toBe(a);
    expect(merkleRoot(['aa', 'bb'], sha)).toBe(sha(`node\n${a}\n${b}`));
    // The third has no neighbour and goes up as it is.
    expect(merkleRoot(['aa', 'bb', 'cc'], sha)).toBe(sha(`node\n${sha(`node\n${a}\n${b}`)}\n${c}`));
    expect(merklePath(['aa', 'bb', 'cc'], 2, sha)).toEqual([{ side: 'left', hash: sha(`node\n${a}\n${b}`) }]);
    expect(() => merkleRoot([], sha)).toThrow('no root');
    expect(() => merklePath(['aa'], 1, sha)).toThrow('no leaf 1');
  });

  test('every event’s path leads to the root, and no other event’s does', () => {
    fc.assert(
      fc.property(fingerprints, fc.nat(), fc.stringMatching(/^[\da-f]{64}$/), (all, n, other) => {
        const index = n % all.length;
        const path = merklePath(all, index, sha);
        const root = merkleRoot(all, sha);
        expect(rootOn(all[index] ?? '', path, sha)).toBe(root);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(all.length)));
        if (other !== all[index]) expect(rootOn(other, path, sha)).not.toBe(root);
      }),
    );
  });

  test('changes with every change, exchange or loss of an event', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[\da-f]{64}$/), { minLength: 2, maxLength: 40 }), fc.nat(), (all, n) => {
        const i = n % (all.length - 1);
        const root = merkleRoot(all, sha);
        expect(merkleRoot(all.toSpliced(i, 1), sha)).not.toBe(root);
        expect(merkleRoot(all.toSpliced(i, 2, all[i + 1] ?? '', all[i] ?? ''), sha)).not.toBe(root);
        expect(merkleRoot([...all, all.at(-1) ?? ''], sha)).not.toBe(root);
      }),
    );
  });
});

const leaf = (n: number, recordTime: string): Leaf => ({ ref: `r${n}`, recordTime, fingerprint: sha(`print ${n}`), eventID: `urn:x:${n}` });
const found = ({ ref, recordTime, fingerprint, eventID }: Leaf): FoundEvent => ({ ref, recordTime, fingerprint, eventID: eventID ?? '' });

/** Three days of two events each; the second day is not the day after the first. */
function world(): { days: ClosedDay[]; events: FoundEvent[] } {
  const days: ClosedDay[] = [];
  for (const [i, day] of ['2026-06-01', '2026-06-04', '2026-06-05'].entries()) {
    const leaves = [leaf(2 * i, `${day}T01:00:00.000Z`), leaf(2 * i + 1, `${day}T02:00:00.000Z`)];
    days.push({ record: dayRecord('sel_1', day, leaves, days.at(-1)?.record.hash ?? noDayBefore, sha), leaves });
  }
  return { days, events: days.flatMap(({ leaves }) => leaves.map(found)) };
}
const check = ({ days, events }: ReturnType<typeof world>) => checkChain('sel_1', days, events, sha);

describe('the check of a chain', () => {
  test('finds nothing where nothing happened, in whatever order it reads', () => {
    const { days, events } = world();
    expect(check({ days: days.toReversed(), events: events.toReversed() })).toEqual({ findings: [], good: 6, forgotten: 0, open: 0 });
  });

  test('a record says what stands in it', () => {
    const { record } = world().days[0] as ClosedDay;
    expect(record).toEqual({
      day: '2026-06-01',
      count: 2,
      firstRecordTime: '2026-06-01T01:00:00.000Z',
      lastRecordTime: '2026-06-01T02:00:00.000Z',
      merkleRoot: sha(`node\n${sha(`leaf\n${sha('print 0')}`)}\n${sha(`leaf\n${sha('print 1')}`)}`),
      previous: '0'.repeat(64),
      hash: expect.any(String),
    });
    expect(recordText('sel_1', record).split('\n')).toEqual([
      'cho-kinh-bac chain 1',
      ...['sel_1', '2026-06-01', '2', '2026-06-01T01:00:00.000Z', '2026-06-01T02:00:00.000Z', record.merkleRoot, record.previous],
    ]);
    expect(record.hash).toBe(sha(recordText('sel_1', record)));
  });

  test('names an event that was changed, taken away or put in, with its day', () => {
    const { days, events } = world();
    const changed = events.map((event) => (event.ref === 'r2' ? { ...event, fingerprint: sha('other') } : event));
    expect(check({ days, events: changed }).findings).toEqual([
      { what: 'event_changed', sellerId: 'sel_1', day: '2026-06-04', eventID: 'urn:x:2' },
    ]);
    expect(check({ days, events: events.filter(({ ref }) => ref !== 'r1') }).findings).toEqual([
      { what: 'event_missing', sellerId: 'sel_1', day: '2026-06-01', eventID: 'urn:x:1' },
    ]);
    // On a day that had events, on one that had none, and before the first.
    for (const day of ['2026-06-04', '2026-06-03', '2026-05-30']) {
      const late = found({ ...leaf(9, `${day}T03:00:00.000Z`) });
      expect(check({ days, events: [...events, late] }).findings).toEqual([
        { what: 'event_added', sellerId: 'sel_1', day, eventID: 'urn:x:9' },
      ]);
    }
    // 17:00 UTC is the next day in Việt Nam, which is not closed.
    expect(check({ days, events: [...events, found(leaf(9, '2026-06-05T17:00:00.000Z'))] })).toMatchObject({ findings: [], open: 1 });
  });

  test('an event moved to another time is changed, not lost', () => {
    const { days, events } = world();
    const moved = events.map((event) =>
      event.ref === 'r0' ? { ...event, recordTime: '2026-06-05T09:00:00.000Z', fingerprint: sha('x') } : event,
    );
    expect(check({ days, events: moved }).findings).toEqual([
      { what: 'event_changed', sellerId: 'sel_1', day: '2026-06-01', eventID: 'urn:x:0' },
    ]);
  });

  test('whoever changes an event with its list, its record or its day is found at the next link', () => {
    const { days, events } = world();
    const [first, second, third] = days as [ClosedDay, ClosedDay, ClosedDay];
    const forged = leaf(0, '2026-06-01T01:00:00.000Z');
    forged.fingerprint = sha('forged');
    const leaves = [forged, first.leaves[1] as Leaf];
    const others = events.map((event) => (event.ref === 'r0' ? found(forged) : event));
    const at = (day: string, ...whats: string[]) => whats.map((what) => ({ what, sellerId: 'sel_1', day }));
    expect(check({ days: [{ ...first, leaves }, second, third], events: others }).findings).toEqual(at('2026-06-01', 'leaves_changed'));
    const { merkleRoot: root } = dayRecord('sel_1', '2026-06-01', leaves, noDayBefore, sha);
    const patched = { record: { ...first.record, merkleRoot: root }, leaves };
    expect(check({ days: [patched, second, third], events: others }).findings).toEqual(at('2026-06-01', 'record_changed'));
    const closedAnew = { record: dayRecord('sel_1', '2026-06-01', leaves, noDayBefore, sha), leaves };
    expect(check({ days: [closedAnew, second, third], events: others }).findings).toEqual(at('2026-06-04', 'link_broken'));
    // A whole day with its events taken out.
    const without = events.filter(({ ref }) => ref !== 'r2' && ref !== 'r3');
    expect(check({ days: [first, third], events: without }).findings).toEqual(at('2026-06-05', 'link_broken'));
    // The seller's name is in the hash: another's day does not do.
    expect(checkChain('sel_2', days, events, sha).findings.map(({ what }) => what)).toEqual(Array(3).fill('record_changed'));
  });

  test('forgotten events leave the chain whole, but none may be forgotten in its first twelve months', () => {
    const { days, events } = world();
    const [first, ...rest] = days as [ClosedDay, ...ClosedDay[]];
    const forget = (forgottenOn: string) => ({
      ...first,
      leaves: first.leaves.map((l) => (l.ref === 'r0' ? { ...l, eventID: undefined, forgottenOn } : l)),
    });
    const left = events.filter(({ ref }) => ref !== 'r0');
    expect(check({ days: [forget('2027-06-02'), ...rest], events: left })).toEqual({ findings: [], good: 5, forgotten: 1, open: 0 });
    // Marked, and about to go.
    expect(check({ days: [forget('2027-06-02'), ...rest], events })).toEqual({ findings: [], good: 5, forgotten: 1, open: 0 });
    // Captured anew under its old name, on a day that is closed, too.
    const again = leaf(0, '2027-07-01T01:00:00.000Z');
    const closed = [forget('2027-06-02'), ...rest];
    const anew = { record: dayRecord('sel_1', '2027-07-01', [again], rest.at(-1)?.record.hash ?? '', sha), leaves: [again] };
    expect(check({ days: [...closed, anew], events: [...left, found(again)] })).toEqual({ findings: [], good: 6, forgotten: 1, open: 0 });
    expect(check({ days: closed, events: [...left, found(again)] })).toEqual({ findings: [], good: 5, forgotten: 1, open: 1 });
    expect(check({ days: [forget('2027-06-01'), ...rest], events: left }).findings).toEqual([
      { what: 'forgotten_too_early', sellerId: 'sel_1', day: '2026-06-01', eventID: 'r0' },
    ]);
  });
});
