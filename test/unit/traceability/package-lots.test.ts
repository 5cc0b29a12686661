import { describe, expect, test } from 'vitest';
import { packageStatuses } from '../../../shared/orders/lifecycle.ts';
import { addedLots, carriesLots, type PackageLot } from '../../../shared/traceability/package-lots.ts';

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
});
