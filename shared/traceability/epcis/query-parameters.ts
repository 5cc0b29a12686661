import { canonicalEpc } from './identifiers.ts';
import { isFields, items, records } from './json.ts';
import { epcLists, quantityLists, sameEpc, sameWord, utcInstant } from './named-in.ts';
import { namedReader } from './named-parameters.ts';
import { patternOf } from './patterns.ts';
import { amount, anyOf, comparisons, exists, type Reader, truth, type Values } from './query-tests.ts';
import type { VocabularyName } from './vocabulary.ts';

const word = (vocabulary: VocabularyName) => (text: string) => sameWord(vocabulary, text);
const field =
  (name: string): Values =>
  (event) => [event[name]];
const inside =
  (name: string, member: string): Values =>
  (event) =>
    isFields(event[name]) ? [event[name][member]].flat() : [];

const isPattern = (text: string): boolean => text.startsWith('urn:epc:idpat:');
const isNoIdentifier = (text: string): boolean => {
  const read = canonicalEpc(text);
  return !/^[a-z][a-z\d+.-]*:./i.test(text) || (!read.ok && read.fault !== 'not_gs1');
};
/** Names of one thing or class each. */
const identified =
  (found: Values): Reader =>
  (values) =>
    values.some(isNoIdentifier) ? undefined : anyOf(found, sameEpc)(values);

/** Where things are asked for, a pattern matches many; where classes are, that of all serials of a product is the product's own name. */
const isOpen = (value: string, of: 'things' | 'classes'): boolean => isPattern(value) && !(of === 'classes' && canonicalEpc(value).ok);

/** Names and patterns. */
const matching =
  (found: Values, of: 'things' | 'classes'): Reader =>
  (values) => {
    const patterns = values.filter((value) => isOpen(value, of)).map(patternOf);
    const named = identified(found)(values.filter((value) => !isOpen(value, of)));
    if (!named || patterns.some((pattern) => pattern === undefined)) return undefined;
    const isMatch = (value: unknown) => typeof value === 'string' && patterns.some((pattern) => pattern?.test(sameEpc(value)));
    return (event) => named(event) || found(event).some(isMatch);
  };

/** The identifiers of which an event must name one to match a parameter; undefined where a pattern leaves them open. */
export function identifiersOf(name: string, values: readonly string[]): string[] | undefined {
  if (!name.startsWith('MATCH_')) return undefined;
  const of = name.endsWith('Class') ? 'classes' : 'things';
  return values.some((value) => isOpen(value, of)) ? undefined : [...new Set(values.map(sameEpc))];
}

const listed =
  (roles: readonly string[], parent: boolean): Values =>
  (event) => [
    ...(parent ? [event.parentID] : []),
    ...epcLists.filter(([, role]) => roles.includes(role)).flatMap(([name]) => items(event[name])),
  ];
const classes =
  (roles: readonly string[]): Values =>
  (event) =>
    quantityLists.filter(([, role]) => roles.includes(role)).flatMap(([name]) => records(event[name]).map(({ epcClass }) => epcClass));
const everyRole = ['epc', 'child', 'input', 'output'];

const instant = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text))
    ? utcInstant(text)
    : undefined;

/** The bound as it is compared: UTC with milliseconds. */
export const readInstant = ([text, ...more]: readonly string[]): string | undefined =>
  text === undefined || more.length ? undefined : instant(text);

const times =
  (found: Values, fits: (value: string, bound: string) => boolean): Reader =>
  (values) => {
    const bound = readInstant(values);
    if (bound === undefined) return undefined;
    return (event) => found(event).some((value) => typeof value === 'string' && fits(instant(value) ?? '', bound));
  };
const notBefore = (value: string, bound: string): boolean => value >= bound;
const before = (value: string, bound: string): boolean => value !== '' && value < bound;

const quantities: Values = (event) => quantityLists.flatMap(([name]) => records(event[name]).map(({ quantity }) => quantity));
const quantityParameters = Object.fromEntries(
  Object.entries(comparisons).map(([by, fits]) => [`${by}_quantity`, amount(quantities, fits)]),
);

/** What sensors say: of the element's metadata, of its reports, or of both. */
const sensed =
  (name: string, places: readonly ('metadata' | 'report')[] = ['metadata', 'report']): Values =>
  (event) =>
    records(event.sensorElementList).flatMap((element) => [
      ...(places.includes('metadata') && isFields(element.sensorMetadata) ? [element.sensorMetadata[name]] : []),
      ...(places.includes('report') ? records(element.sensorReport).map((report) => report[name]) : []),
    ]);

const enumerated =
  (name: string, words: readonly string[]): Reader =>
  (values) =>
    values.every((value) => words.includes(value)) ? anyOf(field(name))(values) : undefined;

export const eventTypes = ['AggregationEvent', 'AssociationEvent', 'ObjectEvent', 'TransactionEvent', 'TransformationEvent'] as const;

const declared = (member: string): Values => inside('errorDeclaration', member);
/** No place here is part of another: no master data says so, so a place has no descendants but itself. */
const place =
  (name: string): Reader =>
  (values) =>
    values.some(isPattern) ? undefined : identified(inside(name, 'id'))(values);

