import { setTimeout as wait } from 'node:timers/promises';

/** Full jitter: a random wait up to 10 ms × 2^attempt, at most 320 ms, so that rivals do not meet again. */
export const jitter = (attempt: number): Promise<void> => wait(Math.random() * 10 * 2 ** Math.min(attempt, 5));
