import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EpcisEvent, epcisEvent } from '../../../../shared/traceability/epcis/event.ts';
import { namedIn, sameEpc, summaryOf, utcInstant } from '../../../../shared/traceability/epcis/named-in.ts';
import { alsoWith, type EventQuery, matches, mayMatch, ofEpc, readPaging, readQuery } from '../../../../shared/traceability/epcis/query.ts';
import { box, harvest, loading, lot, packing, pallet, selling, storing } from './events.ts';

const event = (from: object, more: object = {}): EpcisEvent => epcisEvent.parse({ ...from, ...more });
const understood = (text: string): EventQuery => {
  const read = readQuery(text);
  if (!read.ok) throw new Error(`${read.fault.name}: ${read.fault.text.en}`);
  return read.query;
};
const row = (one: EpcisEvent, recordTime = '2026-06-15T00:00:00.000Z') => ({
  ...summaryOf(one),
  eventTime: utcInstant(one.eventTime),
  recordTime,
});

describe('what an event names', () => {
  test('is each thing and class once, canonical, with all it is there', () => {
    const urn = 'urn:epc:id:sgtin:8938500.000001.A';
    expect([...namedIn(event(packing, { inputEPCList: [urn] }))]).toEqual([
      [box('A'), ['input', 'output']],
      [box('B'), ['output']],
      [lot, ['input']],
    ]);
    expect([...namedIn(event(loading))]).toEqual([
      [pallet, ['parent']],
      [box('A'), ['child']],
      [box('B'), ['child']],
    ]);
    expect([...namedIn(event(harvest))]).toEqual([[lot, ['epc']]]);
    expect(sameEpc('https://shop.example/x/01/08938500000010/21/A')).toBe(box('A'));
    expect(sameEpc('urn:example:thing')).toBe('urn:example:thing');
  });

  test('is told in short with bare words and canonical places', () => {
    expect(summaryOf(event(packing, { readPoint: { id: 'urn:epc:id:sgln:0614141.12345.LINE1' } }))).toEqual({
      type: 'TransformationEvent',
      action: undefined,
      bizStep: 'commissioning',
      disposition: undefined,
      readPoint: 'https://id.gs1.org/414/0614141123452/254/LINE1',
      bizLocation: undefined,
    });
  });

  test('instants are cut to milliseconds of UTC', () => {
    expect(utcInstant('2005-04-03T20:33:31.116999-06:00')).toBe('2005-04-04T02:33:31.116Z');
  });
});

describe('a query', () => {
  test('without anything wants the newest thirty', () => {
    expect(readQuery('')).toEqual({
      ok: true,
      perPage: 30,
      nextPageToken: undefined,
      query: { eventTime: {}, recordTime: {}, orderBy: 'eventTime', ascending: false, summary: {}, epcs: [], tests: [] },
    });
  });

  test('for what was recorded since the last time is answered in that order', () => {
    expect(understood('GE_recordTime=2026-06-01T00:00:00%2B07:00')).toMatchObject({
      orderBy: 'recordTime',
      recordTime: { from: '2026-05-31T17:00:00.000Z' },
    });
    expect(understood('GE_recordTime=2026-06-01T00:00:00Z&GE_eventTime=2026-06-01T00:00:00Z').orderBy).toBe('eventTime');
    expect(understood(`GE_recordTime=2026-06-01T00:00:00Z&MATCH_epc=${box('A')}`).orderBy).toBe('eventTime');
  });

  test('keeps to a page that an answer can hold, and names what it refuses', () => {
    expect(readQuery('perPage=100000')).toMatchObject({ ok: true, perPage: 500 });
    expect(readQuery('x=1')).toMatchObject({ ok: false, fault: { name: 'x', isTooComplex: false } });
    expect(readQuery(`EQ_eventID=${Array(51).fill('urn:x:1').join('|')}`)).toMatchObject({ ok: false, fault: { isTooComplex: true } });
    expect(readPaging('perPage=3&nextPageToken=a|b')).toMatchObject({ ok: true, perPage: 3, nextPageToken: 'a|b' });
    expect(readPaging('EQ_action=ADD')).toMatchObject({ ok: false, fault: { name: 'EQ_action' } });
    expect(readPaging('perPage=ten')).toMatchObject({ ok: false, fault: { name: 'perPage' } });
  });

  test('bounds take in their beginning and leave out their end', () => {
    const query = understood('GE_eventTime=2026-06-01T02:00:00Z&LT_eventTime=2026-06-01T02:00:00.001Z');
    const seen = (eventTime: string) => mayMatch(query, row(event(harvest, { eventTime })));
    expect([
      seen('2026-06-01T01:59:59.999Z'),
      seen('2026-06-01T09:00:00+07:00'),
      seen('2026-06-01T02:00:00.0009Z'),
      seen('2026-06-01T02:00:00.001Z'),
    ]).toEqual([false, true, true, false]);
  });

  test('can be narrowed to a thing and to a word, and what excludes each other finds nothing', () => {
    const all = understood('');
    expect(matches(ofEpc(all, 'urn:epc:id:sgtin:8938500.000001.A'), event(packing))).toBe(true);
    expect(matches(ofEpc(all, box('C')), event(packing))).toBe(false);
    const packed = understood('EQ_bizStep=packing');
    const both = alsoWith(packed, 'EQ_bizStep', 'https://ref.gs1.org/cbv/BizStep-packing');
    expect(both && mayMatch(both, row(event(loading))) && matches(both, event(loading))).toBe(true);
    const none = alsoWith(packed, 'EQ_bizStep', 'shipping');
    expect(none && mayMatch(none, row(event(loading)))).toBe(false);
    expect(alsoWith(all, 'EQ_readPoint', 'not a place')).toBeUndefined();
  });

  test('a row never hides an event that the query wants', () => {
    const events = [harvest, packing, loading, storing, selling].map((one) => event(one));
    const parts = [
      ...['eventType=ObjectEvent|TransformationEvent', 'EQ_action=ADD', 'EQ_bizStep=commissioning|storing', 'EQ_disposition=active'],
      ...['EQ_readPoint=urn:epc:id:sgln:0614141.12345.LINE1', 'EQ_bizLocation=urn:epc:id:sgln:0614141.12345.0', `MATCH_anyEPC=${pallet}`],
    ];
    fc.assert(
      fc.property(fc.subarray(parts), fc.constantFrom(...events), (chosen, one) => {
        const query = understood(chosen.join('&'));
        return !matches(query, one) || mayMatch(query, row(one));
      }),
    );
  });
});
