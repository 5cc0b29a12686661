import { expect, test } from 'vitest';
import type { TracedEvent } from '../../../../shared/traceability/graph/facts.ts';
import { historyOf } from '../../../../shared/traceability/graph/history.ts';
import { stepsOf } from '../../../../shared/traceability/graph/steps.ts';
import { toldRecallOf } from '../../../../shared/traceability/graph/told-recall.ts';
import { at, box, lot, make, pallet, put, rawGtin, see, worldOf } from './world.ts';

const set = { persistentDisposition: { set: ['recalled'] } };
const unset = { persistentDisposition: { unset: ['recalled'] } };
const happenedTo = async (name: string, events: TracedEvent[]) =>
  (await historyOf(name, worldOf(events, { [box('A')]: lot('VT-01'), [box('B')]: lot('VT-02') }))).happened;
const told = async (name: string, events: TracedEvent[]) => toldRecallOf(await happenedTo(name, events));

test('stands from the event that sets it until one that takes it back', async () => {
  const recall = see(3, [lot('VT-01')], { bizStep: 'holding', ...set });
  expect(await told(box('A'), [recall])).toEqual({ at: at(3), of: 'lot', lot: 'VT-01' });
  // Whatever else happens to the lot: it is persistent.
  expect(await told(box('A'), [recall, see(4, [lot('VT-01')], { disposition: 'in_transit' })])).toMatchObject({ at: at(3) });
  expect(await told(box('A'), [recall, see(5, [lot('VT-01')], unset)])).toBeUndefined();
  expect(await told(box('A'), [recall, see(5, [lot('VT-01')], unset), see(6, [lot('VT-01')], set)])).toMatchObject({ at: at(6) });
  // Before it, nothing is taken back.
  expect(await told(box('A'), [see(2, [lot('VT-01')], unset), recall])).toMatchObject({ at: at(3) });
  expect(await told(box('B'), [recall])).toBeUndefined();
});

test('as a disposition it stands until the lot has another one', async () => {
  const recall = see(3, [lot('VT-01')], { disposition: 'recalled' });
  expect(await told(box('A'), [recall, see(4, [lot('VT-01')], { bizStep: 'storing' })])).toMatchObject({ at: at(3) });
  expect(await told(box('A'), [recall, see(4, [lot('VT-01')], { disposition: 'conformant' })])).toBeUndefined();
});

test('of one box, of what it was made of, of what carries it', async () => {
  expect(await told(box('A'), [see(3, [box('A')], set)])).toEqual({ at: at(3), of: 'item' });
  const raw = lot('VUON', rawGtin);
  expect(await told(box('A'), [make(1, [raw], [lot('VT-01')]), see(0, [raw], set)])).toEqual({ at: at(0), of: 'origin', lot: 'VUON' });
  expect(await told(box('A'), [put(1, [box('A')], pallet(1)), see(2, [pallet(1)], set)])).toEqual({ at: at(2), of: 'carrier' });
  // Taken back for one of two: the other stands.
  const both = [make(1, [raw], [lot('VT-01')]), see(0, [raw], set), see(2, [lot('VT-01')], set), see(3, [lot('VT-01')], unset)];
  expect(await told(box('A'), both)).toEqual({ at: at(0), of: 'origin', lot: 'VUON' });
});

test('the journey says so', async () => {
  const steps = stepsOf({
    happened: await happenedTo(lot('VT-01'), [
      see(3, [lot('VT-01')], { bizStep: 'holding', ...set }),
      see(5, [lot('VT-01')], { bizStep: 'inspecting', ...unset }),
    ]),
  });
  expect(steps.map(({ step, text }) => [step, text])).toEqual([
    ['recalled', 'Lô VT-01 bị thu hồi.'],
    ['released', 'Lô VT-01 được gỡ lệnh thu hồi.'],
  ]);
});
