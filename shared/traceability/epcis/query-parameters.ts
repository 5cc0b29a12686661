import { canonicalEpc } from './identifiers.ts';
import { type Fields, isFields, items, records } from './json.ts';
import { epcLists, quantityLists, sameEpc, sameWord, utcInstant } from './named-in.ts';
import type { VocabularyName } from './vocabulary.ts';

/** Whether an event, as it is answered, satisfies one parameter of a query. */
export type Test = (event: Fields) => boolean;

/** Makes a test of a parameter's values; undefined when one of them is not what the parameter takes. */
type Reader = (values: readonly string[]) => Test | undefined;

type Values = (event: Fields) => unknown[];

/** A value of a field against any of those asked for; both in the form in which such values are compared. */
const anyOf =
  (found: Values, same: (text: string) => string = (text) => text): Reader =>
  (values) => {
    const wanted = new Set(values.map(same));
    return (event) => found(event).some((value) => typeof value === 'string' && wanted.has(same(value)));
  };

const word = (vocabulary: VocabularyName) => (text: string) => sameWord(vocabulary, text);
const field =
  (name: string): Values =>
  (event) => [event[name]];
const inside =
  (name: string, member: string): Values =>
  (event) =>
    isFields(event[name]) ? [event[name][member]].flat() : [];

/** `urn:epc:idpat:…` names many things at once; a thing is asked for by its own name here. */
const isPattern = (text: string): boolean => text.startsWith('urn:epc:idpat:');
const isNoIdentifier = (text: string): boolean => {
  const read = canonicalEpc(text);
  return !/^[a-z][a-z\d+.-]*:./i.test(text) || (!read.ok && read.fault !== 'not_gs1');
};
const identified =
  (found: Values, patterns: 'classes' | 'none'): Reader =>
  (values) =>
    values.some((value) => isNoIdentifier(value) || (patterns === 'none' && isPattern(value))) ? undefined : anyOf(found, sameEpc)(values);

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
const amount =
  (fits: (value: number, bound: number) => boolean): Reader =>
  ([text = '', ...more]) => {
    const bound = Number(text);
    if (more.length || !/^-?\d/.test(text) || !Number.isFinite(bound)) return undefined;
    return (event) => quantities(event).some((value) => typeof value === 'number' && fits(value, bound));
  };

const truth = ([text, ...more]: readonly string[]): boolean | undefined =>
  more.length ? undefined : text === 'true' ? true : text === 'false' ? false : undefined;

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
const place = (name: string): Reader => identified(inside(name, 'id'), 'none');

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
  MATCH_epc: identified(listed(['epc', 'child'], false), 'none'),
  MATCH_parentID: identified(listed([], true), 'none'),
  MATCH_inputEPC: identified(listed(['input'], false), 'none'),
  MATCH_outputEPC: identified(listed(['output'], false), 'none'),
  MATCH_anyEPC: identified(listed(everyRole, true), 'none'),
  MATCH_epcClass: identified(classes(['epc', 'child']), 'classes'),
  MATCH_inputEPCClass: identified(classes(['input']), 'classes'),
  MATCH_outputEPCClass: identified(classes(['output']), 'classes'),
  MATCH_anyEPCClass: identified(classes(everyRole), 'classes'),
  EQ_quantity: amount((value, bound) => value === bound),
  GT_quantity: amount((value, bound) => value > bound),
  GE_quantity: amount((value, bound) => value >= bound),
  LT_quantity: amount((value, bound) => value < bound),
  LE_quantity: amount((value, bound) => value <= bound),
  EXISTS_errorDeclaration(values) {
    const wanted = truth(values);
    return wanted === undefined ? undefined : (event) => !wanted || event.errorDeclaration !== undefined;
  },
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
  if (start === undefined || !rule) return undefined;
  const type = sameWord(rule.vocabulary, name.slice(start.length));
  const found: Values = (event) =>
    records(event[rule.list])
      .filter((one) => typeof one.type === 'string' && sameWord(rule.vocabulary, one.type) === type)
      .map((one) => one[rule.member]);
  return anyOf(found, rule.same);
}

export const readerOf = (name: string): Reader | undefined => (Object.hasOwn(parameters, name) ? parameters[name] : typedReader(name));
