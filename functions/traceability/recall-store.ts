import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { PackageLot } from '../../shared/traceability/package-lots.ts';
import { tables } from '../platform/config.ts';
import { dynamo, getMany, type Item, maxTransactItems, type TransactItem, transact } from '../platform/dynamo.ts';
import { lotKey, type StoredLot, type StoredRecall } from './store.ts';

/*
 * A recall is one flag on the lot. Around it:
 *   EPC#01/{gtin}/10/{lot}  RECALL#{id}             who recalled it, when and why
 *                           RECALL#{id}#LIFTED      who lifted it, when and why
 *   LOTSOLD#{gtin}#{lot}    {placedAt}#{packageId}  a package that carries the lot
 *   PACKAGE#{packageId}     LOTS                    the lots it carries; it only grows, and its version says whether it has
 *   NOTICE#{recallId}       {packageId}             to be told to the package's buyer, whose name stands with the order and nowhere else
 */
const table = tables.traceability;
const soldPartition = (gtin: string, lot: string): string => `LOTSOLD#${gtin}#${lot}`;
const soldSortKey = (sold: Pick<SoldPackage, 'placedAt' | 'packageId'>): string => `${sold.placedAt}#${sold.packageId}`;
const packageKey = (packageId: string) => ({ pk: `PACKAGE#${packageId}`, sk: 'LOTS' });

/** A package that carries a lot. */
export interface SoldPackage {
  packageId: string;
  code: string;
  n: number;
  sku: string;
  quantity: number;
  placedAt: string;
}

interface PackageLots {
  lots: PackageLot[];
  version: number;
}

const put = (item: Item): TransactItem => ({
  Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Marks the lot with the record of why, in one write; false when it is marked already. */
export async function putRecall(lot: StoredLot, recall: StoredRecall): Promise<boolean> {
  const written = await transact([
    {
      Update: {
        TableName: table,
        Key: lotKey(lot.gtin, lot.lot),
        UpdateExpression: 'SET recall = :recall',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(recall)',
        ExpressionAttributeValues: { ':recall': recall },
      },
    },
    put({
      ...recordKey(lot, recall.id),
      ...{ id: recall.id, gtin: lot.gtin, lot: lot.lot, sellerId: lot.sellerId, by: recall.by, at: recall.at, reason: recall.reason },
    }),
  ]);
  return written.ok;
}

/** Takes this recall's mark away with the record of why, in one write; false when the lot does not carry it any more. */
export async function putLifting(lot: StoredLot, recallId: string, lifted: { by: string; at: string; reason: string }): Promise<boolean> {
  const written = await transact([
    {
      Update: {
        TableName: table,
        Key: lotKey(lot.gtin, lot.lot),
        UpdateExpression: 'REMOVE recall',
        ConditionExpression: 'recall.id = :id',
        ExpressionAttributeValues: { ':id': recallId },
      },
    },
    put({ ...recordKey(lot, `${recallId}#LIFTED`), id: recallId, gtin: lot.gtin, lot: lot.lot, ...lifted }),
  ]);
  return written.ok;
}

const recordKey = ({ gtin, lot }: StoredLot, id: string) => ({ pk: lotKey(gtin, lot).pk, sk: `RECALL#${id}` });

export async function readPackageLots(packageId: string): Promise<PackageLots | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: packageKey(packageId), ConsistentRead: true }));
  return Item as PackageLots | undefined;
}

/** Adds lots to a package, each with its row in the list of the lot's packages; false when one was recalled or another hand added lots. */
export async function addPackageLots(
  sold: Pick<SoldPackage, 'packageId' | 'code' | 'n' | 'placedAt'>,
  before: PackageLots | undefined,
  added: readonly PackageLot[],
  said: { by: string; at: string },
): Promise<boolean> {
  const after: PackageLots = { lots: [...(before?.lots ?? []), ...added], version: (before?.version ?? 0) + 1 };
  const written = await transact([
    { Put: { TableName: table, Item: { ...packageKey(sold.packageId), ...after }, ...unchanged(before) } },
    ...added.map(notRecalled),
    ...added.map(({ gtin, lot, sku, quantity }) =>
      put({ pk: soldPartition(gtin, lot), sk: soldSortKey(sold), ...sold, sku, quantity, namedBy: said.by, namedAt: said.at }),
    ),
  ]);
  return written.ok;
}

