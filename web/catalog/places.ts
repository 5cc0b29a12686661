import type { Seller } from '../../shared/sellers/contract.ts';

/** The communes somebody sells from, by name: offering all 99 as a filter would lead to empty pages. */
export function communesOfSellers(sellers: readonly Pick<Seller, 'commune'>[]): { code: string; name: string }[] {
  const byCode = new Map(sellers.map((s) => [s.commune.code, s.commune]));
  return [...byCode.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
}
