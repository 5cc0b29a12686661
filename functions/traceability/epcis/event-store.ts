import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GetCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { type EpcRole, type EventSummary, namedIn, sameEpc, summaryOf } from '../../../shared/traceability/epcis/named-in.ts';
import { tiesOf } from '../../../shared/traceability/graph/ties.ts';
import { tables } from '../../platform/config.ts';
import { dynamo, getMany, type Item, queryAll } from '../../platform/dynamo.ts';
import { isDeclaration, type PreparedEvent, refOf, sibling } from './prepare.ts';

/*
 * Events belong to one seller:
 *   EVENTS#{seller}        HEAD                       `recordTime`: what was recorded up to it is there; and who is recording (capture-store.ts)
 *   EVENT#{seller}#{ref}   EVENT | ERROR              the event, and the declaration that it was an error
 *   EVENTS#{seller}#R      {recordTime}#{ref}         the order in which they were recorded
 *   EVENTS#{seller}#T      {eventTime}#{ref}          the order in which they happened
 *   EPCS#{seller}          {epc} {eventTime}#{ref}    what happened to a thing or a lot, with its roles; and the events of a tie (graph/ties.ts)
 *   KNOWN#{seller}#{kind}  {value}                    places and words that events name; `recordTime` is the first such event's
 * Events become visible by one write, of HEAD: a row later than HEAD's record time is not there yet for any reader. So every read asks
 * for HEAD first, and never beside the rows: rows read before HEAD could be half of what HEAD then says is whole.
 */
const table = tables.traceability;
export const headKey = (sellerId: string) => ({ pk: `EVENTS#${sellerId}`, sk: 'HEAD' });
export const eventKey = (sellerId: string, ref: string) =>
  isDeclaration(ref) ? { pk: `EVENT#${sellerId}#${sibling(ref)}`, sk: 'ERROR' } : { pk: `EVENT#${sellerId}#${ref}`, sk: 'EVENT' };
export const epcsPartition = (sellerId: string): string => `EPCS#${sellerId}`;

/** A sort key may hold 1,024 bytes, and a URI any number. */
export const epcKey = (text: string): string =>
  Buffer.byteLength(text) > 600 ? `sha256:${createHash('sha256').update(text).digest('hex')}` : text;

/** A place in a timeline, the same in all of them: `{time}#{ref}`. */
export interface Pointer extends EventSummary {
  ref: string;
  /** UTC with milliseconds. */
  eventTime: string;
  recordTime: string;
  /** In the rows of an identifier. */
  roles?: EpcRole[];
}

export interface StoredEvent {
  eventID: string;
  sellerId: string;
  /** When the market recorded it: a later write has a later time, and one write one time. UTC with milliseconds. */
  recordTime: string;
  /** When it happened. UTC with milliseconds. */
  eventTime: string;
  /** The event hash, `ni:///sha-256;…?ver=CBV2.0`. */
  hash: string;
  /** As captured, with eventID and recordTime. */
  event: EpcisEvent;
}

export type StoredEventOfEpc = StoredEvent & { roles: EpcRole[] };

/** What a row of an event tells whoever compares. */
export interface Print {
  hash: string;
  print: string;
  recordTime: string;
  /** Which capture wrote it. */
  job: string;
}

const zipFromBytes = 20_000;

function bodyOf(event: EpcisEvent): string | Uint8Array {
  const text = JSON.stringify(event);
  return text.length > zipFromBytes ? gzipSync(text) : text;
}

/** DynamoDB's limit is 400 KB for the whole item. */
export const maxBodyBytes = 350_000;
export function fits(event: EpcisEvent): boolean {
  const body = bodyOf(event);
  return (typeof body === 'string' ? Buffer.byteLength(body) : body.length) <= maxBodyBytes;
}

/** The rows of an event: the same for whoever writes them, so that they can be written again. */
export function rowsOf(sellerId: string, prepared: PreparedEvent, recordTime: string, job: string): Item[] {
  const { ref, eventID, hash, print, eventTime, event } = prepared;
  const pointer: Pointer = { ref, eventTime, recordTime, ...summaryOf(event) };
  return [
    { ...eventKey(sellerId, ref), eventID, hash, print, eventTime, recordTime, job, body: bodyOf(event) },
    { pk: `EVENTS#${sellerId}#R`, sk: `${recordTime}#${ref}`, ...pointer },
    { pk: `EVENTS#${sellerId}#T`, sk: `${eventTime}#${ref}`, ...pointer },
    ...[...namedIn(event), ...tiesOf(event).map((tie) => [tie, []] as const)].map(([epc, roles]) => ({
      ...{ pk: epcsPartition(sellerId), sk: `${epcKey(epc)} ${eventTime}#${ref}` },
      ...pointer,
      epc,
      roles,
    })),
  ];
}

