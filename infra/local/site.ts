import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild } from './children.ts';
import { tryLock } from './data-dir.ts';
import { Stop } from './say.ts';
import { root } from './settings.ts';
import { isSite, openSite, type StaticSite } from './static-site.ts';

const builds = join(root, '.build', 'local-sites');
const keptBuilds = 6;
const notSources = /(?:^|\/)(?:node_modules|\.astro|dist)(?:\/|$)/;

/** The same sources and catalogue give the same site, whatever port or folder the market runs on. */
function sourceDigest(): string {
  const hash = createHash('sha256');
  for (const folder of ['web', 'shared']) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !notSources.test(path.slice(root.length)))
      .sort();
    for (const path of files) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Members that change with every order, or with the moment a demonstration market was filled; pages ask for them anew.
 * Without them a fresh DATA_DIR has the same catalogue as the last one, and its site is not built again.
 */
const passing = new Set(['available', 'remaining', 'startsAt', 'endsAt']);

/** The engine hands out the members of a map in another order each time. */
const settled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(settled)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => !passing.has(name))
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, inner]) => [name, settled(inner)]),
        )
      : value;

async function pagesOf(origin: string, path: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const answer = await fetch(`${origin}${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    if (!answer.ok)
      throw new Stop(
        `Không đọc được ${path} để dựng trang (${answer.status}).`,
        `${path} answered ${answer.status}, so the site cannot be built.`,
      );
    const page = (await answer.json()) as { items: unknown[]; nextCursor?: string };
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

async function catalogueDigest(origin: string): Promise<string> {
  const lists = await Promise.all(['/api/products', '/api/sellers', '/api/campaigns'].map((path) => pagesOf(origin, path)));
  return createHash('sha256')
    .update(JSON.stringify(settled(lists)))
    .digest('hex')
    .slice(0, 16);
}

const folderOf = (sources: string, catalogue: string) => join(builds, `${sources}-${catalogue}`);

/** Not one that is being built or whose sources changed meanwhile. */
const isWhole = (name: string): boolean => /^[0-9a-f]+-[0-9a-f]+$/.test(name) && isSite(join(builds, name));

/** The youngest site built from the same sources, whatever the catalogue was. */
function earlierBuild(sources: string): string | undefined {
  if (!existsSync(builds)) return undefined;
  return readdirSync(builds)
    .filter((name) => name.startsWith(`${sources}-`) && isWhole(name))
    .map((name) => join(builds, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Other sources' sites stay for a while, so that changing branches does not build anew each time. Called with the build lock held. */
function forgetOldBuilds(keep: string): void {
  const names = readdirSync(builds, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  const old = names
    .filter((name) => isWhole(name) && join(builds, name) !== keep)
    .sort((a, b) => statSync(join(builds, b)).mtimeMs - statSync(join(builds, a)).mtimeMs)
    .slice(keptBuilds - 1);
  const unfinished = names.filter((name) => !isWhole(name) && join(builds, name) !== keep);
  for (const name of [...old, ...unfinished]) rmSync(join(builds, name), { recursive: true, force: true });
}

/** One build at a time in this checkout: Astro keeps working files beside the sources. */
async function buildLock(): Promise<{ release: () => void }> {
  mkdirSync(builds, { recursive: true });
  for (;;) {
    const lock = tryLock(join(builds, 'lock'));
    if (lock) return lock;
    await wait(300);
  }
}

function astroScript(): string {
  const manifest = createRequire(import.meta.url).resolve('astro/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | { astro: string } };
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin.astro);
}

/**
 * Builds beside and renames into place, so that nobody ever serves half a site.
 * @returns where it is: under another name when the sources were edited during the build, for then it is theirs in part only
 */
async function build(sources: string, catalogue: string, dataDir: string, origin: string): Promise<string> {
  const folder = folderOf(sources, catalogue);
  const lock = await buildLock();
  try {
    // Whoever held the lock before may have built the same.
    if (isSite(folder)) return folder;
    const beside = `${folder}.new`;
    rmSync(beside, { recursive: true, force: true });
    const child = startChild(dataDir, {
      name: 'site-build',
      isTalkative: true,
      command: process.execPath,
      args: [astroScript(), 'build', '--root', join(root, 'web')],
      // Astro loads its intermediate files from below the working folder, where it must find the packages.
      cwd: root,
      env: {
        CATALOG_ORIGIN: origin,
        SITE_OUT_DIR: beside,
        ASTRO_TELEMETRY_DISABLED: '1',
        NODE_ENV: 'production',
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
      },
    });
    await child.exited;
    const isBuilt = child.process.exitCode === 0 && isSite(beside);
    await child.stop();
    if (!isBuilt) {
      rmSync(beside, { recursive: true, force: true });
      throw new Stop(
        `Dựng trang không xong:\n${child.lastWords()}\n`,
        'The storefront could not be built; see above. SITE=none starts the API alone.',
      );
    }
    const place = sourceDigest() === sources ? folder : `${folder}.edited`;
    rmSync(place, { recursive: true, force: true });
    renameSync(beside, place);
    forgetOldBuilds(place);
    return place;
  } finally {
    lock.release();
  }
}

/**
 * The storefront for these sources and this catalogue. When only the catalogue has changed since the last build, that one is served at once
 * (prices and stock are asked for anyway, new products have a generic page) and `replace` gets the new one later.
 * @param origin where this market's API answers already
 * @throws Stop with the build's own words when it fails and there is nothing to serve
 */
export async function keepSite(options: {
  dataDir: string;
  origin: string;
  publicOrigin: string;
  replace: (site: StaticSite) => void;
}): Promise<StaticSite> {
  const { dataDir, origin, publicOrigin, replace } = options;
  const sources = sourceDigest();
  const catalogue = await catalogueDigest(origin);
  const folder = folderOf(sources, catalogue);
  const earlier = isSite(folder) ? folder : earlierBuild(sources);
  if (!earlier) return openSite(await build(sources, catalogue, dataDir, origin), publicOrigin);
  if (earlier === folder) utimesSync(folder, new Date(), new Date());
  else {
    build(sources, catalogue, dataDir, origin).then(
      (built) => replace(openSite(built, publicOrigin)),
      (error: unknown) => console.error(error instanceof Stop ? error.message : error),
    );
  }
  return openSite(earlier, publicOrigin);
}
