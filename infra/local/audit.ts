/**
 * `npm run audit`: recounts everything from the primary records, prints each difference with its ids, exits 1 on any. It looks at the
 * market that runs on DATA_DIR (or at DYNAMODB_ENDPOINT); where none runs it opens the engine itself. Then nobody reads the streams,
 * so reports may be behind what was written last, and nobody ends what is over: start the market and audit again.
 */
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

async function run(): Promise<number> {
  const { DATA_DIR, DYNAMODB_ENDPOINT } = readSettings(process.env);
  return withEngine(DATA_DIR, DYNAMODB_ENDPOINT, async (endpoint) => {
    Object.assign(process.env, {
      ...{ COMMERCE_TABLE: 'commerce', TRACEABILITY_TABLE: 'traceability', REPORTING_TABLE: 'reporting' },
      ...{ PUBLIC_ORIGIN: 'http://localhost', DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'ap-southeast-1' },
    });
    // Modules under functions/ read their settings when they are loaded.
    const { audit } = await import('../../functions/reports/audit.ts');
    const { differences, undecided, counted } = await audit();
    for (const { check, id, expected, found } of differences)
      console.log(`KHÁC / DIFFERENT  ${check}  ${id}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(found)}`);
    for (const { check, id } of undecided) console.log(`chưa rõ, đang thay đổi / busy, not judged  ${check}  ${id}`);
    const what = Object.entries(counted).map(([name, count]) => `${name} ${count}`);
    console.log(
      differences.length === 0
        ? sentence(`Sổ sách khớp: ${what.join(', ')}.`, 'The books agree.')
        : sentence(`Sổ sách lệch ở ${differences.length} chỗ (${what.join(', ')}).`, 'The books disagree.'),
    );
    return differences.length === 0 ? 0 : 1;
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAllChildren().finally(() => process.exit(2)));

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Stop ? error.message : sentence(`Không kiểm được: ${messageOf(error)}`, 'The audit could not be made.'));
    process.exit(2);
  },
);