function storedEvent(sellerId: string, item: Item): StoredEvent {
  const body = typeof item.body === 'string' ? item.body : gunzipSync(item.body as Uint8Array).toString();
  const recordTime = String(item.recordTime);
  const event = { ...(JSON.parse(body) as object), recordTime } as unknown as EpcisEvent;
  return { sellerId, eventID: String(item.eventID), hash: String(item.hash), eventTime: String(item.eventTime), recordTime, event };
}

/**
 * The event in a row, for whoever reads the whole table; undefined when the row is none. Of an event whose text cannot be read (only
 * another hand than ours writes such) `stored` is absent.
 */
export function eventOfRow(
  item: Item,
): { sellerId: string; ref: string; eventID: string; recordTime: string; stored: StoredEvent | undefined } | undefined {
  const [, sellerId, own] = /^EVENT#(.+)#([^#]+)$/.exec(String(item.pk)) ?? [];
  if (sellerId === undefined || own === undefined || (item.sk !== 'EVENT' && item.sk !== 'ERROR')) return undefined;
  const row = {
    sellerId,
    ref: item.sk === 'ERROR' ? sibling(own) : own,
    eventID: String(item.eventID),
    recordTime: String(item.recordTime),
  };
  try {
    return { ...row, stored: storedEvent(sellerId, item) };
  } catch {
    return { ...row, stored: undefined };
  }
}

/** Everything recorded up to this instant is there; undefined when nothing is. */
export async function recordedUpTo(sellerId: string): Promise<string | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: headKey(sellerId), ConsistentRead: true }));
  return Item?.recordTime as string | undefined;
}

/** What there is of these events and of their declarations, by ref, visible or not yet. */
export async function readPrints(sellerId: string, refs: readonly string[]): Promise<Map<string, Print>> {
  const keys = new Map(refs.flatMap((ref) => [ref, sibling(ref)]).map((ref) => [ref, eventKey(sellerId, ref)]));
  const items = await getMany(table, [...keys.values()]);
  return new Map(
    [...keys].flatMap(([ref, { pk, sk }]) => (items.has(`${pk}|${sk}`) ? [[ref, items.get(`${pk}|${sk}`) as unknown as Print]] : [])),
  );
}

/** Events with their refs, in the order of the refs. Up to 1 MB of bodies for every hundred. */
export async function readBodies(sellerId: string, refs: readonly string[]): Promise<Map<string, StoredEvent>> {
  const keys = new Map(refs.map((ref) => [ref, eventKey(sellerId, ref)]));
  const items = await getMany(table, [...keys.values()]);
  const events = new Map<string, StoredEvent>();
  for (const [ref, { pk, sk }] of keys) {
    const item = items.get(`${pk}|${sk}`);
    if (item) events.set(ref, storedEvent(sellerId, item));
  }
  return events;
}

/** The event of this ID, and behind it the declaration that it was an error, where there is one. */
export async function readEventAndDeclaration(sellerId: string, eventID: string, asOf?: string): Promise<StoredEvent[]> {
  const upTo = asOf ?? (await recordedUpTo(sellerId));
  if (upTo === undefined) return [];
  const ref = refOf(eventID);
  return [...(await readBodies(sellerId, [ref, sibling(ref)])).values()].filter(({ recordTime }) => recordTime <= upTo);
}

/** The event of this ID as it was captured first; a declaration that it was an error is not looked at. */
export async function readEvent(sellerId: string, eventID: string): Promise<StoredEvent | undefined> {
  const found = await readEventAndDeclaration(sellerId, eventID);
  return found.find(({ event }) => event.errorDeclaration === undefined);
}

/** Where a timeline is read: one of the seller's two, or that of an identifier. */
export type Timeline = { by: 'eventTime' } | { by: 'recordTime' } | { by: 'epc'; epc: string };

export interface Stretch {
  /** `{time}` or `{time}#{ref}`; from it on, itself included. */
  from?: string | undefined;
  /** Before it, itself left out. */
  before?: string | undefined;
  ascending: boolean;
  limit: number;
}

/** Characters that stand before and behind every time in a sort key. */
const [least, greatest] = ['', '~'];

