import { Agent, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, ask, assertProblem, jsonOf, newPhone, signIn } from './caller.ts';
import { type Market, startMarket } from './market.ts';
import { type Good, leftOf, order, placedOf, putOnSale, send, wish } from './rush.ts';
import { fresh } from './samples.ts';

/** How much one may ask for, to the last one allowed and the first one not; and that nothing comes of what was refused. */
let market: Market;
let origin: string;
let seller: string;
beforeAll(async () => {
  market = await startMarket();
  origin = market.origin;
  seller = await signIn(origin, 'seller');
});
afterAll(() => market?.stop());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const pathsOf = (answer: Answer) => assertProblem(answer, 'validation_failed').errors?.map(({ path }) => path);

describe('a basket', () => {
  test('has 50 lines and not 51', async () => {
    const good = await putOnSale(origin, seller, 101);
    const lines = (count: number) => times(count, () => ({ sku: good.sku, quantity: 1 }));
    expect(pathsOf(await order(origin, wish(lines(51))))).toEqual(['lines']);
    expect(await leftOf(origin, good)).toBe(101);
    const fifty = wish(lines(50));
    expect((await order(origin, fifty)).status).toBe(201);
    expect(placedOf(fifty)?.lines.map(({ quantity }) => quantity)).toEqual([50]);
    expect(await leftOf(origin, good)).toBe(51);
  });

  test('has 9,999 units of a line and not 10,000', async () => {
    const good = await putOnSale(origin, seller, 20_000);
    expect(pathsOf(await order(origin, wish([{ sku: good.sku, quantity: 10_000 }])))).toEqual(['lines[0].quantity']);
    expect(await leftOf(origin, good)).toBe(20_000);
    expect((await order(origin, wish([{ sku: good.sku, quantity: 9_999 }]))).status).toBe(201);
    expect(await leftOf(origin, good)).toBe(10_001);
  });

  test('nor more of one SKU in several lines', async () => {
    const good = await putOnSale(origin, seller, 20_000);
    const other = await putOnSale(origin, seller, 5);
    const lines = [
      { sku: good.sku, quantity: 5_000 },
      { sku: other.sku, quantity: 1 },
      { sku: good.sku, quantity: 5_000 },
    ];
    expect(pathsOf(await order(origin, wish(lines)))).toEqual(['lines[0].quantity', 'lines[2].quantity']);
    expect(await leftOf(origin, good)).toBe(20_000);
  });
});

test('a shelf takes a million units and not one more', async () => {
  const good = await putOnSale(origin, seller, 5);
  const set = (quantity: number) =>
    send(origin, 'PUT', `/api/seller/products/${good.id}/stock`, { token: seller, body: { sku: good.sku, quantity } });
  expect(pathsOf(await set(1_000_001))).toEqual(['quantity']);
  expect(await leftOf(origin, good)).toBe(5);
  expect((await set(1_000_000)).status).toBe(200);
  expect(await leftOf(origin, good)).toBe(1_000_000);
});

