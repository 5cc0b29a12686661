import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { LegalType } from '../../shared/catalog/contract.ts';
import type { OcopCertificate } from '../../shared/catalog/ocop.ts';
import { tables } from '../platform/config.ts';
import { dynamo, getMany, queryAll, type TransactItem, transact } from '../platform/dynamo.ts';
import { skuKey } from './sku-key.ts';

export type ProductStatus = 'draft' | 'published';

export interface StoredVariant {
  sku: string;
  name: string;
  gtin?: string;
  price: number;
  compareAtPrice?: number;
  unit: string;
  netWeightGrams: number;
  wholesale?: { minQuantity: number; price: number }[];
}

export interface StoredProduct {
  /** `prd_…` */
  id: string;
  slug: string;
  name: string;
  description: string;
  seller: { id: string; slug: string; name: string; legalType: LegalType; commune: { code: string; name: string } };
  category: string;
  ocop?: OcopCertificate;
  variants: StoredVariant[];
  images: string[];
  season?: { text: string; months: number[] };
  storage?: string;
  shippingClass: 'ambient' | 'fresh' | 'chilled' | 'fragile' | 'bulky';
  traceable: boolean;
  status: ProductStatus;
  demonstration?: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
}

/** One SKU with all that pricing, shipping and reports need, so that an order reads one item per line. */
export interface SkuRecord {
  sku: string;
  productId: string;
  productSlug: string;
  productName: string;
  variantName: string;
  unit: string;
  gtin?: string;
  sellerId: string;
  sellerName: string;
  sellerSlug: string;
  legalType: LegalType;
  communeCode: string;
  communeName: string;
  category: string;
  shippingClass: StoredProduct['shippingClass'];
  price: number;
  wholesale?: { minQuantity: number; price: number }[];
  netWeightGrams: number;
  image?: string;
  status: ProductStatus | 'withdrawn';
  /** All that is left of it is from a recalled lot: not for sale until that changes. */
  isHeld?: true;
}

const productKey = (id: string) => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' });
const slugKey = (slug: string) => ({ pk: `PRODUCT_SLUG#${slug}`, sk: 'SLUG' });
const gtinKey = (gtin: string) => ({ pk: `GTIN#${gtin}`, sk: 'GTIN' });

/** Where a product lies: whoever keeps a snapshot of it drops the snapshot when this partition is written. */
export const productPartition = ({ id }: StoredProduct): string => productKey(id).pk;

export async function readProduct(id: string): Promise<StoredProduct | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: productKey(id), ConsistentRead: true }));
  return Item as StoredProduct | undefined;
}

/** A slug stays its first product's for good (`saveProduct`), so a warm function asks for it once: one read of a product's three. */
const idBySlug = new Map<string, string>();

async function readId(slug: string): Promise<string | undefined> {
  const known = idBySlug.get(slug);
  if (known) return known;
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: slugKey(slug), ConsistentRead: true }));
  if (!Item) return undefined;
  if (idBySlug.size >= 5_000) idBySlug.clear();
  idBySlug.set(slug, String(Item.productId));
  return String(Item.productId);
}

export async function readProductBySlug(slug: string): Promise<StoredProduct | undefined> {
  const id = await readId(slug);
  return id === undefined ? undefined : readProduct(id);
}

/** All published products. The market holds hundreds to a few thousands of them (668 OCOP products in the province): one partition. */
export const readPublished = async (): Promise<StoredProduct[]> =>
  (await queryAll({
    TableName: tables.commerce,
    IndexName: 'gsi2',
    KeyConditionExpression: 'gsi2pk = :p',
    ExpressionAttributeValues: { ':p': 'PRODUCTS' },
  })) as unknown as StoredProduct[];

export const readProductsOf = async (sellerId: string): Promise<StoredProduct[]> =>
  (await queryAll({
    TableName: tables.commerce,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :p',
    ExpressionAttributeValues: { ':p': `SELLER_PRODUCTS#${sellerId}` },
  })) as unknown as StoredProduct[];

/** SKU records by SKU; unknown ones are missing. */
export async function readSkus(skus: readonly string[]): Promise<Map<string, SkuRecord>> {
  const items = await getMany(tables.commerce, skus.map(skuKey));
  return new Map([...items.values()].map((item) => [String(item.sku), item as unknown as SkuRecord]));
}

/** Marks an SKU as not for sale although it is published, or takes the mark away; one that is gone needs none. */
export async function writeHold(sku: string, isHeld: boolean): Promise<void> {
  await transact([
    {
      Update: {
        TableName: tables.commerce,
        Key: skuKey(sku),
        UpdateExpression: isHeld ? 'SET isHeld = :yes' : 'REMOVE isHeld',
        ConditionExpression: 'attribute_exists(pk)',
        ...(isHeld ? { ExpressionAttributeValues: { ':yes': true } } : {}),
      },
    },
  ]);
}

