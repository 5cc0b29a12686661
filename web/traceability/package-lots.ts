/** From which lots a package is filled, as the seller says it in the form. */
import { ownSerial } from '../../shared/traceability/digital-link.ts';
import type { Answer } from '../platform/api.ts';

type Lot = Answer<'GET /api/seller/lots'>['items'][number];

/** What was typed for one line of a package. */
export interface LineLot {
  sku: string;
  quantity: number;
  /** `{gtin}:{lot}`; empty: none chosen. */
  lot: string;
  /** Serials, one a line or with commas between them. */
  serials: string;
}

export const serialsIn = (text: string): string[] => text.split(/[\n,;]+/).flatMap((part) => part.trim() || []);

/** Letters that look alike are the market's business; here only that it can be a serial at all. */
const isSerial = (text: string): boolean => /^[0-9A-Za-z]{12}$/.test(text.replace(/[\s-]/g, ''));

/** The serial that cannot be one, or how many boxes the line holds when more were typed. */
export function wrongSerials({ serials, quantity }: LineLot): { text: string } | { most: number } | undefined {
  const all = serialsIn(serials);
  const wrong = all.find((text) => !isSerial(text));
  if (wrong !== undefined) return { text: wrong };
  return new Set(all.map(ownSerial)).size > quantity ? { most: quantity } : undefined;
}

/** The body of the request: the lines for which a lot was chosen. */
export const namedLots = (lines: readonly LineLot[]) =>
  lines.flatMap(({ sku, lot, serials }) => {
    const all = serialsIn(serials);
    return lot ? [{ sku, lot, ...(all.length > 0 ? { serials: all } : {}) }] : [];
  });

/** A recalled lot fills no package; the newest harvest is the likeliest. */
export const lotsFor = (sku: string, lots: readonly Lot[]): Lot[] =>
  lots.filter((lot) => lot.sku === sku && !lot.recall).toSorted((a, b) => b.harvestedOn.localeCompare(a.harvestedOn));
