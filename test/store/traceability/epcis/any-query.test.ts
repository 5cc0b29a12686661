import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { capture } from '../../../unit/traceability/epcis/events.ts';
import { startEngine } from '../../engine.ts';
import { type Answer, eventsOf, nextQuery, partner } from './partner.ts';

/**
 * Any events and any queries: every page, put together, is what a plain look at all events finds, while other events arrive between the
 * pages. The look here knows nothing of the market's: identifiers are drawn as numbers and spelled in one way or another.
 */
vi.mock('../../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization: string) => ({ id: authorization.slice('Bearer '.length), role: 'seller' }),
}));
vi.mock('../../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let engine: Awaited<ReturnType<typeof startEngine>>;
let ask: ReturnType<typeof partner>;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  engine = await startEngine();
  ask = partner((await import('../../../../functions/traceability/epcis/http.ts')).handler as never);
});
afterAll(() => engine?.stop());

/** A few of everything, so that queries find something. */
interface Drawn {
  hour: number;
  zone: '+00:00' | '+07:00';
  action: 'ADD' | 'OBSERVE' | 'DELETE';
  step: (typeof steps)[number];
  boxes: number[];
  lots: number[];
  parent: number | undefined;
  place: number;
  asUrn: boolean;
}
const steps = ['commissioning', 'packing', 'shipping'] as const;
const places = ['LINE1', 'LINE2'];

const boxOf = (n: number, asUrn: boolean) =>
  asUrn ? `urn:epc:id:sgtin:8938500.000001.B${n}` : `https://id.gs1.org/01/08938500000010/21/B${n}`;
const lotOf = (n: number, asUrn: boolean) =>
  asUrn ? `urn:epc:class:lgtin:8938500.000001.L${n}` : `https://id.gs1.org/01/08938500000010/10/L${n}`;
// Over 0 8938500 00000000n: 3·(9+8+n) + (8+3+5) = 67 + 3n, so the check digits are 0 and 7.
const palletOf = (n: number, asUrn: boolean) =>
  asUrn ? `urn:epc:id:sscc:8938500.000000000${n}` : `https://id.gs1.org/00/0893850000000000${n}${n === 1 ? 0 : 7}`;
const placeOf = (n: number, asUrn: boolean) =>
  asUrn ? `urn:epc:id:sgln:0614141.12345.${places[n]}` : `https://id.gs1.org/414/0614141123452/254/${places[n]}`;

const instant = (hour: number) => new Date(Date.UTC(2026, 4, 1, hour));
/** The same instant as a clock of that zone tells it. */
const told = (hour: number, zone: Drawn['zone']) =>
  zone === '+00:00' ? instant(hour).toISOString() : `${new Date(instant(hour).getTime() + 7 * 3_600_000).toISOString().slice(0, -1)}+07:00`;

function eventOf(drawn: Drawn, eventID: string): Record<string, unknown> {
  const { hour, zone, action, step, boxes, lots, parent, place, asUrn } = drawn;
  const common = {
    ...{ eventID, eventTime: told(hour, zone), eventTimeZoneOffset: zone, action, bizStep: step, readPoint: { id: placeOf(place, asUrn) } },
  };
  const things = boxes.map((n) => boxOf(n, asUrn));
  const quantities = lots.map((n) => ({ epcClass: lotOf(n, asUrn), quantity: 5, uom: 'KGM' }));
  return parent === undefined
    ? { ...common, type: 'ObjectEvent', epcList: things, quantityList: quantities }
    : { ...common, type: 'AggregationEvent', parentID: palletOf(parent, asUrn), childEPCs: things, childQuantityList: quantities };
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  hour: fc.nat({ max: 8 }),
  zone: fc.constantFrom('+00:00', '+07:00'),
  action: fc.constantFrom('ADD', 'OBSERVE', 'DELETE'),
  step: fc.constantFrom(...steps),
  boxes: fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 3 }),
  lots: fc.uniqueArray(fc.nat({ max: 1 }), { maxLength: 2 }),
  parent: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
  place: fc.nat({ max: 1 }),
  asUrn: fc.boolean(),
});

interface Question {
  boxes?: number[] | undefined;
  parents?: number[] | undefined;
  lots?: number[] | undefined;
  anything?: number[] | undefined;
  steps?: (typeof steps)[number][] | undefined;
  actions?: Drawn['action'][] | undefined;
  place?: number | undefined;
  type?: 'ObjectEvent' | 'AggregationEvent' | undefined;
  from?: number | undefined;
  before?: number | undefined;
  asUrn: boolean;
  order?: 'ASC' | 'DESC' | undefined;
  perPage: number;
  limit?: number | undefined;
}
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const some = <T>(...values: T[]) => maybe(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }));
const question: fc.Arbitrary<Question> = fc.record({
  ...{ boxes: some(0, 1, 2, 3, 4), parents: some(1, 2), lots: some(0, 1), anything: some(0, 1, 2, 3, 4) },
  ...{ steps: some(...steps), actions: some('ADD', 'OBSERVE', 'DELETE'), place: maybe(fc.nat({ max: 1 })) },
  type: maybe(fc.constantFrom('ObjectEvent', 'AggregationEvent')),
  ...{ from: maybe(fc.nat({ max: 8 })), before: maybe(fc.nat({ max: 9 })) },
  ...{
    asUrn: fc.boolean(),
    order: maybe(fc.constantFrom('ASC', 'DESC')),
    perPage: fc.integer({ min: 1, max: 4 }),
    limit: maybe(fc.integer({ min: 1, max: 6 })),
  },
});

