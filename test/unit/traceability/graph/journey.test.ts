import { describe, expect, test } from 'vitest';
import { factsOf, type TracedEvent } from '../../../../shared/traceability/graph/facts.ts';
import { historyOf } from '../../../../shared/traceability/graph/history.ts';
import { stepsOf } from '../../../../shared/traceability/graph/steps.ts';
import {
  at,
  begin,
  box,
  degrees,
  event,
  hang,
  logger,
  lot,
  make,
  pallet,
  put,
  rawGtin,
  room,
  see,
  takeOff,
  unhang,
  worldOf,
} from './world.ts';

const packhouse = 'https://id.gs1.org/414/8931234500023';
const line = { readPoint: { id: `${packhouse}/254/LINE1` } };
const raw = lot('LN260601-07', rawGtin);
const a = box('K7Q2M9XT4B3F');
const b = box('P3W8C6HZ9N2D');

/** A lychee box from garden to kitchen: harvest, packing, a pallet with a logger, cold store, road, shop, buyer, recall. */
const lychees = (): Record<string, TracedEvent> => ({
  harvest: begin(5.5, [raw], {
    disposition: 'active',
    readPoint: { id: 'https://id.gs1.org/414/8931234500016/254/VT-07' },
    ilmd: { 'cbvmda:lotNumber': 'LN260601-07', 'ocop:growingAreaCode': 'VN-DEMO-PUC-0001' },
  }),
  packing: make(9, [raw], [a, b], { ...line, ilmd: { 'cbvmda:lotNumber': 'VT260601A' } }),
  loading: event(9.5, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: pallet(1), childEPCs: [a, b], ...line }),
  logging: hang(10, [logger], pallet(1)),
  storing: see(30, [pallet(1)], { bizStep: 'storing', readPoint: { id: room('ROOM2') }, ...degrees(3.1, 5.4) }),
  shipping: see(31, [pallet(1)], {
    ...{ bizStep: 'shipping', disposition: 'in_transit', readPoint: { id: 'https://id.gs1.org/414/8931234500030' } },
    bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:8931234599997:ASN-0001' }],
    destinationList: [{ type: 'possessing_party', destination: 'https://id.gs1.org/417/8931234500047' }],
  }),
  receiving: see(39, [pallet(1)], { bizStep: 'receiving', readPoint: { id: 'https://id.gs1.org/414/8931234500047' } }),
  unpacking: takeOff(39.3, [], pallet(1)),
  selling: see(58, [a], {
    ...{ bizStep: 'retail_selling', disposition: 'retail_sold' },
    bizTransactionList: [{ type: 'inv', bizTransaction: 'urn:epcglobal:cbv:bt:8931234599997:KB-ORDER-1' }],
  }),
  recall: see(80, [a, b], { bizStep: 'holding', disposition: 'recalled' }),
});
const journey = async (epc: string, events: readonly TracedEvent[], lots: Record<string, string> = {}) =>
  stepsOf(await historyOf(epc, worldOf(events, lots)));
const told = async (...args: Parameters<typeof journey>) => (await journey(...args)).map(({ step, at: when, text }) => [step, when, text]);
/** Which of the events happened to it, by the names they have here. */
async function happened(epc: string, events: Record<string, TracedEvent>, lots: Record<string, string> = {}): Promise<string[]> {
  const { happened: all } = await historyOf(epc, worldOf(Object.values(events), lots));
  const names = Object.fromEntries(Object.entries(events).map(([name, { eventID }]) => [eventID, name]));
  return all.map(({ fact }) => names[fact.id] ?? fact.id);
}

