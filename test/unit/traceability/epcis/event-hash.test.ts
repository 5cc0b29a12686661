import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventHashId, eventPrehash, hashContext } from '../../../../shared/traceability/epcis/event-hash.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const none = hashContext({});
const id = (hex: string): string => `ni:///sha-256;${hex}?ver=CBV2.0`;

/** Reference values published with the CBV 2.0 event hash; the events are typed here in short. */
const reference: [name: string, hex: string, event: Record<string, unknown>, document?: Record<string, unknown>][] = [
  [
    'a transaction type and a link of another host',
    '65f196f1b17e2525de2b6f45f5d31d74fa3fdf1e689863484f8e9660cc36f69f',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2023-01-11T12:00:00+01:00', eventTimeZoneOffset: '+01:00', action: 'OBSERVE' },
      ...{ bizStep: 'receiving', disposition: 'in_progress', readPoint: { id: 'https://id.gs1.de/414/4012345000115' } },
      epcList: ['https://id.gs1.de/01/04012345999990/21/XYZ-1234'],
      bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000009:ASN1099' }],
    },
  ],
  [
    'four sensor reports',
    '49b13037c36e84ad9307c531671b00e901318c3957e4b1151f816ec49eb668da',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2020-04-01T15:00:00+01:00', eventTimeZoneOffset: '+01:00', action: 'OBSERVE', bizStep: 'inspecting' },
      ...{ epcList: ['urn:epc:id:sgtin:4012345.011111.9876'], readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' } },
      sensorElementList: [
        {
          sensorMetadata: { deviceID: 'urn:epc:id:giai:4000001.111', deviceMetadata: 'https://id.gs1.org/8004/4000001111' },
          sensorReport: [
            { type: 'Temperature', value: 26, sDev: 0.1, uom: 'CEL' },
            { type: 'AbsoluteHumidity', value: 12.1, uom: 'A93' },
            { type: 'Dimensionless', microorganism: 'https://www.ncbi.nlm.nih.gov/taxonomy/1126011', value: 0.05, uom: 'C35' },
            {
              ...{ type: 'Dimensionless', value: 0.18, uom: 'C35' },
              chemicalSubstance: 'https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N',
            },
          ],
        },
      ],
    },
  ],
  [
    'a certificate, an alarm and extensions inside the sensor element',
    '765891c0478707141565408cefb87841b7531936188edd0ff0e63e91789b7c09',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2023-01-11T12:00:00+01:00', eventTimeZoneOffset: '+01:00', action: 'OBSERVE' },
      ...{ bizStep: 'receiving', disposition: 'in_progress', readPoint: { id: 'https://id.gs1.de/414/4012345000115' } },
      certificationInfo: 'https://accreditation-council.example.org/certificate/ABC12345',
      epcList: ['https://id.gs1.de/01/04012345999990/21/XYZ-1234'],
      sensorElementList: [
        {
          sensorMetadata: {
            time: '2023-01-11T11:05:00Z',
            bizRules: 'https://id.example.com/253/4012345000054987',
            'e:someFurtherMetadata': 'metadataText',
          },
          sensorReport: [
            {
              ...{ type: 'Dimensionless', exception: 'ALARM_CONDITION', 'e:someFurtherReportData': 'reportText' },
              coordinateReferenceSystem: 'http://www.opengis.net/def/crs/EPSG/0/27700',
            },
          ],
        },
      ],
    },
    { '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { e: 'https://ns.ext.de/epcis/' }] },
  ],
  [
    'a source and a destination',
    '7a82a68b0f9c78bebb1c729d950edbf1fd40c56f3351906020d2d67d5dffbc72',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2022-02-16T12:50:00.000+01:00', eventTimeZoneOffset: '+01:00', action: 'OBSERVE', bizStep: 'departing' },
      ...{ epcList: ['urn:epc:id:sscc:4012345.1112223334'], readPoint: { id: 'urn:epc:id:sgln:4012345.00022.0' } },
      bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000009:ASN1099' }],
      sourceList: [{ type: 'possessing_party', source: 'urn:epc:id:pgln:4012345.00000' }],
      destinationList: [{ type: 'possessing_party', destination: 'urn:epc:id:pgln:4023333.00000' }],
    },
  ],
  [
    'a lot with master data',
    '5f396ea5cb32fe4d0980cb79f5a5eb9640559e9f5a6cefa5c98a7d6ad554b50b',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2019-10-21T14:58:56.000+02:00', eventTimeZoneOffset: '+02:00', action: 'ADD', bizStep: 'commissioning' },
      quantityList: [{ epcClass: 'urn:epc:class:lgtin:4054739.099914.20160711', quantity: 600, uom: 'KGM' }],
      ...{ readPoint: { id: 'urn:epc:id:sgln:4054739.00001.0' }, ilmd: { 'cbvmda:bestBeforeDate': '2019-10-21' } },
    },
  ],
  [
    'a fifth decimal that rounds up',
    'af7658e711574363633f20b3dadc7bc4c13c6f612cf96d95e03c421c0e58f3c6',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2023-02-02T11:04:03.1415Z', eventTimeZoneOffset: '+01:00', action: 'OBSERVE', bizStep: 'shipping' },
      ...{ disposition: 'in_transit', readPoint: { id: 'https://id.gs1.de/414/4012345000115' } },
      epcList: ['https://id.gs1.de/00/040123451111111110'],
    },
  ],
  [
    'a persistent disposition',
    '4dbb5d87794987ec4a7c519cff1260d00163e78bf44144d09aee135294d39d10',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2021-04-01T15:00:00+01:00', eventTimeZoneOffset: '+01:00', action: 'OBSERVE', bizStep: 'inspecting' },
      ...{ epcList: ['urn:epc:id:sgtin:4012345.011111.2'], readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' } },
      persistentDisposition: { unset: ['recalled'] },
    },
  ],
  [
    'fields that a repository added',
    'b3d481c5590757ab8361a6cb0e924820feb3b61eb568e7d7703f21a96f76f51d',
    {
      type: 'ObjectEvent',
      ...{ eventTime: '2019-10-21T14:45:00Z', eventTimeZoneOffset: '+01:00', action: 'OBSERVE', bizStep: 'inspecting' },
      ...{ recordTime: '2023-06-02T07:03:16.073Z', eventID: 'urn:uuid:1', 'store:hash': 'x', 'example:captureID': 'y' },
      ...{ disposition: 'in_progress', readPoint: { id: 'https://id.gs1.org/414/4012345000245/254/1' } },
      epcList: ['https://id.gs1.org/00/040123451111111127'],
    },
    { 'store:ignoreFields': ['store:hash', 'example:captureID'] },
  ],
  [
    'a transformation with inputs only and a step of the partner’s own',
    '756558aa09b2d38c6bcb6e50eab2fcbebd9bde17362a7c4f4686a5d7f5fb013f',
    {
      type: 'TransformationEvent',
      ...{ eventTime: '2019-10-21T14:58:56.591+02:00', eventTimeZoneOffset: '+02:00' },
      inputEPCList: ['urn:epc:id:sgtin:4012345.011122.25', 'urn:epc:id:sgtin:4000001.065432.99886655'],
      outputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4054739.099902.P20131121', quantity: 9520 }],
      ...{ transformationID: 'urn:epc:id:gdti:4012345.55555.1234', bizStep: 'http://epcis.example.com/user/vocab/bizstep/exampling' },
      readPoint: { id: 'urn:epc:id:sgln:4012345.00001.0' },
    },
  ],
];

