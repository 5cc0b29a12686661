import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyFindings, type ItemFacts, isSuspicious } from '../../../shared/traceability/scans/copies.ts';
import { afterLook, isNewPlace, type Look, mostPhones, type Seen, unseen } from '../../../shared/traceability/scans/scans.ts';
import { abroad } from '../../../shared/traceability/scans/viewer-place.ts';

/** 24 Bắc Ninh sells; 40 Nghệ An, 66 Đắk Lắk, 91 An Giang, 22 Quảng Ninh buy; 01 and 79 are where networks come out. */
const at = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 5, 20, hour, minute)).toISOString();
const look = (phone: string, place: string | undefined, hour = 0, minute = 0, isEarly = false): Look => ({
  ...{ at: at(hour, minute), phone, place, isEarly },
});
const seenAfter = (...looks: Look[]): Seen => looks.reduce(afterLook, unseen);
const judged = (seen: Seen, facts: ItemFacts = { home: '24' }) =>
  copyFindings(seen, facts).map(({ kind, strength }) => `${kind}:${strength}`);
const ofPhones = (n: number, place: string, from = 0): Look[] => Array.from({ length: n }, (_, i) => look(`p${from + i}`, place, i % 20));

describe('one phone', () => {
  test('proves nothing, however often and wherever it looks', () => {
    const seen = seenAfter(look('a', '40'), look('a', '66', 0, 5), look('a', '91', 0, 9), look('a', '79', 1), look('a', '22', 2));
    expect(judged(seen)).toEqual([]);
    expect([seen.jumps, seen.doubtfulJumps, seen.placesInADay]).toEqual([0, 0, 1]);
    // The fifth place of one phone is not kept.
    expect(seen.phones).toEqual({ a: ['40', '66', '91', '79'] });
  });

  test('that was once at the buyer’s is the buyer’s, whatever its network says another time', () => {
    const seen = seenAfter(look('a', '79'), look('a', '40', 1));
    expect(judged(seen, { home: '24', soldTo: '40' })).toEqual([]);
    expect(judged(seenAfter(look('a', '79')), { home: '24', soldTo: '40' })).toEqual(['elsewhere:weak']);
  });
});

describe('impossible journeys', () => {
  // Nghệ An to An Giang: 1,001 km between their middles, 801 km without what borders blur: 53 minutes for an airliner.
  test('two phones 1,001 km apart: within 53 minutes impossible, within 54 not', () => {
    expect(judged(seenAfter(look('a', '40'), look('b', '91', 0, 53)))).toEqual(['travel:medium']);
    expect(judged(seenAfter(look('a', '40'), look('b', '91', 0, 54)))).toEqual([]);
  });

  test('neighbours are never too far apart, in the same second', () => {
    expect(judged(seenAfter(look('a', '24'), look('b', '22')))).toEqual([]);
  });

  test('through the places where networks come out it is a hint, three times more than that', () => {
    const once = seenAfter(look('a', '40'), look('b', '79', 0, 1));
    expect([judged(once), once.jumps, once.doubtfulJumps]).toEqual([['travel:weak'], 0, 1]);
    const often = seenAfter(look('a', '40'), look('b', '79', 0, 1), look('c', '40', 0, 2), look('d', '79', 0, 3));
    expect(judged(often)).toEqual(['travel:medium']);
    expect(judged(seenAfter(look('a', '40'), look('b', abroad, 0, 1)))).toEqual([]);
  });

  test('two phones that sit still are one journey, not one more with each look', () => {
    const still = [1, 2, 3, 4].flatMap((minute) => [look('a', '40', 0, minute), look('b', '91', 0, minute)]);
    expect(seenAfter(...still).jumps).toBe(1);
  });

  test('twice, or four places in one day: alone enough', () => {
    const twice = seenAfter(look('a', '40'), look('b', '91', 0, 5), look('c', '66', 0, 6), look('d', '22', 0, 7));
    expect(twice.jumps).toBe(3);
    expect([judged(twice)[0], isSuspicious(copyFindings(twice, {}))]).toEqual(['travel:strong', true]);
    const slowly = seenAfter(look('a', '40', 0), look('b', '66', 6), look('c', '91', 12), look('d', '22', 18));
    expect([slowly.jumps, slowly.placesInADay, judged(slowly)[0]]).toEqual([0, 4, 'travel:strong']);
    // Both large cities and abroad are one place, since nobody knows which.
    const blurred = seenAfter(look('a', '01', 0), look('b', '79', 6), look('c', abroad, 12), look('d', '40', 18));
    expect(blurred.placesInADay).toBe(2);
  });

  test('a day later they do not count together', () => {
    const seen = seenAfter(look('a', '40', 0), look('b', '66', 6), look('c', '91', 24), look('d', '22', 36));
    expect(seen.placesInADay).toBe(2);
  });
});

