import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { serialGroups } from '../../../shared/traceability/digital-link.ts';
import font from './label-font.json' with { type: 'json' };
import { byScript, wrap } from './label-text.ts';

export interface Label {
  url: string;
  gtin: string;
  serial: string;
  productName: string;
  lot: string;
}

const mm = 72 / 25.4;
const a4 = { width: 210, height: 297 };

/** 20 × 30 mm, 6 across and 12 down with gutters of 2 mm: 10 mm are left at the sides, 17.5 mm at the top and bottom. */
export const grid = { columns: 6, rows: 12, width: 30, height: 20, gutter: 2, side: 10, top: (a4.height - 12 * 20 - 11 * 2) / 2 };
export const labelsPerSheet = grid.columns * grid.rows;

/** Where the n-th label of a sheet begins, in mm from the upper left corner. */
export const placeOf = (n: number): { x: number; y: number } => ({
  x: grid.side + (n % grid.columns) * (grid.width + grid.gutter),
  y: grid.top + Math.floor(n / grid.columns) * (grid.height + grid.gutter),
});

/** Modules that must stay white around a QR code. */
const quietZone = 4;

/**
 * The dark modules of a link's QR code in a square of the label's height. Level M survives 8 % of the code being covered. The longest
 * link a label takes (`mostLinkBytes`) is a code of 37 modules: 0.444 mm each, where GS1 asks 0.396 mm of retail codes at least.
 * The path of an item is digits, capitals and slashes, which the code holds in 5½ bits each; being told so saves the library a search.
 */
export function qrOf(url: string): { size: number; module: number; isDark: (row: number, column: number) => boolean } {
  const path = url.indexOf('/', 'https://'.length);
  const { modules } = QRCode.create(
    [
      { data: Buffer.from(url.slice(0, path)), mode: 'byte' },
      { data: url.slice(path), mode: 'alphanumeric' },
    ],
    { errorCorrectionLevel: 'M' },
  );
  return {
    size: modules.size,
    module: grid.height / (modules.size + 2 * quietZone),
    isDark: (row, column) => modules.get(row, column) === 1,
  };
}

type Pdf = InstanceType<typeof PDFDocument>;

/**
 * One rectangle per run of dark modules: a vector code stays sharp at any printer's resolution. Written as one piece, in modules: call by
 * call, in points, a code cost the library 250 writes and made the file three times as large.
 */
function drawQr(pdf: Pdf, url: string, x: number, y: number): void {
  const { size, module, isDark } = qrOf(url);
  const points = (millimetres: number): string => (millimetres * mm).toFixed(4);
  let code = `q ${points(module)} 0 0 ${points(module)} ${points(x)} ${points(y)} cm 0 g\n`;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column;
      while (column < size && isDark(row, column)) column++;
      if (column > start) code += `${quietZone + start} ${quietZone + row} ${column - start} 1 re\n`;
    }
  }
  pdf.addContent(`${code}f\nQ`);
}

/** Text in the two halves of the font: a browser chooses between them by script, a PDF must be told. */
function drawText(pdf: Pdf, text: string, x: number, y: number, points: number): void {
  let at = x * mm;
  for (const { script, run } of byScript(text)) {
    pdf
      .font(script)
      .fontSize(points)
      .text(run, at, y * mm, { lineBreak: false });
    at += pdf.widthOfString(run);
  }
}

const widthOf =
  (pdf: Pdf, points: number) =>
  (text: string): number =>
    byScript(text).reduce((sum, { script, run }) => sum + pdf.font(script).fontSize(points).widthOfString(run), 0) / mm;

/** In points; a line is 1.2 times as high. */
const sizes = { name: 4.8, lot: 3.8, serial: 6.4, gtin: 4 };
const heightOf = (points: number): number => (points * 1.2) / mm;
const textWidth = 7.6;
const edge = 0.85;

interface Words {
  name: string[];
  lot: string[];
}

/** A lot is never cut short, since a recall names it: 20 wide letters take five lines, and the name has what the lot leaves. */
function wordsOf(pdf: Pdf, productName: string, lotNumber: string): Words {
  const lot = wrap(`Lô ${lotNumber}`, textWidth, widthOf(pdf, sizes.lot), 5);
  const left = grid.height - 2 * edge - 3 * heightOf(sizes.serial) - lot.length * heightOf(sizes.lot);
  return { lot, name: wrap(productName, textWidth, widthOf(pdf, sizes.name), Math.floor(left / heightOf(sizes.name))) };
}

/** Right of the code: what it is, which lot, and at the foot the serial in three groups of four for reading aloud. */
function drawWords(pdf: Pdf, { name, lot }: Words, serial: string, x: number, y: number): void {
  let top = y + edge;
  const lines = (texts: string[], points: number) => {
    for (const text of texts) {
      drawText(pdf, text, x, top, points);
      top += heightOf(points);
    }
  };
  lines(name, sizes.name);
  lines(lot, sizes.lot);
  const groups = serialGroups(serial);
  top = y + grid.height - edge - groups.length * heightOf(sizes.serial);
  lines(groups, sizes.serial);
}

/** Along the right edge, from top to bottom: whoever types a code that no camera reads needs the GTIN as well as the serial. */
function drawGtin(pdf: Pdf, gtin: string, x: number, y: number): void {
  const origin: [number, number] = [(x + grid.width - 0.5) * mm, (y + edge) * mm];
  pdf
    .save()
    .rotate(90, { origin })
    .font('latin')
    .fontSize(sizes.gtin)
    .text(`(01)${gtin}`, ...origin, { lineBreak: false })
    .restore();
}

/** An A4 sheet for every 72 labels, with a hairline to cut along. */
export async function drawLabels(labels: readonly Label[], title: string, now: Date): Promise<Uint8Array> {
  // Without a font of its own pdfkit reads Helvetica from a file beside its source, which a bundle does not have.
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: '',
    autoFirstPage: false,
    lang: 'vi-VN',
    displayTitle: true,
    info: { Title: title, Producer: 'Chợ Kinh Bắc', Creator: 'Chợ Kinh Bắc', CreationDate: now },
  });
  for (const script of ['latin', 'vietnamese'] as const) pdf.registerFont(script, Buffer.from(font[script], 'base64'));
  const parts: Uint8Array[] = [];
  pdf.on('data', (part: Uint8Array) => parts.push(part));
  const ended = once(pdf, 'end');

  const wordsByLot = new Map<string, Words>();
  for (const [index, { url, gtin, serial, productName, lot }] of labels.entries()) {
    if (index % labelsPerSheet === 0) pdf.addPage();
    const { x, y } = placeOf(index % labelsPerSheet);
    pdf
      .rect(x * mm, y * mm, grid.width * mm, grid.height * mm)
      .lineWidth(0.2)
      .stroke('#bbbbbb');
    drawQr(pdf, url, x, y);
    const words = wordsByLot.get(lot) ?? wordsOf(pdf, productName, lot);
    wordsByLot.set(lot, words);
    drawWords(pdf, words, serial, x + grid.height, y);
    drawGtin(pdf, gtin, x, y);
  }
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}
