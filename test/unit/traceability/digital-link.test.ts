import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkPath, ownSerial, parseLink, readLink, serialGroups } from '../../../shared/traceability/digital-link.ts';
import { checkDigit } from '../../../shared/traceability/gtin.ts';

const gtin = '08938500000010';
const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const textOf = (letters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { minLength, maxLength }).map((all) => all.join(''));
const gtins = fc.stringMatching(/^\d{13}$/).map((body) => body + checkDigit(body));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

describe('building and reading a link', () => {
  test('keys in GS1’s order', () => {
    expect(linkPath({ gtin })).toBe('/01/08938500000010');
    expect(linkPath({ gtin, lot: 'VT-01', serial: '7K3M9QWX2ABC' })).toBe('/01/08938500000010/10/VT-01/21/7K3M9QWX2ABC');
    expect(linkPath({ gtin, serial: 'a/b?c' })).toBe('/01/08938500000010/21/a%2Fb%3Fc');
  });

  test('whatever GS1 allows comes back as it was', () => {
    expect(set82).toHaveLength(82);
    fc.assert(
      fc.property(gtins, optional(textOf(set82, 1, 20)), optional(textOf(set82, 1, 20)), (gtin, lot, serial) => {
        expect(parseLink(linkPath({ gtin, lot, serial }))).toEqual({ gtin, ...(lot && { lot }), ...(serial && { serial }) });
      }),
    );
  });

  test('a trailing slash is harmless', () => expect(parseLink(`/01/${gtin}/`)).toEqual({ gtin }));

  test.each([
    '/01/',
    '/01/8938500000010',
    '/01/08938500000011',
    `/01/${gtin}/21/`,
    `/01/${gtin}/21/a/10/b`,
    `/01/${gtin}/99/a`,
    `/01/${gtin}/10/%`,
    `/01/${gtin}/10/%C3%A1`,
    `/gtin/${gtin}`,
  ])('%s is no link of ours', (path) => expect(parseLink(path)).toBeUndefined());

  test('names the part that is wrong', () => {
    expect(readLink({ gtin: 'x', lot: '^' })).toEqual({ ok: false, wrong: 'gtin' });
    expect(readLink({ gtin, lot: '' })).toEqual({ ok: false, wrong: 'lot' });
    expect(readLink({ gtin, serial: 'A'.repeat(21) })).toEqual({ ok: false, wrong: 'serial' });
    expect(readLink({ gtin, serial: 'A'.repeat(20) })).toEqual({ ok: true, link: { gtin, serial: 'A'.repeat(20) } });
  });
});

describe('a serial as people type it', () => {
  test('small letters, spaces, hyphens, and O, I, L for the digits they look like', () => {
    expect(ownSerial('7k3m-9qwx 2abc')).toBe('7K3M9QWX2ABC');
    expect(ownSerial('OIL000000000')).toBe('011000000000');
  });

  test.each(['', '7K3M9QWX2AB', '7K3M9QWX2ABCD', '7K3M9QWX2ABU', '7K3M9QWX2AB!'])('%o cannot be ours', (text) =>
    expect(ownSerial(text)).toBeUndefined(),
  );

  test('printed in groups, it is read back', () => {
    expect(serialGroups('7K3M9QWX2ABC')).toEqual(['7K3M', '9QWX', '2ABC']);
    fc.assert(
      fc.property(textOf(crockford, 12, 12), (serial) => {
        expect(ownSerial(serialGroups(serial).join(' ').toLowerCase())).toBe(serial);
      }),
    );
  });
});
