import { readingEvents } from '../../../shared/traceability/readings/reading-events.ts';
import { writeEvents } from '../epcis/write-events.ts';
import { readLot } from '../store.ts';
import { readingsOf } from './lot-readings.ts';
import { homeOf, making } from './making.ts';
import { readFile, readReadings } from './reading-store.ts';

/** Writes the sensor events of a file that was handed in; again changes nothing. */
export async function tellReadings(key: { pk: string; sk: string }, now: Date): Promise<void> {
  const stored = await readReadings(key);
  const lot = stored && (await readLot(stored.gtin, stored.lot));
  if (!stored || !lot) throw new Error(`no readings ${key.pk} ${key.sk}`);
  const read = readingsOf(lot, stored, await readFile(stored.id));
  if (!read.ok) throw new Error(`readings ${stored.id} were read once and cannot be read again`);
  const name = encodeURIComponent(`${stored.gtin}:${stored.lot}`);
  const events = readingEvents(
    read.readings,
    {
      ...{ epc: stored.of, isClass: stored.isClass, limits: stored.limits, sellerSlug: (await homeOf(stored.sellerId)).slug },
      rawData: `${making.origin}/api/seller/lots/${name}/readings/${stored.id}`,
    },
    making,
  );
  await writeEvents(stored.sellerId, events, now);
}
