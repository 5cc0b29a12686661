import { describe, expect, it } from 'vitest';
import { type LedgerItem, ledgerDays } from './ledger-days.ts';

const item = (day: string, orderCode: string, kind: string, amount: number): LedgerItem => ({
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
  ]);
  it('adds up each day, the newest first', () => {
    expect(days.map(({ items: _, ...d }) => d)).toEqual([
      { day: '2026-11-22', orders: 2, sales: -100_000, shipping: 0, vat: -2_000, pit: 0, net: -98_000 },
      { day: '2026-11-20', orders: 1, sales: 200_000, shipping: 30_000, vat: 2_000, pit: 1_000, net: 227_000 },
    ]);
  });
  it('keeps every line', () => {
    expect(days.map((d) => d.items.length)).toEqual([3, 4]);
  });
});
