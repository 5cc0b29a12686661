import { findCommune } from '../../../shared/shipping/places.ts';
import type { LotScans } from '../../../shared/traceability/scans/contract.ts';
import { copyFindings } from '../../../shared/traceability/scans/copies.ts';
import { lotFindings, placesOfLot } from '../../../shared/traceability/scans/lot-scans.ts';
import { unseen } from '../../../shared/traceability/scans/scans.ts';
import { placeName } from '../../../shared/traceability/scans/viewer-place.ts';
import { findSeller } from '../../sellers/find-seller.ts';
import { ownLot } from '../lots/own-lot.ts';
import { readLotDoubts } from './doubt-store.ts';
import { readItems, readLotCounts, readSuspects } from './scan-store.ts';
import { sentBoxes } from './sent-boxes.ts';

const mostShown = 50;

/**
 * Where a seller's lot is looked at, beside where it was sent, with what is odd about it; nothing that tells one visitor from another.
 * @throws Problem `not_found`, also for another's lot
 */
export async function scansOfLot(sellerId: string, name: string): Promise<LotScans> {
  const stored = await ownLot(sellerId, name);
  const { gtin, lot, codesIssued: coded } = stored;
  const [counts, suspects, doubts, seller] = await Promise.all([
    readLotCounts(gtin, lot),
    readSuspects(gtin, lot, mostShown),
    readLotDoubts(gtin, lot, mostShown),
    findSeller(sellerId),
  ]);
  const items = await readItems(suspects.map(({ serial }) => ({ gtin, serial })));
  const home = seller && findCommune(seller.commune.code)?.province.code;
  const sent = sentBoxes(stored);
  const places = placesOfLot({ home, coded, sent, boxesSeen: counts.boxes });
  const sum = (of: Record<string, number>) => Object.values(of).reduce((a, b) => a + b, 0);
  return {
    lot,
    gtin,
    codesIssued: coded,
    scans: sum(counts.scans),
    boxesSent: sum(sent),
    provinces: places.map(({ place, expected, ...of }) => ({
      ...{ code: place, name: placeName(place), ...of, scans: counts.scans[place] ?? 0 },
      ...(expected === undefined ? {} : { expected: Math.round(expected * 10) / 10 }),
    })),
    findings: lotFindings(places, { boxesSent: sum(sent), netWeightGrams: stored.netWeightGrams, quantityGrams: stored.quantityGrams }),
    suspicious: suspects.map(({ serial, since }) => {
      const item = items.get(`${gtin}/${serial}`);
      const facts = { home, soldTo: item?.soldIn?.province, lotDoubts: stored.doubtful?.provinces };
      return { serial, since, scans: item?.scanCount ?? 0, findings: copyFindings(item?.seen ?? unseen, facts).map((f) => f.forSeller) };
    }),
    doubts: doubts.map(({ id, at, serial, kind, text }) => ({ id, at, serial, kind, text })),
  };
}
