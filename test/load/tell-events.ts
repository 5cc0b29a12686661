/**
 * `node test/load/tell-events.ts FILE`: writes what happened to the batches named in a JSON file (`Told`) as events of their seller: each
 * made of two harvests, put on a pallet of its own with a reading of the cold store, sent, received and unpacked. Its settings come from
 * the environment, as a function's do.
 */
import { readFileSync } from 'node:fs';
import { writeEvents } from '../../functions/traceability/epcis/write-events.ts';
import type { EpcisEvent } from '../../shared/traceability/epcis/event.ts';
import { epcOf } from '../../shared/traceability/graph/names.ts';
import { checkDigit } from '../../shared/traceability/gtin.ts';
import { drive } from './drive.ts';

export interface Told {
  sellerId: string;
  /** The first morning, RFC 3339. */
  from: string;
  batches: { gtin: string; lot: string; serials: string[]; madeFrom: { gtin: string; lot: string }[] }[];
}

const writers = 2;
const hourMs = 3_600_000;

const palletOf = (n: number): string => {
  const digits = `389385000${String(n).padStart(8, '0')}`;
  return `https://id.gs1.org/00/${digits}${checkDigit(digits)}`;
};

/** The life of the n-th batch; times differ, as they would. */
function lifeOf({ gtin, lot, serials, madeFrom }: Told['batches'][number], n: number, from: number): EpcisEvent[] {
  const pallet = palletOf(n);
  const event = (hour: number, what: string, fields: object) =>
    ({
      ...{ eventID: `urn:uuid:bench-${n}-${what}`, eventTimeZoneOffset: '+07:00', ...fields },
      eventTime: new Date(from + hour * hourMs + n * 1_000).toISOString(),
    }) as unknown as EpcisEvent;
  const seen = { type: 'ObjectEvent', action: 'OBSERVE', epcList: [pallet] };
  const room = { readPoint: { id: 'https://id.gs1.org/414/8931234500030/254/ROOM2' } };
  const cold = { sensorElementList: [{ sensorReport: [{ type: 'Temperature', minValue: 2, maxValue: 4 + (n % 3), uom: 'CEL' }] }] };
  return [
    event(1, 'made', {
      ...{ type: 'TransformationEvent', bizStep: 'commissioning' },
      inputQuantityList: madeFrom.map((raw) => ({ epcClass: epcOf(raw), quantity: 25, uom: 'KGM' })),
      outputQuantityList: [{ epcClass: epcOf({ gtin, lot }), quantity: serials.length }],
    }),
    event(2, 'loaded', {
      ...{ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: pallet },
      childEPCs: serials.map((serial) => epcOf({ gtin, serial })),
    }),
    event(10, 'stored', { ...seen, ...room, ...cold, bizStep: 'storing' }),
    event(12, 'shipped', { ...seen, bizStep: 'shipping', disposition: 'in_transit' }),
    event(20, 'received', { ...seen, bizStep: 'receiving' }),
    event(21, 'unpacked', { type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', parentID: pallet }),
  ];
}

const { sellerId, from, batches } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Told;
let written = 0;
await drive(batches.length, writers, async (n) => {
  const events = lifeOf(batches[n] as Told['batches'][number], n, Date.parse(from));
  await writeEvents(sellerId, events, new Date());
  written += events.length;
});
console.log(written);
process.exit(0);
