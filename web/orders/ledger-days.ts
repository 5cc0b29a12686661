/** The ledger's lines as one row a day, newest first. */
import type { Answer } from '../platform/api.ts';

export type LedgerItem = Answer<'GET /api/seller/ledger'>['items'][number];
export interface LedgerDay {
  day: string;
  orders: number;
  sales: number;
  shipping: number;
  /** What was withheld, as a positive number; negative when more was given back than taken. */
  vat: number;
  pit: number;
  net: number;
  items: LedgerItem[];
}

const sum = (items: readonly LedgerItem[], ...kinds: string[]): number =>
  items.filter((i) => kinds.includes(i.kind)).reduce((total, i) => total + i.amount, 0);
/** JavaScript has a negative nought, and would show it. */
const withheld = (amount: number): number => (amount === 0 ? 0 : -amount);

export function ledgerDays(items: readonly LedgerItem[]): LedgerDay[] {
  const days = [...new Set(items.map((i) => i.day))].toSorted().toReversed();
  return days.map((day) => {
    const ofDay = items.filter((i) => i.day === day);
    return {
      day,
      orders: new Set(ofDay.map((i) => i.orderCode)).size,
      sales: sum(ofDay, 'sale', 'sale_reversed'),
      shipping: sum(ofDay, 'shipping', 'shipping_reversed'),
      vat: withheld(sum(ofDay, 'vat_withheld', 'vat_returned')),
      pit: withheld(sum(ofDay, 'pit_withheld', 'pit_returned')),
      net: ofDay.reduce((total, i) => total + i.amount, 0),
      items: ofDay.toSorted((a, b) => b.at.localeCompare(a.at)),
    };
  });
}
