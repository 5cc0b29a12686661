import { byTime, type Fact, factsOf, type TracedEvent } from './facts.ts';

/** Instants in milliseconds, both included. */
export interface Window {
  from: number;
  to: number;
}
export const always: Window = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Where the graph reads. */
export interface World {
  /**
   * By name, every event that names this thing or has this tie (`ties.ts`), at a time in the window. A name that is missing has none; events
   * outside the window do no harm.
   */
  eventsOf(names: readonly string[], window: Window): Promise<ReadonlyMap<string, readonly TracedEvent[]>>;
  /** The lots that items belong to, by item; unknown ones are missing. */
  lotsOf(items: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** How far a walk goes before it says that there is more. */
export interface Limits {
  hops: number;
  nodes: number;
}
export const usualLimits: Limits = { hops: 12, nodes: 5_000 };

interface Page extends Window {
  facts: readonly Fact[];
}

/** What a walk has read so far. Each round of a walk asks for all it needs at once. */
export class Book {
  readonly #world: World;
  readonly #pages = new Map<string, Page>();
  readonly #lots = new Map<string, string | undefined>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Reads what is not known yet of each of these, at once. */
  async open(asked: readonly (Window & { name: string })[]): Promise<void> {
    const wanted = new Map<string, Window>();
    for (const { name, from, to } of asked) {
      const known = wanted.get(name) ?? this.#pages.get(name);
      if (known && known.from <= from && known.to >= to) continue;
      wanted.set(name, known ? { from: Math.min(from, known.from), to: Math.max(to, known.to) } : { from, to });
    }
    // Only loggers are asked for a time that has a beginning: thousands of readings lie before it.
    const [bounded, open] = [[...wanted].filter(([, w]) => w.from > always.from), [...wanted].filter(([, w]) => w.from === always.from)];
    await Promise.all([bounded, open].map((group) => this.#read(group)));
  }

  async #read(wanted: readonly (readonly [string, Window])[]): Promise<void> {
    if (wanted.length === 0) return;
    const window = { from: Math.min(...wanted.map(([, w]) => w.from)), to: Math.max(...wanted.map(([, w]) => w.to)) };
    const found = await this.#world.eventsOf(
      wanted.map(([name]) => name),
      window,
    );
    for (const [name, own] of wanted) {
      const facts = factsOf(found.get(name) ?? []);
      this.#pages.set(name, { ...own, facts: facts.filter(({ at }) => at >= own.from && at <= own.to) });
    }
  }

  /** The facts of something opened before, in order of time. */
  facts(name: string, { from, to }: Window): readonly Fact[] {
    return (this.#pages.get(name)?.facts ?? []).filter(({ at }) => at >= from && at <= to);
  }

  /** What two tell together: each event once, in order of time. */
  both(a: string, b: string, window: Window = always): Fact[] {
    const told = [...this.facts(a, window), ...this.facts(b, window)];
    return [...new Map(told.map((fact) => [fact.id, fact])).values()].sort(byTime);
  }

  /** Reads which lots these items belong to, at once. */
  async sort(items: readonly string[]): Promise<void> {
    const unknown = [...new Set(items)].filter((item) => !this.#lots.has(item));
    if (unknown.length === 0) return;
    const found = await this.#world.lotsOf(unknown);
    for (const item of unknown) this.#lots.set(item, found.get(item));
  }

  /** The lot of an item that was sorted before. */
  lotOf(item: string): string | undefined {
    return this.#lots.get(item);
  }
}
