import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Market } from '../system/market.ts';

const script = join(resolve(import.meta.dirname, '../..'), 'infra/local/audit.ts');

/** What `npm run audit` finds wrong on a market after its load, as broken promises; nothing when the books agree. */
export const booksBroken = (section: string, { dataDir }: Market): Promise<string[]> =>
  new Promise((done) => {
    execFile(process.execPath, [script], { env: { PATH: process.env.PATH, DATA_DIR: dataDir } }, (error, stdout, stderr) =>
      done(error ? [`${section}: the audit says ${`${stdout}${stderr}`.trim()}`] : []),
    );
  });
