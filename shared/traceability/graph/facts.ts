import type { EpcisEvent } from '../epcis/event.ts';
import { type Fields, isFields, items, records } from '../epcis/json.ts';
import { sameEpc } from '../epcis/named-in.ts';
import { epcOf, isItem, linkOf } from './names.ts';

/** An event as it is stored. */
export interface TracedEvent {
  eventID: string;
  /** UTC. */
  eventTime: string;
  /** Of what it says: an error declaration has the same as the event it takes back. */
  hash?: string;
  event: EpcisEvent;
}

/** An event as the graph sees it: which things it ties together, and when. Names are canonical, classes and single things side by side. */
export interface Fact {
  id: string;
  at: number;
  type: EpcisEvent['type'];
  action: 'ADD' | 'OBSERVE' | 'DELETE' | undefined;
  /** What an object or transaction event is about. */
  about: readonly string[];
  parent: string | undefined;
  children: readonly string[];
  /** How much of a class went onto or off the parent; absent when it was not said. */
  amounts: ReadonlyMap<string, number>;
  inputs: readonly string[];
  outputs: readonly string[];
  /** A making that takes days tells its inputs and outputs in several events under one name. */
  transformation: string | undefined;
  /** The lots that the things made here belong to, when the event itself says so. */
  lots: readonly string[];
  event: EpcisEvent;
}

const things = (list: unknown): string[] => items(list).map((epc) => sameEpc(String(epc)));
const classes = (list: unknown): string[] => records(list).map(({ epcClass }) => sameEpc(String(epcClass)));

function amountsOf(list: unknown): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { epcClass, quantity } of records(list)) {
    const name = sameEpc(String(epcClass));
    if (typeof quantity === 'number') amounts.set(name, (amounts.get(name) ?? 0) + quantity);
  }
  return amounts;
}

/** `cbvmda:lotNumber`, whatever the prefix; with the product of each thing made it names a lot. */
function lotsOf(event: Fields, made: readonly string[]): string[] {
  const { ilmd } = event;
  if (!isFields(ilmd)) return [];
  const number = Object.entries(ilmd).find(([name]) => name.endsWith(':lotNumber'))?.[1];
  if (typeof number !== 'string' || !number) return [];
  const products = new Set(made.filter(isItem).map((epc) => linkOf(epc)?.gtin));
  return [...products].flatMap((gtin) => (gtin ? [epcOf({ gtin, lot: number })] : []));
}

/** A warm function is asked for the same events again and again, and an event can name 500 boxes. */
const read = new WeakMap<TracedEvent, Fact>();

/** Nothing is judged here: an error declaration is a fact like any other. */
export function factOf(traced: TracedEvent): Fact {
  const fact = read.get(traced) ?? readFact(traced);
  read.set(traced, fact);
  return fact;
}

function readFact({ eventID, eventTime, event }: TracedEvent): Fact {
  const fields: Fields = event;
  const about = [...things(fields.epcList), ...classes(fields.quantityList)];
  const outputs = [...things(fields.outputEPCList), ...classes(fields.outputQuantityList)];
  const parent = typeof fields.parentID === 'string' ? sameEpc(fields.parentID) : undefined;
  const isTie = event.type === 'AggregationEvent' || event.type === 'AssociationEvent';
  return {
    id: eventID,
    at: Date.parse(eventTime),
    type: event.type,
    action: event.type === 'TransformationEvent' ? undefined : event.action,
    about: isTie || !parent ? about : [...about, parent],
    parent: isTie ? parent : undefined,
    children: [...things(fields.childEPCs), ...classes(fields.childQuantityList)],
    amounts: amountsOf(fields.childQuantityList),
    inputs: [...things(fields.inputEPCList), ...classes(fields.inputQuantityList)],
    outputs,
    transformation: event.type === 'TransformationEvent' ? event.transformationID : undefined,
    lots: lotsOf(fields, event.type === 'TransformationEvent' ? outputs : about),
    event,
  };
}

export const byTime = (a: Fact, b: Fact): number => a.at - b.at || (a.id < b.id ? -1 : 1);

/**
 * The events that count, in order of time, each once. An error declaration takes back the event of its own ID (EPCIS 2.0, 7.4.1.4) or,
 * when a partner gave it another ID, the event of the same content.
 */
export function factsOf(events: readonly TracedEvent[]): Fact[] {
  const declared = events.filter(({ event }) => event.errorDeclaration);
  const ids = new Set(declared.map(({ eventID }) => eventID));
  const hashes = new Set(declared.map(({ hash }) => hash).filter(Boolean));
  const counting = events.filter(({ eventID, hash }) => !ids.has(eventID) && !hashes.has(hash));
  const facts = [...new Map(counting.map((event) => [event.eventID, event])).values()].map(factOf);
  return facts.sort(byTime);
}
