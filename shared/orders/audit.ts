import { counterName, type HeldAs, type Holding, type Move, type Units } from './book.ts';
import { refundLines, reversalLines, type SoldPackage, saleLines, sellerAmount } from './ledger.ts';
import { isOver, type PackageStatus } from './lifecycle.ts';
import { type Refund, refundedOf } from './refunds.ts';

/** Two records that should tell the same and do not. */
export interface Difference {
  check: string;
  /** Which order, package, counter or row. */
  id: string;
  expected: unknown;
  found: unknown;
  /** Changes with every honest write to the thing: the same twice means that nobody wrote in between. */
  guard: string;
}

/** What the audit needs of an order; the stored one has more. */
export interface AuditedOrder {
  code: string;
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
  taken: readonly Holding[];
  takenAs: HeldAs;
}

export interface AuditedPackage extends SoldPackage {
  id: string;
  of: number;
  sellerId: string;
  status: PackageStatus;
  paymentStatus: string;
  payment: string;
  expiresAt?: string | undefined;
  refunds?: readonly Refund[] | undefined;
  total: number;
  lines: readonly { sku: string; quantity: number; unitPrice: number; total: number; discount: number }[];
  /** Its units with the counters they were taken from. */
  holdings: readonly Holding[];
  history: readonly { status: string; at: string }[];
  version: number;
  /** It is in the list of packages that can expire. */
  isListedExpiring: boolean;
}

/** Unpaid packages and campaigns are ended within a minute of their time; after this long nobody does it. */
const graceMs = 5 * 60_000;
const isWithin = (ms: number, end: string | undefined, now: Date): boolean => now.getTime() <= Date.parse(end ?? '') + ms;

const sum = <T>(list: readonly T[], of: (item: T) => number): number => list.reduce((total, item) => total + of(item), 0);
const held = (holdings: readonly Holding[]) => holdings.map((h) => `${counterName(h)}×${h.quantity}`).sort();

/** The ledger lines a package must have by now, as the accounts hold them. */
export function ledgerOf(pkg: AuditedPackage): string[] {
  if (!['paid', 'refund_due', 'refunded'].includes(pkg.paymentStatus)) return [];
  const refunds = pkg.refunds ?? [];
  const refunded = refunds.flatMap((refund, i) => refundLines({ ...pkg, refunds: refunds.slice(0, i) }, refund));
  // A package that ended by its last refund has nothing left to be reversed.
  const isReversed = pkg.history.some((h) => h.status === 'cancelled' || h.status === 'returned');
  return [...saleLines(pkg), ...refunded, ...(isReversed ? reversalLines(pkg) : [])]
    .map((line) => ledgerLine(pkg.sellerId, line.kind, sellerAmount(line), sellerAmount(line) === 0 ? line.amount : 0))
    .sort();
}

/** A line as the audit compares it: in whose account, what for, and how much of it is the seller's, or else settled of a claim. */
export const ledgerLine = (sellerId: string, kind: string, amount: number, settled = 0): string =>
  `${sellerId} ${kind} ${amount}${settled === 0 ? '' : ` settled ${settled}`}`;

/** Everything one order and its packages can tell about each other. */
export function auditOrder(order: AuditedOrder, packages: readonly AuditedPackage[], now: Date): Difference[] {
  const guard = packages.map((p) => p.version).join('+');
  const found: Difference[] = [];
  const check = (name: string, id: string, expected: unknown, is: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(is)) found.push({ check: name, id, expected, found: is, guard });
  };
  check('packages of order', order.code, packages[0]?.of, packages.length);
  for (const amount of ['subtotal', 'discount', 'shipping', 'total'] as const)
    check(
      `${amount} of order`,
      order.code,
      order[amount],
      sum(packages, (p) => p[amount]),
    );
  check('units of order', order.code, held(order.taken), held(packages.flatMap((p) => p.holdings)));
  for (const pkg of packages) {
    check('total of package', pkg.id, pkg.subtotal - pkg.discount + pkg.shipping, pkg.total);
    check(
      'goods of package',
      pkg.id,
      sum(pkg.lines, (l) => l.total),
      pkg.subtotal,
    );
    check(
      'discount of package',
      pkg.id,
      sum(pkg.lines, (l) => l.discount),
      pkg.discount,
    );
    for (const { sku, quantity, unitPrice, total } of pkg.lines) check('price of line', `${pkg.id} ${sku}`, quantity * unitPrice, total);
    check(
      'units of package',
      pkg.id,
      sum(pkg.lines, (l) => l.quantity),
      sum(pkg.holdings, (h) => h.quantity),
    );
    check('payment of refunded package', pkg.id, pkg.paymentStatus === 'refunded', refundedOf(pkg) > 0 && refundedOf(pkg) === pkg.total);
    check('never refunds more than was paid', pkg.id, Math.min(refundedOf(pkg), pkg.total), refundedOf(pkg));
    check('state of package', pkg.id, pkg.history.at(-1)?.status, pkg.status);
    check('waits for money', pkg.id, pkg.status === 'pending_payment', pkg.isListedExpiring);
    // Without a time it would wait for ever.
    const isLate = pkg.status === 'pending_payment' && !isWithin(graceMs, pkg.expiresAt, now);
    check('unpaid package ended in time', pkg.id, false, isLate);
  }
  return found;
}