describe('the event hash', () => {
  test.each(reference)('%s', (_, hex, event, document = {}) => {
    expect(eventHashId(event, hashContext(document), sha256Hex)).toBe(id(hex));
  });
});

const harvest = {
  type: 'ObjectEvent',
  ...{ eventTime: '2026-06-01T05:30:00+07:00', eventTimeZoneOffset: '+07:00', action: 'ADD', bizStep: 'commissioning' },
  quantityList: [{ epcClass: 'https://id.gs1.org/01/08938500000010/10/L1', quantity: 820.5, uom: 'KGM' }],
  ilmd: { 'ocop:variety': ' Vải thiều ', 'ocop:plots': ['B', 'A'], 'ocop:area': { 'ocop:code': 7 } },
  'ocop:note': true,
};
const context = hashContext({ '@context': [{ ocop: 'https://ocop.example/' }] });

describe('the text that is hashed', () => {
  test('is the event in the canonical order', () => {
    expect(eventPrehash(harvest, context)).toBe(
      'eventType=ObjectEventeventTime=2026-05-31T22:30:00.000ZeventTimeZoneOffset=+07:00' +
        'quantityListquantityElementepcClass=https://id.gs1.org/01/08938500000010/10/L1quantity=820.5uom=KGM' +
        'action=ADDbizStep=https://ref.gs1.org/cbv/BizStep-commissioning' +
        'ilmd{https://ocop.example/}area{https://ocop.example/}code=7' +
        '{https://ocop.example/}plots=A{https://ocop.example/}plots=B{https://ocop.example/}variety=Vải thiều' +
        '{https://ocop.example/}note=true',
    );
  });

  const same: [string, Record<string, unknown>][] = [
    ['another zone', { eventTime: '2026-05-31T22:30:00.0001Z' }],
    ['the step’s web URI', { bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning' }],
    ['the step’s URN', { bizStep: 'urn:epcglobal:cbv:bizstep:commissioning' }],
    ['the step’s CURIE', { bizStep: 'cbv:BizStep-commissioning' }],
    ['the lot’s URN', { quantityList: [{ uom: 'KGM', quantity: 820.5, epcClass: 'urn:epc:class:lgtin:893850000001.0.L1' }] }],
    ['an ID and a correction', { eventID: 'urn:uuid:2', recordTime: '2026-06-02T00:00:00Z', errorDeclaration: {} }],
  ];
  test.each(same)('%s changes nothing', (_, change) => {
    expect(eventPrehash({ ...harvest, ...change }, context)).toBe(eventPrehash(harvest, context));
  });

  test('the order of fields and of lists does not matter', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.entries(harvest), { minLength: 8 }),
        fc.uniqueArray(fc.string(), { maxLength: 6 }),
        (fields, epcs) => {
          const one = { ...harvest, epcList: epcs.map((epc) => `urn:x:${epc}`) };
          const other = { epcList: one.epcList.toReversed(), ...Object.fromEntries(fields) };
          expect(eventPrehash(other, context)).toBe(eventPrehash(one, context));
        },
      ),
    );
  });

  test.each([
    ['59.9996Z', '2026-01-01T00:01:00.000Z'],
    ['59.0005Z', '2026-01-01T00:00:59.001Z'],
    ['59.00049Z', '2026-01-01T00:00:59.000Z'],
    ['59.1Z', '2026-01-01T00:00:59.100Z'],
  ])('%s is written %s', (seconds, written) => {
    expect(eventPrehash({ type: 'X', eventTime: `2026-01-01T00:00:${seconds}` }, none)).toBe(`eventType=XeventTime=${written}`);
  });

  test('lists are in the order of UTF-8, not of UTF-16', () => {
    expect(eventPrehash({ type: 'X', epcList: ['x:\u{1F34A}', 'x:\uFB00', 'x:', 'x:a'] }, none)).toBe(
      'eventType=XepcListepc=x:epc=x:aepc=x:\uFB00epc=x:\u{1F34A}',
    );
  });

  test('a name whose prefix nobody declared stays as it is', () => {
    expect(eventPrehash({ type: 'X', 'who:knows': null }, none)).toBe('eventType=Xwho:knows=null');
  });

  test('a mangled event has a text as well', () => {
    const event = {
      type: 7,
      eventTime: 'soon',
      epcList: [1],
      quantityList: [null],
      sourceList: ['x'],
      sensorElementList: [0],
      readPoint: [],
    };
    expect(eventPrehash(event, none)).toBe('eventType=7eventTime=soonepcListepc=1quantityListsourceListsensorElementList');
  });
});
