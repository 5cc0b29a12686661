import { randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Random, seeded } from '../faults/faults.ts';
import { type FaultProxy, faultRates, startFaultProxy } from '../faults/proxy.ts';
import { startEngine } from '../store/engine.ts';
import { type Answer, assertProblem, atOnce, jsonOf, newPhone, type Person, sepay, signInAll } from './caller.ts';
import { type Market, startMarket } from './market.ts';
import {
  assertBusy,
  assertReportsCatchUp,
  audit,
  cancel,
  follow,
  type Good,
  insist,
  isPlaced,
  isSoldOut,
  lastTold,
  leftOf,
  lostUnits,
  order,
  type Purchase,
  placedOf,
  putOnSale,
  revenue,
  send,
  unitsOf,
  wish,
} from './rush.ts';

/**
 * The whole market on bad days of its database: requests are refused, cut off, throttled, answered late, or written without an answer;
 * streams repeat themselves. FAULT_SEED throws the same dice again, roughly, since the buyers race.
 */
let engine: Awaited<ReturnType<typeof startEngine>>;
let proxy: FaultProxy;
let market: Market;
let tokens: Record<Person, string>;
const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
beforeAll(async () => {
  engine = await startEngine();
  proxy = await startFaultProxy({ target: engine.endpoint, overlap: true, seed });
  market = await startMarket({ env: { DYNAMODB_ENDPOINT: proxy.endpoint } });
  tokens = await signInAll(market.origin);
});
afterEach(() => proxy.setRates({}));
afterAll(async () => {
  await market?.stop();
  await proxy?.stop();
  await engine?.stop();
});

const buyers = 64;
/** Far less than is wanted: every order asks for four units on average. */
const shelf = [5, 10, 20, 33, 50, 80];

function wishes(orders: number, goods: readonly Good[], random: Random): Purchase[] {
  // Ten orders at most from one phone: one more would be refused, and so would be an order that was counted twice.
  const phones = Array.from({ length: buyers }, newPhone);
  return Array.from({ length: orders }, (_, n) => {
    const first = Math.floor(random() * goods.length);
    const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, i) => ({
      sku: goods[(first + i) % goods.length]?.sku ?? '',
      quantity: 1 + Math.floor(random() * 3),
    }));
    return wish(lines, random() < 0.25 ? 'bank_transfer' : 'cod', phones[n % buyers]);
  });
}

interface Cancelled {
  purchase: Purchase;
  answeredAt: number;
}

let messages = 500_000;

/** SePay sends a message again, up to seven times, until it is answered 200. */
async function tellOfMoney(message: object): Promise<void> {
  const answers: number[] = [];
  while (answers.at(-1) !== 200 && answers.length < 8) answers.push((await sepay(market.origin, message)).status);
  expect(answers.at(-1), `SePay was answered ${answers}`).toBe(200);
}

/** The bank tells of the money of every package, and of some twice at once, as banks do. */
async function pay(purchase: Purchase, random: Random): Promise<void> {
  for (const { payment } of placedOf(purchase)?.packages ?? []) {
    const message = {
      ...{ id: messages++, gateway: 'MBBank', transactionDate: '2026-06-15 09:00:00', transferType: 'in', referenceCode: 'FT1' },
      ...{ accountNumber: payment.vietqr?.accountNumber, transferAmount: payment.amount, content: payment.vietqr?.content },
    };
    await Promise.all(Array.from({ length: random() < 0.3 ? 2 : 1 }, () => tellOfMoney(message)));
  }
}

/** A cancellation whose first answer was lost is told the second time that there is nothing left to cancel. */
async function regret(purchase: Purchase, cancelled: Cancelled[]): Promise<void> {
  const code = placedOf(purchase)?.code ?? '';
  const answers: Answer[] = [];
  const answer = await insist(async () => {
    answers.push(await cancel(market.origin, code, purchase.phone));
    return answers.at(-1) as Answer;
  }, `cancel ${code}`);
  if (answers.length === 1 || answer.status !== 409) expect(answer.status, answer.text).toBe(200);
  else assertProblem(answer, 'conflict');
  cancelled.push({ purchase, answeredAt: performance.now() });
}

/** One buyer's whole way with one order. */
async function buy(purchase: Purchase, random: Random, cancelled: Cancelled[]): Promise<void> {
  const answer = await insist(() => order(market.origin, purchase), purchase.key);
  if (!isPlaced(answer)) return;
  const pays = purchase.payment === 'bank_transfer' && random() < 0.7 ? pay(purchase, random) : undefined;
  const regrets = random() < 0.12 ? regret(purchase, cancelled) : undefined;
  await Promise.all([pays, regrets]);
}

/** Nothing was taken for an order before it was asked for like this: an answer of 503 may hide that it was placed. */
function soonestTaken({ told }: Purchase): number | undefined {
  let first = told.findIndex(({ answer }) => isPlaced(answer));
  while (first > 0 && told[first - 1]?.answer.status === 503) first--;
  return told[first]?.askedAt;
}

