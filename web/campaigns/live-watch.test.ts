import { describe, expect, it } from 'vitest';
import { pauseAfter } from './live-watch.ts';

describe('the pause between two looks at a live campaign', () => {
  it('is two seconds while it is live or about to start, ten long before', () => {
    expect(pauseAfter(0, { status: 'live' }, -1, 0)).toBe(2_000);
    expect(pauseAfter(0, { status: 'scheduled' }, 59_000, 0)).toBe(2_000);
    expect(pauseAfter(0, { status: 'scheduled' }, 3_600_000, 0)).toBe(10_000);
  });
  it('doubles while the market does not answer, up to half a minute, spread by chance', () => {
    expect([1, 2, 3, 4, 5, 9].map((failures) => pauseAfter(failures, { status: 'live' }, 0, 1))).toEqual([
      4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
    expect(pauseAfter(1, undefined, 0, 0)).toBe(2_000);
  });
  it('has no end after the end', () => {
    expect(pauseAfter(0, { status: 'ended' }, -1, 0)).toBeUndefined();
  });
});
