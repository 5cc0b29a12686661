import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit } from '../../../shared/traceability/gtin.ts';
import { type ResolverUri, readUri, uriPath } from '../../../shared/traceability/resolver/resolver-uri.ts';

const gtin = '08938500000010';
/** What the gateway hands over of `/01/…`. */
const read = (path: string, query: Record<string, unknown> = {}) => readUri(path.split('/'), query);
const faultOf = (path: string, query?: Record<string, unknown>) => {
  const result = read(path, query);
  return result.ok ? undefined : result.fault;
};

describe('the path', () => {
  test.each<[string, Omit<ResolverUri, 'gtin'>]>([
    ['', {}],
    ['/', {}],
    ['/22/2A', { cpv: '2A' }],
    ['/10/VT-01', { lot: 'VT-01' }],
    ['/21/7K3M9QWX2ABC', { serial: '7K3M9QWX2ABC' }],
    ['/10/VT-01/21/7K3M9QWX2ABC', { lot: 'VT-01', serial: '7K3M9QWX2ABC' }],
    ['/22/2A/10/VT-01/21/7K3M9QWX2ABC/', { cpv: '2A', lot: 'VT-01', serial: '7K3M9QWX2ABC' }],
    ['/22/2A/21/1', { cpv: '2A', serial: '1' }],
    ['/10/10/21/21', { lot: '10', serial: '21' }],
    [`/10/${'L'.repeat(20)}`, { lot: 'L'.repeat(20) }],
    [`/235/${'T'.repeat(28)}`, { thirdParty: 'T'.repeat(28) }],
    ['/10/a b'.replace(' ', '+'), { lot: 'a+b' }],
  ])('%o is right', (path, rest) => expect(read(gtin + path)).toEqual({ ok: true, uri: { gtin, ...rest } }));

  test.each([
    ['', '01'],
    ['x', '01'],
    ['08938500000011', '01'],
    ['8938500000010', '01'],
    ['008938500000010', '01'],
    ['٠8938500000010', '01'],
    [`${gtin}/10`, 'path'],
    [`${gtin}/foo`, 'path'],
    [`${gtin}//`, 'path'],
    [`${gtin}//10/A`, 'path'],
    [`${gtin}/99/A`, 'path'],
    [`${gtin}/17/261231`, 'path'],
    [`${gtin}/lot/A`, 'path'],
    [`${gtin}/21/A/10/B`, 'path'],
    [`${gtin}/10/A/22/B`, 'path'],
    [`${gtin}/10/A/10/B`, 'path'],
    [`${gtin}/10/A/B`, 'path'],
    [`${gtin}/235/A/21/B`, 'path'],
    [`${gtin}/21/A/235/B`, 'path'],
    [`${gtin}/01/${gtin}`, 'path'],
    [`${gtin}/10//21/A`, '10'],
    [`${gtin}/10/${'L'.repeat(21)}`, '10'],
    [`${gtin}/10/bad^lot`, '10'],
    [`${gtin}/10/Lô`, '10'],
    [`${gtin}/21/a b`, '21'],
    [`${gtin}/21/${'S'.repeat(21)}`, '21'],
    [`${gtin}/22/#`, '22'],
    [`${gtin}/235/${'T'.repeat(29)}`, '235'],
  ])('%o is wrong at %s', (path, at) => expect(faultOf(path)).toEqual({ at }));
});

describe('what follows the question mark', () => {
  test.each([
    { linkType: 'linkset', utm_source: 'zalo', a1: 'x', '': 'y', '-1': '' },
    { '17': '261231' },
    { '17': '260200' },
    { '15': '280229' },
    { '11': '000229' },
    { '13': '261130' },
    { '3103': '005000' },
    { '3922': '25000' },
    { '422': '704' },
    { '423': '704156' },
    { '7003': '2612312359' },
    { '7007': '261201261231' },
    { '7011': '261201' },
    { '8008': '26120123' },
    { '00': '189385000000000010'.slice(0, 17) + checkDigit('18938500000000001') },
    { '414': '8938500000010' },
    { '99': 'x' },
  ])('%o is right', (query) => expect(faultOf(gtin, query)).toBeUndefined());

  test.each([
    ['17', '261331'],
    ['17', '260001'],
    ['17', '260230'],
    ['17', '270229'],
    ['11', '260431'],
    ['17', '26123'],
    ['17', '2612311'],
    ['17', '261231,261231'],
    ['17', ''],
    ['15', '2026-1'],
    ['7006', '261200'],
    ['7003', '2612312400'],
    ['7007', '261201261301'],
    ['7011', '2612312460'],
    ['20', '1'],
    ['30', '123456789'],
    ['3103', '5'],
    ['3106', '005000'],
    ['422', 'VN'],
    ['414', '8938500000011'],
    ['240', 'mã'],
    ['01', gtin],
    ['10', 'A'],
    ['21', 'A'],
    ['22', 'A'],
    ['235', 'A'],
    ['255', '8938500000010'],
    ['37', '10'],
    ['12', '261231'],
    ['1', 'x'],
    ['18', '261231'],
    ['9999', 'x'],
  ])('?%s=%s is wrong', (name, value) => expect(faultOf(gtin, { a: 'b', [name]: value })).toEqual({ at: 'query', name }));
});

describe('the canonical path', () => {
  test.each([
    [{ gtin }, `/01/${gtin}`],
    [{ serial: 'S', lot: 'L', cpv: 'C', gtin }, `/01/${gtin}/22/C/10/L/21/S`],
    [{ gtin, lot: 'a:b%c', serial: '?' }, `/01/${gtin}/10/a%3Ab%25c/21/%3F`],
    [{ gtin, thirdParty: 'T' }, `/01/${gtin}/235/T`],
  ])('%o', (uri, path) => expect(uriPath(uri)).toBe(path));

  test('is read back as it was, whatever GS1 allows', () => {
    // All of set 82 but the slash, which no decoded path can hold inside a value.
    const letters = '!"%&\'()*+,-.0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
    const text = fc.option(
      fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 }).map((all) => all.join('')),
      { nil: undefined },
    );
    const gtins = fc.stringMatching(/^\d{13}$/).map((body) => body + checkDigit(body));
    fc.assert(
      fc.property(gtins, text, text, text, fc.constantFrom('', '/'), (number, cpv, lot, serial, end) => {
        const uri = { gtin: number, ...(cpv && { cpv }), ...(lot && { lot }), ...(serial && { serial }) };
        const path = uriPath(uri);
        expect(path).not.toMatch(/%[0-9A-F]?[a-f]/);
        const decoded = decodeURIComponent(path + end).slice('/01/'.length);
        expect(readUri(decoded.split('/'), {})).toEqual({ ok: true, uri });
      }),
    );
  });

  test('whatever is asked is read or refused, never a crash, and what is read has one form', () => {
    const segment = fc.oneof(fc.constantFrom('', '10', '21', '22', '235', gtin), fc.string({ maxLength: 24 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), fc.dictionary(fc.string(), fc.string()), (segments, query) => {
        const result = readUri([gtin, ...segments], query);
        if (!result.ok) return;
        const again = uriPath(result.uri).split('/').slice(2).map(decodeURIComponent);
        expect(readUri(again, query)).toEqual(result);
      }),
    );
  });
});