/**
 * Refusals that were not true: of a line that was refused there were, at that moment, at least as many units as orders asked for later
 * have got and as are left, less those that came back meanwhile.
 */
function untrue(purchases: readonly Purchase[], cancelled: readonly Cancelled[], left: ReadonlyMap<string, number>): string[] {
  const sales = purchases.flatMap((purchase) => {
    const askedAt = soonestTaken(purchase);
    return askedAt === undefined ? [] : [{ askedAt, lines: purchase.lines }];
  });
  const leastThen = (sku: string, askedAt: number, answeredAt: number) =>
    (left.get(sku) ?? 0) +
    sales.filter((sale) => sale.askedAt > answeredAt).reduce((sum, sale) => sum + unitsOf(sale.lines, sku), 0) -
    cancelled.filter((c) => c.answeredAt > askedAt).reduce((sum, c) => sum + unitsOf(c.purchase.lines, sku), 0);
  return purchases.flatMap((purchase) =>
    purchase.told
      .filter(({ answer }) => isSoldOut(answer))
      .flatMap(({ answer, askedAt, answeredAt }) =>
        (assertProblem(answer, 'out_of_stock').errors ?? []).flatMap(({ path, message }) => {
          const line = purchase.lines[Number(/^lines\[(\d)\]\.quantity$/.exec(path)?.[1])];
          const said = message === 'Đã hết hàng.' ? 0 : Number(/^Chỉ còn (\d+)\.$/.exec(message)?.[1]);
          if (!line || !(said < line.quantity)) return [`${purchase.key} ${path}: ${message}`];
          const least = leastThen(line.sku, askedAt, answeredAt);
          return least < line.quantity ? [] : [`${line.sku}: ${line.quantity} refused (${message}), but there were ${least}`];
        }),
      ),
  );
}

type Order = NonNullable<ReturnType<typeof placedOf>>;

/** @returns each acknowledged order as it is now; nobody who was told 201 has lost theirs, and no key has two */
async function followAll(purchases: readonly Purchase[]): Promise<Order[]> {
  const found = new Map<string, Order>();
  await atOnce(32, purchases, async (purchase) => {
    const codes = new Set(purchase.told.flatMap(({ answer }) => (isPlaced(answer) ? [jsonOf<{ code: string }>(answer).code] : [])));
    expect(codes.size, purchase.key).toBeLessThanOrEqual(1);
    for (const code of codes) {
      const answer = await follow(market.origin, code, purchase.phone);
      expect(answer.status, `${code} ${answer.text}`).toBe(200);
      found.set(code, jsonOf(answer));
    }
  });
  return [...found.values()];
}

const shareOfEnds = (answers: readonly Answer[]): number =>
  answers.filter((answer) => isPlaced(answer) || isSoldOut(answer)).length / answers.length;

function tell(percent: number, purchases: readonly Purchase[], began: number): void {
  const answers = purchases.flatMap(({ told }) => told.map(({ answer }) => answer));
  const byStatus = Object.fromEntries([...Map.groupBy(answers, (a) => a.status)].map(([status, all]) => [status, all.length]));
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const share = (shareOfEnds(answers) * 100).toFixed(2);
  console.log(`${percent}%: seed ${seed}, ${seconds} s, ${share}% ended, ${JSON.stringify({ byStatus, faults: proxy.counts() })}`);
}

/** The crowd comes, and what became of it is in the purchases. @returns the cancellations */
async function crowd(purchases: readonly Purchase[], random: Random): Promise<Cancelled[]> {
  const cancelled: Cancelled[] = [];
  await atOnce(buyers, purchases, (purchase) => buy(purchase, random, cancelled));
  // Who was refused asks once more with the same key: a cancellation may have brought something back.
  const refused = purchases.filter((purchase) => !placedOf(purchase));
  await atOnce(buyers, refused, (purchase) => buy(purchase, random, cancelled));
  // Some who have their order send it again, as a phone does that lost its connection.
  const forgetful = purchases.filter((purchase) => placedOf(purchase) && random() < 0.25);
  await atOnce(buyers, forgetful, async (purchase) => {
    const again = await insist(() => order(market.origin, purchase), purchase.key);
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true']);
  });
  return cancelled;
}

/** Every answer was an end or asked for patience, and everyone came to an end. */
function assertEnded(purchases: readonly Purchase[], leastShare: number): void {
  const answers = purchases.flatMap(({ told }) => told.map(({ answer }) => answer));
  for (const answer of answers) if (!isPlaced(answer) && !isSoldOut(answer)) assertBusy(answer, answer.text);
  expect(shareOfEnds(answers)).toBeGreaterThanOrEqual(leastShare);
  for (const purchase of purchases) expect(isPlaced(lastTold(purchase)) || isSoldOut(lastTold(purchase)), purchase.key).toBe(true);
}

