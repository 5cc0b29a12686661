import { type Contribution, contributionsOf, difference, rowId } from '../../shared/reports/contributions.ts';
import { findPackages, type StoredPackage } from '../orders/find-packages.ts';
import { maxTransactItems } from '../platform/dynamo.ts';
import { jitter } from '../platform/retry.ts';
import { noFacts, type OrderFacts, readFacts, writeFacts } from './store.ts';

interface Change {
  before: OrderFacts;
  after: OrderFacts;
  rows: Contribution[];
}

/** An order to bring up to date; its packages where an event told all of them. */
export interface Told {
  code: string;
  packages?: StoredPackage[];
}

const versionOf = (packages: readonly StoredPackage[]): number => packages.reduce((sum, p) => sum + p.version, 0);

/** Nothing can have been counted yet of an order that was just placed, unless its event comes twice: then the write is refused. */
const isNew = ({ packages }: Told): boolean => packages !== undefined && versionOf(packages) === packages.length;

/** What the reports hold of these orders against how the orders are, by what was told or else as they are now. */
async function changesOf(orders: readonly Told[], isSure: boolean): Promise<Change[]> {
  const known = isSure ? orders.filter((o) => !isNew(o)) : orders;
  const [facts, packages] = await Promise.all([
    readFacts(known.map((o) => o.code)),
    Promise.all(orders.map((o) => o.packages ?? findPackages(o.code))),
  ]);
  return orders.flatMap(({ code }, i): Change[] => {
    const own = packages[i] ?? [];
    const before = facts.get(code) ?? noFacts(code);
    const contributions = contributionsOf(own);
    const after = { code, version: versionOf(own), revision: before.revision + 1, contributions };
    // An order that waits for money brings nothing: there is nothing to remember of it.
    if (after.version <= before.version || (before.revision === 0 && contributions.length === 0)) return [];
    return [{ before, after, rows: difference(before.contributions, contributions) }];
  });
}

const merged = (changes: readonly Change[]) =>
  difference(
    [],
    changes.flatMap((c) => c.rows),
  );

/** As many changes as fit one transaction, one at least; orders of one evening share most of their rows. */
function nextLot(changes: readonly Change[]): Change[] {
  const rows = new Set<string>();
  const end = changes.findIndex(({ rows: own }, i) => {
    for (const row of own) rows.add(rowId(row));
    return i > 0 && i + 1 + rows.size > maxTransactItems;
  });
  return end === -1 ? [...changes] : changes.slice(0, end);
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
 * Brings the reports up to date with these orders. Idempotent by construction: it writes the difference between the orders and what
 * was counted of them, and what was told of an order counts only while nothing newer has been counted; an event twice, late or out
 * of order changes nothing.
 */
export async function projectOrders(orders: readonly Told[]): Promise<void> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    let changes = await changesOf(orders, attempt === 1);
    let isRivalled = false;
    while (changes.length > 0 && !isRivalled) {
      const first = changes[0] as Change;
      if (first.rows.length > mostRows) {
        isRivalled = !(await writeFacts([firstPart(first)], firstPart(first).rows));
        // What is left of it is worked out from what was just written.
        if (!isRivalled) changes = [...(await changesOf([{ code: first.after.code }], false)), ...changes.slice(1)];
        continue;
      }
      const lot = nextLot(changes);
      isRivalled = !(await writeFacts(lot, merged(lot)));
      changes = changes.slice(lot.length);
    }
    if (!isRivalled) return;
    await jitter(attempt);
  }
  throw new Error(`reports of ${orders.length} orders could not be written: rivals changed them ten times`);
}
