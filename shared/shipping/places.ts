/**
 * Places of Vietnam as addresses use them since 1 July 2025: 34 provinces, 3,321 communes, no districts.
 *
 * Names and codes: github.com/thanglequoc/vietnamese-provinces-database (MIT), July 2026, after Resolution 30/2026/QH16.
 * Bắc Ninh's 99 communes (Resolution 1658/NQ-UBTVQH15) also carry the names they had before, because people still write them.
 * Two districts ended only half a year earlier (Resolution 1191/NQ-UBTVQH15, 1 January 2025) and live on in addresses too:
 * the ten communes that became Thị xã Chũ are found as "Huyện Lục Ngạn", the southern part of Thành phố Bắc Giang as "Huyện Yên Dũng".
 */
import { fold } from '../platform/fold.ts';
import formerNames from './former-names.json' with { type: 'json' };
import places from './places.json' with { type: 'json' };

export interface Province {
  /** Two digits, e.g. '24' for Bắc Ninh. */
  code: string;
  name: string;
  fullName: string;
}

export interface Commune {
  /** Five digits, unique in the whole country. */
  code: string;
  name: string;
  fullName: string;
}

export interface CommuneHit extends Commune {
  /** Old commune and district names that matched the search, as people wrote them: ['Huyện Lục Ngạn']. Absent when only today's name did. */
  formerly?: string[];
}

type KindLetter = 'p' | 'x' | 'd';
const kindNames: Record<KindLetter, string> = { p: 'Phường', x: 'Xã', d: 'Đặc khu' };
const former: Readonly<Record<string, { communes: string[]; districts: string[] }>> = formerNames;

const allProvinces: readonly Province[] = places.map(({ code, kind, name }) => ({
  code,
  name,
  fullName: `${kind === 'city' ? 'Thành phố' : 'Tỉnh'} ${name}`,
}));
const communesByProvince: ReadonlyMap<string, readonly Commune[]> = new Map(
  places.map((province) => [province.code, province.communes.map(readCommune)]),
);
const communeByCode = new Map(
  allProvinces.flatMap((province) =>
    (communesByProvince.get(province.code) ?? []).map((commune) => [commune.code, { ...commune, province }]),
  ),
);

/** A row is "07525 p Chũ": code, letter of the kind, name. */
function readCommune(row: string): Commune {
  const name = row.slice(8);
  return { code: row.slice(0, 5), name, fullName: `${kindNames[row.charAt(6) as KindLetter]} ${name}` };
}

/** The 34 provinces and centrally run cities, in the order of their codes. */
export function provinces(): Province[] {
  return allProvinces.map((province) => ({ ...province }));
}

/** The communes of a province in the order of their codes, or undefined when there is no such province. */
export function communesOf(provinceCode: string): Commune[] | undefined {
  return communesByProvince.get(provinceCode)?.map((commune) => ({ ...commune }));
}

/** The commune with this code and the province it lies in. The retired codes of before July 2025 find nothing. */
export function findCommune(code: string): (Commune & { province: Province }) | undefined {
  const found = communeByCode.get(code);
  return found && { ...found, province: { ...found.province } };
}

const communeKind = /^(phuong|xa|thi tran|dac khu) /;
const districtKind = /^((huyen|thi xa|thanh pho|quan) |(tp|tx)(\. ?| ))/;

/** How well a name answers: 0 the whole name, 1 its beginning, 2 the beginning of a later word, Infinity not at all. */
function distance(foldedName: string, wanted: string): number {
  if (foldedName === wanted) return 0;
  if (foldedName.startsWith(wanted)) return 1;
  return foldedName.includes(` ${wanted}`) ? 2 : Number.POSITIVE_INFINITY;
}

/** The distance of a full name, read with its kind ("Huyện Lục Ngạn") or without ("Lục Ngạn"), whichever is nearer. */
function distanceOfFullName(fullName: string, kind: RegExp, wanted: string): number {
  const folded = fold(fullName);
  return Math.min(distance(folded, wanted), distance(folded.replace(kind, ''), wanted));
}

/** Communes one of whose names answers the folded text: today's names first, then old communes, then old districts. */
function rankCommunes(communes: readonly Commune[], wanted: string, levels: { communes: boolean; districts: boolean }): CommuneHit[] {
  const ranked: { hit: CommuneHit; rank: number }[] = [];
  for (const commune of communes) {
    let rank = levels.communes ? distanceOfFullName(commune.fullName, communeKind, wanted) : Number.POSITIVE_INFINITY;
    const formerly: string[] = [];
    for (const name of levels.communes ? (former[commune.code]?.communes ?? []) : []) {
      const found = distanceOfFullName(name, communeKind, wanted);
      rank = Math.min(rank, 3 + found);
      if (Number.isFinite(found) && fold(name) !== fold(commune.fullName)) formerly.push(name);
    }
    for (const name of levels.districts ? (former[commune.code]?.districts ?? []) : []) {
      const found = distanceOfFullName(name, districtKind, wanted);
      rank = Math.min(rank, 6 + found);
      if (Number.isFinite(found)) formerly.push(name);
    }
    if (Number.isFinite(rank)) ranked.push({ hit: formerly.length > 0 ? { ...commune, formerly } : { ...commune }, rank });
  }
  // sort() is stable: equal ranks keep the order of codes.
  return ranked.sort((a, b) => a.rank - b.rank).map(({ hit }) => hit);
}

/**
 * Communes of a province that answer a typed text, best first; tone marks, đ and capitals do not matter.
 * For Bắc Ninh old names count as well: "viet yen" finds what Thị xã Việt Yên became, "Thành phố Bắc Ninh" the five phường it was cut into.
 * The kind may be out of date ("huyện Việt Yên", "xã Hồng Giang"): when the text as typed finds nothing, it is tried without its kind, at that level.
 * Not the other way round, because without tone marks a name can look like a kind: "phuong lieu", "huyen son", "xa dung".
 * An empty text gives every commune; an unknown province none.
 */
export function searchCommunes(provinceCode: string, text: string): CommuneHit[] {
  const communes = communesOf(provinceCode) ?? [];
  const typed = fold(text);
  if (typed === '') return communes;

  const asTyped = rankCommunes(communes, typed, { communes: true, districts: true });
  if (asTyped.length > 0) return asTyped;
  if (communeKind.test(typed)) return rankCommunes(communes, typed.replace(communeKind, ''), { communes: true, districts: false });
  if (districtKind.test(typed)) return rankCommunes(communes, typed.replace(districtKind, ''), { communes: false, districts: true });
  return [];
}
