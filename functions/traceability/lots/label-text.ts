/** What the Vietnamese half of the font draws; the Latin half draws the rest (the unicode-range lines of @fontsource/be-vietnam-pro). */
const vietnamese = /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9\u20AB]/u;
const neither =
  /[^\u0020-\u007E\u00A0-\u00FF\u2013\u2014\u2018-\u201D\u2026\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9\u20AB]/gu;

/** Letters one by one as they are printed: composed, so that "ả" is one glyph, and without signs the font cannot draw. */
const printable = (text: string): string => text.normalize('NFC').replace(neither, '').replace(/\s+/g, ' ').trim();

/** `Vải` → latin `V`, vietnamese `ả`, latin `i`. */
export function byScript(text: string): { script: 'latin' | 'vietnamese'; run: string }[] {
  const runs: { script: 'latin' | 'vietnamese'; run: string }[] = [];
  for (const letter of text) {
    const script = vietnamese.test(letter) ? 'vietnamese' : 'latin';
    const last = runs.at(-1);
    if (last?.script === script) last.run += letter;
    else runs.push({ script, run: letter });
  }
  return runs;
}

/** At most `maxLines` lines no wider than `width`; a word too wide is broken, what does not fit ends in "…". */
export function wrap(text: string, width: number, widthOf: (text: string) => number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    // A word that fits no line is broken where it stands; any other begins the next line.
    const isBroken = widthOf(word) > width && widthOf(`${line} ${word.charAt(0)}`) <= width;
    if (line && isBroken) line += ' ';
    else if (line) {
      lines.push(line);
      line = '';
    }
    for (const letter of word) {
      if (line && widthOf(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  if (line) lines.push(line);
  if (lines.length <= maxLines) return lines;
  let last = lines[maxLines - 1] ?? '';
  while (last && widthOf(`${last}…`) > width) last = last.slice(0, -1).trimEnd();
  return [...lines.slice(0, maxLines - 1), `${last}…`];
}
