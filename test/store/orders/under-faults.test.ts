import { randomInt } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { route } from '../../../shared/platform/contract.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { seeded } from '../../faults/faults.ts';
import { type FaultProxy, faultRates, startFaultProxy } from '../../faults/proxy.ts';
import { basket, later, type Market, newKey, openMarket } from './market.ts';

/**
 * A rush on DynamoDB's bad days. Who is told 503, or nothing at all, sends the same request with the same key again, as our own pages do;
 * in the end everyone has an honest answer, nothing is sold twice, and the books agree.
 *
 * SEED=… to meet the same dice again.
 */
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
const named = `seed ${seed}`;
const random = seeded(seed);

let proxy: FaultProxy;
let market: Market;
let door: typeof import('../../../functions/platform/door.ts').door;
let takeTransfer: typeof import('../../../functions/payments/sepay-webhook.ts').takeTransfer;
let projectOrders: typeof import('../../../functions/reports/project-orders.ts').projectOrders;
let auditOnce: typeof import('../../../functions/reports/audit-reports.ts').auditOnce;
beforeAll(async () => {
  // What befalls the rush is counted here, not read in a log.
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket({
    through: async (target) => {
      proxy = await startFaultProxy({ target, seed, overlap: true });
      return proxy;
    },
  });
  ({ door } = await import('../../../functions/platform/door.ts'));
  ({ takeTransfer } = await import('../../../functions/payments/sepay-webhook.ts'));
  ({ projectOrders } = await import('../../../functions/reports/project-orders.ts'));
  ({ auditOnce } = await import('../../../functions/reports/audit-reports.ts'));
});
afterAll(async () => {
  await market?.stop();
  await proxy?.stop();
});

/** What the front door makes of an error: its HTTP status. */
async function statusOf(error: unknown): Promise<number | undefined> {
  const failing = route({ method: 'GET', path: '/x', summary: '', callers: 'anyone', success: { status: 200, body: z.object({}) } });
  const handler = door({ failing }, { failing: () => Promise.reject(error) });
  const event = {
    version: '2.0',
    headers: {},
    requestContext: { http: { method: 'GET', path: '/x' } },
  } as unknown as APIGatewayProxyEventV2;
  return ((await handler(event, { awsRequestId: 'test' } as Context)) as APIGatewayProxyStructuredResultV2).statusCode;
}

const nameOf = (error: unknown): string => (error instanceof Problem ? `Problem ${error.code}` : (error as Error).name);

/** First attempts: how many were answered, and which errors the others met. */
const answered = { placed: 0, out_of_stock: 0 };
const failures: unknown[] = [];

/** Sends until there is an answer; a refusal is one. Forty times is a client's whole evening. */
async function insist<T>(send: () => Promise<T>, onFailure: (error: unknown, attempt: number) => void = () => {}): Promise<T | Problem> {
  for (let attempt = 1; attempt <= 40; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof Problem && error.code !== 'unavailable') return error;
      onFailure(error, attempt);
    }
  }
  throw new Error(`no answer after forty attempts (${named})`);
}

type Asked = Parameters<typeof basket>;
/** The market's machines do not agree on the time: two seconds early or late. */
const skewed = (seconds: number) => later(seconds + (random() * 4 - 2));

async function order(...asked: Asked) {
  const request = basket(...asked);
  const key = newKey();
  const tries = { count: 0 };
  const placed = await insist(
    () => {
      tries.count++;
      return market.place(request, key, skewed(0));
    },
    (error, attempt) => attempt === 1 && failures.push(error),
  );
  if (placed instanceof Problem || placed.outcome === 'price_changed') throw new Error(`an honest order was refused (${named})`);
  if (tries.count === 1) answered[placed.outcome]++;
  return { placed, phone: request.customer.phone };
}
type Ordered = Awaited<ReturnType<typeof order>>;

let messages = 800_000;
/** The bank tells SePay of each package's money, and SePay tells us until it hears 200. */
async function pay({ placed }: Ordered): Promise<void> {
  if (placed.outcome !== 'placed') return;
  for (const { payment } of placed.answer.body.packages) {
    if (!payment.vietqr) continue;
    const { content, amount, accountNumber } = payment.vietqr;
    const said = {
      ...{ id: ++messages, gateway: 'VCB', transactionDate: '2026-06-15 09:01:00', accountNumber, subAccount: null, code: null, content },
      ...{ transferType: 'in', description: '', transferAmount: amount, accumulated: 1, referenceCode: 'x' },
    };
    await insist(() => takeTransfer(Buffer.from(JSON.stringify(said)), skewed(60)));
  }
}

async function cancel({ placed, phone }: Ordered): Promise<void> {
  if (placed.outcome === 'placed') await insist(() => market.cancelOrder(placed.answer.body.code, phone, skewed(60)));
}

