import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Market, startMarket } from '../system/market.ts';
import { type Client, drive, jsonRequest, openClient } from './drive.ts';
import { type Findings, median, percentile } from './figures.ts';
import { openGarden } from './lots.ts';
import { engineEndpoint, isTold, marketCpuMs } from './processes.ts';
import { functionSettings } from './settings.ts';
import { jsonOf, orderOf, type PlacedOrder, signIn, untilSo } from './shoppers.ts';
import type { Told } from './tell-events.ts';

const run = promisify(execFile);
const script = (name: string, market: Market, ...args: string[]) =>
  run(process.execPath, [join(import.meta.dirname, name), ...args], {
    env: { ...functionSettings, DYNAMODB_ENDPOINT: engineEndpoint(market), DYNAMODB_TOKENS: 'omit' },
    maxBuffer: 1 << 20,
  });

/** A batch is of two harvests: its own tenth of the batches', and the next one. */
const harvests = 10;
const madeFrom = (n: number): number[] => [n % harvests, (n + 1) % harvests];
const samples = 200;
const scanners = 16;

interface Batch {
  gtin: string;
  lot: string;
  serials: string[];
}
interface Trace {
  state: string;
  journey: { step: string; text: string; temperature?: { minC: number; maxC: number } }[];
}

const lookAt = async (client: Client, { gtin }: Batch, serial: string) =>
  jsonOf<Trace>(await client.send({ method: 'GET', path: `/api/trace/${gtin}/${serial}`, headers: {} }));

