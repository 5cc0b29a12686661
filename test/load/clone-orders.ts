/**
 * `node test/load/clone-orders.ts COUNT CODE …`: fills a market with copies of orders it has placed, by turns, and prints how many items
 * it wrote. Its settings come from the environment, as a function's do.
 *
 * A copy is what its original would have left had it been sent once more with another key: the market's own stores write it and take
 * its units in one transaction, from stock that was put on the shelf for it. Left out are the price, which is the original's, and the
 * buyer's limit, which is passing. Reports are not touched: the market's consumers see every copy and count it as any order.
 */
import { createHash } from 'node:crypto';
import { orderCode } from '../../functions/orders/order-code.ts';
import { readAvailable } from '../../functions/orders/read-stock.ts';
import { setStock } from '../../functions/orders/set-stock.ts';
import { moveUnits } from '../../functions/orders/stock-store.ts';
import { orderKey, putOrder, putPackage, readOrder } from '../../functions/orders/store.ts';
import { maxTransactItems, type TransactItem, transact } from '../../functions/platform/dynamo.ts';
import { counterName, took } from '../../shared/orders/book.ts';
import { drive } from './drive.ts';

type Placed = NonNullable<Awaited<ReturnType<typeof readOrder>>>;

const writers = 3;

async function placed(code: string): Promise<Placed> {
  const found = await readOrder(code);
  if (!found) throw new Error(`there is no order ${code}`);
  return found;
}

/** The n-th copy: with a key of its own, and the code that the market makes of it. */
function copyOf({ order, packages }: Placed, n: number): Placed {
  const keyHash = createHash('sha256').update(`copy ${n}`).digest('base64url').slice(0, order.asked.keyHash.length);
  const asked = { ...order.asked, keyHash };
  const code = orderCode(asked);
  return {
    order: { ...order, ...orderKey(code), code, asked },
    packages: packages.map((pkg) => ({ ...pkg, code, id: `${code}-${pkg.n}` })),
  };
}

/** Puts on the shelf, in the stock book too, what these orders will take. */
async function restock(orders: readonly Placed[]): Promise<void> {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of orders.flatMap(({ order }) => order.taken)) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  const available = await readAvailable([...wanted.keys()]);
  for (const [sku, units] of wanted) await setStock({ sku, quantity: (available.get(sku) ?? 0) + units, by: 'bench', now: new Date() });
}

/** Several orders as one transaction: that is three times as fast as one each. */
function writeOf(orders: readonly Placed[]): TransactItem[] {
  const moves = orders.flatMap(({ order }) => order.taken.map((holding) => took(holding, order.takenAs)));
  return [
    ...orders.flatMap(({ order, packages }) => [putOrder(order), ...packages.map(putPackage)]),
    ...moveUnits(moves).map(({ item }) => item),
  ];
}

const [count, ...codes] = process.argv.slice(2);
const originals = await Promise.all(codes.map(placed));
const originalOf = (n: number) => originals[n % originals.length] as Placed;
const numbers = Array.from({ length: Number(count) }, (_, n) => n);
await restock(numbers.map(originalOf));

const largest = Math.max(...originals.map(({ packages }) => 1 + packages.length));
const counters = new Set(originals.flatMap(({ order }) => order.taken.map(counterName))).size;
const atOnce = Math.floor((maxTransactItems - counters) / largest);
const lots = Array.from({ length: Math.ceil(numbers.length / atOnce) }, (_, i) => numbers.slice(i * atOnce, (i + 1) * atOnce));
const { answers } = await drive(lots.length, writers, async (i) => {
  const items = writeOf((lots[i] ?? []).map((n) => copyOf(originalOf(n), n)));
  if (!(await transact(items)).ok) throw new Error('a copy was refused: its code or its units are not there to be taken');
  return items.length;
});
console.log(answers.reduce((sum, written) => sum + written, 0));
process.exit(0);
