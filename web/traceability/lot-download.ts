/** Codes and labels as files. They are asked for with the token, which a link cannot carry, and handed to the browser as a blob. */
import { fetchAs } from '../accounts/session.ts';
import { saveFile } from '../platform/save-file.ts';
import type { Lot } from './lot-draft.ts';

/** The exact name of a lot: the same number may stand on two products. */
export const lotPath = (lot: Pick<Lot, 'gtin' | 'lot'>): string => `${lot.gtin}:${lot.lot}`;

/** @returns how many parts the list has; undefined when the file could not be had */
export async function downloadCodes(lot: Lot, ending: 'csv' | 'pdf'): Promise<number | undefined> {
  const response = await fetchAs(`/api/seller/lots/${encodeURIComponent(lotPath(lot))}/codes.${ending}`).catch(() => undefined);
  if (!response?.ok) return undefined;
  saveFile(await response.blob(), `ma-truy-xuat-${lot.lot}.${ending}`);
  return Number(response.headers.get('X-Pages')) || 1;
}
