import type { LegalType } from '../catalog/contract.ts';
import { basisPoints } from '../platform/money.ts';

/** Who an amount moves between. The platform holds nobody's money, so it has no account here. */
export type LedgerAccount = 'buyer' | 'seller' | 'tax_authority';

export interface LedgerLine {
  kind: 'sale' | 'shipping' | 'vat_withheld' | 'pit_withheld' | 'sale_reversed' | 'shipping_reversed' | 'vat_returned' | 'pit_returned';
  debit: LedgerAccount;
  credit: LedgerAccount;
  amount: number;
}

/** Withheld from household and individual sellers of goods: VAT 1%, resident PIT 0.5% (ND 252/2026 Art. 44; ND 253/2026 annex). */
const vatBasisPoints = 100;
const pitBasisPoints = 50;

export const isTaxWithheld = (legalType: LegalType): boolean => legalType === 'household' || legalType === 'individual';

/**
 * The lines a successful sale of one package brings; a line of 0 ₫ is not written. Tax is a share of the goods after discount;
 * shipping is passed on to the carrier.
 *
 * @param pkg whole đồng
 */
export function saleLines(pkg: { subtotal: number; discount: number; shipping: number; legalType: LegalType }): LedgerLine[] {
  const goods = pkg.subtotal - pkg.discount;
  const taxed = isTaxWithheld(pkg.legalType) ? goods : 0;
  const lines: LedgerLine[] = [
    { kind: 'sale', debit: 'buyer', credit: 'seller', amount: goods },
    { kind: 'shipping', debit: 'buyer', credit: 'seller', amount: pkg.shipping },
    { kind: 'vat_withheld', debit: 'seller', credit: 'tax_authority', amount: basisPoints(taxed, vatBasisPoints) },
    { kind: 'pit_withheld', debit: 'seller', credit: 'tax_authority', amount: basisPoints(taxed, pitBasisPoints) },
  ];
  return lines.filter((line) => line.amount > 0);
}

const reversedKind: Partial<Record<LedgerLine['kind'], LedgerLine['kind']>> = {
  sale: 'sale_reversed',
  shipping: 'shipping_reversed',
  vat_withheld: 'vat_returned',
  pit_withheld: 'pit_returned',
};

/** A ledger is never edited: what a cancellation undoes is written as lines the other way round (tax is given back, ND 252/2026 Art. 46). */
export const reversalLines = (lines: readonly LedgerLine[]): LedgerLine[] =>
  lines.map(({ kind, debit, credit, amount }) => ({ kind: reversedKind[kind] ?? kind, debit: credit, credit: debit, amount }));

/** From the seller's side: money in is positive. */
export const sellerAmount = (line: LedgerLine): number => (line.credit === 'seller' ? line.amount : -line.amount);
