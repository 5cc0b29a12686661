import { type Book, type Limits, usualLimits, type World } from './book.ts';
import { byTime, type Fact } from './facts.ts';
import { isItem, isKind, isLot, linkOf } from './names.ts';
import { endOf, type Stay, staysOf } from './stays.ts';
import { madeIn, originOf, partsOf } from './ties.ts';
import { type Incomplete, type Link, type Task, type Tell, Walked, walk } from './walk.ts';

/** An event that happened to the thing asked for, and why it did. */
export interface Happened {
  fact: Fact;
  /** The thing the event tells of. */
  to: string;
  /**
   * `own`; `lot`: to the lot it belongs to; `carrier`: to what it lay on; `logger`: seen by a logger there; `content`: to what lies in it;
   * `origin`: to what it was made of.
   */
  as: 'own' | 'lot' | 'carrier' | 'logger' | 'content' | 'origin';
  /** The lot was on several carriers: this happened to a part of it, and nobody knows which. */
  isPart: boolean;
}

export interface History {
  /** In order of time, each event once. */
  happened: Happened[];
  links: Link[];
  /** All lots it is of or was made from, its own included. */
  lots: string[];
  /** Of all it was made of, that behind which nothing more is known: the harvests. */
  origins: string[];
  incomplete?: Incomplete;
}

/** How goods were come upon. */
interface Found {
  as: Happened['as'];
  hop: number;
  /** What was asked for: whatever it held at any time counts. */
  isFirst?: boolean;
  /** A lot, for one item of it: what is told of its other items one by one does not count. */
  isOfItem?: boolean;
  /** A lot, for an item whose own place is known: where other parts of the lot lay does not count. */
  isLoose?: boolean;
}

/** Under what its past is found. */
const pageOf = (epc: string): string => (isLot(epc) ? originOf(epc) : epc);
function namesOf(epc: string, { isOfItem }: Found): string[] {
  if (isKind(epc)) return [];
  return isLot(epc) && !isOfItem ? [pageOf(epc), madeIn(epc)] : [pageOf(epc)];
}

const beginning = Number.NEGATIVE_INFINITY;
const isPacked = ({ tie }: Stay): boolean => tie === 'AggregationEvent';
const isTakenFrom = (lot: string, { inputs, outputs }: Fact): boolean => inputs.includes(lot) && !outputs.includes(lot);
const isEmptying = ({ parent, action, children, type }: Fact, stay: Stay): boolean =>
  parent === stay.parent && action === 'DELETE' && children.length === 0 && type === stay.tie;
const isSubject = ({ about, children, inputs, outputs }: Fact, epc: string): boolean =>
  [about, children, inputs, outputs].some((list) => list.includes(epc));

