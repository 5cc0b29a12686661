import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { startEngine } from '../engine.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let limits: typeof import('../../../functions/platform/limits.ts');
beforeAll(async () => {
  engine = await startEngine();
  limits = await import('../../../functions/platform/limits.ts');
});
afterAll(() => engine?.stop());

const limit = { name: 'test', max: 10, windowSeconds: 300 };
const now = new Date('2026-06-15T02:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'taken',
    (e: unknown) => (e instanceof Problem ? `${e.code} ${e.options.retryAfterSeconds}` : String(e)),
  );

describe('places in a window', () => {
  test('forty at once take exactly ten, and the next window begins when this one ends', async () => {
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => outcome(limits.takePlaceNow(limit, 'a', now))));
    expect(outcomes.filter((o) => o === 'taken')).toHaveLength(10);
    expect(outcomes.filter((o) => o === 'rate_limited 300')).toHaveLength(30);
    expect(await outcome(limits.takePlaceNow(limit, 'a', later(299)))).toBe('rate_limited 1');
    expect(await outcome(limits.takePlaceNow(limit, 'a', later(300)))).toBe('taken');
  });

  test('one subject’s full window is not another’s', async () => {
    for (let i = 0; i < 10; i++) await limits.takePlaceNow(limit, 'b', now);
    expect(await outcome(limits.takePlaceNow(limit, 'b', now))).toBe('rate_limited 300');
    expect(await outcome(limits.takePlaceNow(limit, 'c', now))).toBe('taken');
  });

  test('a window that is cleared by right passwords again and again, just as a place is being taken in it, is still decided', async () => {
    // Eight people with the right password sign in over and over: each takes a place, then clears the window under the others' hands.
    const rivals = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 25; i++) {
        expect(await outcome(limits.takePlaceNow(limit, 'd', now))).toMatch(/^(taken|rate_limited 300)$/);
        await limits.clearPlaces(limit, 'd');
      }
    });
    await Promise.all(rivals);
  });
});
