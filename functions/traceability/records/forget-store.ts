import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../platform/config.ts';
import { dynamo, getMany, type Item, maxTransactItems, queryAll, type TransactItem, transact } from '../../platform/dynamo.ts';
import { eventKey, rowsOf, type StoredEvent } from '../epcis/event-store.ts';
import { refOfStored } from '../epcis/prepare.ts';
import { countsKey, shards, suspectPartition } from '../scans/scan-store.ts';
import { type Batch, itemKey, lotKey, readSellerLotGtins, type StoredLot, sellerLotKey, skuLotKey } from '../store.ts';
import { type DueRow, dropReminder, postpone } from './due-store.ts';

/*
 * What is left when keeping times are over:
 *   EPC#01/{gtin}/10/{lot}     FORGOTTEN   that there was such a lot, whose, and until when it was kept
 *   EPC#01/{gtin}/21/{serial}  S           the item's lot and `forgottenOn`, so that its label is not called invented and its serial is never
 *                                          drawn again
 *   LEAVES#{seller}#{day}      {n}         the fingerprints of forgotten events, marked (chain-store.ts)
 * Everything here can be done again: what is gone is gone, and what remains is found by the rows that are deleted last.
 */
const table = tables.traceability;
type Key = { pk: string; sk: string };
const forgottenKey = (gtin: string, lot: string): Key => ({ pk: lotKey(gtin, lot).pk, sk: 'FORGOTTEN' });
const gone = ({ pk, sk }: Key): TransactItem => ({ Delete: { TableName: table, Key: { pk, sk } } });

/** Deletes in transactions: a hundred single deletes would each be a call. */
async function deleteAll(keys: readonly Key[]): Promise<void> {
  for (let i = 0; i < keys.length; i += maxTransactItems) await transact(keys.slice(i, i + maxTransactItems).map(gone));
}

/** Empties a partition, page by page, of rows that begin so. */
async function empty(pk: string, prefix = ''): Promise<void> {
  for (;;) {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ...(prefix === '' ? {} : { ':prefix': prefix }) },
        ProjectionExpression: 'pk, sk',
        ConsistentRead: true,
        Limit: maxTransactItems,
      }),
    );
    if (Items.length === 0) return;
    await deleteAll(Items as unknown as Key[]);
  }
}

export interface ForgottenLot {
  gtin: string;
  lot: string;
  keptUntil: string;
  forgottenOn: string;
}

/** Of these lots, those that are there and those that were forgotten, by `{gtin}/{lot}`. */
export async function readLotsAndForgotten(
  names: readonly { gtin: string; lot: string }[],
): Promise<{ lots: Map<string, StoredLot>; forgotten: Map<string, ForgottenLot> }> {
  const found = await getMany(
    table,
    names.flatMap(({ gtin, lot }) => [lotKey(gtin, lot), forgottenKey(gtin, lot)]),
  );
  const lots = new Map<string, StoredLot>();
  const forgotten = new Map<string, ForgottenLot>();
  for (const item of found.values()) {
    const name = `${String(item.gtin)}/${String(item.lot)}`;
    if (item.sk === 'LOT') lots.set(name, item as unknown as StoredLot);
    else forgotten.set(name, item as unknown as ForgottenLot);
  }
  return { lots, forgotten };
}

/**
 * Strips the codes of one issue to what is left of them, row after row of 99. A row of serials goes with its items, so that whoever is
 * cut short goes on with the rows that are left.
 * @returns false when `mayGoOn` said stop
 */
export async function forgetCodes({ gtin, lot, id }: Batch, forgottenOn: string, mayGoOn: () => boolean): Promise<boolean> {
  const rows = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `BATCH#${id}` },
    ConsistentRead: true,
  });
  for (const row of rows) {
    if (!mayGoOn()) return false;
    const serials = row.serials as string[];
    await transact([
      ...serials.map((serial) => ({ Put: { TableName: table, Item: { ...itemKey(gtin, serial), lot, forgottenOn } } })),
      gone(row as unknown as Key),
    ]);
  }
  await deleteAll([{ pk: lotKey(gtin, lot).pk, sk: `BATCH#${id}` }]);
  return true;
}

