import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { Order as OrderContract } from '../../shared/orders/contract.ts';
import type { Figures } from '../../shared/reports/contract.ts';
import { type Answer, assertProblem, jsonOf, newPhone } from './caller.ts';
import { until } from './market.ts';
import { fresh } from './samples.ts';

/** What the tests of crowds, faults and killings share: buyers who send again with the same key, and a count of what came of it all. */

type Order = OrderContract;

interface Question {
  token?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** As `ask` of caller.ts, with as many connections as there are callers: a crowd does not queue. */
export async function send(origin: string, method: string, path: string, { token, headers = {}, body }: Question = {}): Promise<Answer> {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes, text: bytes.toString('utf8') };
}

const codeOf = (answer: Answer): string => (answer.status < 400 ? '' : jsonOf<{ code: string }>(answer).code);

export const isPlaced = (answer: Answer | undefined): boolean => answer?.status === 201;
export const isSoldOut = (answer: Answer | undefined): boolean => answer?.status === 409 && codeOf(answer) === 'out_of_stock';

/** A market that asks for patience says so in a form a program understands. */
export function assertBusy(answer: Answer, what: string): void {
  assertProblem(answer, 'unavailable', what);
  expect(answer.status, what).toBe(503);
  expect(String(answer.headers['retry-after']), what).toMatch(/^[1-9]\d?$/);
}

/** Sends until the market has time. A client would wait as Retry-After says; not waiting is harder on the market. */
export async function insist(ask: () => Promise<Answer>, what: string, most = 10): Promise<Answer> {
  for (let i = 1; ; i++) {
    const answer = await ask();
    if (answer.status !== 503 || i === most) return answer;
    assertBusy(answer, what);
  }
}

export interface Line {
  sku: string;
  quantity: number;
}

interface Told {
  answer: Answer;
  /** By the buyer's clock. */
  askedAt: number;
  answeredAt: number;
}

/** One order somebody wants, and all that was said about it. A request whose connection broke left nothing here. */
export interface Purchase {
  key: string;
  phone: string;
  lines: readonly Line[];
  payment: 'cod' | 'bank_transfer';
  told: Told[];
}

export const wish = (lines: readonly Line[], payment: Purchase['payment'] = 'cod', phone = newPhone()): Purchase => ({
  ...{ key: fresh(), phone, lines, payment, told: [] },
});

const haNoi = { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' };
const bodyOf = ({ phone, lines, payment }: Purchase) => ({ lines, customer: { name: 'Nguyễn Thị Mua', phone }, shipTo: haNoi, payment });

/** Sends the order once, always with its one key. @throws when the connection broke before the answer had come */
export async function order(origin: string, purchase: Purchase): Promise<Answer> {
  const askedAt = performance.now();
  const answer = await send(origin, 'POST', '/api/orders', { headers: { 'idempotency-key': purchase.key }, body: bodyOf(purchase) });
  purchase.told.push({ answer, askedAt, answeredAt: performance.now() });
  return answer;
}

export const lastTold = (purchase: Purchase): Answer | undefined => purchase.told.at(-1)?.answer;
/** The order as it was acknowledged; undefined when nobody has read such an answer. */
export function placedOf({ told }: Purchase): Order | undefined {
  const found = told.find(({ answer }) => isPlaced(answer));
  return found && jsonOf<Order>(found.answer);
}

export const follow = (origin: string, code: string, phone: string): Promise<Answer> =>
  insist(() => send(origin, 'GET', `/api/orders/${code}`, { headers: { 'x-customer-phone': phone } }), code);
export const cancel = (origin: string, code: string, phone: string): Promise<Answer> =>
  send(origin, 'POST', `/api/orders/${code}/cancel`, { body: { phone } });

/** Something on sale, and how much of it was put on the shelf when the test began. */
export interface Good {
  id: string;
  sku: string;
  put: number;
  token: string;
}

/** A product of one SKU with so many units. */
export async function putOnSale(origin: string, token: string, quantity: number): Promise<Good> {
  const variants = [{ price: 50_000 + quantity, netWeightGrams: 500, quantity }];
  const body = { name: `Mỳ Chũ đông khách ${fresh()}`, category: 'my-bun-banh', variants };
  const answer = await send(origin, 'POST', '/api/seller/products', { token, body });
  expect(answer.status, answer.text).toBe(201);
  const { id, variants: made } = jsonOf<{ id: string; variants: { sku: string }[] }>(answer);
  return { id, sku: made[0]?.sku ?? '', put: quantity, token };
}

export async function leftOf(origin: string, { id, sku, token }: Good): Promise<number> {
  const answer = await insist(() => send(origin, 'GET', `/api/seller/products/${id}`, { token }), sku);
  const { variants } = jsonOf<{ variants: { sku: string; available: number }[] }>(answer);
  return variants.find((v) => v.sku === sku)?.available ?? Number.NaN;
}

export const unitsOf = (lines: readonly Line[], sku: string): number =>
  lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);

