import type { PackageStatus } from '../../orders/lifecycle.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { epcOf } from '../graph/names.ts';
import type { PackageLot } from '../package-lots.ts';
import { commune, type Home, type Making, province, stall, timeOf, uuidOf, vietnamTime } from './making.ts';

/** Boxes that were said to lie in a package in one go. */
export interface NamedBoxes {
  /** The same for the same boxes. */
  name: string;
  boxes: readonly { gtin: string; lot: string; serial: string }[];
}

/** What the market knows of a package that matters to its goods: nobody's name, no address. */
export interface PackageTold {
  id: string;
  code: string;
  home: Home;
  history: readonly { status: PackageStatus; at: string }[];
  lots: readonly PackageLot[];
  named: readonly NamedBoxes[];
  /** The province it goes to, `24`. */
  province?: string | undefined;
}

const subjectOf = (packageId: string): string => `package ${packageId}`;

/**
 * The name under which a package stands in events. No SSCC: the eight digits that a company prefix of nine leaves for one are too few to
 * be drawn from an order's code without two packages meeting. Nobody can read the order's code out of it.
 */
export const packageName = (packageId: string, by: Making): string => uuidOf(subjectOf(packageId), 'itself', by);

const statuses = ['packed', 'shipped', 'delivered', 'returned'] as const satisfies readonly PackageStatus[];
/** Steps of a package of which events tell. */
export const isTold = (status: string): boolean => statuses.some((told) => told === status);

/** A lot's boxes of which no serial is known; without a quantity when nobody knows how many of the SKU are of this lot. */
interface Loose {
  gtin: string;
  lot: string;
  quantity?: number;
}

function looseOf({ lots, named }: PackageTold): Loose[] {
  const known = new Map(named.flatMap(({ boxes }) => boxes).map((box) => [`${box.gtin}/${box.serial}`, box]));
  const knownOf = ({ gtin, lot }: PackageLot): number => [...known.values()].filter((box) => box.gtin === gtin && box.lot === lot).length;
  return lots.flatMap((one): Loose[] => {
    const { gtin, lot, sku, quantity } = one;
    const ofSku = lots.filter((other) => other.sku === sku);
    const left = quantity - ofSku.reduce((sum, other) => sum + knownOf(other), 0);
    if (left <= 0) return [];
    return [ofSku.length === 1 ? { gtin, lot, quantity: left } : { gtin, lot }];
  });
}

const order = (code: string, { origin }: Making) => ({ type: 'po', bizTransaction: `${origin}/don-hang/${encodeURIComponent(code)}` });

function packing(pkg: PackageTold, at: string, by: Making): EpcisEvent[] {
  const { id, code, home } = pkg;
  const load = (what: string, children: { childEPCs: string[] } | { childQuantityList: { epcClass: string; quantity?: number }[] }) =>
    ({
      type: 'AggregationEvent',
      eventID: uuidOf(subjectOf(id), what, by),
      ...timeOf(new Date(at)),
      action: 'ADD',
      parentID: packageName(id, by),
      ...children,
      bizStep: 'packing',
      readPoint: commune(home.communeCode, by),
      bizLocation: stall(home, by),
      bizTransactionList: [order(code, by)],
    }) satisfies EpcisEvent;
  return [
    ...looseOf(pkg).map(({ gtin, lot, ...quantity }) =>
      load(`loose ${gtin} ${lot} ${quantity.quantity ?? 'some'}`, { childQuantityList: [{ epcClass: epcOf({ gtin, lot }), ...quantity }] }),
    ),
    ...pkg.named.map(({ name, boxes }) =>
      load(`boxes ${name}`, { childEPCs: [...new Set(boxes.map(({ gtin, serial }) => epcOf({ gtin, serial })))] }),
    ),
  ];
}

function moved(pkg: PackageTold, status: 'shipped' | 'delivered' | 'returned', at: string, by: Making): EpcisEvent {
  const { id, code, home, province: to } = pkg;
  const [from, premises] = [commune(home.communeCode, by), stall(home, by)];
  const happened = {
    shipped: { bizStep: 'shipping', disposition: 'in_transit', readPoint: from },
    delivered: { bizStep: 'retail_selling', disposition: 'retail_sold' },
    returned: { bizStep: 'receiving', disposition: 'returned', readPoint: from, bizLocation: premises },
  }[status];
  return {
    type: 'ObjectEvent',
    eventID: uuidOf(subjectOf(id), status, by),
    ...timeOf(new Date(at)),
    action: 'OBSERVE',
    epcList: [packageName(id, by)],
    ...happened,
    bizTransactionList: [order(code, by)],
    ...(status === 'shipped' && to !== undefined ? { destinationList: [{ type: 'location', destination: province(to, by).id }] } : {}),
  };
}

/**
 * Everything that is to be told of a package as it is now; nothing of one whose lots nobody named, since nothing in it can be traced.
 * Its goods are put into it once; what then happens to it happens to them, so a lot that goes out in 5,000 packages has 5,000 events and
 * not 15,000.
 */
export function packageEvents(pkg: PackageTold, by: Making): EpcisEvent[] {
  if (pkg.lots.length === 0) return [];
  const when = (status: PackageStatus) => pkg.history.find((step) => step.status === status)?.at;
  const packedAt = when('packed');
  const movedTo = (['shipped', 'delivered', 'returned'] as const).flatMap((status) => {
    const at = when(status);
    return at === undefined ? [] : [moved(pkg, status, at, by)];
  });
  return [...(packedAt === undefined ? [] : packing(pkg, packedAt, by)), ...movedTo];
}

/**
 * What of the recorded events is no longer so: while lots and serials are still being named, a package may first hold "3 of lot A" and
 * then "some of A, some of B". EPCIS events are never changed, they are declared wrong.
 */
export function packageCorrections(recorded: readonly EpcisEvent[], wanted: readonly EpcisEvent[], now: Date): EpcisEvent[] {
  const loads = wanted.filter(({ type }) => type === 'AggregationEvent');
  const right = new Set(loads.map(({ eventID }) => eventID));
  const declared = new Set(recorded.filter(({ errorDeclaration }) => errorDeclaration).map(({ eventID }) => eventID));
  const own = loads[0]?.eventID?.slice(0, 'urn:uuid:00000000-0000-8000'.length);
  return recorded
    .filter(
      ({ type, eventID }) =>
        own !== undefined && type === 'AggregationEvent' && eventID?.startsWith(own) && !right.has(eventID) && !declared.has(eventID),
    )
    .map((event) => ({
      ...event,
      errorDeclaration: {
        declarationTime: vietnamTime(now),
        reason: 'incorrect_data',
        correctiveEventIDs: loads.flatMap(({ eventID }) => eventID ?? []),
      },
    }));
}
