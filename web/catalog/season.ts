import type { Product } from '../../shared/catalog/contract.ts';

type Seasonal = Pick<Product, 'season'>;

export const isInSeason = (product: Seasonal, month: number): boolean => product.season?.months.includes(month) ?? false;

/** Months until a product can be had again: 0 now, 11 at most; undefined for what is there all year round. */
export function monthsUntilSeason(product: Seasonal, month: number): number | undefined {
  if (!product.season) return undefined;
  return Math.min(...product.season.months.map((m) => (m - month + 12) % 12));
}

/** Seasonal goods, those that can be had now first, then what comes next. All-year goods are not "in season". */
export function bySeason<P extends Seasonal>(products: readonly P[], month: number): P[] {
  return products
    .map((product) => ({ product, wait: monthsUntilSeason(product, month) }))
    .filter((x): x is { product: P; wait: number } => x.wait !== undefined)
    .sort((a, b) => a.wait - b.wait)
    .map((x) => x.product);
}
