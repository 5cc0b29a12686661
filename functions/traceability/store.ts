import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lot } from '../../shared/traceability/contract.ts';
import { linkPath } from '../../shared/traceability/digital-link.ts';
import { dueAfter, keepLotUntil } from '../../shared/traceability/records/retention.ts';
import type { Seen } from '../../shared/traceability/scans/scans.ts';
import type { Place } from '../../shared/traceability/scans/viewer-place.ts';
import { tables } from '../platform/config.ts';
import { dynamo, getMany, type Item, maxTransactItems, queryAll, type TransactItem, transact } from '../platform/dynamo.ts';
import { type IdempotencyRequest, type Recorded, recordAnswer } from '../platform/idempotency.ts';
import type { StoredPhoto } from './lots/photo-store.ts';
import { remind } from './records/due-store.ts';
import type { BoxInPackage } from './scans/scan-store.ts';

/*
 * Everything hangs on the GS1 name of the thing, so that events (EPCIS), recalls and aggregation can be added beside it:
 *   EPC#01/{gtin}              GTIN            whose product it is
 *   EPC#01/{gtin}/10/{lot}     LOT             the lot; gsi1 SELLER#{id} / LOT#{recordedAt}#{gtin}#{lot} lists a seller's, newest first
 *                              BATCH#{id}      one row per issue of codes
 *   BATCH#{id}                 SERIALS#{n}     the n-th 99 serials of that issue, in the order they were drawn
 *   EPC#01/{gtin}/21/{serial}  S               one item, its lot and its scan counter
 *                              SCAN#{nonce}    one person looked (scan-store.ts)
 *   SELLER#{id}                LOT#{lot}       which GTINs have a lot of that number: `gtins`, a set that only grows, and `gtin`, the first
 *   SKU#{sku}                  GTIN            the number the market gave a SKU that had none
 *                              LOT#{gtin}#{lot} a lot of the SKU
 * A recall is a mark on the lot (`recall-store.ts`), never a rewrite of 100,000 items: the scan page reads item, then lot.
 */
const table = tables.traceability;
const epc = (link: Parameters<typeof linkPath>[0]): string => `EPC#${linkPath(link).slice(1)}`;
export const lotKey = (gtin: string, lot: string) => ({ pk: epc({ gtin, lot }), sk: 'LOT' });
export const itemKey = (gtin: string, serial: string) => ({ pk: epc({ gtin, serial }), sk: 'S' });
const gtinKey = (gtin: string) => ({ pk: epc({ gtin }), sk: 'GTIN' });
export const sellerLotKey = (sellerId: string, lot: string) => ({ pk: `SELLER#${sellerId}`, sk: `LOT#${lot}` });
const skuKey = (sku: string) => ({ pk: `SKU#${sku}`, sk: 'GTIN' });
export const skuLotKey = ({ sku, gtin, lot }: Pick<StoredLot, 'sku' | 'gtin' | 'lot'>) => ({
  pk: skuKey(sku).pk,
  sk: `LOT#${gtin}#${lot}`,
});
const numberRangeKey = (prefix: string) => ({ pk: `NUMBERS#${prefix}`, sk: 'NEXT' });

/** A lot with what was true of its product on the day it was recorded. */
export interface StoredLot extends Omit<Lot, 'recall' | 'doubtful' | 'photos'> {
  photos?: StoredPhoto[];
  recall?: StoredRecall | undefined;
  /** Codes of provinces that see too many of its boxes. */
  doubtful?: { since: string; provinces: readonly Place[] } | undefined;
  sellerId: string;
  netWeightGrams: number;
  product: { slug: string; name: string; variant: string; image?: string };
}

/** The mark of a recall, and how far its buyers' notices have been queued. */
export interface StoredRecall {
  id: string;
  reason: string;
  at: string;
  /** The account that said so. */
  by: string;
  queued: number;
  /** When every package had its notice that was known then to carry the lot or what was made of it. */
  allQueuedAt?: string;
}

/** One issue of codes for a lot. It is never changed; it is complete once its serial rows hold `count` serials. */
export interface Batch {
  id: string;
  gtin: string;
  lot: string;
  count: number;
  /** Of the whole lot, this batch included. */
  codesIssued: number;
  issuedAt: string;
}

