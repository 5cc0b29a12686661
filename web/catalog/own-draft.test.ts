import { describe, expect, it } from 'vitest';
import { emptyProduct, emptyVariant, findMistakes, type ProductDraft, productRequest, withPrice } from './own-draft.ts';

const good: ProductDraft = {
  ...emptyProduct,
  name: ' Vải thiều ',
  variants: [{ name: 'Thùng 5 kg', price: '250.000', unit: 'thùng', weight: '5.000', quantity: '40' }],
};

describe('a new product', () => {
  it('names what is missing by the path the market would use', () => {
    expect(findMistakes(emptyProduct)).toEqual({
      name: 'nameHint',
      'variants[0].price': 'notNumber',
      'variants[0].netWeightGrams': 'notNumber',
    });
    expect(findMistakes({ ...good, variants: [{ ...emptyVariant, price: '900', weight: '0', quantity: 'ít' }] })).toEqual({
      'variants[0].price': 'priceLow',
      'variants[0].netWeightGrams': 'notNumber',
      'variants[0].quantity': 'notNumber',
    });
  });
  it('wants a season in words and months, or neither', () => {
    expect(findMistakes({ ...good, months: [6] })).toEqual({ season: 'seasonHalf' });
    expect(findMistakes({ ...good, months: [6], seasonText: 'Tháng 6' })).toEqual({});
  });
  it('becomes a request without empty fields', () => {
    expect(productRequest({ ...good, months: [7, 6], seasonText: 'Chín tháng 6' }, 'draft')).toEqual({
      name: 'Vải thiều',
      category: 'trai-cay',
      description: '',
      shippingClass: 'ambient',
      status: 'draft',
      season: { text: 'Chín tháng 6', months: [6, 7] },
      variants: [{ name: 'Thùng 5 kg', unit: 'thùng', price: 250_000, netWeightGrams: 5_000, quantity: 40 }],
    });
  });
});

describe('a changed price', () => {
  const variants = [
    {
      sku: 'A',
      name: 'Túi',
      unit: 'túi',
      price: 50_000,
      netWeightGrams: 500,
      compareAtPrice: 60_000,
      wholesale: [{ minQuantity: 10, price: 45_000 }],
      unitPrice: 100_000,
      available: 3,
    },
    { sku: 'B', name: 'Thùng', unit: 'thùng', price: 90_000, netWeightGrams: 1_000, unitPrice: 90_000, available: 1 },
  ];
  it('leaves the other variant and all other facts as they were', () => {
    expect(withPrice(variants, 'A', 55_000)).toEqual([
      {
        sku: 'A',
        name: 'Túi',
        unit: 'túi',
        price: 55_000,
        netWeightGrams: 500,
        compareAtPrice: 60_000,
        wholesale: [{ minQuantity: 10, price: 45_000 }],
      },
      { sku: 'B', name: 'Thùng', unit: 'thùng', price: 90_000, netWeightGrams: 1_000 },
    ]);
  });
  it('drops a crossed-out price that is no higher and wholesale steps that are no cheaper', () => {
    expect(withPrice(variants, 'A', 60_000)[0]).not.toHaveProperty('compareAtPrice');
    expect(withPrice(variants, 'A', 45_000)[0]).not.toHaveProperty('wholesale');
  });
});