/** @returns the orders as they are: all that were acknowledged, cancelled where their buyers were told so and nowhere else */
async function assertAllThere(purchases: readonly Purchase[], cancelled: readonly Cancelled[]): Promise<Order[]> {
  const found = await followAll(purchases);
  expect(found.map(({ code }) => code).sort()).toEqual(purchases.flatMap((p) => placedOf(p)?.code ?? []).sort());
  const isGone = new Set(cancelled.map(({ purchase }) => placedOf(purchase)?.code));
  expect(found.filter(({ status, code }) => (status === 'cancelled') !== isGone.has(code))).toEqual([]);
  return found;
}

async function assertAudited(): Promise<void> {
  const { code, output } = await audit({ DYNAMODB_ENDPOINT: engine.endpoint });
  expect(code, output).toBe(0);
}

describe.each([
  { percent: 5, orders: 400, leastShare: 0.99 },
  { percent: 10, orders: 200, leastShare: 0.99 },
])(`with $percent in a hundred of what the database is asked going wrong (FAULT_SEED=${seed})`, ({ percent, orders, leastShare }) => {
  test(`${orders} orders of 64 buyers end well: none doubled, none lost, nothing oversold, no refusal untrue`, async () => {
    const { origin } = market;
    const random = seeded(seed + percent);
    const put = (share: number, i: number) => putOnSale(origin, tokens[i % 2 ? 'seller' : 'otherSeller'], (share * orders) / 100);
    const goods = await Promise.all(shelf.map(put));
    const before = await revenue(origin, tokens.department);
    const purchases = wishes(orders, goods, random);

    const began = performance.now();
    proxy.setRates({ ...faultRates(percent / 100), repeated: 0.3, split: 0.4 });
    const cancelled = await crowd(purchases, random);
    tell(percent, purchases, began);
    assertEnded(purchases, leastShare);
    const found = await assertAllThere(purchases, cancelled);

    proxy.setRates({});
    expect(await lostUnits(origin, goods, found)).toEqual([]);
    const left = new Map(await Promise.all(goods.map(async (good) => [good.sku, await leftOf(origin, good)] as const)));
    expect(untrue(purchases, cancelled, left)).toEqual([]);
    await assertReportsCatchUp(origin, tokens.department, found, before);
    await assertAudited();
  });
});

describe('a database that refuses everything', () => {
  const assertPatience = (answers: readonly Answer[]) => {
    for (const answer of answers) assertBusy(answer, `${answer.status} ${answer.text}`);
  };
  const shopper = { username: 'nguoimua@demo.vn', password: 'not-the-password' };
  const signIn = () => send(market.origin, 'POST', '/api/session', { body: shopper });
  const strayMoney = () =>
    sepay(market.origin, {
      ...{ id: messages++, gateway: 'MBBank', transactionDate: '2026-06-15 09:00:00', transferType: 'in', referenceCode: 'FT1' },
      ...{ accountNumber: '1', transferAmount: 1, content: 'x' },
    });

  test.each(['transactionConflict', 'throttled', 'lostAnswer', 'refusedConnection'] as const)(
    '%s: orders, cancellations and stock are answered 503, and end well when sent again',
    async (fault) => {
      const { origin } = market;
      const good = await putOnSale(origin, tokens.seller, 10);
      const stock = { token: tokens.seller, body: { sku: good.sku, quantity: 5 } };
      const [first, second] = [wish([{ sku: good.sku, quantity: 1 }]), wish([{ sku: good.sku, quantity: 2 }])];
      await order(origin, first);
      const code = placedOf(first)?.code ?? '';
      const all = () =>
        Promise.all([
          order(origin, second),
          cancel(origin, code, first.phone),
          send(origin, 'PUT', `/api/seller/products/${good.id}/stock`, stock),
        ]);
      proxy.setRates({ [fault]: 1 });
      assertPatience(await all());
      proxy.setRates({});
      // A write whose answer was lost may have been made: then there is nothing left to cancel.
      const [placed, cancelled, set] = await all();
      expect([placed.status, set.status]).toEqual([201, 200]);
      if (cancelled.status !== 200) assertProblem(cancelled, 'conflict');
      const orders = await followAll([first, second]);
      expect(orders.map(({ status }) => status).sort()).toEqual(['cancelled', 'confirmed']);
    },
  );

  test('a plain write that meets a transaction: the bank and the doorkeeper ask for patience too', async () => {
    proxy.setRates({ transactionConflict: 1 });
    assertPatience([await strayMoney(), await signIn()]);
  });

  test('DynamoDB’s own 500 and 503 are told as 503', async () => {
    proxy.setRates({ failedBefore: 1 });
    assertPatience(await Promise.all(Array.from({ length: 60 }, () => send(market.origin, 'GET', '/api/orders/KB0000000000'))));
  });

  test('and the books agree after it all', assertAudited);
});
