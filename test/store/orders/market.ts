import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type * as z from 'zod';
import { OrderRequest } from '../../../shared/orders/contract.ts';
import { startEngine } from '../engine.ts';

/** 09:00 on Monday 15 June 2026 in Việt Nam. */
export const now = new Date('2026-06-15T02:00:00Z');
export const later = (seconds: number, from: Date = now): Date => new Date(from.getTime() + seconds * 1_000);

export const paymentWindowSeconds = 900;

/** Two sellers: a cooperative, and a household from whom tax is withheld. */
export const lychees = 'sel_vai';
export const pottery = 'sel_gom';
export const bankOf = { [lychees]: '970436000000101', [pottery]: '970407000000102' } as const;

type Asked = z.input<typeof OrderRequest>;
type Line = Asked['lines'][number];
type Item = Record<string, unknown>;

/** Prices that the expected numbers of the tests are worked out from. */
export const goods = {
  'VAI-5KG': { seller: lychees, name: 'Vải thiều Lục Ngạn', category: 'trai-cay', price: 335_000, grams: 5_000, shippingClass: 'fresh' },
  'MY-CHU': { seller: lychees, name: 'Mỳ gạo Chũ', category: 'my-bun-banh', price: 60_000, grams: 500, shippingClass: 'ambient' },
  BINH: { seller: pottery, name: 'Bình gốm Phù Lãng', category: 'gom', price: 180_000, grams: 1_200, shippingClass: 'fragile' },
} as const;

let phones = 0;
/** A new buyer's phone. */
export const newPhone = (): string => `0912${String(100_000 + phones++)}`;
let keys = 0;
export const newKey = (): string => `key-${++keys}`;

