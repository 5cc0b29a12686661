import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, type Client, jsonRequest, type Request } from './drive.ts';

/** Accounts of the demonstration market. */
const accounts = { seller: 'htx-lucngan@demo.vn', department: 'socongthuong@demo.vn' } as const;
const password = 'KinhBac#2026';

/** What an answer holds, as the bench says it does. @throws when it is not of this status */
export function jsonOf<T>(answer: Answer, status = 200): T {
  if (answer.status !== status) throw new Error(`${status} expected, not ${answer.status}: ${answer.text.slice(0, 300)}`);
  return JSON.parse(answer.text) as T;
}

/** Speaks for one account. */
export async function signIn(client: Client, who: keyof typeof accounts) {
  const session = await client.send(jsonRequest('POST', '/api/session', { username: accounts[who], password }));
  const headers = { authorization: `Bearer ${jsonOf<{ accessToken: string }>(session).accessToken}` };
  return {
    headers,
    get: async <T>(path: string) => jsonOf<T>(await client.send({ method: 'GET', path, headers })),
    send: async <T>(method: string, path: string, body: unknown = {}, status = 200) =>
      jsonOf<T>(await client.send(jsonRequest(method, path, body, headers)), status),
  };
}
export type Account = Awaited<ReturnType<typeof signIn>>;

export interface Product {
  id: string;
  slug: string;
  variants: { sku: string; available: number; price: number; netWeightGrams: number }[];
}

/** Everything on the shelves. */
export async function allProducts(client: Client): Promise<Product[]> {
  const products: Product[] = [];
  let cursor: string | undefined;
  do {
    const path = `/api/products?limit=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = jsonOf<{ items: Product[]; nextCursor?: string }>(await client.send({ method: 'GET', path, headers: {} }));
    products.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return products;
}

/** SKUs of all sellers with at least `units` on the shelf each. */
export async function fullShelves(client: Client, units: number): Promise<string[]> {
  return (await allProducts(client)).flatMap((p) => p.variants.filter((v) => v.available >= units).map((v) => v.sku));
}

let buyers = 0;

/** The next buyer's order: a phone and a key of its own, since orders are limited per phone. */
export function orderOf(lines: readonly { sku: string; quantity: number }[], more: object = {}): Request & { key: string; phone: string } {
  buyers++;
  const key = `bench-${process.pid}-${String(buyers).padStart(7, '0')}`;
  const phone = `09${String(10_000_000 + buyers)}`;
  const body = {
    lines,
    customer: { name: 'Người mua thử', phone },
    shipTo: { provinceCode: '01', communeCode: '00070', street: '12 phố Thử' },
    delivery: 'home',
    payment: 'cod',
    ...more,
  };
  return { ...jsonRequest('POST', '/api/orders', body, { 'idempotency-key': key }), key, phone };
}

export interface PlacedOrder {
  code: string;
  total: number;
  lines: { sku: string; quantity: number; netWeightGrams: number }[];
}

/** The orders that were acknowledged. */
export const placedOf = (answers: readonly Answer[]): PlacedOrder[] =>
  answers.filter((a) => a.status === 201).map((a) => JSON.parse(a.text) as PlacedOrder);

/** How many answers there were of each status, told in one line: `201 × 100, 409 out_of_stock × 300`. */
export function tally(answers: readonly Answer[]): string {
  const kinds = answers.map(({ status, text }) => (status < 400 ? String(status) : `${status} ${codeOf(text)}`));
  return [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => `${kind} × ${all.length}`).join(', ');
}

/** The code of a problem document. */
export function codeOf(text: string): string {
  try {
    return String((JSON.parse(text) as { code?: string }).code);
  } catch {
    return 'not a problem document';
  }
}

/**
 * Answers to orders of what there is plenty of that are neither yes nor the one true no, `unavailable`: too busy, nothing happened,
 * send it again. A slow machine may say that; it is counted as an order not taken.
 */
export function dishonest(section: string, answers: readonly Answer[]): string[] {
  const others = answers.filter(({ status, text }) => status !== 201 && !(status === 503 && codeOf(text) === 'unavailable'));
  return others.length === 0 ? [] : [`${section}: there is enough stock, yet answers were ${tally(answers)}`];
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** How many orders the reports have counted. Three days, for the business day turns while it is still yesterday elsewhere. */
export async function ordersReported(department: Account): Promise<number> {
  const [from, to] = [dayOf(Date.now() - 86_400_000), dayOf(Date.now() + 86_400_000)];
  const path = `/api/reports/revenue?from=${from}&to=${to}&groupBy=day`;
  return (await department.get<{ total: { orders: number } }>(path)).total.orders;
}

/** Asks until it is so. @returns how long that took; undefined when it was not so in time */
export async function untilSo(ask: () => Promise<boolean>, seconds: number, everyMs = 100): Promise<number | undefined> {
  const began = performance.now();
  while (!(await ask())) {
    if (performance.now() - began > seconds * 1_000) return undefined;
    await wait(everyMs);
  }
  return (performance.now() - began) / 1_000;
}
