import {
  type AuditedPackage,
  auditCounter,
  auditOrder,
  auditPlace,
  type Difference,
  heldNow,
  ledgerOf,
} from '../../shared/orders/audit.ts';
import { addUpMoves, counterName, type Move } from '../../shared/orders/book.ts';
import { isOver } from '../../shared/orders/lifecycle.ts';
import { type BookedCounter, buyerPlace, readBooks, type ScannedPackage } from './books-store.ts';
import { orderCode } from './order-code.ts';
import { holdingsOf, type StoredOrder, type StoredPackage } from './records.ts';
import { shardName } from './stock-store.ts';

/** Far more codes of one key than will ever be taken by other keys. */
const codesOf = ({ asked }: StoredOrder): string[] => [0, 1, 2, 3].map((n) => orderCode(asked, n));

const audited = (pkg: ScannedPackage): AuditedPackage => ({ ...pkg, holdings: holdingsOf(pkg) });

/** What orders should have left behind elsewhere, added up while the table is read. */
interface Expected {
  held: Map<string, Move>;
  vouchers: Map<string, number>;
  buyerLimits: Map<string, number>;
  /** What a buyer's place is expected from, by versions: a buyer who orders and cancels comes back to the same number, never to these. */
  buyerOrders: Map<string, number>;
  ledger: Map<string, { lines: string[]; guard: string }>;
  /** Packages whose money came by a bank. */
  paidByBank: Map<string, { amounts: number[]; guard: string }>;
}

function expect(expected: Expected, order: StoredOrder, packages: readonly ScannedPackage[]): void {
  for (const move of heldNow(packages.map(audited))) {
    const known = expected.held.get(counterName(move));
    expected.held.set(counterName(move), addUpMoves(known ? [known, move] : [move])[0] ?? move);
  }
  const count = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by);
  if (order.voucher !== undefined) count(expected.vouchers, order.voucher, 1);
  for (const pkg of packages) {
    const lines = ledgerOf(audited(pkg));
    if (lines.length > 0) expected.ledger.set(pkg.id, { lines, guard: String(pkg.version) });
    if (pkg.payment === 'bank_transfer' && pkg.history.some((h) => h.status === 'confirmed'))
      expected.paidByBank.set(pkg.id, { amounts: [pkg.total], guard: String(pkg.version) });
    if (pkg.campaign === undefined) continue;
    for (const { sku, buyerLimit } of pkg.lines) {
      if (!buyerLimit) continue;
      const place = buyerPlace(pkg.campaign, sku, buyerLimit.buyer);
      count(expected.buyerLimits, place, isOver(pkg.status) ? 0 : buyerLimit.quantity);
      count(expected.buyerOrders, place, pkg.version);
    }
  }
}

const shown = (counter: string): string => counter.replaceAll(/ +/g, ' ');

const placeOf = ({ sku, campaign }: BookedCounter): string => `${sku} ${campaign ?? ''}`;

function asAudited(counters: readonly BookedCounter[], campaigns: ReadonlyMap<string, string>) {
  const first = counters.find((c) => c.shard === shardName(0));
  const { shards = 1, isClosed = false, moves = 0 } = first ?? {};
  const inUse = isClosed ? [] : Array.from({ length: shards }, (_, n) => shardName(n));
  const { sku, campaign } = counters[0] as BookedCounter;
  const name = campaign === undefined ? sku : `${sku} ${campaign}`;
  return { name, counters, inUse, moves, endsAt: campaign && campaigns.get(campaign) };
}

/** Compares what was expected by id with what is there; a missing number is zero. */
function numbers(
  check: string,
  expected: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
  guardOf: (id: string) => unknown,
): Difference[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((id) => {
    const [should, is] = [expected.get(id) ?? 0, found.get(id) ?? 0];
    return should === is ? [] : [{ check, id, expected: should, found: is, guard: String(guardOf(id)) }];
  });
}

/**
 * Recounts stock, packages, ledger, keys, vouchers and buyers' limits from the primary records, in one pass over the table.
 * @param onOrder is told every whole order with its packages, for whoever audits what is made from them
 */
export async function auditOrders(
  now: Date,
  onOrder: (order: StoredOrder, packages: StoredPackage[]) => void,
): Promise<{ differences: Difference[]; counted: Record<string, number> }> {
  const expected: Expected = {
    ...{ held: new Map(), vouchers: new Map(), buyerLimits: new Map(), buyerOrders: new Map() },
    ...{ ledger: new Map(), paidByBank: new Map() },
  };
  const differences: Difference[] = [];
  const counted = { orders: 0, packages: 0, counters: 0, ledgerLines: 0 };
  const books = await readBooks((order, packages) => {
    counted.orders++;
    counted.packages += packages.length;
    differences.push(...auditOrder(order, packages.map(audited), now));
    // Sent again with its key, the order would not be found under another code, and be placed twice.
    if (!codesOf(order).includes(order.code))
      differences.push({ check: 'key of order', id: order.code, expected: codesOf(order)[0], found: order.code, guard: order.code });
    expect(expected, order, packages);
    onOrder(order, packages);
  });
  const counters = new Map(books.counters.map((c) => [counterName(c), c]));
  const units = (move: Move | undefined) => ({ available: move?.available ?? 0, reserved: move?.reserved ?? 0, sold: move?.sold ?? 0 });
  for (const name of new Set([...counters.keys(), ...books.booked.keys(), ...expected.held.keys()])) {
    const counter = counters.get(name);
    const { reserved, sold } = units(expected.held.get(name));
    differences.push(
      ...auditCounter({
        name: shown(name),
        counted: counter?.units ?? units(undefined),
        booked: units(books.booked.get(name)),
        held: { reserved, sold },
        isClosed: counter?.isClosed ?? false,
        moves: counter?.moves ?? 0,
      }),
    );
  }
  for (const id of new Set([...expected.ledger.keys(), ...books.ledger.keys()])) {
    const should = expected.ledger.get(id);
    const is = (books.ledger.get(id) ?? []).sort();
    if (JSON.stringify(should?.lines ?? []) !== JSON.stringify(is))
      differences.push({ check: 'ledger against packages', id, expected: should?.lines ?? [], found: is, guard: should?.guard ?? '' });
  }
  for (const id of new Set([...expected.paidByBank.keys(), ...books.payments.keys()])) {
    const { amounts, guard } = expected.paidByBank.get(id) ?? { amounts: [], guard: '' };
    const found = books.payments.get(id) ?? [];
    if (found.join() !== amounts.join()) differences.push({ check: 'bank payment of package', id, expected: amounts, found, guard });
  }
  for (const id of books.unreadable)
    differences.push({ check: 'item can be read', id, expected: 'what its key says', found: 'something else', guard: id });
  for (const place of Map.groupBy(books.counters, placeOf).values())
    differences.push(...auditPlace(asAudited(place, books.campaigns), now));
  for (const code of books.broken)
    differences.push({ check: 'order is whole', id: code, expected: 'order with all its packages', found: 'a part', guard: code });
  differences.push(
    // Uses only grow: the same number twice is the same use.
    ...numbers('voucher uses', expected.vouchers, books.vouchers, (code) => `${expected.vouchers.get(code)}/${books.vouchers.get(code)}`),
    ...numbers('places in buyers’ limits', expected.buyerLimits, books.buyerLimits, (id) => expected.buyerOrders.get(id)),
  );
  counted.counters = counters.size;
  counted.ledgerLines = [...books.ledger.values()].reduce((sum, lines) => sum + lines.length, 0);
  return { differences, counted };
}
