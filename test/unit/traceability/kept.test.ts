import { expect, test } from 'vitest';
import { Kept } from '../../../functions/traceability/graph/kept.ts';

test('what was used last is remembered, up to the weight there is room for', () => {
  const kept = new Kept<string>(10);
  kept.set('a', 'A', 4);
  kept.set('b', 'B', 4);
  expect(kept.get('a')).toBe('A');
  kept.set('c', 'C', 4);
  // 12 would be too much: b was not asked for since.
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['A', undefined, 'C']);
  kept.set('a', 'A2', 2);
  kept.set('d', 'D', 4);
  expect([kept.get('a'), kept.get('c'), kept.get('d')]).toEqual(['A2', 'C', 'D']);
});

test('what is heavier than all the room is not kept, and nothing else either', () => {
  const kept = new Kept<string>(10);
  kept.set('a', 'A', 4);
  kept.set('b', 'B', 11);
  expect([kept.get('a'), kept.get('b')]).toEqual([undefined, undefined]);
  kept.set('c', 'C', 10);
  expect(kept.get('c')).toBe('C');
});
