/** What a seller has typed about a new product, what is wrong with it, and the request made of it. */
import type { ownProducts } from '../i18n/vi/own-products.ts';
import type { Asked } from '../platform/api.ts';
import { parseWhole } from '../platform/parse.ts';

export type NewProduct = Asked<'POST /api/seller/products'>['body'];
export type ShippingClass = NonNullable<NewProduct['shippingClass']>;
export const shippingClasses = ['ambient', 'fresh', 'chilled', 'fragile', 'bulky'] as const satisfies readonly ShippingClass[];

export interface VariantDraft {
  name: string;
  price: string;
  unit: string;
  weight: string;
  quantity: string;
}
export interface ProductDraft {
  name: string;
  category: string;
  description: string;
  variants: VariantDraft[];
  seasonText: string;
  months: number[];
  storage: string;
  shippingClass: ShippingClass;
}

export const emptyVariant: VariantDraft = { name: '', price: '', unit: '', weight: '', quantity: '' };
export const emptyProduct: ProductDraft = {
  name: '',
  category: 'trai-cay',
  description: '',
  variants: [emptyVariant],
  seasonText: '',
  months: [],
  storage: '',
  shippingClass: 'ambient',
};

type Words = keyof typeof ownProducts;
/** By the path the market would name: `variants[0].price`. */
export type Mistakes = Partial<Record<string, Words>>;

const lowestPrice = 1_000;

export function findMistakes(draft: ProductDraft): Mistakes {
  const mistakes: Mistakes = {};
  if (draft.name.trim().length < 2) mistakes.name = 'nameHint';
  draft.variants.forEach((v, i) => {
    const price = parseWhole(v.price);
    if (price === undefined) mistakes[`variants[${i}].price`] = 'notNumber';
    else if (price < lowestPrice) mistakes[`variants[${i}].price`] = 'priceLow';
    if (!parseWhole(v.weight)) mistakes[`variants[${i}].netWeightGrams`] = 'notNumber';
    if (v.quantity.trim() !== '' && parseWhole(v.quantity) === undefined) mistakes[`variants[${i}].quantity`] = 'notNumber';
  });
  if ((draft.seasonText.trim() === '') !== (draft.months.length === 0)) mistakes.season = 'seasonHalf';
  return mistakes;
}

/** Only for a draft without mistakes. Empty fields are left out, so the market's own defaults hold. */
export function productRequest(draft: ProductDraft, status: 'draft' | 'published'): NewProduct {
  const { seasonText, months, storage, variants, ...plain } = draft;
  return {
    ...plain,
    name: draft.name.trim(),
    description: draft.description.trim(),
    status,
    ...(storage.trim() && { storage: storage.trim() }),
    ...(months.length > 0 && { season: { text: seasonText.trim(), months: months.toSorted((a, b) => a - b) } }),
    variants: variants.map((v) => ({
      ...(v.name.trim() && { name: v.name.trim() }),
      ...(v.unit.trim() && { unit: v.unit.trim() }),
      price: parseWhole(v.price) ?? 0,
      netWeightGrams: parseWhole(v.weight) ?? 0,
      quantity: parseWhole(v.quantity) ?? 0,
    })),
  };
}

type Variant = Required<Pick<NewProduct['variants'][number], 'price'>> & Omit<NewProduct['variants'][number], 'quantity'> & { sku: string };

/**
 * A `variants` list replaces the old one, so a changed price is sent with everything else as it was.
 * A crossed-out price that is no longer higher would be refused, and would be a lie.
 */
export const withPrice = (
  variants: readonly (Variant & { unitPrice?: number; available?: number })[],
  sku: string,
  price: number,
): NewProduct['variants'] =>
  variants.map(({ unitPrice: _, available: __, ...v }) => {
    if (v.sku !== sku) return v;
    const { compareAtPrice, wholesale, ...rest } = v;
    const steps = wholesale?.filter((w) => w.price < price);
    return {
      ...rest,
      price,
      ...(compareAtPrice && compareAtPrice > price && { compareAtPrice }),
      ...(steps && steps.length > 0 && { wholesale: steps }),
    };
  });
