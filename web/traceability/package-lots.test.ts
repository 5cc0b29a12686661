import { describe, expect, test } from 'vitest';
import { lotsFor, namedLots, serialsIn, wrongSerials } from './package-lots.ts';

const line = (more: object = {}) => ({ sku: 'VAI-5KG', quantity: 2, lot: '08938500000010:VT-01', serials: '', ...more });
type Lots = Parameters<typeof lotsFor>[1];

describe('the lots of a package', () => {
  test('serials come as they are typed or scanned, one a line', () => {
    expect(serialsIn('7K3M9QWX2ABC\n\n 7K3M-9QWX-2ABD ,7K3M9QWX2ABE;')).toEqual(['7K3M9QWX2ABC', '7K3M-9QWX-2ABD', '7K3M9QWX2ABE']);
    expect(serialsIn(' \n')).toEqual([]);
  });

  test('what cannot be a serial and more boxes than the package holds are said before they are sent', () => {
    expect(wrongSerials(line({ serials: '7K3M9QWX2ABC\n7k3m 9qwx 2abd' }))).toBeUndefined();
    expect(wrongSerials(line({ serials: '7K3M9QWX2AB' }))).toEqual({ text: '7K3M9QWX2AB' });
    expect(wrongSerials(line({ serials: '7K3M9QWX2ABC\n7K3M9QWX2ABD\n7K3M9QWX2ABE' }))).toEqual({ most: 2 });
    // A scanner that beeped twice.
    expect(wrongSerials(line({ serials: '7K3M9QWX2ABC\n7K3M9QWX2ABD\n7k3m-9qwx-2abd' }))).toBeUndefined();
  });

  test('only lines with a lot are sent, and serials only where there are some', () => {
    expect(namedLots([line(), line({ lot: '' }), line({ sku: 'MY', serials: '7K3M9QWX2ABC' })])).toEqual([
      { sku: 'VAI-5KG', lot: '08938500000010:VT-01' },
      { sku: 'MY', lot: '08938500000010:VT-01', serials: ['7K3M9QWX2ABC'] },
    ]);
  });

  test('lots of the SKU that are not recalled are offered, the newest harvest first', () => {
    const lots = [
      { sku: 'VAI-5KG', lot: 'A', harvestedOn: '2026-06-01' },
      { sku: 'VAI-5KG', lot: 'B', harvestedOn: '2026-06-03' },
      { sku: 'VAI-5KG', lot: 'C', harvestedOn: '2026-06-04', recall: {} },
      { sku: 'MY', lot: 'D', harvestedOn: '2026-06-05' },
    ] as unknown as Lots;
    expect(lotsFor('VAI-5KG', lots).map(({ lot }) => lot)).toEqual(['B', 'A']);
  });
});
