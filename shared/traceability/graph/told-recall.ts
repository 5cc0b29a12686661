import { bareWord } from '../epcis/vocabulary.ts';
import type { Fact } from './facts.ts';
import type { Happened } from './history.ts';
import { isItem, linkOf } from './names.ts';

/** A recall that the seller's events tell and none has taken back. */
export interface ToldRecall {
  /** RFC 3339, UTC. */
  at: string;
  /** What was recalled, as the thing asked for sees it. */
  of: 'item' | 'lot' | 'origin' | 'carrier';
  /** The lot's number, if it was a lot. */
  lot?: string;
}

const isRecalled = (word: string): boolean => bareWord('disposition', word) === 'recalled';
const names = (words: readonly string[] | undefined): boolean => words?.some(isRecalled) ?? false;

/** Only these two types of event have it (EPCIS 2.0, 7.4). */
const persistent = ({ event }: Fact) =>
  event.type === 'ObjectEvent' || event.type === 'TransformationEvent' ? event.persistentDisposition : undefined;
/** Whether the event says that its things are recalled, for good or for now. */
export const recalls = (fact: Fact): boolean => isRecalled(fact.event.disposition ?? '') || names(persistent(fact)?.set);
/** Whether it takes a recall back. */
export const releases = (fact: Fact): boolean => names(persistent(fact)?.unset);

interface Standing {
  happened: Happened;
  /** A disposition holds until the next one; a persistent one until it is unset. */
  isPersistent: boolean;
}

function after(before: Standing | undefined, happened: Happened): Standing | undefined {
  const { fact } = happened;
  if (releases(fact)) return undefined;
  if (names(persistent(fact)?.set)) return { happened, isPersistent: true };
  if (fact.event.disposition === undefined || before?.isPersistent) return before;
  return recalls(fact) ? (before ?? { happened, isPersistent: false }) : undefined;
}

function told({ fact, to, as }: Happened): ToldRecall {
  const lot = linkOf(to)?.lot;
  const own = isItem(to) ? 'item' : 'lot';
  return {
    at: new Date(fact.at).toISOString(),
    of: as === 'own' ? own : as === 'lot' || as === 'carrier' ? as : 'origin',
    ...(lot === undefined ? {} : { lot }),
  };
}

/**
 * The latest recall that stands by what happened to a thing, to its lot, to what it was made of and to what it lay on: each has its own,
 * and taking one back leaves the others. The market's own recalls are flags on lots, and told elsewhere.
 * @param happened in order of time
 */
export function toldRecallOf(happened: readonly Happened[]): ToldRecall | undefined {
  const standing = new Map<string, Standing | undefined>();
  // A logger's word is about the logger.
  for (const one of happened) if (one.as !== 'logger') standing.set(one.to, after(standing.get(one.to), one));
  const all = [...standing.values()].flatMap((one) => (one ? [told(one.happened)] : []));
  return all.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
}
