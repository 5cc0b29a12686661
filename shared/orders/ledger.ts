import type { LegalType } from '../catalog/contract.ts';
import { basisPoints } from '../platform/money.ts';

/**
 * Who an amount moves between. The platform holds nobody's money, so it has no account here; `buyer_claims` is what sellers still owe
 * buyers of packages that ended after they were paid.
 */
export type LedgerAccount = 'buyer' | 'buyer_claims' | 'seller' | 'tax_authority';

type Kind = 'sale' | 'shipping' | 'vat_withheld' | 'pit_withheld';
type Reversed = 'sale_reversed' | 'shipping_reversed' | 'vat_returned' | 'pit_returned';
export const ledgerKinds = [
  ...(['sale', 'shipping', 'vat_withheld', 'pit_withheld'] as const),
  ...(['sale_reversed', 'shipping_reversed', 'vat_returned', 'pit_returned'] as const),
  ...(['sale_refunded', 'shipping_refunded', 'refund_paid'] as const),
] as const;

export interface LedgerLine {
  kind: (typeof ledgerKinds)[number];
  debit: LedgerAccount;
  credit: LedgerAccount;
  amount: number;
}

/** What a refund gives back of the sale; what it pays beyond that settles a claim. */
export interface RefundPart {
  amount: number;
  goods: number;
  shipping: number;
}

/** A package that was or is to be paid, in whole đồng. */
export interface SoldPackage {
  subtotal: number;
  discount: number;
  shipping: number;
  legalType: LegalType;
  refunds?: readonly RefundPart[] | undefined;
}

/** Withheld from household and individual sellers of goods: VAT 1%, resident PIT 0.5% (ND 252/2026 Art. 44; ND 253/2026 annex). */
const vatBasisPoints = 100;
const pitBasisPoints = 50;

export const isTaxWithheld = (legalType: LegalType): boolean => legalType === 'household' || legalType === 'individual';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** What is still sold of a package: goods after discount and shipping, less what was refunded of them. */
export const stillSold = ({ subtotal, discount, shipping, refunds = [] }: SoldPackage): { goods: number; shipping: number } => ({
  goods: subtotal - discount - sum(refunds.map((r) => r.goods)),
  shipping: shipping - sum(refunds.map((r) => r.shipping)),
});

function taxOn(goods: number, legalType: LegalType): { vat: number; pit: number } {
  const taxed = isTaxWithheld(legalType) ? goods : 0;
  return { vat: basisPoints(taxed, vatBasisPoints), pit: basisPoints(taxed, pitBasisPoints) };
}

const written = (lines: LedgerLine[]): LedgerLine[] => lines.filter((line) => line.amount > 0);

function linesOf({ goods, shipping }: { goods: number; shipping: number }, legalType: LegalType): (LedgerLine & { kind: Kind })[] {
  const { vat, pit } = taxOn(goods, legalType);
  return [
    { kind: 'sale', debit: 'buyer', credit: 'seller', amount: goods },
    { kind: 'shipping', debit: 'buyer', credit: 'seller', amount: shipping },
    { kind: 'vat_withheld', debit: 'seller', credit: 'tax_authority', amount: vat },
    { kind: 'pit_withheld', debit: 'seller', credit: 'tax_authority', amount: pit },
  ];
}

/**
 * The lines a successful sale of one package brings; a line of 0 ₫ is not written. Tax is a share of the goods after discount;
 * shipping is passed on to the carrier.
 */
export const saleLines = (pkg: SoldPackage): LedgerLine[] => written(linesOf(stillSold({ ...pkg, refunds: [] }), pkg.legalType));

const reversedKind: Record<Kind, Reversed> = {
  sale: 'sale_reversed',
  shipping: 'shipping_reversed',
  vat_withheld: 'vat_returned',
  pit_withheld: 'pit_returned',
};

/**
 * A ledger is never edited: when a paid package is cancelled, what is still sold of it is written as lines the other way round (tax is
 * given back, ND 252/2026 Art. 46). The buyer has a claim to it until the seller has paid it back.
 */
export const reversalLines = (pkg: SoldPackage): LedgerLine[] =>
  written(
    linesOf(stillSold(pkg), pkg.legalType).map(({ kind, debit, credit, amount }) => ({
      kind: reversedKind[kind],
      debit: credit,
      credit: debit === 'buyer' ? 'buyer_claims' : debit,
      amount,
    })),
  );

/**
 * The lines of one refund. Tax comes back as the difference between the tax on what was sold before it and after it, so that
 * refunds of any sizes return to the đồng what was withheld.
 *
 * @param pkg with the refunds before this one
 */
export function refundLines(pkg: SoldPackage, refund: RefundPart): LedgerLine[] {
  const { goods } = stillSold(pkg);
  const [before, after] = [taxOn(goods, pkg.legalType), taxOn(goods - refund.goods, pkg.legalType)];
  return written([
    { kind: 'sale_refunded', debit: 'seller', credit: 'buyer', amount: refund.goods },
    { kind: 'shipping_refunded', debit: 'seller', credit: 'buyer', amount: refund.shipping },
    { kind: 'vat_returned', debit: 'tax_authority', credit: 'seller', amount: before.vat - after.vat },
    { kind: 'pit_returned', debit: 'tax_authority', credit: 'seller', amount: before.pit - after.pit },
    { kind: 'refund_paid', debit: 'buyer_claims', credit: 'buyer', amount: refund.amount - refund.goods - refund.shipping },
  ]);
}

/** From the seller's side: money in is positive; what settles a claim was taken off when the claim arose. */
export function sellerAmount({ debit, credit, amount }: LedgerLine): number {
  if (credit === 'seller') return amount;
  return debit === 'seller' ? -amount : 0;
}

const columns: Record<LedgerLine['kind'], 'sales' | 'shipping' | 'vat' | 'pit' | 'claims'> = {
  sale: 'sales',
  sale_reversed: 'sales',
  sale_refunded: 'sales',
  shipping: 'shipping',
  shipping_reversed: 'shipping',
  shipping_refunded: 'shipping',
  vat_withheld: 'vat',
  vat_returned: 'vat',
  pit_withheld: 'pit',
  pit_returned: 'pit',
  refund_paid: 'claims',
};

/** What lines come to from the seller's side, by what they are for; tax as it was withheld, so positive. */
export function sumColumns(lines: readonly { kind: LedgerLine['kind']; amount: number }[]) {
  const of = (column: (typeof columns)[LedgerLine['kind']]) => sum(lines.map((l) => (columns[l.kind] === column ? l.amount : 0)));
  // JavaScript has a negative nought, and would show it.
  return { sales: of('sales'), shipping: of('shipping'), vat: 0 - of('vat'), pit: 0 - of('pit'), net: sum(lines.map((l) => l.amount)) };
}
