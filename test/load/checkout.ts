import { type Market, startMarket } from '../system/market.ts';
import { booksBroken } from './audited.ts';
import { openBare } from './bare.ts';
import { type Answer, type Client, drive, openClient, type Run } from './drive.ts';
import { type Figure, type Findings, median, percentile } from './figures.ts';
import { isTold, marketCpuMs, ownCpuMs } from './processes.ts';
import { allProducts, dishonest, fullShelves, orderOf, ordersReported, placedOf, signIn, untilSo } from './shoppers.ts';

const atOnce = 16;
const rounds = 7;
const perRound = 300;

/** Complete checkouts of one line each, cash on delivery, over all these SKUs in turn. */
export function placeOrders(client: Client, skus: readonly string[], count: number): Promise<Run<Answer>> {
  const orders = Array.from({ length: count }, (_, n) => orderOf([{ sku: skus[n % skus.length] ?? '', quantity: 1 }]));
  return drive(count, atOnce, (n) => client.send(orders[n] as ReturnType<typeof orderOf>));
}

interface Round {
  bare: Run<void> & { cpuMs: number };
  orders: Run<Answer>;
  /** Until the last projection of the round was written; of the generator only while it made load. */
  cpuMs: { market: number; engine: number; generator: number };
}

type Bare = Awaited<ReturnType<typeof openBare>>;

/** One round of bare transactions, one of checkouts, then whatever it takes until the reports know them. */
async function oneRound(
  bare: Bare,
  market: Market,
  client: Client,
  skus: readonly string[],
  reported: (placed: number) => Promise<void>,
): Promise<Round> {
  const bareRun = await bare.round(perRound, atOnce);
  const [before, ownBefore] = [marketCpuMs(market), ownCpuMs()];
  const orders = await placeOrders(client, skus, perRound);
  const generator = ownCpuMs() - ownBefore;
  await reported(placedOf(orders.answers).length);
  const after = marketCpuMs(market);
  return { bare: bareRun, orders, cpuMs: { market: after.market - before.market, engine: after.engine - before.engine, generator } };
}

async function unitsOnShelves(client: Client): Promise<number> {
  return (await allProducts(client)).flatMap((p) => p.variants).reduce((sum, v) => sum + v.available, 0);
}

/** What differs between what was acknowledged and what the shelves say afterwards. */
async function lost(client: Client, unitsBefore: number, answers: readonly Answer[]): Promise<string[]> {
  const placed = placedOf(answers);
  const gone = unitsBefore - (await unitsOnShelves(client));
  return [
    ...dishonest('checkout', answers),
    ...(new Set(placed.map((o) => o.code)).size === placed.length ? [] : ['checkout: two orders got the same code']),
    ...(gone === placed.length ? [] : [`checkout: ${placed.length} units sold, but ${gone} have left the shelves`]),
  ];
}

function figuresOf(all: readonly Round[]): Figure[] {
  const milliseconds = all.flatMap((r) => r.orders.milliseconds);
  const notTaken = all.flatMap((r) => r.orders.answers).filter((a) => a.status !== 201).length;
  const cpu = (who: keyof Round['cpuMs']) => all.reduce((sum, r) => sum + r.cpuMs[who], 0) / (all.length * perRound);
  const bareCpu = all.reduce((sum, r) => sum + r.bare.cpuMs, 0) / (all.length * perRound);
  return [
    {
      what: `checkout: complete checkouts, ${atOnce} at once`,
      value: median(all.map((r) => r.orders.perSecond)),
      unit: '/s',
      target: { atLeast: 200 },
    },
    { what: 'checkout: half are answered within', value: percentile(milliseconds, 0.5), unit: 'ms' },
    { what: 'checkout: 99% are answered within', value: percentile(milliseconds, 0.99), unit: 'ms', target: { atMost: 200 } },
    { what: 'checkout: orders not taken', value: notTaken, unit: 'orders', target: { atMost: 0 } },
    { what: 'checkout: bare transactions of the same items', value: median(all.map((r) => r.bare.perSecond)), unit: '/s' },
    {
      what: 'checkout: share of the bare rate, median of rounds',
      value: median(all.map((r) => r.orders.perSecond / r.bare.perSecond)),
      unit: '×',
      target: { atLeast: 0.6 },
    },
    ...(isTold
      ? [
          { what: 'checkout: processor, market with its projections', value: cpu('market'), unit: 'ms/order' },
          { what: 'checkout: processor, engine with projections', value: cpu('engine'), unit: 'ms/order' },
        ]
      : []),
    { what: 'checkout: processor, load generator', value: cpu('generator'), unit: 'ms/order' },
    ...(isTold ? [{ what: 'checkout: processor, bare caller and engine', value: bareCpu, unit: 'ms/call' }] : []),
  ];
}

const rates = (runs: readonly Run<unknown>[]) => runs.map((r) => Math.round(r.perSecond)).join(', ');

/**
 * Complete checkouts, against bare transactions of the same items. Short rounds of both in turn and their medians, for a machine that
 * does something else for a second must not make one of them look slow. Each round waits for the reports of the last, so that bare
 * calls do not share the machine with them; the first round warms up and is not counted.
 */
export async function checkout(): Promise<Findings> {
  const bare = await openBare();
  const market = await startMarket();
  const client = openClient(market.origin, atOnce);
  try {
    const department = await signIn(client, 'department');
    const skus = await fullShelves(client, 60);
    const unitsBefore = await unitsOnShelves(client);
    const broken: string[] = [];
    let placed = 0;
    const reported = async (more: number) => {
      placed += more;
      const took = await untilSo(async () => (await ordersReported(department)) === placed, 30, 200);
      if (took === undefined) broken.push(`checkout: the reports never came to ${placed} orders`);
    };
    const all: Round[] = [];
    for (let round = 0; round <= rounds; round++) all.push(await oneRound(bare, market, client, skus, reported));
    const answers = all.flatMap((r) => r.orders.answers);
    const counted = all.slice(1);
    return {
      figures: figuresOf(counted),
      broken: [...broken, ...(await lost(client, unitsBefore, answers)), ...(await booksBroken('checkout', market))],
      notes: [
        `checkout: an order writes ${bare.shape}.`,
        `checkout: rounds ${rates(counted.map((r) => r.orders))} /s against bare ${rates(counted.map((r) => r.bare))} /s.`,
      ],
    };
  } finally {
    client.close();
    await market.stop();
    await bare.stop();
  }
}
