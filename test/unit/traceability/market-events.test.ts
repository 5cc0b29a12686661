import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { eventFindings } from '../../../shared/traceability/epcis/validate.ts';
import { codesIssued, lotRecorded, recallTold } from '../../../shared/traceability/market-events/lot-events.ts';
import { type Making, uuidOf } from '../../../shared/traceability/market-events/making.ts';
import {
  type PackageTold,
  packageCorrections,
  packageEvents,
  packageName,
} from '../../../shared/traceability/market-events/package-events.ts';

const by: Making = { origin: 'https://cho.test', sha256Hex: (text) => createHash('sha256').update(text).digest('hex') };
const home = { slug: 'htx-luc-ngan', communeCode: '07525' };
const gtin = '08938500000010';
const lot = { gtin, lot: 'VT-01', harvestedOn: '2026-06-14', useBy: '2026-06-24', quantityGrams: 820_500, plantingAreaCode: 'VN-BG/01' };
const now = new Date('2026-06-20T00:00:00Z');
const soundly = (...events: EpcisEvent[]) => {
  for (const event of events) expect(eventFindings(JSON.parse(JSON.stringify(event)), now)).toEqual([]);
};

describe('a lot', () => {
  test('is commissioned at the beginning of its harvest day, in kilograms, in its planting area', () => {
    const event = lotRecorded(lot, home, by);
    soundly(event);
    expect(event).toMatchObject({
      ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
      ...{ eventTime: '2026-06-14T00:00:00.000+07:00', eventTimeZoneOffset: '+07:00' },
      quantityList: [{ epcClass: `https://id.gs1.org/01/${gtin}/10/VT-01`, quantity: 820.5, uom: 'KGM' }],
      readPoint: { id: 'https://cho.test/dia-diem/vung-trong/VN-BG%2F01' },
      bizLocation: { id: 'https://cho.test/nha-ban/htx-luc-ngan' },
      ilmd: {
        'cbvmda:lotNumber': 'VT-01',
        'cbvmda:harvestStartDate': '2026-06-14',
        'cbvmda:harvestEndDate': '2026-06-14',
        'cbvmda:itemExpirationDate': '2026-06-24',
        'chokinhbac:plantingAreaCode': 'VN-BG/01',
      },
    });
  });

  test('without a planting area comes from its seller’s commune', () => {
    const event = lotRecorded({ ...lot, plantingAreaCode: undefined, useBy: undefined }, home, by);
    soundly(event);
    expect(event.readPoint).toEqual({ id: 'https://cho.test/dia-diem/xa/07525' });
    expect(Object.keys('ilmd' in event ? (event.ilmd ?? {}) : {})).toEqual([
      'cbvmda:lotNumber',
      'cbvmda:harvestStartDate',
      'cbvmda:harvestEndDate',
    ]);
  });

  test('has one event for ten thousand codes', () => {
    const event = codesIssued({ ...lot, id: 'bat_1', count: 10_000, issuedAt: '2026-06-14T03:00:00.000Z' }, home, by);
    soundly(event);
    expect(event).toMatchObject({
      ...{ action: 'OBSERVE', bizStep: 'encoding', eventTime: '2026-06-14T10:00:00.000+07:00' },
      quantityList: [{ epcClass: `https://id.gs1.org/01/${gtin}/10/VT-01`, quantity: 10_000 }],
    });
    expect(JSON.stringify(event).length).toBeLessThan(1_000);
  });

  test('is recalled, and the recall is lifted', () => {
    const told = { gtin, lot: 'VT-01', id: 'rcl_1', at: '2026-06-16T01:00:00.000Z' };
    const [recalled, lifted] = [recallTold({ ...told, isLifted: false }, by), recallTold({ ...told, isLifted: true }, by)];
    soundly(recalled, lifted);
    expect(recalled).toMatchObject({ bizStep: 'holding', disposition: 'recalled', persistentDisposition: { set: ['recalled'] } });
    expect(lifted).toMatchObject({ bizStep: 'inspecting', disposition: 'conformant', persistentDisposition: { unset: ['recalled'] } });
    expect(recalled.eventID).not.toBe(lifted.eventID);
  });
});

