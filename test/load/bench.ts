/**
 * `npm run bench`: how fast complete checkouts are, against bare transactions of as many items on the same engine in the same run,
 * since machines are noisy. Prints a table; asserts nothing.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { startEngine } from '../store/engine.ts';
import { startMarket } from '../system/market.ts';

const atOnce = 16;
const orders = 2_000;

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
}

/** Runs `count` calls, `atOnce` at a time. */
async function measure(count: number, call: (n: number) => Promise<boolean>): Promise<Measured> {
  const milliseconds: number[] = [];
  let next = 0;
  let failed = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < count; n = next++) {
        const before = performance.now();
        if (!(await call(n))) failed++;
        milliseconds.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  milliseconds.sort((a, b) => a - b);
  const at = (share: number) => Math.round(milliseconds[Math.floor(count * share)] ?? 0);
  return { perSecond: Math.round(count / seconds), p50: at(0.5), p99: at(0.99), failed };
}

/** Six puts and updates, as an order of one line writes. */
async function bareTransactions(): Promise<Measured> {
  const engine = await startEngine();
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'ap-southeast-1',
      endpoint: engine.endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const item = (n: number, i: number) => ({
    Put: { TableName: 'commerce', Item: { pk: `BENCH#${n}`, sk: String(i), text: 'x'.repeat(600) } },
  });
  const measured = await measure(orders, async (n) => {
    await client.send(new TransactWriteCommand({ TransactItems: Array.from({ length: 6 }, (_, i) => item(n, i)) }));
    return true;
  });
  await engine.stop();
  return measured;
}

async function checkouts(): Promise<Measured> {
  const market = await startMarket();
  const { items } = (await (await fetch(`${market.origin}/api/products?limit=100`)).json()) as {
    items: { variants: { sku: string; available: number }[] }[];
  };
  const skus = items.flatMap((p) => p.variants.filter((v) => v.available >= 200).map((v) => v.sku));
  const measured = await measure(orders, async (n) => {
    const answer = await fetch(`${market.origin}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `bench-${n}` },
      body: JSON.stringify({
        lines: [{ sku: skus[n % skus.length], quantity: 1 }],
        customer: { name: 'Người mua thử', phone: `09${String(10_000_000 + n)}` },
        shipTo: { provinceCode: '01', communeCode: '00070', street: '12 phố Thử' },
        delivery: 'home',
        payment: 'cod',
      }),
    });
    await answer.arrayBuffer();
    return answer.status === 201;
  });
  await market.stop();
  return measured;
}

const bare = await bareTransactions();
const placed = await checkouts();
console.table({ 'bare transactions of six items': bare, 'complete checkouts over HTTP': placed });
console.log(`Checkouts run at ${(placed.perSecond / bare.perSecond).toFixed(2)} × the rate of bare transactions, ${atOnce} at once.`);