class Backward {
  readonly happened = new Map<string, Happened>();
  readonly lots = new Set<string>();
  readonly goods = new Set<string>();
  /** Goods behind which something else is known. */
  readonly explained = new Set<string>();
  readonly walked = new Walked();
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  #note(fact: Fact, to: string, as: Happened['as'], isPart = false): void {
    if (!this.happened.has(fact.id)) this.happened.set(fact.id, { fact, to, as, isPart });
  }

  /** A thing or a lot itself, up to a moment. */
  goodsUntil(epc: string, to: number, found: Found): Task {
    const how = `${found.isOfItem ? 'of item ' : ''}${found.isLoose ? 'loose ' : ''}`;
    return {
      ...{
        from: beginning,
        to,
        hop: found.hop,
        names: namesOf(epc, found),
        items: isItem(epc) ? [epc] : [],
      },
      // What lay in a thing is asked for each moment by itself: a later moment does not include it.
      isNew: () => this.walked.isNew(`${how}${epc}${isLot(epc) ? '' : ` until ${to}`}`, { from: beginning, to }),
      take: (tell) => {
        this.goods.add(epc);
        if (isLot(epc)) this.lots.add(epc);
        if (!isKind(epc)) this.#takeGoods(epc, to, found, tell);
      },
    };
  }

  #takeGoods(epc: string, to: number, found: Found, tell: Tell): void {
    const { as, hop, isFirst, isOfItem, isLoose } = found;
    const facts = this.#book.both(pageOf(epc), madeIn(epc), { from: beginning, to });
    const stays = staysOf(epc, facts);
    const own = isLoose ? [] : stays.filter(({ child }) => child === epc);
    const isPart = isLot(epc) && new Set(own.filter(isPacked).map(({ parent }) => parent)).size > 1;
    for (const fact of facts) {
      const isMaking = fact.outputs.includes(epc) || (isLot(epc) && !isOfItem && fact.outputs.length > 0 && fact.lots.includes(epc));
      const isNamed = isMaking || fact.parent === epc || isSubject(fact, epc);
      // Other parts of the lot went elsewhere, or became something else.
      const isElsewhere = isLot(epc) && (isTakenFrom(epc, fact) || (isLoose && fact.children.includes(epc)));
      if (isNamed && !isElsewhere) this.#note(fact, epc, as, isPart && fact.children.includes(epc));
      if (isMaking) this.#making(epc, fact, hop, tell);
    }
    for (const stay of own) tell(this.#carrier(stay, { from: stay.from, to, isPart, hop: hop + 1 }));
    for (const stay of stays.filter(({ parent }) => parent === epc))
      tell(
        isPacked(stay) ? this.#content(stay, isFirst ? undefined : to, found) : this.#logger(stay, { from: stay.from, to, hop: hop + 1 }),
      );
    if (isItem(epc)) this.#lotsOf(epc, facts, to, { ...found, isLoose: own.some(isPacked) }, tell);
  }

  /** The lot an item belongs to, by the market's own record and by what was said when it was made. */
  #lotsOf(item: string, facts: readonly Fact[], to: number, { as, hop, isLoose }: Found, tell: Tell): void {
    const gtin = linkOf(item)?.gtin;
    const born = facts.filter(({ outputs, about, action }) => outputs.includes(item) || (action === 'ADD' && about.includes(item)));
    const lots = [this.#book.lotOf(item), ...born.flatMap((fact) => fact.lots)].filter((lot) => lot && linkOf(lot)?.gtin === gtin);
    for (const lot of new Set(lots as string[])) {
      this.explained.add(item);
      this.walked.link({ from: lot, to: item, how: 'of' });
      tell(this.goodsUntil(lot, to, { as: as === 'own' ? 'lot' : as, hop, isOfItem: true, ...(isLoose ? { isLoose } : {}) }));
    }
  }

  /** What went into a making, also when its inputs were told in events of their own. */
  #making(epc: string, made: Fact, hop: number, tell: Tell): void {
    const follow = ({ inputs, at }: Fact, next: Tell) => {
      for (const input of inputs) {
        this.explained.add(epc);
        this.walked.link({ from: input, to: epc, how: 'made', at });
        next(this.goodsUntil(input, at, { as: 'origin', hop: hop + 1 }));
      }
    };
    follow(made, tell);
    const { transformation, at } = made;
    if (transformation === undefined) return;
    const window = { from: beginning, to: at };
    tell({
      ...{ ...window, hop, names: [partsOf(transformation)] },
      isNew: () => this.walked.isNew(`${transformation} of ${epc}`, window),
      take: (next) => {
        for (const fact of this.#book.facts(partsOf(transformation), window)) {
          if (fact.inputs.length === 0) continue;
          this.#note(fact, epc, 'origin');
          follow(fact, next);
        }
      },
    });
  }

  /** What happened to a carrier happened to what lay on it: while it did, not before and not after. */
  #carrier(stay: Stay, { from, to, isPart, hop }: { from: number; to: number; isPart: boolean; hop: number }): Task {
    const { child, parent } = stay;
    return {
      // From the beginning: the carrier may have stood on another since before.
      ...{ from: beginning, to, hop, names: [parent] },
      isNew: () => this.walked.isNew(`${child} on ${parent} since ${stay.from}`, { from, to }),
      take: (tell) => {
        const end = Math.min(to, endOf(stay, this.#book.both(pageOf(child), parent)));
        if (end < from) return;
        this.walked.link({ from: child, to: parent, how: 'on', at: stay.from });
        for (const fact of this.#book.facts(parent, { from, to: end })) {
          if (isEmptying(fact, stay)) this.#note(fact, child, 'content', isPart);
          else if (isSubject(fact, parent)) this.#note(fact, parent, 'carrier', isPart);
        }
        for (const other of staysOf(parent, this.#book.facts(parent, { from: beginning, to: end }))) {
          const window = { from: Math.max(from, other.from), to: end, hop: hop + 1 };
          if (other.child === parent) tell(this.#carrier(other, { ...window, isPart }));
          else if (!isPacked(other) && other.child !== child) tell(this.#logger(other, window));
        }
      },
    };
  }

  /** What hangs on a thing measures it; nothing else that it does or that is done with it says anything of the thing. */
  #logger(stay: Stay, { from, to, hop }: { from: number; to: number; hop: number }): Task {
    const { child, parent } = stay;
    return {
      ...{ from, to, hop, names: [child] },
      isNew: () => this.walked.isNew(`${child} at ${parent} since ${stay.from}`, { from, to }),
      take: () => {
        const end = Math.min(to, endOf(stay, this.#book.both(pageOf(child), parent)));
        const measured = this.#book.facts(child, { from, to: end }).filter(({ event }) => event.sensorElementList?.length);
        if (measured.length > 0) this.walked.link({ from: child, to: parent, how: 'measured', at: stay.from });
        for (const fact of measured) this.#note(fact, child, 'logger');
      },
    };
  }

  /** What lay in a thing at the moment that counts; without one, whatever lay in it at any time, as long as it did. */
  #content(stay: Stay, moment: number | undefined, { as, hop }: Found): Task {
    const { child, parent } = stay;
    const window = { from: beginning, to: moment ?? Number.POSITIVE_INFINITY };
    return {
      ...{ ...window, hop: hop + 1, names: [pageOf(child)] },
      isNew: () => this.walked.isNew(`${child} in ${parent} since ${stay.from} until ${moment}`, window),
      take: (tell) => {
        const end = endOf(stay, this.#book.both(pageOf(child), parent));
        if (moment !== undefined && end < moment) return;
        this.explained.add(parent);
        this.walked.link({ from: child, to: parent, how: 'on', at: stay.from });
        tell(this.goodsUntil(child, Math.min(end, window.to), { as: as === 'own' ? 'content' : as, hop: hop + 1 }));
      },
    };
  }
}

/**
 * Everything that is known to have happened to a thing, a lot or a pallet: to itself, to what it lay on while it lay there, and to all
 * it was made of, back to the gardens.
 * @param epc as `epcOf` or `sameName` write it
 */
export async function historyOf(epc: string, world: World, limits: Limits = usualLimits): Promise<History> {
  let back: Backward | undefined;
  const incomplete = await walk(world, limits, (book) => {
    back = new Backward(book);
    return [back.goodsUntil(epc, Number.POSITIVE_INFINITY, { as: 'own', hop: 0, isFirst: true })];
  });
  const { happened, walked, lots, goods, explained } = back as Backward;
  return {
    happened: [...happened.values()].sort((a, b) => byTime(a.fact, b.fact)),
    links: walked.links(),
    lots: [...lots].sort(),
    origins: [...goods].filter((name) => !explained.has(name)).sort(),
    ...(incomplete ? { incomplete } : {}),
  };
}
