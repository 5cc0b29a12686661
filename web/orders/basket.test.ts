import { describe, expect, it } from 'vitest';
import { addToBasket, campaignOf, parseBasket, removeFromBasket, setQuantity } from './basket.ts';

describe('basket', () => {
  it('adds two lines of one SKU up', () => {
    const basket = addToBasket(addToBasket([], { sku: 'VAI-5KG', quantity: 2 }), { sku: 'VAI-5KG', quantity: 3 });
    expect(basket).toEqual([{ sku: 'VAI-5KG', quantity: 5 }]);
  });

  it('never asks for less than 1 or more than 9,999', () => {
    expect(addToBasket([{ sku: 'A', quantity: 9_000 }], { sku: 'A', quantity: 2_000 })[0]?.quantity).toBe(9_999);
    expect(setQuantity([{ sku: 'A', quantity: 3 }], 'A', 0)[0]?.quantity).toBe(1);
    expect(setQuantity([{ sku: 'A', quantity: 3 }], 'A', 2.9)[0]?.quantity).toBe(2);
  });

  it('holds 50 different things and no more', () => {
    const full = Array.from({ length: 50 }, (_, i) => ({ sku: `S${i}`, quantity: 1 }));
    expect(addToBasket(full, { sku: 'ONE-MORE', quantity: 1 })).toHaveLength(50);
    expect(addToBasket(full, { sku: 'S7', quantity: 1 }).find((e) => e.sku === 'S7')?.quantity).toBe(2);
  });

  it('remembers the campaign the shopper came from last', () => {
    const basket = addToBasket(addToBasket([], { sku: 'A', quantity: 1, campaign: 'tuan-le-vai' }), { sku: 'B', quantity: 1 });
    expect(campaignOf(basket)).toBe('tuan-le-vai');
    expect(campaignOf(addToBasket(basket, { sku: 'B', quantity: 1, campaign: 'megalive' }))).toBe('megalive');
    expect(campaignOf(removeFromBasket(basket, 'A'))).toBeUndefined();
  });

  it('survives whatever the browser kept', () => {
    expect(parseBasket(null)).toEqual([]);
    expect(parseBasket('{not json')).toEqual([]);
    expect(parseBasket('{"a":1}')).toEqual([]);
    expect(parseBasket('[null,{"sku":"A","quantity":"2"},{"sku":"B","quantity":2.7,"price":1,"campaign":5}]')).toEqual([
      { sku: 'B', quantity: 2 },
    ]);
  });
});
