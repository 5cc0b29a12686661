import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planStock, spreadStock } from '../../../shared/orders/stock.ts';

const shards = (...available: number[]) => available.map((a, i) => ({ id: `0${i}`, available: a }));

describe('a plan from which counters to take units', () => {
  test('takes one counter that has enough, chosen by the random number', () => {
    const read = shards(5, 2, 9);
    expect(planStock(read, 3, 0)).toEqual([{ shard: '00', quantity: 3 }]);
    expect(planStock(read, 3, 0.49)).toEqual([{ shard: '00', quantity: 3 }]);
    expect(planStock(read, 3, 0.5)).toEqual([{ shard: '02', quantity: 3 }]);
    expect(planStock(read, 3, 0.999)).toEqual([{ shard: '02', quantity: 3 }]);
  });

  test('counts a counter that holds exactly enough among those that have enough', () => {
    expect(planStock(shards(3, 5), 3, 0)).toEqual([{ shard: '00', quantity: 3 }]);
  });

  test('puts the fullest together when none has enough', () => {
    expect(planStock(shards(5, 2, 9), 12, 0)).toEqual([
      { shard: '02', quantity: 9 },
      { shard: '00', quantity: 3 },
    ]);
    expect(planStock(shards(5, 2, 9), 16, 0)).toEqual([
      { shard: '02', quantity: 9 },
      { shard: '00', quantity: 5 },
      { shard: '01', quantity: 2 },
    ]);
  });

  test('takes nothing from a counter that is empty or below zero, and does not let it lessen what the others hold', () => {
    expect(planStock(shards(4, 0, 3, -2), 7, 0)).toEqual([
      { shard: '00', quantity: 4 },
      { shard: '02', quantity: 3 },
    ]);
    expect(planStock(shards(4, 0, 3, -2), 8, 0)).toBeUndefined();
  });

  test('is none when all together hold too few', () => {
    expect(planStock(shards(5, 2, 9), 17, 0)).toBeUndefined();
    expect(planStock(shards(0), 1, 0)).toBeUndefined();
    expect(planStock([], 1, 0)).toBeUndefined();
  });

  test('always: exactly the quantity, never more than a counter holds, each counter once — or truly too few', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 40 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 120 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (available, quantity, random) => {
          const read = shards(...available);
          const plan = planStock(read, quantity, random);
          const there = available.reduce((a, b) => a + Math.max(0, b), 0);
          if (!plan) {
            expect(there).toBeLessThan(quantity);
            return;
          }
          expect(plan.reduce((a, p) => a + p.quantity, 0)).toBe(quantity);
          expect(new Set(plan.map((p) => p.shard)).size).toBe(plan.length);
          for (const { shard, quantity: taken } of plan) {
            expect(taken).toBeGreaterThan(0);
            expect(taken).toBeLessThanOrEqual(read.find((s) => s.id === shard)?.available ?? -1);
          }
        },
      ),
    );
  });
});

test('a new quantity is spread over the counters, the first ones getting the odd units', () => {
  expect(spreadStock(7, 1)).toEqual([7]);
  expect(spreadStock(7, 3)).toEqual([3, 2, 2]);
  expect(spreadStock(2, 4)).toEqual([1, 1, 0, 0]);
  expect(spreadStock(0, 2)).toEqual([0, 0]);
});
