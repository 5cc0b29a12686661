import { createHash } from 'node:crypto';
import type { Difference } from '../../shared/orders/audit.ts';
import { type Contribution, contributionsOf, difference, rowId } from '../../shared/reports/contributions.ts';
import { auditOrders } from '../orders/audit-orders.ts';
import type { StoredPackage } from '../orders/find-packages.ts';
import { canonicalJson } from '../platform/canonical.ts';
import { readReports } from './store.ts';

/** Many orders are compared by their digests; the figures themselves would not fit a function's memory. */
const digest = (contributions: readonly Contribution[]): string => {
  const rows = difference([], contributions).sort((a, b) => (rowId(a) < rowId(b) ? -1 : 1));
  return rows.length === 0 ? '' : createHash('sha256').update(canonicalJson(rows)).digest('base64url').slice(0, 16);
};

const figures = ({ orders, packages, revenue, grams, refunded }: Contribution) => ({ orders, packages, revenue, grams, refunded });

/** One pass over all primary records and all that is made from them. */
export async function auditOnce(now: Date): Promise<{ differences: Difference[]; counted: Record<string, number> }> {
  const due = new Map<string, { digest: string; version: number }>();
  const { differences, counted } = await auditOrders(now, (order, packages: StoredPackage[]) => {
    due.set(order.code, { digest: digest(contributionsOf(packages)), version: packages.reduce((sum, p) => sum + p.version, 0) });
  });

  const sums = new Map<string, Contribution>();
  const reports = await readReports((facts) => {
    for (const part of facts.contributions) {
      const known = sums.get(rowId(part));
      sums.set(rowId(part), difference([], known ? [known, part] : [part])[0] ?? { ...part, ...none });
    }
    const order = due.get(facts.code);
    due.delete(facts.code);
    const is = digest(facts.contributions);
    const guard = String(order?.version);
    if (order?.digest !== is)
      differences.push({ check: 'facts against packages', id: facts.code, expected: order?.digest ?? 'no such order', found: is, guard });
    // What comes next of this order would be taken for old.
    else if (facts.version > order.version)
      differences.push({ check: 'facts not ahead of order', id: facts.code, expected: order.version, found: facts.version, guard });
  });
  // What has no facts must have brought nothing yet.
  for (const [code, order] of due)
    if (order.digest !== '')
      differences.push({
        check: 'facts against packages',
        id: code,
        expected: order.digest,
        found: 'no facts',
        guard: String(order.version),
      });
  for (const row of reports.rows) {
    const should = figures(sums.get(rowId(row)) ?? { ...row, ...none });
    sums.delete(rowId(row));
    if (canonicalJson(should) !== canonicalJson(figures(row)))
      differences.push({
        check: 'roll-up against facts',
        id: rowId(row),
        expected: should,
        found: figures(row),
        guard: String(row.writes),
      });
  }
  for (const [id, row] of sums)
    if (canonicalJson(figures(row)) !== canonicalJson(none))
      differences.push({ check: 'roll-up against facts', id, expected: figures(row), found: 'no row', guard: id });
  return { differences, counted: { ...counted, rows: reports.rows.length } };
}

const none = { orders: 0, packages: 0, revenue: 0, grams: 0, refunded: 0 };