/** What a buyer in Hà Nội sends; COD unless said otherwise. */
export const basket = (lines: readonly Line[], more: Partial<Asked> = {}): z.output<typeof OrderRequest> =>
  OrderRequest.parse({
    lines,
    customer: { name: 'Nguyễn Thị Mua', phone: newPhone() },
    shipTo: { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' },
    payment: 'cod',
    ...more,
  });

/**
 * The engine with both stalls open and nothing on their shelves. Everything under `functions/` comes from here, since it reads its settings when loaded.
 * @param through opens what stands between the functions and the engine, at the address it gives back
 */
export async function openMarket({ through }: { through?: (engine: string) => Promise<{ endpoint: string }> } = {}) {
  const engine = await startEngine();
  if (through) process.env.DYNAMODB_ENDPOINT = (await through(engine.endpoint)).endpoint;
  const { dynamo } = await import('../../../functions/platform/dynamo.ts');
  const { saveSeller } = await import('../../../functions/sellers/store.ts');
  const catalog = await import('../../../functions/catalog/store.ts');
  const { setStock } = await import('../../../functions/orders/set-stock.ts');
  const { reshardStock } = await import('../../../functions/orders/reshard-stock.ts');
  const { placeOrder } = await import('../../../functions/orders/place-order.ts');
  const { cancelOrder } = await import('../../../functions/orders/cancel-order.ts');
  const { readOrder } = await import('../../../functions/orders/store.ts');
  const sellerDesk = await import('../../../functions/orders/seller-packages.ts');

  const stalls = {
    [lychees]: {
      slug: 'htx-luc-ngan',
      name: 'HTX Vải thiều Lục Ngạn',
      legalType: 'cooperative',
      commune: { code: '07525', name: 'Phường Chũ' },
    },
    [pottery]: { slug: 'gom-phu-lang', name: 'Gốm Phù Lãng', legalType: 'household', commune: { code: '09292', name: 'Xã Phù Lãng' } },
  } as const;
  type Stall = Pick<Parameters<typeof saveSeller>[0], 'slug' | 'name' | 'legalType' | 'commune'>;
  const open = (id: string, stall: Stall, accountNumber: string) =>
    saveSeller({
      id,
      ...stall,
      street: 'Thôn Kép',
      story: '',
      phone: '+84912345678',
      bank: { bin: '970436', accountNumber, accountName: 'MINH HOA' },
      verified: true,
    });
  for (const [id, stall] of Object.entries(stalls)) await open(id, stall, bankOf[id as keyof typeof bankOf]);

  /** One more stall, of a potter's household, for orders of many packages. */
  const openStall = (id: string, accountNumber = '9') =>
    open(id, { ...stalls[pottery], slug: id.replaceAll('_', '-'), name: id }, accountNumber);

  /** Puts goods on the shelf under a SKU of their own, so that tests do not meet. */
  async function stock(
    what: keyof typeof goods,
    quantity: number,
    more: Partial<{
      sku: string;
      price: number;
      wholesale: { minQuantity: number; price: number }[];
      shards: number;
      seller: string;
      legalType: 'household';
    }> = {},
  ): Promise<string> {
    const kind = goods[what];
    const sku = more.sku ?? `${what}-${++products}`;
    const sellerId = more.seller ?? kind.seller;
    const stall = stalls[sellerId as keyof typeof stalls] ?? stalls[pottery];
    const saved = await catalog.saveProduct({
      id: `prd_${sku}`,
      slug: sku.toLowerCase(),
      name: kind.name,
      description: '',
      seller: { id: sellerId, ...stall },
      category: kind.category,
      variants: [
        { sku, name: 'Mặc định', unit: 'thùng', price: more.price ?? kind.price, netWeightGrams: kind.grams, wholesale: more.wholesale },
      ],
      images: ['/pictures/lychee.svg'],
      shippingClass: kind.shippingClass,
      traceable: false,
      status: 'published',
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      version: 1,
    });
    expect(saved.ok).toBe(true);
    await setStock({ sku, quantity, by: sellerId, now });
    if (more.shards) await splitCounters(sku, more.shards);
    return sku;
  }

  /** As a rush does: the SKU's stock lies in several counters. */
  async function splitCounters(sku: string, shards: number, campaign?: string): Promise<void> {
    expect(await reshardStock({ sku, campaign }, shards, now)).toBe(true);
  }

  const place = (request: z.output<typeof OrderRequest>, key = newKey(), at = now) =>
    placeOrder(request, key, { paymentWindowSeconds }, at);

  /** Places an order that must succeed. */
  async function buy(lines: readonly Line[], more: Partial<Asked> = {}, at = now) {
    const request = basket(lines, more);
    const placed = await place(request, newKey(), at);
    if (placed.outcome !== 'placed') throw new Error(`not placed: ${JSON.stringify(placed)}`);
    return { ...placed.answer.body, phone: request.customer.phone };
  }

  async function everything(table = 'commerce'): Promise<Item[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = await dynamo.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }));
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** A SKU's counters added up, its own shelf and campaigns' set-aside units apart. */
  async function counters(sku: string, campaign?: string): Promise<{ available: number; reserved: number; sold: number }> {
    const pk = campaign ? `OFFER#${campaign}#${sku}` : `STOCK#${sku}`;
    const shards = (await everything()).filter((i) => i.pk === pk && String(i.sk).startsWith('SHARD#'));
    const sum = (name: string) => shards.reduce((a, s) => a + Number(s[name] ?? 0), 0);
    return { available: sum('available'), reserved: sum('reserved'), sold: sum('sold') };
  }

  /** The rows of the stock book that name a SKU. */
  async function movements(sku: string): Promise<Item[]> {
    return bookOf(await everything()).filter((entry) => entry.lines.some((l) => l.sku === sku));
  }

  /** Every item's digest by its key: equal before and after means that nothing was written. */
  async function digests(table?: string): Promise<Record<string, string>> {
    const flat = (value: unknown): unknown =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, v]) => [k, flat(v)])
        : Array.isArray(value)
          ? value.map(flat)
          : value;
    const items = await everything(table);
    return Object.fromEntries(
      items.map((i) => [
        `${i.pk} ${i.sk}`,
        createHash('sha256')
          .update(JSON.stringify(flat(i)))
          .digest('hex')
          .slice(0, 12),
      ]),
    );
  }

  return {
    ...{
      engine,
      dynamo,
      digests,
      openStall,
      stock,
      place,
      buy,
      everything,
      counters,
      movements,
      cancelOrder,
      readOrder,
      setStock,
      sellerDesk,
      splitCounters,
      reshardStock,
    },
    /** Every counter of the SKU, counted again from the movements alone. */
    assertStockBook: async (sku: string) => assertStockBook(sku, await everything()),
    stop: engine.stop,
  };
}
let products = 0;
export type Market = Awaited<ReturnType<typeof openMarket>>;

interface Moved {
  sku: string;
  campaign?: string;
  shard: string;
  available?: number;
  reserved?: number;
  sold?: number;
}

/** Every entry of the stock book: what was put in or moved, and what each order took. */
function bookOf(items: readonly Item[]): (Item & { kind: string; lines: Moved[] })[] {
  return items.flatMap((item) => {
    if (String(item.sk).startsWith('MOVEMENT#')) return [item as Item & { kind: string; lines: Moved[] }];
    if (item.sk !== 'ORDER') return [];
    const taken = item.taken as { sku: string; campaign?: string; shard: string; quantity: number }[];
    const as = item.takenAs as 'reserved' | 'sold';
    return [{ ...item, kind: as, lines: taken.map(({ quantity, ...counter }) => ({ ...counter, available: -quantity, [as]: quantity })) }];
  });
}

