/** Sends the order and says what became of it, in terms the checkout can act on. */
import { type Answer, call, type Problem } from '../platform/api.ts';
import { closeAttempt, openAttempt, pendingAttempt } from './attempt.ts';
import type { OrderBody } from './draft.ts';
import { lineOfPath } from './price-basket.ts';

export type Order = Answer<'POST /api/orders'>;

export type Placed =
  | { outcome: 'placed'; order: Order; phone: string }
  /** Nobody knows whether it arrived; the key is kept, so sending again is safe. */
  | { outcome: 'unsure'; problem: Problem }
  | { outcome: 'short'; lines: { sku: string; message: string }[] }
  | { outcome: 'price_changed'; total: number | undefined }
  | { outcome: 'fields'; errors: Record<string, string> }
  | { outcome: 'wait'; seconds: number }
  | { outcome: 'refused'; problem: Problem };

const send = (key: string, body: OrderBody) => call('POST /api/orders', { body, idempotencyKey: key });

export async function placeOrder(body: OrderBody): Promise<Placed> {
  const attempt = openAttempt(JSON.stringify(body), sessionStorage, () => crypto.randomUUID());
  const answer = await send(attempt.key, body);
  if (answer.ok) {
    closeAttempt(sessionStorage);
    return { outcome: 'placed', order: answer.data, phone: body.customer.phone };
  }
  const { problem } = answer;
  if (problem.code === 'network' || problem.status >= 500) return { outcome: 'unsure', problem };
  if (problem.code === 'idempotency_conflict') return findFirst(problem);
  closeAttempt(sessionStorage);
  if (problem.code === 'rate_limited') return { outcome: 'wait', seconds: problem.retryAfterSeconds ?? 60 };
  if (problem.code === 'price_changed') return { outcome: 'price_changed', total: problem.total };
  const aboutLines = problem.errors.flatMap((e) => {
    const sku = body.lines[lineOfPath(e.path) ?? -1]?.sku;
    return sku ? [{ sku, message: e.message }] : [];
  });
  if (aboutLines.length > 0) return { outcome: 'short', lines: aboutLines };
  if (problem.code === 'validation_failed' && problem.errors.length > 0) {
    return { outcome: 'fields', errors: Object.fromEntries(problem.errors.map((e) => [e.path, e.message])) };
  }
  return { outcome: 'refused', problem };
}

/** The form was changed after an unanswered attempt that did arrive: the market tells what it made of that one. */
async function findFirst(problem: Problem): Promise<Placed> {
  const first = pendingAttempt(sessionStorage);
  closeAttempt(sessionStorage);
  if (!first) return { outcome: 'refused', problem };
  const body = JSON.parse(first.body) as OrderBody;
  const answer = await send(first.key, body);
  return answer.ok
    ? { outcome: 'placed', order: answer.data, phone: body.customer.phone }
    : { outcome: 'refused', problem: answer.problem };
}
