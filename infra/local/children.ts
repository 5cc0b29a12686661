import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { readJson, writeWhole } from './data-dir.ts';

/** A process the market cannot live without, e.g. the engine. */
export interface Child {
  pid: number;
  process: ChildProcess;
  /** The last of what it said, for the sentence when it fails. */
  lastWords: () => string;
  isRunning: () => boolean;
  /** Resolves to how it ended: an exit code or a signal's name. */
  exited: Promise<string>;
  stop: () => Promise<void>;
}

interface ChildOptions {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** A message channel; its closing tells the child that the market is gone. */
  ipc?: true;
  /** Also keeps what it says on stdout, where Astro writes its errors. */
  isTalkative?: true;
}

const PidFile = z.object({ pid: z.int().positive(), mark: z.string().min(1) });

const pidFile = (dataDir: string, name: string) => join(dataDir, 'children', `${name}.json`);

/** What a process was started as; empty when there is none. Guards against a process number that now belongs to someone else. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

const isStill = (pid: number, mark: string): boolean => commandLine(pid).includes(mark);

/** Ends what an earlier market on this folder left behind when it was killed: an old engine would hold the database. */
export async function endStaleChildren(dataDir: string): Promise<void> {
  for (const file of readdirSync(join(dataDir, 'children'))) {
    const path = join(dataDir, 'children', file);
    const known = PidFile.safeParse(readJson(path));
    if (known.success && isStill(known.data.pid, known.data.mark)) {
      process.kill(known.data.pid, 'SIGKILL');
      for (let i = 0; i < 500 && isStill(known.data.pid, known.data.mark); i++) await wait(10);
    }
    rmSync(path, { force: true });
  }
}

const running = new Set<Child>();

/** Ends every child that was started, also one whose start was not waited for. */
export const stopAllChildren = async (): Promise<void> => {
  await Promise.all([...running].map((child) => child.stop()));
};

/** Started in a group of its own, so that Ctrl-C reaches the market alone, which then finishes its requests before it stops the engine. */
export function startChild(dataDir: string, { name, command, args, env, cwd, ipc, isTalkative }: ChildOptions): Child {
  const child = spawn(command, args, {
    stdio: ['ignore', isTalkative ? 'pipe' : 'ignore', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
    env: { ...process.env, ...env },
    cwd,
    detached: true,
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-4_000);
    });
  }
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
    child.once('error', (error) => {
      words += error.message;
      resolve('error');
    });
  });
  const pid = child.pid ?? -1;
  if (pid > 0) writeWhole(pidFile(dataDir, name), JSON.stringify({ pid, mark: [command, ...args].join(' ') }));
  const isRunning = () => pid > 0 && child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (isRunning()) {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), 1_500);
      await exited;
      clearTimeout(kill);
    }
    running.delete(me);
    rmSync(pidFile(dataDir, name), { force: true });
  };
  const me: Child = { pid, process: child, lastWords: () => words.trim(), isRunning, exited, stop };
  running.add(me);
  return me;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

/** Waits until `ask` answers, giving up when the child has ended or the time is over. */
export async function untilAnswers(child: Child, seconds: number, ask: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end && child.isRunning(); await wait(15)) {
    if (await ask().catch(() => false)) return true;
  }
  return false;
}