describe('looked at before it left', () => {
  test('one phone elsewhere: medium; two: enough; in a blurred place: a hint', () => {
    expect(judged(seenAfter(look('a', '91', 0, 0, true)))).toEqual(['early:medium']);
    expect(judged(seenAfter(look('a', '91', 0, 0, true), look('b', '91', 0, 1, true)))).toEqual(['early:strong']);
    expect(judged(seenAfter(look('a', '79', 0, 0, true), look('b', '01', 0, 30, true)))).toEqual(['early:weak', 'travel:weak']);
  });

  test('one phone looking ten times is one phone', () => {
    const seen = seenAfter(...Array.from({ length: 10 }, (_, i) => look('a', '91', 0, i, true)));
    expect(judged(seen)).toEqual(['early:medium']);
  });
});

describe('many phones', () => {
  test.each([
    [4, []],
    [5, ['phones:weak']],
    [7, ['phones:weak']],
    [8, ['phones:medium']],
    [13, ['phones:medium']],
    [14, ['phones:strong']],
  ])('%d in one place: %o', (n, findings) => expect(judged(seenAfter(...ofPhones(n, '40')))).toEqual(findings));

  test('more than 24 are not kept apart, and the sentence says so', () => {
    const seen = seenAfter(...ofPhones(100, '40'));
    expect(Object.keys(seen.phones)).toHaveLength(mostPhones);
    expect(copyFindings(seen, {})[0]?.text).toContain('từ 24 điện thoại');
  });

  test('a present in another province is a hint; three strangers in two provinces are more; five in three enough', () => {
    const facts = { home: '24', soldTo: '40' };
    const days = (looks: [string, string][]) => seenAfter(...looks.map(([phone, place], i) => look(phone, place, i * 30)));
    const family: [string, string][] = [
      ['a', '40'],
      ['b', '40'],
    ];
    expect(judged(days([...family, ['c', '91']]), facts)).toEqual(['elsewhere:weak']);
    expect(
      judged(
        days([
          ['c', '91'],
          ['d', '91'],
          ['e', '66'],
        ]),
        facts,
      ),
    ).toEqual(['elsewhere:medium']);
    expect(
      judged(
        days([
          ['c', '91'],
          ['d', '91'],
          ['e', '66'],
          ['f', '66'],
          ['g', '22'],
        ]),
        facts,
      ),
    ).toEqual(['phones:weak', 'elsewhere:strong']);
    // The seller's packers are no strangers.
    expect(
      judged(
        days([
          ['c', '24'],
          ['d', '24'],
          ['e', '24'],
        ]),
        facts,
      ),
    ).toEqual([]);
  });
});

