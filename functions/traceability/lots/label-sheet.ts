import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { codesCsv } from '../../../shared/traceability/codes-csv.ts';
import { bytesTooMany, linkPath, mostLinkBytes } from '../../../shared/traceability/digital-link.ts';
import { config } from '../../platform/config.ts';
import { codesOfLot } from './codes-of-lot.ts';

/** Lambda answers at most 6 MB: a line of CSV is up to 150 bytes, a label 2 KB in base64. */
const codesPerCsv = 40_000;
const codesPerPdf = 1_000;

/** For a label printer's program, or a spreadsheet. */
export async function codeList(sellerId: string, lotName: string, page: number | undefined): Promise<{ csv: string; pages: number }> {
  const { codes, pages } = await codesOfLot(sellerId, lotName, codesPerCsv, page);
  return { csv: codesCsv(codes, config.PUBLIC_ORIGIN), pages };
}

/** Every link of ours is as long as every other: the market's address decides whether labels can be printed at all. */
function refuseLongAddress(origin: string): void {
  const extra = bytesTooMany(origin);
  if (extra === 0) return;
  throw new Problem('conflict', {
    vi: `Địa chỉ của chợ (${origin}) dài quá ${extra} ký tự: mã QR trên tem 20 × 30 mm chỉ chứa liên kết ${mostLinkBytes} byte. Chợ cần tên miền ngắn hơn mới in được tem; tệp CSV vẫn tải được.`,
    en: `The market’s address (${origin}) is ${extra} characters too long: the QR code of a label of 20 × 30 mm holds a link of ${mostLinkBytes} bytes. The market needs a shorter domain to print labels; the CSV file can still be taken.`,
  });
}

/** For an office printer and scissors: A4 sheets of 72 labels. */
export async function labelSheet(
  sellerId: string,
  lotName: string,
  page: number | undefined,
  now: Date,
): Promise<{ pdf: Uint8Array; pages: number }> {
  refuseLongAddress(config.PUBLIC_ORIGIN);
  const { lot, codes, pages } = await codesOfLot(sellerId, lotName, codesPerPdf, page);
  if (codes.length === 0) throw notFound({ vi: 'Lô này chưa có mã nào để in.', en: 'This lot has no codes to print yet.' });
  const labels = codes.map(({ serial, gtin }) => ({
    url: config.PUBLIC_ORIGIN + linkPath({ gtin, serial }),
    gtin,
    serial,
    productName: lot.productName,
    lot: lot.lot,
  }));
  // The PDF library takes longer to load than a scan takes to answer, and both live in one function.
  const { drawLabels } = await import('./draw-labels.ts');
  return { pdf: await drawLabels(labels, `Tem truy xuất – ${lot.productName} – lô ${lot.lot}`, now), pages };
}
