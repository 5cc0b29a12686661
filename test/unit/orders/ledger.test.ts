import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isTaxWithheld,
  type LedgerLine,
  ledgerKinds,
  refundLines,
  reversalLines,
  saleLines,
  sellerAmount,
  sumColumns,
} from '../../../shared/orders/ledger.ts';

describe('what a sale writes in the ledger', () => {
  test('a household: goods, shipping, VAT 1%, PIT 0.5% of the goods after discount', () => {
    const lines = saleLines({ subtotal: 1_250_000, discount: 50_000, shipping: 35_000, legalType: 'household' });
    expect(lines).toEqual([
      { kind: 'sale', debit: 'buyer', credit: 'seller', amount: 1_200_000 },
      { kind: 'shipping', debit: 'buyer', credit: 'seller', amount: 35_000 },
      { kind: 'vat_withheld', debit: 'seller', credit: 'tax_authority', amount: 12_000 },
      { kind: 'pit_withheld', debit: 'seller', credit: 'tax_authority', amount: 6_000 },
    ]);
    expect(lines.reduce((sum, l) => sum + sellerAmount(l), 0)).toBe(1_217_000);
  });

  test('tax is rounded half up to whole đồng, each kind on its own', () => {
    const tax = (goods: number) =>
      saleLines({ subtotal: goods, discount: 0, shipping: 0, legalType: 'individual' })
        .filter((l) => l.kind !== 'sale')
        .map((l) => [l.kind, l.amount]);
    expect(tax(180_050)).toEqual([
      ['vat_withheld', 1_801], // 1 800.5
      ['pit_withheld', 900], // 900.25
    ]);
    expect(tax(180_049)).toEqual([
      ['vat_withheld', 1_800], // 1 800.49
      ['pit_withheld', 900],
    ]);
    expect(tax(180_100)).toEqual([
      ['vat_withheld', 1_801],
      ['pit_withheld', 901], // 900.5
    ]);
    // Too little to be taxed writes no empty line.
    expect(tax(49)).toEqual([]);
    expect(tax(99)).toEqual([['vat_withheld', 1]]);
  });

  test('cooperatives and companies pay their own tax', () => {
    expect(['cooperative', 'company', 'household', 'individual'].map((t) => isTaxWithheld(t as 'company'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(saleLines({ subtotal: 335_000, discount: 0, shipping: 0, legalType: 'cooperative' })).toEqual([
      { kind: 'sale', debit: 'buyer', credit: 'seller', amount: 335_000 },
    ]);
  });

  test('a gift writes nothing about goods', () => {
    expect(saleLines({ subtotal: 50_000, discount: 50_000, shipping: 18_000, legalType: 'household' })).toEqual([
      { kind: 'shipping', debit: 'buyer', credit: 'seller', amount: 18_000 },
    ]);
  });
});

test('a cancelled household sale is written the other way round, each line under its own name, with the same amounts', () => {
  const reversal = reversalLines({ subtotal: 1_250_000, discount: 50_000, shipping: 35_000, legalType: 'household' });
  expect(reversal).toEqual([
    { kind: 'sale_reversed', debit: 'seller', credit: 'buyer_claims', amount: 1_200_000 },
    { kind: 'shipping_reversed', debit: 'seller', credit: 'buyer_claims', amount: 35_000 },
    { kind: 'vat_returned', debit: 'tax_authority', credit: 'seller', amount: 12_000 },
    { kind: 'pit_returned', debit: 'tax_authority', credit: 'seller', amount: 6_000 },
  ]);
  // The seller gives back 1.235.000 and gets 18.000 of tax again: the 1.217.000 the sale had brought.
  expect(reversal.map(sellerAmount)).toEqual([-1_200_000, -35_000, 12_000, 6_000]);
});

function balancesOf(lines: readonly LedgerLine[]): Record<string, number> {
  const balance = { buyer: 0, buyer_claims: 0, seller: 0, tax_authority: 0 };
  for (const { debit, credit, amount } of lines) {
    balance[debit] -= amount;
    balance[credit] += amount;
  }
  return balance;
}

test('what a cancellation writes undoes the sale to the đồng, line by line, under names of its own', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_990_000_000 }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.constantFrom('cooperative', 'household', 'company', 'individual'),
      (subtotal, discounted, shipping, legalType) => {
        const pkg = { subtotal, discount: Math.floor((subtotal * discounted) / 10_000), shipping, legalType: legalType as 'household' };
        const sale = saleLines(pkg);
        const reversal = reversalLines(pkg);
        expect([...sale, ...reversal].every((l) => l.amount > 0)).toBe(true);
        // All that the buyer paid is a claim now, until it is paid back.
        const paid = pkg.subtotal - pkg.discount + shipping;
        const settled = refundLines({ ...pkg }, { amount: paid, goods: 0, shipping: 0 });
        expect(balancesOf([...sale, ...reversal])).toEqual({ buyer: -paid, buyer_claims: paid, seller: 0, tax_authority: 0 });
        expect(balancesOf([...sale, ...reversal, ...settled])).toEqual({ buyer: 0, buyer_claims: 0, seller: 0, tax_authority: 0 });
        expect(reversal.map((l) => l.kind).filter((kind) => sale.some((l) => l.kind === kind))).toEqual([]);
        // Without tax the seller's balance is what the buyer paid.
        const withheld = sale.filter((l) => l.credit === 'tax_authority').reduce((a, l) => a + l.amount, 0);
        expect(sale.reduce((a, l) => a + sellerAmount(l), 0)).toBe(pkg.subtotal - pkg.discount + shipping - withheld);
      },
    ),
  );
});

test('every kind of line stands in its column, from the seller’s side; tax as it was withheld', () => {
  const amounts: Record<LedgerLine['kind'], number> = {
    ...{ sale: 1_000_000, sale_reversed: -200_000, sale_refunded: -30_000 },
    ...{ shipping: 50_000, shipping_reversed: -4_000, shipping_refunded: -500 },
    ...{ vat_withheld: -10_000, vat_returned: 2_300, pit_withheld: -5_000, pit_returned: 1_150, refund_paid: 0 },
  };
  const lines = ledgerKinds.map((kind) => ({ kind, amount: amounts[kind] }));
  expect(sumColumns(lines)).toEqual({ sales: 770_000, shipping: 45_500, vat: 7_700, pit: 3_850, net: 803_950 });
  // Settling a claim is no column's, whatever it would come to.
  expect(sumColumns([{ kind: 'refund_paid', amount: 7 }])).toEqual({ sales: 0, shipping: 0, vat: 0, pit: 0, net: 7 });
  expect(Object.is(sumColumns([]).vat, 0)).toBe(true);
});