describe('a name', () => {
  test('is a UUID of version 8, the same for the same, other for anything else', () => {
    const name = uuidOf('lot A', 'recorded', by);
    expect(name).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(uuidOf('lot A', 'recorded', by)).toBe(name);
    expect(uuidOf('lot A', 'told', by)).not.toBe(name);
    expect(uuidOf('lot A', 'told', by).slice(0, 27)).toBe(name.slice(0, 27));
    expect(uuidOf('lot B', 'recorded', by).slice(0, 27)).not.toBe(name.slice(0, 27));
  });

  test('tells nothing of what it names, and two subjects never share one by where a word ends', () => {
    expect(uuidOf('lot A', 'B c', by)).not.toBe(uuidOf('lot A B', 'c', by));
    expect(packageName('KB-4F7K-1', by)).not.toContain('4F7K');
  });
});

const packed = { status: 'packed', at: '2026-06-15T02:00:00.000Z' } as const;
const pkg = (more: Partial<PackageTold> = {}): PackageTold => ({
  ...{ id: 'KB7K3M9Q-1', code: 'KB7K3M9Q', home, named: [], province: '01' },
  history: [{ status: 'confirmed', at: '2026-06-15T01:00:00.000Z' }, packed],
  lots: [{ sku: 'VAI', gtin, lot: 'VT-01', quantity: 3 }],
  ...more,
});
const name = packageName('KB7K3M9Q-1', by);
const lotEpc = (number: string) => `https://id.gs1.org/01/${gtin}/10/${number}`;
const boxEpc = (serial: string) => `https://id.gs1.org/01/${gtin}/21/${serial}`;
const boxes = (lotNumber: string, ...serials: string[]) => serials.map((serial) => ({ gtin, lot: lotNumber, serial }));
const children = (events: EpcisEvent[]) =>
  events.flatMap((event) => (event.type === 'AggregationEvent' ? [event.childQuantityList ?? event.childEPCs] : []));

describe('a package', () => {
  test('takes its goods with it from packing to the door', () => {
    const events = packageEvents(
      pkg({
        history: [
          packed,
          { status: 'shipped', at: '2026-06-15T05:00:00.000Z' },
          { status: 'delivered', at: '2026-06-16T05:00:00.000Z' },
          { status: 'returned', at: '2026-06-17T05:00:00.000Z' },
        ],
      }),
      by,
    );
    soundly(...events);
    const order = [{ type: 'po', bizTransaction: 'https://cho.test/don-hang/KB7K3M9Q' }];
    expect(events.map(({ eventID: _id, ...event }) => event)).toEqual([
      {
        ...{ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: name },
        childQuantityList: [{ epcClass: lotEpc('VT-01'), quantity: 3 }],
        ...{ eventTime: '2026-06-15T09:00:00.000+07:00', eventTimeZoneOffset: '+07:00', bizTransactionList: order },
        readPoint: { id: 'https://cho.test/dia-diem/xa/07525' },
        bizLocation: { id: 'https://cho.test/nha-ban/htx-luc-ngan' },
      },
      {
        ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit', epcList: [name] },
        ...{ eventTime: '2026-06-15T12:00:00.000+07:00', eventTimeZoneOffset: '+07:00', bizTransactionList: order },
        readPoint: { id: 'https://cho.test/dia-diem/xa/07525' },
        destinationList: [{ type: 'location', destination: 'https://cho.test/dia-diem/tinh/01' }],
      },
      {
        ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', disposition: 'retail_sold', epcList: [name] },
        ...{ eventTime: '2026-06-16T12:00:00.000+07:00', eventTimeZoneOffset: '+07:00', bizTransactionList: order },
      },
      {
        ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', disposition: 'returned', epcList: [name] },
        ...{ eventTime: '2026-06-17T12:00:00.000+07:00', eventTimeZoneOffset: '+07:00', bizTransactionList: order },
        readPoint: { id: 'https://cho.test/dia-diem/xa/07525' },
        bizLocation: { id: 'https://cho.test/nha-ban/htx-luc-ngan' },
      },
    ]);
    expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(4);
  });

  test('of which nobody named a lot, or that is not packed yet, tells nothing', () => {
    expect(packageEvents(pkg({ lots: [] }), by)).toEqual([]);
    expect(packageEvents(pkg({ history: [{ status: 'confirmed', at: packed.at }] }), by)).toEqual([]);
  });

  test('counts each box once: by its serial when it is known, else with its lot', () => {
    const two = packageEvents(pkg({ named: [{ name: 'x', boxes: boxes('VT-01', 'A', 'B') }] }), by);
    soundly(...two);
    expect(children(two)).toEqual([[{ epcClass: lotEpc('VT-01'), quantity: 1 }], [boxEpc('A'), boxEpc('B')]]);
    const again = {
      named: [
        { name: 'x', boxes: boxes('VT-01', 'A', 'B') },
        { name: 'y', boxes: boxes('VT-01', 'B', 'C') },
      ],
    };
    expect(children(packageEvents(pkg(again), by))).toEqual([
      [boxEpc('A'), boxEpc('B')],
      [boxEpc('B'), boxEpc('C')],
    ]);
  });

  test('filled from two lots of one SKU says how many only where that is known', () => {
    const lots = ['VT-01', 'VT-02'].map((number) => ({ sku: 'VAI', gtin, lot: number, quantity: 3 }));
    const other = { sku: 'MY', gtin: '08938500000027', lot: 'M1', quantity: 2 };
    const events = packageEvents(pkg({ lots: [...lots, other] }), by);
    soundly(...events);
    expect(children(events)).toEqual([
      [{ epcClass: lotEpc('VT-01') }],
      [{ epcClass: lotEpc('VT-02') }],
      [{ epcClass: 'https://id.gs1.org/01/08938500000027/10/M1', quantity: 2 }],
    ]);
    const all = { lots, named: [{ name: 'x', boxes: [...boxes('VT-01', 'A'), ...boxes('VT-02', 'B', 'C')] }] };
    expect(children(packageEvents(pkg(all), by))).toEqual([[boxEpc('A'), boxEpc('B'), boxEpc('C')]]);
  });
});

