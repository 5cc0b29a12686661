/** The ledger's lines as one row a day, newest first. */
import { sumColumns } from '../../shared/orders/ledger.ts';
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

export function ledgerDays(items: readonly LedgerItem[]): LedgerDay[] {
  const days = [...new Set(items.map((i) => i.day))].toSorted().toReversed();
  return days.map((day) => {
    const ofDay = items.filter((i) => i.day === day);
    return {
      day,
      orders: new Set(ofDay.map((i) => i.orderCode)).size,
      ...sumColumns(ofDay),
      items: ofDay.toSorted((a, b) => b.at.localeCompare(a.at)),
    };
  });
}