/** What these packages hold of each counter right now, if nothing went wrong. */
export function heldNow(packages: readonly AuditedPackage[]): Move[] {
  return packages
    .filter((pkg) => !isOver(pkg.status))
    .flatMap((pkg) => {
      const as: HeldAs = pkg.status === 'pending_payment' ? 'reserved' : 'sold';
      return pkg.holdings.map(({ quantity, ...counter }): Move => ({ ...counter, [as]: quantity }));
    });
}

/** A counter as it is, as the book's entries add up, and what packages hold of it. */
export interface AuditedCounter {
  name: string;
  counted: Units;
  booked: Units;
  held: Pick<Units, 'reserved' | 'sold'>;
  isClosed: boolean;
  /** How often it was written. */
  moves: number;
}

/** A counter against the stock book and the packages. */
export function auditCounter({ name, counted, booked, held, isClosed, moves }: AuditedCounter): Difference[] {
  const guard = String(moves);
  const { reserved, sold } = counted;
  return [
    ...(JSON.stringify(booked) === JSON.stringify(counted)
      ? []
      : [{ check: 'stock against movements', id: name, expected: booked, found: counted, guard }]),
    ...(held.reserved === reserved && held.sold === sold
      ? []
      : [{ check: 'stock against packages', id: name, expected: held, found: { reserved, sold }, guard }]),
    ...(Math.min(counted.available, reserved, sold) < 0
      ? [{ check: 'never below zero', id: name, expected: 'none below 0', found: counted, guard }]
      : []),
    ...(isClosed && counted.available !== 0
      ? [{ check: 'closed counter is empty', id: name, expected: 0, found: counted.available, guard }]
      : []),
  ];
}

/** A place's counters as its first one tells of them. */
export interface AuditedPlace {
  name: string;
  counters: readonly { shard: string; isClosed: boolean }[];
  /** Which are in use; none once a campaign is over. */
  inUse: readonly string[];
  /** How often the first one was written: whoever opens or closes another writes to it too. */
  moves: number;
  /** The end of the campaign whose units these are. */
  endsAt?: string | undefined;
}

/** Units are only looked for in the counters that a place's first one tells of; and those of a campaign that is over go back to the shelf. */
export function auditPlace({ name, counters, inUse, moves, endsAt }: AuditedPlace, now: Date): Difference[] {
  const guard = String(moves);
  const open = counters.flatMap((c) => (c.isClosed ? [] : [c.shard])).sort();
  return [
    ...(open.join() === inUse.join() ? [] : [{ check: 'open counters of place', id: name, expected: inUse, found: open, guard }]),
    ...(endsAt === undefined || inUse.length === 0 || isWithin(graceMs, endsAt, now)
      ? []
      : [{ check: 'campaign closed in time', id: name, expected: 'closed', found: 'open', guard }]),
  ];
}

/**
 * The differences that are real on a market that goes on selling: those found in three passes in a row with the same guard, so that
 * nothing was written to them between the first pass and the end of the second. The others were caught in the middle of something.
 *
 * @param passes of the same audit, oldest first
 */
export function confirmed(passes: readonly (readonly Difference[])[]): Difference[] {
  const [first = [], middle = [], last = []] = passes.slice(-3);
  const name = (d: Difference) => `${d.check}|${d.id}|${d.guard}`;
  const [before, after] = [first, last].map((pass) => new Set(pass.map(name)));
  // Only the middle one lies wholly between two looks at the thing: its figures are those of one moment.
  return passes.length < 3 ? [] : middle.filter((d) => before?.has(name(d)) && after?.has(name(d)));
}
