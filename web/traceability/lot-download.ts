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

/** All events about a lot, one file for each EPCIS document. @returns false when one could not be had */
export async function downloadEvents(lot: Lot): Promise<boolean> {
  for (let page = 1, pages = 1; page <= pages; page++) {
    const path = `/api/seller/lots/${encodeURIComponent(lotPath(lot))}/epcis.jsonld?page=${page}`;
    const response = await fetchAs(path).catch(() => undefined);
    if (!response?.ok) return false;
    pages = Number(response.headers.get('X-Pages')) || 1;
    saveFile(await response.blob(), `epcis-${lot.lot}${pages > 1 ? `-${page}` : ''}.jsonld`);
  }
  return true;
}
