import { expect, it } from 'vitest';
import { channelOf, isFirst, viewerOf } from './live-beacon.ts';

function memory() {
  const kept = new Map<string, string>();
  return { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) };
}
const channels = [
  { id: 'facebook', name: 'Facebook' },
  { id: 'web', name: 'Trang chợ' },
];

it('counts for the channel in the address, else for our own page, else for the first', () => {
  expect(channelOf({ channels }, 'facebook')).toBe('facebook');
  expect(channelOf({ channels }, 'tiktok')).toBe('web');
  expect(channelOf({ channels: channels.slice(0, 1) }, null)).toBe('facebook');
  expect(channelOf({ channels: [] }, null)).toBeUndefined();
});

it('keeps one viewer for the tab and counts each event once', () => {
  const store = memory();
  expect([viewerOf(store, () => 'first'), viewerOf(store, () => 'second')]).toEqual(['first', 'first']);
  expect([isFirst(store, 'a:web:reach'), isFirst(store, 'a:web:reach'), isFirst(store, 'a:web:view')]).toEqual([true, false, true]);
});
