import { apportion, basisPoints } from '../platform/money.ts';
import type { Delivery } from '../shipping/contract.ts';
import { shippingDong } from '../shipping/rates.ts';

/** One line of a basket with what the shelf says of its SKU at this moment. */
export interface PricedSku {
  sku: string;
  sellerId: string;
  price: number;
  wholesale?: { minQuantity: number; price: number }[] | undefined;
  /** The campaign's price, when the buyer came from a live campaign that offers this SKU. */
  offerPrice?: number | undefined;
  netWeightGrams: number;
  needsCold: boolean;
  quantity: number;
}

export interface Voucher {
  code: string;
  /** A fixed amount, or a share in basis points up to `maxDiscount`. */
  amount?: number;
  basisPoints?: number;
  maxDiscount?: number;
  minSubtotal: number;
}

export interface PricedLine {
  sku: string;
  sellerId: string;
  quantity: number;
  unitPrice: number;
  total: number;
  /** The line's share of the order's discount; kept so that a report can say what one line brought. */
  discount: number;
  grams: number;
  offer: boolean;
}

export interface Amounts {
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
}

export interface PricedBasket extends Amounts {
  lines: PricedLine[];
  packages: (Amounts & { sellerId: string; lines: PricedLine[] })[];
}

/** Two lines of one SKU are one line of both quantities, at the place of the first. */
export function addUp(lines: readonly { sku: string; quantity: number }[]): { sku: string; quantity: number; index: number }[] {
  const merged = new Map<string, { sku: string; quantity: number; index: number }>();
  lines.forEach(({ sku, quantity }, index) => {
    const before = merged.get(sku);
    if (before) before.quantity += quantity;
    else merged.set(sku, { sku, quantity, index });
  });
  return [...merged.values()];
}

/** The campaign's price if there is one, else the lowest wholesale price the quantity reaches, else the shelf's. */
export function unitPriceOf(sku: Pick<PricedSku, 'price' | 'wholesale' | 'offerPrice' | 'quantity'>): number {
  if (sku.offerPrice !== undefined) return sku.offerPrice;
  const reached = sku.wholesale?.filter((w) => sku.quantity >= w.minQuantity).map((w) => w.price) ?? [];
  return Math.min(sku.price, ...reached);
}

/** What a voucher takes off a basket; nothing below its minimum, never more than the goods cost. */
export function voucherDiscount(voucher: Voucher | undefined, subtotal: number): number {
  if (!voucher || subtotal < voucher.minSubtotal) return 0;
  const asked = voucher.amount ?? Math.min(basisPoints(subtotal, voucher.basisPoints ?? 0), voucher.maxDiscount ?? Number.MAX_SAFE_INTEGER);
  return Math.min(asked, subtotal);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/**
 * Prices a basket: lines grouped into one package per seller (in the order sellers first appear), the discount shared over the
 * lines by largest remainder, shipping per package. Every sum holds to the đồng: lines → packages → order.
 *
 * @param skus lines already added up, one per SKU
 */
export function priceBasket(
  skus: readonly PricedSku[],
  to: { provinceCode: string; delivery: Delivery; voucher?: Voucher | undefined },
): PricedBasket {
  const totals = skus.map((s) => unitPriceOf(s) * s.quantity);
  const subtotal = sum(totals);
  const discount = voucherDiscount(to.voucher, subtotal);
  const shares = apportion(discount, totals);
  const lines = skus.map(
    (s, i): PricedLine => ({
      sku: s.sku,
      sellerId: s.sellerId,
      quantity: s.quantity,
      unitPrice: unitPriceOf(s),
      total: totals[i] ?? 0,
      discount: shares[i] ?? 0,
      grams: s.netWeightGrams * s.quantity,
      offer: s.offerPrice !== undefined,
    }),
  );
  const packages = [...new Set(lines.map((l) => l.sellerId))].map((sellerId) => {
    const own = lines.filter((l) => l.sellerId === sellerId);
    const needsCold = skus.some((s) => s.sellerId === sellerId && s.needsCold);
    const goods = sum(own.map((l) => l.total));
    const off = sum(own.map((l) => l.discount));
    const shipping = shippingDong({ grams: sum(own.map((l) => l.grams)), needsCold }, to.provinceCode, to.delivery);
    return { sellerId, lines: own, subtotal: goods, discount: off, shipping, total: goods - off + shipping };
  });
  const shipping = sum(packages.map((p) => p.shipping));
  return { lines, packages, subtotal, discount, shipping, total: subtotal - discount + shipping };
}
