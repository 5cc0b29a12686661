import { type AttributeValue, DynamoDBClient, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../infra/local/engine.ts';
import { type Market, startMarket } from '../system/market.ts';
import { placeOrders } from './checkout.ts';
import { type Client, drive, openClient } from './drive.ts';
import { type Findings, median } from './figures.ts';
import { engineEndpoint, isTold, marketCpuMs } from './processes.ts';
import {
  type Account,
  dishonest,
  fullShelves,
  jsonOf,
  orderOf,
  ordersReported,
  type PlacedOrder,
  placedOf,
  signIn,
  tally,
  untilSo,
} from './shoppers.ts';

const templates = 20;
const rounds = 10;
const perRound = 300;
/** DynamoDB's limit. As one transaction the engine takes three times as many items a second as by BatchWriteItem. */
const perWrite = 100;
const writers = 3;

type Item = Record<string, AttributeValue>;

/** All an order left in the tables, as JSON in which `code` and `key` tell it from any other. */
interface Template {
  code: string;
  key: string;
  items: { TableName: string; text: string }[];
}

async function itemsOf(dynamo: DynamoDBClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await dynamo.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

/** Finds what belongs to these orders by looking through everything, so that it needs to know no item's design. */
async function templatesOf(dynamo: DynamoDBClient, orders: readonly { code: string; key: string }[]): Promise<Template[]> {
  const found: Template[] = orders.map((order) => ({ ...order, items: [] }));
  for (const TableName of ['commerce', 'reporting']) {
    for (const item of await itemsOf(dynamo, TableName)) {
      const text = JSON.stringify(item);
      found.find(({ code, key }) => text.includes(code) || text.includes(key))?.items.push({ TableName, text });
    }
  }
  return found;
}

/** As long as the name it stands for, and unlike any the market or the bench gives. */
const numbered = (text: string, n: number) => `${text.slice(0, -8)}c${String(n).padStart(7, '0')}`;

/** The n-th clone of an order. */
const cloneOf = ({ code, key, items }: Template, n: number) =>
  items.map(({ TableName, text }) => ({
    Put: { TableName, Item: JSON.parse(text.replaceAll(code, numbered(code, n)).replaceAll(key, numbered(key, n))) as Item },
  }));

/** Writes `count` clones straight at the engine, several orders to a write. */
async function fill(dynamo: DynamoDBClient, from: readonly Template[], count: number): Promise<number> {
  const perOrder = Math.max(...from.map(({ items }) => items.length));
  const atOnce = Math.floor(perWrite / perOrder);
  let written = 0;
  await drive(Math.ceil(count / atOnce), writers, async (n) => {
    const numbers = Array.from({ length: Math.min(atOnce, count - n * atOnce) }, (_, i) => n * atOnce + i);
    const TransactItems = numbers.flatMap((number) => cloneOf(from[number % from.length] as Template, number));
    await dynamo.send(new TransactWriteItemsCommand({ TransactItems }));
    written += TransactItems.length;
  });
  return written;
}

/** A market that is measured, and what it was sold. */
interface Stall {
  market: Market;
  client: Client;
  department: Account;
  skus: string[];
  placed: number;
  perSecond: number[];
  cpuMs: { market: number; engine: number };
  broken: string[];
}

async function openStall(): Promise<Stall> {
  const market = await startMarket();
  const client = openClient(market.origin, 16);
  const [department, skus] = [await signIn(client, 'department'), await fullShelves(client, 100)];
  return { market, client, department, skus, placed: 0, perSecond: [], cpuMs: { market: 0, engine: 0 }, broken: [] };
}

async function closeStall({ market, client }: Stall): Promise<void> {
  client.close();
  await market.stop();
}

/** The reports hold the orders that were placed: no clone was counted, none is missing. */
async function reported(stall: Stall, seconds: number): Promise<boolean> {
  return (await untilSo(async () => (await ordersReported(stall.department)) === stall.placed, seconds, 200)) !== undefined;
}

async function sell(stall: Stall, isCounted: boolean): Promise<void> {
  const before = marketCpuMs(stall.market);
  const run = await placeOrders(stall.client, stall.skus, perRound);
  stall.placed += placedOf(run.answers).length;
  stall.broken.push(...dishonest('flat', run.answers));
  if (!(await reported(stall, 30))) stall.broken.push(`flat: the reports never came to ${stall.placed} orders`);
  if (!isCounted) return;
  const after = marketCpuMs(stall.market);
  stall.perSecond.push(run.perSecond);
  stall.cpuMs.market += after.market - before.market;
  stall.cpuMs.engine += after.engine - before.engine;
}

async function placeTemplates(stall: Stall): Promise<{ code: string; key: string }[]> {
  const placed = [];
  for (let n = 0; n < templates; n++) {
    const order = orderOf([{ sku: stall.skus[n % stall.skus.length] ?? '', quantity: 1 }]);
    const { code } = jsonOf<PlacedOrder>(await stall.client.send(order), 201);
    placed.push({ code, key: order.key });
  }
  stall.placed += templates;
  return placed;
}

/**
 * Fills a market and lets its consumers see every clone. They find the facts of each already written (in the same transaction), as
 * with any event that comes twice, and change nothing; one real order behind the clones tells when the last has been seen.
 * A market stopped meanwhile would be quicker, but would need checkpoints of our own making: then it is not known what is measured.
 */
async function fillStall(stall: Stall, count: number): Promise<string> {
  const dynamo = new DynamoDBClient(clientOptions(engineEndpoint(stall.market)));
  const orders = await placeTemplates(stall);
  if (!(await reported(stall, 30))) throw new Error('flat: the reports did not come to the templates');
  const began = performance.now();
  const written = await fill(dynamo, await templatesOf(dynamo, orders), count);
  dynamo.destroy();
  const filled = performance.now();
  const { answers } = await placeOrders(stall.client, stall.skus, 1);
  stall.placed += placedOf(answers).length;
  if (placedOf(answers).length !== 1) throw new Error(`flat: the order behind the clones was answered ${tally(answers)}`);
  if (!(await reported(stall, 1_800))) stall.broken.push('flat: the reports did not come past the clones');
  const seconds = (from: number, to: number) => `${Math.round((to - from) / 1_000)} s`;
  return `flat: ${written} items of ${count} orders written in ${seconds(began, filled)}, seen by all consumers ${seconds(filled, performance.now())} later.`;
}

/**
 * Whether checkouts stay as fast when the tables are full. Beside the full market an empty one is measured in turn with it: the rate
 * of the same market some minutes ago would tell more about the machine than about the tables.
 */
export async function flat(count = 100_000): Promise<Findings> {
  const [full, empty] = [await openStall(), await openStall()];
  try {
    const note = await fillStall(full, count);
    for (let round = 0; round <= rounds; round++)
      for (const stall of round % 2 ? [full, empty] : [empty, full]) await sell(stall, round > 0);
    const shares = full.perSecond.map((perSecond, i) => perSecond / (empty.perSecond[i] as number));
    const rates = (stall: Stall) => stall.perSecond.map(Math.round).join(', ');
    const perOrder = ({ cpuMs }: Stall) => (cpuMs.market + cpuMs.engine) / (rounds * perRound);
    const figures: Findings['figures'] = [
      { what: 'flat: checkouts in an empty market', value: median(empty.perSecond), unit: '/s' },
      { what: `flat: checkouts beside ${count.toLocaleString('en')} orders`, value: median(full.perSecond), unit: '/s' },
      { what: 'flat: full against empty, median of rounds', value: median(shares), unit: '×', target: { atLeast: 0.9 } },
    ];
    if (isTold)
      figures.push(
        { what: 'flat: processor, market and engine, empty', value: perOrder(empty), unit: 'ms/order' },
        { what: 'flat: processor, market and engine, full', value: perOrder(full), unit: 'ms/order' },
      );
    return {
      figures,
      broken: [...full.broken, ...empty.broken],
      notes: [note, `flat: rounds ${rates(full)} /s beside ${rates(empty)} /s when empty.`],
    };
  } finally {
    await closeStall(full);
    await closeStall(empty);
  }
}
