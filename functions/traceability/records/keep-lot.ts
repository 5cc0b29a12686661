import { keepLotUntil } from '../../../shared/traceability/records/retention.ts';
import { readSold } from '../recalls/recall-store.ts';
import { type Batch, readBatches, type StoredLot } from '../store.ts';

/**
 * The last day on which a lot's records are kept, as things stand: whatever is recorded of it later may move it.
 * @param batches if they were read already
 */
export async function keptUntil(lot: StoredLot, batches?: readonly Batch[]): Promise<string> {
  const [issued, { packages }] = await Promise.all([
    batches ?? readBatches(lot.gtin, lot.lot),
    // The newest order; a lot is named on it later than it was placed, by days.
    readSold(lot.gtin, lot.lot, 1, undefined),
  ]);
  const instants = [lot.recordedAt, ...issued.map(({ issuedAt }) => issuedAt), ...packages.map(({ placedAt }) => placedAt)];
  const lastRecordedAt = instants.reduce((a, b) => (a > b ? a : b));
  return keepLotUntil({ useBy: lot.useBy, lastRecordedAt });
}