function queryOf(asked: Question): string {
  const { asUrn } = asked;
  const pairs: [string, string | undefined][] = [
    ['MATCH_epc', asked.boxes?.map((n) => boxOf(n, asUrn)).join('|')],
    ['MATCH_parentID', asked.parents?.map((n) => palletOf(n, asUrn)).join('|')],
    ['MATCH_anyEPCClass', asked.lots?.map((n) => lotOf(n, asUrn)).join('|')],
    ['MATCH_anyEPC', asked.anything?.map((n) => boxOf(n, asUrn)).join('|')],
    ['EQ_bizStep', asked.steps?.map((step) => (asUrn ? `https://ref.gs1.org/cbv/BizStep-${step}` : step)).join('|')],
    ['EQ_action', asked.actions?.join('|')],
    ['EQ_readPoint', asked.place === undefined ? undefined : placeOf(asked.place, asUrn)],
    ['eventType', asked.type],
    ['GE_eventTime', asked.from === undefined ? undefined : told(asked.from, '+07:00')],
    ['LT_eventTime', asked.before === undefined ? undefined : told(asked.before, '+00:00')],
    ['orderBy', asked.order && 'eventTime'],
    ['orderDirection', asked.order],
    ['eventCountLimit', asked.limit?.toString()],
    ['perPage', String(asked.perPage)],
  ];
  return new URLSearchParams(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined)).toString();
}

const meet = <T>(wanted: readonly T[] | undefined, has: readonly T[]): boolean =>
  wanted === undefined || wanted.some((one) => has.includes(one));
const wants = (asked: Question, event: Drawn): boolean =>
  meet(asked.boxes, event.boxes) &&
  meet(asked.anything, event.boxes) &&
  meet(asked.parents, event.parent === undefined ? [] : [event.parent]) &&
  meet(asked.lots, event.lots) &&
  meet(asked.steps, [event.step]) &&
  meet(asked.actions, [event.action]) &&
  (asked.place === undefined || asked.place === event.place) &&
  (asked.type === undefined || (asked.type === 'ObjectEvent') === (event.parent === undefined)) &&
  (asked.from === undefined || event.hour >= asked.from) &&
  (asked.before === undefined || event.hour < asked.before);

let sellers = 0;
test('finds what a plain look finds, page by page, while events arrive', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawn, { minLength: 5, maxLength: 40 }),
      fc.array(drawn, { minLength: 1, maxLength: 6 }),
      fc.array(question, { minLength: 6, maxLength: 6 }),
      async (events, arriving, questions) => {
        const as = `sel_any${++sellers}`;
        const send = async (list: readonly Drawn[], name: string) => {
          const sent = await ask('POST', '/epcis/capture', {
            as,
            body: capture(...list.map((one, i) => eventOf(one, `urn:${name}:${i}`))),
          });
          expect(sent.status, JSON.stringify(sent.body)).toBe(202);
        };
        await send(events, 'first');
        const all = events.map((event, i) => ({ event, id: `urn:first:${i}` }));
        for (const [n, asked] of questions.entries()) {
          const found: { id: string; hour: number }[] = [];
          let pages = 0;
          for (let next: string | undefined = queryOf(asked); next !== undefined; ) {
            const page: Answer = await ask('GET', '/epcis/events', { as, query: next });
            expect(page.status, JSON.stringify(page.body)).toBe(200);
            for (const event of eventsOf(page))
              found.push({ id: String(event.eventID), hour: (Date.parse(String(event.eventTime)) - instant(0).getTime()) / 3_600_000 });
            next = nextQuery(page);
            // Once for each question, so that later questions begin with a known number of events.
            if (next !== undefined && pages++ === 0) {
              await send(arriving, `later${n}`);
              all.push(...arriving.map((event, i) => ({ event, id: `urn:later${n}:${i}` })));
            }
          }
          const before = pages === 0 ? all : all.slice(0, -arriving.length);
          const wanted = before.filter(({ event }) => wants(asked, event));
          const hours = found.map(({ hour }) => hour);
          expect(hours).toEqual([...hours].sort((a, b) => (asked.order === 'ASC' ? a - b : b - a)));
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
          const inOrder = wanted.map(({ event }) => event.hour).sort((a, b) => (asked.order === 'ASC' ? a - b : b - a));
          expect(hours).toEqual(inOrder.slice(0, asked.limit));
          const ids = new Set(wanted.map(({ id }) => id));
          expect(found.filter(({ id }) => !ids.has(id))).toEqual([]);
        }
      },
    ),
    { numRuns: 40, seed: 20_261_122 },
  );
});
