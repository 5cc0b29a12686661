import { provinces } from '../../shipping/places.ts';

/** A province's code of today (two digits), or `abroad`. */
export type Place = string;
export const abroad: Place = 'abroad';

/**
 * ISO 3166-2:VN knows the 63 provinces of before 1 July 2025 and, where one name lives on, no other code for it. Each of today's 34 is
 * given the codes of all it was made of (Resolution 202/2025/QH15).
 */
const isoByProvince: Readonly<Record<string, string>> = {
  '01': 'HN 15',
  '04': '04',
  '08': '07 03',
  '11': '71',
  '12': '01',
  '14': '05',
  '15': '02 06',
  '19': '69 53',
  '20': '09',
  '22': '13',
  '24': '56 54',
  '25': '68 70 14',
  '31': 'HP 61',
  '33': '66 20',
  '37': '18 63 67',
  '38': '21',
  '40': '22',
  '42': '23',
  '44': '25 24',
  '46': '26',
  '48': 'DN 27',
  '51': '29 28',
  '52': '30 31',
  '56': '34 36',
  '66': '33 32',
  '68': '35 72 40',
  '75': '39 58',
  '79': 'SG 57 43',
  '80': '37 41',
  '82': '45 46',
  '86': '49 50 51',
  '91': '44 47',
  '92': 'CT 52 73',
  '96': '59 55',
};

const provinceByIso = new Map(Object.entries(isoByProvince).flatMap(([code, iso]) => iso.split(' ').map((old) => [old, code] as const)));
const names = new Map(provinces().map(({ code, name }) => [code, name]));

/**
 * Where a visitor seems to be, as the network's edge tells it: `country` in ISO 3166-1 (`VN`), `region` in ISO 3166-2 with or without the
 * country (`54`, `VN-54`). Undefined when nobody knows. It is the place of the network, so a phone may be in another province.
 */
export function viewerPlace(country: string | undefined, region: string | undefined): Place | undefined {
  const [prefix, rest] = /^([A-Z]{2})-(.+)$/.exec(region?.toUpperCase() ?? '')?.slice(1) ?? [];
  const land = (prefix ?? country)?.toUpperCase();
  if (land !== undefined && /^[A-Z]{2}$/.test(land) && land !== 'VN') return abroad;
  return provinceByIso.get(rest ?? region?.toUpperCase() ?? '');
}

/** `24` → `Bắc Ninh`. */
export const placeName = (place: Place): string => (place === abroad ? 'nước ngoài' : (names.get(place) ?? place));
