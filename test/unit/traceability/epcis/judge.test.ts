import { describe, expect, test } from 'vitest';
import { judge } from '../../../../functions/traceability/epcis/judge.ts';
import { isDeclaration, type PreparedEvent, prepare, refOf, sibling } from '../../../../functions/traceability/epcis/prepare.ts';
import { spoken, withLinks } from '../../../../functions/traceability/epcis/spoken.ts';
import type { EpcisEvent } from '../../../../shared/traceability/epcis/event.ts';
import { box, harvest, lot, pallet } from './events.ts';

const ready = (more: object = {}, at = '/0') => prepare({ ...harvest, eventID: 'urn:x:1', ...more } as unknown as EpcisEvent, {}, at);
const errorDeclaration = { declarationTime: '2026-06-05T00:00:00Z', reason: 'incorrect_data' };
const printOf = ({ hash, print }: PreparedEvent, job = 'cap_before') => ({ hash, print, job, recordTime: '2026-06-15T00:00:00.000Z' });
const recorded = (...events: PreparedEvent[]) => new Map(events.map((event) => [event.ref, printOf(event)]));
const told = (events: PreparedEvent[], known = new Map<string, ReturnType<typeof printOf>>(), own?: string) => {
  const { fresh, findings } = judge(events, known, own);
  return [fresh.map(({ at }) => at), findings.map(({ code, pointer }) => `${code} ${pointer}`)];
};

describe('a prepared event', () => {
  test('is named by its ID, or by what it says, and says the same in another zone and spelling', () => {
    const nameless = prepare(harvest as unknown as EpcisEvent, {}, '');
    expect(nameless.eventID).toBe(nameless.hash);
    const other = { ...harvest, eventTime: '2026-06-01T02:00:00Z', recordTime: '2026-06-02T00:00:00Z' };
    expect(prepare(other as unknown as EpcisEvent, {}, '').eventID).toBe(nameless.eventID);
    expect(nameless.event).toEqual({ ...harvest, eventID: nameless.eventID });
    expect(prepare(other as unknown as EpcisEvent, {}, '').event).not.toHaveProperty('recordTime');
    // The event, its place in two timelines, its lot, and that the lot began here.
    expect([ready().ref, ready().rows, ready().eventTime]).toEqual([refOf('urn:x:1'), 5, '2026-06-01T02:00:00.000Z']);
  });

  test('carries the prefixes of its document only when it uses them', () => {
    const document = { '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ocop: 'https://ocop.example/' }] };
    expect(prepare(harvest as unknown as EpcisEvent, document, '').event['@context']).toEqual([{ ocop: 'https://ocop.example/' }]);
    expect(prepare({ ...harvest, ilmd: undefined } as unknown as EpcisEvent, document, '').event['@context']).toBeUndefined();
    // The same prefix that means something else makes another event.
    const other = { '@context': [{ ocop: 'https://other.example/' }] };
    expect(prepare(harvest as unknown as EpcisEvent, other, '').hash).not.toBe(
      prepare(harvest as unknown as EpcisEvent, document, '').hash,
    );
  });

  test('that declares an error stands beside its event', () => {
    const declared = ready({ errorDeclaration });
    expect([declared.hash, declared.ref, isDeclaration(declared.ref)]).toEqual([ready().hash, sibling(ready().ref), true]);
    expect(declared.print).not.toBe(ready({ errorDeclaration: { ...errorDeclaration, reason: 'did_not_occur' } }).print);
    expect(sibling(sibling(ready().ref))).toBe(ready().ref);
  });
});

describe('a verdict', () => {
  test('takes new events, passes over known ones, and refuses another under a known ID', () => {
    expect(told([ready()])).toEqual([['/0'], []]);
    expect(told([ready()], recorded(ready()))).toEqual([[], []]);
    expect(told([ready({ bizStep: 'storing' })], recorded(ready()))).toEqual([[], ['event_id_taken /0/eventID']]);
    expect(told([ready(), ready({}, '/1'), ready({ bizStep: 'storing' }, '/2')])).toEqual([['/0'], ['event_id_taken /2/eventID']]);
  });

  test('takes a declaration that repeats its event, in either order, and no other', () => {
    const declared = ready({ errorDeclaration }, '/1');
    expect(told([ready(), declared])).toEqual([['/0', '/1'], []]);
    expect(told([declared], recorded(ready()))).toEqual([['/1'], []]);
    expect(told([declared])).toEqual([['/1'], []]);
    expect(told([ready()], recorded(declared))).toEqual([['/0'], []]);
    expect(told([ready({ errorDeclaration, bizStep: 'storing' })], recorded(ready()))).toEqual([[], ['declaration_differs /0/eventID']]);
    expect(told([ready({ bizStep: 'storing' })], recorded(declared))).toEqual([[], ['event_id_taken /0/eventID']]);
    const other = ready({ errorDeclaration: { ...errorDeclaration, reason: 'did_not_occur' } });
    expect(told([other], recorded(ready(), declared))).toEqual([[], ['event_id_taken /0/eventID']]);
  });

  test('writes again what its own capture wrote before it was cut short', () => {
    const known = new Map([[ready().ref, printOf(ready(), 'cap_own')]]);
    expect(told([ready()], known, 'cap_own')).toEqual([['/0'], []]);
    expect(told([ready()], known, 'cap_other')).toEqual([[], []]);
    expect(told([ready()], known)).toEqual([[], []]);
  });
});

test('URNs become links wherever an identifier stands, and nowhere else', () => {
  const urn = 'urn:epc:id:sgtin:8938500.000001.A';
  const event = {
    ...{ type: 'AggregationEvent', parentID: 'urn:epc:id:sscc:0614141.1234567890', childEPCs: [urn, 'urn:x:own', box('B')] },
    childQuantityList: [{ epcClass: 'urn:epc:class:lgtin:8938500.000001.L1', quantity: 2 }],
    readPoint: { id: 'urn:epc:id:sgln:0614141.12345.LINE1' },
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:0614141.12345' }],
    bizTransactionList: [{ type: 'po', bizTransaction: urn }],
    'ocop:note': urn,
    'ocop:list': [{ id: urn }],
  };
  expect(withLinks(event)).toEqual({
    ...event,
    parentID: pallet,
    childEPCs: [box('A'), 'urn:x:own', box('B')],
    childQuantityList: [{ epcClass: lot, quantity: 2 }],
    readPoint: { id: 'https://id.gs1.org/414/0614141123452/254/LINE1' },
    sourceList: [{ type: 'owning_party', source: 'https://id.gs1.org/417/0614141123452' }],
  });
  expect(spoken({}).form).toBe('link');
});
