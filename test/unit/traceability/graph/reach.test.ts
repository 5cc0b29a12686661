import { describe, expect, test } from 'vitest';
import type { TracedEvent } from '../../../../shared/traceability/graph/facts.ts';
import { reachOf } from '../../../../shared/traceability/graph/reach.ts';
import { box, lot, make, pallet, put, rawGtin, takeOff, worldOf } from './world.ts';

const raw = lot('RAW', rawGtin);
const [a, b, c] = [box('AAAAAAAAAAAA'), box('BBBBBBBBBBBB'), box('CCCCCCCCCCCC')];
const reach = async (epc: string, events: readonly TracedEvent[], lots: Record<string, string> = {}) => {
  const { links: _, ...rest } = await reachOf(epc, worldOf(events, lots));
  return rest;
};
const nothing = { lots: [], partly: [], items: [], carriers: [] };

describe('what a lot went into', () => {
  test('packing, mixing and splitting: every lot made of it, and no other', async () => {
    const events = [
      make(1, [raw], [lot('P1'), lot('P2')]),
      make(2, [lot('P1'), lot('OTHER')], [lot('MIX')]),
      make(3, [lot('MIX')], [lot('M1'), lot('M2')]),
      make(4, [lot('OTHER')], [lot('CLEAN')]),
    ];
    expect(await reach(raw, events)).toEqual({ ...nothing, lots: [raw, lot('P1'), lot('P2'), lot('MIX'), lot('M1'), lot('M2')].sort() });
    expect(await reach(lot('OTHER'), events)).toEqual({
      ...nothing,
      lots: [lot('OTHER'), lot('MIX'), lot('M1'), lot('M2'), lot('CLEAN')].sort(),
    });
  });

  test('not what was made before it was part of anything', async () => {
    const events = [make(1, [lot('TANK')], [lot('EARLY')]), make(2, [raw], [lot('TANK')]), make(3, [lot('TANK')], [lot('LATE')])];
    expect((await reach(raw, events)).lots).toEqual([raw, lot('TANK'), lot('LATE')].sort());
  });

  test('items named one by one are reached themselves, their lot in part', async () => {
    const ilmd = { 'cbvmda:lotNumber': 'B1' };
    const events = [make(1, [raw], [a, b], { ilmd }), make(2, [lot('OTHER')], [c], { ilmd })];
    expect(await reach(raw, events, { [a]: lot('B1'), [b]: lot('B1'), [c]: lot('B1') })).toEqual({
      ...{ lots: [raw], partly: [lot('B1')], items: [a, b], carriers: [] },
    });
  });

  test('a making that takes single boxes of the lot takes the lot; boxes of other lots do not', async () => {
    const lots = { [a]: lot('B1'), [b]: lot('B2') };
    const events = [make(1, [raw], [lot('B1')]), make(2, [a], [lot('JAM')]), make(2, [b], [lot('OTHER')])];
    expect((await reach(raw, events, lots)).lots).toEqual([raw, lot('B1'), lot('JAM')].sort());
  });

  test('through a pallet used up whole, while the lot was on it, and its neighbours are not reached', async () => {
    const on = put(2, [lot('P1')], pallet(1));
    const neighbour = put(2, [lot('N')], pallet(1));
    const used = make(4, [pallet(1)], [lot('CAKE')]);
    const events = [make(1, [raw], [lot('P1')]), on, neighbour, used];
    expect(await reach(raw, events)).toEqual({ ...nothing, lots: [raw, lot('P1'), lot('CAKE')].sort(), carriers: [pallet(1)] });
    expect((await reach(raw, [...events, takeOff(3, [lot('P1')], pallet(1))])).lots).toEqual([raw, lot('P1')].sort());
    expect((await reach(raw, [...events, takeOff(3, [], pallet(1))])).lots).toEqual([raw, lot('P1')].sort());
  });

  test('through pallets on pallets: while both held', async () => {
    const events = [put(1, [raw], pallet(1)), put(3, [pallet(1)], pallet(2)), make(5, [pallet(2)], [lot('X')])];
    expect(await reach(raw, events)).toEqual({ ...nothing, lots: [raw, lot('X')].sort(), carriers: [pallet(1), pallet(2)].sort() });
    expect((await reach(raw, [...events, takeOff(4, [raw], pallet(1))])).lots).toEqual([raw]);
    expect((await reach(raw, [...events, takeOff(4, [], pallet(2))])).lots).toEqual([raw]);
    expect((await reach(raw, [...events, takeOff(2, [raw], pallet(1))])).carriers).toEqual([pallet(1)]);
    // The outer pallet was used before anything of ours stood on it.
    const late = [put(1, [pallet(1)], pallet(2)), make(2, [pallet(2)], [lot('X')]), put(3, [raw], pallet(1))];
    expect((await reach(raw, late)).lots).toEqual([raw]);
  });

  test('a pallet that is asked for, or was made of it, hands on all that lay on it', async () => {
    const events = [put(1, [a], pallet(1)), takeOff(2, [], pallet(1)), put(3, [b], pallet(1)), make(4, [b], [lot('X')])];
    expect(await reach(pallet(1), events)).toEqual({ lots: [lot('X')], partly: [], items: [a, b], carriers: [pallet(1)] });
    const packed = [make(2.5, [raw], [pallet(1)]), ...events];
    expect(await reach(raw, packed)).toEqual({
      ...{ lots: [raw, lot('X')].sort(), partly: [], items: [b], carriers: [pallet(1)] },
    });
  });

  test('a making told in several events: what came out after it went in', async () => {
    const transformationID = 'urn:uuid:00000000-0000-4000-8000-0000000000aa';
    const more = { transformationID };
    const events = [make(1, [], [lot('BEFORE')], more), make(2, [raw], [], more), make(3, [], [lot('AFTER')], more)];
    expect((await reach(raw, events)).lots).toEqual([raw, lot('AFTER')].sort());
  });

  test('cycles end', async () => {
    const circle = [make(1, [raw], [lot('X')]), make(2, [lot('X')], [lot('Y')]), make(3, [lot('Y')], [lot('X'), raw])];
    expect((await reach(raw, circle)).lots).toEqual([raw, lot('X'), lot('Y')].sort());
    const nested = [put(1, [pallet(1)], pallet(2)), put(2, [pallet(2)], pallet(1)), put(1, [raw], pallet(1))];
    expect((await reach(raw, nested)).carriers).toEqual([pallet(1), pallet(2)].sort());
  });

  test('is cut at its limits, lots before single items, and says so', async () => {
    const boxes = Array.from({ length: 100 }, (_, i) => box(`S${i}`));
    const events = [make(1, [raw], [...boxes, lot('P1')]), make(2, [lot('P1')], [lot('P2')])];
    const { lots, items, incomplete } = await reachOf(raw, worldOf(events), { hops: 12, nodes: 20 });
    expect([lots, items.length, incomplete]).toEqual([[raw, lot('P1'), lot('P2')].sort(), 100, 'nodes']);
    const long = Array.from({ length: 14 }, (_, i) => make(i + 1, [lot(`C${i}`)], [lot(`C${i + 1}`)]));
    const chain = await reachOf(lot('C0'), worldOf(long));
    expect([chain.lots.length, chain.incomplete]).toEqual([14, 'hops']);
  });

  test('200 makings of one lot cost as many rounds of reading as one', async () => {
    const world = worldOf(Array.from({ length: 200 }, (_, i) => make(i, [raw], [lot(`B${i}`)])));
    expect((await reachOf(raw, world)).lots).toHaveLength(201);
    expect(world.rounds).toBe(2);
  });
});
