import { createHash } from 'node:crypto';
import { invalid } from '../../shared/platform/problem.ts';
import { addDays, businessDay } from '../../shared/platform/time.ts';
import { newId } from '../platform/ids.ts';
import { type Limit, takePlaceNow } from '../platform/limits.ts';
import { orderOfBuyer } from './follow-order.ts';
import { saveComplaint } from './store.ts';

const perOrder: Limit = { name: 'complaints-per-order', max: 5, windowSeconds: 3_600 };

/** The day seven working days later (Law 19/2023 and ND 55/2024: the seller answers within seven working days). Public holidays are not counted out. */
export function sevenWorkingDaysAfter(day: string): string {
  let at = day;
  for (let left = 7; left > 0; ) {
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
    answerBy: sevenWorkingDaysAfter(businessDay(now)),
  };
  await saveComplaint(order.code, { ...complaint, text: said.text });
  return complaint;
}
