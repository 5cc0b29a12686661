import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageInContent, transferContent, vietQrPayload } from '../../../shared/payments/vietqr.ts';
import { crc16, decodeVietQr, fields } from './emv.ts';

/** NAPAS IBFT 1.5.2, as printed in FACTS.md F1. */
const sample = '00020101021138540010A00000072701240006970407011003865776720208QRIBFTTA5303704540710000005802VN62160812henry an cut6304A322';

describe('our decoder, before it judges anything', () => {
  test('reads the published sample field by field', () => {
    expect(decodeVietQr(sample)).toEqual({
      method: '11',
      bin: '970407',
      accountNumber: '0386577672',
      service: 'QRIBFTTA',
      currency: '704',
      amount: 1_000_000,
      country: 'VN',
      content: 'henry an cut',
    });
  });
  test('knows the CRC of the standard’s check string', () => {
    expect(crc16('123456789')).toBe('29B1');
  });
  test('refuses a changed digit and a cut text', () => {
    expect(() => decodeVietQr(sample.replace('1000000', '1000001'))).toThrow('CRC');
    expect(() => decodeVietQr(sample.slice(0, -1))).toThrow();
  });
});

describe('our VietQR payload', () => {
  const transfer = { bin: '970436', accountNumber: '970436000000101', amount: 716_000, content: 'KB7F3K9QZMP2' };

  test('is a dynamic code to an account, for exactly this amount and text', () => {
    expect(decodeVietQr(vietQrPayload(transfer))).toEqual({
      method: '12',
      bin: '970436',
      accountNumber: '970436000000101',
      service: 'QRIBFTTA',
      currency: '704',
      amount: 716_000,
      country: 'VN',
      content: 'KB7F3K9QZMP2',
    });
  });

  test('begins with the format indicator and ends with the CRC, as EMVCo demands', () => {
    const ids = fields(vietQrPayload(transfer)).map(([id]) => id);
    expect(ids[0]).toBe('00');
    expect(ids.at(-1)).toBe('63');
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says what it was told, for every bank, account, amount and package', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^9704\d{2}$/),
        fc.stringMatching(/^\d{6,19}$/),
        fc.integer({ min: 1, max: 9_999_999_999 }),
        fc.stringMatching(/^KB[0-9A-HJKMNP-TV-Z]{8}P([1-9]|[1-4]\d)$/),
        (bin, accountNumber, amount, content) => {
          expect(decodeVietQr(vietQrPayload({ bin, accountNumber, amount, content }))).toMatchObject({
            bin,
            accountNumber,
            amount,
            content,
          });
        },
      ),
    );
  });
});

describe('the package a bank’s text names', () => {
  test.each([
    ['KB7F3K9QZMP2', 'KB7F3K9QZM', 2],
    ['kb7f3k9qzmp2', 'KB7F3K9QZM', 2],
    ['CT DEN:123456 KB7F3K9QZMP12 FT26173', 'KB7F3K9QZM', 12],
    ['MBVCB.9876543210.KB7F3K9QZMP1.CT tu 0123 NGUYEN VAN A', 'KB7F3K9QZM', 1],
    ['KBKB7F3K9QZMP1', 'KB7F3K9QZM', 1],
  ])('%j is %s, package %i', (content, code, n) => {
    expect(packageInContent(content)).toEqual({ code, n });
  });

  test.each(['', 'tien vai', 'KB7F3K9QZM', 'KB7F3K9QZMP', 'KB7F3K9QZMP123', 'KB7F3K9QZ P2', 'KB7F3K9QUMP1', 'P2'])(
    '%j names none',
    (content) => {
      expect(packageInContent(content)).toBeUndefined();
    },
  );

  test('is found again in the text the buyer was told, with a bank’s words around it', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^KB[0-9A-HJKMNP-TV-Z]{8}$/),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('', 'CT DEN ', 'IBFT '),
        fc.constantFrom('', ' FT26', '-281126', '.'),
        (code, n, before, after) => {
          expect(packageInContent(before + transferContent(code, n) + after)).toEqual({ code, n });
          expect(transferContent(code, n).length).toBeLessThanOrEqual(25);
        },
      ),
    );
  });
});
