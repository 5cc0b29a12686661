import type { Strength } from './copies.ts';
import { isBlurred } from './scans.ts';
import { abroad, type Place, placeName } from './viewer-place.ts';

/** Boxes of a lot by province: those its packages took there, and those that were looked at there. */
export interface LotPicture {
  /** The seller's province. */
  home?: Place | undefined;
  /** Codes issued for the lot. */
  coded: number;
  sent: Readonly<Record<Place, number>>;
  /** Different boxes; one box seen in two provinces counts in both. */
  boxesSeen: Readonly<Record<Place, number>>;
}

export interface PlaceScans {
  place: Place;
  sent: number;
  boxesSeen: number;
  /** As many as honest boxes would let expect there; absent at the seller's own and abroad, which are not judged. */
  expected?: number;
  isDoubtful: boolean;
}

/** Presents that travel on and networks that name another province. */
const strayShare = 0.2;
/** Where strays turn up: most of them where networks come out. */
const strayTo = (place: Place): number => (isBlurred(place) ? 0.3 : 0.02);

/** Fewer boxes than these prove nothing. */
const leastBoxes = 8;
const timesExpected = 2;
/** Standard deviations of a count by chance. */
const beyondChance = 5;

/**
 * Compares where a lot's boxes are seen with where they were sent: what catches copies spread over so many codes that no single code is
 * odd. Boxes that nobody said where they went to may be anywhere: a lot sold at the farm gate can never be doubtful. Nor can the seller's own
 * province, where packers look at labels before anyone else does; its looks say nothing about the others and are left out.
 */
export function placesOfLot({ home, coded, sent, boxesSeen }: LotPicture): PlaceScans[] {
  const sum = (of: Readonly<Record<Place, number>>) => Object.values(of).reduce((a, b) => a + b, 0);
  const away = (of: Readonly<Record<Place, number>>) => sum(of) - (home === undefined ? 0 : (of[home] ?? 0));
  const [sentAway, seenAway] = [away(sent), away(boxesSeen)];
  const known = coded > 0 ? Math.min(1, sum(sent) / coded) : 0;
  const places = [...new Set([...Object.keys(sent), ...Object.keys(boxesSeen)])];
  return places
    .map((place) => {
      const [sentHere, seenHere] = [sent[place] ?? 0, boxesSeen[place] ?? 0];
      if (place === home || place === abroad) return { place, sent: sentHere, boxesSeen: seenHere, isDoubtful: false };
      const share = sentAway > 0 ? sentHere / sentAway : 0;
      const honest = (1 - strayShare) * share + strayShare * strayTo(place);
      const expected = seenAway * (known * honest + (1 - known));
      const beyond = Math.max(timesExpected * expected, expected + beyondChance * Math.sqrt(expected));
      return { place, sent: sentHere, boxesSeen: seenHere, expected, isDoubtful: seenHere >= leastBoxes && seenHere >= beyond };
    })
    .sort((a, b) => b.boxesSeen - a.boxesSeen || b.sent - a.sent || (a.place < b.place ? -1 : 1));
}

export interface LotFinding {
  kind: 'pattern' | 'over_harvest';
  strength: Strength;
  text: string;
}

/** What is odd about a lot as a whole, for its seller and the department. Labels cannot outweigh a harvest (`balance.ts`), packages can. */
export function lotFindings(
  places: readonly PlaceScans[],
  { boxesSent, netWeightGrams, quantityGrams }: { boxesSent: number; netWeightGrams: number; quantityGrams: number },
): LotFinding[] {
  const doubtful = places.flatMap(({ place, boxesSeen, sent, isDoubtful }) =>
    isDoubtful ? [`${placeName(place)} (quét ${boxesSeen} hộp, gửi đến ${sent})`] : [],
  );
  const pattern: LotFinding[] =
    doubtful.length === 0
      ? []
      : [
          {
            kind: 'pattern',
            strength: 'strong',
            text: `Được quét nhiều hơn hẳn số hộp đã gửi: ${doubtful.join(', ')}. Tem của lô có thể đang bị chép.`,
          },
        ];
  const kilograms = (grams: number) => (grams / 1_000).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  const over: LotFinding[] =
    boxesSent * netWeightGrams <= quantityGrams
      ? []
      : [
          {
            kind: 'over_harvest',
            strength: 'medium',
            text: `Các kiện ghi lô này chứa ${kilograms(boxesSent * netWeightGrams)} kg, nhiều hơn ${kilograms(quantityGrams)} kg đã thu hoạch. Nếu một kiện lấy từ hai lô, xin ghi từng hộp.`,
          },
        ];
  return [...pattern, ...over];
}
