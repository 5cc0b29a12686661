/**
 * Shares a whole amount out by weights so that the parts add up to it exactly (largest remainder; ties go to the earlier part).
 *
 * @param total whole đồng ≥ 0
 * @param weights whole numbers ≥ 0; all zero shares equally
 * @returns whole đồng, one per weight, summing to `total`
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((a, b) => a + b, 0);
  const of = sum === 0 ? weights.map(() => 1) : weights;
  const whole = BigInt(sum === 0 ? weights.length : sum);
  // BigInt, because total × weight of a large basket passes 2^53.
  const exact = of.map((w) => BigInt(total) * BigInt(w));
  const parts = exact.map((e) => Number(e / whole));
  const left = total - parts.reduce((a, b) => a + b, 0);
  exact
    .map((e, i) => ({ i, rest: e % whole }))
    .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
    .slice(0, left)
    .forEach(({ i }) => {
      parts[i] = (parts[i] ?? 0) + 1;
    });
  return parts;
}

/** A share in basis points, rounded half up to whole đồng: `basisPoints(1_000_000, 150)` is 15.000 ₫. */
export const basisPoints = (amountDong: number, points: number): number => Math.floor((amountDong * points + 5_000) / 10_000);

/** Đồng per kilogram, rounded to whole đồng, as shops must show it beside the price. */
export const dongPerKilogram = (priceDong: number, netWeightGrams: number): number => Math.round((priceDong * 1000) / netWeightGrams);

const vi = new Intl.NumberFormat('vi-VN');

/** `1234567` → `1.234.567 ₫`, with a no-break space, as pages write money. */
export const formatDong = (amount: number): string => `${vi.format(amount)}\u00a0₫`;
