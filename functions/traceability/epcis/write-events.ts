import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { newId } from '../../platform/ids.ts';
import { isOneWrite } from './capture-store.ts';
import { type PreparedEvent, prepare } from './prepare.ts';
import { recordCapture } from './record-events.ts';

/** As many events as one transaction takes, one after the other. */
function inWrites(sellerId: string, events: readonly PreparedEvent[]): PreparedEvent[][] {
  const writes: PreparedEvent[][] = [];
  for (const event of events) {
    const last = writes.at(-1);
    if (last && isOneWrite(sellerId, [...last, event])) last.push(event);
    else writes.push([event]);
  }
  return writes;
}

/**
 * Records events of the market itself in a seller's name. Each must bear an eventID made from what it tells of, so that telling it again
 * is nothing new: an ID that is known is passed over, whatever the event says now. Events of one transaction (some twenty) become
 * visible together. Safe to call again after any failure.
 */
export async function writeEvents(sellerId: string, events: readonly EpcisEvent[], now: Date): Promise<void> {
  const nameless = events.find(({ eventID }) => eventID === undefined);
  if (nameless) throw new Error(`an event of the market without an eventID: ${nameless.type} at ${nameless.eventTime}`);
  const prepared = events.map((event, i) => prepare(event, {}, `/${i}`));
  for (const write of inWrites(sellerId, prepared))
    await recordCapture({ id: newId('own', now), sellerId, behaviour: 'proceed', errors: [] }, write, now);
}
