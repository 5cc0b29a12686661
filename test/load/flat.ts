import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { functions } from '../../infra/manifest.ts';
import { type Market, startMarket } from '../system/market.ts';
import { auditBooks } from './audited.ts';
import { placeOrders } from './checkout.ts';
import { type Client, openClient } from './drive.ts';
import { type Figure, type Findings, median } from './figures.ts';
import { engineEndpoint, isTold, marketCpuMs } from './processes.ts';
import { functionSettings } from './settings.ts';
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
  untilSo,
} from './shoppers.ts';

const templates = 20;
const rounds = 10;
const perRound = 300;

const run = promisify(execFile);

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

/** The reports hold the orders that were placed: none is missing, none counted twice. */
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

/** One order each of several SKUs. @returns their codes */
async function placeTemplates(stall: Stall): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < templates; n++) {
    const order = orderOf([{ sku: stall.skus[n % stall.skus.length] ?? '', quantity: 1 }]);
    codes.push(jsonOf<PlacedOrder>(await stall.client.send(order), 201).code);
  }
  stall.placed += templates;
  return codes;
}

/**
 * Fills a market with copies of orders, written straight at the engine by a process of its own, and lets the reports count them.
 * A market stopped meanwhile would be quicker, but would need checkpoints of our own making: then it is not known what is measured.
 */
async function fillStall(stall: Stall, count: number): Promise<string> {
  const codes = await placeTemplates(stall);
  const began = performance.now();
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'clone-orders.ts'), String(count), ...codes], {
    // As the market does with its own engine: every token it has seen makes a transaction dearer.
    env: { ...functionSettings, DYNAMODB_ENDPOINT: engineEndpoint(stall.market), DYNAMODB_TOKENS: 'omit' },
  });
  const filled = performance.now();
  stall.placed += count;
  if (!(await reported(stall, 1_800))) stall.broken.push('flat: the reports did not come past the copies');
  const seconds = (from: number, to: number) => `${Math.round((to - from) / 1_000)} s`;
  return `flat: ${stdout.trim()} items of ${count} orders written in ${seconds(began, filled)}, all reported ${seconds(filled, performance.now())} later.`;
}

/** The audit has to end within what the function on AWS is given for it. */
async function audited(stall: Stall, what: string): Promise<Figure[]> {
  const { timeoutSeconds, memoryMb } = functions.find(({ name }) => name === 'reports-audit') as (typeof functions)[number];
  const { broken, seconds, peakMb } = await auditBooks('flat', stall.market, { orders: stall.placed });
  stall.broken.push(...broken);
  return [
    { what: `flat: audit of ${what}`, value: seconds, unit: 's', target: { atMost: timeoutSeconds } },
    ...(isTold ? [{ what: `flat: memory of the audit of ${what}`, value: peakMb, unit: 'MB', target: { atMost: memoryMb } }] : []),
  ];
}

/**
 * Whether checkouts stay as fast when the tables are full. Beside the full market an empty one is measured in turn with it: the rate
 * of the same market some minutes ago would tell more about the machine than about the tables.
 */
export async function flat(count = Number(process.env.FLAT_ORDERS ?? 100_000)): Promise<Findings> {
  const [full, empty] = [await openStall(), await openStall()];
  try {
    const note = await fillStall(full, count);
    for (let round = 0; round <= rounds; round++)
      for (const stall of round % 2 ? [full, empty] : [empty, full]) await sell(stall, round > 0);
    const shares = full.perSecond.map((perSecond, i) => perSecond / (empty.perSecond[i] as number));
    const rates = (stall: Stall) => stall.perSecond.map(Math.round).join(', ');
    const perOrder = ({ cpuMs }: Stall) => (cpuMs.market + cpuMs.engine) / (rounds * perRound);
    const figures: Figure[] = [
      { what: 'flat: checkouts in an empty market', value: median(empty.perSecond), unit: '/s' },
      { what: `flat: checkouts beside ${count.toLocaleString('en')} orders`, value: median(full.perSecond), unit: '/s' },
      { what: 'flat: full against empty, median of rounds', value: median(shares), unit: '×', target: { atLeast: 0.9 } },
    ];
    if (isTold)
      figures.push(
        { what: 'flat: processor, market and engine, empty', value: perOrder(empty), unit: 'ms/order' },
        { what: 'flat: processor, market and engine, full', value: perOrder(full), unit: 'ms/order' },
      );
    figures.push(...(await audited(full, 'the full market')), ...(await audited(empty, 'the empty market')));
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