describe('what was told of a package before more was known', () => {
  const before = packageEvents(pkg({ history: [packed, { status: 'shipped', at: packed.at }] }), by);

  test('is declared wrong once, and the new events are named as right', () => {
    const lots = ['VT-01', 'VT-02'].map((number) => ({ sku: 'VAI', gtin, lot: number, quantity: 3 }));
    const wanted = packageEvents(pkg({ lots }), by);
    const corrections = packageCorrections(before, wanted, now);
    soundly(...corrections);
    expect(corrections).toEqual([
      {
        ...before[0],
        errorDeclaration: {
          declarationTime: '2026-06-20T07:00:00.000+07:00',
          reason: 'incorrect_data',
          correctiveEventIDs: [wanted[0]?.eventID, wanted[1]?.eventID],
        },
      },
    ]);
    expect(packageCorrections([...before, ...corrections, ...wanted], wanted, now)).toEqual([]);
  });

  test('stays as it is when nothing changed, and events that are not the market’s are not touched', () => {
    expect(packageCorrections(before, before, now)).toEqual([]);
    const partners = { ...(before[0] as EpcisEvent), eventID: 'urn:uuid:0f03fed1-0000-8000-9000-000000000000' };
    expect(packageCorrections([partners], packageEvents(pkg(), by), now)).toEqual([]);
  });

  test('in whatever order lots and boxes are named, what stands in the end is the same and counts every box once', () => {
    const numbers = fc.constantFrom('VT-01', 'VT-02', 'VT-03');
    const step = fc.oneof(
      fc.record({ lot: numbers }),
      fc.record({ lot: numbers, serials: fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const told: EpcisEvent[] = [];
        const state: PackageTold = pkg({ lots: [], named: [] });
        let last: EpcisEvent[] = [];
        const seen = new Set<string>();
        for (const [i, { lot: number, ...more }] of steps.entries()) {
          const lots = state.lots.some((l) => l.lot === number)
            ? state.lots
            : [...state.lots, { sku: 'VAI', gtin, lot: number, quantity: 3 }];
          const fresh = 'serials' in more ? more.serials.filter((s) => !seen.has(s)) : [];
          for (const s of fresh) seen.add(s);
          const named = fresh.length ? [...state.named, { name: String(i), boxes: boxes(number, ...fresh) }] : state.named;
          Object.assign(state, { lots, named });
          last = packageEvents(state, by);
          soundly(...last);
          const known = new Set(told.map(({ eventID }) => eventID));
          told.push(...last.filter(({ eventID }) => !known.has(eventID)), ...packageCorrections(told, last, now));
        }
        const wrong = new Set(told.filter(({ errorDeclaration }) => errorDeclaration).map(({ eventID }) => eventID));
        const standing = told.filter(({ eventID }) => !wrong.has(eventID)).map(({ eventID }) => eventID);
        expect([...standing].sort()).toEqual(last.map(({ eventID }) => eventID).sort());
        const amounts = children(last).flatMap((list) => (list ?? []).map((c) => (typeof c === 'string' ? 1 : c.quantity)));
        if (amounts.every((n) => n !== undefined)) expect(amounts.reduce((a, n) => a + n, 0)).toBe(3);
      }),
      { numRuns: 300 },
    );
  });
});
