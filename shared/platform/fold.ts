/**
 * Folds a text for finding: "Vải thiều  Lục Ngạn" and "vai thieu luc ngan" become the same string.
 * đ has no decomposition in Unicode, so it is replaced by hand. For comparing only, never for showing.
 */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}
