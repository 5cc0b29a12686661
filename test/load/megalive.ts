import { type Market, startMarket } from '../system/market.ts';
import { booksBroken } from './audited.ts';
import { type Client, drive, openClient } from './drive.ts';
import type { Findings } from './figures.ts';
import { isTold, marketCpuMs, pidsOf, residentMb } from './processes.ts';
import { type Account, dishonest, orderOf, type PlacedOrder, type Product, placedOf, signIn, tally, untilSo } from './shoppers.ts';

const atOnce = 64;
const count = 1_500;
const offered = 5;
const setAside = 3_000;
const slug = 'megalive-thu';

/** Five hot SKUs of one seller, set aside and live. */
async function goLive(client: Client): Promise<{ skus: string[]; department: Account }> {
  const seller = await signIn(client, 'seller');
  const { items } = await seller.get<{ items: Product[] }>('/api/seller/products?limit=100');
  const hot = items.flatMap((p) => p.variants.map((v) => ({ id: p.id, ...v }))).slice(0, offered);
  for (const { id, sku } of hot) await seller.send('PUT', `/api/seller/products/${id}/stock`, { sku, quantity: 2 * setAside });
  const now = Date.now();
  await seller.send(
    'POST',
    '/api/campaigns',
    {
      slug,
      name: 'Megalive thử',
      kind: 'livestream',
      startsAt: new Date(now - 60_000).toISOString(),
      endsAt: new Date(now + 3_600_000).toISOString(),
      channels: [{ id: 'facebook', name: 'Facebook' }],
      offers: hot.map(({ sku, price }) => ({ sku, price: price - 10_000, limit: setAside })),
    },
    201,
  );
  await seller.send('POST', `/api/campaigns/${slug}/start`);
  return { skus: hot.map((v) => v.sku), department: await signIn(client, 'department') };
}

/** The n-th viewer's basket: one to three of the five. */
const basketOf = (skus: readonly string[], n: number) =>
  Array.from({ length: 1 + (n % 3) }, (_, i) => ({ sku: skus[(n + i * (1 + (n % 2))) % skus.length] ?? '', quantity: 1 }));

interface Counts {
  orders: number;
  grams: number;
}

const sold = (placed: readonly PlacedOrder[]): Counts => ({
  orders: placed.length,
  grams: placed.flatMap((o) => o.lines).reduce((sum, l) => sum + l.quantity * l.netWeightGrams, 0),
});

/** What the department is told and what every viewer sees. */
async function told(department: Account): Promise<Counts[]> {
  const report = await department.get<{ orders: number; gramsSold: number }>(`/api/reports/campaigns/${slug}`);
  const live = await department.get<{ ordersPlaced: number; gramsSold: number }>(`/api/campaigns/${slug}/live`);
  return [
    { orders: report.orders, grams: report.gramsSold },
    { orders: live.ordersPlaced, grams: live.gramsSold },
  ];
}

/** Units of the offers that are gone must be those in acknowledged orders. */
async function stockBroken(department: Account, placed: readonly PlacedOrder[]): Promise<string[]> {
  const { offers } = await department.get<{ offers: { sku: string; remaining: number }[] }>(`/api/campaigns/${slug}`);
  const lines = placed.flatMap((o) => o.lines);
  return offers.flatMap(({ sku, remaining }) => {
    const bought = lines.filter((l) => l.sku === sku).reduce((sum, l) => sum + l.quantity, 0);
    return setAside - remaining === bought ? [] : [`megalive: ${bought} of ${sku} were sold, but ${setAside - remaining} are gone`];
  });
}

export interface Megalive extends Findings {
  /** Most that market, engine and sign-in process held together at one moment; 0 where it cannot be told. */
  peakMb: number;
  /** Each of them at that moment. */
  parts: Record<string, number>;
}

/** Looks at the three processes ten times a second. @returns what they held when they held most, to be asked once */
function watchMemory(market: Market): () => Pick<Megalive, 'peakMb' | 'parts'> {
  const peak: Pick<Megalive, 'peakMb' | 'parts'> = { peakMb: 0, parts: {} };
  const pids: Record<string, number> = isTold ? { ...pidsOf(market) } : {};
  const looking = setInterval(() => {
    const parts = Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, residentMb(pid)]));
    const sum = Object.values(parts).reduce((a, b) => a + b, 0);
    if (sum > peak.peakMb) Object.assign(peak, { peakMb: sum, parts });
  }, 100);
  return () => {
    clearInterval(looking);
    return peak;
  };
}

async function holdMegalive(): Promise<Megalive> {
  const market = await startMarket();
  const client = openClient(market.origin, atOnce);
  const peakMemory = watchMemory(market);
  try {
    const { skus, department } = await goLive(client);
    const orders = Array.from({ length: count }, (_, n) => orderOf(basketOf(skus, n), { campaign: slug, channel: 'facebook' }));
    const before = marketCpuMs(market);
    const run = await drive(count, atOnce, (n) => client.send(orders[n] as ReturnType<typeof orderOf>));
    const placed = placedOf(run.answers);
    const right = JSON.stringify([sold(placed), sold(placed)]);
    const caughtUp = await untilSo(async () => JSON.stringify(await told(department)) === right, 60, 200);
    const after = marketCpuMs(market);
    const cpuMs = after.market + after.engine - before.market - before.engine;
    // Before the audit: it reads every item of the market that was measured.
    const memoryUsed = peakMemory();
    return {
      figures: [
        { what: `megalive: ${count} orders on ${offered} SKUs, ${atOnce} at once`, value: run.seconds, unit: 's', target: { atMost: 10 } },
        { what: 'megalive: 99% are answered within', value: run.p99Ms, unit: 'ms' },
        { what: 'megalive: orders not taken', value: count - placed.length, unit: 'orders', target: { atMost: 0 } },
        {
          what: 'megalive: report and live page equal the orders after',
          value: caughtUp ?? Number.POSITIVE_INFINITY,
          unit: 's',
          target: { atMost: 5 },
        },
        ...(isTold ? [{ what: 'megalive: processor, market and engine', value: cpuMs / count, unit: 'ms/order' }] : []),
      ],
      broken: [
        ...dishonest('megalive', run.answers),
        ...(await stockBroken(department, placed)),
        ...(await booksBroken('megalive', market)),
        ...(caughtUp === undefined ? [`megalive: ${right} was never told, but ${JSON.stringify(await told(department))}`] : []),
      ],
      notes: placed.length === count ? [] : [`megalive: answers were ${tally(run.answers)}.`],
      ...memoryUsed,
    };
  } finally {
    peakMemory();
    client.close();
    await market.stop();
  }
}

let held: Promise<Megalive> | undefined;

/** An evening of rush on five SKUs, held once for all sections that ask about it. */
export function megalive(): Promise<Megalive> {
  held ??= holdMegalive();
  return held;
}

/** What the market held in memory at the peak of the evening. */
export async function memory(): Promise<Findings> {
  const { peakMb, parts } = await megalive();
  if (!isTold) return { figures: [], broken: [], notes: ['memory: told on Linux only, from /proc.'] };
  const named = Object.entries(parts).map(([name, mb]) => `${name} ${Math.round(mb)} MB`);
  return {
    figures: [{ what: 'memory: all three processes at the peak of the megalive', value: peakMb, unit: 'MB', target: { atMost: 350 } }],
    broken: [],
    notes: [`memory: ${named.join(', ')} (VmRSS, Linux only).`],
  };
}
