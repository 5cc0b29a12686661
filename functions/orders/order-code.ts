import { createHash } from 'node:crypto';
import type { OrderRequest } from '../../shared/orders/contract.ts';
import { bodyHash, usedForAnother } from '../platform/idempotency.ts';
import { spell } from '../platform/ids.ts';

/** Which request placed an order: the order itself is the record of its Idempotency-Key. */
export interface Asked {
  keyHash: string;
  bodyHash: string;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

export const askedBy = (key: string, request: OrderRequest): Asked => ({
  keyHash: digest(`order ${key}`).toString('base64url').slice(0, 22),
  bodyHash: bodyHash(request),
});

/**
 * An order's code for people: `KB` and 8 characters that can be read aloud, made from its key. So one key can only ever make one
 * order, at any concurrency and without a record beside it. Of a million orders one new key in a million meets a code that is taken
 * by another key (40 bits); then its `n`-th code is tried.
 */
export const orderCode = ({ keyHash }: Pick<Asked, 'keyHash'>, n = 0): string => `KB${spell(digest(`${keyHash} ${n}`).subarray(0, 8))}`;

/**
 * Whether an order found under a code was placed with this key.
 * @throws Problem `idempotency_conflict` when it was, with another body
 */
export function isOf(order: { asked: Asked }, asked: Asked): boolean {
  if (order.asked.keyHash !== asked.keyHash) return false;
  if (order.asked.bodyHash !== asked.bodyHash) throw usedForAnother();
  return true;
}
