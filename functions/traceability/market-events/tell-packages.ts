import { setTimeout as wait } from 'node:timers/promises';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { isTold, packageCorrections, packageEvents, packageName } from '../../../shared/traceability/market-events/package-events.ts';
import { destinationOf } from '../../orders/find-destination.ts';
import { findPackagesById, type StoredPackage } from '../../orders/find-packages.ts';
import { readEventsOfAll } from '../epcis/event-store.ts';
import { writeEvents } from '../epcis/write-events.ts';
import { type PackageContents, readPackageContents } from './contents-store.ts';
import { making } from './making.ts';

/** Somebody names lots while the package is being told; eight times in a row is nobody's hand. */
const patience = 8;

/** The order of a package and its number in it. */
export const orderOf = (packageId: string) => {
  const dash = packageId.lastIndexOf('-');
  return { code: packageId.slice(0, dash), n: Number(packageId.slice(dash + 1)) };
};

/** Contents only grow, so what they are is said by how much there is. */
const isSame = (a: PackageContents | undefined, b: PackageContents | undefined): boolean =>
  a?.lots.length === b?.lots.length && a?.named.length === b?.named.length;

/** So long are boxes waited for that a request is just naming; it may have died. */
const boxesWithinMs = 3_000;
const lookAgainMs = 100;

/**
 * A request names lots first and then boxes in them. Told in between, the package would have to be told again with the first telling
 * declared wrong.
 */
async function settledContents(packageId: string): Promise<PackageContents> {
  for (;;) {
    const contents = await readPackageContents(packageId);
    const { coming, named } = contents;
    const known = named.reduce((sum, { boxes }) => sum + boxes.length, 0);
    if (!coming || known >= coming.boxes || Date.now() > Date.parse(coming.at) + boxesWithinMs) return contents;
    await wait(lookAgainMs);
  }
}

const byId = async (ids: readonly string[]): Promise<Map<string, PackageContents>> =>
  new Map((await Promise.all(ids.map(settledContents))).map((contents) => [contents.packageId, contents]));

async function wantedEvents(pkg: StoredPackage, contents: PackageContents): Promise<EpcisEvent[]> {
  const home = { slug: pkg.sellerSlug, communeCode: pkg.communeCode };
  const isOut = pkg.history.some(({ status }) => status === 'shipped');
  const province = isOut ? await destinationOf(pkg.code) : undefined;
  return packageEvents({ ...contents, id: pkg.id, code: pkg.code, home, history: pkg.history, province }, making);
}

/** What is missing, and what has become wrong, against what is recorded. */
async function tellOfSeller(sellerId: string, packages: readonly { id: string; wanted: EpcisEvent[] }[], now: Date): Promise<void> {
  const recorded = await readEventsOfAll(
    sellerId,
    packages.map(({ id }) => packageName(id, making)),
  );
  const events = packages.flatMap(({ id, wanted }) => {
    const before = (recorded.get(packageName(id, making)) ?? []).map(({ event }) => event);
    const known = new Set(before.map(({ eventID }) => eventID));
    return [...wanted.filter(({ eventID }) => !known.has(eventID)), ...packageCorrections(before, wanted, now)];
  });
  if (events.length > 0) await writeEvents(sellerId, events, now);
}

/**
 * Brings the events of packages in line with the packages and with what was named on them. Both change on their own, in either order and
 * in two tables: whoever hears of a change writes what is to be told of both as they are now, and looks again whether the contents have
 * changed meanwhile. Doing it twice, or twice at once, is doing it once.
 */
export async function tellPackages(packageIds: readonly string[], now: Date): Promise<void> {
  let open = [...new Set(packageIds)];
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === patience) throw new Error(`the contents of ${open.length} packages changed ${patience} times while they were told`);
    const contents = await byId(open);
    const named = [...contents.values()].filter(({ lots }) => lots.length > 0);
    const packages = await findPackagesById(named.map(({ packageId }) => orderOf(packageId)));
    const wanted = await Promise.all(
      [...packages.values()]
        .filter(({ history }) => history.some(({ status }) => isTold(status)))
        .map(async (pkg) => ({
          id: pkg.id,
          sellerId: pkg.sellerId,
          wanted: await wantedEvents(pkg, contents.get(pkg.id) as PackageContents),
        })),
    );
    for (const [sellerId, own] of Map.groupBy(wanted, (pkg) => pkg.sellerId)) await tellOfSeller(sellerId, own, now);
    const after = await byId(wanted.map(({ id }) => id));
    open = [...after.keys()].filter((id) => !isSame(after.get(id), contents.get(id)));
  }
}