export interface StoredItem {
  lot: string;
  batchId: string;
  issuedAt: string;
  scanCount: number;
  firstScanAt?: string;
  lastScanAt?: string;
  /** What is remembered of its scans. */
  seen?: Seen;
  soldIn?: BoxInPackage;
  suspiciousSince?: string;
  /** The day on which all else but its lot was forgotten (forget-store.ts). */
  forgottenOn?: string;
}

async function read<T>(Key: { pk: string; sk: string }): Promise<T | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item as T | undefined;
}

export const readLot = (gtin: string, lot: string) => read<StoredLot>(lotKey(gtin, lot));
export const readItem = (gtin: string, serial: string) => read<StoredItem>(itemKey(gtin, serial));
export const readGtin = (gtin: string) => read<{ sku: string; slug: string }>(gtinKey(gtin));
export const readSkuGtin = async (sku: string): Promise<string | undefined> => (await read<{ gtin: string }>(skuKey(sku)))?.gtin;
/** The GTINs under which the seller has, or once had, a lot of this number. Rows of before know one and no set. */
export async function readSellerLotGtins(sellerId: string, lot: string): Promise<string[]> {
  const row = await read<{ gtin: string; gtins?: Set<string> }>(sellerLotKey(sellerId, lot));
  return row ? [...new Set([row.gtin, ...(row.gtins ?? [])])] : [];
}

/** The next number of a range, never the same twice; one may be lost to a crash. */
export async function takeNumber(prefix: string): Promise<number> {
  const { Attributes } = await dynamo.send(
    new UpdateCommand({
      TableName: table,
      Key: numberRangeKey(prefix),
      UpdateExpression: 'ADD #next :one',
      ExpressionAttributeNames: { '#next': 'next' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.next);
}

/** Gives a SKU its number, once: whoever comes second gets the number of the first. */
export async function keepSkuGtin(sku: string, gtin: string): Promise<string> {
  const { Attributes } = await dynamo.send(
    new UpdateCommand({
      TableName: table,
      Key: skuKey(sku),
      UpdateExpression: 'SET gtin = if_not_exists(gtin, :gtin)',
      ExpressionAttributeValues: { ':gtin': gtin },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return String(Attributes?.gtin);
}

/** Records a lot with the first answer to its key; `repeat` when the key was used meanwhile. */
export async function putLot(
  lot: StoredLot,
  request: IdempotencyRequest,
  answer: Recorded<Lot>,
): Promise<'recorded' | 'repeat' | 'lot_exists' | 'gtin_of_another'> {
  const absent = 'attribute_not_exists(pk)';
  const written = await transact([
    recordAnswer(request, answer, table),
    {
      Put: {
        TableName: table,
        Item: {
          ...lotKey(lot.gtin, lot.lot),
          ...lot,
          gsi1pk: `SELLER#${lot.sellerId}`,
          gsi1sk: `LOT#${lot.recordedAt}#${lot.gtin}#${lot.lot}`,
        },
        ConditionExpression: absent,
      },
    },
    {
      Put: {
        TableName: table,
        Item: { ...gtinKey(lot.gtin), sku: lot.sku, slug: lot.product.slug, sellerId: lot.sellerId },
        ConditionExpression: `${absent} OR sellerId = :seller`,
        ExpressionAttributeValues: { ':seller': lot.sellerId },
      },
    },
    {
      Update: {
        TableName: table,
        Key: sellerLotKey(lot.sellerId, lot.lot),
        UpdateExpression: 'SET gtin = if_not_exists(gtin, :gtin) ADD gtins :gtins',
        ExpressionAttributeValues: { ':gtin': lot.gtin, ':gtins': new Set([lot.gtin]) },
      },
    },
    { Put: { TableName: table, Item: { ...skuLotKey(lot), gtin: lot.gtin, lot: lot.lot } } },
    remind({ kind: 'LOT', gtin: lot.gtin, lot: lot.lot }, dueAfter(keepLotUntil({ useBy: lot.useBy, lastRecordedAt: lot.recordedAt }))),
  ]);
  if (written.ok) return 'recorded';
  const refused = new Set(written.refused.map(({ index }) => index));
  return refused.has(0) ? 'repeat' : refused.has(2) ? 'gtin_of_another' : 'lot_exists';
}

/** Every lot of an SKU that is still kept, as it is now. */
export async function readLotsOfSku(sku: string): Promise<StoredLot[]> {
  const names = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :lot)',
    ExpressionAttributeValues: { ':pk': skuKey(sku).pk, ':lot': 'LOT#' },
    ConsistentRead: true,
  });
  const lots = await getMany(
    table,
    names.map(({ gtin, lot }) => lotKey(String(gtin), String(lot))),
  );
  return [...lots.values()] as unknown as StoredLot[];
}

/** A place in a seller's list of lots. */
export interface LotPlace {
  gtin: string;
  lot: string;
  at: string;
}

export async function listLots(
  sellerId: string,
  limit: number,
  after: LotPlace | undefined,
): Promise<{ lots: StoredLot[]; more: boolean }> {
  const pk = `SELLER#${sellerId}`;
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: limit,
      ...(after
        ? { ExclusiveStartKey: { ...lotKey(after.gtin, after.lot), gsi1pk: pk, gsi1sk: `LOT#${after.at}#${after.gtin}#${after.lot}` } }
        : {}),
    }),
  );
  return { lots: Items as StoredLot[], more: LastEvaluatedKey !== undefined };
}

