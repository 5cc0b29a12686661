import type * as z from 'zod';
import type { Order, PackageOut, SellerPackage } from '../../shared/orders/contract.ts';
import { orderStatus, statusAt } from '../../shared/orders/lifecycle.ts';
import { transferContent, vietQrPayload } from '../../shared/payments/vietqr.ts';
import { nationalPhone } from '../../shared/platform/phone.ts';
import type { StoredLine, StoredOrder, StoredPackage } from './records.ts';

type Shown = z.input<typeof Order>;

function shownLine(line: StoredLine) {
  const { holdings: _h, discount: _d, category: _c, buyerLimit: _b, ...shown } = line;
  return shown;
}

/** The transfer a buyer still has to make; nothing once it is paid or too late. */
function vietqr(pkg: StoredPackage, isWaiting: boolean) {
  if (!isWaiting || pkg.payment !== 'bank_transfer' || !pkg.bank) return undefined;
  const content = transferContent(pkg.code, pkg.n);
  const { bin, accountNumber, accountName } = pkg.bank;
  return {
    payload: vietQrPayload({ bin, accountNumber, amount: pkg.total, content }),
    bankBin: bin,
    accountNumber,
    accountName,
    amount: pkg.total,
    content,
  };
}

/** A package as its buyer and seller see it at `now`: a hold whose time is over shows as expired, cleaned up or not. */
export function shownPackage(pkg: StoredPackage, now: Date): PackageOut {
  const status = statusAt(pkg, now);
  const isWaiting = status === 'pending_payment';
  return {
    ...{ id: pkg.id, sellerId: pkg.sellerId, sellerName: pkg.sellerName, sellerSlug: pkg.sellerSlug },
    lines: pkg.lines.map(shownLine),
    ...{ subtotal: pkg.subtotal, discount: pkg.discount, shipping: pkg.shipping, total: pkg.total, status },
    payment: {
      method: pkg.payment,
      status: status === 'expired' ? 'expired' : pkg.paymentStatus,
      amount: pkg.total,
      ...(isWaiting ? { expiresAt: pkg.expiresAt, vietqr: vietqr(pkg, isWaiting) } : {}),
    },
    refunds: pkg.refunds?.map(({ id, at, amount, reason }) => ({ id, at, amount, reason })),
    carrier: pkg.carrier,
    trackingNumber: pkg.trackingNumber,
    history: pkg.history,
  };
}

/** An order as it was answered when it was placed, whatever has become of it: for a request that comes again with its key. */
export const shownAsPlaced = (order: StoredOrder, packages: readonly StoredPackage[]): Shown =>
  shownOrder(
    order,
    packages.map(({ carrier: _c, trackingNumber: _t, refunds: _r, history, ...pkg }) => {
      const first = history.slice(0, 1);
      const status = first[0]?.status ?? pkg.status;
      return { ...pkg, history: first, status, paymentStatus: status === 'pending_payment' ? 'pending' : 'collect_on_delivery' };
    }),
    new Date(order.placedAt),
  );

/** The whole order for whoever knows its code and phone. */
export function shownOrder(order: StoredOrder, packages: readonly StoredPackage[], now: Date): Shown {
  const shown = packages.map((pkg) => shownPackage(pkg, now));
  const lines = new Map(shown.flatMap((p) => p.lines.map((line) => [line.sku, line] as const)));
  const first = shown[0];
  return {
    code: order.code,
    status: orderStatus(shown.map((p) => p.status)),
    lines: order.skus.flatMap((sku) => lines.get(sku) ?? []),
    ...{ subtotal: order.subtotal, discount: order.discount, shipping: order.shipping, total: order.total },
    packages: shown,
    payment: {
      method: order.payment,
      status: first && shown.every((p) => p.payment.status === first.payment.status) ? first.payment.status : 'pending',
    },
    customer: { ...order.customer, phone: nationalPhone(order.customer.phone) },
    ...{ shipTo: order.shipTo, delivery: order.delivery, lockerId: order.lockerId, campaign: order.campaign, channel: order.channel },
    ...{ voucher: order.voucher, note: order.note, placedAt: order.placedAt },
  };
}

/** A package as its seller works on it; the buyer's e-mail stays out, their phone is needed for delivery. */
export const shownToSeller = (order: StoredOrder, pkg: StoredPackage, now: Date): z.input<typeof SellerPackage> => ({
  ...shownPackage(pkg, now),
  code: pkg.code,
  packageId: pkg.id,
  customer: { name: order.customer.name, phone: nationalPhone(order.customer.phone) },
  ...{ shipTo: order.shipTo, delivery: order.delivery, lockerId: order.lockerId, note: order.note, invoice: order.invoice },
  acknowledgedAt: pkg.acknowledgedAt,
  placedAt: pkg.placedAt,
});
