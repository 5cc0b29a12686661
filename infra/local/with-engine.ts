import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { endStaleChildren, stopAllChildren } from './children.ts';
import { readJson, takeDataDir } from './data-dir.ts';
import { startEngine, useEngine } from './engine.ts';
import { messageOf, Stop, sentence } from './say.ts';
import { readSettings } from './settings.ts';

const Engine = z.object({ pid: z.number(), mark: z.string() });

/** The engine of a market that is running on this folder. */
function runningEngine(dataDir: string): string | undefined {
  const engine = Engine.safeParse(readJson(join(dataDir, 'children', 'engine.json')));
  const port = engine.success ? /--port (\d+)/.exec(engine.data.mark)?.[1] : undefined;
  return port && `http://127.0.0.1:${port}`;
}

async function withEngine<T>(dataDir: string, given: string | undefined, work: (endpoint: string) => Promise<T>): Promise<T> {
  if (given) return work((await useEngine(given)).endpoint);
  if (!existsSync(join(dataDir, 'market.db')))
    throw new Stop(`Không có chợ nào trong DATA_DIR=${dataDir}.`, 'There is no market in this DATA_DIR.');
  let lock: ReturnType<typeof takeDataDir>;
  try {
    lock = takeDataDir(dataDir);
  } catch (error) {
    // The lock tells whether a market runs here; the note of its engine may be older than the last power cut.
    const running = runningEngine(dataDir);
    if (running && (await fetch(running).catch(() => undefined))) return work(running);
    throw error;
  }
  try {
    await endStaleChildren(dataDir);
    return await work((await startEngine(dataDir)).endpoint);
  } finally {
    await stopAllChildren();
    lock.release();
  }
}

/**
 * A check on the command line: on the market that runs on DATA_DIR (or at DYNAMODB_ENDPOINT), or, where none runs, on its tables alone.
 * Modules under functions/ read their settings when they are loaded, so `check` imports them itself. Ends the process with what `check`
 * answers, or with 2 when it could not be made.
 */
export function checkMarket(check: () => Promise<0 | 1>, failed: { vi: string; en: string }): void {
  const run = async (): Promise<number> => {
    const { DATA_DIR, DYNAMODB_ENDPOINT } = readSettings(process.env);
    return withEngine(DATA_DIR, DYNAMODB_ENDPOINT, (endpoint) => {
      Object.assign(process.env, {
        ...{ COMMERCE_TABLE: 'commerce', TRACEABILITY_TABLE: 'traceability', REPORTING_TABLE: 'reporting' },
        ...{ PUBLIC_ORIGIN: 'http://localhost', DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'ap-southeast-1' },
      });
      return check();
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAllChildren().finally(() => process.exit(2)));
  run().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Stop ? error.message : sentence(`${failed.vi}: ${messageOf(error)}`, failed.en));
      process.exit(2);
    },
  );
}
