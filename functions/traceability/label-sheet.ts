import { notFound } from '../../shared/platform/problem.ts';
import { type Code, codesCsv, pageOf } from '../../shared/traceability/codes-csv.ts';
import { linkPath } from '../../shared/traceability/digital-link.ts';
import { config } from '../platform/config.ts';
import { ownLot } from './own-lot.ts';
import { readBatches, readSerials, type StoredLot, serialsPerRow } from './store.ts';

/** Lambda answers at most 6 MB: a line of CSV is up to 150 bytes, a label about 2 KB in base64. */
const codesPerCsv = 40_000;
const codesPerSheets = 1_000;

const empty = () => notFound({ vi: 'Lô này không có mã nào ở trang đó.', en: 'This lot has no codes on that page.' });

/** The lot's codes numbered `from` to `to` (excluded) in the order of issue; of a batch still being written, those that are there. */
async function codesBetween(lot: StoredLot, from: number, to: number): Promise<Code[]> {
  const codes: Code[] = [];
  let first = 0;
  for (const batch of await readBatches(lot.gtin, lot.lot)) {
    const [start, end] = [Math.max(from - first, 0), Math.min(to - first, batch.count)];
    first += batch.count;
    if (start >= end) continue;
    const rows = await readSerials(batch.id, Math.floor(start / serialsPerRow), Math.floor((end - 1) / serialsPerRow));
    for (const [n, serials] of rows) {
      const here = serials.filter((_, i) => n * serialsPerRow + i >= start && n * serialsPerRow + i < end);
      codes.push(...here.map((serial) => ({ serial, gtin: lot.gtin, lot: lot.lot })));
    }
  }
  return codes;
}

async function pageOfCodes(
  sellerId: string,
  lotName: string,
  size: number,
  page: number | undefined,
): Promise<{ lot: StoredLot; codes: Code[]; pages: number }> {
  const lot = await ownLot(sellerId, lotName);
  const place = pageOf(lot.codesIssued, size, page);
  if (!place) throw empty();
  return { lot, codes: await codesBetween(lot, place.from, place.to), pages: place.pages };
}

/** For a label printer's program, or a spreadsheet. */
export async function codeList(sellerId: string, lotName: string, page: number | undefined): Promise<{ csv: string; pages: number }> {
  const { codes, pages } = await pageOfCodes(sellerId, lotName, codesPerCsv, page);
  return { csv: codesCsv(codes, config.PUBLIC_ORIGIN), pages };
}

/** For an office printer and scissors: A4 sheets of 72 labels. */
export async function labelSheet(
  sellerId: string,
  lotName: string,
  page: number | undefined,
  now: Date,
): Promise<{ pdf: Uint8Array; pages: number }> {
  const { lot, codes, pages } = await pageOfCodes(sellerId, lotName, codesPerSheets, page);
  if (codes.length === 0) throw empty();
  const labels = codes.map(({ serial, gtin }) => ({
    url: config.PUBLIC_ORIGIN + linkPath({ gtin, serial }),
    serial,
    productName: lot.productName,
    lot: lot.lot,
  }));
  // The PDF library takes longer to load than a scan takes to answer, and both live in one function.
  const { drawLabels } = await import('./draw-labels.ts');
  return { pdf: await drawLabels(labels, `Tem truy xuất – ${lot.productName} – lô ${lot.lot}`, now), pages };
}
