import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Market } from '../system/market.ts';

/** Where this can be told at all: it reads `/proc`, which only Linux has. */
export const isTold = process.platform === 'linux';

/** USER_HZ, the unit of times in `/proc`; 100 on every Linux that Node has binaries for. */
const ticksPerSecond = 100;

export interface Pids {
  market: number;
  engine: number;
  signIn: number;
}

const child = (dataDir: string, name: string) =>
  JSON.parse(readFileSync(join(dataDir, 'children', `${name}.json`), 'utf8')) as { pid: number; mark: string };

/** The three processes of a market, by its own notes. */
export const pidsOf = ({ dataDir }: Market): Pids => ({
  market: Number(readFileSync(join(dataDir, 'market.pid'), 'utf8')),
  engine: child(dataDir, 'engine').pid,
  signIn: child(dataDir, 'identity').pid,
});

/** Where a market's own engine listens. */
export const engineEndpoint = ({ dataDir }: Market): string =>
  `http://127.0.0.1:${/--port (\d+)/.exec(child(dataDir, 'engine').mark)?.[1]}`;

/** Processor time a process has used so far, in the kernel too; if asked, with that of its children that have ended. */
export function cpuMsOf(pid: number, withChildren = false): number {
  // The name in parentheses may hold spaces; utime, stime, cutime and cstime are the 12th field after it and the following.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  const ticks = fields.slice(11, withChildren ? 15 : 13).reduce((sum, field) => sum + Number(field), 0);
  return (ticks * 1_000) / ticksPerSecond;
}

/** The process of an engine that was started without a market, found by the port it was told. */
export function enginePid(endpoint: string): number | undefined {
  const { port } = new URL(endpoint);
  const runs = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(`--port\0${port}\0`);
    } catch {
      return false;
    }
  };
  return isTold ? Number(readdirSync('/proc').find((name) => /^\d+$/.test(name) && runs(name))) : undefined;
}

/** Memory a process holds right now. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes ?? 0) / 1_024;
}

/** The most memory a process has held since it began. */
export function peakMb(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes ?? 0) / 1_024;
}

/** Processor time of this very process, which makes the load. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Processor time of a market and its engine so far; nothing where it cannot be told. */
export function marketCpuMs(market: Market): { market: number; engine: number } {
  if (!isTold) return { market: 0, engine: 0 };
  const pids = pidsOf(market);
  return { market: cpuMsOf(pids.market), engine: cpuMsOf(pids.engine) };
}

/** All processor time since the machine started, and what of it went to this process and those it has seen end. */
function shares(): { all: number; busy: number; ours: number } {
  const times = cpus().map(({ times: t }) => ({ busy: t.user + t.nice + t.sys + t.irq, idle: t.idle }));
  const busy = times.reduce((sum, t) => sum + t.busy, 0);
  const idle = times.reduce((sum, t) => sum + t.idle, 0);
  return { all: busy + idle, busy, ours: cpuMsOf(process.pid, true) };
}

/** Notes how busy the machine is. @returns a sentence on what other programs took of it until then; undefined where it cannot be told */
export function watchOthers(): () => string | undefined {
  if (!isTold) return () => undefined;
  const before = shares();
  return () => {
    const now = shares();
    const others = (now.busy - before.busy - (now.ours - before.ours)) / (now.all - before.all);
    const percent = Math.max(0, Math.round(others * 100));
    return `Other programs took ${percent}% of the ${cpus().length} processors meanwhile${percent > 10 ? ': compare times with care, processor times less so' : ''}.`;
  };
}
