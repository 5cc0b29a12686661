/**
 * `npm test`: every check there is, two at a time on two cores. Prints one line per check, the whole output of one that fails,
 * and how many tests passed; exits 1 when anything failed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Check {
  name: string;
  command: string;
  args: readonly string[];
}

const results = join('.build', 'test');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const vitest = (project: string): Check => ({
  name: project,
  command: 'vitest',
  args: [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, `${project}.json`)}`,
  ],
});

/** Each lane runs its checks one after the other; what starts a market or a browser has the machine to itself in the last lane. */
const lanes: readonly (readonly Check[])[] = [
  [
    { name: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
    { name: 'lint', command: 'biome', args: ['check', '.'] },
    {
      name: 'imports between rooms',
      command: 'depcruise',
      args: ['--config', 'test/structure/imports.cjs', 'functions', 'shared', 'infra', 'web'],
    },
    { name: 'unused code', command: 'knip', args: ['--config', 'test/structure/knip.json'] },
    vitest('unit'),
    { name: 'types of the pages', command: 'astro', args: ['check', '--root', 'web'] },
    vitest('cloud'),
  ],
  [vitest('store')],
];
const alone: readonly Check[] = [vitest('system'), vitest('browser')];

const failed: string[] = [];

function run(check: Check): Promise<void> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(check.command, check.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)`);
      if (code !== 0) {
        failed.push(check.name);
        console.log(Buffer.concat(output).toString());
      }
      resolve();
    });
  });
}

async function inOrder(checks: readonly Check[]): Promise<void> {
  for (const check of checks) await run(check);
}

/** How many single tests passed and failed, from vitest's own reports. A report that is missing was told as a failed check above. */
function count(project: string): { passed: number; failed: number } {
  try {
    const report = JSON.parse(readFileSync(join(results, `${project}.json`), 'utf8')) as { numPassedTests: number; numFailedTests: number };
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const only = process.argv.slice(2);
const wanted = (checks: readonly Check[]) => checks.filter((check) => only.length === 0 || only.includes(check.name));

await Promise.all(lanes.map((lane) => inOrder(wanted(lane))));
await inOrder(wanted(alone));

const projects = ['unit', 'store', 'cloud', 'system', 'browser']
  .filter((project) => only.length === 0 || only.includes(project))
  .map(count);
const others = [...lanes.flat(), ...alone].filter(
  (check) => check.command !== 'vitest' && (only.length === 0 || only.includes(check.name)),
);
const othersFailed = others.filter((check) => failed.includes(check.name)).length;
const passed = projects.reduce((sum, p) => sum + p.passed, 0) + others.length - othersFailed;
const bad = projects.reduce((sum, p) => sum + p.failed, 0) + othersFailed;
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`${passed} passed, ${bad} failed`);
process.exit(failed.length > 0 || bad > 0 ? 1 : 0);
