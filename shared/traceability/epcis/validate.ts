import type * as z from 'zod';
import { epcisDocument, eventsOf } from './document.ts';
import { type EpcisEvent, epcisEvent } from './event.ts';
import { epcCode, type Finding, type FindingCode, finding, isFindingCode } from './findings.ts';
import { canonicalEpc } from './identifiers.ts';
import { type Fields, items, pointer, records } from './json.ts';
import type { Level } from './keys.ts';
import { sensorFindings } from './sensor-rules.ts';
import { bareWord } from './vocabulary.ts';

/** How far a handheld's clock may be ahead of ours. */
const clockSkewMs = 5 * 60_000;
const deepest = 40;

const classes: ReadonlySet<Level> = new Set<Level>(['product', 'lot', 'assetType']);

function shapeFindings({ issues }: z.ZodError, at: string): Finding[] {
  return issues.map((issue) => {
    const fault: unknown = issue.code === 'custom' ? issue.params?.fault : undefined;
    const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return finding(isFindingCode(fault) ? fault : 'shape', at + pointer(...issue.path, ...extra));
  });
}

/** Browsers drop tabs and line ends inside a scheme, so `java\tscript:` runs as well. */
const isDangerous = (text: string): boolean =>
  /^[\s\p{Cc}]*(?:(?:java|vb)script\s*:|(?:data|file|blob):\S)/iu.test(text.replace(/[\t\n\r]/g, ''));

/** Every text counts, extensions too: a page of ours may make a link of any of them. The depth bounds whoever walks the event later. */
function* textFindings(value: unknown, at: string, depth = 0): Iterable<Finding> {
  if (depth > deepest) yield finding('too_deep', at);
  else if (typeof value === 'string' && isDangerous(value)) yield finding('dangerous_uri', at);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) yield* textFindings(inner, at + pointer(name), depth + 1);
}

/** The finding for an identifier of which only some levels fit here. URIs outside GS1 are the partner's own business. */
function misfit(epc: unknown, at: string, fits: (level: Level) => boolean, code: FindingCode): Finding[] {
  if (typeof epc !== 'string') return [];
  const read = canonicalEpc(epc);
  if (!read.ok) return read.fault === 'not_gs1' ? [] : [finding(epcCode(read.fault), at)];
  return fits(read.level) ? [] : [finding(code, at)];
}

const thing = (epc: unknown, at: string): Finding[] => misfit(epc, at, (level) => !classes.has(level), 'class_in_epc_list');

/** A URN and a link may be the same EPC, so repeats are found among canonical forms. */
function sameness(epc: unknown): string {
  const read = canonicalEpc(String(epc));
  return read.ok ? read.epc : String(epc);
}

function* listFindings(event: Fields, name: string, at: string): Iterable<Finding> {
  const seen = new Set<string>();
  const parent = event.parentID === undefined ? undefined : sameness(event.parentID);
  for (const [i, epc] of items(event[name]).entries()) {
    const own = `${at}/${name}/${i}`;
    yield* thing(epc, own);
    const same = sameness(epc);
    if (seen.has(same)) yield finding('duplicate_epc', own);
    if (same === parent) yield finding('parent_among_children', own);
    seen.add(same);
  }
}

function* quantityFindings(event: Fields, name: string, at: string): Iterable<Finding> {
  for (const [i, { epcClass, quantity }] of records(event[name]).entries()) {
    yield* misfit(epcClass, `${at}/${name}/${i}/epcClass`, (level) => classes.has(level), 'thing_in_quantity_list');
    if (typeof quantity === 'number' && quantity < 0) yield finding('negative_quantity', `${at}/${name}/${i}/quantity`);
  }
}

const isPlace = (level: Level): boolean => level === 'place';
/** EPCIS 2.0 still lets an SGLN stand for a party, as 1.2 did before there was a PGLN. */
const isParty = (level: Level): boolean => level === 'party' || level === 'place';

function* whereFindings(event: Fields, at: string): Iterable<Finding> {
  for (const name of ['readPoint', 'bizLocation'])
    for (const { id } of records([event[name]])) yield* misfit(id, `${at}/${name}/id`, isPlace, 'not_a_place');
  for (const name of ['source', 'destination'])
    for (const [i, one] of records(event[`${name}List`]).entries()) {
      const place = bareWord('party', String(one.type)) === 'location';
      yield* misfit(one[name], `${at}/${name}List/${i}/${name}`, place ? isPlace : isParty, place ? 'not_a_place' : 'not_a_party');
    }
}

function* whenFindings(event: EpcisEvent, now: Date, at: string): Iterable<Finding> {
  const latest = now.getTime() + clockSkewMs;
  if (Date.parse(event.eventTime) > latest) yield finding('in_future', `${at}/eventTime`);
  const declared = event.errorDeclaration?.declarationTime;
  if (declared && Date.parse(declared) > latest) yield finding('in_future', `${at}/errorDeclaration/declarationTime`);
}

function* meaningFindings(event: EpcisEvent, now: Date, at: string): Iterable<Finding> {
  yield* whenFindings(event, now, at);
  for (const name of ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList']) yield* listFindings(event, name, at);
  for (const name of ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'])
    yield* quantityFindings(event, name, at);
  yield* thing((event as Fields).parentID, `${at}/parentID`);
  yield* whereFindings(event, at);
  yield* sensorFindings(event.sensorElementList, `${at}/sensorElementList`);
}

/** Everything wrong with one event: first its texts and its shape, and what it means only when the shape is right. Never throws. */
export function eventFindings(event: unknown, now: Date, at = ''): Finding[] {
  const texts = [...textFindings(event, at)];
  const read = epcisEvent.safeParse(event);
  return [...texts, ...(read.success ? meaningFindings(read.data, now, at) : shapeFindings(read.error, at))];
}

/**
 * Everything wrong with an EPCISDocument or EPCISQueryDocument sent for capture; an empty list means it may be stored, unless two different
 * events in it have one ID: which are different, only their hashes tell. Never throws.
 */
export function documentFindings(sent: unknown, now: Date): Finding[] {
  const read = epcisDocument.safeParse(sent);
  if (!read.success) return shapeFindings(read.error, '');
  const { at, events } = eventsOf(read.data);
  const { schemaVersion, creationDate, epcisBody: _, ...rest } = read.data;
  return [
    ...(schemaVersion !== undefined && !/^2\.0(?:\.\d+)*$/.test(schemaVersion) ? [finding('schema_version', '/schemaVersion')] : []),
    ...(creationDate && Date.parse(creationDate) > now.getTime() + clockSkewMs ? [finding('in_future', '/creationDate')] : []),
    // A document may carry master data alone, and a query may have found nothing.
    ...(rest.type === 'EPCISDocument' && !events.length && !rest.epcisHeader ? [finding('no_events', at)] : []),
    ...textFindings(rest, ''),
    ...events.flatMap((event, i) => eventFindings(event, now, `${at}/${i}`)),
  ];
}
