import { statusAt, statusNames } from '../../../shared/orders/lifecycle.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { addedLots, carriesLots, lotWithoutRoom, mostLots, type PackageLot } from '../../../shared/traceability/package-lots.ts';
import { findSku } from '../../catalog/find-sku.ts';
import { destinationOf } from '../../orders/find-destination.ts';
import { findPackages, type StoredPackage } from '../../orders/find-packages.ts';
import type { TransactItem } from '../../platform/dynamo.ts';
import { jitter } from '../../platform/retry.ts';
import { addPackageLots, readPackageLots } from '../recalls/recall-store.ts';
import { recalledLots, sourcesOf } from '../recalls/recalled-lots.ts';
import { readHeld, whileHeld } from '../scans/scan-store.ts';
import { readLot, readSellerLotGtins, readSkuGtin, type StoredLot } from '../store.ts';
import { readLotName, severalLots } from './own-lot.ts';
import { boxesNamed, type NamedBox, openBoxes, tieBoxes, tooMany as tooManyBoxes } from './tie-boxes.ts';

interface Asked {
  sellerId: string;
  by: string;
  code: string;
  lots: readonly { sku: string; lot: string; serials?: readonly string[] | undefined }[];
}

/**
 * The seller says from which lots a package is filled. What was said once stays: a recall that reaches one buyer too many does no harm.
 * @throws Problem `not_found`, 422 (an SKU or lot that has no place there), `conflict` (a recalled lot, too many, not the time)
 */
export async function nameLots(asked: Asked, now: Date): Promise<{ code: string; packageId: string; lots: PackageLot[] }> {
  const province = await destinationOf(asked.code.trim().toUpperCase());
  for (let attempt = 1; attempt <= 8; attempt++) {
    const pkg = await ownPackage(asked, now);
    const lots = await Promise.all(asked.lots.map((named, i) => lotOf(pkg, named, i)));
    const before = await readPackageLots(pkg.id);
    const known = before?.lots ?? [];
    const added = addedLots(known, lots);
    const all = [...known, ...added];
    const boxes = boxesNamed(asked.lots, lots);
    const tie = async () => {
      if (boxes.length > 0) await tieBoxes(pkg, boxes, province, now);
      return { code: pkg.code, packageId: pkg.id, lots: all };
    };
    if (added.length === 0) return tie();
    if (all.length > mostLots) throw tooMany();
    const sources = await sourcesOf(added);
    const recalled = await recalledLots(added, sources);
    if (recalled) throw recalled;
    const stillRoom = await roomFor(pkg.id, known, added, boxes);
    const { id: packageId, code, n, placedAt } = pkg;
    const said = { by: asked.by, at: now.toISOString(), boxes: boxes.length };
    // The lots first: a recall then reaches the package even if its boxes are named a moment later.
    if (await addPackageLots({ packageId, code, n, placedAt, ...(province ? { province } : {}) }, before, added, sources, said, stillRoom))
      return tie();
    await jitter(attempt);
  }
  throw new Problem('conflict', {
    vi: 'Kiện hàng đang được xử lý ở nơi khác. Xin thử lại.',
    en: 'The package is being changed elsewhere. Please try again.',
  });
}

/**
 * What must still be true when the lots are written: boxes of an SKU are named only behind its first lot, so only where there is one.
 * @throws Problem `conflict` when every box is known and none is of an added lot, 422 (a box that is not of its lot)
 */
async function roomFor(
  packageId: string,
  known: readonly PackageLot[],
  added: readonly PackageLot[],
  boxes: readonly NamedBox[],
): Promise<TransactItem[]> {
  const skus = [...new Set(added.map(({ sku }) => sku))].filter((sku) => known.some((lot) => lot.sku === sku));
  const [held, fresh] = await Promise.all([readHeld(packageId, skus), boxes.length > 0 ? openBoxes(packageId, boxes) : []]);
  const full = lotWithoutRoom(added, { held, fresh });
  if (!full) return whileHeld(packageId, held);
  const { sku, lot, quantity } = full;
  const isFull = (held.get(sku) ?? 0) >= quantity || !fresh.some((box) => box.gtin === full.gtin && box.lot === lot);
  throw new Problem(
    'conflict',
    isFull
      ? {
          vi: `Kiện hàng có ${quantity} hộp của mã hàng này và cả ${quantity} đã ghi từng mã: lô ${lot} không còn chỗ.`,
          en: `The package holds ${quantity} of this SKU and each box is known: there is no room for lot ${lot}.`,
        }
      : tooManyBoxes(quantity),
  );
}

async function ownPackage({ sellerId, code }: Asked, now: Date): Promise<StoredPackage> {
  const pkg = (await findPackages(code.trim().toUpperCase())).find((p) => p.sellerId === sellerId);
  if (!pkg) throw notFound({ vi: 'Gian hàng của bạn không có đơn này.', en: 'Your stall has no such order.' });
  const status = statusAt(pkg, now);
  if (!carriesLots(status))
    throw new Problem('conflict', {
      vi: `Kiện hàng đang ở bước “${statusNames[status]}”, không ghi lô được.`,
      en: `The package is ${status}: no lots can be named.`,
    });
  return pkg;
}

async function lotOf(pkg: StoredPackage, { sku, lot: name }: Asked['lots'][number], i: number): Promise<PackageLot> {
  const quantity = pkg.lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
  if (quantity === 0) throw invalid(`lots[${i}].sku`, { vi: 'Kiện hàng không có mã hàng này.', en: 'The package does not hold this SKU.' });
  const lot = await lotOfSku(pkg.sellerId, sku, name);
  if (!lot) throw invalid(`lots[${i}].lot`, { vi: 'Mã hàng này không có lô đó.', en: 'This SKU has no such lot.' });
  return { sku, gtin: lot.gtin, lot: lot.lot, quantity };
}

/** Here the SKU says which of several lots of one number is meant. Only an SKU that got another GTIN can have two itself. */
async function lotOfSku(sellerId: string, sku: string, name: string): Promise<StoredLot | undefined> {
  const { gtin, number } = readLotName(name);
  const gtins = gtin
    ? [gtin]
    : (await Promise.all([findSku(sku).then((s) => s?.gtin), readSkuGtin(sku), readSellerLotGtins(sellerId, number)])).flat();
  const lots = await Promise.all([...new Set(gtins)].map((g) => (g ? readLot(g, number) : undefined)));
  const [lot, ...more] = lots.filter((one) => one?.sellerId === sellerId && one.sku === sku) as StoredLot[];
  if (lot && more.length > 0) throw severalLots(number, [lot, ...more]);
  return lot;
}

const tooMany = () =>
  new Problem('conflict', { vi: `Một kiện hàng ghi được nhiều nhất ${mostLots} lô.`, en: `A package can name at most ${mostLots} lots.` });