describe('the journey of a box of lychees', () => {
  test('leads from the garden to the buyer', async () => {
    const steps = await journey(a, Object.values(lychees()));
    expect(steps).toEqual([
      {
        step: 'harvested',
        at: at(5.5),
        place: 'GLN 8931234500016 · VT-07',
        text: 'Lô LN260601-07 được thu hoạch hoặc làm ra, vùng trồng mã số VN-DEMO-PUC-0001.',
      },
      { step: 'packed', at: at(9), place: 'GLN 8931234500023 · LINE1', text: 'Hàng được làm ra từ lô LN260601-07.' },
      { step: 'loaded', at: at(9.5), place: 'GLN 8931234500023 · LINE1', text: 'Hàng được xếp lên kiện vận chuyển.' },
      {
        step: 'stored',
        at: at(30),
        place: 'GLN 8931234500030 · ROOM2',
        text: 'Kiện chứa hàng được lưu kho, nhiệt độ từ 3,1 °C đến 5,4 °C.',
        temperature: { minC: 3.1, maxC: 5.4 },
      },
      { step: 'shipped', at: at(31), place: 'GLN 8931234500030', text: 'Kiện chứa hàng rời kho.' },
      { step: 'received', at: at(39), place: 'GLN 8931234500047', text: 'Kiện chứa hàng được nhận.' },
      { step: 'unloaded', at: at(39.3), text: 'Hàng được dỡ khỏi kiện vận chuyển.' },
      { step: 'sold', at: at(58), text: 'Hàng được bán.' },
      { step: 'recalled', at: at(80), text: 'Hàng bị thu hồi.' },
    ]);
    expect(JSON.stringify(steps)).not.toMatch(/KB-ORDER|ASN|bizTransaction|417/);
  });

  test('names its lots, its garden, and what links them', async () => {
    const world = worldOf(Object.values(lychees()));
    const { lots, origins, links, incomplete } = await historyOf(a, world);
    const packed = lot('VT260601A');
    expect([lots, origins, incomplete]).toEqual([[packed, raw].sort(), [packed, raw].sort(), undefined]);
    expect(links).toEqual(
      expect.arrayContaining([
        { from: raw, to: a, how: 'made', at: Date.parse(at(9)) },
        { from: packed, to: a, how: 'of' },
        { from: a, to: pallet(1), how: 'on', at: Date.parse(at(9.5)) },
      ]),
    );
    // The box; its lot, its raw lot and its pallet together; the logger.
    expect(world.rounds).toBeLessThanOrEqual(5);
  });

  test('an event declared an error did not happen, under its own ID or as a copy under another', async () => {
    const events = lychees();
    const { recall, storing } = events as { recall: TracedEvent; storing: TracedEvent };
    const errorDeclaration = { declarationTime: at(90), reason: 'did_not_occur' };
    const taken = { ...recall, event: { ...recall.event, errorDeclaration } } as TracedEvent;
    const hashed = { ...storing, hash: 'h1' };
    const copy = {
      ...taken,
      eventID: 'urn:uuid:other',
      eventTime: storing.eventTime,
      hash: 'h1',
      event: { ...storing.event, errorDeclaration },
    } as TracedEvent;
    expect(factsOf([recall, taken])).toEqual([]);
    expect(factsOf([hashed, copy])).toEqual([]);
    const all = Object.entries(events).flatMap(([name, e]) => (name === 'recall' ? [e, taken] : name === 'storing' ? [hashed, copy] : [e]));
    expect((await told(a, all)).map(([step]) => step)).toEqual([
      'harvested',
      'packed',
      'loaded',
      'shipped',
      'received',
      'unloaded',
      'sold',
    ]);
  });
});

