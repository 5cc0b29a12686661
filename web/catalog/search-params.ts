/** The address bar is the state of a search, so a search can be shared, reloaded and gone back to. */
import type { sorts } from '../../shared/catalog/contract.ts';

export type Sort = (typeof sorts)[number];
/** What a shopper may sort by; `relevance` is what the market does by itself. */
export const shopperSorts = ['relevance', 'price', '-price', 'stars', 'newest'] as const satisfies readonly Sort[];
export type ShopperSort = (typeof shopperSorts)[number];

export interface Search {
  q?: string;
  category?: string;
  commune?: string;
  stars?: 3 | 4 | 5;
  campaign?: string;
  sort?: ShopperSort;
}

const isOneOf = <T>(list: readonly T[], value: unknown): value is T => list.includes(value as T);
const text = (value: string | null, max: number) => value?.trim().slice(0, max) || undefined;

/** Reads `?q=…&stars=4`; anything the market would refuse is left out rather than shown as an error. */
export function readSearch(parameters: URLSearchParams): Search {
  const stars = Number(parameters.get('stars'));
  const sort = parameters.get('sort');
  const search: Search = {
    q: text(parameters.get('q'), 200),
    category: text(parameters.get('category'), 100),
    commune: text(parameters.get('commune'), 100),
    stars: isOneOf([3, 4, 5] as const, stars) ? stars : undefined,
    campaign: text(parameters.get('campaign'), 100),
    sort: isOneOf(shopperSorts, sort) && sort !== 'relevance' ? sort : undefined,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** The other way: `''` or `?q=vai+thieu&stars=4`, always in the same order. */
export function writeSearch(search: Search): string {
  const parameters = new URLSearchParams();
  for (const name of ['q', 'category', 'commune', 'stars', 'campaign', 'sort'] as const) {
    const value = search[name];
    if (value !== undefined && value !== '' && value !== 'relevance') parameters.set(name, String(value));
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}

export const countFilters = (search: Search): number =>
  [search.category, search.commune, search.stars, search.campaign].filter(Boolean).length;
