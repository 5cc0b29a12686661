import { chanceOf, copiesOf, honestBox, judgeLot, somePlaces } from './boxes.ts';
import type { Findings } from './figures.ts';

/*
 * How many copied labels the market's rules notice, and how often they accuse an honest box (`boxes.ts` invents the people, the rules are
 * the market's own). It needs no market and no clock: the same seed gives the same figures on every machine.
 *
 * - False positive: an honest box that is `suspicious` once all its looks are in, where every household looks (0–6 times, 1–3 phones).
 * - Detection of one code printed on N boxes: that code is `suspicious` once all looks are in.
 * - Detection of 200 codes printed on 5 more boxes each, sold in 3 provinces, of a lot of 2,000 honest boxes: the market doubts the lot in at
 *   least one of these provinces.
 */
const honestBoxes = 10_000;
const boxesPerLot = 500;
const bench = { seed: 20_260_615, seeds: [1, 2, 3, 4, 5, 6, 7, 8], singleTrials: 200, lotTrials: 40 };
/** Of households that buy a box, so many look at its label at all. The few published figures lie between the first and the second. */
const scanningShares = [0.03, 0.1, 0.3, 1] as const;

export interface Honest {
  /** Of 10,000 boxes. */
  suspicious: number;
  /** Of 20 lots. */
  doubtfulLots: number;
}

/** 10,000 honest boxes in 20 lots, in which everybody looks. */
export function honest(seed: number): Honest {
  const chance = chanceOf(seed);
  const lots = Array.from({ length: honestBoxes / boxesPerLot }, () =>
    judgeLot(Array.from({ length: boxesPerLot }, () => honestBox(chance))),
  );
  return {
    suspicious: lots.flatMap(({ suspicious }) => suspicious).filter(Boolean).length,
    doubtfulLots: lots.filter(({ lotDoubts }) => lotDoubts.length > 0).length,
  };
}

/** The share of copied codes noticed: one code on `copies` more boxes, sold in one to six provinces. */
export function single(seed: number, copies: number, scanning: number, trials = bench.singleTrials): number {
  const chance = chanceOf(seed);
  let noticed = 0;
  for (let trial = 0; trial < trials; trial++) {
    const box = honestBox(chance, scanning);
    box.looks.push(...copiesOf(chance, copies, somePlaces(chance, 1 + Math.floor(chance() * 6)), scanning));
    if (judgeLot([box]).suspicious[0]) noticed++;
  }
  return noticed / trials;
}

export interface Dispersed {
  /** Share of attacked lots that are doubted in one of the three provinces. */
  lots: number;
  /** Share of the copied codes that are suspicious. */
  codes: number;
  /** Share of the lots' other, honest codes that are suspicious. */
  honest: number;
}

/** 200 codes on 5 more boxes each in 3 provinces, beside 2,000 honest boxes of the lot. */
export function dispersed(seed: number, scanning: number, trials = bench.lotTrials): Dispersed {
  const chance = chanceOf(seed);
  const copied = 200;
  const sum = { lots: 0, codes: 0, honest: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const boxes = Array.from({ length: 2_000 }, () => honestBox(chance, scanning));
    const places = somePlaces(chance, 3);
    for (const box of boxes.slice(0, copied)) box.looks.push(...copiesOf(chance, 5, places, scanning));
    const { lotDoubts, suspicious } = judgeLot(boxes);
    if (lotDoubts.some((place) => places.includes(place))) sum.lots++;
    sum.codes += suspicious.slice(0, copied).filter(Boolean).length / copied;
    sum.honest += suspicious.slice(copied).filter(Boolean).length / (boxes.length - copied);
  }
  return { lots: sum.lots / trials, codes: sum.codes / trials, honest: sum.honest / trials };
}

const percent = (share: number): number => share * 100;

/** Prints detection and false-positive rates; no copy is ever promised to be found, an honest box not to be accused is. */
export async function copies(): Promise<Findings> {
  const runs = bench.seeds.map(honest);
  const first = honest(bench.seed);
  const shares = [first, ...runs].map(({ suspicious }) => percent(suspicious / honestBoxes));
  const figures: Findings['figures'] = [
    { what: '10,000 honest boxes: suspicious', value: percent(first.suspicious / honestBoxes), unit: '%', target: { atMost: 0.5 } },
    { what: `  the worst of ${shares.length} seeds`, value: Math.max(...shares), unit: '%', target: { atMost: 0.5 } },
    {
      what: '  20 honest lots: doubted, all seeds',
      value: [first, ...runs].reduce((n, { doubtfulLots }) => n + doubtfulLots, 0),
      unit: 'lots',
    },
  ];
  const say = (scanning: number) => (scanning === 1 ? 'everybody looks' : `${percent(scanning)}% look`);
  for (const scanning of scanningShares)
    for (const n of [20, 100, 500])
      figures.push({
        what: `one code on ${n} boxes, ${say(scanning)}: noticed`,
        value: percent(single(bench.seed, n, scanning)),
        unit: '%',
      });
  for (const scanning of scanningShares) {
    const found = dispersed(bench.seed, scanning);
    figures.push(
      { what: `200 codes × 5 copies, ${say(scanning)}: lots noticed`, value: percent(found.lots), unit: '%' },
      { what: '  of their copied codes: suspicious', value: percent(found.codes), unit: '%' },
      { what: '  of their honest codes: suspicious', value: percent(found.honest), unit: '%' },
    );
  }
  const broken = shares.some((share) => share >= 0.5) ? [`copies: ${Math.max(...shares)}% of honest boxes are accused`] : [];
  const range = `${Math.min(...shares).toFixed(2)}–${Math.max(...shares).toFixed(2)}%`;
  return {
    figures,
    broken,
    notes: [`copies: of 10,000 honest boxes ${range} are suspicious (${shares.length} seeds). Who looks at no label notices no copy.`],
  };
}
