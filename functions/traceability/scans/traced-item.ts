import { isOver } from '../../../shared/orders/lifecycle.ts';
import { findCommune } from '../../../shared/shipping/places.ts';
import type { JourneyStep } from '../../../shared/traceability/graph/steps.ts';
import type { ToldRecall } from '../../../shared/traceability/graph/told-recall.ts';
import { copyFindings, type ItemFacts, isSuspicious } from '../../../shared/traceability/scans/copies.ts';
import { unseen } from '../../../shared/traceability/scans/scans.ts';
import { stateOf, type TraceState } from '../../../shared/traceability/scans/states.ts';
import type { Sale } from '../../../shared/traceability/scans/trace.ts';
import type { Place } from '../../../shared/traceability/scans/viewer-place.ts';
import { findPackagesById, type StoredPackage } from '../../orders/find-packages.ts';
import { snapshots } from '../../platform/snapshots.ts';
import { findSeller, type StoredSeller } from '../../sellers/find-seller.ts';
import { journeyOf } from '../graph/journey-of.ts';
import { lotKey, readItem, readLot, type StoredItem, type StoredLot } from '../store.ts';
import type { BoxInPackage } from './scan-store.ts';

/** An item with what a scan of it is judged by. Its lot's recall and its package are as they are now. */
export interface TracedItem {
  item: StoredItem;
  lot: StoredLot;
  /** What events tell, in order of time. */
  steps: readonly JourneyStep[];
  /** A recall that only events tell. */
  toldRecall?: ToldRecall | undefined;
  sale?: Sale | undefined;
  /** Absent when the seller has left the market. */
  seller?: StoredSeller | undefined;
  /** The seller's province. */
  home?: Place | undefined;
}

/** What became of the package: cancelled before it left, it never left; brought back after that, it was returned. */
function saleOf(soldIn: BoxInPackage, pkg: StoredPackage | undefined): Sale | undefined {
  if (!pkg) return undefined;
  const sentAt = pkg.history.find(({ status }) => status === 'shipped')?.at;
  const shipment = sentAt === undefined ? 'not_sent' : isOver(pkg.status) ? 'returned' : 'sent';
  return { shipment, orderedAt: soldIn.orderedAt, to: soldIn.province, sentAt };
}

/** Whether the code was issued once and its records are no longer kept. */
export const isForgotten = async (gtin: string, serial: string): Promise<boolean> =>
  (await readItem(gtin, serial))?.forgottenOn !== undefined;

/** A recall shows on every scan within this time, and at once on those of the function that took it. */
const lots = snapshots<StoredLot | undefined>({ maxAgeMs: 2_000 });
const lotOf = (gtin: string, lot: string): Promise<StoredLot | undefined> =>
  lots.get(`${gtin} ${lot}`, async () => ({ value: await readLot(gtin, lot), madeOf: [lotKey(gtin, lot).pk] }));

/** Undefined for a code that was never issued, or of which nothing is kept any more. Two or three reads, however often it was scanned. */
export async function readTraced(gtin: string, serial: string): Promise<TracedItem | undefined> {
  const item = await readItem(gtin, serial);
  if (!item || item.forgottenOn !== undefined) return undefined;
  const { soldIn } = item;
  const [lot, packages] = await Promise.all([lotOf(gtin, item.lot), soldIn && findPackagesById([soldIn])]);
  if (!lot) return undefined;
  const [seller, journey] = await Promise.all([findSeller(lot.sellerId), journeyOf({ ...lot, serial })]);
  // What was made of recalled goods is recalled.
  const recall = lot.recall ?? journey.recalledOrigin?.recall;
  return {
    item,
    lot: { ...lot, recall },
    steps: journey.steps,
    toldRecall: journey.toldRecall,
    sale: soldIn && saleOf(soldIn, packages?.get(soldIn.packageId)),
    seller,
    home: seller && findCommune(seller.commune.code)?.province.code,
  };
}

/** What scans of the item are judged by. */
export const factsOf = ({ lot, sale, home }: TracedItem): ItemFacts => ({ home, soldTo: sale?.to, lotDoubts: lot.doubtful?.provinces });

/** @param today `YYYY-MM-DD` in Việt Nam */
export function stateOfTraced(traced: TracedItem | undefined, today: string): TraceState {
  const { item, lot, sale } = traced ?? {};
  return stateOf({
    isIssued: traced !== undefined,
    isRecalled: lot?.recall !== undefined,
    isSuspicious: traced !== undefined && isSuspicious(copyFindings(item?.seen ?? unseen, factsOf(traced))),
    useBy: lot?.useBy,
    today,
    shipment: sale?.shipment ?? 'unknown',
  });
}
