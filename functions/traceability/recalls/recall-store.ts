import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { PackageLot } from '../../../shared/traceability/package-lots.ts';
import { tables } from '../../platform/config.ts';
import { isPlaceOf } from '../../platform/cursor.ts';
import { dynamo, getMany, type Item, maxTransactItems, type TransactItem, transact } from '../../platform/dynamo.ts';
import { lotKey, type StoredLot, type StoredRecall } from '../store.ts';

/*
 * A recall is one flag on the lot. Around it:
 *   EPC#01/{gtin}/10/{lot}  RECALL#{id}             who recalled it, when and why; gsi1 RECALLS / {at}#{id} while it stands
 *                           RECALL#{id}#LIFTED      who lifted it, when and why
 *   LOTSOLD#{gtin}#{lot}    {placedAt}#{packageId}  a package that carries the lot
 *   PACKAGE#{packageId}     LOTS                    the lots it carries; it only grows, and its version says whether it has
 *                           BOXES#{hash}            boxes that were named as lying in it (contents-store.ts)
 * What was made of a recalled lot finds the flag by itself, back through its events. Notices need the way ahead (notice-store.ts).
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
  /** The province it goes to. */
  province?: string;
}

interface PackageLots {
  lots: PackageLot[];
  version: number;
  /** Boxes that the same request is naming, a moment after its lots (contents-store.ts). */
  coming?: { boxes: number; at: string };
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
      ...{ gsi1pk: standingPartition, gsi1sk: `${recall.at}#${recall.id}` },
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
    {
      Update: {
        TableName: table,
        Key: recordKey(lot, recallId),
        UpdateExpression: 'REMOVE gsi1pk, gsi1sk',
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
  ]);
  return written.ok;
}

const standingPartition = 'RECALLS';
const recordKey = ({ gtin, lot }: StoredLot, id: string) => ({ pk: lotKey(gtin, lot).pk, sk: `RECALL#${id}` });

export async function readPackageLots(packageId: string): Promise<PackageLots | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: packageKey(packageId), ConsistentRead: true }));
  return Item as PackageLots | undefined;
}

/**
 * Adds lots to a package, each with its row in the list of the lot's packages; false when one was recalled or another hand added lots.
 * @param sources lots they were made from: recalled, they stop the write as well, as many of them as it can hold
 * @param onlyWhile what else must be true in that moment
 */
export async function addPackageLots(
  sold: Pick<SoldPackage, 'packageId' | 'code' | 'n' | 'placedAt' | 'province'>,
  before: PackageLots | undefined,
  added: readonly PackageLot[],
  sources: readonly LotName[],
  said: { by: string; at: string; boxes?: number },
  onlyWhile: readonly TransactItem[] = [],
): Promise<boolean> {
  const after: PackageLots = { lots: [...(before?.lots ?? []), ...added], version: (before?.version ?? 0) + 1 };
  if (said.boxes) after.coming = { boxes: said.boxes, at: said.at };
  const room = maxTransactItems - 1 - 2 * added.length - onlyWhile.length;
  const written = await transact([
    { Put: { TableName: table, Item: { ...packageKey(sold.packageId), ...after }, ...unchanged(before) } },
    ...added.map((lot) => (sold.province ? sentTo(lot, sold.province) : notRecalled(lot))),
    ...sources.slice(0, room).map(notRecalled),
    ...onlyWhile,
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

/** Counts the boxes that go to a province on the lot itself, where a scan reads it anyway, and checks that the lot may still be sold. */
const sentTo = ({ gtin, lot, quantity }: PackageLot, province: string): TransactItem => ({
  Update: {
    TableName: table,
    Key: lotKey(gtin, lot),
    UpdateExpression: 'ADD #sent :quantity',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(recall)',
    ExpressionAttributeNames: { '#sent': `sent${province}` },
    ExpressionAttributeValues: { ':quantity': quantity },
  },
});

const notRecalled = ({ gtin, lot }: LotName): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: lotKey(gtin, lot),
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(recall)',
  },
});

/** Lots that a package's step out of the door looks at in its own write, beside the package's own. */
const mostSources = 50;