export async function readSkuByGtin(gtin: string): Promise<SkuRecord | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: gtinKey(gtin) }));
  return Item ? (await readSkus([String(Item.sku)])).get(String(Item.sku)) : undefined;
}

const skuRecord = (product: StoredProduct, variant: StoredVariant): SkuRecord => ({
  sku: variant.sku,
  productId: product.id,
  productSlug: product.slug,
  productName: product.name,
  variantName: variant.name,
  unit: variant.unit,
  gtin: variant.gtin,
  sellerId: product.seller.id,
  sellerName: product.seller.name,
  sellerSlug: product.seller.slug,
  legalType: product.seller.legalType,
  communeCode: product.seller.commune.code,
  communeName: product.seller.commune.name,
  category: product.category,
  shippingClass: product.shippingClass,
  price: variant.price,
  wholesale: variant.wholesale,
  netWeightGrams: variant.netWeightGrams,
  image: product.images[0],
  status: product.status,
});

/** A product as read carries the index keys it had: a withdrawn one must not take its place among the published along. */
const productItem = ({ gsi2pk: _pk, gsi2sk: _sk, ...product }: StoredProduct & { gsi2pk?: string; gsi2sk?: string }) => ({
  ...product,
  ...productKey(product.id),
  gsi1pk: `SELLER_PRODUCTS#${product.seller.id}`,
  gsi1sk: product.id,
  ...(product.status === 'published' ? { gsi2pk: 'PRODUCTS', gsi2sk: product.slug } : {}),
});

export type Saved = { ok: true } | { ok: false; taken: 'slug' | 'version' | 'sku' | 'gtin'; value: string };

/**
 * Writes a product with its slug, SKUs and GTINs: all or none. `before` is what it replaces; the write is refused when someone else
 * changed it meanwhile (`version`) or a slug, SKU or GTIN belongs to another product. The same write again changes nothing.
 */
export async function saveProduct(product: StoredProduct, before?: StoredProduct): Promise<Saved> {
  const TableName = tables.commerce;
  const mine = { ':id': product.id };
  const items: { what: 'slug' | 'version' | 'sku' | 'gtin'; value: string; item: TransactItem }[] = [
    {
      what: 'version',
      value: product.id,
      item: {
        Put: {
          TableName,
          Item: productItem(product),
          ConditionExpression: before ? 'version = :before' : 'attribute_not_exists(pk) OR version = :own',
          ExpressionAttributeValues: before ? { ':before': before.version } : { ':own': product.version },
        },
      },
    },
    {
      what: 'slug',
      value: product.slug,
      item: {
        Put: {
          TableName,
          Item: { ...slugKey(product.slug), productId: product.id },
          ConditionExpression: 'attribute_not_exists(pk) OR productId = :id',
          ExpressionAttributeValues: mine,
        },
      },
    },
  ];
  // The members are set one by one: what an edit leaves out is taken away, what is not the product's own stays.
  const skuUpdate = (record: Partial<SkuRecord> & { sku: string }): TransactItem => {
    const set = Object.entries(record).filter(([, value]) => value !== undefined);
    const remove = Object.entries(record).filter(([, value]) => value === undefined);
    return {
      Update: {
        TableName,
        Key: skuKey(record.sku),
        UpdateExpression: `SET ${set.map((_, i) => `#s${i} = :s${i}`).join(', ')}${remove.length ? ` REMOVE ${remove.map((_, i) => `#r${i}`).join(', ')}` : ''}`,
        ConditionExpression: 'attribute_not_exists(pk) OR productId = :id',
        ExpressionAttributeNames: Object.fromEntries([
          ...set.map(([name], i) => [`#s${i}`, name]),
          ...remove.map(([name], i) => [`#r${i}`, name]),
        ]),
        ExpressionAttributeValues: { ...mine, ...Object.fromEntries(set.map(([, value], i) => [`:s${i}`, value])) },
      },
    };
  };
  for (const variant of product.variants) {
    items.push({ what: 'sku', value: variant.sku, item: skuUpdate(skuRecord(product, variant)) });
    if (variant.gtin)
      items.push({
        what: 'gtin',
        value: variant.gtin,
        item: {
          Put: {
            TableName,
            Item: { ...gtinKey(variant.gtin), sku: variant.sku, productId: product.id },
            ConditionExpression: 'attribute_not_exists(pk) OR productId = :id',
            ExpressionAttributeValues: mine,
          },
        },
      });
  }
  const kept = new Set(product.variants.map((v) => v.sku));
  for (const gone of before?.variants.filter((v) => !kept.has(v.sku)) ?? [])
    items.push({ what: 'sku', value: gone.sku, item: skuUpdate({ sku: gone.sku, productId: product.id, status: 'withdrawn' }) });
  const result = await transact(items.map(({ item }) => item));
  if (result.ok) return result;
  const first = items[result.refused[0]?.index ?? 0];
  return { ok: false, taken: first?.what ?? 'version', value: first?.value ?? product.id };
}
