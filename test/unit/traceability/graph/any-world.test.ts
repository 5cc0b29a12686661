import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TracedEvent } from '../../../../shared/traceability/graph/facts.ts';
import { historyOf } from '../../../../shared/traceability/graph/history.ts';
import { reachOf } from '../../../../shared/traceability/graph/reach.ts';
import { box, degrees, hang, logger, lot, make, pallet, put, see, takeOff, unhang, worldOf } from './world.ts';

/*
 * Small worlds of any shape, walked by the graph and by a reference that is as naive as can be: it knows every event, keeps every state
 * (thing, time, way) in a set, and adds what follows from it until nothing is added any more.
 */
const lots = [0, 1, 2, 3].map((n) => lot(`L${n}`));
const boxes = [0, 1, 2].map((n) => box(`B${n}`));
const pallets = [0, 1, 2].map(pallet);
const goods = [...lots, ...boxes];
const isLot = (name: string) => lots.includes(name);

/** A world's event before it is written as EPCIS. */
interface Told {
  t: number;
  what: 'make' | 'put' | 'takeOff' | 'see' | 'hang' | 'unhang' | 'measure';
  a: string[];
  b: string[];
}
const some = (from: readonly string[], least: number, most: number) => fc.subarray([...from], { minLength: least, maxLength: most });
const time = fc.integer({ min: 0, max: 8 });
const one = (from: readonly string[]) => fc.constantFrom(...from).map((name) => [name]);
const toldArbitrary: fc.Arbitrary<Told> = fc.oneof(
  fc.record({
    t: time,
    what: fc.constant('make' as const),
    a: some([...goods, pallets[0] as string], 1, 2),
    b: some([...goods, pallets[1] as string], 1, 2),
  }),
  fc.record({ t: time, what: fc.constant('put' as const), a: some([...goods, ...pallets], 1, 2), b: one(pallets) }),
  fc.record({ t: time, what: fc.constant('takeOff' as const), a: some([...goods, ...pallets], 0, 2), b: one(pallets) }),
  fc.record({ t: time, what: fc.constant('see' as const), a: some([...goods, ...pallets], 1, 2), b: fc.constant<string[]>([]) }),
  fc.record({ t: time, what: fc.constantFrom('hang' as const, 'unhang' as const), a: fc.constant<string[]>([logger]), b: one(pallets) }),
  fc.record({ t: time, what: fc.constant('measure' as const), a: fc.constant<string[]>([logger]), b: fc.constant<string[]>([]) }),
);
const belonging = fc.record(
  { [boxes[0] as string]: fc.constantFrom(...lots), [boxes[1] as string]: fc.constantFrom(...lots) },
  { requiredKeys: [] },
);

function written({ t, what, a, b }: Told): TracedEvent {
  const [parent = ''] = b;
  const children = a.filter((name) => name !== parent);
  if (what === 'make') return make(t, a, b);
  if (what === 'put') return put(t, children.length ? children : [boxes[2] as string], parent);
  if (what === 'takeOff') return takeOff(t, children, parent);
  if (what === 'hang') return hang(t, a, parent);
  if (what === 'unhang') return unhang(t, a, parent);
  return see(t, a, what === 'measure' ? degrees(1, 2) : {});
}

interface Plain {
  id: string;
  t: number;
  what: Told['what'];
  a: string[];
  b: string[];
}
const plain = (told: Told, { eventID }: TracedEvent): Plain => {
  const children = told.a.filter((name) => name !== told.b[0]);
  if (told.what === 'put') return { ...told, id: eventID, a: children.length ? children : [boxes[2] as string] };
  return { ...told, id: eventID, a: told.what === 'takeOff' ? children : told.a };
};

