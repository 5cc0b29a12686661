import type * as z from 'zod';
import { categories } from '../../shared/catalog/categories.ts';
import type { NewProduct, ProductPatch, SellerProduct } from '../../shared/catalog/contract.ts';
import { slugOf } from '../../shared/catalog/slug.ts';
import { invalid, notFound, Problem } from '../../shared/platform/problem.ts';
import { businessDay } from '../../shared/platform/time.ts';
import { setStock } from '../orders/set-stock.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { crockford, newId } from '../platform/ids.ts';
import type { StoredSeller } from '../sellers/find-seller.ts';
import { withStock } from './browse.ts';
import { readProduct, readProductsOf, type Saved, type StoredProduct, type StoredVariant, saveProduct } from './store.ts';

type OwnProduct = z.input<typeof SellerProduct>;

/** A seller whose identity is not verified may prepare but not publish (ND 320/2026/NĐ-CP). */
function mayPublish(seller: StoredSeller, status: string): void {
  if (status === 'published' && !seller.verified)
    throw new Problem('forbidden', {
      vi: 'Gian hàng chưa xác thực danh tính nên chưa đăng bán được. Bạn có thể lưu nháp.',
      en: 'This seller is not verified yet, so nothing can be published. Save it as a draft.',
    });
}

function taken(saved: Extract<Saved, { ok: false }>): Problem {
  if (saved.taken === 'version')
    return new Problem('conflict', {
      vi: 'Sản phẩm vừa được sửa ở nơi khác. Xin tải lại rồi sửa.',
      en: 'The product was changed meanwhile. Load it again.',
    });
  const what = { slug: 'Đường dẫn', sku: 'Mã SKU', gtin: 'GTIN' }[saved.taken];
  return new Problem('conflict', {
    vi: `${what} ${saved.value} đã có sản phẩm khác dùng.`,
    en: `${saved.taken} ${saved.value} belongs to another product.`,
  });
}

function variantsOf(asked: NewProduct['variants'], slug: string): StoredVariant[] {
  const variants = asked.map(({ quantity: _, ...v }) => ({
    ...v,
    sku: v.sku ?? `${slug.slice(0, 12).toUpperCase().replace(/-+$/, '')}-${crockford(5)}`,
  }));
  for (const member of ['sku', 'gtin'] as const) {
    const values = variants.flatMap((v) => v[member] ?? []);
    const again = values.findIndex((value, i) => values.indexOf(value) !== i);
    if (again >= 0)
      throw invalid(`variants[${again}].${member}`, { vi: 'Mã này đã dùng ở phân loại khác.', en: 'Used by another variant already.' });
  }
  return variants;
}

async function shown(product: StoredProduct, now: Date): Promise<OwnProduct> {
  const [p] = await withStock([product], businessDay(now));
  return { ...p, status: product.status, updatedAt: product.updatedAt, version: product.version } as OwnProduct;
}

/** The category's drawing, until sellers can upload pictures. */
const pictureOf = (category: string): string => `/pictures/${categories.find((c) => c.slug === category)?.picture ?? 'basket'}.svg`;

export async function listOwnProducts(seller: StoredSeller, limit: number, cursor: string | undefined, now: Date) {
  const after = decodeCursor(cursor, (p): p is string => typeof p === 'string' && p !== '');
  const all = (await readProductsOf(seller.id)).sort((a, b) => (a.id < b.id ? 1 : -1));
  const rest = after === undefined ? all : all.filter((p) => p.id < after);
  const page = rest.slice(0, limit);
  const items = await Promise.all(page.map((p) => shown(p, now)));
  const last = page.at(-1);
  return { items, ...(last && rest.length > limit ? { nextCursor: encodeCursor(last.id) } : {}) };
}

/** @throws Problem not_found for another seller's product as for none */
async function own(seller: StoredSeller, id: string): Promise<StoredProduct> {
  const product = await readProduct(id);
  if (product?.seller.id !== seller.id)
    throw notFound({ vi: 'Không có sản phẩm này trong gian hàng của bạn.', en: 'There is no such product in your stall.' });
  return product;
}

