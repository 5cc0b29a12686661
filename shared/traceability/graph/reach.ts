import { always, type Book, type Limits, usualLimits, type World } from './book.ts';
import type { Fact } from './facts.ts';
import { isItem, isKind, isLot, linkOf } from './names.ts';
import { endOf, type Stay, staysOf } from './stays.ts';
import { partsOf, takenOf, useOf } from './ties.ts';
import { type Incomplete, type Link, type Task, type Tell, Walked, walk } from './walk.ts';

/** Everything that a thing or a lot went into. */
export interface Reach {
  /** Lots that are made of it as a whole, itself included. */
  lots: string[];
  /** Lots of which some items are made of it: those in `items`, if the walk is complete. */
  partly: string[];
  /** Items that are made of it or are it, named one by one. Those of `lots` are not listed. */
  items: string[];
  /** What it or something made of it lay on, and what that stood on. Other goods there are not reached. */
  carriers: string[];
  links: Link[];
  incomplete?: Incomplete;
}

const end = Number.POSITIVE_INFINITY;
const isPacked = ({ tie }: Stay): boolean => tie === 'AggregationEvent';

/** Under what its future is found. */
const pageOf = (epc: string): string => (isLot(epc) ? useOf(epc) : epc);
/** The tie under which makings are found that take items of the lot; no name of anything else. */
const takenOfLot = (epc: string): string => (isLot(epc) ? takenOf(linkOf(epc)?.gtin ?? '') : '');
const namesOf = (epc: string): string[] => (isKind(epc) ? [] : isLot(epc) ? [pageOf(epc), takenOfLot(epc)] : [epc]);

/** A making that is looked at: for which goods, and by what name it would take them. */
interface On {
  goods: string;
  taken: string;
  hop: number;
}

class Forward {
  readonly goods = new Set<string>();
  readonly lotsOfItems = new Set<string>();
  readonly pallets = new Set<string>();
  readonly walked = new Walked();
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  /** A thing or a lot itself, from a moment on. */
  goodsSince(epc: string, from: number, hop: number): Task {
    return {
      // Its events from the beginning: it may have been put somewhere before.
      ...{ from: Number.NEGATIVE_INFINITY, to: end, hop, names: namesOf(epc), items: isItem(epc) ? [epc] : [] },
      isNew: () => this.walked.isNew(epc, { from, to: end }),
      take: (tell) => this.#takeGoods(epc, from, hop, tell),
      isMinor: isItem(epc),
    };
  }

