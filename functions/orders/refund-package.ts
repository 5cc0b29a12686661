import type { RefundOut } from '../../shared/orders/contract.ts';
import { refundLines } from '../../shared/orders/ledger.ts';
import { afterRefund, mostRefunds, type Refund, refundable, refundedOf, refundPart } from '../../shared/orders/refunds.ts';
import { formatDong } from '../../shared/platform/money.ts';
import { notFound, Problem } from '../../shared/platform/problem.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import { findReplay, recordAnswer } from '../platform/idempotency.ts';
import { jitter } from '../platform/retry.ts';
import { type Ending, writeEndings } from './end-packages.ts';
import type { StoredPackage } from './records.ts';
import { putLedgerLines, readOrder, replacePackage } from './store.ts';

/**
 * The seller gives money back, once per key and never more than was paid: the package, its ledger lines and the answer are one write,
 * with its units when it ends by it.
 *
 * @throws Problem `not_found` (no package of this seller in that order), `conflict` (more than is left), `idempotency_conflict`
 */
export async function refundPackage(
  sellerId: string,
  code: string,
  asked: { amount: number; reason: string },
  key: string,
  now: Date,
): Promise<{ status: number; answer: RefundOut; isRepeat: boolean }> {
  const orderCode = code.trim().toUpperCase();
  const request = { scope: `refund#${sellerId}`, key, body: { orderCode, ...asked }, now };
  for (let attempt = 1; attempt <= 8; attempt++) {
    // The package first: a rival with the same key that took the last đồng before this read has then also left its answer for the next.
    const found = await readOrder(orderCode);
    const first = await findReplay<RefundOut>(request);
    if (first) return { status: first.status, answer: first.body, isRepeat: true };
    const pkg = found?.packages.find((p) => p.sellerId === sellerId);
    if (!pkg) throw notFound({ vi: 'Gian hàng của bạn không có đơn này.', en: 'Your stall has no such order.' });
    refuse(pkg, asked.amount);
    const refund = refundOf(pkg, asked, now);
    const refunded = withRefund(pkg, refund, now);
    const answer = { status: 201, body: answerOf(refunded, refund) };
    if (await write(refunded, recordAnswer(request, answer), now)) return { status: 201, answer: answer.body, isRepeat: false };
    await jitter(attempt);
  }
  throw new Problem('conflict', {
    vi: 'Đơn đang được xử lý ở nơi khác. Xin tải lại.',
    en: 'The package is being changed elsewhere. Please load it again.',
  });
}

function refuse(pkg: StoredPackage, amount: number): void {
  const left = refundable(pkg);
  if (amount > left)
    throw new Problem(
      'conflict',
      left === 0
        ? { vi: 'Đơn này không còn khoản nào đã trả để hoàn.', en: 'Nothing that was paid is left to refund.' }
        : { vi: `Chỉ hoàn được nhiều nhất ${formatDong(left)}.`, en: `At most ${left} đồng can be refunded.` },
      { extra: { refundable: left } },
    );
  if ((pkg.refunds ?? []).length >= mostRefunds)
    throw new Problem('conflict', {
      vi: `Một đơn hoàn tiền được nhiều nhất ${mostRefunds} lần.`,
      en: `A package can be refunded ${mostRefunds} times at most.`,
    });
}

const refundOf = (pkg: StoredPackage, { amount, reason }: { amount: number; reason: string }, now: Date): Refund => ({
  id: `${pkg.id}-R${(pkg.refunds ?? []).length + 1}`,
  at: now.toISOString(),
  reason,
  ...refundPart(pkg, amount),
});

function withRefund(pkg: StoredPackage, refund: Refund, now: Date): Ending {
  const { status, paymentStatus = pkg.paymentStatus } = afterRefund(pkg, refund.amount);
  return {
    before: pkg,
    after: {
      ...pkg,
      ...{ status, paymentStatus, refunds: [...(pkg.refunds ?? []), refund] },
      history: status === pkg.status ? pkg.history : [...pkg.history, { status, at: refund.at }],
      version: pkg.version + 1,
    },
    ledger: putLedgerLines(pkg, refundLines(pkg, refund), now, refund.id),
  };
}

/** A package that has not left the seller ends with its last đồng; then its units go back in the same write. */
async function write(refunded: Ending, record: TransactItem, now: Date): Promise<boolean> {
  const { before, after, ledger } = refunded;
  const isEnd = after.status === 'refunded' && (before.status === 'confirmed' || before.status === 'packed');
  if (isEnd) return (await writeEndings([refunded], 'refunded', 'seller', now, [record])) !== undefined;
  return (await transact([replacePackage(before, after), ...ledger, record])).ok;
}

const answerOf = ({ after }: Ending, { id, at, amount, reason }: Refund): RefundOut => ({
  ...{ id, code: after.code, packageId: after.id, amount, reason, at },
  ...{ refunded: refundedOf(after), refundable: refundable(after), status: after.status, paymentStatus: after.paymentStatus },
});
