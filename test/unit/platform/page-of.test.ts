import { describe, expect, test } from 'vitest';
import { pageOf } from '../../../functions/platform/cursor.ts';

describe('a short list', () => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  test('comes whole unless a page is asked for', () => expect(pageOf(all, {})).toEqual({ items: all }));

  test('comes in pages without a gap or a repeat', () => {
    const first = pageOf(all, { limit: 2 });
    const second = pageOf(all, { limit: 2, cursor: first.nextCursor });
    const third = pageOf(all, { limit: 2, cursor: second.nextCursor });
    expect([first.items, second.items, third.items]).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(third.nextCursor).toBeUndefined();
  });

  test.each([
    'zzz',
    Buffer.from('-1').toString('base64url'),
    Buffer.from('"2"').toString('base64url'),
    Buffer.from('1.5').toString('base64url'),
  ])('refuses the cursor %s', (cursor) => expect(() => pageOf(all, { limit: 2, cursor })).toThrow('validation_failed'));
});
