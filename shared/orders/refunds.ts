import { type RefundPart, type SoldPackage, stillSold } from './ledger.ts';
import { isOver, mayBecome, type PackageStatus } from './lifecycle.ts';

/** Money a seller gave back of a package, in whole đồng; `goods` and `shipping` say what it takes off the sale. */
export interface Refund extends RefundPart {
  id: string;
  /** RFC 3339, UTC. */
  at: string;
  reason: string;
}

export interface RefundedPackage extends SoldPackage {
  total: number;
  status: PackageStatus;
  paymentStatus: string;
}

/** A package's refunds stay with it: an item of the table has room for some thousands, a person for these. */
export const mostRefunds = 50;

export const refundedOf = ({ refunds = [] }: Pick<SoldPackage, 'refunds'>): number => refunds.reduce((sum, r) => sum + r.amount, 0);

/** What can still be refunded: never more than was paid, and nothing of what was not. */
export const refundable = (pkg: RefundedPackage): number =>
  pkg.paymentStatus === 'paid' || pkg.paymentStatus === 'refund_due' ? pkg.total - refundedOf(pkg) : 0;

/** What a refund takes off the sale: goods first, then shipping; nothing once the package ended, since its end took all of it. */
export function refundPart(pkg: RefundedPackage, amount: number): RefundPart {
  if (isOver(pkg.status)) return { amount, goods: 0, shipping: 0 };
  const goods = Math.min(amount, stillSold(pkg).goods);
  return { amount, goods, shipping: amount - goods };
}

/**
 * Where a refund leaves a package. With the last đồng given back, one that has not left the seller, or has ended before, is `refunded`;
 * one the buyer has or is about to have stays where it is: the status tells where the goods are, the payment where the money is.
 */
export function afterRefund(pkg: RefundedPackage, amount: number): { status: PackageStatus; paymentStatus: 'refunded' | undefined } {
  const isAll = amount === refundable(pkg);
  return {
    status: isAll && mayBecome(pkg.status, 'refunded') ? 'refunded' : pkg.status,
    paymentStatus: isAll ? 'refunded' : undefined,
  };
}
