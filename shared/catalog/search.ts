import { fold } from '../platform/fold.ts';

/** What a search looks at, prepared once per product. */
export interface Searchable {
  name: string;
  folded: { name: string; rest: string };
  lowerName: string;
}

export const searchable = (name: string, others: readonly string[]): Searchable => ({
  name,
  lowerName: name.normalize('NFC').toLowerCase(),
  folded: { name: fold(name), rest: fold(others.join(' ')) },
});

/**
 * How well a product answers a search; 0 is not at all. Every word must be found, with tone marks and đ folded;
 * words found in the name count more, words at a word's beginning more, and words typed with their tone marks most.
 */
export function searchScore(product: Searchable, query: string): number {
  const typed = query
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s\p{P}]+/u)
    .filter(Boolean);
  let score = 0;
  for (const word of typed) {
    const plain = fold(word);
    const { name, rest } = product.folded;
    if (name.includes(plain)) score += 4;
    else if (rest.includes(plain)) score += 1;
    else return 0;
    if (` ${name}`.includes(` ${plain}`)) score += 2;
    if (word !== plain && product.lowerName.includes(word)) score += 4;
  }
  return score;
}