/** The parameters of EPCIS 2.0 (8.2.7.1) with fixed names that pick events; times and order are read elsewhere. */
export const parameters: Readonly<Record<string, Reader>> = {
  eventType: enumerated('type', eventTypes),
  EQ_action: enumerated('action', ['ADD', 'OBSERVE', 'DELETE']),
  EQ_bizStep: anyOf(field('bizStep'), word('bizStep')),
  EQ_disposition: anyOf(field('disposition'), word('disposition')),
  EQ_persistentDisposition_set: anyOf(inside('persistentDisposition', 'set'), word('disposition')),
  EQ_persistentDisposition_unset: anyOf(inside('persistentDisposition', 'unset'), word('disposition')),
  EQ_readPoint: place('readPoint'),
  WD_readPoint: place('readPoint'),
  EQ_bizLocation: place('bizLocation'),
  WD_bizLocation: place('bizLocation'),
  EQ_transformationID: anyOf(field('transformationID')),
  EQ_eventID: anyOf(field('eventID')),
  MATCH_epc: matching(listed(['epc', 'child'], false), 'things'),
  MATCH_parentID: matching(listed([], true), 'things'),
  MATCH_inputEPC: matching(listed(['input'], false), 'things'),
  MATCH_outputEPC: matching(listed(['output'], false), 'things'),
  MATCH_anyEPC: matching(listed(everyRole, true), 'things'),
  MATCH_epcClass: matching(classes(['epc', 'child']), 'classes'),
  MATCH_inputEPCClass: matching(classes(['input']), 'classes'),
  MATCH_outputEPCClass: matching(classes(['output']), 'classes'),
  MATCH_anyEPCClass: matching(classes(everyRole), 'classes'),
  ...quantityParameters,
  EXISTS_errorDeclaration: exists((event) => event.errorDeclaration !== undefined),
  EXISTS_ilmd: exists(({ ilmd }) => isFields(ilmd) && Object.keys(ilmd).length > 0),
  GE_errorDeclarationTime: times(declared('declarationTime'), notBefore),
  LT_errorDeclarationTime: times(declared('declarationTime'), before),
  EQ_errorReason: anyOf(declared('reason'), word('reason')),
  EQ_correctiveEventID: anyOf(declared('correctiveEventIDs')),
  GE_startTime: times(sensed('startTime', ['metadata']), notBefore),
  LT_startTime: times(sensed('startTime', ['metadata']), before),
  GE_endTime: times(sensed('endTime', ['metadata']), notBefore),
  LT_endTime: times(sensed('endTime', ['metadata']), before),
  EQ_type: anyOf(sensed('type', ['report']), word('measurement')),
  EQ_deviceID: anyOf(sensed('deviceID'), sameEpc),
  EQ_dataProcessingMethod: anyOf(sensed('dataProcessingMethod')),
  EQ_microorganism: anyOf(sensed('microorganism')),
  EQ_chemicalSubstance: anyOf(sensed('chemicalSubstance')),
  EQ_bizRules: anyOf(sensed('bizRules')),
  EQ_stringValue: anyOf(sensed('stringValue', ['report'])),
  EQ_hexBinaryValue: anyOf(sensed('hexBinaryValue', ['report'])),
  EQ_uriValue: anyOf(sensed('uriValue', ['report'])),
  EQ_booleanValue(values) {
    const wanted = truth(values);
    return wanted === undefined ? undefined : (event) => sensed('booleanValue', ['report'])(event).includes(wanted);
  },
};

/** Parameters whose name ends in the type of what they pick: `EQ_bizTransaction_po`. */
const typed: Readonly<Record<string, { list: string; member: string; vocabulary: VocabularyName; same: (text: string) => string }>> = {
  EQ_bizTransaction_: { list: 'bizTransactionList', member: 'bizTransaction', vocabulary: 'transaction', same: (text) => text },
  EQ_source_: { list: 'sourceList', member: 'source', vocabulary: 'party', same: sameEpc },
  EQ_destination_: { list: 'destinationList', member: 'destination', vocabulary: 'party', same: sameEpc },
};

/** `EQ_bizTransaction` without a type takes transactions of every type. */
function typedReader(name: string): Reader | undefined {
  if (name === 'EQ_bizTransaction') return anyOf((event) => records(event.bizTransactionList).map(({ bizTransaction }) => bizTransaction));
  const start = Object.keys(typed).find((prefix) => name.startsWith(prefix) && name.length > prefix.length);
  const rule = start === undefined ? undefined : typed[start];
  if (start === undefined || !rule) return namedReader(name);
  const type = sameWord(rule.vocabulary, name.slice(start.length));
  const found: Values = (event) =>
    records(event[rule.list])
      .filter((one) => typeof one.type === 'string' && sameWord(rule.vocabulary, one.type) === type)
      .map((one) => one[rule.member]);
  return anyOf(found, rule.same);
}

export const readerOf = (name: string): Reader | undefined => (Object.hasOwn(parameters, name) ? parameters[name] : typedReader(name));