/** Every SKU whose units do not add up: what standing orders hold and what is left must be what was put there. */
export async function lostUnits(origin: string, goods: readonly Good[], orders: readonly Order[]): Promise<string[]> {
  const standing = orders.filter(({ status }) => status !== 'cancelled');
  const counted = goods.map(async (good) => {
    const held = standing.reduce((sum, { lines }) => sum + unitsOf(lines, good.sku), 0);
    const left = await leftOf(origin, good);
    return held + left === good.put ? [] : [`${good.sku}: ${held} held + ${left} left ≠ ${good.put} put there`];
  });
  return (await Promise.all(counted)).flat();
}

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export async function revenue(origin: string, token: string): Promise<Figures> {
  const path = `/api/reports/revenue?from=${dayFrom(-2)}&to=${dayFrom(2)}&groupBy=day`;
  const answer = await insist(() => send(origin, 'GET', path, { token }), path);
  expect(answer.status, answer.text).toBe(200);
  return jsonOf<{ total: Figures }>(answer).total;
}

/** What reports must say of these orders: money that is there or due at the door, none that is awaited or went back. */
function figuresOf(orders: readonly Order[]) {
  const sold = orders.map(({ packages }) => packages.filter(({ status }) => status === 'confirmed'));
  const packages = sold.flat();
  return {
    orders: sold.filter(({ length }) => length > 0).length,
    packages: packages.length,
    revenue: packages.reduce((sum, p) => sum + p.subtotal - p.discount, 0),
    grams: packages.reduce((sum, { lines }) => sum + lines.reduce((grams, l) => grams + l.netWeightGrams * l.quantity, 0), 0),
  };
}

/** Waits until the reports say exactly what the orders do; nobody helps them to it. */
export async function assertReportsCatchUp(origin: string, token: string, orders: readonly Order[], before?: Figures): Promise<void> {
  const own = figuresOf(orders);
  const names = Object.keys(own) as (keyof typeof own)[];
  const due = Object.fromEntries(names.map((name) => [name, own[name] + (before?.[name] ?? 0)]));
  const total = await until(
    () => revenue(origin, token),
    (found) => names.every((name) => found[name] === due[name]),
    20,
  ).catch((error: Error) => {
    throw new Error(`reports should say ${JSON.stringify(due)}: ${error.message}`);
  });
  expect(total).toMatchObject(due);
}

const root = resolve(import.meta.dirname, '../..');

/** `npm run audit` on a market that runs. */
export function audit(env: { DATA_DIR: string } | { DYNAMODB_ENDPOINT: string }): Promise<{ code: number | null; output: string }> {
  const { DATA_DIR: _, DYNAMODB_ENDPOINT: __, ...outer } = process.env;
  const child = spawn(process.execPath, [join(root, 'infra/local/audit.ts')], { cwd: root, env: { ...outer, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((done) => child.once('close', (code) => done({ code, output })));
}
