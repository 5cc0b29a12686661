import { describe, expect, test } from 'vitest';
import { epcisDocument, eventsOf } from '../../../../shared/traceability/epcis/document.ts';
import { epcisEvent } from '../../../../shared/traceability/epcis/event.ts';
import { bareWord, webTerm } from '../../../../shared/traceability/epcis/vocabulary.ts';
import { answer, box, capture, harvest, loading, logging, packing, pallet, selling, storing } from './events.ts';

const all = { harvest, packing, loading, logging, storing, selling };
const accepts = (event: unknown): boolean => epcisEvent.safeParse(event).success;
const without = (event: object, ...names: string[]) => Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));

describe('an event', () => {
  test.each(Object.entries(all))('%s is read as it was written, extensions too', (_, event) => {
    expect(epcisEvent.parse(event)).toEqual(event);
  });

  const right: [string, unknown][] = [
    ['a name of the partner’s own as a step', { ...storing, bizStep: 'https://partner.example/steps/cooling' }],
    ['an extension by prefix', { ...storing, 'ocop:recallCase': { 'ocop:no': [1] } }],
    ['an extension by namespace', { ...storing, 'https://ocop.example/recallCase': 'RC-1' }],
    ['an extension of a place', { ...storing, readPoint: { id: 'geo:21.27,106.19', 'ocop:door': 2 } }],
    ['a logger reporting on its room alone', without(storing, 'epcList')],
    ['everything taken off a pallet', { ...without(loading, 'childEPCs'), action: 'DELETE' }],
    ['boxes seen on a pallet nobody could read', { ...without(loading, 'parentID'), action: 'OBSERVE' }],
    ['outputs of a transformation that goes on', { ...without(packing, 'inputQuantityList'), transformationID: 'urn:uuid:1' }],
    ['an order taken back', { ...without(selling, 'epcList'), action: 'DELETE' }],
    ['a recall', { ...storing, disposition: 'recalled', persistentDisposition: { set: ['recalled'], unset: ['conformant'] } }],
    ['certificates', { ...storing, certificationInfo: ['https://ocop.example/cert/1', 'https://ocop.example/cert/2'] }],
    [
      'a correction',
      {
        ...storing,
        errorDeclaration: {
          declarationTime: '2026-06-02T00:00:00Z',
          reason: 'incorrect_data',
          correctiveEventIDs: ['urn:uuid:2'],
          'ocop:by': 1,
        },
      },
    ],
    ['the widest zone', { ...storing, eventTimeZoneOffset: '+14:00' }],
    ['half a kilogram in the middle of a second', { ...harvest, eventTime: '2026-06-01T09:00:00.1234567Z' }],
  ];
  test.each(right)('may be %s', (_, event) => expect(accepts(event)).toBe(true));

  const wrong: [string, unknown][] = [
    ['no object', 'ObjectEvent'],
    ['a type of nobody’s', { ...storing, type: 'WishEvent' }],
    ['no time', without(storing, 'eventTime')],
    ['a time without a zone', { ...storing, eventTime: '2026-06-01T09:00:00' }],
    ['a time without seconds', { ...storing, eventTime: '2026-06-01T09:00Z' }],
    ['a thirtieth of February', { ...storing, eventTime: '2026-02-30T09:00:00Z' }],
    ['no zone offset', without(storing, 'eventTimeZoneOffset')],
    ['a zone offset beyond the date line', { ...storing, eventTimeZoneOffset: '+14:01' }],
    ['an action of nobody’s', { ...storing, action: 'LOOK' }],
    ['an action on a transformation', { ...packing, action: 'ADD' }],
    ['no action', without(storing, 'action')],
    ['a step outside the vocabulary', { ...storing, bizStep: 'transforming' }],
    ['a step by its old URN', { ...storing, bizStep: 'urn:epcglobal:cbv:bizstep:storing' }],
    ['a disposition for a step', { ...storing, bizStep: 'https://ref.gs1.org/cbv/Disp-active' }],
    ['a step GS1 does not have', { ...storing, bizStep: 'https://ref.gs1.org/cbv/BizStep-cooling' }],
    ['a disposition outside the vocabulary', { ...storing, disposition: 'in_transport' }],
    ['a field without a prefix', { ...storing, recallCase: 'RC-1' }],
    ['master data without a prefix', { ...harvest, ilmd: { materialType: 'soil' } }],
    ['master data of something only seen', { ...harvest, action: 'OBSERVE' }],
    ['an unknown field of a quantity', { ...harvest, quantityList: [{ epcClass: pallet, 'ocop:weight': 5 }] }],
    ['a unit in small letters', { ...harvest, quantityList: [{ epcClass: pallet, quantity: 1, uom: 'kg' }] }],
    ['a quantity in text', { ...harvest, quantityList: [{ epcClass: pallet, quantity: '1' }] }],
    ['a Vietnamese letter in a URI', { ...storing, epcList: ['https://ocop.example/vải'] }],
    ['nothing at all', without(storing, 'epcList', 'sensorElementList')],
    ['an empty list and nothing else', { ...without(storing, 'sensorElementList'), epcList: [] }],
    ['a report with no place and no thing', without(storing, 'epcList', 'readPoint')],
    ['a sensor element without a report', { ...storing, sensorElementList: [{ sensorReport: [] }] }],
    ['a certificate spelled out', { ...storing, certificationInfo: [{ 'gs1:certificationAgency': 'x' }] }],
    ['nothing put on a pallet', without(loading, 'childEPCs')],
    ['boxes put on no pallet', without(loading, 'parentID')],
    ['boxes taken off no pallet', { ...without(loading, 'parentID'), action: 'DELETE' }],
    ['a logger on nothing', without(logging, 'parentID')],
    ['a pallet without a logger', without(logging, 'childEPCs')],
    ['outputs of nothing', without(packing, 'inputQuantityList')],
    ['inputs to nothing', { ...packing, outputEPCList: [] }],
    ['a transformation of nothing', { ...without(packing, 'inputQuantityList', 'outputEPCList'), transformationID: 'urn:uuid:1' }],
    ['an order of nothing', without(selling, 'epcList')],
    ['goods of no order', { ...selling, bizTransactionList: [] }],
    ['a persistent disposition of nothing', { ...storing, persistentDisposition: {} }],
    ['the same persistent disposition twice', { ...storing, persistentDisposition: { set: ['recalled', 'recalled'] } }],
  ];
  test.each(wrong)('may not be %s', (_, event) => expect(accepts(event)).toBe(false));
});

