import { differentPlaces, isBlurred, mostPhones, placeOfPhone, type Seen } from './scans.ts';
import { type Place, placeName } from './viewer-place.ts';

/** Weak: many honest boxes show it. Medium: few do. Strong: hardly any can. */
export type Strength = 'weak' | 'medium' | 'strong';
export const findingKinds = ['early', 'travel', 'phones', 'elsewhere', 'pattern'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One reason to think that a label was copied. The words never say that a box is genuine, nor that it is a copy: both carry the same code. */
export interface Finding {
  kind: FindingKind;
  strength: Strength;
  /** To whoever holds the box. */
  text: string;
  /** To the seller and the department. */
  forSeller: string;
}

/** What the market knows of an item apart from its scans. */
export interface ItemFacts {
  /** The seller's own province: there, packers and pickers look at labels too. */
  home?: Place | undefined;
  /** Where the package that holds it was sent to; absent when nobody said which package that is. */
  soldTo?: Place | undefined;
  /** Provinces in which far more boxes of the lot are seen than were sent there. */
  lotDoubts?: readonly Place[] | undefined;
}

const points: Record<Strength, number> = { weak: 1, medium: 2, strong: 4 };
/** One strong reason, or two medium ones. Found with the test bench (`npm run bench -- copies`), whose honest boxes bound it from below. */
const enough = 4;

const grade = (value: number, [weak, medium, strong]: readonly [number, number, number]): Strength | undefined =>
  value >= strong ? 'strong' : value >= medium ? 'medium' : value >= weak ? 'weak' : undefined;

const finding = (kind: FindingKind, strength: Strength | undefined, text: string, forSeller: string): Finding[] =>
  strength ? [{ kind, strength, text, forSeller }] : [];

const list = (places: readonly Place[]): string => [...new Set(places)].map(placeName).join(', ');
const many = (n: number): string => (n >= mostPhones ? `từ ${mostPhones}` : String(n));

/** Looked at where it cannot be yet. Networks blur the two large cities, so there one phone is a hint only. */
function early({ early: phones }: Seen): Finding[] {
  const places = Object.values(phones);
  const sharp = places.filter((p) => !isBlurred(p)).length;
  const strength = sharp >= 2 ? 'strong' : sharp === 1 ? 'medium' : places.length > 0 ? 'weak' : undefined;
  return finding(
    'early',
    strength,
    `Tem mang mã này đã được quét ở ${list(places)} trong khi hàng thật chưa rời người bán.`,
    `Quét ở ${list(places)} (${places.length} điện thoại) khi kiện hàng còn chưa gửi đi.`,
  );
}

/** Two phones too far apart for the time between them, or one day in too many provinces. */
function travel({ jumps, doubtfulJumps, placesInADay }: Seen): Finding[] {
  const byPace: Strength | undefined =
    jumps >= 2 ? 'strong' : jumps === 1 || doubtfulJumps >= 3 ? 'medium' : doubtfulJumps > 0 ? 'weak' : undefined;
  const byDay = grade(placesInADay, [Number.POSITIVE_INFINITY, 3, 4]);
  const strength = points[byDay ?? 'weak'] > points[byPace ?? 'weak'] ? byDay : (byPace ?? byDay);
  const text =
    placesInADay >= 3
      ? `Trong một ngày, mã này được quét ở ${placesInADay} nơi khác nhau bằng những điện thoại khác nhau.`
      : 'Mã này được quét ở hai nơi xa nhau trong thời gian không xe nào đi kịp.';
  return finding('travel', strength, text, `${text} (${jumps + doubtfulJumps} lần nhanh hơn 900 km/giờ)`);
}

/** More phones than a household, its guests and the seller have; provinces beyond those a box passes. */
function phones(seen: Seen): Finding[] {
  const all = Object.values(seen.phones);
  const byCount = grade(all.length, [5, 8, 14]);
  const places = differentPlaces(all);
  const byPlace = grade(places, [4, 5, 6]);
  const strength = points[byPlace ?? 'weak'] > points[byCount ?? 'weak'] ? byPlace : (byCount ?? byPlace);
  const text = `Mã này đã được ${many(all.length)} điện thoại quét${places > 1 ? `, ở ít nhất ${places} nơi` : ''}. Một hộp trong một nhà thường chỉ có vài điện thoại quét.`;
  return finding('phones', strength, text, `${many(all.length)} điện thoại, ${places} nơi.`);
}

/** A present travels on, so one place more is nothing; several phones in several places are. */
function elsewhere(seen: Seen, { soldTo, home }: ItemFacts): Finding[] {
  if (soldTo === undefined) return [];
  // A phone that has also been at the buyer's is the buyer's, whatever its network said another time.
  const strangers = Object.values(seen.phones).filter((places) => places.length > 0 && !places.some((p) => p === soldTo || p === home));
  const where = strangers.flatMap((places) => placeOfPhone(places) ?? []);
  const places = differentPlaces(strangers);
  const strength: Strength | undefined =
    strangers.length >= 5 && places >= 3 ? 'strong' : strangers.length >= 3 && places >= 2 ? 'medium' : places > 0 ? 'weak' : undefined;
  return finding(
    'elsewhere',
    strength,
    `Hộp mang mã này được bán đến ${placeName(soldTo)} nhưng cũng được quét ở ${list(where)}. Nếu không phải quà gửi tiếp, tem có thể đã bị chép.`,
    `Bán đến ${placeName(soldTo)}, ${strangers.length} điện thoại lạ quét ở ${list(where)}.`,
  );
}

/** Copies spread thinly over many codes show in no single code, only in the lot. */
function pattern(seen: Seen, { soldTo, home, lotDoubts = [] }: ItemFacts): Finding[] {
  const here = lotDoubts.filter((p) => p !== soldTo && p !== home && Object.values(seen.phones).some((places) => places.includes(p)));
  return finding(
    'pattern',
    here.length === 0 ? undefined : soldTo === undefined ? 'weak' : 'strong',
    `Ở ${list(here)}, số hộp của lô này được quét nhiều hơn hẳn số hộp đã gửi đến đó. Tem của lô có thể đang bị chép.`,
    `Mã được quét ở ${list(here)}, nơi lô này bị quét nhiều bất thường.`,
  );
}

/** Every reason there is, the strongest kind of evidence first. */
export const copyFindings = (seen: Seen, facts: ItemFacts): Finding[] => [
  ...early(seen),
  ...travel(seen),
  ...phones(seen),
  ...elsewhere(seen, facts),
  ...pattern(seen, facts),
];

export const isSuspicious = (findings: readonly Pick<Finding, 'strength'>[]): boolean =>
  findings.reduce((sum, { strength }) => sum + points[strength], 0) >= enough;