describe('what happened to a pallet', () => {
  const [early, late] = [see(1, [pallet(1)]), see(9, [pallet(1)])];
  const on = (hours: [number, number]) => ({
    early,
    put: put(hours[0], [a], pallet(1)),
    during: see(5, [pallet(1)], degrees(2, 4)),
    off: takeOff(hours[1], [a], pallet(1)),
    late,
  });

  test('happened to the box while it was on it: not before, not after', async () => {
    expect(await happened(a, on([2, 8]))).toEqual(['put', 'during', 'off']);
    expect(await happened(a, on([6, 8]))).toEqual(['put', 'off']);
    expect(await happened(a, on([2, 4]))).toEqual(['put', 'off']);
  });

  test('at the very moment of putting on and of taking off it counts', async () => {
    expect(
      await happened(a, {
        put: put(2, [a], pallet(1)),
        first: see(2, [pallet(1)]),
        last: see(4, [pallet(1)]),
        off: takeOff(4, [a], pallet(1)),
      }),
    ).toEqual(expect.arrayContaining(['first', 'last']));
  });

  test('a pallet emptied without a list of boxes lets all of them go, and may be filled again', async () => {
    const events = {
      put: put(2, [a, b], pallet(1)),
      emptied: takeOff(4, [], pallet(1)),
      between: see(5, [pallet(1)]),
      again: put(6, [b], pallet(1)),
      second: see(7, [pallet(1)]),
    };
    expect(await happened(a, events)).toEqual(['put', 'emptied']);
    expect(await happened(b, events)).toEqual(['put', 'emptied', 'again', 'second']);
  });

  test('emptied and filled at one instant keeps the new load', async () => {
    const events = {
      put: put(2, [a], pallet(1)),
      emptied: takeOff(4, [], pallet(1)),
      again: put(4, [b], pallet(1)),
      second: see(7, [pallet(1)]),
    };
    expect(await happened(a, events)).toEqual(['put', 'emptied']);
    expect(await happened(b, events)).toContain('second');
  });

  test('a box put on another pallet has left the first, though nobody said so', async () => {
    const events = { put: put(2, [a], pallet(1)), moved: put(4, [a], pallet(2)), first: see(5, [pallet(1)]), second: see(6, [pallet(2)]) };
    expect(await happened(a, events)).toEqual(['put', 'moved', 'second']);
  });

  test('a box that was opened to make something else is on no pallet any more', async () => {
    const events = { put: put(2, [a], pallet(1)), used: make(4, [a], [lot('X')]), after: see(5, [pallet(1)]) };
    expect(await happened(a, events)).toEqual(['put', 'used']);
  });

  test('goes through a container the pallet stood in since before the box came', async () => {
    const events = {
      stowed: put(1, [pallet(1)], pallet(2)),
      before: see(2, [pallet(2)]),
      put: put(3, [a], pallet(1)),
      sea: see(4, [pallet(2)], degrees(1, 2)),
      off: takeOff(5, [a], pallet(1)),
      after: see(6, [pallet(2)]),
    };
    expect(await happened(a, events)).toEqual(['put', 'sea', 'off']);
  });

  test('and not through a container that was emptied in between', async () => {
    const events = {
      stowed: put(1, [pallet(1)], pallet(2)),
      landed: takeOff(2, [], pallet(2)),
      put: put(3, [a], pallet(1)),
      sea: see(4, [pallet(2)]),
    };
    expect(await happened(a, events)).toEqual(['put']);
  });

  test('a logger tells while it hangs there, and of nothing but what it measures', async () => {
    const events = {
      put: put(2, [a], pallet(1)),
      cold: see(3, [logger], degrees(2, 3)),
      hung: hang(4, [logger], pallet(1)),
      warm: see(5, [logger], degrees(8, 9, { exception: 'ALARM_CONDITION' })),
      checked: see(6, [logger], { bizStep: 'inspecting' }),
      unhung: unhang(7, [logger], pallet(1)),
      elsewhere: see(8, [logger], degrees(20, 30)),
    };
    expect(await happened(a, events)).toEqual(['put', 'warm']);
    const [, warm] = await journey(a, Object.values(events));
    expect(warm).toEqual({
      step: 'measured',
      at: at(5),
      text: 'Kiện hàng theo thiết bị đo đi cùng được đo, nhiệt độ từ 8 °C đến 9 °C, có báo động.',
      temperature: { minC: 8, maxC: 9, alarm: true },
    });
  });

  test('a cold room that holds the pallet and the logger tells of the box', async () => {
    const events = {
      put: put(2, [a], pallet(1)),
      stored: hang(3, [pallet(1)], room('R1')),
      hung: hang(3, [logger], room('R1')),
      cold: see(5, [logger], degrees(2, 3)),
      out: unhang(6, [pallet(1)], room('R1')),
      later: see(7, [logger], degrees(9, 9)),
    };
    expect(await happened(a, events)).toEqual(['put', 'stored', 'cold', 'out']);
  });

  test('readings of one place in a row are told as one', async () => {
    const readings = [3, 4, 5].map((hour) =>
      see(hour, [pallet(1)], { bizStep: 'storing', readPoint: { id: room('R1') }, ...degrees(hour - 1, hour) }),
    );
    const moved = see(6, [pallet(1)], { bizStep: 'storing', readPoint: { id: room('R2') }, ...degrees(7, 8) });
    const steps = await journey(a, [put(2, [a], pallet(1)), ...readings, moved]);
    expect(steps.slice(1).map((s) => [s.at, s.place, s.temperature])).toEqual([
      [at(3), 'GLN 8931234500030 · R1', { minC: 2, maxC: 5 }],
      [at(6), 'GLN 8931234500030 · R2', { minC: 7, maxC: 8 }],
    ]);
  });
});

