import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentFindings, eventFindings } from '../../../../shared/traceability/epcis/validate.ts';
import { answer, box, capture, gtin, harvest, loading, logging, lot, packing, pallet, selling, storing } from './events.ts';

const now = new Date('2026-06-05T00:00:00Z');
const short = (document: unknown): string[] => documentFindings(document, now).map(({ code, pointer }) => `${code} ${pointer}`);
/** The findings in one event, with pointers into it. */
const inEvent = (event: unknown): string[] => eventFindings(event, now).map(({ code, pointer }) => `${code} ${pointer}`);
const report = (fields: object) => ({ ...storing, sensorElementList: [{ sensorReport: [{ type: 'Temperature', ...fields }] }] });

describe('a journey', () => {
  const journey = [harvest, packing, loading, logging, storing, selling];

  test('has nothing wrong with it, sent or queried', () => {
    expect([short(capture(...journey)), short(answer(...journey)), short(answer())]).toEqual([[], [], []]);
  });

  test('has every fault where it is, in both languages', () => {
    const found = documentFindings(capture(harvest, { ...storing, epcList: ['https://id.gs1.org/00/106141412345678909'] }), now);
    expect(found).toEqual([
      { code: 'check_digit', pointer: '/epcisBody/eventList/1/epcList/0', text: { vi: 'Sai số kiểm tra', en: 'Wrong check digit' } },
    ]);
    expect(short(answer({ ...storing, eventTime: '2099-01-01T00:00:00Z' }))).toEqual([
      'in_future /epcisBody/queryResults/resultsBody/eventList/0/eventTime',
    ]);
  });
});

describe('an event that the schema lets pass', () => {
  const cases: [string, unknown, string[]][] = [
    ['a class among things', { ...storing, epcList: [`https://id.gs1.org/01/${gtin}`] }, ['class_in_epc_list /epcList/0']],
    ['a lot among outputs', { ...packing, outputEPCList: [lot] }, ['class_in_epc_list /outputEPCList/0']],
    ['a lot for a parent', { ...loading, parentID: lot }, ['class_in_epc_list /parentID']],
    ['a lot and a serial', { ...storing, epcList: [`${lot}/21/A`] }, ['two_levels /epcList/0']],
    ['a query', { ...storing, epcList: [`${box('A')}?17=260101`] }, ['query_in_epc /epcList/0']],
    ['a broken URN', { ...loading, childEPCs: ['urn:epc:id:sgtin:1.2.3'] }, ['bad_epc /childEPCs/0']],
    ['a box for a class', { ...harvest, quantityList: [{ epcClass: box('A') }] }, ['thing_in_quantity_list /quantityList/0/epcClass']],
    [
      'a negative quantity',
      { ...harvest, quantityList: [{ epcClass: lot, quantity: -0.1 }] },
      ['negative_quantity /quantityList/0/quantity'],
    ],
    [
      'a repeat in another spelling',
      { ...loading, childEPCs: [box('A'), 'urn:epc:id:sgtin:893850000001.0.A', 'urn:uuid:1', 'urn:uuid:1'] },
      ['duplicate_epc /childEPCs/1', 'duplicate_epc /childEPCs/3'],
    ],
    ['a pallet on itself', { ...loading, childEPCs: ['urn:epc:id:sscc:0614141.1234567890'] }, ['parent_among_children /childEPCs/0']],
    ['a box for a place', { ...storing, bizLocation: { id: box('A') } }, ['not_a_place /bizLocation/id']],
    [
      'a party for a place',
      { ...selling, destinationList: [{ type: 'location', destination: 'https://id.gs1.org/417/0614141123452' }] },
      ['not_a_place /destinationList/0/destination'],
    ],
    ['a pallet for a party', { ...selling, sourceList: [{ type: 'owning_party', source: pallet }] }, ['not_a_party /sourceList/0/source']],
    [
      'a place with a wrong digit',
      { ...storing, readPoint: { id: 'https://id.gs1.org/414/0614141123453' } },
      ['check_digit /readPoint/id'],
    ],
    ['a link of GS1’s host that is none', { ...storing, epcList: ['https://id.gs1.org/99/1'] }, ['bad_epc /epcList/0']],
    ['a place of GS1’s host that is none', { ...storing, readPoint: { id: 'https://id.gs1.org/gardens/1' } }, ['bad_epc /readPoint/id']],
    ['a serial of thousands', { ...storing, epcList: [`https://id.gs1.org/01/${gtin}/21/${'A'.repeat(5_000)}`] }, ['bad_epc /epcList/0']],
    ['a URN of thousands', { ...storing, epcList: [`urn:epc:id:sgtin:8938500.000001.${'A'.repeat(5_000)}`] }, ['bad_epc /epcList/0']],
    [
      'a name of its own that is too long',
      { ...storing, epcList: [`https://a.vn/${'b'.repeat(987)}`, `https://a.vn/${'b'.repeat(988)}`] },
      ['identifier_too_long /epcList/1'],
    ],
    ['an address of a person for a thing', { ...loading, parentID: 'mailto:a@b.c' }, ['not_an_identifier /parentID']],
    ['a telephone for a class', { ...harvest, quantityList: [{ epcClass: 'TEL:+84912' }] }, ['not_an_identifier /quantityList/0/epcClass']],
    ['a script for a place', { ...storing, bizLocation: { id: 'javascript:alert(1)' } }, ['dangerous_uri /bizLocation/id']],
    ['a script in an extension', { ...storing, 'ocop:a/b~c': ['Java\tScript:x'] }, ['dangerous_uri /ocop:a~1b~0c/0']],
    [
      'a correction from the future',
      { ...storing, errorDeclaration: { declarationTime: '2026-06-06T00:00:00Z' } },
      ['in_future /errorDeclaration/declarationTime'],
    ],
    ['a temperature in kilograms', report({ value: 4, uom: 'KGM' }), ['uom_of_type /sensorElementList/0/sensorReport/0/uom']],
    ['a temperature in no unit', report({ value: 4 }), ['uom_of_type /sensorElementList/0/sensorReport/0/uom']],
    [
      'a humidity in degrees',
      report({ type: 'RelativeHumidity', meanValue: 90, uom: 'CEL' }),
      ['uom_of_type /sensorElementList/0/sensorReport/0/uom'],
    ],
    [
      'colder than cold',
      report({ minValue: -273.16, maxValue: 4, uom: 'CEL' }),
      ['impossible_value /sensorElementList/0/sensorReport/0/minValue'],
    ],
    [
      'wetter than wet',
      report({ type: 'RelativeHumidity', value: 100.1, uom: 'P1' }),
      ['impossible_value /sensorElementList/0/sensorReport/0/value'],
    ],
    [
      'a range the wrong way round',
      report({ minValue: 5, maxValue: 4, uom: 'FAH' }),
      ['range_reversed /sensorElementList/0/sensorReport/0/minValue'],
    ],
    [
      'a window that ends before it starts',
      {
        ...storing,
        sensorElementList: [
          {
            sensorMetadata: { startTime: '2026-06-01T08:00:00Z', endTime: '2026-06-01T08:00:00+07:00' },
            sensorReport: [{ type: 'Count', value: 1 }],
          },
        ],
      },
      ['times_reversed /sensorElementList/0/sensorMetadata/startTime'],
    ],
  ];
  test.each(cases)('%s', (_, event, expected) => expect(inEvent(event)).toEqual(expected));

  test.each([
    ['an identifier outside GS1', { ...storing, epcList: ['urn:uuid:9', 'https://partner.example/box/1'] }],
    ['an SGLN for a party', { ...selling, sourceList: [{ type: 'possessing_party', source: 'urn:epc:id:sgln:0614141.12345.0' }] }],
    ['the last cold there is', report({ value: 0, uom: 'KEL' })],
    ['an alarm without a number', report({ exception: 'ERROR_CONDITION' })],
    ['a note about data', { ...storing, 'ocop:note': 'data: see the javascript manual' }],
    ['a percentage above a hundred', report({ type: 'ocop:fill', value: 120, uom: 'P1' })],
  ])('%s is no fault', (_, event) => expect(inEvent(event)).toEqual([]));
});

