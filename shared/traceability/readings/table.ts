/** A row of a file, with the number an editor shows beside it. */
export interface Row {
  line: number;
  cells: string[];
}

/** UTF-8 or, with its mark, UTF-16 as Excel writes it; anything else is read as the old Western code page, whose only sign here is °. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** One line's cells, `"` around those that hold the separator (RFC 4180); a quote that never ends takes the rest of its line and no more. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    let cell = '';
    if (line[at] === '"') {
      at += 1;
      for (; at < line.length; at += 1) {
        if (line[at] !== '"') cell += line[at];
        else if (line[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else break;
      }
      at += 1;
    }
    const end = line.indexOf(separator, at);
    cell += line.slice(at, end === -1 ? line.length : end);
    cells.push(cell.trim());
    at = end === -1 ? line.length + 1 : end + 1;
  }
  return cells;
}

const separators = ['\t', ';', ','];
const count = (text: string, of: string): number => text.split(of).length - 1;

/** What this line's cells are divided by: a semicolon wherever there is one, since a comma may then be a decimal. */
export const separatorOf = (line: string): string => separators.find((separator) => count(line, separator) > 0) ?? ',';

/** The lines that are not empty, not divided yet. */
export const linesOf = (text: string): { line: number; text: string }[] =>
  text.split(/\r\n|\n|\r/).flatMap((line, i) => (line.trim() === '' ? [] : [{ line: i + 1, text: line }]));

export const rowOf = ({ line, text }: { line: number; text: string }, separator: string): Row => ({
  line,
  cells: cellsOf(text, separator),
});
