import type { LegalType } from '../../shared/catalog/contract.ts';
import type { HeldAs, Holding } from '../../shared/orders/book.ts';
import type { OrderRequest, PaymentMethod } from '../../shared/orders/contract.ts';
import type { LedgerLine } from '../../shared/orders/ledger.ts';
import type { PackageStatus } from '../../shared/orders/lifecycle.ts';
import type { Refund } from '../../shared/orders/refunds.ts';
import type { Allocation } from '../../shared/orders/stock.ts';
import type { Delivery } from '../../shared/shipping/contract.ts';
import type { Asked } from './order-code.ts';

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
  /** From which counters the units came, so that they go back there; together they are `quantity`. */
  holdings: Allocation[];
}

export interface StoredAddress {
  provinceCode: string;
  communeCode: string;
  street: string;
  communeName: string;
  provinceName: string;
}

/** What an order and its packages both say. */
interface Shared {
  code: string;
  campaign?: string;
  channel: string;
  payment: PaymentMethod;
  placedAt: string;
}

/** The basket as it was placed: written once, never changed. Who buys and where it goes stands here and nowhere else. */
export interface StoredOrder extends Shared {
  customer: { name: string; phone: string; email?: string };
  shipTo?: StoredAddress;
  delivery: Delivery;
  lockerId?: string;
  note?: string;
  invoice?: OrderRequest['invoice'];
  voucher?: string;
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
  /** The request that placed it; who sends it again is answered with this order. */
  asked: Asked;
  /** SKUs in the order the buyer listed them. */
  skus: string[];
  /** The stock book's entry of this order: units taken from counters, and as what. */
  taken: Holding[];
  takenAs: HeldAs;
}

export type PackagePaymentStatus = 'pending' | 'paid' | 'collect_on_delivery' | 'cancelled' | 'expired' | 'refunded' | 'refund_due';

export interface StoredPackage extends Shared {
  /** `<order code>-<n>` */
  id: string;
  n: number;
  /** How many packages the order has: with one, its events tell the whole order. */
  of: number;
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
  paymentStatus: PackagePaymentStatus;
  /** An unpaid package holds its stock until then. */
  expiresAt?: string;
  /** The seller's account as it was when the order was placed, for the transfer's QR. */
  bank?: { bin: string; accountNumber: string; accountName: string };
  carrier?: string;
  trackingNumber?: string;
  acknowledgedAt?: string;
  /** Oldest first. */
  refunds?: Refund[];
  history: { status: PackageStatus; at: string }[];
  version: number;
}

export interface StoredLedgerLine {
  id: string;
  at: string;
  day: string;
  orderCode: string;
  packageId: string;
  kind: LedgerLine['kind'];
  debit: string;
  credit: string;
  /** From the seller's side. */
  amount: number;
  /** What moved, when it is nothing from the seller's side. */
  settled?: number;
}

/** A package's units with the counters they were taken from: a campaign's for a line at its price, else the product's own. */
export const holdingsOf = (pkg: Pick<StoredPackage, 'campaign' | 'lines'>): Holding[] =>
  pkg.lines.flatMap((line) =>
    line.holdings.map((taken) => ({ sku: line.sku, ...(line.offer ? { campaign: pkg.campaign } : {}), ...taken })),
  );
