import { Book, type Limits, type Window, type World } from './book.ts';

/** How one thing leads to another. */
export interface Link {
  from: string;
  to: string;
  /** `made`: the one went into the other; `on`: lies on or in it; `of`: the lot an item belongs to; `measured`: hangs on it and measures. */
  how: 'made' | 'on' | 'of' | 'measured';
  /** When it began, in milliseconds; absent for what was always so. */
  at?: number;
}

/** Why a walk ended before everything was seen. */
export type Incomplete = 'hops' | 'nodes';

export type Tell = (task: Task) => void;

/** A step still to be taken, and the time for which it needs the events of these names. */
export interface Task extends Window {
  names: readonly string[];
  /** How many ties lie between this and what was asked for. */
  hop: number;
  /** Asked once, just before it is taken: whether no step like it was taken before. */
  isNew: () => boolean;
  take: (tell: Tell) => void;
  /** Items whose lot must be known. */
  items?: readonly string[];
  /** Left out first when not every step can be taken. */
  isMinor?: boolean;
}

/** What a walk has been through. */
export class Walked {
  readonly #windows = new Map<string, Window[]>();
  readonly #links = new Map<string, Link>();

  /** Whether this time of this step brings anything that was not seen before; it counts as seen from now on. */
  isNew(step: string, { from, to }: Window): boolean {
    const before = this.#windows.get(step) ?? [];
    if (from > to || before.some((w) => w.from <= from && w.to >= to)) return false;
    this.#windows.set(step, [...before, { from, to }]);
    return true;
  }

  link(link: Link): void {
    this.#links.set(`${link.from} ${link.to} ${link.how} ${link.at}`, link);
  }

  links(): Link[] {
    return [...this.#links.values()];
  }
}

/**
 * Goes round by round: all that a round needs is read at once, so a walk costs as many reads one after the other as there are ties
 * between its ends. It ends at cycles, because no step is taken twice, and at its limits, which it then names.
 */
export async function walk(world: World, limits: Limits, begin: (book: Book) => Task[]): Promise<Incomplete | undefined> {
  const book = new Book(world);
  let incomplete: Incomplete | undefined;
  let room = limits.nodes;
  for (let round = begin(book); round.length > 0; ) {
    const near = round.filter(({ hop }) => hop <= limits.hops);
    if (near.length < round.length) incomplete ??= 'hops';
    const fresh = near.filter((task) => task.isNew());
    if (fresh.length > room) {
      incomplete = 'nodes';
      fresh.sort((a, b) => Number(a.isMinor ?? false) - Number(b.isMinor ?? false));
    }
    const taken = fresh.slice(0, room);
    room -= taken.length;
    await Promise.all([
      book.open(taken.flatMap(({ names, from, to }) => names.map((name) => ({ name, from, to })))),
      book.sort(taken.flatMap(({ items = [] }) => items)),
    ]);
    const next: Task[] = [];
    for (const task of taken) task.take((told) => next.push(told));
    round = next;
  }
  return incomplete;
}
