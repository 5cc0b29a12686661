import { expect, it } from 'vitest';
import { sayWeight } from './weight.ts';

it('is in grams, kilograms or tonnes, as a person would say it', () => {
  expect([0, 350, 326_210, 205_400_000].map(sayWeight)).toEqual(['0\u00a0kg', '350\u00a0g', '326,21\u00a0kg', '205,4\u00a0tấn']);
});
