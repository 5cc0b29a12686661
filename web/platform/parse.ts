/** Numbers as people type them in Việt Nam: `85.000`, `85 000`, `820,5`. */

const plain = (text: string): string => text.trim().replace(/[\s\u00a0₫đ]/g, '');

/** `85.000` → 85000; undefined for anything that is not a whole number. */
export function parseWhole(text: string): number | undefined {
  const cleaned = plain(text);
  if (!/^\d{1,3}(\.\d{3})+$|^\d+$/.test(cleaned)) return undefined;
  const n = Number(cleaned.replaceAll('.', ''));
  return Number.isSafeInteger(n) ? n : undefined;
}

/** `820,5` kg → 820500 g. A point before three digits parts thousands, any other point is taken for a comma. */
export function parseKilograms(text: string): number | undefined {
  const cleaned = plain(text).replace(/kg$/i, '');
  const parts = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,3}))?$/.exec(cleaned) ?? /^(\d+)\.(\d{1,2})$/.exec(cleaned);
  if (!parts?.[1]) return undefined;
  const grams = Number(parts[1].replaceAll('.', '')) * 1_000 + Number((parts[2] ?? '').padEnd(3, '0'));
  return grams > 0 && Number.isSafeInteger(grams) ? grams : undefined;
}
