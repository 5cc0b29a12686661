/**
 * The catalogue as the running market has it at build time. Pages made from it are a snapshot for reading and for search engines;
 * prices and stock are asked for again when a page opens.
 */
import type { Campaign } from '../../shared/campaigns/contract.ts';
import type { Product } from '../../shared/catalog/contract.ts';
import type { Seller } from '../../shared/sellers/contract.ts';

async function read<T>(path: string): Promise<T> {
  const origin = process.env.CATALOG_ORIGIN;
  if (!origin) {
    throw new Error(
      'CATALOG_ORIGIN is missing: the storefront is built from a running market, e.g. CATALOG_ORIGIN=http://127.0.0.1:4173 npm run build:web',
    );
  }
  const response = await fetch(new URL(path, origin)).catch((cause: unknown) => {
    throw new Error(`The market at ${origin} does not answer; start it first (npm start).`, { cause });
  });
  if (!response.ok) throw new Error(`The market answered ${response.status} to ${path}.`);
  return (await response.json()) as T;
}

async function readAll<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read<{ items: T[]; nextCursor?: string }>(
      `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** Every page asks, one request answers: the build shows one moment of the market. */
const once = <T>(load: () => Promise<T>) => {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
};

export const allProducts = once(() => readAll<Product>('/api/products'));
export const allCampaigns = once(() => readAll<Campaign>('/api/campaigns'));
export const allSellers = once(async () => (await read<{ items: Seller[] }>('/api/sellers')).items);
