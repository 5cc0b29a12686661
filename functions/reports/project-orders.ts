import { type Contribution, contributionsOf, difference } from '../../shared/reports/contributions.ts';
import { findPackages } from '../orders/find-packages.ts';
import { maxTransactItems } from '../platform/dynamo.ts';
import { jitter } from '../platform/retry.ts';
import { type OrderFacts, readFacts, writeFacts } from './store.ts';

interface Change {
  before: OrderFacts;
  after: OrderFacts;
  rows: Contribution[];
}

/** What the reports hold of these orders against how the orders are now. */
async function changesOf(codes: readonly string[]): Promise<Change[]> {
  const [facts, packages] = await Promise.all([readFacts(codes), Promise.all(codes.map(findPackages))]);
  return codes.flatMap((code, i): Change[] => {
    const own = packages[i] ?? [];
    const before = facts.get(code) as OrderFacts;
    const version = own.reduce((sum, p) => sum + p.version, 0);
    const after = { code, version, revision: before.revision + 1, contributions: contributionsOf(own) };
    return after.version > before.version ? [{ before, after, rows: difference(before.contributions, after.contributions) }] : [];
  });
}

const merged = (changes: readonly Change[]) =>
  difference(
    [],
    changes.flatMap((c) => c.rows),
  );

/** As many changes as fit one transaction; orders of one evening share most of their rows. */
function nextLot(changes: readonly Change[]): Change[] {
  const lot: Change[] = [];
  for (const change of changes) {
    if (lot.length > 0 && lot.length + 1 + merged([...lot, change]).length > maxTransactItems) break;
    lot.push(change);
  }
  return lot;
}

/** Rows beside one order's facts in a transaction. */
const mostRows = maxTransactItems - 1;

/** A change too large for one transaction is written in parts: the facts say what has been counted, their version that more is to come. */
function firstPart(change: Change): Change {
  const rows = change.rows.slice(0, mostRows);
  const contributions = difference([], [...change.before.contributions, ...rows]);
  return { before: change.before, after: { ...change.after, version: change.before.version, contributions }, rows };
}

/**
 * Brings the reports up to date with these orders. Idempotent by construction: it reads the orders as they are and writes the
 * difference to what was counted; an event twice, late or out of order changes nothing.
 */
export async function projectOrders(codes: readonly string[]): Promise<void> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    let changes = await changesOf(codes);
    let isRivalled = false;
    while (changes.length > 0 && !isRivalled) {
      const first = changes[0] as Change;
      if (first.rows.length > mostRows) {
        isRivalled = !(await writeFacts([firstPart(first)], firstPart(first).rows));
        // What is left of it is worked out from what was just written.
        if (!isRivalled) changes = [...(await changesOf([first.after.code])), ...changes.slice(1)];
        continue;
      }
      const lot = nextLot(changes);
      isRivalled = !(await writeFacts(lot, merged(lot)));
      changes = changes.slice(lot.length);
    }
    if (!isRivalled) return;
    await jitter(attempt);
  }
  throw new Error(`reports of ${codes.length} orders could not be written: rivals changed them ten times`);
}