describe('a box that only its lot tells of', () => {
  const packed = lot('B1');
  const lots = { [a]: packed };

  test('has what happened to the lot and to what the lot was made of, until then', async () => {
    const events = {
      harvest: begin(1, [raw]),
      washed: see(2, [raw]),
      packing: make(3, [raw], [packed]),
      sent: see(4, [packed]),
      rest: see(5, [raw]),
      juice: make(6, [packed], [lot('JUICE')]),
      other: make(3.5, [raw], [lot('B2')]),
    };
    expect(await happened(a, events, lots)).toEqual(['harvest', 'washed', 'packing', 'sent']);
    expect((await historyOf(a, worldOf(Object.values(events), lots))).origins).toEqual([raw]);
  });

  test('on several pallets: part of the lot, and it is said so', async () => {
    const loads = [put(2, [packed], pallet(1), 60), put(2, [packed], pallet(2), 40)];
    const one = await told(a, [loads[0] as TracedEvent, see(3, [pallet(1)])], lots);
    expect(one.map(([, , text]) => text)).toEqual(['Lô B1 được xếp lên kiện vận chuyển.', 'Kiện chứa hàng được ghi nhận.']);
    const two = await told(a, [...loads, see(3, [pallet(1)])], lots);
    expect(two.map(([, , text]) => text)).toEqual([
      'Một phần lô B1 được xếp lên kiện vận chuyển.',
      'Một phần lô B1 được xếp lên kiện vận chuyển.',
      'Kiện chứa một phần của lô được ghi nhận.',
    ]);
  });

  test('a lot leaves a pallet when as much was taken off as was put on', async () => {
    const events = {
      first: put(1, [packed], pallet(1), 60),
      more: put(2, [packed], pallet(1), 40),
      some: takeOff(3, [packed], pallet(1), 70),
      still: see(4, [pallet(1)]),
      rest: takeOff(5, [packed], pallet(1), 30),
      gone: see(6, [pallet(1)]),
    };
    expect(await happened(a, events, lots)).toEqual(['first', 'more', 'some', 'still', 'rest']);
  });

  test('a pallet emptied of the lot and loaded with it anew at one instant still carries it', async () => {
    const events = {
      first: put(1, [packed], pallet(1), 60),
      off: takeOff(3, [packed], pallet(1), 60),
      again: put(3, [packed], pallet(1), 60),
      still: see(4, [pallet(1)]),
    };
    for (const order of [events, { ...events, again: put(3, [packed], pallet(1), 60), off: takeOff(3, [packed], pallet(1), 60) }])
      expect((await happened(a, order, lots)).at(-1)).toBe('still');
  });

  test('but whose own place is known is not where the rest of the lot is', async () => {
    const events = {
      lotThere: put(1, [packed], pallet(1), 60),
      boxHere: put(2, [a], pallet(2)),
      there: see(3, [pallet(1)]),
      here: see(4, [pallet(2)]),
      all: see(5, [packed]),
    };
    expect(await happened(a, events, lots)).toEqual(['boxHere', 'here', 'all']);
  });

  test('is not of the gardens of its lot’s other boxes', async () => {
    const [good, bad] = [lot('GOOD', rawGtin), lot('BAD', rawGtin)];
    const ilmd = { 'cbvmda:lotNumber': 'B1' };
    const events = [make(2, [good], [a], { ilmd }), make(3, [bad], [b], { ilmd })];
    expect((await historyOf(a, worldOf(events, { ...lots, [b]: packed }))).lots).toEqual([packed, good].sort());
    // Of the lot as such it is true that some of it came from each.
    expect((await historyOf(packed, worldOf(events, lots))).lots).toEqual([packed, good, bad].sort());
  });
});

describe('parcels', () => {
  const parcel = 'urn:uuid:00000000-0000-4000-8000-0000000000cc';
  test('a box named in one has its way; of a lot that is in thousands, none counts', async () => {
    const [packed, lots] = [lot('B1'), { [a]: lot('B1'), [b]: lot('B1') }];
    const events = { loose: put(1, [packed], parcel, 3), named: put(2, [a], parcel), sent: see(3, [parcel], { bizStep: 'shipping' }) };
    expect(await happened(a, events, lots)).toEqual(['named', 'sent']);
    expect(await happened(b, events, lots)).toEqual([]);
    expect((await historyOf(packed, worldOf(Object.values(events)))).happened).toEqual([]);
  });
});