interface Stay {
  child: string;
  parent: string;
  isLogger: boolean;
  from: number;
  to: number;
}
/** Minute by minute, who is where: what comes off an instant comes off before what is put on in it. */
function stays(events: readonly Plain[]): Stay[] {
  const all: Stay[] = [];
  const open = (s: Stay) => s.to === Number.POSITIVE_INFINITY;
  for (let t = 0; t <= 8; t++) {
    const now = events.filter((e) => e.t === t);
    const leave = (which: (s: Stay) => boolean) => {
      for (const s of all) if (open(s) && s.from < t && which(s)) s.to = t;
    };
    for (const e of now.filter(({ what }) => what === 'takeOff' || what === 'unhang'))
      leave((s) => s.parent === e.b[0] && s.isLogger === (e.what === 'unhang') && (e.a.length === 0 || e.a.includes(s.child)));
    for (const e of now.filter(({ what }) => what === 'put'))
      leave((s) => !s.isLogger && !isLot(s.child) && s.parent !== e.b[0] && e.a.includes(s.child));
    for (const e of now.filter(({ what }) => what === 'put' || what === 'hang'))
      for (const child of e.a)
        all.push({ child, parent: e.b[0] ?? '', isLogger: e.what === 'hang', from: t, to: Number.POSITIVE_INFINITY });
    for (const e of now.filter(({ what }) => what === 'make'))
      for (const s of all) if (open(s) && !isLot(s.child) && e.a.includes(s.child) && !e.b.includes(s.child)) s.to = t;
  }
  return all;
}

/** Adds to the states what follows from each until nothing is new. */
function closure<S>(first: S[], follow: (state: S) => S[]): S[] {
  const seen = new Map(first.map((s) => [JSON.stringify(s), s]));
  for (const s of seen.values()) for (const next of follow(s)) seen.set(JSON.stringify(next), seen.get(JSON.stringify(next)) ?? next);
  return [...seen.values()];
}

type Ahead = { is: 'goods'; name: string; since: number } | { is: 'on'; name: string; from: number; to: number };

function naiveReach(start: string, events: readonly Plain[], belongs: Record<string, string>): { goods: string[]; carriers: string[] } {
  const all = stays(events).filter(({ isLogger }) => !isLogger);
  const given = (name: string, from: number, to: number): Ahead[] =>
    events
      .filter(
        ({ what, t, a }) =>
          what === 'make' && t >= from && t <= to && (a.includes(name) || (isLot(name) && a.some((x) => belongs[x] === name))),
      )
      .flatMap(({ b, t }) => b.map((output): Ahead => ({ is: 'goods', name: output, since: t })));
  const lain = (name: string, from: number, to: number): Ahead[] =>
    all
      .filter((s) => s.child === name && s.from <= to && s.to >= from)
      .map((s): Ahead => ({ is: 'on', name: s.parent, from: Math.max(from, s.from), to: Math.min(to, s.to) }));
  const end = 99;
  const states = closure<Ahead>([{ is: 'goods', name: start, since: -1 }], (s) => {
    if (s.is === 'on') return [...given(s.name, s.from, s.to), ...lain(s.name, s.from, s.to)];
    const held = all.filter((x) => x.parent === s.name && x.to >= s.since);
    return [
      ...given(s.name, s.since, end),
      ...lain(s.name, s.since, end),
      ...held.map((x): Ahead => ({ is: 'goods', name: x.child, since: Math.max(s.since, x.from) })),
    ];
  });
  const names = (is: Ahead['is']) => [...new Set(states.flatMap((s) => (s.is === is ? [s.name] : [])))].sort();
  return { goods: names('goods').filter((name) => goods.includes(name)), carriers: names('on') };
}

type Back =
  | { is: 'goods'; name: string; until: number; way: 'first' | 'plain' | 'lotOfItem' | 'loose' }
  | { is: 'on'; name: string; child: string; from: number; to: number }
  | { is: 'logger'; name: string; from: number; to: number };

