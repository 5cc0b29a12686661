import { formatTonnes, formatWeight } from './format.ts';

const gramsPerTonne = 1_000_000;

/** What was sold, all together: kilograms until they are a tonne. */
export const sayWeight = (grams: number): string => {
  if (Math.abs(grams) >= gramsPerTonne) return formatTonnes(grams);
  return grams === 0 ? '0\u00a0kg' : formatWeight(grams);
};
