import { describe, expect, it } from 'vitest';
import { type LedgerItem, ledgerDays } from './ledger-days.ts';

const item = (day: string, orderCode: string, kind: LedgerItem['kind'], amount: number): LedgerItem => ({
  id: `${orderCode}${kind}`,
  at: `${day}T05:00:00Z`,
  day,
  orderCode,
  packageId: 'p',
  kind,
  amount,
  note: '',
});

describe('the ledger by day', () => {
  const days = ledgerDays([
    item('2026-11-20', 'A', 'sale', 200_000),
    item('2026-11-20', 'A', 'shipping', 30_000),
    item('2026-11-20', 'A', 'vat_withheld', -2_000),
    item('2026-11-20', 'A', 'pit_withheld', -1_000),
    item('2026-11-22', 'B', 'sale', 100_000),
    item('2026-11-22', 'A', 'sale_reversed', -200_000),
    item('2026-11-22', 'A', 'vat_returned', 2_000),
    item('2026-11-22', 'B', 'sale_refunded', -30_000),
    item('2026-11-22', 'B', 'shipping_refunded', -5_000),
    item('2026-11-22', 'A', 'refund_paid', 0),
  ]);
  it('adds up each day, the newest first', () => {
    expect(days.map(({ items: _, ...d }) => d)).toEqual([
      { day: '2026-11-22', orders: 2, sales: -130_000, shipping: -5_000, vat: -2_000, pit: 0, net: -133_000 },
      { day: '2026-11-20', orders: 1, sales: 200_000, shipping: 30_000, vat: 2_000, pit: 1_000, net: 227_000 },
    ]);
  });
  it('keeps every line', () => {
    expect(days.map((d) => d.items.length)).toEqual([6, 4]);
  });
});
