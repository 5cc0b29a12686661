import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundle, bundleFunctions } from '../../infra/aws/bundle.ts';
import { type FunctionSpec, functions } from '../../infra/manifest.ts';

const dir = mkdtempSync(join(tmpdir(), 'cho-kinh-bac-bundle-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const scratch = (name: string, source: string): FunctionSpec => {
  const entry = join(dir, `${name}.ts`);
  writeFileSync(entry, source);
  return { name, entry, trigger: { kind: 'schedule', everySeconds: 60 }, tables: {}, memoryMb: 128, timeoutSeconds: 1 };
};

/** Loads a bundle as Lambda does: alone in a folder, with nothing but its environment. */
function run(bundle: Bundle, expression: string): string {
  const env = {
    COMMERCE_TABLE: 'commerce',
    TRACEABILITY_TABLE: 'traceability',
    REPORTING_TABLE: 'reporting',
    PUBLIC_ORIGIN: 'https://chokinhbac.example.vn',
    AWS_REGION: 'ap-southeast-1',
    AUTH_ISSUER: 'https://cognito-idp.ap-southeast-1.amazonaws.com/x',
    AUTH_JWKS_URI: 'https://cognito-idp.ap-southeast-1.amazonaws.com/x/.well-known/jwks.json',
    AUTH_CLIENT_ID: 'client',
    PAYMENT_WINDOW_SECONDS: '900',
    SEPAY_WEBHOOK_SECRET_PARAMETER: '/cho-kinh-bac/SEPAY_WEBHOOK_SECRET',
  };
  const script = `const m = await import(${JSON.stringify(join(bundle.dir, 'index.mjs'))}); process.stdout.write(String(await (${expression})), () => process.exit(0));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: bundle.dir, env, encoding: 'utf8' });
}

describe('the functions of the manifest', () => {
  let bundles: Bundle[] = [];
  beforeAll(async () => {
    bundles = await bundleFunctions(join(dir, 'functions'));
  }, 120_000);

  test.each(functions.map(({ name }) => name))('%s loads alone and has a handler', (name) => {
    const bundle = bundles.find((b) => b.name === name);
    if (!bundle) throw new Error('not bundled');
    expect(run(bundle, 'typeof m.handler')).toBe('function');
    // 5 MB of code would cost a second of every cold start.
    expect(bundle.bytes).toBeLessThan(2_500_000);
    expect(readdirSync(bundle.dir)).toEqual(expect.arrayContaining(['index.mjs', 'index.mjs.map']));
  });

  test('the platform answers an address nobody has, from its bundle', () => {
    const bundle = bundles.find((b) => b.name === 'platform');
    if (!bundle) throw new Error('not bundled');
    const event = { routeKey: '$default', headers: {}, requestContext: { http: { method: 'GET', path: '/api/khong-co' } } };
    expect(
      run(bundle, `m.handler(${JSON.stringify(event)}, { awsRequestId: 'r' }).then((a) => a.statusCode + ' ' + JSON.parse(a.body).code)`),
    ).toBe('404 not_found');
  });
});

describe('assets', () => {
  test('a file named by new URL(…, import.meta.url) travels with the function', async () => {
    writeFileSync(join(dir, 'word.bin'), 'vải thiều');
    const spec = scratch(
      'asset',
      "import { readFileSync } from 'node:fs';\nexport const handler = (): string => readFileSync(new URL('./word.bin', import.meta.url), 'utf8');\n",
    );
    const [bundle] = await bundleFunctions(join(dir, 'out'), [spec]);
    if (!bundle) throw new Error('not bundled');
    rmSync(join(dir, 'word.bin'));
    expect(run(bundle, 'm.handler()')).toBe('vải thiều');
  });

  test('pdfkit draws a page with its own font', async () => {
    const spec = scratch(
      'pdf',
      `import PDFDocument from ${JSON.stringify(join(import.meta.dirname, '../../node_modules/pdfkit/js/pdfkit.node.mjs'))};
export const handler = () => new Promise((done) => { const parts = []; const pdf = new PDFDocument(); pdf.on('data', (p) => parts.push(p)).on('end', () => done(Buffer.concat(parts).toString('latin1').slice(0, 5))); pdf.text('KB'); pdf.end(); });`,
    );
    const [bundle] = await bundleFunctions(join(dir, 'out'), [spec]);
    if (!bundle) throw new Error('not bundled');
    expect(run(bundle, 'm.handler()')).toBe('%PDF-');
  });
});

describe('a mistake is said clearly', () => {
  test.each([
    [
      'missing',
      { ...scratch('x', ''), name: 'missing', entry: 'functions/nowhere.ts' },
      'function missing names functions/nowhere.ts, which does not exist',
    ],
    ['no handler', scratch('none', 'export const handle = 1;'), 'does not export `handler`'],
    ['unreachable file', scratch('far', "export const handler = () => import.meta.resolve('zod');"), 'nothing else reaches a Lambda'],
    ['absent asset', scratch('gone', "export const handler = () => new URL('./gone.ttf', import.meta.url);"), './gone.ttf does not exist'],
    [
      'computed asset',
      scratch('computed', 'export const handler = (name: string) => new URL(name, import.meta.url);'),
      'must be a plain string',
    ],
  ])('%s', async (_, spec, message) => {
    await expect(bundleFunctions(join(dir, 'out'), [spec])).rejects.toThrow(message);
  });

  test('sources name no path of the builder’s machine', async () => {
    const [bundle] = await bundleFunctions(join(dir, 'out'), functions.slice(0, 1));
    expect(readFileSync(join(bundle?.dir ?? '', 'index.mjs'), 'utf8')).not.toContain(process.cwd());
  });
});
