import { type Counter, counterName, gaveBack, type HeldAs, type Holding } from '../../shared/orders/book.ts';
import { reversalLines } from '../../shared/orders/ledger.ts';
import { mayBecome } from '../../shared/orders/lifecycle.ts';
import { buyerLimitBack } from '../campaigns/buyer-limit.ts';
import { type TransactItem, transact } from '../platform/dynamo.ts';
import { holdingsOf, type StoredPackage } from './records.ts';
import { movement, moveUnits, shardName } from './stock-store.ts';
import { orderPk, putLedgerLines, replacePackage } from './store.ts';

/** Which end a package comes to, and why its units go back. */
export type End = 'cancelled' | 'expired' | 'refunded';

/** A package's end: how it is then, and what the ledger says of it. */
export interface Ending {
  before: StoredPackage;
  after: StoredPackage;
  ledger: TransactItem[];
}

/** Nobody gave anything back yet: who had paid has a claim. */
function ending(pkg: StoredPackage, end: 'cancelled' | 'expired', now: Date): Ending {
  const isPaid = pkg.paymentStatus === 'paid';
  return {
    before: pkg,
    after: {
      ...pkg,
      status: end,
      paymentStatus: isPaid ? 'refund_due' : end,
      history: [...pkg.history, { status: end, at: now.toISOString() }],
      version: pkg.version + 1,
    },
    ledger: isPaid ? putLedgerLines(pkg, reversalLines(pkg), now) : [],
  };
}

/** Where units go when `counter` takes none back: to the first counter of its place; and of a campaign that is over, to the product's shelf. */
function nextPlace({ sku, campaign, shard }: Counter): Counter | undefined {
  if (shard !== shardName(0)) return { sku, campaign, shard: shardName(0) };
  return campaign === undefined ? undefined : { sku, shard };
}

/** Ends packages that nobody gave money back for: cancelled, or never paid. See `writeEndings`. */
export const endPackages = (packages: readonly StoredPackage[], end: 'cancelled' | 'expired', by: string, now: Date) =>
  writeEndings(
    packages.map((pkg) => ending(pkg, end, now)),
    end,
    by,
    now,
  );

/**
 * Ends packages of one order and gives their units back, exactly once: state, stock, movement and ledger lines are one write,
 * and its condition is that nobody moved a package since it was read.
 *
 * @param along written in the same transaction, or nothing is
 * @returns the packages as they are now, or undefined when someone else was faster (read again and decide anew)
 */
export async function writeEndings(
  endings: readonly Ending[],
  end: End,
  by: string,
  now: Date,
  along: readonly TransactItem[] = [],
): Promise<StoredPackage[] | undefined> {
  const packages = endings.map(({ before }) => before);
  const first = packages[0];
  if (!first) return [];
  // An index may still name a package that has been paid meanwhile: it has no such end.
  if (!packages.every((pkg) => mayBecome(pkg.status, end))) return undefined;
  const states = endings.map(({ before, after }) => replacePackage(before, after));
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
      ...endings.flatMap(({ ledger }) => ledger),
      ...places,
      ...along,
    ]);
    if (result.ok) return endings.map(({ after }) => after);
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
