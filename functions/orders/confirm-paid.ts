import { soldReserved } from '../../shared/orders/book.ts';
import { saleLines } from '../../shared/orders/ledger.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import { holdingsOf, type StoredPackage } from './records.ts';
import { movement, moveUnits } from './stock-store.ts';
import { orderPk, putLedgerLines, replacePackage } from './store.ts';

/**
 * A package's money has arrived: it is confirmed, its reserved units are sold, the ledger says so and the payment is filed,
 * in one write. Its condition is that the package is still as it was read.
 *
 * @param filed the payment's own record, written along
 * @returns false when someone else was faster (read again and decide anew)
 */
export async function confirmPaid(pkg: StoredPackage, filed: TransactItem, by: string, now: Date): Promise<boolean> {
  const after: StoredPackage = {
    ...pkg,
    status: 'confirmed',
    paymentStatus: 'paid',
    history: [...pkg.history, { status: 'confirmed', at: now.toISOString() }],
    version: pkg.version + 1,
  };
  const moves = moveUnits(holdingsOf(pkg).map(soldReserved));
  const result = await transact([
    replacePackage(pkg, after),
    filed,
    ...moves.map(({ item }) => item),
    movement(orderPk(pkg.code), `paid#${pkg.n}`, { kind: 'paid', at: now.toISOString(), by, lines: moves.map(({ move }) => move) }),
    ...putLedgerLines(pkg, saleLines(pkg), now),
  ]);
  return result.ok;
}
