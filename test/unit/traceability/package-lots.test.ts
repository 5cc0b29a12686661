import { describe, expect, test } from 'vitest';
import { packageStatuses } from '../../../shared/orders/lifecycle.ts';
import { addedLots, carriesLots, lotWithoutRoom, type PackageLot } from '../../../shared/traceability/package-lots.ts';

const lot = (gtin: string, number: string): PackageLot => ({ sku: 'VAI-5KG', gtin, lot: number, quantity: 1 });

describe('lots a package carries', () => {
  test('are named while it stands, neither before it is paid nor after it is over', () => {
    expect(packageStatuses.filter(carriesLots)).toEqual(['confirmed', 'packed', 'shipped', 'delivered', 'completed']);
  });

  test('are added once each; a lot of the same number on another product is another lot', () => {
    const known = [lot('1', 'A')];
    expect(addedLots(known, [lot('1', 'A'), lot('1', 'B'), lot('2', 'A'), lot('1', 'B')])).toEqual([lot('1', 'B'), lot('2', 'A')]);
    expect(addedLots(known, known)).toEqual([]);
    expect(addedLots([], [])).toEqual([]);
  });

  test('have room while a box is not known, and where their own box comes along', () => {
    const [a, b] = [
      { ...lot('1', 'A'), quantity: 2 },
      { ...lot('1', 'B'), quantity: 2 },
    ];
    const box = (number: string) => ({ sku: 'VAI-5KG', gtin: '1', lot: number });
    const held = (n: number) => new Map([['VAI-5KG', n]]);
    expect(lotWithoutRoom([b], { held: held(0), fresh: [] })).toBeUndefined();
    expect(lotWithoutRoom([b], { held: held(1), fresh: [] })).toBeUndefined();
    expect(lotWithoutRoom([b], { held: held(2), fresh: [] })).toBe(b);
    expect(lotWithoutRoom([b], { held: held(1), fresh: [box('A')] })).toBe(b);
    expect(lotWithoutRoom([b], { held: held(1), fresh: [box('B')] })).toBeUndefined();
    expect(lotWithoutRoom([b], { held: held(1), fresh: [box('B'), box('B')] })).toBe(b);
    expect(lotWithoutRoom([a, b], { held: new Map(), fresh: [box('A'), box('A')] })).toBe(b);
    // Full of another SKU's boxes is not full.
    expect(lotWithoutRoom([b], { held: new Map([['MY', 2]]), fresh: [] })).toBeUndefined();
  });
});
