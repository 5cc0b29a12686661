import { copyFindings, isSuspicious } from '../../shared/traceability/scans/copies.ts';
import { type LotPicture, placesOfLot } from '../../shared/traceability/scans/lot-scans.ts';
import { afterLook, isNewPlace, type Look, type Seen, unseen } from '../../shared/traceability/scans/scans.ts';
import { abroad, type Place } from '../../shared/traceability/scans/viewer-place.ts';

/*
 * A small world of boxes and the people who look at their labels, to find out how many copies the market's rules notice and how often they
 * accuse an honest box. The rules themselves are the market's own; only people are invented here.
 */

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export type Chance = () => number;
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const between = (chance: Chance, from: number, to: number): number => from + chance() * (to - from);
const whole = (chance: Chance, from: number, to: number): number => Math.floor(between(chance, from, to + 1));
const oneOf = <T>(chance: Chance, all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
function weighted(chance: Chance, weights: readonly (readonly [Place, number])[]): Place {
  let left = chance() * weights.reduce((sum, [, w]) => sum + w, 0);
  for (const [place, w] of weights) {
    left -= w;
    if (left < 0) return place;
  }
  return weights[0]?.[0] ?? '01';
}

const home: Place = '24';
/** Where a stall of Bắc Ninh sells. */
const customers: readonly (readonly [Place, number])[] = [
  ...([
    ['01', 30],
    ['24', 20],
    ['79', 12],
    ['31', 6],
    ['22', 5],
    ['33', 4],
    ['19', 4],
  ] as const),
  ...([
    ['25', 4],
    ['37', 3],
    ['38', 3],
    ['40', 3],
    ['48', 3],
    ['20', 3],
  ] as const),
];
/** Where people live, roughly, in shares of a hundred: presents and copies go anywhere. */
const people: readonly (readonly [Place, number])[] = [
  ...([
    ['01', 8],
    ['79', 14],
    ['38', 4],
    ['40', 4],
    ['24', 4],
    ['31', 4],
    ['37', 4],
    ['25', 4],
    ['33', 3],
    ['91', 4],
  ] as const),
  ...([
    ['86', 4],
    ['75', 4],
    ['82', 4],
    ['92', 4],
    ['80', 3],
    ['52', 3],
    ['66', 3],
    ['68', 3],
    ['48', 3],
    ['51', 2],
  ] as const),
  ...([
    ['56', 2],
    ['96', 3],
    ['08', 2],
    ['15', 2],
    ['19', 2],
    ['44', 2],
    ['46', 1],
    ['42', 1],
    ['22', 1],
    ['14', 1],
    ['20', 1],
  ] as const),
];

/** One look in seven goes through a network that names another place. */
const blurShare = 0.15;
const blurredTo: readonly (readonly [Place, number])[] = [
  ['01', 70],
  ['79', 25],
  [abroad, 5],
];
/** And one in fifty is put into any province at all. */
const wrongShare = 0.02;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.UTC(2026, 5, 15);

interface RawLook {
  at: number;
  phone: string;
  place: Place;
}

export interface Box {
  looks: RawLook[];
  soldTo: Place;
  /** Somebody said which package it is in. */
  isTied: boolean;
  /** When the seller told the market that it had left. */
  markedSentAt: number;
}

const seenFrom = (chance: Chance, place: Place): Place => {
  const dice = chance();
  if (dice < blurShare) return weighted(chance, blurredTo);
  return dice < blurShare + wrongShare ? weighted(chance, people) : place;
};

/** A household looks so often with so many phones, within the days after `from`. */
function household(chance: Chance, from: number, place: Place, looks: number, phones: number, days = 14): RawLook[] {
  const names = Array.from({ length: phones }, () => `p${Math.floor(chance() * 1e12)}`);
  return Array.from({ length: looks }, () => ({
    at: from + chance() ** 2 * days * dayMs,
    phone: oneOf(chance, names),
    place: seenFrom(chance, place),
  }));
}

/**
 * An honest box: packed, perhaps looked at by its seller, sent (one seller in ten presses the button days late), perhaps looked at by a
 * carrier, then by a household 0–6 times with 1–3 phones; some are given on to another province, some are passed round an office.
 * @param scanning share of households that look at all
 */
export function honestBox(chance: Chance, scanning = 1): Box {
  const packedAt = start + chance() * 10 * dayMs;
  const leftAt = packedAt + chance() * dayMs;
  const markedSentAt = chance() < 0.1 ? leftAt + between(chance, 1, 4) * dayMs : leftAt;
  const arrivedAt = leftAt + between(chance, 1, 3) * dayMs;
  const soldTo = weighted(chance, customers);
  const looks: RawLook[] = [];
  if (chance() < 0.15) looks.push(...household(chance, packedAt - 6 * hourMs, home, whole(chance, 1, 3), whole(chance, 1, 2), 0.5));
  if (chance() < 0.02) looks.push(...household(chance, leftAt, oneOf(chance, [home, '01', soldTo]), 1, 1, 1));
  if (chance() < scanning) looks.push(...household(chance, arrivedAt, soldTo, whole(chance, 0, 6), whole(chance, 1, 3)));
  if (chance() < 0.06) {
    const place = weighted(chance, people);
    const givenAt = arrivedAt + between(chance, 1, 10) * dayMs;
    if (chance() < scanning) looks.push(...household(chance, givenAt, place, whole(chance, 0, 4), whole(chance, 1, 2)));
  }
  if (chance() < 0.01) {
    const n = whole(chance, 4, 12);
    looks.push(...household(chance, arrivedAt + chance() * 3 * dayMs, soldTo, n, n, 0.05));
  }
  return { looks, soldTo, isTied: chance() < 0.6, markedSentAt };
}

/** What people who bought a copy see: the same code, in another place. */
export function copiesOf(chance: Chance, copies: number, places: readonly Place[], scanning: number): RawLook[] {
  const sold = start + 5 * dayMs;
  return Array.from({ length: copies }, () =>
    chance() < scanning
      ? household(chance, sold + chance() * 20 * dayMs, oneOf(chance, places), whole(chance, 1, 6), whole(chance, 1, 3))
      : [],
  ).flat();
}

export function somePlaces(chance: Chance, n: number): Place[] {
  const places = new Set<Place>();
  while (places.size < n) places.add(weighted(chance, people));
  return [...places];
}

/** The item as the market remembers it after all its looks, in their order. */
export function seenOf(box: Box, count?: (place: Place) => void): Seen {
  let seen = unseen;
  for (const { at, phone, place } of [...box.looks].sort((a, b) => a.at - b.at)) {
    const isEarly = box.isTied && at < box.markedSentAt && place !== home && place !== box.soldTo;
    const look: Look = { at: new Date(at).toISOString(), phone, place, isEarly };
    const after = afterLook(seen, look);
    if (isNewPlace(seen, after, place)) count?.(place);
    seen = after;
  }
  return seen;
}

/** A lot of boxes: which of them the market suspects, and in which provinces it doubts the lot. */
export function judgeLot(boxes: readonly Box[], coded = boxes.length) {
  const picture = { home, coded, sent: {}, boxesSeen: {} } satisfies LotPicture;
  const [sent, boxesSeen]: Record<Place, number>[] = [picture.sent, picture.boxesSeen];
  const add = (to: Record<Place, number> | undefined, place: Place) => {
    if (to) to[place] = (to[place] ?? 0) + 1;
  };
  const seen = boxes.map((box) => {
    add(sent, box.soldTo);
    return seenOf(box, (place) => add(boxesSeen, place));
  });
  const lotDoubts = placesOfLot(picture).flatMap(({ place, isDoubtful }) => (isDoubtful ? [place] : []));
  const findings = boxes.map((box, i) => copyFindings(seen[i] ?? unseen, { home, soldTo: box.isTied ? box.soldTo : undefined, lotDoubts }));
  return { lotDoubts, findings, suspicious: findings.map(isSuspicious) };
}
