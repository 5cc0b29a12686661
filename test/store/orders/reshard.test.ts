import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../faults/proxy.ts';
import { basket, type Market, newKey, now, openMarket } from './market.ts';

/**
 * Counters that split and join while people buy. The proxy refuses what meets a transaction on its way, as DynamoDB does and the engine
 * does not; without that no counter would ever split by itself.
 */
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
const named = `seed ${seed}`;

let proxy: FaultProxy;
let market: Market;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket({
    through: async (target) => {
      proxy = await startFaultProxy({ target, seed, overlap: true });
      return proxy;
    },
  });
});
afterAll(async () => {
  await market?.stop();
  await proxy?.stop();
});

/** As our own pages do with a 503. */
const insist = async <T>(send: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (attempt === 40) throw error;
    }
  }
};
/** One buyer, with one key however often it takes. */
function buy(sku: string, quantity = 1) {
  const request = basket([{ sku, quantity }]);
  const key = newKey();
  return insist(() => market.place(request, key));
}
const isPlaced = ({ outcome }: { outcome: string }) => outcome === 'placed';
const openShards = async (sku: string) => (await shardsOf(sku)).filter((s) => !s.isClosed);
const shardsOf = async (sku: string): Promise<{ shard: string; available: number; isClosed: boolean }[]> =>
  (await market.everything())
    .filter((i) => i.pk === `STOCK#${sku}` && String(i.sk).startsWith('SHARD#'))
    .map((i) => ({ shard: String(i.sk).slice(6), available: Number(i.available), isClosed: i.closedAt !== undefined }));

test('rivals on one counter make it several, and nothing is lost on the way', { timeout: 120_000 }, async () => {
  const sku = await market.stock('VAI-5KG', 300);
  const placed = await Promise.all(Array.from({ length: 48 }, () => buy(sku)));
  expect(placed.every(isPlaced), named).toBe(true);
  expect(proxy.counts().overlap).toBeGreaterThan(0);
  const open = await openShards(sku);
  expect(open.length, named).toBeGreaterThan(1);
  expect(await market.counters(sku), named).toEqual({ available: 252, reserved: 0, sold: 48 });
  await market.assertStockBook(sku);
});

describe('the last units', () => {
  test('in eight counters go one by one to the first ten of thirty', { timeout: 120_000 }, async () => {
    const sku = await market.stock('MY-CHU', 10, { shards: 8 });
    const placed = await Promise.all(Array.from({ length: 30 }, () => buy(sku)));
    expect(placed.filter(isPlaced), named).toHaveLength(10);
    expect(await market.counters(sku), named).toEqual({ available: 0, reserved: 0, sold: 10 });
    await market.assertStockBook(sku);
  });

  test('are put together from several counters, and the counters are gathered after it', async () => {
    const sku = await market.stock('MY-CHU', 10, { shards: 4 });
    // Three, three, two and two.
    expect((await buy(sku, 5)).outcome).toBe('placed');
    expect(await openShards(sku)).toHaveLength(2);
    expect((await buy(sku, 4)).outcome).toBe('placed');
    expect(await buy(sku, 2)).toEqual({ outcome: 'out_of_stock', short: [{ index: 0, left: 1 }] });
    expect((await buy(sku, 1)).outcome).toBe('placed');
    expect(await market.counters(sku), named).toEqual({ available: 0, reserved: 0, sold: 10 });
    await market.assertStockBook(sku);
  });

  test('wanted three at a time by eight: three get theirs, five are told that one is left', { timeout: 120_000 }, async () => {
    const sku = await market.stock('MY-CHU', 10, { shards: 5 });
    const placed = await Promise.all(Array.from({ length: 8 }, () => buy(sku, 3)));
    expect(placed.filter(isPlaced), named).toHaveLength(3);
    for (const p of placed)
      if (p.outcome !== 'placed') expect(p, named).toEqual({ outcome: 'out_of_stock', short: [{ index: 0, left: 1 }] });
    expect(await market.counters(sku), named).toEqual({ available: 1, reserved: 0, sold: 9 });
    await market.assertStockBook(sku);
  });
});

test('while it is spread over eight counters and gathered all the time, exactly 100 of 150 get one', { timeout: 180_000 }, async () => {
  const sku = await market.stock('VAI-5KG', 100);
  let isOpen = true;
  let spread = 0;
  const spreading = async () => {
    for (let shards = 8; isOpen; shards = 9 - shards) if (await insist(() => market.reshardStock({ sku }, shards, now))) spread++;
  };
  const loop = spreading();
  let left = 150;
  const placed: Awaited<ReturnType<typeof buy>>[] = [];
  // Fifteen tills, ten buyers in a row at each.
  const till = async () => {
    while (left-- > 0) {
      placed.push(await buy(sku));
    }
  };
  await Promise.all(Array.from({ length: 15 }, till));
  isOpen = false;
  await loop;
  // At least once there and back while they bought.
  expect(spread).toBeGreaterThan(1);
  expect(placed.filter(isPlaced), named).toHaveLength(100);
  for (const p of placed) if (p.outcome !== 'placed') expect(p, named).toEqual({ outcome: 'out_of_stock', short: [{ index: 0, left: 0 }] });
  expect(await market.counters(sku), named).toEqual({ available: 0, reserved: 0, sold: 100 });
  await market.assertStockBook(sku);
});
