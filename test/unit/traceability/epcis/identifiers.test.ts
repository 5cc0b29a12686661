import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalEpc, hashedEpc } from '../../../../shared/traceability/epcis/identifiers.ts';
import { checkDigit } from '../../../../shared/traceability/gtin.ts';

const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const textOf = (maxLength: number) => fc.array(fc.constantFrom(...set82), { minLength: 1, maxLength }).map((all) => all.join(''));
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const withCheck = (length: number) => digits(length - 1).map((body) => body + checkDigit(body));
/** A URN escapes more than a link does, but `%XX` of everything is always allowed. */
const escaped = (text: string): string => [...text].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const link = (...steps: string[]): string => `https://id.gs1.org/${steps.map(encodeURIComponent).join('/')}`;

describe('an EPC as a URN', () => {
  test.each([
    ['urn:epc:id:sgtin:0614141.112345.400', '/01/10614141123459/21/400', 'instance'],
    ['urn:epc:id:sgtin:0614141.112345.32a%2Fb', '/01/10614141123459/21/32a%2Fb', 'instance'],
    ['urn:epc:id:sgtin:893850000001.0.a.b', '/01/08938500000010/21/a.b', 'instance'],
    ['urn:epc:id:upui:0614141.112345.T9', '/01/10614141123459/235/T9', 'instance'],
    ['urn:epc:class:lgtin:0614141.112345.L-1', '/01/10614141123459/10/L-1', 'lot'],
    ['urn:epc:idpat:sgtin:0614141.112345.*', '/01/10614141123459', 'product'],
    ['urn:epc:id:sscc:0614141.1234567890', '/00/106141412345678908', 'sscc'],
    ['urn:epc:id:sgln:0614141.12345.0', '/414/0614141123452', 'place'],
    ['urn:epc:id:sgln:0614141.12345.VT-07', '/414/0614141123452/254/VT-07', 'place'],
    ['urn:epc:id:pgln:0614141.12345', '/417/0614141123452', 'party'],
    ['urn:epc:id:giai:8931234500.LOGGER.42', '/8004/8931234500LOGGER.42', 'asset'],
    ['urn:epc:id:grai:0614141.12345.400', '/8003/00614141123452400', 'asset'],
    ['urn:epc:idpat:grai:0614141.12345.*', '/8003/00614141123452', 'assetType'],
    ['urn:epc:id:gdti:0614141.12345.400', '/253/0614141123452400', 'document'],
    ['urn:epc:id:gsrn:0614141.0000010253', '/8018/061414100000102534', 'service'],
  ])('%s', (urn, path, level) => {
    expect(canonicalEpc(urn)).toEqual({ ok: true, epc: `https://id.gs1.org${path}`, level });
  });

  test('of any prefix length and serial becomes the same link as its GTIN', () => {
    fc.assert(
      fc.property(digits(13), fc.integer({ min: 6, max: 12 }), textOf(20), (body, length, serial) => {
        const urn = `urn:epc:id:sgtin:${body.slice(1, 1 + length)}.${body[0]}${body.slice(1 + length)}.${escaped(serial)}`;
        expect(canonicalEpc(urn)).toEqual({ ok: true, epc: link('01', body + checkDigit(body), '21', serial), level: 'instance' });
      }),
    );
  });

  test.each([
    ['urn:epc:id:sgtin:0614141.11234.400', 'bad_urn'],
    ['urn:epc:id:sgtin:06141.41112345.400', 'bad_urn'],
    ['urn:epc:id:sgtin:0614141.112345', 'bad_urn'],
    ['urn:epc:id:sgtin:0614141.112345.', 'bad_urn'],
    ['urn:epc:id:sgtin:0614141.11234x.400', 'bad_urn'],
    ['urn:epc:id:lgtin:0614141.112345.L', 'bad_urn'],
    ['urn:epc:class:sgtin:0614141.112345.L', 'bad_urn'],
    ['urn:epc:id:sscc:0614141.1234567890.1', 'bad_urn'],
    ['urn:epc:id:constructor:0614141.112345.1', 'bad_urn'],
    ['urn:epc:id:giai:0614.1', 'bad_urn'],
    ['urn:epc:idpat:sgtin:0614141.*.*', 'bad_urn'],
    ['urn:epc:tag:sgtin-96:0.0614141.112345.400', 'bad_urn'],
    ['urn:epc:id:sgtin:0614141.112345.%', 'bad_encoding'],
    ['urn:epc:id:giai:0614141.%G', 'bad_encoding'],
    [`urn:epc:id:sgtin:0614141.112345.${'9'.repeat(21)}`, 'length'],
    ['urn:epc:id:sgtin:0614141.112345.%C3%A1', 'characters'],
  ])('%s: %s', (urn, fault) => expect(canonicalEpc(urn)).toEqual({ ok: false, fault }));
});

