import { describe, expect, it } from 'vitest';
import { countFilters, readSearch, writeSearch } from './search-params.ts';

const read = (query: string) => readSearch(new URLSearchParams(query));

describe('search in the address bar', () => {
  it('reads what the market understands', () => {
    expect(read('?q=vai+thieu&stars=4&sort=-price&commune=07525')).toEqual({ q: 'vai thieu', stars: 4, sort: '-price', commune: '07525' });
  });

  it('drops what the market would refuse', () => {
    expect(read('?stars=9&sort=cheapest&q=%20%20')).toEqual({});
    expect(read(`?q=${'x'.repeat(300)}`).q).toHaveLength(200);
  });

  it('comes back the same', () => {
    const query = '?q=m%E1%BB%B3+Ch%C5%A9&category=my-bun-banh&stars=5&sort=price';
    expect(writeSearch(read(query))).toBe(query);
    expect(writeSearch({})).toBe('');
    expect(writeSearch({ sort: 'relevance' })).toBe('');
  });

  it('counts filters, not words or order', () => {
    expect(countFilters({ q: 'x', sort: 'price', stars: 4, category: 'gom' })).toBe(2);
  });
});
