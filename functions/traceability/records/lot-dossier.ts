import { notFound, type Problem } from '../../../shared/platform/problem.ts';
import { publicAddress } from '../../../shared/sellers/public-address.ts';
import { readLink } from '../../../shared/traceability/digital-link.ts';
import type { LotDossier } from '../../../shared/traceability/records/contract.ts';
import { findSeller } from '../../sellers/find-seller.ts';
import { readLotCounts } from '../scans/scan-store.ts';
import { readLot } from '../store.ts';
import { proofsOf } from './chain-of.ts';
import { eventsOfLot, inPages } from './events-of-lot.ts';
import { readLotsAndForgotten } from './forget-store.ts';
import { keptUntil } from './keep-lot.ts';
import { lotPortal } from './lot-portal.ts';
import { countAround, readLotRecords } from './lot-records-store.ts';

/** With its proof an event is some 3 KB. */
const eventsPerPage = 300;

/** Nothing is told of a lot that is forgotten but that it was there, and until when. */
async function absent({ gtin, lot }: { gtin: string; lot: string }): Promise<Problem> {
  const known = readLink({ gtin, lot }).ok ? (await readLotsAndForgotten([{ gtin, lot }])).forgotten.get(`${gtin}/${lot}`) : undefined;
  return notFound(
    known
      ? {
          vi: `Hồ sơ của lô này được lưu đến hết ngày ${known.keptUntil} theo luật, và đã xóa ngày ${known.forgottenOn}.`,
          en: `The records of this lot were kept until ${known.keptUntil}, as the law demands, and forgotten on ${known.forgottenOn}.`,
        }
      : { vi: 'Chợ không có lô này.', en: 'The market has no such lot.' },
  );
}

/**
 * Everything about one lot in one answer, for an authority that asks (Circular 31/2026/TT-BCT, Art. 9: within 24 hours). Who bought is
 * not in it: packages are counted, and an authority that needs the buyers asks by the recall's notices.
 * @throws Problem `not_found`
 */
export async function lotDossier(asked: { gtin: string; lot: string }, page: number, now: Date): Promise<LotDossier> {
  const lot = readLink(asked).ok ? await readLot(asked.gtin, asked.lot) : undefined;
  if (!lot) throw await absent(asked);
  const { gtin, lot: number, sellerId } = lot;
  const [records, around, counts, seller, portal, { events, isWhole }] = await Promise.all([
    readLotRecords(gtin, number),
    countAround(gtin, number),
    readLotCounts(gtin, number),
    findSeller(sellerId),
    lotPortal(lot, now),
    eventsOfLot(lot),
  ]);
  const pages = inPages(events, eventsPerPage);
  const shown = pages[page - 1] ?? [];
  const proofs = await proofsOf(sellerId, shown);
  return {
    madeAt: now.toISOString(),
    lot: {
      ...{ gtin, lot: number, sku: lot.sku, productName: lot.productName, harvestedOn: lot.harvestedOn, recordedAt: lot.recordedAt },
      ...{ useBy: lot.useBy, plantingAreaCode: lot.plantingAreaCode, note: lot.note, certificates: lot.certificates },
      ...{ quantityGrams: lot.quantityGrams, codesIssued: lot.codesIssued, codedGrams: lot.codedGrams },
      batches: records.batches.map(({ count, issuedAt }) => ({ count, issuedAt })),
      keepUntil: await keptUntil(lot, records.batches),
    },
    // Name by name: a stored seller also holds a bank account and a telephone number.
    ...(seller
      ? {
          seller: {
            ...{ id: seller.id, slug: seller.slug, name: seller.name, legalType: seller.legalType, verified: seller.verified },
            address: publicAddress(seller),
          },
        }
      : {}),
    recalls: records.recalls,
    ...around,
    scans: Object.values(counts.scans).reduce((sum, n) => sum + n, 0),
    portal,
    events: shown.map(({ event, hash }, i) => ({ event: { ...event }, hash, ...(proofs[i] ? { proof: proofs[i] } : {}) })),
    page,
    pages: pages.length,
    isWhole,
  };
}
