import { startMarket } from '../system/market.ts';
import { openClient } from './drive.ts';
import { type Findings, median } from './figures.ts';
import { signIn, untilSo } from './shoppers.ts';

const perDocument = 500;
const rounds = 5;
/** Four events of each. */
const boxes = perDocument / 4;
const vocabulary = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const firstSerial = 'https://id.gs1.org/01/08938500000010/21/';

interface Job {
  running: boolean;
  success: boolean;
  errors: unknown[];
}

/** The n-th event of a round: a box is commissioned, packed, read by a logger, shipped; each kind a quarter. */
function eventOf(round: number, n: number, began: number) {
  const box = `${firstSerial}R${round}N${Math.floor(n / 4)}`;
  const common = { eventTime: new Date(began - 3_600_000 + n * 1_000).toISOString(), eventTimeZoneOffset: '+07:00' };
  const seen = { ...common, type: 'ObjectEvent', epcList: [box] };
  const kinds = [
    { ...seen, action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
    {
      ...{ ...common, type: 'AggregationEvent', action: 'ADD', bizStep: 'packing' },
      ...{ parentID: 'https://id.gs1.org/00/189385000000000017', childEPCs: [box] },
    },
    {
      ...{ ...seen, action: 'OBSERVE', bizStep: 'storing', readPoint: { id: 'https://id.gs1.org/414/8938500000010' } },
      sensorElementList: [{ sensorReport: [{ type: 'Temperature', minValue: 2.1, maxValue: 4.7, uom: 'CEL' }] }],
    },
    { ...seen, action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
  ];
  return kinds[n % kinds.length];
}

const documentOf = (round: number, began: number) => ({
  '@context': [vocabulary],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: new Date(began).toISOString(),
  epcisBody: { eventList: Array.from({ length: perDocument }, (_, n) => eventOf(round, n, began)) },
});

/** Documents of 500 events, one after the other: from the first byte sent until the job says that they are stored, and a query finds them. */
export async function capture(): Promise<Findings> {
  const market = await startMarket();
  const client = openClient(market.origin, 4);
  try {
    const { headers } = await signIn(client, 'seller');
    const asked = { headers: { ...headers, 'content-type': 'application/json' } };
    const eventsOf = async (serial: string): Promise<number> => {
      const name = encodeURIComponent(`${firstSerial}${serial}`);
      const found = (await (await fetch(`${market.origin}/epcis/events?MATCH_anyEPC=${name}`, asked)).json()) as {
        epcisBody?: { queryResults: { resultsBody: { eventList: unknown[] } } };
      };
      return found.epcisBody?.queryResults.resultsBody.eventList.length ?? 0;
    };
    const broken: string[] = [];
    const perSecond: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const body = JSON.stringify(documentOf(round, Date.now()));
      const began = performance.now();
      const taken = await fetch(`${market.origin}/epcis/capture`, { method: 'POST', ...asked, body });
      const said = await taken.text();
      if (taken.status !== 202) throw new Error(`capture: answered ${taken.status} ${said.slice(0, 300)}`);
      let job: Job | undefined;
      await untilSo(
        async () => {
          job = (await (await fetch(new URL(taken.headers.get('location') ?? '', market.origin), asked)).json()) as Job;
          return !job.running;
        },
        60,
        20,
      );
      if (round > 0) perSecond.push(perDocument / ((performance.now() - began) / 1_000));
      if (!job?.success) broken.push(`capture: round ${round} ended with ${JSON.stringify(job?.errors ?? job).slice(0, 300)}`);
      const count = await eventsOf(`R${round}N${boxes - 1}`);
      if (count !== 4) broken.push(`capture: round ${round}: ${count} of the last box's 4 events are found`);
    }
    const box: number[] = [];
    for (let n = 0; n < boxes; n++) {
      const began = performance.now();
      const count = await eventsOf(`R1N${n}`);
      box.push(performance.now() - began);
      if (count !== 4) broken.push(`capture: ${count} of box ${n}'s 4 events are found`);
    }
    return {
      figures: [
        { what: `capture: ${perDocument} events in one document`, value: median(perSecond), unit: 'events/s', target: { atLeast: 300 } },
        { what: 'capture: the events of one box, one after the other', value: median(box), unit: 'ms' },
      ],
      broken,
      notes: [`capture: rounds ${perSecond.map(Math.round).join(', ')} events/s.`],
    };
  } finally {
    client.close();
    await market.stop();
  }
}