describe('an EPC as a link', () => {
  test.each([
    ['http://Shop.example/01/10614141123459/21/a', '/01/10614141123459/21/a', 'instance'],
    ['https://shop.example:8443/r/qr/01/10614141123459/10/L/', '/01/10614141123459/10/L', 'lot'],
    ['https://id.gs1.org/01/10614141123459/21/%61%2f', '/01/10614141123459/21/a%2F', 'instance'],
    ['https://id.gs1.org/01/10614141123459', '/01/10614141123459', 'product'],
    ['https://id.gs1.org/414/0614141123452/254/00', '/414/0614141123452/254/00', 'place'],
    ['https://id.gs1.org/8003/00614141123452', '/8003/00614141123452', 'assetType'],
  ])('%s', (text, path, level) => {
    expect(canonicalEpc(text)).toEqual({ ok: true, epc: `https://id.gs1.org${path}`, level });
  });

  test('its canonical form is its own canonical form, whoever’s host it came with', () => {
    const keys = fc.oneof(
      fc.tuple(fc.constant('00'), withCheck(18)),
      fc.tuple(fc.constant('01'), withCheck(14), fc.constantFrom('10', '21'), textOf(20)),
      fc.tuple(fc.constant('414'), withCheck(13), fc.constant('254'), textOf(20)),
      fc.tuple(fc.constant('417'), withCheck(13)),
      fc.tuple(
        fc.constant('8004'),
        fc.tuple(digits(7), textOf(20)).map((all) => all.join('')),
      ),
    );
    fc.assert(
      fc.property(keys, fc.constantFrom('https://a.vn', 'http://b.example/r'), (steps, host) => {
        const text = `${host}/${steps.map(encodeURIComponent).join('/')}`;
        expect(canonicalEpc(text)).toMatchObject({ ok: true, epc: link(...steps) });
        expect(canonicalEpc(link(...steps))).toMatchObject({ epc: link(...steps) });
        expect(hashedEpc(text)).toBe(link(...steps));
      }),
    );
  });

  test('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(withCheck(18), fc.nat(17), fc.integer({ min: 1, max: 9 }), (sscc, place, shift) => {
        const wrong = [...sscc].map((d, i) => (i === place ? String((Number(d) + shift) % 10) : d)).join('');
        expect(canonicalEpc(link('00', wrong))).toEqual({ ok: false, fault: 'check_digit' });
      }),
    );
  });

  test.each([
    ['https://id.gs1.org/01/10614141123458', 'check_digit'],
    ['https://id.gs1.org/414/0614141123453', 'check_digit'],
    ['https://id.gs1.org/8003/00614141123453400', 'check_digit'],
    ['https://id.gs1.org/01/0614141123452', 'length'],
    ['https://id.gs1.org/00/1061414123456789080', 'length'],
    ['https://id.gs1.org/01/1061414112345X', 'characters'],
    ['https://id.gs1.org/01/10614141123459/10/L/21/1', 'two_levels'],
    ['https://id.gs1.org/01/10614141123459/22/A/21/1', 'two_levels'],
    ['https://id.gs1.org/01/10614141123459/22/A', 'qualifier'],
    ['https://id.gs1.org/00/106141412345678908/21/1', 'qualifier'],
    ['https://id.gs1.org/01/10614141123459/21/a?17=260101', 'query'],
    ['https://id.gs1.org/01/10614141123459/21/a?', 'query'],
    ['https://id.gs1.org/01/10614141123459#x', 'query'],
    [`https://id.gs1.org/01/10614141123459/21/${'9'.repeat(21)}`, 'length'],
    ['https://id.gs1.org/01/10614141123459/21/%E0%A4%A', 'bad_encoding'],
    ['https://id.gs1.org/01/10614141123459/21/%20', 'characters'],
    ['https://id.gs1.org/8004/061', 'length'],
    ['https://shop.example/po/12345678', 'not_gs1'],
    ['https://id.gs1.org/01', 'bad_link'],
    ['https://id.gs1.org', 'bad_link'],
    ['https://ID.GS1.org:443/99/1', 'bad_link'],
    ['https://id.gs1.org/21/1', 'bad_link'],
    ['https://id.gs1.org/8004/', 'bad_link'],
    ['https://id.gs1.org/8010/', 'bad_link'],
    ['https://id.gs1.org/01/10614141123459/21', 'bad_link'],
    ['https://id.gs1.org/voc/pip', 'bad_link'],
    [`https://id.gs1.org/01/10614141123459/21/${'A'.repeat(5_000)}`, 'bad_link'],
    [`urn:epc:id:sgtin:0614141.112345.${'A'.repeat(5_000)}`, 'bad_urn'],
    // Keys of GS1 that are not read here.
    ['https://id.gs1.org/8006/106141411234590102/21/1', 'not_gs1'],
    ['https://id.gs1.org/8010/0614141ABC/8011/1', 'not_gs1'],
    [`https://shop.example/01/10614141123459/21/${'A'.repeat(5_000)}`, 'too_long'],
    [`urn:x:${'a'.repeat(994)}`, 'not_gs1'],
    [`urn:x:${'a'.repeat(995)}`, 'too_long'],
    ['MailTo:a@b.c', 'contact'],
    ['tel:+84912345678', 'contact'],
    ['https://id.gs1.org.example/99/1', 'not_gs1'],
    ['geo:21.27,106.19', 'not_gs1'],
    ['', 'not_gs1'],
  ])('%s: %s', (text, fault) => expect(canonicalEpc(text)).toEqual({ ok: false, fault }));
});

