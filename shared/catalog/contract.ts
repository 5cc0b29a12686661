import * as z from 'zod';
import { type Contract, Day, Dong, line, listOf, paging, prose, route, Slug } from '../platform/contract.ts';
import { isGtin } from '../traceability/gtin.ts';
import { categories } from './categories.ts';

export const Category = z.enum(categories.map((c) => c.slug) as [string, ...string[]]);

export const legalTypes = ['cooperative', 'household', 'company', 'individual'] as const;
export const LegalType = z.enum(legalTypes);
export type LegalType = (typeof legalTypes)[number];

export const CommuneRef = z.object({ code: z.string(), name: z.string() });

export const SellerRef = z
  .object({ id: z.string(), slug: z.string(), name: z.string(), legalType: LegalType, commune: CommuneRef })
  .meta({ id: 'SellerRef' });

/** An OCOP certificate from 3 stars is valid 36 months from its decision (QĐ 26/2026/QĐ-TTg, Art. 4). */
export const Ocop = z
  .object({ stars: z.int().min(3).max(5), decisionNumber: z.string(), decisionDate: Day, validUntil: Day })
  .meta({ id: 'Ocop' });

const Wholesale = z.array(z.object({ minQuantity: z.int().min(2).max(9_999), price: Dong })).max(5);

export const Sku = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/);
/** A SKU as a shopper's basket may name it: looser than what a seller may create, so that an unknown one is found missing, not malformed. */
export const SkuAsked = z.string().min(1).max(60);
export const Gtin14 = z.string().refine(isGtin, 'GTIN-14 with its check digit');

const VariantOut = z.object({
  sku: z.string(),
  name: z.string(),
  gtin: z.string().optional(),
  price: Dong,
  compareAtPrice: Dong.optional(),
  unit: z.string(),
  netWeightGrams: z.int(),
  unitPrice: z.int().meta({ description: 'Đồng per kilogram' }),
  available: z.int(),
  wholesale: Wholesale.optional(),
});

export const Season = z.object({ text: line(80), months: z.array(z.int().min(1).max(12)).min(1).max(12) });
export const ShippingClass = z.enum(['ambient', 'fresh', 'chilled', 'fragile', 'bulky']);

export const Product = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    seller: SellerRef,
    category: z.string(),
    ocop: Ocop.optional(),
    variants: z.array(VariantOut),
    images: z.array(z.string()),
    season: Season.optional(),
    storage: z.string().optional(),
    shippingClass: ShippingClass,
    traceable: z.boolean(),
    demonstration: z
      .boolean()
      .optional()
      .meta({ description: 'Demonstration data: a real kind of goods under a seller and price of our own' }),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof Product>;

/** What a seller sees of an own product: also drafts, and when it last changed. */
export const SellerProduct = Product.extend({ status: z.enum(['draft', 'published']), updatedAt: z.string(), version: z.int() }).meta({
  id: 'SellerProduct',
});

const VariantIn = z
  .object({
    sku: Sku.optional().meta({ description: 'Unique in the market; made up when absent' }),
    name: line(80).default('Mặc định'),
    gtin: Gtin14.optional(),
    price: Dong.min(1_000),
    compareAtPrice: Dong.optional(),
    unit: line(30).default('sản phẩm'),
    netWeightGrams: z.int().min(1).max(2_000_000),
    wholesale: Wholesale.optional(),
    quantity: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .meta({ description: 'Stock to begin with (new variants only; later `PUT …/stock`)' }),
  })
  .refine((v) => v.compareAtPrice === undefined || v.compareAtPrice > v.price, {
    path: ['compareAtPrice'],
    message: 'compareAtPrice > price',
  })
  .refine((v) => (v.wholesale ?? []).every((w) => w.price < v.price), { path: ['wholesale'], message: 'wholesale price < price' });

