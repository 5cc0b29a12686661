import { startOfBusinessDay } from '../../platform/time.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { epcOf } from '../graph/names.ts';
import { commune, type Home, type Making, plantingArea, stall, timeOf, uuidOf } from './making.ts';

/** What is told of a lot. */
export interface LotTold {
  gtin: string;
  lot: string;
  harvestedOn: string;
  useBy?: string | undefined;
  quantityGrams: number;
  plantingAreaCode?: string | undefined;
}
type LotName = Pick<LotTold, 'gtin' | 'lot'>;

const subjectOf = ({ gtin, lot }: LotName): string => `lot ${gtin} ${lot}`;
const garden = ({ plantingAreaCode }: LotTold, home: Home, by: Making) =>
  plantingAreaCode === undefined ? commune(home.communeCode, by) : plantingArea(plantingAreaCode, by);

/**
 * The harvest, or the making: CBV counts harvesting as commissioning. Only its day is known, so the event stands at the day's beginning:
 * before whatever else was done with the lot on that day.
 */
export const lotRecorded = (lot: LotTold, home: Home, by: Making): EpcisEvent => ({
  '@context': { chokinhbac: `${by.origin}/tu-vung/` },
  type: 'ObjectEvent',
  eventID: uuidOf(subjectOf(lot), 'recorded', by),
  ...timeOf(startOfBusinessDay(lot.harvestedOn)),
  action: 'ADD',
  bizStep: 'commissioning',
  disposition: 'active',
  quantityList: [{ epcClass: epcOf({ gtin: lot.gtin, lot: lot.lot }), quantity: lot.quantityGrams / 1_000, uom: 'KGM' }],
  readPoint: garden(lot, home, by),
  bizLocation: stall(home, by),
  ilmd: {
    'cbvmda:lotNumber': lot.lot,
    'cbvmda:harvestStartDate': lot.harvestedOn,
    'cbvmda:harvestEndDate': lot.harvestedOn,
    ...(lot.useBy === undefined ? {} : { 'cbvmda:itemExpirationDate': lot.useBy }),
    ...(lot.plantingAreaCode === undefined ? {} : { 'chokinhbac:plantingAreaCode': lot.plantingAreaCode }),
  },
});

/**
 * Labels were made for some of a lot. One event for the whole issue, in pieces of the lot: 10,000 serials in an event's lists would be
 * 10,000 index rows, and which lot a serial is of stands with the serial anyway.
 */
export const codesIssued = (batch: LotName & { id: string; count: number; issuedAt: string }, home: Home, by: Making): EpcisEvent => ({
  type: 'ObjectEvent',
  eventID: uuidOf(subjectOf(batch), `codes ${batch.id}`, by),
  ...timeOf(new Date(batch.issuedAt)),
  action: 'OBSERVE',
  bizStep: 'encoding',
  disposition: 'encoded',
  quantityList: [{ epcClass: epcOf({ gtin: batch.gtin, lot: batch.lot }), quantity: batch.count }],
  readPoint: stall(home, by),
  bizLocation: stall(home, by),
});

/** The recall, or its end: who said it and why stands with the lot. */
export const recallTold = (told: LotName & { id: string; at: string; isLifted: boolean }, by: Making): EpcisEvent => ({
  type: 'ObjectEvent',
  eventID: uuidOf(subjectOf(told), `${told.isLifted ? 'lifted' : 'recalled'} ${told.id}`, by),
  ...timeOf(new Date(told.at)),
  action: 'OBSERVE',
  // What is lifted was looked into first, and nothing speaks against the goods any more.
  ...(told.isLifted
    ? { bizStep: 'inspecting', disposition: 'conformant', persistentDisposition: { unset: ['recalled'] } }
    : { bizStep: 'holding', disposition: 'recalled', persistentDisposition: { set: ['recalled'] } }),
  quantityList: [{ epcClass: epcOf({ gtin: told.gtin, lot: told.lot }) }],
});
