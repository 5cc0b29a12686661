import { ledgerLine } from '../../shared/orders/audit.ts';
import { addUpMoves, type Counter, counterName, type Move, type Units } from '../../shared/orders/book.ts';
import { tables } from '../platform/config.ts';
import { type Item, scanAll } from '../platform/dynamo.ts';
import type { StoredOrder, StoredPackage } from './records.ts';

/** Every counter with how often it was written. */
export interface BookedCounter extends Counter {
  units: Units;
  moves: number;
  isClosed: boolean;
  /** A place's first counter knows how many there are. */
  shards: number;
}

export interface ScannedPackage extends StoredPackage {
  isListedExpiring: boolean;
}

/** What the whole table holds of orders and stock; single orders are told to `onOrder` as they become complete and not kept. */
export interface Books {
  counters: BookedCounter[];
  /** The sum of all entries of the stock book, per counter. */
  booked: Map<string, Move>;
  /** Ledger lines per package id. */
  ledger: Map<string, string[]>;
  vouchers: Map<string, number>;
  /** Places taken in campaigns' limits per buyer. */
  buyerLimits: Map<string, number>;
  /** Amounts that were matched to a package. */
  payments: Map<string, number[]>;
  /** Orders of which the table holds only a part. */
  broken: string[];
  /** Items that are not what their key says. */
  unreadable: string[];
  /** When each campaign ends. */
  campaigns: Map<string, string>;
}

type Whole = (order: StoredOrder, packages: ScannedPackage[]) => void;

const moveOf = (order: StoredOrder): Move[] =>
  order.taken.map(({ quantity, ...counter }) => ({ ...counter, available: -quantity, [order.takenAs]: quantity }));

/** `STOCK#<sku>` or `OFFER#<campaign>#<sku>`. */
function counterAt(item: Item): Counter {
  const [kind, ...rest] = String(item.pk).split('#');
  const shard = String(item.sk).slice('SHARD#'.length);
  return kind === 'STOCK' ? { sku: rest.join('#'), shard } : { sku: rest.slice(1).join('#'), campaign: rest[0], shard };
}

/** Reads the commerce table once from one end to the other. Meant for a quiet hour: it reads every item. */
export async function readBooks(onOrder: Whole): Promise<Books> {
  const books: Books = {
    ...{ counters: [], booked: new Map(), ledger: new Map() },
    ...{ vouchers: new Map(), buyerLimits: new Map(), payments: new Map(), broken: [] },
    ...{ unreadable: [], campaigns: new Map() },
  };
  const open = new Map<string, { order?: StoredOrder; packages: ScannedPackage[] }>();
  const book = (moves: readonly Move[]) => {
    for (const move of moves) {
      const [sum] = addUpMoves([...(books.booked.has(counterName(move)) ? [books.booked.get(counterName(move)) as Move] : []), move]);
      if (sum) books.booked.set(counterName(move), sum);
      else books.booked.delete(counterName(move));
    }
  };
  const part = (code: string, add: (known: { order?: StoredOrder; packages: ScannedPackage[] }) => void) => {
    const known = open.get(code) ?? { packages: [] };
    add(known);
    open.set(code, known);
    if (!known.order || known.packages.length < (known.packages[0]?.of ?? Number.POSITIVE_INFINITY)) return;
    open.delete(code);
    known.packages.sort((a, b) => a.n - b.n);
    onOrder(known.order, known.packages);
  };
  const visit = (item: Item) => {
    const { pk, sk } = item as { pk: string; sk: string };
    if (sk === 'ORDER') {
      const order = item as unknown as StoredOrder;
      book(moveOf(order));
      part(order.code, (known) => {
        known.order = order;
      });
    } else if (sk.startsWith('PACKAGE#'))
      part(String(item.code), ({ packages }) =>
        packages.push({ ...(item as unknown as StoredPackage), isListedExpiring: item.gsi2pk === 'EXPIRING' }),
      );
    else if (sk.startsWith('MOVEMENT#')) book(item.lines as Move[]);
    else if (sk.startsWith('SHARD#'))
      books.counters.push({
        ...counterAt(item),
        units: { available: Number(item.available ?? 0), reserved: Number(item.reserved ?? 0), sold: Number(item.sold ?? 0) },
        moves: Number(item.moves ?? 0),
        isClosed: item.closedAt !== undefined,
        shards: Number(item.shards ?? 1),
      });
    else if (pk.startsWith('LEDGER#')) {
      const id = String(item.packageId);
      books.ledger.set(id, [
        ...(books.ledger.get(id) ?? []),
        ledgerLine(pk.slice('LEDGER#'.length), String(item.kind), Number(item.amount), Number(item.settled ?? 0)),
      ]);
    } else if (sk === 'VOUCHER') books.vouchers.set(String(item.code), Number(item.used ?? 0));
    else if (sk.startsWith('BUYER#')) books.buyerLimits.set(`${pk}|${sk}`, Number(item.quantity ?? 0));
    else if (sk === 'PAYMENT' && item.packageId !== undefined && item.reason === undefined)
      books.payments.set(String(item.packageId), [...(books.payments.get(String(item.packageId)) ?? []), Number(item.amount)]);
    else if (sk === 'CAMPAIGN') books.campaigns.set(String(item.slug), String(item.endsAt));
  };
  await scanAll(tables.commerce, (item) => {
    try {
      visit(item);
    } catch {
      // One damaged item must not keep all others from being looked at.
      books.unreadable.push(`${item.pk} ${item.sk}`);
    }
  });
  books.broken = [...open.keys()];
  return books;
}

/** The name a buyer's place has in `Books.buyerLimits`. */
export const buyerPlace = (campaign: string, sku: string, buyer: string): string => `OFFER#${campaign}#${sku}|BUYER#${buyer}`;
