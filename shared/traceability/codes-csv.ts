import { linkPath } from './digital-link.ts';

export interface Code {
  serial: string;
  gtin: string;
  lot: string;
}

/** Quoted as RFC 4180 says; a cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection). */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** What a label printer's program reads. The byte order mark makes Excel take it for UTF-8. */
export const codesCsv = (codes: readonly Code[], origin: string): string =>
  `\ufeff${row(['serial', 'gtin', 'lot', 'url'])}${codes.map(({ serial, gtin, lot }) => row([serial, gtin, lot, origin + linkPath({ gtin, serial })])).join('')}`;

/** Which codes a page holds, counted from 0 in the order of issue; without a page number the newest ones. `undefined` beyond the end. */
export function pageOf(total: number, size: number, page: number | undefined): { from: number; to: number; pages: number } | undefined {
  const pages = Math.ceil(total / size);
  if (page === undefined) return { from: Math.max(0, total - size), to: total, pages };
  return page > pages ? undefined : { from: (page - 1) * size, to: Math.min(total, page * size), pages };
}
