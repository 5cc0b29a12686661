import type { EpcisEvent } from './event.ts';
import { canonicalEpc } from './identifiers.ts';
import { type Fields, isFields, items, records } from './json.ts';
import { bareWord, type VocabularyName } from './vocabulary.ts';

/** What a thing or a class is in an event. */
export type EpcRole = 'epc' | 'parent' | 'child' | 'input' | 'output';

/** The lists of identifiers of all event types: of single things, and of classes with their quantities. */
export const epcLists: readonly (readonly [field: string, role: EpcRole])[] = [
  ['epcList', 'epc'],
  ['childEPCs', 'child'],
  ['inputEPCList', 'input'],
  ['outputEPCList', 'output'],
];
export const quantityLists: readonly (readonly [field: string, role: EpcRole])[] = [
  ['quantityList', 'epc'],
  ['childQuantityList', 'child'],
  ['inputQuantityList', 'input'],
  ['outputQuantityList', 'output'],
];

/** The form in which identifiers are compared: a URN and a link of one thing are the same; what is no GS1 key stands as it is. */
export function sameEpc(text: string): string {
  const read = canonicalEpc(text);
  return read.ok ? read.epc : text;
}

/** The form in which words of a vocabulary are compared; a partner's own URI stands as it is. */
export const sameWord = (vocabulary: VocabularyName, text: string): string => bareWord(vocabulary, text);

/** Every identifier of things and classes in an event, canonical, with what it is there. */
export function namedIn(event: EpcisEvent): Map<string, EpcRole[]> {
  const fields = event as Fields;
  const named = new Map<string, EpcRole[]>();
  const add = (epc: unknown, role: EpcRole) => {
    if (typeof epc !== 'string') return;
    const same = sameEpc(epc);
    const roles = named.get(same) ?? [];
    if (!roles.includes(role)) named.set(same, [...roles, role]);
  };
  add(fields.parentID, 'parent');
  for (const [field, role] of epcLists) for (const epc of items(fields[field])) add(epc, role);
  for (const [field, role] of quantityLists) for (const { epcClass } of records(fields[field])) add(epcClass, role);
  return named;
}

/** An instant in UTC with milliseconds, so that instants sort as text. EPCIS allows finer ones; what is finer is cut off. */
export const utcInstant = (moment: string): string => new Date(Date.parse(moment)).toISOString();

/** What a timeline tells of an event without its body: enough to leave out most that a query does not want. */
export interface EventSummary {
  type: string;
  action?: string | undefined;
  bizStep?: string | undefined;
  disposition?: string | undefined;
  readPoint?: string | undefined;
  bizLocation?: string | undefined;
}

const placeOf = (place: unknown): string | undefined => (isFields(place) && typeof place.id === 'string' ? sameEpc(place.id) : undefined);
const wordOf = (vocabulary: VocabularyName, text: unknown): string | undefined =>
  typeof text === 'string' ? sameWord(vocabulary, text) : undefined;

export function summaryOf(event: EpcisEvent): EventSummary {
  const fields = event as Fields;
  return {
    type: event.type,
    action: typeof fields.action === 'string' ? fields.action : undefined,
    bizStep: wordOf('bizStep', fields.bizStep),
    disposition: wordOf('disposition', fields.disposition),
    readPoint: placeOf(fields.readPoint),
    bizLocation: placeOf(fields.bizLocation),
  };
}
