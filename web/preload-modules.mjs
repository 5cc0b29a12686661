import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const imported = /(?:^|[;}\s])(?:import|export)(?:[\w*{}\s,$]*?from)?\s*["']\.\/([\w.-]+\.js)["']/g;
const isScript = /<script type="module" src="(\/assets\/[\w.-]+\.js)"><\/script>/g;

/** All that a built script imports, directly or through others. */
async function importsOf(root, path, known = new Set()) {
  const text = await readFile(`${root}${path}`, 'utf8');
  for (const [, file] of text.matchAll(imported)) {
    const next = `/assets/${file}`;
    if (known.has(next)) continue;
    known.add(next);
    await importsOf(root, next, known);
  }
  return known;
}

/**
 * Names in these pages' heads what their scripts import, so that a phone asks for all of it at once instead of one round trip after the other.
 * Scripts that stand in the head itself then wait for no stylesheet. For pages that show nothing before their script has run; elsewhere
 * pictures and text come first.
 *
 * @param {string[]} pages built files, e.g. `truy-xuat/index.html`
 */
export const preloadModules = (pages) => ({
  name: 'preload-modules',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const root = fileURLToPath(dir).replace(/\/$/, '');
      for (const page of pages) {
        const html = await readFile(`${root}/${page}`, 'utf8');
        const scripts = [...html.matchAll(isScript)].map(([, src]) => src);
        const needed = new Set();
        for (const src of scripts) for (const path of await importsOf(root, src)) needed.add(path);
        const links = [...scripts, ...needed].map((href) => `<link rel="modulepreload" href="${href}">`).join('');
        if (links === '') throw new Error(`${page} has no scripts: has its markup changed?`);
        const end = html.indexOf('</head>');
        const head = html.slice(0, end).replaceAll('<script type="module"', '<script type="module" async');
        await writeFile(`${root}/${page}`, head.replace('<title>', () => `${links}<title>`) + html.slice(end));
      }
    },
  },
});
