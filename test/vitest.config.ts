import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Sets by what a test costs: `unit` needs nothing, `store` the embedded engine (one per file), `system` a whole market (one at a time),
 * `cloud` a synthesised stack. Run one with `vitest run -c test/vitest.config.ts --project unit`.
 *
 * Two files at once for the cheap ones, since the reference machine has two cores; a set begins when the one before it has ended.
 */
const forks = { pool: 'forks', isolate: true } as const;

export default defineConfig({
  root: fileURLToPath(new URL('../', import.meta.url)),
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...forks,
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'web/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 20_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...forks,
          name: 'store',
          include: ['test/store/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          ...forks,
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          ...forks,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 90_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 5 },
        },
      },
      {
        extends: true,
        test: {
          ...forks,
          name: 'cloud',
          include: ['test/cloud/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