  #takeGoods(epc: string, from: number, hop: number, tell: Tell): void {
    this.goods.add(epc);
    const lot = this.#book.lotOf(epc);
    if (lot) this.lotsOfItems.add(lot);
    if (isKind(epc)) return;
    const on = { goods: epc, taken: epc, hop };
    const facts = this.#book.facts(pageOf(epc), always);
    for (const fact of facts.filter(({ at }) => at >= from)) this.#making(on, fact, tell);
    for (const fact of this.#book.facts(takenOfLot(epc), { from, to: end })) this.#makingOfItems(on, fact, tell);
    for (const stay of staysOf(epc, facts).filter(isPacked)) {
      if (stay.child === epc) tell(this.#carrier(stay, epc, { from: Math.max(from, stay.from), to: end, hop: hop + 1 }));
      if (stay.parent === epc) tell(this.#content(stay, from, hop + 1));
    }
  }

  /** @param on.taken the goods, or what they lie on */
  #making(on: On, fact: Fact, tell: Tell): void {
    if (fact.inputs.includes(on.taken)) this.#gives(on, fact, tell);
  }

  /** A making that takes single items of a lot takes the lot. */
  #makingOfItems(on: On, fact: Fact, tell: Tell): void {
    const items = fact.inputs.filter((input) => isItem(input) && linkOf(input)?.gtin === linkOf(on.goods)?.gtin);
    tell({
      ...{ ...always, hop: on.hop, names: [], items },
      isNew: () => this.walked.isNew(`items of ${on.goods} in ${fact.id}`, always),
      take: (told) => {
        if (items.some((item) => this.#book.lotOf(item) === on.goods)) this.#gives(on, fact, told);
      },
    });
  }

  /** What comes of a making, also when its outputs are told in events of their own. */
  #gives(on: On, fact: Fact, tell: Tell): void {
    this.#outputs(on, fact, tell);
    const { transformation, at } = fact;
    if (transformation === undefined) return;
    const window = { from: at, to: end };
    tell({
      ...{ ...window, hop: on.hop, names: [partsOf(transformation)] },
      isNew: () => this.walked.isNew(`${on.goods} in ${transformation}`, window),
      take: (told) => {
        for (const later of this.#book.facts(partsOf(transformation), window)) this.#outputs(on, later, told);
      },
    });
  }

  #outputs({ goods, hop }: On, { outputs, lots, at }: Fact, tell: Tell): void {
    for (const lot of lots) this.lotsOfItems.add(lot);
    for (const output of outputs) {
      // Known from here on, even if the walk ends before it is looked at.
      this.goods.add(output);
      this.walked.link({ from: goods, to: output, how: 'made', at });
      tell(this.goodsSince(output, at, hop + 1));
    }
  }

  /** A carrier that goes into a making takes along what lies on it then; what else lies on it is none of ours. */
  #carrier(stay: Stay, goods: string, { from, to, hop }: { from: number; to: number; hop: number }): Task {
    const { child, parent } = stay;
    return {
      ...{ from: Number.NEGATIVE_INFINITY, to, hop, names: [parent] },
      isNew: () => this.walked.isNew(`${goods} as ${child} on ${parent} since ${stay.from}`, { from, to }),
      take: (tell) => {
        const until = Math.min(to, endOf(stay, this.#book.both(pageOf(child), parent)));
        if (until < from) return;
        this.pallets.add(parent);
        this.walked.link({ from: child, to: parent, how: 'on', at: stay.from });
        for (const fact of this.#book.facts(parent, { from, to: until })) this.#making({ goods, taken: parent, hop }, fact, tell);
        for (const other of staysOf(parent, this.#book.facts(parent, { from: Number.NEGATIVE_INFINITY, to: until })).filter(isPacked))
          if (other.child === parent) tell(this.#carrier(other, goods, { from: Math.max(from, other.from), to: until, hop: hop + 1 }));
      },
    };
  }

  /** What lay in the goods, from the moment on that counts. */
  #content(stay: Stay, from: number, hop: number): Task {
    const { child, parent } = stay;
    return {
      ...{ ...always, hop, names: [pageOf(child)] },
      isNew: () => this.walked.isNew(`${child} in ${parent} since ${stay.from}`, { from, to: end }),
      isMinor: isItem(child),
      take: (tell) => {
        if (endOf(stay, this.#book.both(pageOf(child), parent)) < from) return;
        this.walked.link({ from: child, to: parent, how: 'on', at: stay.from });
        tell(this.goodsSince(child, Math.max(from, stay.from), hop));
      },
    };
  }
}

/**
 * Everything made of a thing, a lot or the load of a pallet, through any number of makings.
 * @param epc as `epcOf` or `sameName` write it
 */
export async function reachOf(epc: string, world: World, limits: Limits = usualLimits): Promise<Reach> {
  let ahead: Forward | undefined;
  const incomplete = await walk(world, limits, (book) => {
    ahead = new Forward(book);
    return [ahead.goodsSince(epc, Number.NEGATIVE_INFINITY, 0)];
  });
  const { goods, lotsOfItems, pallets, walked } = ahead as Forward;
  const lots = [...goods].filter(isLot).sort();
  return {
    lots,
    partly: [...lotsOfItems].filter((lot) => !goods.has(lot)).sort(),
    items: [...goods].filter(isItem).sort(),
    carriers: [...pallets].sort(),
    links: walked.links(),
    ...(incomplete ? { incomplete } : {}),
  };
}
