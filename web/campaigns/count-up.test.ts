import { expect, it } from 'vitest';
import { between } from './count-up.ts';

it('runs from the old number to exactly the new one, in whole steps', () => {
  expect([0, 0.5, 1, 1.4].map((share) => between(10, 20, share))).toEqual([10, 19, 20, 20]);
});

it('runs down too, when an order is cancelled', () => {
  expect([0, 0.5, 1].map((share) => between(20, 10, share))).toEqual([20, 11, 10]);
});
