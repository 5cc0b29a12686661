import type * as z from 'zod';
import type { SellerPackage } from '../../shared/orders/contract.ts';
import { type LedgerLine, saleLines, sumColumns } from '../../shared/orders/ledger.ts';
import { mayBecome, type PackageStatus, statusAt, statusNames } from '../../shared/orders/lifecycle.ts';
import { formatDong } from '../../shared/platform/money.ts';
import { notFound, Problem } from '../../shared/platform/problem.ts';
import { addDays, businessDay } from '../../shared/platform/time.ts';
import { decodeCursor, encodeCursor, isPlaceOf } from '../platform/cursor.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import { jitter } from '../platform/retry.ts';
import { conditionsToLeave } from '../traceability/recalls/recalled-lots.ts';
import type { StoredPackage } from './records.ts';
import { shownToSeller } from './show-order.ts';
import { putLedgerLines, readLedger, readOrder, readOrders, readSellerPackages, replacePackage, sellerPackagePlace } from './store.ts';

type Shown = z.input<typeof SellerPackage>;

/** The seller's packages, newest first. */
export async function listSellerPackages(
  sellerId: string,
  query: { status?: PackageStatus | undefined; limit: number; cursor?: string | undefined },
  now: Date,
) {
  // A place in another seller's list is no place in this one.
  const start = decodeCursor(query.cursor, isPlaceOf(`SELLER_PACKAGES#${sellerId}`));
  const { packages, more } = await readSellerPackages(sellerId, query.status, query.limit, start);
  const last = packages.at(-1);
  const orders = await readOrders([...new Set(packages.map((pkg) => pkg.code))]);
  return {
    items: packages.flatMap((pkg) => {
      const order = orders.get(pkg.code);
      return order ? [shownToSeller(order, pkg, now)] : [];
    }),
    ...(more && last ? { nextCursor: encodeCursor(sellerPackagePlace(last)) } : {}),
  };
}

const stepped = (pkg: StoredPackage, status: PackageStatus, now: Date, change: Partial<StoredPackage>): StoredPackage => ({
  ...pkg,
  ...change,
  status,
  history: [...pkg.history, { status, at: now.toISOString() }],
  version: pkg.version + 1,
});

/**
 * Moves the seller's package of an order one step, or says why not. The write's condition is that nobody moved it meanwhile.
 *
 * @param next the package as it shall be, from how it is; undefined when it already is so
 * @param conditions what else must be true when it is written, or throws why it may not be
 * @throws Problem `not_found` (no package of this seller in that order), `conflict`
 */
async function move(
  sellerId: string,
  code: string,
  now: Date,
  next: (pkg: StoredPackage) => StoredPackage | undefined,
  conditions: (pkg: StoredPackage, now: Date) => Promise<TransactItem[]> = async () => [],
): Promise<Shown> {
  for (let attempt = 1; attempt <= 8; attempt++) {
    const found = await readOrder(code.trim().toUpperCase());
    const pkg = found?.packages.find((p) => p.sellerId === sellerId);
    if (!found || !pkg) throw notFound({ vi: 'Gian hàng của bạn không có đơn này.', en: 'Your stall has no such order.' });
    const after = next(pkg);
    if (!after) return shownToSeller(found.order, pkg, now);
    const isCollected = after.paymentStatus === 'paid' && pkg.paymentStatus !== 'paid';
    const ledger = isCollected ? putLedgerLines(pkg, saleLines(pkg), now) : [];
    const result = await transact([replacePackage(pkg, after), ...ledger, ...(await conditions(pkg, now))]);
    if (result.ok) return shownToSeller(found.order, after, now);
    await jitter(attempt);
  }
  throw new Problem('conflict', {
    vi: 'Đơn đang được xử lý ở nơi khác. Xin tải lại.',
    en: 'The package is being changed elsewhere. Please load it again.',
  });
}

function step(pkg: StoredPackage, status: PackageStatus, now: Date, change: Partial<StoredPackage> = {}): StoredPackage {
  const current = statusAt(pkg, now);
  if (!mayBecome(current, status))
    throw new Problem('conflict', {
      vi: `Kiện hàng đang ở bước “${statusNames[current]}”, không chuyển sang “${statusNames[status]}” được.`,
      en: `The package is ${current} and cannot become ${status}.`,
    });
  return stepped(pkg, status, now, change);
}

/** The seller has seen the order. Seeing it twice changes nothing; an order that is over needs no seeing. */
export const acknowledge = (sellerId: string, code: string, now: Date) =>
  move(sellerId, code, now, (pkg) => {
    const current = statusAt(pkg, now);
    if (current === 'cancelled' || current === 'expired')
      throw new Problem('conflict', { vi: 'Đơn này đã kết thúc.', en: 'This order is over.' });
    return pkg.acknowledgedAt ? undefined : { ...pkg, acknowledgedAt: now.toISOString(), version: pkg.version + 1 };
  });

export const pack = (sellerId: string, code: string, now: Date) =>
  move(sellerId, code, now, (pkg) => step(pkg, 'packed', now, pkg.acknowledgedAt ? {} : { acknowledgedAt: now.toISOString() }));

/** Nothing of a recalled lot leaves. */
export const ship = (sellerId: string, code: string, by: { carrier: string; trackingNumber: string }, now: Date) =>
  move(sellerId, code, now, (pkg) => step(pkg, 'shipped', now, by), conditionsToLeave);

/** At the door a COD package is paid: the sale, and the tax withheld from a household, are booked in the same write. */
export const deliver = (sellerId: string, code: string, now: Date) =>
  move(sellerId, code, now, (pkg) => step(pkg, 'delivered', now, pkg.payment === 'cod' ? { paymentStatus: 'paid' } : {}));

const sentences: Record<Exclude<LedgerLine['kind'], 'refund_paid'>, string> = {
  sale: 'Tiền hàng',
  shipping: 'Phí giao hàng',
  vat_withheld: 'Thuế GTGT 1% khấu trừ',
  pit_withheld: 'Thuế TNCN 0,5% khấu trừ',
  sale_reversed: 'Đơn huỷ: phải trả lại tiền hàng',
  shipping_reversed: 'Đơn huỷ: phải trả lại phí giao hàng',
  sale_refunded: 'Hoàn tiền hàng',
  shipping_refunded: 'Hoàn phí giao hàng',
  vat_returned: 'Trả lại thuế GTGT',
  pit_returned: 'Trả lại thuế TNCN',
};

/** Every đồng owed to or by the seller between two business days (the last 31 when none are named), and their sums. */
export async function ledgerOf(sellerId: string, asked: { from?: string | undefined; to?: string | undefined }, now: Date) {
  const to = asked.to ?? businessDay(now);
  const from = asked.from ?? addDays(to, -30);
  const lines = await readLedger(sellerId, from, to);
  const { sales, shipping, vat, pit, net } = sumColumns(lines);
  return {
    from,
    to,
    items: lines.map(({ id, at, day, orderCode, packageId, kind, amount, settled }) => ({
      id,
      at,
      day,
      orderCode,
      packageId,
      kind,
      amount,
      note: kind === 'refund_paid' ? `Đã trả lại khách ${formatDong(settled ?? 0)} của đơn huỷ` : sentences[kind],
    })),
    total: { sales, shipping, vatWithheld: vat, pitWithheld: pit, net },
  };
}
