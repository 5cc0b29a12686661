import type { Text } from '../platform/problem.ts';

/** What a lot weighed, and how much of it already carries codes. */
export interface Balance {
  quantityGrams: number;
  codedGrams: number;
  /** One package of the product. */
  netWeightGrams: number;
}

/** How many more packages the lot can fill. */
export const roomFor = ({ quantityGrams, codedGrams, netWeightGrams }: Balance): number =>
  Math.max(0, Math.floor((quantityGrams - codedGrams) / netWeightGrams));

const weight = (grams: number, language: 'vi-VN' | 'en-US'): string =>
  grams < 1_000 ? `${grams} g` : `${(grams / 1_000).toLocaleString(language, { maximumFractionDigits: 3 })} kg`;

const number = (count: number, language: 'vi-VN' | 'en-US'): string => count.toLocaleString(language);

/** Why `count` codes are more than the harvest: selling 5 tons of an 820 kg harvest is the cheapest fraud there is. */
export function overHarvest(balance: Balance, count: number): Text {
  const left = Math.max(0, balance.quantityGrams - balance.codedGrams);
  const vi = (grams: number) => weight(grams, 'vi-VN');
  const en = (grams: number) => weight(grams, 'en-US');
  return {
    vi:
      `Lô thu hoạch ${vi(balance.quantityGrams)}, đã cấp mã cho ${vi(balance.codedGrams)}, còn ${vi(left)}: ` +
      `đủ cho ${number(roomFor(balance), 'vi-VN')} gói ${vi(balance.netWeightGrams)}. ` +
      `${number(count, 'vi-VN')} mã cần ${vi(count * balance.netWeightGrams)}.`,
    en:
      `The lot weighed ${en(balance.quantityGrams)}, ${en(balance.codedGrams)} of it carry codes, ${en(left)} are left: ` +
      `enough for ${number(roomFor(balance), 'en-US')} packages of ${en(balance.netWeightGrams)}. ` +
      `${number(count, 'en-US')} codes need ${en(count * balance.netWeightGrams)}.`,
  };
}
