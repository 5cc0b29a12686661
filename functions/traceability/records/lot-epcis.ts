import { lotDocument } from '../../../shared/traceability/records/lot-document.ts';
import { config } from '../../platform/config.ts';
import { ownLot } from '../lots/own-lot.ts';
import { eventsOfLot, inPages } from './events-of-lot.ts';

const eventsPerDocument = 1_000;

/** A lot's events as an EPCIS document, or the n-th part of them, with the headers that lead on. A part behind the last is empty. */
export async function lotEpcis(
  sellerId: string,
  lotName: string,
  page: number,
  now: Date,
): Promise<{ raw: string; headers: Record<string, string> }> {
  const lot = await ownLot(sellerId, lotName);
  const { events, isWhole } = await eventsOfLot(lot);
  const pages = inPages(events, eventsPerDocument);
  const document = lotDocument(
    lot,
    (pages[page - 1] ?? []).map(({ event }) => event),
    now,
  );
  const next = `${config.PUBLIC_ORIGIN}/api/seller/lots/${encodeURIComponent(`${lot.gtin}:${lot.lot}`)}/epcis.jsonld?page=${page + 1}`;
  return {
    raw: JSON.stringify(document),
    headers: {
      'content-disposition': `attachment; filename="epcis-${lot.lot.replace(/[^\w.-]/g, '-')}${pages.length > 1 ? `-${page}` : ''}.jsonld"`,
      'x-pages': String(pages.length),
      ...(page < pages.length ? { link: `<${next}>; rel="next"` } : {}),
      ...(isWhole ? {} : { 'x-incomplete': 'true' }),
    },
  };
}
