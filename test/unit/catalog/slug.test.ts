import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf } from '../../../shared/catalog/slug.ts';
import { Slug } from '../../../shared/platform/contract.ts';

test.each([
  ['Mỳ gạo Chũ (túi 1 kg)', 'my-gao-chu-tui-1-kg'],
  ['Đông Hồ – “Đám cưới chuột”', 'dong-ho-dam-cuoi-chuot'],
  ['--Vải--thiều--', 'vai-thieu'],
  ['100% mật ong', '100-mat-ong'],
  ['荔枝', ''],
  ['../../etc/passwd', 'etc-passwd'],
  ['<script>', 'script'],
])('%j → %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('at most 80 characters, never ending in a hyphen where it was cut', () => {
  expect(slugOf(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79));
  expect(slugOf('a'.repeat(200))).toHaveLength(80);
});

test('whatever the name, the slug is one the contract accepts, or empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const slug = slugOf(name);
      expect(slug === '' || Slug.safeParse(slug).success).toBe(true);
      expect(slugOf(slug)).toBe(slug);
    }),
  );
});