function naiveHistory(start: string, events: readonly Plain[], belongs: Record<string, string>): { lots: string[]; happened: string[] } {
  const all = stays(events);
  const happened = new Set<string>();
  const carried = (name: string, from: number, to: number): Back[] =>
    all
      .filter((s) => s.child === name && s.from <= to && s.to >= from)
      .map((s): Back => ({ is: 'on', name: s.parent, child: name, from: Math.max(from, s.from), to: Math.min(to, s.to) }));
  const measured = (name: string, from: number, to: number): Back[] =>
    all
      .filter((s) => s.parent === name && s.isLogger && s.from <= to && s.to >= from)
      .map((s): Back => ({ is: 'logger', name: s.child, from: Math.max(from, s.from), to: Math.min(to, s.to) }));
  const follow = (s: Back): Back[] => {
    const during = (from: number, to: number) => events.filter((e) => e.t >= from && e.t <= to);
    if (s.is === 'logger') {
      for (const e of during(s.from, s.to)) if (e.what === 'measure') happened.add(e.id);
      return [];
    }
    if (s.is === 'on') {
      for (const e of during(s.from, s.to)) {
        const isNamed = e.a.includes(s.name) || (e.what === 'make' && e.b.includes(s.name));
        if (isNamed || (e.what === 'takeOff' && e.a.length === 0 && e.b[0] === s.name)) happened.add(e.id);
      }
      return [...carried(s.name, s.from, s.to), ...measured(s.name, s.from, s.to)];
    }
    const past = during(-1, s.until);
    for (const e of past) {
      const isUsed = e.what === 'make' && e.a.includes(s.name) && !e.b.includes(s.name);
      if (isLot(s.name) && (isUsed || (s.way === 'loose' && (e.what === 'put' || e.what === 'takeOff') && e.a.includes(s.name)))) continue;
      if (e.a.includes(s.name) || e.b.includes(s.name)) happened.add(e.id);
    }
    const inputs = past.flatMap((e): Back[] =>
      e.what === 'make' && e.b.includes(s.name) ? e.a.map((name): Back => ({ is: 'goods', name, until: e.t, way: 'plain' })) : [],
    );
    const held = all.filter((x) => x.parent === s.name && !x.isLogger && x.from <= s.until && (s.way === 'first' || x.to >= s.until));
    const own = belongs[s.name];
    const isPlaced = all.some((x) => x.child === s.name && !x.isLogger && x.from <= s.until);
    return [
      ...inputs,
      ...(s.way === 'loose' ? [] : carried(s.name, -1, s.until)),
      ...measured(s.name, -1, s.until),
      ...held.map((x): Back => ({ is: 'goods', name: x.child, until: Math.min(s.until, x.to), way: 'plain' })),
      ...(own ? [{ is: 'goods', name: own, until: s.until, way: isPlaced ? 'loose' : 'lotOfItem' } as Back] : []),
    ];
  };
  const states = closure<Back>([{ is: 'goods', name: start, until: 99, way: 'first' }], follow);
  const found = new Set(states.flatMap((s) => (s.is === 'goods' ? [s.name] : [])));
  return { lots: lots.filter((name) => found.has(name)).sort(), happened: [...happened].sort() };
}

const worlds = fc.record({
  told: fc.array(toldArbitrary, { maxLength: 14 }),
  belongs: belonging,
  start: fc.constantFrom(...goods, ...pallets),
});
const limits = { hops: 60, nodes: 20_000 };

test('what anything went into, in any small world', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ told, belongs, start }) => {
      const events = told.map(written);
      const { lots: whole, items, carriers, incomplete } = await reachOf(start, worldOf(events, belongs as Record<string, string>), limits);
      const naive = naiveReach(
        start,
        told.map((t, i) => plain(t, events[i] as TracedEvent)),
        belongs as Record<string, string>,
      );
      expect(incomplete).toBeUndefined();
      expect({ goods: [...whole, ...items].sort(), carriers }).toEqual(naive);
    }),
    { numRuns: 1_500 },
  );
});

test('what happened to anything, and of which lots it is, in any small world', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ told, belongs, start }) => {
      const events = told.map(written);
      const history = await historyOf(start, worldOf(events, belongs as Record<string, string>), limits);
      const naive = naiveHistory(
        start,
        told.map((t, i) => plain(t, events[i] as TracedEvent)),
        belongs as Record<string, string>,
      );
      expect(history.incomplete).toBeUndefined();
      expect({ lots: history.lots, happened: history.happened.map(({ fact }) => fact.id).sort() }).toEqual(naive);
    }),
    { numRuns: 1_500 },
  );
});