const isPlaced = ({ placed }: Ordered) => placed.outcome === 'placed';
const transfer = (i: number) => ({ payment: i % 2 === 0 ? 'bank_transfer' : 'cod' }) as const;

async function booksAgree(orders: readonly Ordered[]): Promise<void> {
  proxy.pause();
  const codes = orders.flatMap(({ placed }) => (placed.outcome === 'placed' ? [{ code: placed.answer.body.code }] : []));
  await projectOrders(codes);
  expect((await auditOnce(later(120))).differences, named).toEqual([]);
  proxy.resume();
}

/** 64 buyers at once for 40 units and 16 three-line baskets; then half of them pay, some cancel, and twenty more come. */
async function rush(rate: number): Promise<void> {
  const hot = await market.stock('VAI-5KG', 40);
  const three = [await market.stock('VAI-5KG', 60), await market.stock('MY-CHU', 60), await market.stock('BINH', 60)];
  proxy.setRates(faultRates(rate));
  const [singles, baskets] = await Promise.all([
    Promise.all(Array.from({ length: 64 }, (_, i) => order([{ sku: hot, quantity: 1 }], transfer(i)))),
    Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        order(
          three.map((sku, n) => ({ sku, quantity: n + 1 })),
          transfer(i),
        ),
      ),
    ),
  ]);
  expect(singles.filter(isPlaced), named).toHaveLength(40);
  for (const { placed } of singles)
    if (placed.outcome !== 'placed') expect(placed, named).toEqual({ outcome: 'out_of_stock', short: [{ index: 0, left: 0 }] });
  expect(baskets.filter(isPlaced), named).toHaveLength(16);

  const all = [...singles, ...baskets];
  const [late] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, (_, i) => order([{ sku: hot, quantity: 1 }], transfer(i)))),
    ...all.map(pay),
    ...all.filter((_, i) => i % 4 === 1).map(cancel),
  ]);
  proxy.setRates({});
  await booksAgree([...all, ...late]);
  const { available, reserved, sold } = await market.counters(hot);
  expect(available + reserved + sold, named).toBe(40);
  expect(Math.min(available, reserved, sold), named).toBeGreaterThanOrEqual(0);
}

let atFivePercent: { attempts: number; failed: number; names: string } | undefined;

test.each([
  { rate: 0.02, rushes: 1 },
  { rate: 0.05, rushes: 2 },
  { rate: 0.1, rushes: 1 },
])('at $rate faults: exactly forty of forty, every answer honest, the books agree', { timeout: 180_000 }, async ({ rate, rushes }) => {
  Object.assign(answered, { placed: 0, out_of_stock: 0 });
  failures.length = 0;
  for (let i = 0; i < rushes; i++) await rush(rate);
  const names = Object.entries(Object.groupBy(failures, nameOf)).map(([name, all]) => `${all?.length}× ${name}`);
  const attempts = 100 * rushes;
  console.log(`${rate} faults (${named}): of ${attempts} first attempts`, answered, names.join(', ') || 'no error', proxy.counts());
  expect(answered.placed + answered.out_of_stock + failures.length, named).toBe(attempts);
  for (const error of failures) expect(await statusOf(error), `${nameOf(error)} (${named})`).toBe(503);
  if (rate === 0.05) atFivePercent = { attempts, failed: failures.length, names: names.join(', ') };
});

test('at 0.05 faults 99 of 100 first attempts are answered', () => {
  expect(atFivePercent?.failed, `${atFivePercent?.names} (${named})`).toBeLessThanOrEqual(0.01 * (atFivePercent?.attempts ?? 0));
});

describe('what a retry can cure is told as 503', () => {
  const named503 = [
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'TransactionCanceledException',
    'TimeoutError',
    'InternalServerError',
    'ServiceUnavailable',
    'TransactionInProgressException',
    'TransactionConflictException',
  ];
  test.each(named503)('%s', async (name) => {
    expect(await statusOf(Object.assign(new Error('x'), { name }))).toBe(503);
  });

  test('a batch that is never read whole', async () => {
    const { getMany } = await import('../../../functions/platform/dynamo.ts');
    const leaveAll = ({ input }: { input: object }) => ({
      response: {},
      output: { UnprocessedKeys: (input as { RequestItems?: object }).RequestItems },
    });
    market.dynamo.middlewareStack.add(() => async (args) => leaveAll(args) as never, { step: 'initialize', name: 'leave-all' });
    const error = await getMany('commerce', [{ pk: 'x', sk: 'x' }]).catch((e: unknown) => e);
    market.dynamo.middlewareStack.remove('leave-all');
    expect(await statusOf(error)).toBe(503);
  });
});
