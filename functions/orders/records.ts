import type { LegalType } from '../../shared/catalog/contract.ts';
import type { OrderRequest, PaymentMethod } from '../../shared/orders/contract.ts';
import type { PackageStatus } from '../../shared/orders/lifecycle.ts';
import type { Delivery } from '../../shared/shipping/contract.ts';

/** Which counter a line's units came from, so that they go back to the same place. */
export interface Holding {
  sku: string;
  /** Absent: the product's own stock; else the campaign whose set-aside units these are. */
  campaign?: string;
  shard: string;
  quantity: number;
}

/** What the buyer saw when ordering; later edits of the product do not rewrite it. */
export interface StoredLine {
  sku: string;
  productSlug: string;
  name: string;
  variant: string;
  unit: string;
  image?: string;
  category: string;
  quantity: number;
  unitPrice: number;
  total: number;
  discount: number;
  netWeightGrams: number;
  offer?: boolean;
  /** The place these units take in the campaign's limit per buyer. */
  buyerLimit?: { buyer: string; quantity: number };
  /** Held units per counter; together they are `quantity`. */
  holdings: Holding[];
}

export interface StoredAddress {
  provinceCode: string;
  communeCode: string;
  street: string;
  communeName: string;
  provinceName: string;
}

/** What an order's packages share. */
interface Shared {
  code: string;
  customer: { name: string; phone: string; email?: string };
  shipTo?: StoredAddress;
  delivery: Delivery;
  lockerId?: string;
  campaign?: string;
  channel: string;
  note?: string;
  invoice?: OrderRequest['invoice'];
  placedAt: string;
}

export interface StoredOrder extends Shared {
  payment: PaymentMethod;
  voucher?: string;
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
  /** SKUs in the order the buyer listed them. */
  skus: string[];
}

export type PackagePaymentStatus = 'pending' | 'paid' | 'collect_on_delivery' | 'cancelled' | 'expired' | 'refunded' | 'refund_due';

export interface StoredPackage extends Shared {
  /** `<order code>-<n>` */
  id: string;
  n: number;
  sellerId: string;
  sellerName: string;
  sellerSlug: string;
  legalType: LegalType;
  communeCode: string;
  communeName: string;
  lines: StoredLine[];
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
  status: PackageStatus;
  payment: PaymentMethod;
  paymentStatus: PackagePaymentStatus;
  /** An unpaid package holds its stock until then. */
  expiresAt?: string;
  /** The seller's account as it was when the order was placed, for the transfer's QR. */
  bank?: { bin: string; accountNumber: string; accountName: string };
  carrier?: string;
  trackingNumber?: string;
  acknowledgedAt?: string;
  history: { status: PackageStatus; at: string }[];
  version: number;
}

export interface StoredLedgerLine {
  id: string;
  at: string;
  day: string;
  orderCode: string;
  packageId: string;
  kind: string;
  debit: string;
  credit: string;
  /** From the seller's side. */
  amount: number;
}
