import { createHash } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../../shared/platform/problem.ts';
import { canonicalJson } from './canonical.ts';
import { tables } from './config.ts';
import { dynamo, type TransactItem } from './dynamo.ts';

/** The first answer is kept this long; a key may be used anew afterwards. */
const keepSeconds = 7 * 86_400;

export interface IdempotencyRequest {
  /** Route and account, so that two callers can use the same key. */
  scope: string;
  key: string;
  /** The checked body: white space and member order of the raw text do not matter. */
  body: unknown;
  now: Date;
}

export interface Recorded<T> {
  status: number;
  body: T;
}

/** The same for equal bodies, whatever the order of their members. */
export const bodyHash = (body: unknown): string => createHash('sha256').update(canonicalJson(body)).digest('base64url');

export const usedForAnother = () =>
  new Problem('idempotency_conflict', {
    vi: 'Idempotency-Key này đã dùng cho một nội dung khác.',
    en: 'This Idempotency-Key was used with another body.',
  });

/** Where the record of a request lies; stories read it together with what else they need. */
export const idempotencyKey = (request: IdempotencyRequest) => ({ pk: `IDEMPOTENCY#${request.scope}#${request.key}`, sk: 'RECORD' });

/**
 * The first answer to this key, if there is one in `item`.
 * @throws Problem `idempotency_conflict` when the key was used with another body
 */
export function replayOf<T>(request: IdempotencyRequest, item: Record<string, unknown> | undefined): Recorded<T> | undefined {
  if (!item) return undefined;
  if (item.bodyHash !== bodyHash(request.body)) throw usedForAnother();
  return JSON.parse(String(item.answer)) as Recorded<T>;
}

/** The record of the first answer, written in the same transaction as its effect: whoever comes second is refused by its condition. */
export const recordAnswer = <T>(request: IdempotencyRequest, answer: Recorded<T>, table: string = tables.commerce): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...idempotencyKey(request),
      bodyHash: bodyHash(request.body),
      answer: JSON.stringify(answer),
      expiresAtSeconds: Math.floor(request.now.getTime() / 1000) + keepSeconds,
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Looks a record up on its own, for stories that read nothing else first. */
export async function findReplay<T>(request: IdempotencyRequest, table: string = tables.commerce): Promise<Recorded<T> | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: idempotencyKey(request), ConsistentRead: true }));
  return replayOf(request, Item);
}

/** Tells the caller that this is the first answer again. */
export const replayed = { 'idempotent-replayed': 'true' };
