import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunctions } from '../../infra/aws/bundle.ts';
import { type FunctionSpec, functions } from '../../infra/manifest.ts';
import { type Findings, median } from './figures.ts';
import { functionSettings } from './settings.ts';

const times = 15;
const run = promisify(execFile);

const program = `
  const began = performance.now();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ wallMs: performance.now() - began, cpuMs: (user + system) / 1_000 }));
`;

interface Import {
  wallMs: number;
  cpuMs: number;
}

/** Imports a bundle in a fresh process, told what Lambda would tell it. */
async function importOnce(dir: string): Promise<Import> {
  const file = pathToFileURL(join(dir, 'index.mjs')).href;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program, file], { env: functionSettings });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Import;
}

/** How long a cold start of the orders function loads its code, against the bare SDK in a bundle made the same way. */
export async function coldImport(): Promise<Findings> {
  const orders = functions.find(({ name }) => name === 'orders') as FunctionSpec;
  const bare: FunctionSpec = { ...orders, name: 'bare-sdk', entry: join(import.meta.dirname, 'bare-sdk.ts') };
  const folder = mkdtempSync(join(tmpdir(), 'kinh-bac-import-'));
  try {
    const bundles = await bundleFunctions(folder, [bare, orders]);
    const imports: Import[][] = bundles.map(() => []);
    // In turn, so that a busy moment of the machine meets both; the first of each fills the disk cache.
    for (let i = 0; i <= times; i++)
      for (const [which, { dir }] of bundles.entries()) {
        const one = await importOnce(dir);
        if (i > 0) imports[which]?.push(one);
      }
    const [bareMs = 0, ordersMs = 0] = imports.map((all) => median(all.map((one) => one.wallMs)));
    const cpu = imports.map((all) => Math.round(median(all.map((one) => one.cpuMs))));
    return {
      figures: [
        { what: 'import: bare SDK, bundled', value: bareMs, unit: 'ms' },
        { what: 'import: orders function, bundled', value: ordersMs, unit: 'ms' },
        { what: 'import: orders against the bare SDK', value: ordersMs / bareMs, unit: '×', target: { atMost: 1.5 } },
      ],
      broken: [],
      notes: [
        `import: medians of ${times} fresh processes each; ${bundles.map(({ bytes }) => `${Math.round(bytes / 1_024)} KB`).join(' and ')}; processor ${cpu.join(' and ')} ms with Node's own start.`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
