import { createHash } from 'node:crypto';
import { invalid } from '../../shared/platform/problem.ts';
import { addDays, businessDay } from '../../shared/platform/time.ts';
import { newId } from '../platform/ids.ts';
import { type Limit, takePlaceNow } from '../platform/limits.ts';
import { orderOfBuyer } from './follow-order.ts';
import { saveComplaint } from './store.ts';

const perOrder: Limit = { name: 'complaints-per-order', max: 5, windowSeconds: 3_600 };

/** Working days until an answer is due, by kind, as the terms page promises (ND 248/2026/NĐ-CP, Art. 7); never more than the seven of Law 19/2023. */
const answerWorkingDays: Record<string, number> = { not_received: 3, damaged: 2 };
const mostWorkingDays = 7;

/** The day so many working days later. Public holidays are not counted out. */
export function workingDaysAfter(day: string, days: number): string {
  let at = day;
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    const weekday = new Date(`${at}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return at;
}

/** Keeps a buyer's complaint with its order. @throws Problem `not_found`, 422 (a package of another order), `rate_limited` */
export async function complain(code: string, said: { phone: string; packageId: string; kind: string; text: string }, now: Date) {
  const { order, packages } = await orderOfBuyer(code, said.phone);
  if (!packages.some((pkg) => pkg.id === said.packageId))
    throw invalid('packageId', { vi: 'Đơn này không có kiện hàng đó.', en: 'The order has no such package.' });
  await takePlaceNow(perOrder, createHash('sha256').update(order.code).digest('base64url').slice(0, 24), now);
  const complaint = {
    id: newId('cmp', now),
    packageId: said.packageId,
    kind: said.kind,
    status: 'received' as const,
    receivedAt: now.toISOString(),
    answerBy: workingDaysAfter(businessDay(now), answerWorkingDays[said.kind] ?? mostWorkingDays),
  };
  await saveComplaint(order.code, { ...complaint, text: said.text });
  return complaint;
}
