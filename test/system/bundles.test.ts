import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/aws/bundle.ts';
import { functions } from '../../infra/manifest.ts';
import { ask, assertProblem, engineOf, jsonOf, newPhone, type Person, sepay, signInAll } from './caller.ts';
import { type Market, startMarket, until } from './market.ts';
import { addressOf, fresh, routes, samplesOf } from './samples.ts';

/**
 * What is deployed is not the sources but one minified file per function. Here the market runs on exactly those files: every route
 * once, then the heart of the day. (`FUNCTIONS_DIR=… vitest … day.test.ts` tells the whole day on them.)
 */
const folder = mkdtempSync(join(tmpdir(), 'kinh-bac-bundles-'));
let bundles: Awaited<ReturnType<typeof bundleFunctions>>;
let market: Market;
let tokens: Record<Person, string>;
beforeAll(async () => {
  bundles = await bundleFunctions(folder);
  market = await startMarket({ env: { FUNCTIONS_DIR: folder } });
  tokens = await signInAll(market.origin);
});
afterAll(async () => {
  await market?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('there is one bundle per function of the manifest, small enough for a quick cold start', () => {
  expect(bundles.map((b) => b.name).sort()).toEqual(functions.map((f) => f.name).sort());
  for (const { name, bytes } of bundles) expect(bytes, name).toBeLessThan(3_000_000);
});

test('every route answers from its bundle', async () => {
  const samples = samplesOf(market.origin, tokens);
  for (const { name, route } of routes.filter((r) => r.name !== 'sepayWebhook')) {
    const sample = await samples.of(name);
    const person: Person | undefined =
      route.callers === 'anyone'
        ? undefined
        : route.callers.includes('seller')
          ? 'seller'
          : route.callers.includes('department')
            ? 'department'
            : 'admin';
    const answer = await ask(market.origin, route.method, addressOf(route, sample), {
      token: person && tokens[person],
      headers: sample.headers ?? {},
      ...(Buffer.isBuffer(sample.body) ? { raw: sample.body } : { body: sample.body }),
    });
    expect(answer.status, `${name}: ${answer.text.slice(0, 300)}`).toBe(route.success.status);
    if (name === 'codesPdf') expect(answer.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  }
});

test('a problem of a minified bundle says the same as one of the sources: right code, both languages', async () => {
  const quote = (body: object, language: string) =>
    ask(market.origin, 'POST', '/api/quotes', { body, headers: { 'accept-language': language } });
  const vi = assertProblem(await quote({ lines: [] }, 'vi'), 'validation_failed');
  const en = assertProblem(await quote({ lines: [] }, 'en'), 'validation_failed');
  expect([vi.errors?.[0]?.path, en.errors?.[0]?.path]).toEqual(['lines', 'lines']);
  expect(vi.errors?.[0]?.message).not.toBe(en.errors?.[0]?.message);
  assertProblem(await ask(market.origin, 'GET', '/api/seller/orders', { token: 'x.y.z' }), 'unauthenticated');
  assertProblem(await ask(market.origin, 'GET', '/api/seller/orders', { token: tokens.shopper }), 'forbidden');
  assertProblem(await ask(market.origin, 'DELETE', '/api/orders'), 'method_not_allowed');
});

test('the heart of the day: fifty at once for seven, a transfer paid and reported, an unpaid one expired', async () => {
  const send = (path: string, body: object, headers: Record<string, string> = {}, token?: string) =>
    ask(market.origin, 'POST', path, { body, headers, token });
  const made = jsonOf<{ variants: { sku: string }[] }>(
    await send(
      '/api/seller/products',
      { name: `Bảy thùng ${fresh()}`, category: 'trai-cay', variants: [{ price: 100_000, netWeightGrams: 1_000, quantity: 7 }] },
      {},
      tokens.seller,
    ),
  );
  const sku = made.variants[0]?.sku ?? '';
  const buy = (more: object = {}) =>
    send(
      '/api/orders',
      {
        lines: [{ sku, quantity: 1 }],
        customer: { name: 'Mua', phone: newPhone() },
        shipTo: { provinceCode: '01', communeCode: '00070', street: 'x' },
        payment: 'cod',
        channel: 'bundle',
        ...more,
      },
      { 'idempotency-key': fresh() },
    );
  const answers = await Promise.all(Array.from({ length: 50 }, () => buy()));
  expect([201, 409].map((status) => answers.filter((a) => a.status === status).length)).toEqual([7, 43]);
  for (const answer of answers.filter((a) => a.status === 409)) assertProblem(answer, 'out_of_stock');

  const order = jsonOf<{ code: string; total: number; packages: { payment: { vietqr: { accountNumber: string } } }[] }>(
    await buy({ lines: [{ sku: 'GOM-PL-LO', quantity: 2 }], payment: 'bank_transfer' }),
  );
  const message = {
    id: 700_001,
    accountNumber: order.packages[0]?.payment.vietqr.accountNumber,
    content: `${order.code}P1`,
    transferType: 'in',
    transferAmount: order.total,
  };
  expect((await sepay(market.origin, message)).status).toBe(200);
  // 7 × 100.000 by COD, 2 × 70.000 by transfer.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
  const report = () =>
    ask(market.origin, 'GET', `/api/reports/revenue?from=${today}&to=${today}&groupBy=channel`, { token: tokens.department });
  const rowOf = (answer: Awaited<ReturnType<typeof report>>) =>
    jsonOf<{ rows: { key: string; revenue: number }[] }>(answer).rows.find((r) => r.key === 'bundle')?.revenue;
  await until(report, (answer) => rowOf(answer) === 840_000, 5);
});

test('the clock runs on bundles too: an unpaid order expires and its units are back', async () => {
  const quick = await startMarket({ env: { FUNCTIONS_DIR: folder, PAYMENT_WINDOW_SECONDS: '1' } });
  try {
    const phone = newPhone();
    const body = {
      lines: [{ sku: 'GOM-PL-LO', quantity: 2 }],
      customer: { name: 'Mua', phone },
      shipTo: { provinceCode: '01', communeCode: '00070', street: 'x' },
      payment: 'bank_transfer',
    };
    const placed = await ask(quick.origin, 'POST', '/api/orders', { body, headers: { 'idempotency-key': fresh() } });
    const { code } = jsonOf<{ code: string }>(placed);
    const stock = async () => {
      const shard = (await engine.items('commerce')).find((i) => i.pk === 'STOCK#GOM-PL-LO' && i.sk === 'SHARD#00');
      return [Number(shard?.available), Number(shard?.reserved), Number(shard?.sold)];
    };
    const engine = engineOf(quick);
    expect(await until(stock, ([, reserved]) => reserved === 0, 10)).toEqual([200, 0, 0]);
    const order = await ask(quick.origin, 'GET', `/api/orders/${code}`, { headers: { 'x-customer-phone': phone } });
    expect(jsonOf<{ status: string }>(order).status).toBe('expired');
    engine.close();
  } finally {
    await quick.stop();
  }
});
