import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refundLines, reversalLines, saleLines, sellerAmount, stillSold } from '../../../shared/orders/ledger.ts';
import { afterRefund, type Refund, type RefundedPackage, refundable, refundedOf, refundPart } from '../../../shared/orders/refunds.ts';

/** A household's vase at 180,000, less 20,000, with 30,000 for the parcel: 190,000 in all. */
const vase: RefundedPackage = {
  ...{ subtotal: 180_000, discount: 20_000, shipping: 30_000, total: 190_000 },
  ...{ legalType: 'household', status: 'delivered', paymentStatus: 'paid' },
};
const refund = (part: { amount: number; goods: number; shipping: number }): Refund => ({ id: 'R', at: '', reason: '', ...part });

describe('what can be refunded', () => {
  test.each([
    ['pending', 0],
    ['collect_on_delivery', 0],
    ['cancelled', 0],
    ['expired', 0],
    ['refunded', 0],
    ['paid', 190_000],
    ['refund_due', 190_000],
  ])('of a package whose payment is %s: %i', (paymentStatus, left) => {
    expect(refundable({ ...vase, paymentStatus })).toBe(left);
  });

  test('is less by what was refunded before', () => {
    const refunds = [refund({ amount: 50_000, goods: 50_000, shipping: 0 }), refund({ amount: 1, goods: 1, shipping: 0 })];
    expect(refundable({ ...vase, refunds })).toBe(139_999);
    expect(refundedOf({ refunds })).toBe(50_001);
  });
});

describe('what a refund takes off', () => {
  test('is goods first, then shipping', () => {
    expect(refundPart(vase, 160_000)).toEqual({ amount: 160_000, goods: 160_000, shipping: 0 });
    expect(refundPart(vase, 160_001)).toEqual({ amount: 160_001, goods: 160_000, shipping: 1 });
    const refunds = [refund({ amount: 150_000, goods: 150_000, shipping: 0 })];
    expect(refundPart({ ...vase, refunds }, 40_000)).toEqual({ amount: 40_000, goods: 10_000, shipping: 30_000 });
  });

  test('is nothing of a package that ended: its end took all of it off', () => {
    expect(refundPart({ ...vase, status: 'cancelled', paymentStatus: 'refund_due' }, 190_000)).toEqual({
      ...{ amount: 190_000, goods: 0, shipping: 0 },
    });
  });
});

describe('where it leaves the package', () => {
  test.each([
    ['confirmed', 'refunded'],
    ['packed', 'refunded'],
    ['shipped', 'shipped'],
    ['delivered', 'delivered'],
    ['completed', 'completed'],
  ] as const)('the last đồng of one that is %s: %s', (status, then) => {
    expect(afterRefund({ ...vase, status }, 190_000)).toEqual({ status: then, paymentStatus: 'refunded' });
    expect(afterRefund({ ...vase, status }, 189_999)).toEqual({ status, paymentStatus: undefined });
  });

  test.each(['cancelled', 'returned'] as const)('the last đồng of a claim of one that is %s', (status) => {
    const due = { ...vase, status, paymentStatus: 'refund_due' };
    expect(afterRefund(due, 1)).toEqual({ status, paymentStatus: undefined });
    expect(afterRefund(due, 190_000)).toEqual({ status: 'refunded', paymentStatus: 'refunded' });
  });
});

test('a household’s refund brings back the tax on it: of 160.000 the tax is 1.600 + 800, of the 110.000 left 1.100 + 550', () => {
  const lines = refundLines(vase, refundPart(vase, 50_000));
  expect(lines).toEqual([
    { kind: 'sale_refunded', debit: 'seller', credit: 'buyer', amount: 50_000 },
    { kind: 'vat_returned', debit: 'tax_authority', credit: 'seller', amount: 500 },
    { kind: 'pit_returned', debit: 'tax_authority', credit: 'seller', amount: 250 },
  ]);
  expect(lines.map(sellerAmount)).toEqual([-50_000, 500, 250]);
});

test('paying a claim moves nothing of the seller’s: the cancellation did', () => {
  const lines = refundLines({ ...vase, status: 'cancelled' } as RefundedPackage, { amount: 70_000, goods: 0, shipping: 0 });
  expect(lines).toEqual([{ kind: 'refund_paid', debit: 'buyer_claims', credit: 'buyer', amount: 70_000 }]);
  expect(lines.map(sellerAmount)).toEqual([0]);
});

test('whatever is refunded in whatever parts, before and after a cancellation: the books close to the đồng', () => {
  const anyPackage = fc.record({
    subtotal: fc.integer({ min: 1, max: 5_000_000 }),
    off: fc.integer({ min: 0, max: 10_000 }),
    shipping: fc.integer({ min: 0, max: 100_000 }),
    legalType: fc.constantFrom('cooperative' as const, 'household' as const),
    cancelledAfter: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
    shares: fc.array(fc.integer({ min: 1, max: 9_999 }), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(anyPackage, ({ subtotal, off, shipping, legalType, cancelledAfter, shares }) => {
      const discount = Math.floor((subtotal * off) / 10_000);
      const total = subtotal - discount + shipping;
      let pkg: RefundedPackage = { subtotal, discount, shipping, total, legalType, status: 'confirmed', paymentStatus: 'paid' };
      const lines = [...saleLines(pkg)];
      const give = (amount: number) => {
        const part = refundPart(pkg, amount);
        lines.push(...refundLines(pkg, part));
        const { status, paymentStatus = pkg.paymentStatus } = afterRefund(pkg, amount);
        pkg = { ...pkg, refunds: [...(pkg.refunds ?? []), refund(part)], status, paymentStatus };
      };
      const cancel = () => {
        lines.push(...reversalLines(pkg));
        pkg = { ...pkg, status: 'cancelled', paymentStatus: 'refund_due' };
      };
      for (const [i, share] of shares.entries()) {
        if (i === cancelledAfter && pkg.status === 'confirmed') cancel();
        const amount = Math.floor((refundable(pkg) * share) / 10_000);
        if (amount > 0) give(amount);
      }
      expect(refundable(pkg)).toBeGreaterThanOrEqual(0);
      if (refundable(pkg) > 0) give(refundable(pkg));
      expect(refundedOf(pkg)).toBe(total);
      expect([pkg.status, pkg.paymentStatus]).toEqual(total > 0 ? ['refunded', 'refunded'] : [pkg.status, pkg.paymentStatus]);
      expect(lines.every((l) => l.amount > 0)).toBe(true);
      const balance = { buyer: 0, buyer_claims: 0, seller: 0, tax_authority: 0 };
      for (const { debit, credit, amount } of lines) {
        balance[debit] -= amount;
        balance[credit] += amount;
      }
      expect(balance).toEqual({ buyer: 0, buyer_claims: 0, seller: 0, tax_authority: 0 });
      const { goods, shipping: carried } = stillSold(pkg);
      expect(Math.min(goods, carried)).toBeGreaterThanOrEqual(0);
    }),
  );
});
