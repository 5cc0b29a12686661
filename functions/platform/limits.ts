import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../../shared/platform/problem.ts';
import { tables } from './config.ts';
import { dynamo, type Item, type TransactItem } from './dynamo.ts';

/** At most `max` times in `windowSeconds`, counted from the first of them, per subject. */
export interface Limit {
  name: string;
  max: number;
  windowSeconds: number;
  /** For a function that may not write to the commerce table. */
  table?: string;
}

const tableOf = (limit: Limit): string => limit.table ?? tables.commerce;

export const limitKey = (limit: Limit, subject: string) => ({ pk: `LIMIT#${limit.name}#${subject}`, sk: 'WINDOW' });

export const rateLimited = (limit: Limit, item: Item | undefined, now: Date): Problem =>
  new Problem(
    'rate_limited',
    { vi: 'Bạn thao tác quá nhanh. Xin đợi một lát rồi thử lại.', en: 'Too many requests. Please wait a little and try again.' },
    {
      // A window opened by a request that began later than this one ends a little after its length from now.
      retryAfterSeconds: Math.min(
        limit.windowSeconds,
        Math.max(1, Math.ceil((Number(item?.windowEndsAt ?? Number.POSITIVE_INFINITY) - now.getTime()) / 1000)),
      ),
    },
  );

/**
 * The write that takes one place in the window as it was read. Its condition fails when a rival changed the window meanwhile
 * (read again) — the count can never pass `max`.
 * @throws Problem `rate_limited` when the window as read is full
 */
export function takePlace(limit: Limit, subject: string, read: Item | undefined, now: Date): TransactItem {
  const Key = limitKey(limit, subject);
  const live = read !== undefined && Number(read.windowEndsAt) > now.getTime();
  if (live && Number(read.count) >= limit.max) throw rateLimited(limit, read, now);
  const endsAt = now.getTime() + limit.windowSeconds * 1000;
  return {
    Update: live
      ? {
          TableName: tableOf(limit),
          Key,
          UpdateExpression: 'ADD #count :one',
          ConditionExpression: 'windowEndsAt = :endsAt AND #count < :max',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: { ':one': 1, ':endsAt': read.windowEndsAt, ':max': limit.max },
        }
      : {
          TableName: tableOf(limit),
          Key,
          UpdateExpression: 'SET #count = :one, windowEndsAt = :endsAt, expiresAtSeconds = :ttl',
          ConditionExpression: read ? 'windowEndsAt = :read' : 'attribute_not_exists(pk)',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: {
            ':one': 1,
            ':endsAt': endsAt,
            ':ttl': Math.ceil(endsAt / 1000) + 60,
            ...(read ? { ':read': read.windowEndsAt } : {}),
          },
        },
  };
}

/**
 * Takes a place outside a transaction: two conditional writes at most, no read.
 * @throws Problem `rate_limited` when the window is full
 */
export async function takePlaceNow(limit: Limit, subject: string, now: Date): Promise<void> {
  const Key = limitKey(limit, subject);
  const names = { '#count': 'count' };
  const endsAt = now.getTime() + limit.windowSeconds * 1000;
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: tableOf(limit),
          Key,
          UpdateExpression: 'SET #count = :one, windowEndsAt = :endsAt, expiresAtSeconds = :ttl',
          ConditionExpression: 'attribute_not_exists(pk) OR windowEndsAt <= :now',
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: { ':one': 1, ':endsAt': endsAt, ':ttl': Math.ceil(endsAt / 1000) + 60, ':now': now.getTime() },
        }),
      );
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: tableOf(limit),
          Key,
          // A window cleared since the first write is opened anew, or those who clear it could keep this one undecided.
          UpdateExpression:
            'SET windowEndsAt = if_not_exists(windowEndsAt, :endsAt), expiresAtSeconds = if_not_exists(expiresAtSeconds, :ttl) ADD #count :one',
          ConditionExpression: 'attribute_not_exists(pk) OR (windowEndsAt > :now AND #count < :max)',
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: {
            ':one': 1,
            ':now': now.getTime(),
            ':max': limit.max,
            ':endsAt': endsAt,
            ':ttl': Math.ceil(endsAt / 1000) + 60,
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const windowEndsAt = Number(error.Item?.windowEndsAt?.N ?? 0);
      if (windowEndsAt > now.getTime()) throw rateLimited(limit, { windowEndsAt }, now);
    }
  }
  throw new Error(`limit ${limit.name} could not be decided`);
}

/** Forgets a subject's window, e.g. after a right password. */
export const clearPlaces = (limit: Limit, subject: string) =>
  dynamo.send(new DeleteCommand({ TableName: tableOf(limit), Key: limitKey(limit, subject) }));

/** How many places of a subject's window are taken at `now`. */
export async function placesTaken(limit: Limit, subject: string, now: Date): Promise<number> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tableOf(limit), Key: limitKey(limit, subject), ConsistentRead: true }));
  return Item && Number(Item.windowEndsAt) > now.getTime() ? Number(Item.count) : 0;
}
