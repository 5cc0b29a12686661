import { businessDay, startOfBusinessDay } from '../../../shared/platform/time.ts';
import { publicAddress } from '../../../shared/sellers/public-address.ts';
import { historyOf } from '../../../shared/traceability/graph/history.ts';
import { epcOf } from '../../../shared/traceability/graph/names.ts';
import { stepsOf } from '../../../shared/traceability/graph/steps.ts';
import { photoOf } from '../../../shared/traceability/photos/contract.ts';
import type { LotPortal } from '../../../shared/traceability/records/contract.ts';
import { missingFields, portalFields } from '../../../shared/traceability/records/portal.ts';
import { config } from '../../platform/config.ts';
import { findSeller } from '../../sellers/find-seller.ts';
import { worldOf } from '../graph/graph-world.ts';
import type { StoredLot } from '../store.ts';
import { type NationalPortal, recordFor, verigoods } from './portal.ts';

/** A portal wants the key events, not every reading of a thermometer. */
const mostEvents = 50;

async function keyEventsOf(lot: StoredLot): Promise<{ at: string; text: string }[]> {
  const history = await historyOf(epcOf({ gtin: lot.gtin, lot: lot.lot }), worldOf(lot.sellerId));
  const steps = stepsOf(history).map(({ at, place, text }) => ({ at, text: place ? `${text} (${place})` : text }));
  const harvested = { at: startOfBusinessDay(lot.harvestedOn).toISOString(), text: `Lô ${lot.lot} được thu hoạch hoặc làm ra.` };
  // The market knows the harvest from the lot itself; an event of it may be there as well.
  const isTold = steps.some(({ at }) => businessDay(new Date(at)) === lot.harvestedOn);
  return (isTold ? steps : [harvested, ...steps]).slice(0, mostEvents);
}

/** What the state's system would be told of a lot, what is missing, and what it said: today, that it is not connected. */
export async function lotPortal(lot: StoredLot, now: Date, portal: NationalPortal = verigoods): Promise<LotPortal> {
  const [seller, keyEvents] = await Promise.all([findSeller(lot.sellerId), keyEventsOf(lot)]);
  const fields = portalFields(
    {
      ...lot,
      pictures: (lot.photos ?? []).map((photo) => new URL(photoOf(photo).url, config.PUBLIC_ORIGIN).href),
      seller: seller && { name: seller.name, address: publicAddress(seller) },
      keyEvents,
    },
    businessDay(now),
  );
  const record = recordFor(fields, missingFields(fields));
  const { connected, text } = await portal.offer(record);
  return {
    connected,
    text,
    portal: { name: portal.name, address: portal.address },
    ...(record.traceCode === undefined ? {} : { traceCode: record.traceCode }),
    fields,
    missing: [...record.missing],
  };
}