/** Where else the lot left rows: packages that carry it, counts of scans, notices of its recalls, readings of loggers. */
export async function forgetAround({ sku, gtin, lot }: StoredLot): Promise<void> {
  const beside = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': lotKey(gtin, lot).pk },
    ConsistentRead: true,
  });
  const recalls = beside.filter(({ sk }) => /^RECALL#[^#]+$/.test(String(sk)));
  for (const { id } of recalls) await empty(`NOTICE#${String(id)}`);
  const readings = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `READINGS#${gtin}#${lot}` },
    ConsistentRead: true,
  });
  for (const { sk } of readings) await empty(String(sk));
  await deleteAll(readings as unknown as Key[]);
  await deleteAll([skuLotKey({ sku, gtin, lot })]);
  await empty(`LOTSOLD#${gtin}#${lot}`);
  await empty(suspectPartition(gtin, lot));
  await deleteAll(Array.from({ length: shards }, (_, n) => countsKey(gtin, lot, n)));
  await deleteAll(beside.filter(({ sk }) => /^(?:RECALL|REACHED)#/.test(String(sk))) as unknown as Key[]);
}

/** The lots whose recall reached this one. */
export async function readRecallers({ gtin, lot }: StoredLot): Promise<{ gtin: string; lot: string }[]> {
  const rows = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :reached)',
    ExpressionAttributeValues: { ':pk': lotKey(gtin, lot).pk, ':reached': 'REACHED#' },
    ConsistentRead: true,
  });
  return rows.flatMap(({ of }) => (of ? [of as { gtin: string; lot: string }] : []));
}

/**
 * The last write of a lot: itself, its reminder, and in its place what is left. False when codes were issued or a recall was called since
 * it was read: then it is looked at again another night.
 */
export async function endLot(seen: StoredLot, row: DueRow, left: ForgottenLot): Promise<boolean> {
  const written = await transact([
    {
      Delete: {
        TableName: table,
        Key: lotKey(seen.gtin, seen.lot),
        ConditionExpression: 'codesIssued = :seen AND attribute_not_exists(recall)',
        ExpressionAttributeValues: { ':seen': seen.codesIssued },
      },
    },
    { Put: { TableName: table, Item: { ...forgottenKey(seen.gtin, seen.lot), ...left, sellerId: seen.sellerId } } },
    dropReminder(row),
  ]);
  if (!written.ok) return false;
  await dropLotName(seen);
  return true;
}

/** The row that says which lots of the seller have that number goes with the last of them; until then it names more than there are. */
async function dropLotName({ sellerId, lot }: StoredLot): Promise<void> {
  const gtins = await readSellerLotGtins(sellerId, lot);
  if (gtins.length === 0 || gtins.length >= maxTransactItems) return;
  const size = '(attribute_not_exists(gtins) OR size(gtins) <= :known)';
  await transact([
    {
      Delete: {
        TableName: table,
        Key: sellerLotKey(sellerId, lot),
        // A set that only grows is the one that was read when it has not grown.
        ConditionExpression: `attribute_exists(pk) AND ${size}`,
        ExpressionAttributeValues: { ':known': gtins.length },
      },
    },
    ...gtins.map((gtin) => ({
      ConditionCheck: { TableName: table, Key: lotKey(gtin, lot), ConditionExpression: 'attribute_not_exists(pk)' },
    })),
  ]);
}

/** Takes an event away: first what points to it, its own row with the last, for by that row whoever is cut short finds it again. */
export async function forgetEvent(stored: StoredEvent): Promise<void> {
  const ref = refOfStored(stored);
  const { eventID, hash, eventTime, event } = stored;
  const prepared = { ref, eventID, hash, print: hash, eventTime, event, at: '', rows: 0 };
  const own = eventKey(stored.sellerId, ref);
  const keys = rowsOf(stored.sellerId, prepared, stored.recordTime, '').map(({ pk, sk }: Item) => ({ pk: String(pk), sk: String(sk) }));
  await deleteAll([...keys.filter(({ pk }) => pk !== own.pk), own]);
}

/** Ends a reminder, or moves it to the day on which it is due again. */
export async function settle(row: DueRow, nextOn: string | undefined): Promise<void> {
  const writes = nextOn === undefined ? [dropReminder(row)] : postpone(row, nextOn);
  if (writes.length > 0) await transact(writes);
}
