import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../platform/config.ts';
import { dynamo, getMany, maxTransactItems, type TransactItem, transact } from '../../platform/dynamo.ts';
import { lotKey } from '../store.ts';
import { type LotName, type RecalledLot, readSoldBehind } from './recall-store.ts';

/*
 * What a recall leads to:
 *   EPC#01/{gtin}/10/{lot}  REACHED#{recallId}  a lot that something of the recalled lot `of` went into, itself included, and how far its
 *                                               packages have their notices; void when that lot is not recalled any more
 *   NOTICE#{recallId}       {packageId}         to be told to the package's buyer, whose name stands with the order and nowhere else
 */
const table = tables.traceability;
const reachedKey = (recallId: string, { gtin, lot }: LotName) => ({ pk: lotKey(gtin, lot).pk, sk: `REACHED#${recallId}` });
const noticeKey = (recallId: string, packageId: string) => ({ pk: `NOTICE#${recallId}`, sk: packageId });

/** How far a reached lot's notices are. */
export interface Reached extends LotName {
  recallId: string;
  of: LotName;
  /** The key of the last package that has its notice. */
  queuedUpTo?: string;
  isDone?: boolean;
}

const flagOf = ({ gtin, lot, recall }: RecalledLot) => ({
  TableName: table,
  Key: lotKey(gtin, lot),
  ExpressionAttributeValues: { ':id': recall.id },
});

/** The marks of a recall on these lots, by `{gtin}:{lot}`; lots that are not marked yet are missing. */
export async function readReached(recallId: string, lots: readonly LotName[]): Promise<Map<string, Reached>> {
  const found = await getMany(
    table,
    lots.map((lot) => reachedKey(recallId, lot)),
  );
  return new Map([...found.values()].map((item) => [`${item.gtin}:${item.lot}`, item as unknown as Reached]));
}

/** Beside the look at the recalled lot. */
export const lotsPerMark = maxTransactItems - 1;

/** Marks these lots in one write, `lotsPerMark` at most, while the recall stands. False when it was lifted or a rival marked one of them. */
export async function putReached(recalled: RecalledLot, lots: readonly LotName[]): Promise<boolean> {
  const { gtin, lot, recall } = recalled;
  const written = await transact([
    { ConditionCheck: { ...flagOf(recalled), ConditionExpression: 'recall.id = :id' } },
    ...lots.map(
      (reached): TransactItem => ({
        Put: {
          TableName: table,
          Item: { ...reachedKey(recall.id, reached), gtin: reached.gtin, lot: reached.lot, recallId: recall.id, of: { gtin, lot } },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      }),
    ),
  ]);
  return written.ok;
}

/** The lots whose recalls reached this one; not all of these recalls need stand. */
export async function readReachedFrom({ gtin, lot }: LotName): Promise<LotName[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :reached)',
      ExpressionAttributeValues: { ':pk': lotKey(gtin, lot).pk, ':reached': 'REACHED#' },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ of }) => of as LotName);
}

/** A page of notices, the lot's place and the count on the recalled lot fill one transaction. */
const noticesPerPage = maxTransactItems - 2;

/**
 * Queues the next page of a reached lot's notices, each package once however many reached lots it carries. The place moves in the same
 * write, so that a page is written once, whoever dies or comes second; when it was another, nothing is written.
 * @param recalled as read just before: its count says whether anybody queued meanwhile
 */
export async function queueNextNotices(recalled: RecalledLot, reached: Reached, now: Date): Promise<void> {
  const { recall } = recalled;
  const { packages, upTo, more } = await readSoldBehind(reached, noticesPerPage, reached.queuedUpTo);
  const known = await getMany(
    table,
    packages.map(({ packageId }) => noticeKey(recall.id, packageId)),
  );
  const fresh = packages.filter(({ packageId }) => {
    const { pk, sk } = noticeKey(recall.id, packageId);
    return !known.has(`${pk}|${sk}`);
  });
  const flag = flagOf(recalled);
  await transact([
    {
      Update: {
        ...flag,
        UpdateExpression: 'SET recall.queued = :after',
        ConditionExpression: 'recall.id = :id AND recall.queued = :queued',
        ExpressionAttributeValues: { ...flag.ExpressionAttributeValues, ':queued': recall.queued, ':after': recall.queued + fresh.length },
      },
    },
    {
      Update: {
        TableName: table,
        Key: reachedKey(recall.id, reached),
        UpdateExpression: `SET isDone = :done${upTo === undefined ? '' : ', queuedUpTo = :upTo'}`,
        ConditionExpression: `recallId = :id AND ${reached.queuedUpTo === undefined ? 'attribute_not_exists(queuedUpTo)' : 'queuedUpTo = :read'}`,
        ExpressionAttributeValues: {
          ...{ ':done': !more, ':id': recall.id },
          ...(upTo === undefined ? {} : { ':upTo': upTo }),
          ...(reached.queuedUpTo === undefined ? {} : { ':read': reached.queuedUpTo }),
        },
      },
    },
    ...fresh.map(
      ({ packageId, code }): TransactItem => ({
        Put: {
          TableName: table,
          Item: {
            ...{ ...noticeKey(recall.id, packageId), packageId, code, recallId: recall.id, gtin: reached.gtin, lot: reached.lot },
            ...{ sellerId: recalled.sellerId, status: 'queued', queuedAt: now.toISOString() },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      }),
    ),
  ]);
}

/** Says that all are queued, while the recall stands. */
export async function putAllQueued(recalled: RecalledLot, now: Date): Promise<boolean> {
  const flag = flagOf(recalled);
  const written = await transact([
    {
      Update: {
        ...flag,
        UpdateExpression: 'SET recall.allQueuedAt = :now',
        ConditionExpression: 'recall.id = :id',
        ExpressionAttributeValues: { ...flag.ExpressionAttributeValues, ':now': now.toISOString() },
      },
    },
  ]);
  return written.ok;
}