/**
 * The book and the counters must tell the same story, counter by counter: what was put in, less what went out, plus what came back.
 * Nothing of the market's own arithmetic is used.
 */
function assertStockBook(sku: string, items: readonly Item[]): void {
  const book = new Map<string, { available: number; reserved: number; sold: number }>();
  let putIn = 0;
  for (const { kind, lines } of bookOf(items)) {
    for (const line of lines.filter((l) => l.sku === sku)) {
      const name = `${line.campaign ? `OFFER#${line.campaign}#${sku}` : `STOCK#${sku}`} SHARD#${line.shard}`;
      const known = book.get(name) ?? { available: 0, reserved: 0, sold: 0 };
      book.set(name, known);
      known.available += line.available ?? 0;
      known.reserved += line.reserved ?? 0;
      known.sold += line.sold ?? 0;
      if (kind === 'set') putIn += line.available ?? 0;
    }
  }
  const shards = items.filter(
    (i) => String(i.sk).startsWith('SHARD#') && (i.pk === `STOCK#${sku}` || (String(i.pk).startsWith('OFFER#') && i.sku === sku)),
  );
  const counted = new Map(
    shards.map((s) => [
      `${String(s.pk)} ${String(s.sk)}`,
      { available: Number(s.available ?? 0), reserved: Number(s.reserved ?? 0), sold: Number(s.sold ?? 0) },
    ]),
  );
  const nothing = { available: 0, reserved: 0, sold: 0 };
  for (const name of new Set([...counted.keys(), ...book.keys()]))
    expect(counted.get(name) ?? nothing, `${name} against its movements`).toEqual(book.get(name) ?? nothing);
  const all = [...counted.values()];
  expect(all.every((c) => c.available >= 0 && c.reserved >= 0 && c.sold >= 0)).toBe(true);
  // Units that a closed counter still offers could never be sold.
  expect(shards.filter((s) => s.closedAt !== undefined && Number(s.available) !== 0)).toEqual([]);
  expect(
    all.reduce((a, c) => a + c.available + c.reserved + c.sold, 0),
    `${sku}: available + reserved + sold is what was put in`,
  ).toBe(putIn);
}

type Kind = 'transaction' | 'batch read';
const isKind = (kind: Kind, input: object) => (kind === 'transaction' ? 'TransactItems' : 'RequestItems') in input;
let interruptions = 0;

/**
 * Runs something in the middle: just before the n-th transaction or batch read leaves for the engine. The engine stays the real one.
 * Whatever `run` itself sends is not interrupted. An error thrown by `run` is what the caller sees in place of an answer.
 */
export function inTheMiddle(market: Pick<Market, 'dynamo'>, kind: Kind, nth: number, run: () => Promise<unknown>, times = 1) {
  const name = `in-the-middle-${++interruptions}`;
  let seen = 0;
  let isRunning = false;
  market.dynamo.middlewareStack.add(
    (next) => async (args) => {
      if (!isRunning && isKind(kind, args.input) && ++seen >= nth && seen < nth + times) {
        isRunning = true;
        try {
          await run();
        } finally {
          isRunning = false;
        }
      }
      return next(args);
    },
    { step: 'initialize', name },
  );
  return {
    /** How many were on their way; a test must see that its rival did run. */
    seen: () => seen,
    stop: () => {
      market.dynamo.middlewareStack.remove(name);
    },
  };
}

/** The n-th transaction is written, and its answer lost on the way back. `retried`: the SDK asks again by itself, else the caller sees a broken line. */
export function loseAnswer(market: Pick<Market, 'dynamo'>, nth: number, how: 'retried' | 'broken') {
  const name = `lose-answer-${++interruptions}`;
  let seen = 0;
  market.dynamo.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (isKind('transaction', args.input) && ++seen === nth)
        throw Object.assign(
          new Error('the line was cut'),
          how === 'retried' ? { name: 'TimeoutError', $retryable: {} } : { name: 'BrokenLine' },
        );
      return answer;
    },
    // Inside the SDK's own retrying, as a socket is.
    { step: 'finalizeRequest', name, priority: 'low' },
  );
  return {
    seen: () => seen,
    stop: () => {
      market.dynamo.middlewareStack.remove(name);
    },
  };
}
