import { companies } from './sellers/companies.ts';
import { cooperatives } from './sellers/cooperatives.ts';
import { households } from './sellers/households.ts';
import type { SeedSeller } from './types.ts';

/**
 * Demonstration shops with names of our own, none of them a real producer; each sits in a commune its goods really come from.
 * Telephone numbers, tax codes and bank accounts are made up and recognisable as such. `ho-cho-duyet` is not verified and therefore sells nothing.
 */
export const seedSellers: readonly SeedSeller[] = [...cooperatives, ...households, ...companies];
