import { createHash } from 'node:crypto';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { eventHashId, hashContext } from '../../../shared/traceability/epcis/event-hash.ts';
import { type Fields, isFields } from '../../../shared/traceability/epcis/json.ts';
import { namedIn, utcInstant } from '../../../shared/traceability/epcis/named-in.ts';
import { tiesOf } from '../../../shared/traceability/graph/ties.ts';
import { canonicalJson } from '../../platform/canonical.ts';

/** An event as it will be stored; only its record time is not known yet. */
export interface PreparedEvent {
  /** Short name of the eventID for keys; an error declaration, which repeats its event's ID, has a mark behind it. */
  ref: string;
  eventID: string;
  /** The event hash: equal for events that say the same, whatever their spelling. */
  hash: string;
  /** The hash with the error declaration, which the hash itself leaves out. */
  print: string;
  /** UTC with milliseconds. */
  eventTime: string;
  event: EpcisEvent;
  /** JSON pointer of the event in what was sent. */
  at: string;
  /** How many rows it takes. */
  rows: number;
}

const sha256 = (text: string) => createHash('sha256').update(text);
const sha256Hex = (text: string): string => sha256(text).digest('hex');

export const refOf = (eventID: string): string => sha256(eventID).digest('base64url').slice(0, 22);
const declarationMark = '!';
export const isDeclaration = (ref: string): boolean => ref.endsWith(declarationMark);
/** The ref of the error declaration of an event, or of the event of an error declaration. */
export const sibling = (ref: string): string => (isDeclaration(ref) ? ref.slice(0, -1) : ref + declarationMark);
/** The ref under which an event stands. */
export const refOfStored = ({ eventID, event }: { eventID: string; event: EpcisEvent }): string =>
  event.errorDeclaration ? sibling(refOf(eventID)) : refOf(eventID);

/** The document's own prefixes and contexts, without the standard's, which every answer carries. */
const ownContexts = (document: Fields): unknown[] => [document['@context']].flat().filter(isFields);

/** Whether a prefix that the document declares is used in the event, in a name or in a value. */
function usesPrefix(event: Fields, contexts: unknown[]): boolean {
  const prefixes = contexts.flatMap((context) => Object.keys(context as Fields)).filter((name) => !name.startsWith('@'));
  if (!prefixes.length) return false;
  const text = JSON.stringify(event);
  return prefixes.some((prefix) => text.includes(`${JSON.stringify(prefix).slice(0, -1)}:`));
}

/**
 * Names and fingerprints an event of a document. The prefixes of the document travel with an event that uses them: it is answered in
 * other documents later.
 */
export function prepare(event: EpcisEvent, document: Fields, at: string): PreparedEvent {
  const own = event as Fields;
  const contexts = [...ownContexts(document), ...ownContexts(own)];
  const context = hashContext({ ...document, '@context': contexts });
  const hash = eventHashId(own, context, sha256Hex);
  const eventID = event.eventID ?? hash;
  const { recordTime: _, '@context': ownContext, ...said } = own;
  const kept = usesPrefix(said, ownContexts(document)) ? contexts : ownContext;
  const stored = { ...said, eventID, ...(kept === undefined ? {} : { '@context': kept }) } as unknown as EpcisEvent;
  const declared = event.errorDeclaration;
  return {
    ref: declared ? sibling(refOf(eventID)) : refOf(eventID),
    eventID,
    hash,
    print: declared ? sha256Hex(hash + canonicalJson(declared)) : hash,
    eventTime: utcInstant(event.eventTime),
    event: stored,
    at,
    rows: namedIn(event).size + tiesOf(event).length + 3,
  };
}
