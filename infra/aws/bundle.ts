import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type FunctionSpec, functions } from '../manifest.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const functionsDir = join(root, '.build/functions');

export interface Bundle {
  name: string;
  /** The folder that becomes the Lambda's code; its handler is `index.handler`. */
  dir: string;
  bytes: number;
}

/** What dependencies in CommonJS still expect; AWS SDK and Powertools are ES modules. */
const banner = [
  "import{createRequire as __createRequire}from'node:module';",
  "import{fileURLToPath as __fileURLToPath}from'node:url';",
  'const require=__createRequire(import.meta.url),__filename=__fileURLToPath(import.meta.url),__dirname=__fileURLToPath(new URL(".",import.meta.url));',
].join('');

/** Ways to reach a file of the repository that would find nothing once the code lies alone in a Lambda. */
const outOfReach = /import\.meta\.(resolve|dirname|filename)|\brequire\.resolve\(|\b__dirname\b/;
const assetUrl = /new URL\(\s*(['"])([^'"]+)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;
const anyUrl = /new URL\([^)]*import\.meta\.url/g;

/** esbuild leaves `new URL('./font.ttf', import.meta.url)` alone; this carries the file along, under a name with its hash. */
const assets: Plugin = {
  name: 'assets',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\.(ts|js|mjs)$/, namespace: 'file' }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const posix = path.replaceAll('\\', '/');
      const ours = !posix.includes('/node_modules/');
      if (ours && outOfReach.test(source))
        throw new Error(`${path}: name files as new URL('./file', import.meta.url), nothing else reaches a Lambda`);
      const isPdfkit = posix.endsWith('/pdfkit/js/pdfkit.node.mjs');
      if ((!ours && !isPdfkit) || !(source.includes('import.meta.url') || isPdfkit)) return undefined;
      const imports: string[] = [];
      let contents = source.replace(assetUrl, (whole, _quote: string, file: string) => {
        const target = resolve(dirname(path), file);
        if (!existsSync(target)) {
          if (ours) throw new Error(`${path}: ${file} does not exist`);
          return whole;
        }
        imports.push(`import __asset${imports.length} from ${JSON.stringify(`asset:${target}`)};`);
        return `new URL(__asset${imports.length - 1}, import.meta.url)`;
      });
      if (ours && (contents.match(anyUrl) ?? []).some((url) => !url.includes('__asset')))
        throw new Error(`${path}: the first argument of new URL(…, import.meta.url) must be a plain string`);
      // pdfkit asks for its built-in fonts through a `require` esbuild cannot see into.
      if (isPdfkit) contents = contents.replaceAll("require$1('#standard-fonts/", "require('#standard-fonts/");
      return { contents: `${imports.join('')}${contents}`, loader: path.endsWith('.ts') ? 'ts' : 'js', resolveDir: dirname(path) };
    });
    onResolve({ filter: /^asset:/ }, ({ path }) => ({ path: path.slice('asset:'.length), namespace: 'asset' }));
    onLoad({ filter: /.*/, namespace: 'asset' }, async ({ path }) => ({ contents: await readFile(path), loader: 'file' }));
  },
};

async function bundleOne(spec: FunctionSpec, outDir: string): Promise<Bundle> {
  const entry = isAbsolute(spec.entry) ? spec.entry : join(root, spec.entry);
  if (!existsSync(entry)) throw new Error(`infra/manifest.ts: function ${spec.name} names ${spec.entry}, which does not exist`);
  const dir = join(outDir, spec.name);
  await rm(dir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: entry },
    outdir: dir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    // Names stay: an error's class is what `door.ts` decides by.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    assetNames: '[name]-[hash]',
    loader: {
      '.ttf': 'file',
      '.otf': 'file',
      '.woff': 'file',
      '.woff2': 'file',
      '.icc': 'file',
      '.csv': 'text',
      '.css': 'text',
      '.html': 'text',
      '.svg': 'text',
    },
    banner: { js: banner },
    plugins: [assets],
    metafile: true,
    logLevel: 'silent',
  });
  const code = Object.entries(metafile.outputs).find(([file]) => file.endsWith('/index.mjs'));
  if (!code?.[1].exports.includes('handler')) throw new Error(`${spec.entry} does not export \`handler\``);
  return { name: spec.name, dir, bytes: code[1].bytes };
}

/** One folder per function of the manifest, ready to be a Lambda. One after another: esbuild itself uses every core. */
export async function bundleFunctions(outDir: string = functionsDir, specs: readonly FunctionSpec[] = functions): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  for (const spec of specs) bundles.push(await bundleOne(spec, outDir));
  return bundles;
}
