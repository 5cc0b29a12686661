import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');
/** `npm start` without npm: what a person starts, memory settings included. */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
const startArguments = scripts.start.split(' ').slice(1);

export interface MarketOptions {
  /** A folder of an earlier market, to start it again. A fresh one is made, and removed by `stop`, when absent. */
  dataDir?: string;
  /** Besides PORT, DATA_DIR and SITE=none. */
  env?: Record<string, string>;
  /** How long to wait for /healthz. */
  seconds?: number;
}

export interface Market {
  /** Without a slash at the end. */
  origin: string;
  dataDir: string;
  env: Record<string, string>;
  /** What it has printed so far. */
  output: () => string;
  /** SIGTERM. @returns the exit code and how long it took */
  stop: () => Promise<{ code: number | null; milliseconds: number }>;
  /** Kills the market and the engine and sign-in processes behind it, as a machine that goes down does. The folder stays. */
  kill9: () => Promise<void>;
  /** Kills only the market's own process; the ones behind it are left to themselves. */
  kill9Alone: () => Promise<void>;
}

export function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : reject(new Error('no free port'))));
    });
  });
}

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'cho-kinh-bac-'));

/** The test's own environment without what would steer a market, so that a developer's settings do not leak in. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const steering =
    /^(?:PORT|HOST|PUBLIC_ORIGIN|DATA_DIR|SEED|SITE|FUNCTIONS_DIR|DYNAMODB_ENDPOINT|GTIN_PREFIX|PAYMENT_WINDOW_SECONDS|SEPAY_.*|STRIPE_.*|VNPAY_.*|NODE_ENV|VITEST.*)$/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name))), ...env };
}

interface Started {
  process: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function spawnStart(env: Record<string, string>): Started {
  const child = spawn(process.execPath, startArguments, { cwd: root, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  // `close` comes after the last of the output, `exit` may come before it.
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { process: child, output: () => said, ended };
}

/** For a start that is expected to fail: its exit code and all it said. */
export async function runStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const started = spawnStart({ SITE: 'none', ...env });
  const tooLong = setTimeout(() => started.process.kill('SIGKILL'), 30_000);
  const code = await started.ended;
  clearTimeout(tooLong);
  return { code, output: started.output() };
}

/** Every process a market on this folder has started, by its own notes. */
export function childPids(dataDir: string): number[] {
  return readdirSync(join(dataDir, 'children')).flatMap((file) => {
    const { pid } = JSON.parse(readFileSync(join(dataDir, 'children', file), 'utf8')) as { pid: number };
    return pid;
  });
}

/** A process that has ended but whose end nobody has taken note of yet (a zombie) is not running. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

/** The market as `npm start` runs it, on a free port and a folder of its own, ready when this resolves. */
export async function startMarket({ dataDir: given, env = {}, seconds = 60 }: MarketOptions = {}): Promise<Market> {
  const dataDir = given ?? freshFolder();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const all = { SITE: 'none', ...env, PORT: String(port), DATA_DIR: dataDir };
  const started = spawnStart(all);
  let hasEnded = false;
  void started.ended.then(() => {
    hasEnded = true;
  });
  for (const end = Date.now() + seconds * 1_000; ; await wait(20)) {
    if (hasEnded) throw new Error(`the market ended while starting:\n${started.output()}`);
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) break;
    if (Date.now() > end) {
      started.process.kill('SIGTERM');
      throw new Error(`the market was not ready after ${seconds} s:\n${started.output()}`);
    }
  }
  const kill9Alone = async () => {
    started.process.kill('SIGKILL');
    await started.ended;
  };
  return {
    origin,
    dataDir,
    env: all,
    output: started.output,
    async stop() {
      const before = performance.now();
      started.process.kill('SIGTERM');
      const code = await started.ended;
      const milliseconds = performance.now() - before;
      if (given === undefined) rmSync(dataDir, { recursive: true, force: true });
      return { code, milliseconds };
    },
    async kill9() {
      const pids = childPids(dataDir);
      started.process.kill('SIGKILL');
      for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
      await started.ended;
    },
    kill9Alone,
  };
}

/** Asks until the answer satisfies, for what becomes true a moment after a write. @throws when it does not in time */
export async function until<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean, seconds = 10): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; ; await wait(25)) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`still not so after ${seconds} s: ${JSON.stringify(answer)}`);
  }
}
