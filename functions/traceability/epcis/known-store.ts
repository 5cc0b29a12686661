import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../platform/config.ts';
import { dynamo, type Item } from '../../platform/dynamo.ts';
import { longestKnown } from './capture-store.ts';
import { epcKey, epcsPartition, readPointers } from './event-store.ts';

export type KnownKind = 'bizStep' | 'disposition' | 'readPoint' | 'bizLocation';

/** What a seller's visible events name, in the order of the texts, after `after`; `more` when there may be others. */
export interface KnownPage {
  values: string[];
  more: boolean;
}

async function query(pk: string, after: string, limit: number): Promise<{ items: Item[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: tables.traceability,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': pk, ':after': after || ' ' },
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  return { items: Items, more: LastEvaluatedKey !== undefined };
}

/** Places and words. */
export async function readKnown(sellerId: string, kind: KnownKind, asOf: string, limit: number, after = ''): Promise<KnownPage> {
  const values: string[] = [];
  for (let place = after; ; ) {
    const { items, more } = await query(`KNOWN#${sellerId}#${kind}`, place, limit);
    for (const { sk, recordTime } of items) {
      if (String(recordTime) > asOf) continue;
      if (values.length === limit) return { values, more: true };
      values.push(String(sk));
    }
    if (!more) return { values, more: false };
    place = String(items.at(-1)?.sk);
  }
}

/** A sort key holds 1,024 bytes, and longer names were not kept. */
const fitsKey = (text: string): boolean => text !== '' && Buffer.byteLength(text) <= longestKnown;

/** Whether a visible event is at this place or has this word. */
export async function isKnown(sellerId: string, kind: KnownKind, value: string, asOf: string): Promise<boolean> {
  if (!fitsKey(value)) return false;
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: tables.traceability, Key: { pk: `KNOWN#${sellerId}#${kind}`, sk: value }, ConsistentRead: true }),
  );
  return Item !== undefined && String(Item.recordTime) <= asOf;
}

/** Whether a visible event names this thing or class. */
export async function isKnownEpc(sellerId: string, epc: string, asOf: string): Promise<boolean> {
  for (let from: string | undefined = ''; from !== undefined; ) {
    const page: Awaited<ReturnType<typeof readPointers>> = await readPointers(
      sellerId,
      { by: 'epc', epc },
      { from, ascending: true, limit: 100 },
    );
    if (page.pointers.some(({ recordTime }) => recordTime <= asOf)) return true;
    const last = page.pointers.at(-1);
    from = page.more && last ? `${last.eventTime}#${last.ref}\u0001` : undefined;
  }
  return false;
}

/** Behind all rows of this one's name: behind every time, and of a tie (graph/ties.ts), which is no name of a thing, behind all its kind. */
function behind(sk: string, isTie: boolean): string {
  const name = sk.slice(0, sk.lastIndexOf(' '));
  return isTie && name.includes(' ') ? `${name.slice(0, name.lastIndexOf(' '))}!` : `${name} ~`;
}

/** Things and classes: one step for each, over all of its rows at once. */
export async function readEpcs(sellerId: string, asOf: string, limit: number, after: string | undefined): Promise<KnownPage> {
  const values: string[] = [];
  for (let place = after === undefined ? '' : `${epcKey(after)} ~`; ; ) {
    const [row] = (await query(epcsPartition(sellerId), place, 1)).items;
    if (!row) return { values, more: false };
    const epc = String(row.epc);
    // No URI holds a space.
    const isTie = epc.includes(' ');
    place = behind(String(row.sk), isTie);
    if (isTie || !(await isKnownEpc(sellerId, epc, asOf))) continue;
    if (values.length === limit) return { values, more: true };
    values.push(epc);
  }
}
