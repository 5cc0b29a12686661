import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patternOf } from '../../../../shared/traceability/epcis/patterns.ts';
import { readQuery } from '../../../../shared/traceability/epcis/query.ts';

const at = (path: string) => `https://id.gs1.org/${path}`;

describe('a pattern', () => {
  // 0614141.112345 with indicator 1 is 1 0614141 12345 and check digit 9.
  test.each([
    ['sgtin:0614141.112345.*', '01/10614141123459/21/a.b%2F', '01/20614141123456/21/1'],
    ['sgtin:0614141.*.*', '01/20614141123456/21/1', '01/10614142123456/21/1'],
    ['sgtin:0614141.112345.*', '01/10614141123459/21/1', '01/10614141123459'],
    ['sgtin:893850000001.*.*', '01/08938500000010/21/1', '01/08938500000110/21/1'],
    ['lgtin:0614141.112345.*', '01/10614141123459/10/L', '01/10614141123459/21/L'],
    ['lgtin:0614141.*.*', '01/10614141123459/10/L', '01/10614140123459/10/L'],
    ['upui:0614141.112345.*', '01/10614141123459/235/T', '01/10614141123459/21/T'],
    ['sscc:0614141.*', '00/106141412345678908', '00/061414112345678908'],
    ['sgln:0614141.12345.*', '414/0614141123452', '414/0614141123469'],
    ['sgln:0614141.12345.*', '414/0614141123452/254/A', '417/0614141123452'],
    ['sgln:0614141.*.*', '414/0614141123452/254/A', '414/0614142123452'],
    ['grai:0614141.12345.*', '8003/00614141123452400', '8003/00614141123452'],
    ['giai:8931234500.*', '8004/8931234500LOGGER42', '8004/8931234501LOGGER42'],
    ['gsrn:0614141.*', '8018/061414100000102534', '8017/061414100000102534'],
  ])('%s takes %s, and not %s', (pattern, inside, outside) => {
    const read = patternOf(`urn:epc:idpat:${pattern}`);
    expect([read?.test(at(inside)), read?.test(at(outside))]).toEqual([true, false]);
  });

  test.each([
    ...['sgtin:*.*.*', 'sgtin:0614141.*.1', 'sgtin:0614141.112345', 'sgtin:0614141.112345.1', 'sgtin:0614141.11234.*', 'sgtin:0614141.*'],
    ...['sscc:0614141.1234567890', 'sscc:0614141.*.*', 'sscc:06141.*', 'giai:0614141.1*', 'giai:0614141.*.*', 'nope:0614141.*'],
    ...['constructor:0614141.*', 'sgtin:(0614141).*.*', ''],
  ])('%o is none', (pattern) => expect(patternOf(`urn:epc:idpat:${pattern}`)).toBeUndefined());

  test('of a product and of its company finds every serial of it, however long the company prefix', () => {
    const digits = fc.stringMatching(/^\d{13}$/);
    const serial = fc.stringMatching(/^[A-Za-z0-9]{1,20}$/);
    const found = (query: string, urn: string) => {
      const read = readQuery(`MATCH_anyEPC=${query}`);
      return read.ok && read.query.epcs.length === 0 && read.query.tests.every((t) => t({ type: 'ObjectEvent', epcList: [urn] }));
    };
    fc.assert(
      fc.property(digits, fc.integer({ min: 6, max: 12 }), serial, (body, length, own) => {
        const [prefix, reference] = [body.slice(1, 1 + length), body[0] + body.slice(1 + length)];
        const urn = `urn:epc:id:sgtin:${prefix}.${reference}.${own}`;
        const next = `${(Number(prefix[0]) + 1) % 10}${prefix.slice(1)}`;
        expect(found(`urn:epc:idpat:sgtin:${prefix}.${reference}.*`, urn)).toBe(true);
        expect(found(`urn:epc:idpat:sgtin:${prefix}.*.*`, urn)).toBe(true);
        expect(found(`urn:epc:idpat:sgtin:${next}.*.*`, urn)).toBe(false);
      }),
    );
  });
});

describe('a parameter on a field of one’s own', () => {
  const wants = (query: string, event: object) => {
    const read = readQuery(query);
    return read.ok ? read.query.tests.every((t) => t(event as never)) : read.fault.name;
  };
  const event = {
    ...{ type: 'ObjectEvent', 'ocop:stars': 4, 'ocop:tags': ['early', 'sweet'], 'ocop:isOrganic': false },
    ilmd: { 'ocop:brix': { '@value': 18.5 }, 'https://ocop.example/plot': 'P7' },
    sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 4, uom: 'CEL', percRank: 90 }] }],
  };
  test.each([
    ['EQ_ocop:stars=4', true],
    ['EQ_ocop:stars=4|5', true],
    ['EQ_ocop:stars=5', false],
    ['GT_ocop:stars=3', true],
    ['LE_ocop:stars=3.9', false],
    ['EQ_ocop:tags=sweet', true],
    ['EQ_ocop:isOrganic=false', true],
    ['EXISTS_ocop:isOrganic=true', true],
    ['EXISTS_ocop:none=true', false],
    ['EXISTS_ocop:none=false', true],
    ['EXISTS_ilmd=true', true],
    ['EQ_ILMD_ocop:brix=18.5', true],
    ['GE_ILMD_ocop:brix=18.5', true],
    ['GT_ILMD_ocop:brix=18.5', false],
    ['EQ_ILMD_https://ocop.example/plot=P7', true],
    ['EQ_ocop:brix=18.5', false],
    ['EQ_value_CEL=4', true],
    ['GE_value_CEL=4', true],
    ['LT_value_CEL=4', false],
    ['LT_value_FAH=40', false],
    ['GE_percRank=90', true],
    ['GE_percRank_P1=90', 'GE_percRank_P1'],
    ['GE_value=4', 'GE_value'],
    ['EQ_value_cel=4', 'EQ_value_cel'],
    ['EQ_INNER_ocop:brix=18.5', 'EQ_INNER_ocop:brix'],
    ['HASATTR_ocop:brix=x', 'HASATTR_ocop:brix'],
    ['GE_ocop:stars=2026-06-01T00:00:00Z', 'GE_ocop:stars'],
  ])('%s: %s', (query, found) => expect(wants(query, event)).toBe(found));

  test('an ILMD without fields is none', () => expect(wants('EXISTS_ilmd=true', { ...event, ilmd: {} })).toBe(false));
});