describe('a lot that is seen where it was not sent', () => {
  const seen = seenAfter(look('a', '91'));
  test('makes its item suspicious there when it is known to have gone elsewhere', () => {
    expect(judged(seen, { home: '24', soldTo: '40', lotDoubts: ['91'] })).toEqual(['elsewhere:weak', 'pattern:strong']);
    expect(judged(seen, { home: '24', lotDoubts: ['91'] })).toEqual(['pattern:weak']);
    expect(judged(seen, { home: '24', soldTo: '91', lotDoubts: ['91'] })).toEqual([]);
    expect(judged(seen, { home: '24', soldTo: '40', lotDoubts: ['66'] })).toEqual(['elsewhere:weak']);
  });
});

test('no sentence ever says genuine', () => {
  const seen = seenAfter(...ofPhones(20, '40'), look('x', '91', 0, 1, true), look('y', '66', 0, 2, true));
  const all = copyFindings(seen, { home: '24', soldTo: '22', lotDoubts: ['91'] });
  expect(all.map(({ kind }) => kind)).toEqual(['early', 'travel', 'phones', 'elsewhere', 'pattern']);
  for (const { text, forSeller } of all) expect(`${text} ${forSeller}`).not.toMatch(/chính hãng|100%|undefined|NaN/);
});

const anyLook = fc.record({
  at: fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => new Date(Date.UTC(2026, 5, 1) + minutes * 60_000).toISOString()),
  phone: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEF'),
  place: fc.constantFrom('24', '01', '79', '40', '91', '66', '22', abroad, undefined),
  isEarly: fc.boolean(),
});
const anyLooks = fc.array(anyLook, { maxLength: 120 }).map((looks) => looks.sort((a, b) => (a.at < b.at ? -1 : 1)));
const anyFacts = fc.record({
  home: fc.constantFrom('24', undefined),
  soldTo: fc.constantFrom('40', '01', undefined),
  lotDoubts: fc.constantFrom([], ['91'], undefined),
});

describe('whatever is scanned', () => {
  test('what an item remembers stays under 4 KB and is never changed in place', () => {
    fc.assert(
      fc.property(anyLooks, (looks) => {
        let seen = unseen;
        for (const one of looks) {
          const before = JSON.stringify(seen);
          const after = afterLook(seen, one);
          expect(JSON.stringify(seen)).toBe(before);
          seen = after;
        }
        expect(JSON.stringify(seen).length).toBeLessThan(4_000);
        expect(Object.keys(seen.phones).length).toBe(Math.min(mostPhones, new Set(looks.map(({ phone }) => phone)).size));
      }),
    );
  });

  test('one more look never makes evidence weaker', () => {
    const weight = { weak: 1, medium: 2, strong: 4 };
    fc.assert(
      fc.property(anyLooks, anyFacts, (looks, facts) => {
        const seen = looks.reduce(afterLook, unseen);
        const without = looks.slice(0, -1).reduce(afterLook, unseen);
        // Except that a stranger's phone may turn out to be the buyer's own.
        const of = (s: Seen) =>
          Object.fromEntries(
            copyFindings(s, facts).flatMap(({ kind, strength }) =>
              kind === 'early' || kind === 'travel' || kind === 'pattern' ? [[kind, weight[strength]]] : [],
            ),
          );
        for (const [kind, before] of Object.entries(of(without))) expect(of(seen)[kind], kind).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('an item is counted once in each place it is seen in, however many look', () => {
    fc.assert(
      fc.property(anyLooks, (looks) => {
        const counted: string[] = [];
        let seen = unseen;
        for (const one of looks) {
          const after = afterLook(seen, one);
          if (isNewPlace(seen, after, one.place)) counted.push(one.place as string);
          seen = after;
        }
        expect(counted.sort()).toEqual([...new Set(Object.values(seen.phones).flat())].sort());
      }),
    );
  });

  test('phones beyond those that are kept bring no new place', () => {
    const full = seenAfter(...ofPhones(mostPhones, '40'));
    const after = afterLook(full, look('x', '91'));
    expect(isNewPlace(full, after, '91')).toBe(false);
    expect(isNewPlace(full, afterLook(full, look('p0', '91')), '91')).toBe(true);
  });
});
