import { type Counter, counterName, gaveBack, type HeldAs, type Holding } from '../../shared/orders/book.ts';
import { reversalLines, saleLines } from '../../shared/orders/ledger.ts';
import { mayBecome } from '../../shared/orders/lifecycle.ts';
import { buyerLimitBack } from '../campaigns/buyer-limit.ts';
import { transact } from '../platform/dynamo.ts';
import { holdingsOf, type StoredPackage } from './records.ts';
import { movement, moveUnits, shardName } from './stock-store.ts';
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

/** Where units go when `counter` takes none back: to the first counter of its place; and of a campaign that is over, to the product's shelf. */
function nextPlace({ sku, campaign, shard }: Counter): Counter | undefined {
  if (shard !== shardName(0)) return { sku, campaign, shard: shardName(0) };
  return campaign === undefined ? undefined : { sku, shard };
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
  const states = packages.map((pkg, i) => replacePackage(pkg, after[i] as StoredPackage));
  const ledger = packages.flatMap((pkg) => (pkg.paymentStatus === 'paid' ? putLedgerLines(pkg, reversalLines(saleLines(pkg)), now) : []));
  const places = packages.flatMap((pkg) =>
    pkg.lines.flatMap((line) =>
      line.buyerLimit && pkg.campaign ? [buyerLimitBack({ ...line.buyerLimit, campaign: pkg.campaign, sku: line.sku })] : [],
    ),
  );
  const held = packages.flatMap((pkg) =>
    holdingsOf(pkg).map((holding) => ({ holding, from: (pkg.status === 'pending_payment' ? 'reserved' : 'sold') as HeldAs })),
  );
  const back = new Map<Holding, Counter>(held.map(({ holding }) => [holding, holding]));
  // A shard, its place's first counter, the shelf: there is no fourth.
  for (let attempt = 0; attempt < 3; attempt++) {
    const lines = held.flatMap(({ holding, from }) => gaveBack(holding, from, back.get(holding)));
    const moves = moveUnits(lines);
    const id = `${end}#${packages.map((p) => p.n).join('+')}`;
    const result = await transact([
      ...states,
      ...moves.map(({ item }) => item),
      movement(orderPk(first.code), id, { kind: end, at: now.toISOString(), by, lines: moves.map(({ move }) => move) }),
      ...ledger,
      ...places,
    ]);
    if (result.ok) return after;
    if (result.refused.some(({ index }) => index < states.length)) return undefined;
    // Only a counter that has been closed refuses units.
    const closed = new Set(result.refused.flatMap(({ index }) => moves[index - states.length]?.move ?? []).map(counterName));
    if (closed.size === 0) return undefined;
    for (const [holding, to] of back) {
      const next = closed.has(counterName(to)) ? nextPlace(to) : undefined;
      if (next) back.set(holding, next);
    }
  }
  return undefined;
}
