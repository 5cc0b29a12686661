import { reversalLines, saleLines } from '../../shared/orders/ledger.ts';
import { mayBecome } from '../../shared/orders/lifecycle.ts';
import { buyerLimitBack } from '../campaigns/buyer-limit.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import type { Holding, StoredPackage } from './records.ts';
import { type HeldAs, movement, returnToShelf, returnUnits } from './stock-store.ts';
import { orderPk, putLedgerLines, replacePackage } from './store.ts';

/** Which end a package comes to, and why its units go back. */
export type End = 'cancelled' | 'expired';

function ended(pkg: StoredPackage, end: End, now: Date): StoredPackage {
  const isPaid = pkg.paymentStatus === 'paid';
  return {
    ...pkg,
    status: end,
    paymentStatus: isPaid ? 'refund_due' : end,
    history: [...pkg.history, { status: end, at: now.toISOString() }],
    version: pkg.version + 1,
  };
}

/**
 * Ends packages of one order and gives their units back, exactly once: state, stock, movement and ledger lines are one write,
 * and its condition is that nobody moved a package since it was read.
 *
 * @returns the packages as they are now, or undefined when someone else was faster (read again and decide anew)
 */
export async function endPackages(
  packages: readonly StoredPackage[],
  end: End,
  by: string,
  now: Date,
): Promise<StoredPackage[] | undefined> {
  const first = packages[0];
  if (!first) return [];
  // An index may still name a package that has been paid meanwhile: it has no such end.
  if (!packages.every((pkg) => mayBecome(pkg.status, end))) return undefined;
  const after = packages.map((pkg) => ended(pkg, end, now));
  const back = packages.flatMap((pkg) =>
    pkg.lines.flatMap((line) =>
      line.holdings.map((holding) => ({ holding, from: (pkg.status === 'pending_payment' ? 'reserved' : 'sold') as HeldAs })),
    ),
  );
  const states = packages.map((pkg, i) => replacePackage(pkg, after[i] as StoredPackage));
  const ledger = packages.flatMap((pkg) => (pkg.paymentStatus === 'paid' ? putLedgerLines(pkg, reversalLines(saleLines(pkg)), now) : []));
  const places = packages.flatMap((pkg) =>
    pkg.lines.flatMap((line) =>
      line.buyerLimit && pkg.campaign ? [buyerLimitBack({ ...line.buyerLimit, campaign: pkg.campaign, sku: line.sku })] : [],
    ),
  );
  const moves = (closed: ReadonlySet<Holding>): TransactItem[] =>
    back.flatMap(({ holding, from }) => (closed.has(holding) ? returnToShelf(holding, from) : [returnUnits(holding, from)]));
  const record = (closed: ReadonlySet<Holding>): TransactItem =>
    movement(orderPk(first.code), `${end}#${packages.map((p) => p.n).join('+')}`, {
      kind: end,
      at: now.toISOString(),
      by,
      // The book says where the units went: to the shelf, when their campaign is over.
      lines: back.map(({ holding }) => (closed.has(holding) ? { sku: holding.sku, shard: '00', quantity: holding.quantity } : holding)),
    });
  let closed: ReadonlySet<Holding> = new Set();
  for (let attempt = 0; attempt < 3; attempt++) {
    const result = await transact([...states, ...moves(closed), record(closed), ...ledger, ...places]);
    if (result.ok) return after;
    if (closed.size > 0 || result.refused.some(({ index }) => index < states.length)) return undefined;
    // Only a campaign that has closed its books refuses units: they go to the product's own shelf instead.
    closed = new Set(result.refused.flatMap(({ index }) => back[index - states.length]?.holding ?? []));
    if (closed.size === 0) return undefined;
  }
  return undefined;
}