/** For another write: it succeeds only while the package carries these lots, no more, and none of them is recalled, nor what they were made from. */
export const onlyWhileGood = (packageId: string, read: PackageLots | undefined, sources: readonly LotName[]): TransactItem[] => [
  { ConditionCheck: { TableName: table, Key: packageKey(packageId), ...unchanged(read) } },
  ...(read?.lots ?? []).map(notRecalled),
  ...whileNoneIsRecalled(sources),
];

/** For another write: it succeeds only while none of these is recalled, as many of them as it looks at. */
export const whileNoneIsRecalled = (sources: readonly LotName[]): TransactItem[] => sources.slice(0, mostSources).map(notRecalled);

/** What names a lot. */
export interface LotName {
  gtin: string;
  lot: string;
}
export const isSameLot = (a: LotName, b: LotName): boolean => a.gtin === b.gtin && a.lot === b.lot;

/** Those of the lots that the market has, in the order asked, each once. */
export async function readLots(names: readonly LotName[]): Promise<StoredLot[]> {
  const keys = names.map(({ gtin, lot }) => lotKey(gtin, lot));
  const stored = await getMany(table, keys);
  return [...new Set(keys.map(({ pk, sk }) => `${pk}|${sk}`))].flatMap((key) => (stored.get(key) as unknown as StoredLot) ?? []);
}

/** A lot with the recall that stands on it. */
export type RecalledLot = StoredLot & { recall: StoredRecall };

/** Those of the lots that are recalled right now, the earliest recall first. */
export async function readRecalledAmong(names: readonly LotName[]): Promise<RecalledLot[]> {
  const lots = names.length > 0 ? await readLots(names) : [];
  const recalled = lots.filter((lot): lot is RecalledLot => lot.recall !== undefined);
  return recalled.sort((a, b) => (a.recall.at < b.recall.at ? -1 : 1));
}

/** A place in the list of recalls that stand. */
export type StandingPlace = Record<'gsi1pk' | 'gsi1sk' | 'pk' | 'sk', string>;
export const isStandingPlace = isPlaceOf(standingPartition);

/** Lots under recall, the latest recall first. A recall of the last second may be missing; one lifted in it is left out. */
export async function readStanding(
  limit: number,
  after: Record<string, string> | undefined,
): Promise<{ lots: RecalledLot[]; next?: StandingPlace }> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': standingPartition },
      ScanIndexForward: false,
      Limit: limit,
      ...(after ? { ExclusiveStartKey: after } : {}),
    }),
  );
  const lots = await readLots(Items as unknown as LotName[]);
  return {
    lots: lots.filter((lot): lot is RecalledLot => lot.recall !== undefined),
    ...(LastEvaluatedKey ? { next: LastEvaluatedKey as StandingPlace } : {}),
  };
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
/** Whether it is a place in the list of one of these lots. */
export const isSoldPlace =
  (lots: readonly LotName[]) =>
  (place: Record<string, string>): place is SoldPlace =>
    Object.keys(place).sort().join() === 'pk,sk' && placeIn(lots, place) !== -1;
/** Which of the lots the place belongs to; -1: none. */
export const placeIn = (lots: readonly LotName[], { pk }: Record<string, string>): number =>
  lots.findIndex(({ gtin, lot }) => pk === soldPartition(gtin, lot));

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

/** The next packages that carry a lot, oldest order first, behind the one named by its key. */
export async function readSoldBehind(
  { gtin, lot }: LotName,
  limit: number,
  behind: string | undefined,
): Promise<{ packages: SoldPackage[]; upTo: string | undefined; more: boolean }> {
  const from = behind === undefined ? undefined : { pk: soldPartition(gtin, lot), sk: behind };
  const { Items = [], LastEvaluatedKey } = await querySold(gtin, lot, { Limit: limit, ScanIndexForward: true, ExclusiveStartKey: from });
  const packages = Items as SoldPackage[];
  const last = packages.at(-1);
  return { packages, upTo: last && soldSortKey(last), more: LastEvaluatedKey !== undefined };
}

/** The lots that packages carry, by package. */
export async function readLotsOfPackages(packageIds: readonly string[]): Promise<Map<string, readonly PackageLot[]>> {
  const stored = await getMany(table, packageIds.map(packageKey));
  return new Map(packageIds.map((id) => [id, (stored.get(`${packageKey(id).pk}|LOTS`) as unknown as PackageLots | undefined)?.lots ?? []]));
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
