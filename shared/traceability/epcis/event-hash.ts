import { hashedEpc } from './identifiers.ts';
import { type Fields, isFields, items, records } from './json.ts';
import { type VocabularyName, voc, webTerm } from './vocabulary.ts';

/** What of the document around an event its hash depends on. */
export interface HashContext {
  /** Prefix → namespace. */
  namespaces: ReadonlyMap<string, string>;
  /** Event-level extensions that a repository adds and the hash leaves out (`…:ignoreFields` of the document). */
  ignored: ReadonlySet<string>;
}

/** Prefixes that the official EPCIS context defines, so a document need not. */
const standard: [string, string][] = [
  ['gs1', voc],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
];

/** The context of a document's events; for an event sent alone, of the event. */
export function hashContext(document: Fields): HashContext {
  const contexts = [document['@context']].flat().filter(isFields);
  const declared = contexts.flatMap((context) =>
    Object.entries(context).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const ignored = Object.entries(document).filter(([name]) => name.endsWith(':ignoreFields'));
  return { namespaces: new Map([...standard, ...declared]), ignored: new Set(ignored.flatMap(([, names]) => items(names)).map(String)) };
}

/** By Unicode code point, which is the order of UTF-8 bytes; JavaScript's own order of UTF-16 units puts emoji before `ﬀ`. */
function byCodePoint(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}

const sorted = (texts: string[]): string => texts.toSorted(byCodePoint).join('');

/** UTC with milliseconds. The fourth decimal rounds the third: a float would round .0005 either way, so the digits decide. */
function utc(text: string): string {
  const match = /^(.*?:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  const seconds = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  if (Number.isNaN(seconds)) return text;
  const digits = (match?.[2] ?? '').padEnd(4, '0');
  return new Date(seconds + Number(digits.slice(0, 3)) + (Number(digits[3]) >= 5 ? 1 : 0)).toISOString();
}

/** A field of the standard: its name and, where it holds a word, the vocabulary of that word. */
type Field = string | readonly [name: string, vocabulary: VocabularyName];

const times = new Set(['eventTime', 'time', 'startTime', 'endTime']);

function expanded(text: string, { namespaces }: HashContext): string {
  const [prefix = '', ...local] = text.split(':');
  const namespace = namespaces.get(prefix);
  return namespace === undefined || !local.length || local[0]?.startsWith('//') ? text : namespace + local.join(':');
}

function canonicalValue(name: string, value: unknown, context: HashContext, vocabulary?: VocabularyName): string {
  if (typeof value !== 'string') return String(value);
  const text = value.trim();
  if (times.has(name)) return utc(text);
  return hashedEpc(expanded(vocabulary ? webTerm(vocabulary, text) : text, context));
}

/** `name=value` for each of these fields that is there, in this order; a list repeats the name. */
function pairs(of: Fields, fields: readonly Field[], context: HashContext): string {
  return fields
    .map((field) => {
      const [name, vocabulary] = typeof field === 'string' ? [field] : field;
      if (of[name] === undefined) return '';
      return sorted([of[name]].flat().map((value) => `${name}=${canonicalValue(name, value, context, vocabulary)}`));
    })
    .join('');
}

function qualified(name: string, { namespaces }: HashContext): string {
  const colon = name.indexOf(':');
  const namespace = namespaces.get(name.slice(0, colon));
  return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`;
}

/** Extension values stay as they are written: only their own namespace knows whether a text is a time or an identifier. */
function extension(name: string, value: unknown, context: HashContext): string {
  if (Array.isArray(value)) return sorted(value.map((item: unknown) => extension(name, item, context)));
  if (isFields(value)) return qualified(name, context) + extensions(value, context);
  return `${qualified(name, context)}=${typeof value === 'string' ? value.trim() : String(value)}`;
}

const extensions = (of: Fields, context: HashContext): string =>
  sorted(
    Object.entries(of)
      .filter(([name]) => name.includes(':'))
      .map(([name, value]) => extension(name, value, context)),
  );

const quantity = ['epcClass', 'quantity', 'uom'];
const device = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'];
const metadata = ['time', 'startTime', 'endTime', ...device, 'bizRules'];
const report: readonly Field[] = [
  ['type', 'measurement'],
  ['exception', 'alert'],
  ...device,
  ...['time', 'microorganism', 'chemicalSubstance', 'value'],
  ['component', 'component'],
  ...['stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue'],
  ...['uom', 'coordinateReferenceSystem'],
];

type Part = (event: Fields, context: HashContext) => string;

const plain =
  (...fields: Field[]): Part =>
  (event, context) =>
    pairs(event, fields, context);

const listed =
  (name: string, write: (item: unknown, context: HashContext) => string): Part =>
  (event, context) =>
    Array.isArray(event[name]) ? name + sorted(items(event[name]).map((item) => write(item, context))) : '';

const epcs = (name: string): Part => listed(name, (epc, context) => `epc=${canonicalValue('epc', epc, context)}`);
const quantities = (name: string): Part =>
  listed(name, (item, context) => (isFields(item) ? `quantityElement${pairs(item, quantity, context)}` : ''));

/** The type comes before what it types: CBV 2.0's text says after, its published hashes only come out this way. */
const typed = (name: string, field: string, vocabulary: VocabularyName): Part =>
  listed(name, (item, context) => (isFields(item) ? pairs(item, [['type', vocabulary], field], context) : ''));

const nested =
  (name: string, fields: readonly Field[]): Part =>
  (of, context) =>
    isFields(of[name]) ? name + pairs(of[name], fields, context) + extensions(of[name], context) : '';

const sensors = listed('sensorElementList', (element, context) => {
  if (!isFields(element)) return '';
  const reports = records(element.sensorReport).map((one) => `sensorReport${pairs(one, report, context)}${extensions(one, context)}`);
  return `sensorElement${nested('sensorMetadata', metadata)(element, context)}${sorted(reports)}${extensions(element, context)}`;
});

/**
 * The canonical order of CBV 2.0, 8.9. Two places follow the published hashes against the text: `certificationInfo` is part of the
 * hash, and destinations come before sources. Left out, as the text wants: eventID, recordTime, errorDeclaration.
 */
const parts: readonly Part[] = [
  plain('eventTime', 'eventTimeZoneOffset', 'certificationInfo'),
  epcs('epcList'),
  plain('parentID'),
  epcs('inputEPCList'),
  epcs('childEPCs'),
  quantities('quantityList'),
  quantities('childQuantityList'),
  quantities('inputQuantityList'),
  epcs('outputEPCList'),
  quantities('outputQuantityList'),
  plain('action', 'transformationID', ['bizStep', 'bizStep'], ['disposition', 'disposition']),
  nested('persistentDisposition', [
    ['set', 'disposition'],
    ['unset', 'disposition'],
  ]),
  nested('readPoint', ['id']),
  nested('bizLocation', ['id']),
  typed('bizTransactionList', 'bizTransaction', 'transaction'),
  typed('destinationList', 'destination', 'party'),
  typed('sourceList', 'source', 'party'),
  sensors,
  nested('ilmd', []),
];

/** The text that is hashed. Events that say the same in another order, time zone, URN or vocabulary spelling have the same text. */
export function eventPrehash(event: Fields, context: HashContext): string {
  const own = Object.fromEntries(Object.entries(event).filter(([name]) => !context.ignored.has(name)));
  return `eventType=${String(event.type)}${parts.map((part) => part(event, context)).join('')}${extensions(own, context)}`;
}

/** The event's name made of what it says (CBV 2.0, 8.9; RFC 6920). It names, it does not prove: whoever changes an event can hash it anew. */
export const eventHashId = (event: Fields, context: HashContext, sha256Hex: (text: string) => string): string =>
  `ni:///sha-256;${sha256Hex(eventPrehash(event, context))}?ver=CBV2.0`;
