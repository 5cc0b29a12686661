import { afterEach, expect, test } from 'vitest';
import { speak, translator } from './index.ts';

const t = translator('catalog', { left: 'Còn {n}', soldOut: 'Hết hàng' } as const);

afterEach(() => speak({}));

test('another language is spoken where it has words, Vietnamese elsewhere', () => {
  speak({ catalog: { left: '{n} left' } });
  expect(t('left', { n: 3 })).toBe('3 left');
  expect(t('soldOut')).toBe('Hết hàng');
});