export const ownProduct = async (seller: StoredSeller, id: string, now: Date) => shown(await own(seller, id), now);

/**
 * Lists a product and puts its first stock on the shelf.
 * @throws Problem `forbidden` (unverified seller), `conflict` (slug, SKU or GTIN of another product)
 */
export async function createProduct(seller: StoredSeller, asked: NewProduct, now: Date): Promise<OwnProduct> {
  mayPublish(seller, asked.status);
  const base = slugOf(asked.slug ?? asked.name);
  if (!base) throw invalid('name', { vi: 'Tên cần có chữ cái hoặc chữ số.', en: 'The name needs letters or digits.' });
  const at = now.toISOString();
  const { slug, communeRef } = { slug: base, communeRef: seller.commune };
  const product: StoredProduct = {
    id: newId('prd', now),
    slug,
    name: asked.name,
    description: asked.description,
    seller: { id: seller.id, slug: seller.slug, name: seller.name, legalType: seller.legalType, commune: communeRef },
    category: asked.category,
    variants: variantsOf(asked.variants, base),
    images: [pictureOf(asked.category)],
    season: asked.season,
    storage: asked.storage,
    shippingClass: asked.shippingClass,
    traceable: asked.traceable,
    status: asked.status,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
  let saved = await saveProduct(product);
  // A slug the seller did not choose may be taken by a product of the same name: make it different once.
  if (!saved.ok && saved.taken === 'slug' && asked.slug === undefined) {
    product.slug = `${base}-${crockford(4).toLowerCase()}`;
    saved = await saveProduct(product);
  }
  if (!saved.ok) throw taken(saved);
  await stockUp(product, asked.variants, seller, now);
  return shown(product, now);
}

async function stockUp(product: StoredProduct, asked: NewProduct['variants'], seller: StoredSeller, now: Date): Promise<void> {
  await Promise.all(
    asked.map(({ quantity }, i) => {
      const sku = product.variants[i]?.sku;
      return quantity === undefined || sku === undefined ? undefined : setStock({ sku, quantity, by: seller.id, now });
    }),
  );
}

/** @throws Problem `not_found`, `forbidden`, `conflict` */
export async function changeProduct(seller: StoredSeller, id: string, patch: ProductPatch, now: Date): Promise<OwnProduct> {
  const before = await own(seller, id);
  mayPublish(seller, patch.status ?? 'draft');
  const { variants, season, storage, ...plain } = patch;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const product: StoredProduct = {
    ...before,
    ...given,
    ...(variants ? { variants: variantsOf(variants, before.slug) } : {}),
    ...(season === undefined ? {} : { season: season ?? undefined }),
    ...(storage === undefined ? {} : { storage: storage ?? undefined }),
    ...(patch.category && before.images.every((image) => image === pictureOf(before.category))
      ? { images: [pictureOf(patch.category)] }
      : {}),
    updatedAt: now.toISOString(),
    version: before.version + 1,
  };
  const saved = await saveProduct(product, before);
  if (!saved.ok) throw taken(saved);
  const newVariants = product.variants
    .map((v, i) => ({ v, asked: variants?.[i] }))
    .filter(({ v }) => !before.variants.some((b) => b.sku === v.sku));
  await Promise.all(
    newVariants.map(({ v, asked }) =>
      asked?.quantity === undefined ? undefined : setStock({ sku: v.sku, quantity: asked.quantity, by: seller.id, now }),
    ),
  );
  return shown(product, now);
}

/** @throws Problem `not_found` (product of another seller), 422 (SKU of another product) */
export async function setOwnStock(seller: StoredSeller, id: string, sku: string, quantity: number, now: Date) {
  const product = await own(seller, id);
  if (!product.variants.some((v) => v.sku === sku))
    throw invalid('sku', { vi: 'Sản phẩm này không có mã SKU đó.', en: 'This product has no such SKU.' });
  await setStock({ sku, quantity, by: seller.id, now });
  return { sku, available: quantity };
}
