import { expect, test } from 'vitest';
import { dispersed, honest, single } from '../../load/copies.ts';

/** The bench's own seed: the figures are the same on every machine, so a rule that is changed for the worse shows here. */
const seed = 20_260_615;

test('of 10,000 honest boxes fewer than 50 are suspicious, and none of their 20 lots is doubted', () => {
  const { suspicious, doubtfulLots } = honest(seed);
  expect(suspicious).toBeLessThan(35);
  expect(doubtfulLots).toBe(0);
});

test('one code on 500 boxes is noticed though only three households in a hundred look; on 100 when one in ten does', () => {
  expect(single(seed, 500, 0.03, 100)).toBeGreaterThanOrEqual(0.95);
  expect(single(seed, 100, 0.1, 100)).toBeGreaterThanOrEqual(0.8);
  expect(single(seed, 20, 0.3, 100)).toBeGreaterThanOrEqual(0.5);
});

test('200 codes on five boxes more each: the lot is noticed', () => {
  const found = dispersed(seed, 0.1, 10);
  expect(found.lots).toBeGreaterThanOrEqual(0.8);
  expect(found.honest).toBeLessThan(0.005);
});
