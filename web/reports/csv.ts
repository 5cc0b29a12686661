/** The table on screen as a file for a spreadsheet. */

/** A cell a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection); our own numbers are none. */
const cell = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `"${(/^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** RFC 4180; the byte order mark makes Excel take it for UTF-8. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
