import { isOver, mayBecome, statusAt } from '../../shared/orders/lifecycle.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { maxTransactItems } from '../platform/dynamo.ts';
import { jitter } from '../platform/retry.ts';
import { endPackages } from './end-packages.ts';
import { orderOfBuyer } from './follow-order.ts';
import type { StoredPackage } from './records.ts';
import { shownOrder } from './show-order.ts';

const tooLate = () =>
  new Problem('conflict', {
    vi: 'Đơn này không huỷ được nữa: người bán đã đóng gói, hoặc đơn đã kết thúc. Xin gọi cho người bán.',
    en: 'This order can no longer be cancelled: it is packed already, or over. Please call the seller.',
  });

/** What ending a package may write at most: itself, four ledger lines, and per counter two writes and a place in a buyer's limit. */
const writesOf = (pkg: StoredPackage): number => 5 + pkg.lines.reduce((sum, l) => sum + 2 * l.holdings.length + (l.buyerLimit ? 1 : 0), 0);

/** As many packages as fit one transaction beside its movement, one at least; a larger order is cancelled in several. */
function firstPart(open: readonly StoredPackage[]): StoredPackage[] {
  const fits = (count: number) => open.slice(0, count).reduce((sum, pkg) => sum + writesOf(pkg), 1) <= maxTransactItems;
  let count = 1;
  while (count < open.length && fits(count + 1)) count++;
  return open.slice(0, count);
}

/** Forty packages may take forty parts, and each part a few tries. */
const maxAttempts = 60;

/**
 * Cancels a whole order before any package is packed; its units go back exactly once.
 * @throws Problem `not_found`, `conflict`
 */
export async function cancelOrder(code: string, phone: string, now: Date) {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { order, packages } = await orderOfBuyer(code, phone);
    const open = packages.filter((pkg) => !isOver(statusAt(pkg, now)));
    if (open.length === 0 || !open.every((pkg) => mayBecome(statusAt(pkg, now), 'cancelled'))) throw tooLate();
    const part = firstPart(open);
    const ended = await endPackages(part, 'cancelled', 'buyer', now);
    if (ended && part.length === open.length) {
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
