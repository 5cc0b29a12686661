import type { Product } from '../../shared/catalog/contract.ts';
import { ocopBadge } from '../../shared/catalog/ocop.ts';
import { type Searchable, searchable, searchScore } from '../../shared/catalog/search.ts';
import { fold } from '../../shared/platform/fold.ts';
import { dongPerKilogram } from '../../shared/platform/money.ts';
import { notFound } from '../../shared/platform/problem.ts';
import { businessDay } from '../../shared/platform/time.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import { findOfferSkus } from '../campaigns/find-offers.ts';
import { readAvailable, stockPartition } from '../orders/read-stock.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { type Made, snapshots } from '../platform/snapshots.ts';
import { skuKey } from './sku-key.ts';
import { productPartition, readProductBySlug, readPublished, readSkus, type StoredProduct } from './store.ts';

export interface Browse {
  q?: string | undefined;
  category?: string | undefined;
  commune?: string | undefined;
  stars?: number | undefined;
  seller?: string | undefined;
  campaign?: string | undefined;
  sort?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Shelf {
  product: StoredProduct;
  search: Searchable;
  lowestPrice: number;
  /** What people call the seller's commune: code, `Phường Chũ`, `Chũ`. */
  communes: string[];
}

/** A warm function reads the shelves at most twice a second: a product is on them within 2 s of being published. */
const shelves = snapshots<Shelf[]>({ maxAgeMs: 500 });

const communeNames = ({ code, name }: { code: string; name: string }): string[] => [
  code,
  fold(name),
  fold(findCommune(code)?.name ?? name),
];

const readShelves = async (): Promise<Shelf[]> =>
  (await readPublished()).map((product) => ({
    product,
    search: searchable(product.name, [
      product.description,
      product.seller.name,
      product.seller.commune.name,
      ...product.variants.map((v) => v.name),
    ]),
    lowestPrice: Math.min(...product.variants.map((v) => v.price)),
    communes: communeNames(product.seller.commune),
  }));

/** Made of no partition: they read an index, which DynamoDB brings up to date after the write has ended. */
const allShelves = () => shelves.get('all', async () => ({ value: await readShelves(), madeOf: [] }));

const isPlace = (place: unknown): place is { after: string; rank: number | string } =>
  typeof place === 'object' &&
  place !== null &&
  'after' in place &&
  typeof place.after === 'string' &&
  'rank' in place &&
  ['number', 'string'].includes(typeof place.rank);

/** Products that answer a search, a page at a time. The page begins after the last product shown, so new products do not shift it. */
export async function browse(query: Browse, now: Date): Promise<{ items: Product[]; nextCursor?: string }> {
  const today = businessDay(now);
  const offered = query.campaign === undefined ? undefined : await findOfferSkus(query.campaign);
  const commune = query.commune === undefined ? undefined : fold(query.commune);
  const stars = (p: StoredProduct) => ocopBadge(p.ocop, today)?.stars ?? 0;
  const found = (await allShelves())
    .filter(({ product: p }) => query.category === undefined || p.category === query.category)
    .filter(({ communes }) => commune === undefined || communes.includes(commune))
    .filter(({ product: p }) => query.stars === undefined || stars(p) === query.stars)
    .filter(({ product: p }) => query.seller === undefined || p.seller.slug === query.seller || p.seller.id === query.seller)
    .filter(({ product: p }) => offered === undefined || p.variants.some((v) => offered.has(v.sku)))
    .map((shelf) => ({ ...shelf, score: query.q?.trim() ? searchScore(shelf.search, query.q) : 1 }))
    .filter(({ score }) => score > 0);

  type Found = (typeof found)[number];
  const sort = query.sort ?? (query.q?.trim() ? 'relevance' : 'stars');
  const rank = (f: Found): number | string => {
    if (sort === 'price') return f.lowestPrice;
    if (sort === '-price') return -f.lowestPrice;
    if (sort === 'name') return f.search.folded.name;
    if (sort === 'newest') return -Date.parse(f.product.createdAt);
    return sort === 'relevance' ? -f.score : -stars(f.product);
  };
  const order = (a: { rank: number | string; id: string }, b: { rank: number | string; id: string }) =>
    a.rank === b.rank ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.rank < b.rank ? -1 : 1;
  const ranked = found.map((f) => ({ rank: rank(f), id: f.product.id, product: f.product })).sort(order);
  const place = decodeCursor(query.cursor, isPlace);
  const rest = place ? ranked.filter((r) => order(r, { rank: place.rank, id: place.after }) > 0) : ranked;
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await withStock(
      page.map((r) => r.product),
      today,
    ),
    ...(last && rest.length > page.length ? { nextCursor: encodeCursor({ after: last.id, rank: last.rank }) } : {}),
  };
}

/** Products as shoppers see them: the badge only while its certificate is valid, and what is in stock right now. */
export async function withStock(products: readonly StoredProduct[], today: string): Promise<Product[]> {
  const available = await readAvailable(products.flatMap((p) => p.variants.map((v) => v.sku)));
  return products.map(({ createdAt: _c, updatedAt: _u, version: _v, status: _s, ocop, variants, ...p }) => {
    const { id, slug, name, description, seller, category, images, season, storage, shippingClass, traceable, demonstration } = p;
    const badge = ocopBadge(ocop, today);
    return {
      ...{ id, slug, name, description, seller, category, ...(badge ? { ocop: badge } : {}) },
      variants: variants.map((v) => ({
        ...v,
        unitPrice: dongPerKilogram(v.price, v.netWeightGrams),
        available: available.get(v.sku) ?? 0,
      })),
      ...{ images, season, storage, shippingClass, traceable, demonstration },
    };
  });
}

/**
 * Caches are told `max-age=1` (contract), so with another second here nobody sees a price or a stock that is more than 2 s old.
 * Prices of an order are read anew.
 */
const shown = snapshots<Product>({ maxAgeMs: 1_000 });

async function loadProduct(slug: string, today: string): Promise<Made<Product>> {
  const product = await readProductBySlug(slug);
  if (product?.status !== 'published')
    throw notFound({ vi: 'Không có sản phẩm này, hoặc sản phẩm đã ngừng bán.', en: 'There is no such product on sale.' });
  const skus = product.variants.map(({ sku }) => sku);
  const [[shown], records] = await Promise.all([withStock([product], today) as Promise<[Product]>, readSkus(skus)]);
  // What is held back is in stock and cannot be bought.
  const variants = shown.variants.map((v) => (records.get(v.sku)?.isHeld ? { ...v, available: 0 } : v));
  const partitions = skus.flatMap((sku) => [stockPartition(sku), skuKey(sku).pk]);
  return { value: { ...shown, variants }, madeOf: [productPartition(product), ...partitions] };
}

/**
 * A published product as shoppers see it; everyone gets the same object, so nobody may change it. That there is none is never kept:
 * what has just been published is there at once.
 * @throws Problem `not_found`
 */
export function productBySlug(slug: string, now: Date): Promise<Product> {
  // The badge's certificate may end with the day.
  const today = businessDay(now);
  return shown.get(`${today} ${slug}`, () => loadProduct(slug, today));
}
