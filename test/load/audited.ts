import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Market } from '../system/market.ts';
import { isTold, residentMb } from './processes.ts';

const script = join(resolve(import.meta.dirname, '../..'), 'infra/local/audit.ts');

interface Audit {
  /** What it finds wrong, as broken promises; nothing when the books agree. */
  broken: string[];
  seconds: number;
  /** Most it held in memory at one moment; 0 where that cannot be told. */
  peakMb: number;
}

interface Options {
  /** Of an engine that is not the market's own. */
  endpoint?: string;
  /** How many there must be: an audit of the wrong market would find nothing wrong. */
  orders?: number;
}

/** `npm run audit` on a market after its load. */
export function auditBooks(section: string, { dataDir }: Pick<Market, 'dataDir'>, { endpoint, orders }: Options = {}): Promise<Audit> {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...(endpoint === undefined ? {} : { DYNAMODB_ENDPOINT: endpoint }) };
  const began = performance.now();
  let peakMb = 0;
  return new Promise((done) => {
    const child = execFile(process.execPath, [script], { env }, (error, stdout, stderr) => {
      const isAll = orders === undefined || stdout.includes(` orders ${orders},`);
      done({
        broken:
          error || !isAll ? [`${section}: the audit says${isAll ? '' : ` (of ${orders} orders)`} ${`${stdout}${stderr}`.trim()}`] : [],
        seconds: (performance.now() - began) / 1_000,
        peakMb,
      });
    });
    const looking = setInterval(() => {
      if (isTold && child.pid !== undefined) peakMb = Math.max(peakMb, residentMb(child.pid));
    }, 100);
    child.once('exit', () => clearInterval(looking));
  });
}

/** What the audit finds wrong after a load. */
export const booksBroken = async (...asked: Parameters<typeof auditBooks>): Promise<string[]> => (await auditBooks(...asked)).broken;
