import { describe, expect, it } from 'vitest';
import { findMistakes, keyKeeper, type LotDraft, lotRequest, suggestLot } from './lot-draft.ts';

const draft: LotDraft = {
  sku: 'VAI-5KG',
  lot: 'vt-0622',
  harvestedOn: '2026-06-22',
  useBy: '',
  kilograms: '820,5',
  area: 'vn-bgor-0123',
  certificateKind: 'VietGAP',
  certificateNumber: 'VG-77',
  certificateUntil: '2027-01-31',
  note: ' Vườn ông Tư ',
};

describe('a lot', () => {
  it('becomes a request in capitals and grams', () => {
    expect(findMistakes(draft)).toEqual({});
    expect(lotRequest(draft)).toEqual({
      sku: 'VAI-5KG',
      lot: 'VT-0622',
      harvestedOn: '2026-06-22',
      quantityGrams: 820_500,
      plantingAreaCode: 'VN-BGOR-0123',
      certificates: [{ kind: 'VietGAP', number: 'VG-77', validUntil: '2027-01-31' }],
      note: 'Vườn ông Tư',
    });
  });
  it('may have a last good day, not before its harvest', () => {
    expect(lotRequest({ ...draft, useBy: '2026-06-30' }).useBy).toBe('2026-06-30');
    expect(findMistakes({ ...draft, useBy: '2026-06-22' })).toEqual({});
    expect(findMistakes({ ...draft, useBy: '2026-06-21' })).toEqual({ useBy: 'useByWrong' });
  });
  it('says which fields are wrong', () => {
    expect(findMistakes({ ...draft, lot: 'lô 1', harvestedOn: '', kilograms: '0', area: 'x', certificateNumber: '' })).toEqual({
      lot: 'lotWrong',
      harvestedOn: 'harvestedMissing',
      quantityGrams: 'quantityWrong',
      plantingAreaCode: 'areaWrong',
      certificates: 'certificateHalf',
    });
  });
  it('gets the next free number of the day', () => {
    expect(suggestLot('2026-11-22', [])).toBe('261122-1');
    expect(suggestLot('2026-11-22', ['261122-1', '261122-2'])).toBe('261122-3');
  });
});

describe('a write that must not happen twice', () => {
  it('keeps its key until it is answered, and takes a new one for other content', () => {
    let n = 0;
    const keys = keyKeeper(() => `k${++n}`);
    expect([keys.keyFor({ count: 5 }), keys.keyFor({ count: 5 }), keys.keyFor({ count: 6 })]).toEqual(['k1', 'k1', 'k2']);
    keys.answered();
    expect(keys.keyFor({ count: 6 })).toBe('k3');
  });
});