describe('the form that is hashed', () => {
  test.each([
    ['https://a.vn/01/10614141123458/10/L/21/S?17=260101', 'https://id.gs1.org/01/10614141123458/21/S'],
    ['https://a.vn/01/10614141123459/22/V/10/L', 'https://id.gs1.org/01/10614141123459/10/L'],
    ["https://a.vn/01/10614141123459/21/o'clock", "https://id.gs1.org/01/10614141123459/21/o'clock"],
    ['urn:epc:id:broken', 'urn:epc:id:broken'],
    ['https://a.vn/8004/1\ud800', 'https://id.gs1.org/8004/1%EF%BF%BD'],
    ['inspecting', 'inspecting'],
  ])('%o', (text, form) => expect(hashedEpc(text)).toBe(form));

  test('never throws and is its own form', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'https://a.vn/01/', 'urn:epc:id:sgtin:'), fc.array(fc.nat(0xffff)), (start, units) => {
        const text = start + String.fromCharCode(...units);
        const once = hashedEpc(text);
        expect(hashedEpc(once)).toBe(once);
        expect(canonicalEpc(text)).toHaveProperty('ok');
      }),
    );
  });

  test('a path of a hundred thousand keys is not searched', () => {
    expect(hashedEpc(`https://a.vn${'/01'.repeat(100_000)}/x/y`)).toHaveLength(300_016);
  });
});