/** One page of pointers, visible or not yet; `more` when there may be others in the stretch. */
export async function readPointers(
  sellerId: string,
  timeline: Timeline,
  { from, before, ascending, limit }: Stretch,
): Promise<{ pointers: Pointer[]; more: boolean }> {
  // An empty stretch is a fault to DynamoDB.
  if (from !== undefined && before !== undefined && from >= before) return { pointers: [], more: false };
  const [pk, prefix] =
    timeline.by === 'epc'
      ? [epcsPartition(sellerId), `${epcKey(sameEpc(timeline.epc))} `]
      : [`EVENTS#${sellerId}#${timeline.by === 'eventTime' ? 'T' : 'R'}`, ''];
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :before',
      // BETWEEN takes both ends in: the end itself is left out below.
      ExpressionAttributeValues: { ':pk': pk, ':from': prefix + (from ?? least) || ' ', ':before': prefix + (before ?? greatest) },
      ScanIndexForward: ascending,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const end = before === undefined ? undefined : prefix + before;
  const pointers = Items.filter(({ sk }) => sk !== end) as unknown as Pointer[];
  return { pointers, more: LastEvaluatedKey !== undefined };
}

interface Window {
  /** UTC instants: from it on. */
  from?: string | undefined;
  /** Up to and with it. */
  to?: string | undefined;
}

/** Every visible event that names this identifier, in the order in which they happened. */
export async function readEventsOf(sellerId: string, epc: string, window: Window = {}): Promise<StoredEventOfEpc[]> {
  return (await readEventsOfAll(sellerId, [epc], window)).get(sameEpc(epc)) ?? [];
}

/** The same for many identifiers at once, in three rounds of reading; the keys of the map are canonical. */
export async function readEventsOfAll(
  sellerId: string,
  epcs: readonly string[],
  { from, to }: Window = {},
): Promise<Map<string, StoredEventOfEpc[]>> {
  const upTo = await recordedUpTo(sellerId);
  const asked = [...new Set(epcs.map(sameEpc))];
  if (upTo === undefined) return new Map(asked.map((epc) => [epc, []]));
  const pointers = await Promise.all(
    asked.map(async (epc) => {
      const prefix = `${epcKey(epc)} `;
      const rows = await queryAll({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ...{ ':pk': epcsPartition(sellerId), ':from': prefix + (from ?? least), ':to': prefix + (to ?? '') + greatest },
        },
        ConsistentRead: true,
      });
      return (rows as unknown as Pointer[]).filter(({ recordTime }) => recordTime <= upTo);
    }),
  );
  const bodies = await readBodies(sellerId, [...new Set(pointers.flat().map(({ ref }) => ref))]);
  return new Map(
    asked.map((epc, i) => [
      epc,
      (pointers[i] ?? []).flatMap(({ ref, roles = [] }) => {
        const stored = bodies.get(ref);
        return stored ? [{ ...stored, roles }] : [];
      }),
    ]),
  );
}

/**
 * Visible events in the order in which they were recorded, from an instant on and before another. What was recorded before a time that
 * `recordedUpTo` told will never change: later events have later times.
 */
export async function* readRecorded(sellerId: string, fromRecordTime: string, beforeRecordTime: string): AsyncIterable<StoredEvent> {
  const upTo = await recordedUpTo(sellerId);
  if (upTo === undefined) return;
  for (let from: string | undefined = fromRecordTime; from !== undefined; ) {
    const page: { pointers: Pointer[]; more: boolean } = await readPointers(
      sellerId,
      { by: 'recordTime' },
      { from, before: beforeRecordTime, ascending: true, limit: 100 },
    );
    const visible = page.pointers.filter(({ recordTime }) => recordTime <= upTo).map(({ ref }) => ref);
    yield* (await readBodies(sellerId, visible)).values();
    const last: Pointer | undefined = page.pointers.at(-1);
    // The next key after this one.
    from = page.more && last ? `${last.recordTime}#${last.ref}\u0001` : undefined;
  }
}

/** How many events were recorded from an instant on, before another, and up to a third. No body is read. */
export async function countRecorded(sellerId: string, from: string, before: string, upTo: string): Promise<number> {
  let count = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page: QueryCommandOutput = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        // Behind every ref of `upTo`; a key that begins with `before` sorts behind it.
        ExpressionAttributeValues: { ':pk': `EVENTS#${sellerId}#R`, ':from': from, ':to': upTo < before ? upTo + greatest : before },
        ConsistentRead: true,
        Select: 'COUNT',
        ExclusiveStartKey: start,
      }),
    );
    count += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start);
  return count;
}

/** Identifiers with this beginning that events name, visible or not yet, each once; `isWhole` is false when there are more rows than `most`. */
export async function readNamesBeginning(sellerId: string, prefix: string, most: number): Promise<{ names: string[]; isWhole: boolean }> {
  const names = new Set<string>();
  let rows = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const page: QueryCommandOutput = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': epcsPartition(sellerId), ':prefix': prefix },
        ProjectionExpression: 'epc',
        ExclusiveStartKey: from,
      }),
    );
    for (const { epc } of page.Items ?? []) names.add(String(epc));
    rows += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from && rows < most);
  return { names: [...names], isWhole: from === undefined };
}
