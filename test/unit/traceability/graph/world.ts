import { epcisEvent } from '../../../../shared/traceability/epcis/event.ts';
import type { Window, World } from '../../../../shared/traceability/graph/book.ts';
import { factOf, type TracedEvent } from '../../../../shared/traceability/graph/facts.ts';
import { tiesOf } from '../../../../shared/traceability/graph/ties.ts';

/** Names as short as a test needs them. */
const gtin = '08938500000010';
export const rawGtin = '08938500000027';
export const lot = (number: string, of = gtin): string => `https://id.gs1.org/01/${of}/10/${number}`;
export const box = (serial: string): string => `https://id.gs1.org/01/${gtin}/21/${serial}`;
/** Check digits by hand: the one digit that differs has the weight 1, so each step takes one from the check digit. */
const pallets = ['012345675', '112345674', '212345673', '312345672', '412345671'];
export const pallet = (n: number): string => `https://id.gs1.org/00/893850000${pallets[n]}`;
export const logger = 'https://id.gs1.org/8004/8931234500LOGGER42';
export const room = (name: string): string => `https://id.gs1.org/414/8931234500030/254/${name}`;

/** 00:00 in Việt Nam on 1 June 2026. */
const start = Date.parse('2026-06-01T00:00:00+07:00');
export const at = (hour: number): string => new Date(start + hour * 3_600_000).toISOString();
const common = { eventTimeZoneOffset: '+07:00' };

let made = 0;
/** An event as it would be stored, at an hour counted from midnight of 1 June; judged by the real schema, so that no test speaks of what cannot be. */
export function event(hour: number, fields: object): TracedEvent {
  const eventID = `urn:uuid:00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
  const all = { ...common, eventTime: at(hour), eventID, ...fields };
  const read = epcisEvent.parse(all);
  return { eventID: read.eventID ?? eventID, eventTime: new Date(read.eventTime).toISOString(), event: read };
}
const isLotName = (name: string): boolean => name.includes('/10/');
/** Things and lots into the two lists where they belong. */
function split(names: readonly string[], things: string, classes: string, amount?: number) {
  const [single, lots] = [names.filter((n) => !isLotName(n)), names.filter(isLotName)];
  return {
    ...(single.length ? { [things]: single } : {}),
    ...(lots.length
      ? { [classes]: lots.map((epcClass) => ({ epcClass, ...(amount === undefined ? {} : { quantity: amount, uom: 'KGM' }) })) }
      : {}),
  };
}
export const see = (hour: number, names: string[], more: object = {}) =>
  event(hour, { type: 'ObjectEvent', action: 'OBSERVE', ...split(names, 'epcList', 'quantityList'), ...more });
export const begin = (hour: number, names: string[], more: object = {}) =>
  see(hour, names, { action: 'ADD', bizStep: 'commissioning', ...more });
export const make = (hour: number, inputs: string[], outputs: string[], more: object = {}) =>
  event(hour, {
    ...{ type: 'TransformationEvent', bizStep: 'commissioning' },
    ...split(inputs, 'inputEPCList', 'inputQuantityList'),
    ...split(outputs, 'outputEPCList', 'outputQuantityList'),
    ...more,
  });
const tie = (type: string, action: string) => (hour: number, children: string[], parentID: string, amount?: number) =>
  event(hour, { type, action, parentID, ...split(children, 'childEPCs', 'childQuantityList', amount) });
export const put = tie('AggregationEvent', 'ADD');
/** Without children: everything. */
export const takeOff = tie('AggregationEvent', 'DELETE');
export const hang = tie('AssociationEvent', 'ADD');
export const unhang = tie('AssociationEvent', 'DELETE');
export const degrees = (minValue: number, maxValue: number, more: object = {}) => ({
  sensorElementList: [{ sensorReport: [{ type: 'Temperature', minValue, maxValue, uom: 'CEL', ...more }] }],
});

/** The events, found as a store finds them; counts the rounds of reading. */
export function worldOf(events: readonly TracedEvent[], lots: Record<string, string> = {}): World & { rounds: number; asked: string[] } {
  const index = new Map<string, TracedEvent[]>();
  for (const one of events) {
    const { about, parent, children, inputs, outputs } = factOf(one);
    const names = new Set([...about, ...children, ...inputs, ...outputs, ...(parent ? [parent] : []), ...tiesOf(one.event)]);
    for (const name of names) index.set(name, [...(index.get(name) ?? []), one]);
  }
  const isIn = ({ from, to }: Window, time: string) => Date.parse(time) >= from && Date.parse(time) <= to;
  const world = {
    rounds: 0,
    asked: [] as string[],
    async eventsOf(names: readonly string[], window: Window) {
      world.rounds++;
      world.asked.push(...names);
      return new Map(names.map((name) => [name, (index.get(name) ?? []).filter((e) => isIn(window, e.eventTime))]));
    },
    async lotsOf(items: readonly string[]) {
      return new Map(items.flatMap((item) => (lots[item] ? [[item, lots[item]] as const] : [])));
    },
  };
  return world;
}
