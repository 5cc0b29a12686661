import { describe, expect, test } from 'vitest';
import { ocopBadge, validUntil } from '../../../shared/catalog/ocop.ts';

const certificate = { stars: 4, decisionNumber: '1387/QĐ-UBND', decisionDate: '2023-12-09' };

describe('an OCOP badge', () => {
  test('is valid 36 months: shown on the last day, gone the day after', () => {
    expect(ocopBadge(certificate, '2026-12-09')).toEqual({ ...certificate, validUntil: '2026-12-09' });
    expect(ocopBadge(certificate, '2026-12-10')).toBeUndefined();
  });
  test('begins on the day of the decision', () => {
    expect(ocopBadge(certificate, '2023-12-08')).toBeUndefined();
    expect(ocopBadge(certificate, '2023-12-09')?.stars).toBe(4);
  });
  test('of 29 February ends on 28 February, since 36 months later is never a leap year', () => {
    expect(validUntil('2024-02-29')).toBe('2027-02-28');
    expect(ocopBadge({ ...certificate, decisionDate: '2024-02-29' }, '2027-02-28')?.validUntil).toBe('2027-02-28');
    expect(ocopBadge({ ...certificate, decisionDate: '2024-02-29' }, '2027-03-01')).toBeUndefined();
  });
  test.each([
    ['2024-02-28', '2027-02-28'],
    ['2025-02-28', '2028-02-28'],
    ['2024-12-31', '2027-12-31'],
    ['2024-01-01', '2027-01-01'],
    ['2024-04-30', '2027-04-30'],
  ])('of %s ends on %s', (from, to) => {
    expect(validUntil(from)).toBe(to);
  });
  test('goes on the day of revocation, not before', () => {
    const revoked = { ...certificate, revokedOn: '2025-05-01' };
    expect(ocopBadge(revoked, '2025-04-30')?.stars).toBe(4);
    expect(ocopBadge(revoked, '2025-05-01')).toBeUndefined();
    expect(ocopBadge(revoked, '2025-05-02')).toBeUndefined();
  });
  test('needs three stars: one and two get no certificate', () => {
    expect([1, 2, 3, 5].map((stars) => ocopBadge({ ...certificate, stars }, '2024-01-01')?.stars)).toEqual([undefined, undefined, 3, 5]);
    expect(ocopBadge(undefined, '2024-01-01')).toBeUndefined();
  });
  test('tells no more than the register’s four facts', () => {
    expect(Object.keys(ocopBadge({ ...certificate, revokedOn: '2099-01-01' }, '2024-01-01') ?? {}).sort()).toEqual([
      'decisionDate',
      'decisionNumber',
      'stars',
      'validUntil',
    ]);
  });
});
