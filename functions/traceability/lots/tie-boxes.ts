import { isOver, type PackageStatus } from '../../../shared/orders/lifecycle.ts';
import { invalid, Problem, type Text } from '../../../shared/platform/problem.ts';
import { ownSerial } from '../../../shared/traceability/digital-link.ts';
import { mostSerials, type PackageLot } from '../../../shared/traceability/package-lots.ts';
import { findPackagesById } from '../../orders/find-packages.ts';
import { jitter } from '../../platform/retry.ts';
import { type BoxInPackage, readItems, tieItems } from '../scans/scan-store.ts';

/** One box that the seller says lies in the package. */
export interface NamedBox {
  sku: string;
  /** How many of the SKU the package holds. */
  quantity: number;
  gtin: string;
  lot: string;
  serial: string;
  /** Where in the request it stands. */
  path: string;
}

/**
 * The boxes of a request, each once.
 * @throws Problem 422 for what cannot be a serial of ours, one that is said of two lots, more boxes of an SKU than the package holds, or too
 * many for one request
 */
export function boxesNamed(
  asked: readonly { sku: string; serials?: readonly string[] | undefined }[],
  lots: readonly PackageLot[],
): NamedBox[] {
  const boxes = new Map<string, NamedBox>();
  const held = new Map<string, { quantity: number; boxes: number }>();
  for (const [i, { serials = [] }] of asked.entries()) {
    const of = lots[i];
    if (!of) continue;
    const count = held.get(of.sku) ?? { quantity: of.quantity, boxes: 0 };
    held.set(of.sku, count);
    for (const [j, text] of serials.entries()) {
      const path = `lots[${i}].serials[${j}]`;
      const serial = ownSerial(text);
      if (!serial) throw invalid(path, { vi: 'Mã riêng có 12 chữ và số.', en: 'A serial has 12 characters.' });
      const key = `${of.gtin}/${serial}`;
      const before = boxes.get(key);
      if (before && before.lot !== of.lot) throw invalid(path, ofOtherLot);
      if (before) continue;
      boxes.set(key, { sku: of.sku, quantity: of.quantity, gtin: of.gtin, lot: of.lot, serial, path });
      if (++count.boxes > count.quantity) throw invalid(path, tooMany(count.quantity));
    }
  }
  if (boxes.size > mostSerials)
    throw invalid('lots', { vi: `Mỗi lần ghi nhiều nhất ${mostSerials} hộp.`, en: `At most ${mostSerials} boxes at a time.` });
  return [...boxes.values()];
}

const elsewhere = (serial: string) =>
  new Problem('conflict', { vi: `Hộp ${serial} đã nằm trong một kiện hàng khác.`, en: `Box ${serial} is in another package already.` });

const ofOtherLot: Text = { vi: 'Lô này không có hộp mang mã đó.', en: 'The lot has no box with this serial.' };

export const tooMany = (quantity: number): Text => ({
  vi: `Kiện hàng chỉ có ${quantity} hộp của mã hàng này.`,
  en: `The package holds only ${quantity} of this SKU.`,
});

/** Rivals are hands that fill the same package at the same time. */
const maxAttempts = 8;

/**
 * Writes on each box which package it lies in. A box leaves a package only when that package is over (cancelled, returned). What was
 * written before an error stays and is right; the same request sent again goes on.
 * @throws Problem 422 (a box that is not of that lot), `conflict` (a box in another package, more boxes than the package holds)
 */
export async function tieBoxes(
  pkg: { id: string; code: string; n: number; placedAt: string },
  boxes: readonly NamedBox[],
  province: string | undefined,
  now: Date,
): Promise<void> {
  const soldIn: BoxInPackage = {
    ...{ packageId: pkg.id, code: pkg.code, n: pkg.n, orderedAt: pkg.placedAt, tiedAt: now.toISOString() },
    ...(province === undefined ? {} : { province }),
  };
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const outcome = await tieOnce(soldIn, await openBoxes(pkg.id, boxes));
    if (outcome === 'tied') return;
    await jitter(attempt);
  }
  throw new Problem(
    'unavailable',
    { vi: 'Kiện hàng đang được ghi ở nơi khác. Xin thử lại.', en: 'The package is being filled elsewhere. Please try again.' },
    { retryAfterSeconds: 1 },
  );
}

/**
 * Those that are not in the package yet, as they are now.
 * @throws Problem 422 (a box that is not of that lot), `conflict` (a box in another package)
 */
export async function openBoxes(
  packageId: string,
  boxes: readonly NamedBox[],
): Promise<(NamedBox & { before?: BoxInPackage | undefined })[]> {
  const items = await readItems(boxes);
  const known = boxes.map((box) => {
    const item = items.get(`${box.gtin}/${box.serial}`);
    if (item?.lot !== box.lot) throw invalid(box.path, ofOtherLot);
    return { ...box, before: item.soldIn };
  });
  const open = known.filter(({ before }) => before?.packageId !== packageId);
  const others = open.flatMap(({ before }) => before ?? []);
  const packages = others.length > 0 ? await findPackagesById(others) : new Map<string, { status: PackageStatus }>();
  for (const { before, serial } of open) {
    const other = before && packages.get(before.packageId);
    if (other && !isOver(other.status)) throw elsewhere(serial);
  }
  return open;
}

async function tieOnce(soldIn: BoxInPackage, open: Awaited<ReturnType<typeof openBoxes>>): Promise<'tied' | 'changed'> {
  for (const [sku, boxes] of Map.groupBy(open, (box) => box.sku)) {
    const quantity = boxes[0]?.quantity ?? 0;
    const outcome = await tieItems({ sku, quantity, boxes }, soldIn);
    if (outcome === 'too_many') throw new Problem('conflict', tooMany(quantity));
    if (outcome === 'changed') return outcome;
  }
  return 'tied';
}