describe('back through makings', () => {
  test('mixing several lots, splitting them, and packing again: all gardens, each once', async () => {
    const [one, two, three] = [lot('1', rawGtin), lot('2', rawGtin), lot('3', rawGtin)];
    const [mixed, left, right, again] = [lot('MIX'), lot('L'), lot('R'), lot('AGAIN')];
    const events = [make(2, [one, two], [mixed]), make(3, [mixed], [left, right]), make(4, [left, right, three], [again])];
    const { lots, origins } = await historyOf(again, worldOf(events));
    expect(lots).toEqual([one, two, three, mixed, left, right, again].sort());
    expect(origins).toEqual([one, two, three].sort());
    expect((await historyOf(left, worldOf(events))).origins).toEqual([one, two].sort());
  });

  test('rework ends: a lot made of itself, and two that were made of each other', async () => {
    const [x, y] = [lot('X'), lot('Y')];
    expect((await historyOf(x, worldOf([make(1, [x], [x])]))).lots).toEqual([x]);
    const circle = [make(1, [x], [y]), make(2, [y], [x])];
    expect((await historyOf(x, worldOf(circle))).lots).toEqual([x, y].sort());
    // At 1 the lot y was made of x as it was until then: of nothing.
    expect((await historyOf(y, worldOf(circle))).lots).toEqual([x, y].sort());
  });

  test('what was done to a lot after some of it was taken is no matter', async () => {
    const [x, y, z] = [lot('X'), lot('Y'), lot('Z')];
    const events = [make(2, [x], [y]), make(3, [z], [x])];
    expect((await historyOf(y, worldOf(events))).lots).toEqual([x, y].sort());
  });

  test('a pallet that was used up whole counts with all that lay on it then', async () => {
    const events = [put(1, [a, b], pallet(1)), takeOff(2, [b], pallet(1)), make(3, [raw], [b]), make(4, [pallet(1)], [lot('Q')])];
    const { links, origins } = await historyOf(lot('Q'), worldOf(events));
    expect(origins).toEqual([a]);
    expect(links.map(({ from, to, how }) => [from, to, how])).toEqual(
      expect.arrayContaining([
        [pallet(1), lot('Q'), 'made'],
        [a, pallet(1), 'on'],
      ]),
    );
  });

  test('a container used for two makings counts each time with what lay in it then', async () => {
    const events = [
      put(1, [a], pallet(1)),
      make(2, [pallet(1)], [lot('M1')]),
      takeOff(3, [a], pallet(1)),
      put(4, [b], pallet(1)),
      make(5, [pallet(1)], [lot('M2')]),
      make(6, [lot('M2'), lot('M1')], [lot('M')]),
    ];
    expect((await historyOf(lot('M'), worldOf(events))).origins).toEqual([a, b].sort());
    expect((await historyOf(lot('M2'), worldOf(events))).origins).toEqual([b]);
  });

  test('a making told in several events holds what went in before', async () => {
    const transformationID = 'urn:uuid:00000000-0000-4000-8000-0000000000aa';
    const [early, late] = [lot('EARLY'), lot('LATE')];
    const events = [
      make(1, [early], [], { transformationID }),
      make(2, [], [lot('P1')], { transformationID }),
      make(3, [late], [], { transformationID }),
      make(4, [], [lot('P2')], { transformationID }),
    ];
    expect((await historyOf(lot('P1'), worldOf(events))).origins).toEqual([early]);
    expect((await historyOf(lot('P2'), worldOf(events))).origins).toEqual([early, late].sort());
  });

  test('goods without a lot are an origin and lead nowhere', async () => {
    const salt = `https://id.gs1.org/01/${rawGtin}`;
    const events = [
      make(1, [lot('OTHER')], [lot('UNRELATED')], { inputQuantityList: [{ epcClass: salt }] }),
      make(2, [a, b], [lot('X')], { inputQuantityList: [{ epcClass: salt }] }),
    ];
    expect((await historyOf(lot('X'), worldOf(events))).origins).toEqual([salt, a, b].sort());
  });

  test('too long a way is cut, and says so', async () => {
    const chain = Array.from({ length: 15 }, (_, i) => make(i + 1, [lot(`C${i}`)], [lot(`C${i + 1}`)]));
    const cut = await historyOf(lot('C15'), worldOf(chain));
    expect([cut.incomplete, cut.lots.length]).toEqual(['hops', 13]);
    expect((await historyOf(lot('C12'), worldOf(chain))).incomplete).toBeUndefined();
    const wide = [
      make(
        1,
        Array.from({ length: 50 }, (_, i) => lot(`W${i}`)),
        [lot('ALL')],
      ),
    ];
    expect((await historyOf(lot('ALL'), worldOf(wide), { hops: 12, nodes: 20 })).incomplete).toBe('nodes');
    expect((await historyOf(lot('ALL'), worldOf(wide), { hops: 12, nodes: 51 })).incomplete).toBeUndefined();
  });
});
