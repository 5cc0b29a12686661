import type { CategorySlug } from '../../../shared/catalog/categories.ts';

/** Every product and category tile shows one of these drawings. */
export const pictureFamilies = [
  'lychee',
  'lychee-dried',
  'orange',
  'pomelo',
  'guava',
  'plum',
  'custard-apple',
  'star-apple',
  'pineapple',
  'melon',
  'bamboo-shoot',
  'pickles',
  'potato',
  'carrot',
  'noodles',
  'noodles-colour',
  'rice-cracker',
  'rice-paper',
  'vermicelli',
  'cake-green',
  'cake-husband-wife',
  'cake-dry',
  'oil-bottle',
  'snack',
  'chicken',
  'ham',
  'sausage',
  'spring-roll-meat',
  'jar-sauce',
  'garlic',
  'rice',
  'honey',
  'tea',
  'herbal-tea',
  'rice-wine',
  'can-drink',
  'cordyceps',
  'ginseng',
  'balm',
  'incense',
  'pottery',
  'pottery-relief',
  'dong-ho-print',
  'bamboo-blind',
  'woodwork',
  'wood-statue',
  'wood-vase',
  'bronze',
  'bamboo-furniture',
  'rattan-tray',
  'rattan-basket',
  'loofah',
  'silk',
  'basket',
] as const;

export type PictureFamily = (typeof pictureFamilies)[number];

/** What a carrier must know: ambient any parcel, fresh a fast one, chilled a cold one, fragile padding, bulky a van. */
export type ShippingClass = 'ambient' | 'fresh' | 'chilled' | 'fragile' | 'bulky';

export interface SeedVariant {
  sku: string;
  name: string;
  /** GTIN-14 with indicator 0, from the made-up range 8938 5000 xxxx: for demonstration, not assigned by GS1 Vietnam. Only on traceable goods. */
  gtin?: string;
  priceDong: number;
  compareAtPriceDong?: number;
  unit: string;
  /** Goods in one sold unit, without box or bottle. */
  netWeightGrams: number;
  stock: number;
  wholesale?: { minQuantity: number; priceDong: number }[];
}

export interface SeedProduct {
  slug: string;
  name: string;
  description: string;
  sellerSlug: string;
  category: CategorySlug;
  /** 1–26, see ocopSets. */
  ocopSet: number;
  /** As published about the real goods. The certificate lapses 36 months after the decision, so an old year shows an expired one. */
  ocop?: { stars: 3 | 4 | 5; decisionYear: number };
  /** When it can be had; absent = all year round. */
  season?: { text: string; months: number[] };
  shippingClass: ShippingClass;
  picture: PictureFamily;
  traceable: boolean;
  storage?: string;
  variants: SeedVariant[];
}

export interface SeedSeller {
  slug: string;
  name: string;
  legalType: 'cooperative' | 'household' | 'company' | 'individual';
  communeCode: string;
  street: string;
  phone: string;
  /** Has a valid check digit but begins with 0000000, which no tax office issues. Households and persons have none here. */
  taxCode?: string;
  story: string;
  /** Not real accounts: BIN, then 0000001, then a running number. */
  bank: { bin: string; accountNumber: string; accountName: string };
  /** Sign-in name of the demonstration account that runs this shop. */
  account?: string;
  verified: boolean;
}