/**
 * Takes the batch's grams from the lot, together with the batch and the first answer to its key. The write itself refuses more than was
 * harvested; it also fails when another batch was issued since `seen` was read (`changed`: read again), because the answer counts the lot's codes.
 * @param onlyWhile what else must be true in that moment; `changed` when it is not
 */
export async function reserveCodes(
  batch: Batch,
  seen: StoredLot,
  request: IdempotencyRequest,
  answer: Recorded<Batch>,
  onlyWhile: readonly TransactItem[],
): Promise<'reserved' | 'repeat' | 'changed'> {
  const grams = batch.count * seen.netWeightGrams;
  const written = await transact([
    recordAnswer(request, answer, table),
    {
      Update: {
        TableName: table,
        Key: lotKey(batch.gtin, batch.lot),
        UpdateExpression: 'ADD codedGrams :grams, codesIssued :count',
        ConditionExpression: 'codedGrams <= :room AND codesIssued = :seen AND attribute_not_exists(recall)',
        ExpressionAttributeValues: {
          ':grams': grams,
          ':count': batch.count,
          ':room': seen.quantityGrams - grams,
          ':seen': seen.codesIssued,
        },
      },
    },
    {
      Put: {
        TableName: table,
        Item: { pk: epc({ gtin: batch.gtin, lot: batch.lot }), sk: `BATCH#${batch.id}`, ...batch },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    ...onlyWhile,
  ]);
  if (written.ok) return 'reserved';
  return written.refused.some(({ index }) => index === 0) ? 'repeat' : 'changed';
}

/** A row of serials and its items fill one transaction, so a row is either there with all its items or not at all. */
export const serialsPerRow = maxTransactItems - 1;
const serialRow = (n: number): string => `SERIALS#${String(n).padStart(4, '0')}`;

/** Writes the n-th row of a batch. `present`: someone else finished it. `taken`: one of the serials exists already, draw again. */
export async function putSerials(batch: Batch, n: number, serials: readonly string[]): Promise<'written' | 'present' | 'taken'> {
  const put = (Item: Item): TransactItem => ({ Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } });
  const { gtin, lot, id: batchId, issuedAt } = batch;
  const written = await transact([
    put({ pk: `BATCH#${batchId}`, sk: serialRow(n), serials }),
    ...serials.map((serial) => put({ ...itemKey(gtin, serial), lot, batchId, issuedAt, scanCount: 0 })),
  ]);
  if (written.ok) return 'written';
  return written.refused.some(({ index }) => index === 0) ? 'present' : 'taken';
}

/** The serial rows `from`–`to` (both included) that are there, by number. 10,000 serials are 102 rows, 170 KB: one read. */
export async function readSerials(batchId: string, from: number, to: number): Promise<Map<number, string[]>> {
  const rows = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': `BATCH#${batchId}`, ':from': serialRow(from), ':to': serialRow(to) },
    ConsistentRead: true,
  });
  return new Map(rows.map((row) => [Number(String(row.sk).slice('SERIALS#'.length)), row.serials as string[]]));
}

/** A lot's batches, oldest first. */
export const readBatches = async (gtin: string, lot: string): Promise<Batch[]> =>
  (await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :batch)',
    ExpressionAttributeValues: { ':pk': epc({ gtin, lot }), ':batch': 'BATCH#' },
    ConsistentRead: true,
  })) as unknown as Batch[];