describe('a request', () => {
  const agent = new Agent({ keepAlive: true });
  afterAll(() => agent.destroy());

  /** Without Content-Length, in pieces: the size is known only once all has come. */
  function sendInPieces(raw: string, key: string): Promise<Answer> {
    const { hostname, port } = new URL(origin);
    const headers = { 'content-type': 'application/json', 'idempotency-key': key, 'transfer-encoding': 'chunked' };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({ hostname, port, method: 'POST', path: '/api/orders', headers, agent }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, text: bytes.toString() });
        });
      });
      outgoing.on('error', reject);
      for (let at = 0; at < raw.length; at += 60_000) outgoing.write(raw.slice(at, at + 60_000));
      outgoing.end();
    });
  }
  const sendWhole = (raw: string, key: string) => ask(origin, 'POST', '/api/orders', { raw, headers: { 'idempotency-key': key } });

  const orderOf = ({ sku }: Good, bytes: number): string => {
    const customer = { name: 'Mua', phone: newPhone() };
    const shipTo = { provinceCode: '01', communeCode: '00070', street: '1' };
    return JSON.stringify({ lines: [{ sku, quantity: 1 }], customer, shipTo, payment: 'cod' }).padEnd(bytes, ' ');
  };

  test.each([
    ['in one piece', sendWhole],
    ['in pieces, without its length', sendInPieces],
  ])('%s has 100,000 bytes and not one more', async (_, sending) => {
    const good = await putOnSale(origin, seller, 2);
    assertProblem(await sending(orderOf(good, 100_001), fresh()), 'payload_too_large');
    expect(await leftOf(origin, good)).toBe(2);
    const largest = await sending(orderOf(good, 100_000), fresh());
    expect(largest.status, largest.text).toBe(201);
    expect(await leftOf(origin, good)).toBe(1);
  });

  test('in pieces is refused beyond what a function is handed, too', async () => {
    const good = await putOnSale(origin, seller, 1);
    assertProblem(await sendInPieces(orderOf(good, 6 * 1024 * 1024 + 1), fresh()), 'payload_too_large');
    expect(await leftOf(origin, good)).toBe(1);
    expect((await ask(origin, 'GET', '/healthz')).status).toBe(200);
  });
});

describe('ten orders a minute of one phone', () => {
  const ways = (national: string) => {
    const rest = national.slice(1);
    const spaced = `${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`;
    return [national, `+84${rest}`, `84${rest}`, `0${spaced}`, `+84 ${spaced}`, `0084${rest}`, `+84 (0) ${spaced.replaceAll(' ', '.')}`];
  };

  test('thirty at once, written in every usual way: exactly ten go through, and the twenty take nothing', async () => {
    const good = await putOnSale(origin, seller, 100);
    const phone = newPhone();
    const wishes = times(30, (n) => wish([{ sku: good.sku, quantity: 1 }], 'cod', ways(phone)[n % ways(phone).length]));
    const answers = await Promise.all(wishes.map((one) => order(origin, one)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) {
      assertProblem(answer, 'rate_limited');
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    expect(refused).toHaveLength(20);
    expect(await leftOf(origin, good)).toBe(90);

    // A key that was used is no new order, also of a phone that has had its ten; one that was refused is still to be used.
    const again = await Promise.all(wishes.map((one) => order(origin, one)));
    expect(again.map(({ status }) => status)).toEqual(answers.map(({ status }) => status));
    for (const [n, answer] of again.entries())
      if (answer.status === 201) {
        expect(answer.headers['idempotent-replayed']).toBe('true');
        expect(jsonOf(answer)).toEqual(jsonOf(answers[n] as Answer));
      }
    expect(await leftOf(origin, good)).toBe(90);

    // Another phone goes on, and whoever followed the ten by any way of writing the phone finds them.
    expect((await order(origin, wish([{ sku: good.sku, quantity: 1 }]))).status).toBe(201);
    const code = placedOf(wishes.find(placedOf) ?? wish([]))?.code ?? '';
    for (const way of ways(phone)) {
      const followed = await send(origin, 'GET', `/api/orders/${code}`, { headers: { 'x-customer-phone': way } });
      expect([way, followed.status]).toEqual([way, 200]);
    }
  });

  test('the same key thirty times at once is one order and takes one place of the ten', async () => {
    const good = await putOnSale(origin, seller, 100);
    const phone = newPhone();
    const twins = wish([{ sku: good.sku, quantity: 3 }], 'cod', phone);
    const answers = await Promise.all(times(30, () => order(origin, twins)));
    expect(answers.map(({ status }) => status)).toEqual(times(30, () => 201));
    expect(new Set(answers.map((answer) => jsonOf<{ code: string }>(answer).code)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(29);
    const others = await Promise.all(times(10, () => order(origin, wish([{ sku: good.sku, quantity: 1 }], 'cod', phone))));
    expect(others.filter(({ status }) => status === 201)).toHaveLength(9);
    expect(await leftOf(origin, good)).toBe(100 - 3 - 9);
  });
});
