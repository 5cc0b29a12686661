import { describe, expect, it } from 'vitest';
import { closeAttempt, openAttempt, pendingAttempt } from './attempt.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
    removeItem: (k: string) => void kept.delete(k),
  };
}
const keys = () => {
  let n = 0;
  return () => `key-${++n}`;
};

describe('one attempt to order', () => {
  it('keeps its key until it has been answered', () => {
    const store = memory();
    const newKey = keys();
    expect(openAttempt('{"a":1}', store, newKey)).toEqual({ key: 'key-1', body: '{"a":1}' });
    expect(openAttempt('{"a":1}', store, newKey).key).toBe('key-1');
    closeAttempt(store);
    expect(openAttempt('{"a":1}', store, newKey).key).toBe('key-2');
  });

  it('keeps the first body when the form changed meanwhile, so the order that may exist can be found', () => {
    const store = memory();
    const newKey = keys();
    openAttempt('{"a":1}', store, newKey);
    expect(openAttempt('{"a":2}', store, newKey)).toEqual({ key: 'key-1', body: '{"a":2}' });
    expect(pendingAttempt(store)).toEqual({ key: 'key-1', body: '{"a":1}' });
  });

  it('starts anew when what was kept is broken', () => {
    const store = memory();
    store.setItem('lan-dat-hang', '{"key":5}');
    expect(pendingAttempt(store)).toBeUndefined();
    expect(openAttempt('{}', store, () => 'k').key).toBe('k');
  });
});