describe('an event of the wrong shape', () => {
  test.each([
    [null, ['shape ']],
    [{ ...harvest, action: 'LOOK' }, ['shape /action']],
    [{ ...harvest, ilmd: { materialType: 'soil' } }, ['unprefixed_field /ilmd/materialType']],
    [{ ...harvest, action: 'DELETE' }, ['ilmd_without_add /ilmd']],
    [{ ...harvest, quantityList: [{ epcClass: lot, weight: 5 }] }, ['shape /quantityList/0/weight']],
    [{ ...harvest, quantityList: [] }, ['nothing_named ']],
    [{ ...packing, outputEPCList: undefined }, ['transformation_sides ']],
    [{ ...loading, parentID: undefined }, ['parent_missing /parentID']],
    [{ ...logging, parentID: undefined }, ['parent_missing /parentID']],
  ])('%#', (event, expected) => expect(inEvent(event)).toEqual(expected));
});

describe('a document', () => {
  test('five minutes ahead of our clock is on time, a second more is not', () => {
    const at = (eventTime: string, creationDate: string) => short({ ...capture({ ...storing, eventTime }), creationDate });
    expect(at('2026-06-05T00:05:00Z', '2026-06-05T07:05:00+07:00')).toEqual([]);
    expect(at('2026-06-05T00:05:01Z', '2026-06-05T07:05:01+07:00')).toEqual([
      'in_future /creationDate',
      'in_future /epcisBody/eventList/0/eventTime',
    ]);
  });

  test('says its version, an event or master data, and nothing dangerous', () => {
    expect(short({ ...capture(storing), schemaVersion: '1.2' })).toEqual(['schema_version /schemaVersion']);
    expect(short({ ...capture(storing), schemaVersion: '2.0.1' })).toEqual([]);
    expect(short(capture())).toEqual(['no_events /epcisBody/eventList']);
    expect(short({ ...capture(), epcisHeader: { epcisMasterData: { vocabularyList: [] } } })).toEqual([]);
    expect(short({ ...capture(storing), sender: 'vbscript:x' })).toEqual(['dangerous_uri /sender']);
    expect(short({ ...capture(storing), note: 1 })).toEqual(['unprefixed_field /note']);
  });

  test('nested a hundred thousand deep is refused, not followed', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}1${']'.repeat(100_000)}`);
    expect(inEvent({ ...storing, 'ocop:deep': deep })).toEqual([`too_deep /ocop:deep${'/0'.repeat(40)}`]);
  });

  test('of any JSON is judged without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(storing), 'ilmd', '__proto__'), (value, name) => {
        const changed = { ...capture({ ...storing, [name]: value }) };
        expect([documentFindings(value, now), documentFindings(changed, now)].every(Array.isArray)).toBe(true);
        expect(short(value).length).toBeGreaterThan(0);
      }),
    );
  });
});
