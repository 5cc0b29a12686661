import { notFound } from '../../shared/platform/problem.ts';
import { codesCsv } from '../../shared/traceability/codes-csv.ts';
import { linkPath } from '../../shared/traceability/digital-link.ts';
import { config } from '../platform/config.ts';
import { codesOfLot } from './codes-of-lot.ts';

/** Lambda answers at most 6 MB: a line of CSV is up to 150 bytes, a label 2 KB in base64. */
const codesPerCsv = 40_000;
const codesPerPdf = 1_000;

/** For a label printer's program, or a spreadsheet. */
export async function codeList(sellerId: string, lotName: string, page: number | undefined): Promise<{ csv: string; pages: number }> {
  const { codes, pages } = await codesOfLot(sellerId, lotName, codesPerCsv, page);
  return { csv: codesCsv(codes, config.PUBLIC_ORIGIN), pages };
}

/** For an office printer and scissors: A4 sheets of 72 labels. */
export async function labelSheet(
  sellerId: string,
  lotName: string,
  page: number | undefined,
  now: Date,
): Promise<{ pdf: Uint8Array; pages: number }> {
  const { lot, codes, pages } = await codesOfLot(sellerId, lotName, codesPerPdf, page);
  if (codes.length === 0) throw notFound({ vi: 'Lô này chưa có mã nào để in.', en: 'This lot has no codes to print yet.' });
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