const productFields = {
  name: line(120, 2),
  description: prose(4_000).default(''),
  category: Category,
  variants: z.array(VariantIn).min(1).max(20),
  season: Season.optional(),
  storage: line(200).optional(),
  shippingClass: ShippingClass.default('ambient'),
  traceable: z.boolean().default(false),
  status: z.enum(['draft', 'published']).default('published'),
};

export const NewProduct = z.object({ slug: Slug.optional(), ...productFields }).meta({ id: 'NewProduct' });
export type NewProduct = z.infer<typeof NewProduct>;

export const ProductPatch = z
  .object({
    name: line(120, 2),
    description: prose(4_000),
    category: Category,
    variants: z.array(VariantIn).min(1).max(20),
    season: Season.nullable(),
    storage: line(200).nullable(),
    shippingClass: ShippingClass,
    traceable: z.boolean(),
    status: z.enum(['draft', 'published']),
  })
  .partial()
  .meta({ id: 'ProductPatch' });
export type ProductPatch = z.infer<typeof ProductPatch>;

const ownProduct = z.object({ id: z.string().min(1).max(60) });
const live = 'public, max-age=1';

export const sorts = ['relevance', 'price', '-price', 'name', 'stars', 'newest'] as const;

export const catalogContract = {
  listProducts: route({
    method: 'GET',
    path: '/api/products',
    summary: 'Search and browse published products',
    description: '`q` ignores tone marks and đ: `vai thieu` finds `Vải thiều`. `stars` counts only certificates in force.',
    callers: 'anyone',
    query: z.object({
      q: z.string().max(200).optional(),
      category: z.string().max(100).optional(),
      commune: z.string().max(100).optional(),
      stars: z.coerce.number().int().min(1).max(5).optional(),
      seller: z.string().max(100).optional(),
      campaign: z.string().max(100).optional(),
      sort: z.enum(sorts).optional(),
      ...paging,
    }),
    success: { status: 200, body: listOf(Product) },
    cacheControl: live,
  }),
  getProduct: route({
    method: 'GET',
    path: '/api/products/{slug}',
    summary: 'One published product',
    callers: 'anyone',
    params: z.object({ slug: z.string().max(200) }),
    success: { status: 200, body: Product },
    problems: ['not_found'],
    cacheControl: live,
  }),
  listOwnProducts: route({
    method: 'GET',
    path: '/api/seller/products',
    summary: 'The seller’s own products, drafts too',
    callers: ['seller'],
    query: z.object({ ...paging }),
    success: { status: 200, body: listOf(SellerProduct) },
  }),
  createProduct: route({
    method: 'POST',
    path: '/api/seller/products',
    summary: 'List a new product (published at once unless `status` is `draft`)',
    description: 'An OCOP rank cannot be claimed here: the badge comes from the certificate register.',
    callers: ['seller'],
    body: NewProduct,
    success: { status: 201, body: SellerProduct },
    problems: ['conflict', 'forbidden'],
  }),
  getOwnProduct: route({
    method: 'GET',
    path: '/api/seller/products/{id}',
    summary: 'One of the seller’s own products',
    callers: ['seller'],
    params: ownProduct,
    success: { status: 200, body: SellerProduct },
    problems: ['not_found'],
  }),
  changeProduct: route({
    method: 'PATCH',
    path: '/api/seller/products/{id}',
    summary: 'Change, publish or hide a product',
    description: 'A `variants` list replaces the old one: a variant named by its `sku` keeps its stock, one left out is withdrawn.',
    callers: ['seller'],
    params: ownProduct,
    body: ProductPatch,
    success: { status: 200, body: SellerProduct },
    problems: ['not_found', 'conflict', 'forbidden'],
  }),
  setStock: route({
    method: 'PUT',
    path: '/api/seller/products/{id}/stock',
    summary: 'Set how many units can be sold now',
    callers: ['seller'],
    params: ownProduct,
    body: z.object({ sku: SkuAsked, quantity: z.int().min(0).max(1_000_000) }),
    success: { status: 200, body: z.object({ sku: z.string(), available: z.int() }) },
    problems: ['not_found'],
  }),
} satisfies Contract;