describe('a document', () => {
  test('for capture and a query’s answer both give their events', () => {
    expect(eventsOf(epcisDocument.parse(capture(harvest, 7)))).toEqual({ at: '/epcisBody/eventList', events: [harvest, 7] });
    expect(eventsOf(epcisDocument.parse(answer(box('A'))))).toEqual({
      at: '/epcisBody/queryResults/resultsBody/eventList',
      events: [box('A')],
    });
  });

  const wrong: [string, object][] = [
    ['a context', without(capture(harvest), '@context')],
    ['a version', without(capture(harvest), 'schemaVersion')],
    ['a date', without(capture(harvest), 'creationDate')],
    ['a body', without(capture(harvest), 'epcisBody')],
    ['a list', { ...capture(), epcisBody: {} }],
    ['fields of the standard only', { ...capture(harvest), note: 'x' }],
    ['the name of its query', { ...answer(), epcisBody: { queryResults: { resultsBody: { eventList: [] } } } }],
  ];
  test.each(wrong)('needs %s', (_, document) => expect(epcisDocument.safeParse(document).success).toBe(false));
});

describe('a word of the vocabulary', () => {
  test.each(['shipping', 'https://ref.gs1.org/cbv/BizStep-shipping', 'urn:epcglobal:cbv:bizstep:shipping', 'cbv:BizStep-shipping'])(
    '%s is shipping',
    (text) => {
      expect([bareWord('bizStep', text), webTerm('bizStep', text)]).toEqual(['shipping', 'https://ref.gs1.org/cbv/BizStep-shipping']);
    },
  );

  test.each(['Shipping', 'https://partner.example/shipping', 'cbv:BizStep-sailing', 'cbv:Disp-active'])('%s is none', (text) => {
    expect([bareWord('bizStep', text), webTerm('bizStep', text)]).toEqual([text, text]);
  });

  test.each(['Temperature', 'gs1:Temperature', 'https://gs1.org/voc/Temperature', 'https://ref.gs1.org/voc/Temperature'])(
    '%s is a temperature',
    (text) => expect(bareWord('measurement', text)).toBe('Temperature'),
  );
});