const unchanged = (read: PackageLots | undefined) =>
  read
    ? { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': read.version } }
    : { ConditionExpression: 'attribute_not_exists(pk)' };

const notRecalled = ({ gtin, lot }: PackageLot): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: lotKey(gtin, lot),
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(recall)',
  },
});

/** For another write: it succeeds only while the package carries these lots, no more, and none of them is recalled. */
export const onlyWhileGood = (packageId: string, read: PackageLots | undefined): TransactItem[] => [
  { ConditionCheck: { TableName: table, Key: packageKey(packageId), ...unchanged(read) } },
  ...(read?.lots ?? []).map(notRecalled),
];

/** Those of the lots that are recalled right now. */
export async function readRecalled(lots: readonly PackageLot[]): Promise<PackageLot[]> {
  const stored = await getMany(
    table,
    lots.map(({ gtin, lot }) => lotKey(gtin, lot)),
  );
  const recalled = [...stored.values()].filter((item) => item.recall) as unknown as StoredLot[];
  return lots.filter(({ gtin, lot }) => recalled.some((r) => r.gtin === gtin && r.lot === lot));
}

/** A place in the list of a lot's packages. */
export interface SoldPlace extends Record<string, string> {
  pk: string;
  sk: string;
}
export const soldPlace = (gtin: string, lot: string, last: SoldPackage): SoldPlace => ({
  pk: soldPartition(gtin, lot),
  sk: soldSortKey(last),
});
export const isSoldPlace =
  (gtin: string, lot: string) =>
  (place: Record<string, string>): place is SoldPlace =>
    Object.keys(place).sort().join() === 'pk,sk' && place.pk === soldPartition(gtin, lot);

/** Packages that carry a lot, newest order first. */
export async function readSold(
  gtin: string,
  lot: string,
  limit: number,
  after: SoldPlace | undefined,
): Promise<{ packages: SoldPackage[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await querySold(gtin, lot, { Limit: limit, ScanIndexForward: false, ExclusiveStartKey: after });
  return { packages: Items as SoldPackage[], more: LastEvaluatedKey !== undefined };
}

const querySold = (gtin: string, lot: string, page: { Limit: number; ScanIndexForward: boolean; ExclusiveStartKey: Item | undefined }) =>
  dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': soldPartition(gtin, lot) },
      ConsistentRead: true,
      ...page,
    }),
  );

/** A page of notices and the count of them on the lot fill one transaction. */
const noticesPerPage = maxTransactItems - 1;

/**
 * Queues the next page of a recall's notices and moves its place in the same write, so that a page is written once, whoever dies or
 * comes second. Nobody can add packages to a recalled lot, so the list stands still meanwhile.
 */
export async function queueNextNotices(lot: StoredLot, recall: StoredRecall, now: Date): Promise<void> {
  const pk = soldPartition(lot.gtin, lot.lot);
  const { Items = [], LastEvaluatedKey } = await querySold(lot.gtin, lot.lot, {
    Limit: noticesPerPage,
    ScanIndexForward: true,
    ExclusiveStartKey: recall.queuedUpTo ? { pk, sk: recall.queuedUpTo } : undefined,
  });
  const packages = Items as SoldPackage[];
  const last = packages.at(-1);
  const after: StoredRecall = {
    ...recall,
    queued: recall.queued + packages.length,
    ...(last ? { queuedUpTo: soldSortKey(last) } : {}),
    ...(LastEvaluatedKey ? {} : { allQueuedAt: now.toISOString() }),
  };
  await transact([
    {
      Update: {
        TableName: table,
        Key: lotKey(lot.gtin, lot.lot),
        UpdateExpression: 'SET recall = :after',
        ConditionExpression: 'recall.id = :id AND recall.queued = :queued AND attribute_not_exists(recall.allQueuedAt)',
        ExpressionAttributeValues: { ':after': after, ':id': recall.id, ':queued': recall.queued },
      },
    },
    ...packages.map(({ packageId, code }) =>
      put({
        ...{ pk: `NOTICE#${recall.id}`, sk: packageId, packageId, code, recallId: recall.id, gtin: lot.gtin, lot: lot.lot },
        ...{ sellerId: lot.sellerId, status: 'queued', queuedAt: now.toISOString() },
      }),
    ),
  ]);
}
