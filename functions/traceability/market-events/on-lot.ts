import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { codesIssued, lotRecorded, recallTold } from '../../../shared/traceability/market-events/lot-events.ts';
import { writeEvents } from '../epcis/write-events.ts';
import { settleSale } from '../recalls/hold-back.ts';
import { type Batch, readLot, type StoredLot } from '../store.ts';
import { inParts } from './in-parts.ts';
import { homeOf, making } from './making.ts';
import { tellPackages } from './tell-packages.ts';
import { tellReadings } from './tell-readings.ts';

const atOnce = 50;

interface Told {
  sellerId: string;
  events: EpcisEvent[];
}
type Row = Record<string, unknown> & { pk: string; sk: string };
type LotRow = Row & { gtin: string; lot: string };

async function lotOf({ gtin, lot }: { gtin: string; lot: string }): Promise<StoredLot> {
  const stored = await readLot(gtin, lot);
  if (!stored) throw new Error(`no lot ${gtin} ${lot}`);
  return stored;
}

async function harvest(row: Row): Promise<Told> {
  const lot = row as unknown as StoredLot;
  return { sellerId: lot.sellerId, events: [lotRecorded(lot, await homeOf(lot.sellerId), making)] };
}

async function codes(row: Row): Promise<Told> {
  const batch = row as unknown as Batch;
  const { sellerId } = await lotOf(batch);
  return { sellerId, events: [codesIssued(batch, await homeOf(sellerId), making)] };
}

async function recall(row: LotRow): Promise<Told> {
  const { gtin, lot } = row;
  const { sellerId } = await lotOf(row);
  const told = { gtin, lot, id: String(row.id), at: String(row.at), isLifted: row.sk.endsWith('#LIFTED') };
  return { sellerId, events: [recallTold(told, making)] };
}

/** What a row that came to the table tells. A lot's own item changes all the time (codes, sales, scans), and only its birth is told. */
async function toldBy({ eventName, dynamodb }: DynamoDBRecord): Promise<Told[]> {
  const { pk, sk } = { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' };
  if (eventName !== 'INSERT' || !dynamodb?.NewImage || !pk.startsWith('EPC#')) return [];
  const read = () => unmarshall(dynamodb.NewImage as Parameters<typeof unmarshall>[0]) as LotRow;
  if (sk === 'LOT') return [await harvest(read())];
  if (sk.startsWith('BATCH#')) return [await codes(read())];
  if (sk.startsWith('RECALL#')) return [await recall(read())];
  return [];
}

/** The SKUs whose lots came, or were recalled or set free. */
async function skusOf({ eventName, dynamodb }: DynamoDBRecord): Promise<string[]> {
  const { pk, sk } = { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' };
  if (eventName !== 'INSERT' || !pk.startsWith('EPC#') || !(sk === 'LOT' || sk.startsWith('RECALL#'))) return [];
  const { gtin, lot } = dynamodb?.NewImage ?? {};
  return [(await lotOf({ gtin: gtin?.S ?? '', lot: lot?.S ?? '' })).sku];
}

const subjects = (records: readonly DynamoDBRecord[], partition: string, sortKey: RegExp) =>
  records
    .filter(({ eventName }) => eventName !== 'REMOVE')
    .map(({ dynamodb }) => ({ pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' }))
    .filter(({ pk, sk }) => pk.startsWith(partition) && sortKey.test(sk));

/**
 * Lots were recorded, coded, recalled, named on packages, or measured: the events of it are written, and goods of which only a recalled lot
 * is left go off sale. Every event's name is made of what it tells, so a record that comes twice is told once.
 */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  inParts(event, atOnce, async (part) => {
    const now = new Date();
    const told = (await Promise.all(part.map(toldBy))).flat();
    for (const [sellerId, own] of Map.groupBy(told, (one) => one.sellerId))
      await writeEvents(
        sellerId,
        own.flatMap(({ events }) => events),
        now,
      );
    for (const sku of new Set((await Promise.all(part.map(skusOf))).flat())) await settleSale(sku, now);
    for (const { pk, sk } of subjects(part, 'READINGS#', /^READING#/)) await tellReadings({ pk, sk }, now);
    await tellPackages(
      subjects(part, 'PACKAGE#', /^(?:LOTS$|BOXES#)/).map(({ pk }) => pk.slice('PACKAGE#'.length)),
      now,
    );
  });
