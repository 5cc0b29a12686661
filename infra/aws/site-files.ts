import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { placeholderOrigin, textFile } from '../site-rules.ts';
import { root } from './bundle.ts';

export interface SiteFiles {
  /** A copy of the built site that carries the real address. */
  dir: string;
  /** Every page of it, as CloudFront's function asks for them: `san-pham/vai-thieu/index.html`. */
  pages: string[];
}

/** The local runner keeps its own builds below the same folder (`infra/local/site.ts`). */
const localBuild = /^(?:[0-9a-f]{8,}-[0-9a-f]{8,}[^/\\]*|lock)(?:[/\\]|$)/;

/** Absent when the site has not been built (`npm run build:web`). */
export async function prepareSite(
  publicOrigin: string,
  from = join(root, '.build/site'),
  to = join(root, '.build/site-deploy'),
): Promise<SiteFiles | undefined> {
  if (!existsSync(join(from, 'index.html'))) return undefined;
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (path) => !localBuild.test(relative(from, path)) });
  const files = (await readdir(to, { recursive: true, withFileTypes: true }))
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name));
  for (const file of files.filter((name) => textFile.test(name))) {
    const text = await readFile(file, 'utf8');
    if (text.includes(placeholderOrigin)) await writeFile(file, text.replaceAll(placeholderOrigin, publicOrigin));
  }
  const pages = files.map((file) => relative(to, file).split(sep).join('/')).filter((file) => file.endsWith('.html'));
  return { dir: to, pages: pages.sort() };
}
