import { mayBecome, statusAt } from '../../shared/orders/lifecycle.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { jitter } from '../platform/retry.ts';
import { endPackages } from './end-packages.ts';
import { orderOfBuyer } from './follow-order.ts';
import { shownOrder } from './show-order.ts';

const tooLate = () =>
  new Problem('conflict', {
    vi: 'Đơn này không huỷ được nữa: người bán đã đóng gói, hoặc đơn đã kết thúc. Xin gọi cho người bán.',
    en: 'This order can no longer be cancelled: it is packed already, or over. Please call the seller.',
  });

/** So many packages with all their lines and ledger lines fit one transaction; a larger order is cancelled in several. */
const packagesAtOnce = 8;

/**
 * Cancels a whole order before any package is packed; its units go back exactly once.
 * @throws Problem `not_found`, `conflict`
 */
export async function cancelOrder(code: string, phone: string, now: Date) {
  for (let attempt = 1; attempt <= 8; attempt++) {
    const { order, packages } = await orderOfBuyer(code, phone);
    const open = packages.filter((pkg) => pkg.status !== 'cancelled');
    if (open.length === 0 || !open.every((pkg) => mayBecome(statusAt(pkg, now), 'cancelled'))) throw tooLate();
    const ended = await endPackages(open.slice(0, packagesAtOnce), 'cancelled', 'buyer', now);
    if (ended && open.length <= packagesAtOnce) {
      const byId = new Map(ended.map((pkg) => [pkg.id, pkg]));
      return shownOrder(
        order,
        packages.map((pkg) => byId.get(pkg.id) ?? pkg),
        now,
      );
    }
    if (!ended) await jitter(attempt);
  }
  throw tooLate();
}