/** All pages of a seller's list. */
async function allOf<T>(get: <P>(path: string) => Promise<P>, path: string): Promise<{ items: T[]; pagesMs: number[] }> {
  const items: T[] = [];
  const pagesMs: number[] = [];
  let cursor: string | undefined;
  do {
    const began = performance.now();
    const page: { items: T[]; nextCursor?: string } = await get(
      `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    pagesMs.push(performance.now() - began);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return { items, pagesMs };
}

/** Records the harvests and the batches, with a code for every box. */
async function fillGarden(client: Client, batches: number, boxes: number) {
  const { seller, recordLot, issue } = await openGarden(client);
  const harvested = await Promise.all(Array.from({ length: harvests }, (_, i) => recordLot(`VUON-${i}`, batches * boxes)));
  const { answers } = await drive(batches, 3, async (n): Promise<Batch> => {
    const lot = `ME-${String(n).padStart(3, '0')}`;
    await recordLot(lot, boxes);
    const { gtin, serials } = await issue(lot, boxes, 0);
    return { gtin, lot, serials };
  });
  return { seller, harvested, batches: answers.sort((a, b) => (a.lot < b.lot ? -1 : 1)) };
}

async function tellEvents(market: Market, told: Told): Promise<void> {
  const file = join(market.dataDir, 'told.json');
  writeFileSync(file, JSON.stringify(told));
  await script('tell-events.ts', market, file);
  rmSync(file);
}

/** Orders of the goods, each filled from one of the batches that hold something of the first harvest; answers their codes. */
async function sell(market: Market, client: Client, seller: Awaited<ReturnType<typeof signIn>>, from: readonly Batch[], count: number) {
  const { items: products } = await seller.get<{ items: { id: string; name: string; variants: { sku: string }[] }[] }>(
    '/api/seller/products?limit=100',
  );
  const product = products.find(({ name }) => name.startsWith('Vải sấy đo tải'));
  const sku = product?.variants[0]?.sku ?? '';
  await seller.send('PUT', `/api/seller/products/${product?.id}/stock`, { sku, quantity: 1_000 });
  const { code } = jsonOf<PlacedOrder>(await client.send(orderOf([{ sku, quantity: 1 }])), 201);
  await script('clone-orders.ts', market, String(count), code);
  const { items } = await allOf<{ code: string; lines: { sku: string }[] }>(seller.get, '/api/seller/orders');
  const codes = items.filter(({ lines }) => lines.some((line) => line.sku === sku)).map((item) => item.code);
  await drive(codes.length, 4, async (n) => {
    const lots = [{ sku, lot: from[n % from.length]?.lot ?? '' }];
    jsonOf(await client.send(jsonRequest('PUT', `/api/seller/orders/${codes[n]}/lots`, { lots }, seller.headers)));
  });
  return codes;
}

/** What is wrong with the way a box of the n-th batch is told. */
function wrongWay(n: number, { lot }: Batch, { state, journey }: Trace): string[] {
  const [own, next] = madeFrom(n);
  const made = journey.find(({ step }) => step === 'packed')?.text;
  const stored = journey.find(({ step }) => step === 'stored')?.temperature;
  const isRight =
    state === 'active' &&
    (made === `Lô ${lot} được làm ra từ lô VUON-${own}, VUON-${next}.` ||
      made === `Lô ${lot} được làm ra từ lô VUON-${next}, VUON-${own}.`) &&
    stored?.minC === 2 &&
    stored.maxC === 4 + (n % 3);
  return isRight ? [] : [`graph: a box of ${lot} is told as ${JSON.stringify({ state, journey }).slice(0, 300)}`];
}

async function timed<T>(call: () => Promise<T>): Promise<{ answer: T; milliseconds: number }> {
  const began = performance.now();
  const answer = await call();
  return { answer, milliseconds: performance.now() - began };
}

/**
 * The way back from a box to its gardens and ahead from a harvest to its orders, when the seller has 100,000 boxes in 200 batches; and
 * how soon a recall of that harvest is on every box made of it, and on no other.
 */
export async function graph(count = 200, boxes = 500, orders = 5_000): Promise<Findings> {
  const market = await startMarket();
  const client = openClient(market.origin, scanners);
  try {
    const filled = await timed(() => fillGarden(client, count, boxes));
    const { seller, harvested, batches } = filled.answer;
    const { user } = await seller.get<{ user: { sellerId: string } }>('/api/session');
    const told = await timed(() =>
      tellEvents(market, {
        ...{ sellerId: user.sellerId, from: '2026-06-15T00:00:00Z' },
        batches: batches.map((batch, n) => ({ ...batch, madeFrom: madeFrom(n).map((i) => harvested[i] as { gtin: string; lot: string }) })),
      }),
    );
    const isOfFirst = (_: Batch, n: number) => madeFrom(n).includes(0);
    const reached = batches.filter(isOfFirst);
    const sold = await timed(() => sell(market, client, seller, reached, orders));
    const broken: string[] = [];

    const someBox = (i: number) => {
      const n = (i * 37) % batches.length;
      const batch = batches[n] as Batch;
      return { n, batch, serial: batch.serials[(i * 61) % boxes] as string };
    };
    const alone = await drive(samples, 1, async (i) => {
      const { n, batch, serial } = someBox(i);
      broken.push(...wrongWay(n, batch, await lookAt(client, batch, serial)));
    });
    const before = marketCpuMs(market);
    const together = await drive(samples * 10, scanners, (i) => lookAt(client, someBox(i).batch, someBox(i).serial));
    const after = marketCpuMs(market);
    const cpuMs = after.market + after.engine - before.market - before.engine;

    const [first = { lot: '' }] = harvested;
    const listed = await timed(() => allOf<{ code: string }>(seller.get, `/api/seller/lots/${first.lot}/orders`));
    const codes = listed.answer.items.map(({ code }) => code);
    if (new Set(codes).size !== codes.length || [...codes].sort().join() !== [...sold.answer].sort().join())
      broken.push(`graph: ${codes.length} orders are listed of ${sold.answer.length} that carry something of ${first.lot}`);

    const recall = seller.send<{ recall: { notices: { queued: number; complete: boolean } } }>(
      'POST',
      `/api/seller/lots/${first.lot}/recall`,
      {
        reason: 'Dư lượng thuốc vượt ngưỡng',
      },
    );
    const began = performance.now();
    const oneOfEach = (isRecalled: boolean) => async () => {
      const seen = await Promise.all(batches.map((batch) => lookAt(client, batch, batch.serials[0] as string)));
      return seen.every(({ state }, n) => state === (isRecalled && madeFrom(n).includes(0) ? 'recalled' : 'active'));
    };
    const visible = await untilSo(oneOfEach(true), 10, 20);
    if (visible === undefined) broken.push('graph: 10 s after a recall not every box made of the lot says so, or another does');
    const { notices } = (await recall).recall;
    const answered = (performance.now() - began) / 1_000;
    if (notices.queued !== sold.answer.length || !notices.complete)
      broken.push(`graph: the recall queued ${JSON.stringify(notices)} of ${sold.answer.length} notices`);
    const department = await signIn(client, 'department');
    await department.send('POST', `/api/admin/lots/${(first as { gtin?: string }).gtin}/${first.lot}/lift-recall`, {
      reason: 'Kết quả kiểm nghiệm lại đạt',
    });
    if (!(await oneOfEach(false)())) broken.push('graph: a recall that was lifted is still told');

    const what = (text: string) => `graph: ${text}`;
    return {
      figures: [
        {
          what: what(`box to garden, ${(count * boxes).toLocaleString('en')} boxes, median`),
          value: median(alone.milliseconds),
          unit: 'ms',
        },
        { what: what('box to garden, slowest'), value: Math.max(...alone.milliseconds), unit: 'ms', target: { atMost: 1_000 } },
        {
          what: what(`box to garden, p95 at ${scanners} at once`),
          value: percentile(together.milliseconds, 0.95),
          unit: 'ms',
          target: { atMost: 50 },
        },
        {
          what: what(`lot to ${codes.length.toLocaleString('en')} orders, all pages`),
          value: listed.milliseconds / 1_000,
          unit: 's',
          target: { atMost: 1 },
        },
        {
          what: what('lot to orders, slowest page of 100'),
          value: Math.max(...listed.answer.pagesMs),
          unit: 'ms',
          target: { atMost: 1_000 },
        },
        ...(isTold ? [{ what: what('processor for a scan, market and engine'), value: cpuMs / (samples * 10), unit: 'ms' }] : []),
        { what: what('recall on every box made of the lot'), value: visible ?? 10, unit: 's', target: { atMost: 5 } },
        { what: what('recall answered, all notices queued'), value: answered, unit: 's' },
      ],
      broken,
      notes: [
        `graph: ${count} batches with ${boxes} codes each recorded in ${Math.round(filled.milliseconds / 1_000)} s, ${count * 6} events told in ${Math.round(told.milliseconds / 1_000)} s, ${sold.answer.length} orders placed and filled in ${Math.round(sold.milliseconds / 1_000)} s.`,
      ],
    };
  } finally {
    client.close();
    await market.stop();
  }
}
