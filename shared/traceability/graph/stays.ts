import type { Fact } from './facts.ts';
import { isLot } from './names.ts';

/** A thing, or some of a lot, that lies in or hangs on another: a box on a pallet, a logger on a pallet, a pallet in a cold room. */
export interface Stay {
  child: string;
  parent: string;
  tie: 'AggregationEvent' | 'AssociationEvent';
  from: number;
}

/** Every time that this was put on something else or something else on it. */
export const staysOf = (name: string, facts: readonly Fact[]): Stay[] =>
  facts.flatMap(({ type, action, parent, children, at }) => {
    if (action !== 'ADD' || parent === undefined || (type !== 'AggregationEvent' && type !== 'AssociationEvent')) return [];
    // An event that is the box's own names its 499 neighbours as well.
    const concerned = parent === name ? children : children.filter((child) => child === name);
    return concerned.map((child) => ({ child, parent, tie: type, from: at }));
  });

/** Several loads of one lot onto one parent end together, when as much was taken off as had been put on. */
function lotEnd({ child, parent, tie, from }: Stay, facts: readonly Fact[]): number {
  let there = 0;
  for (const fact of facts) {
    if (fact.type !== tie || fact.parent !== parent) continue;
    const isAll = fact.action === 'DELETE' && fact.children.length === 0;
    if (!isAll && !fact.children.includes(child)) continue;
    const amount = fact.amounts.get(child) ?? Number.POSITIVE_INFINITY;
    if (fact.action === 'ADD') there += amount;
    if (fact.action !== 'DELETE') continue;
    there = isAll || amount >= there ? 0 : there - amount;
    if (there === 0 && fact.at > from) return fact.at;
  }
  return Number.POSITIVE_INFINITY;
}

/** Whether the event ends the stay. What happens at the very instant of putting on does not take off. */
function ends({ child, parent, tie, from }: Stay, fact: Fact): boolean {
  // Whoever is used up is gone from wherever it was; at the same instant, too.
  if (fact.inputs.includes(child) && !fact.outputs.includes(child)) return fact.at >= from;
  if (fact.at <= from || fact.type !== tie) return false;
  if (fact.action === 'DELETE') return fact.parent === parent && (fact.children.length === 0 || fact.children.includes(child));
  // Nobody unpacks on paper what is simply put elsewhere; a logger may hang on two things.
  return tie === 'AggregationEvent' && fact.action === 'ADD' && fact.parent !== parent && fact.children.includes(child);
}

/**
 * When a stay ended, as far as these events tell; infinity when nothing ended it. The child's own events do not tell of an emptied
 * pallet (a DELETE that names the parent alone), so both sides' are needed for the whole truth.
 * @param facts in order of time
 */
export const endOf = (stay: Stay, facts: readonly Fact[]): number =>
  isLot(stay.child) ? lotEnd(stay, facts) : (facts.find((fact) => ends(stay, fact))?.at ?? Number.POSITIVE_INFINITY);
