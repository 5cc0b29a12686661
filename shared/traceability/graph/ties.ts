import type { EpcisEvent } from '../epcis/event.ts';
import { type Fact, factOf } from './facts.ts';
import { epcOf, isItem, isLot, linkOf } from './names.ts';

/*
 * Ways from one event to another that no identifier in their lists shows. They are indexed beside the identifiers, under names that no
 * URI can have.
 */

/** Events that tell of one making: `transformationID` holds inputs and outputs together that were told apart. */
export const partsOf = (transformation: string): string => `making ${transformation}`;
/** Events in which items were made that, as the event itself says, belong to this lot. */
export const madeIn = (lot: string): string => `items made in ${lot}`;
/** Makings that take single items of this product: of which lots is written with the items. */
export const takenOf = (gtin: string): string => `items taken of ${epcOf({ gtin })}`;

/**
 * Where a lot came from and lay, and what it went into and lay on. A lot is sold in thousands of packages, each told as put into a package
 * with a name of its own (`urn:uuid:…`); its way must be read without them. So a lot is followed by these ties and not by its own name: onto
 * whatever GS1 names, such as a pallet or a room, and into no package. A box named by its serial is followed into its package.
 */
export const originOf = (lot: string): string => `origin of ${lot}`;
export const useOf = (lot: string): string => `use of ${lot}`;
const isGs1 = (name: string | undefined): boolean => name?.startsWith('https://id.gs1.org/') ?? false;

const gtinsOf = (items: readonly string[]): string[] => [...new Set(items.filter(isItem).flatMap((item) => linkOf(item)?.gtin ?? []))];

function tied({ transformation, lots, about, inputs, outputs, parent, children }: Fact): string[] {
  const lain = isGs1(parent) ? children : [];
  const each = (...names: string[]) => [...new Set(names.filter(isLot))];
  return [
    ...(transformation === undefined ? [] : [partsOf(transformation)]),
    ...lots.map(madeIn),
    ...gtinsOf(inputs).map(takenOf),
    ...each(...about, ...outputs, ...lain).map(originOf),
    ...each(...inputs, ...lain).map(useOf),
  ];
}

/** The ties under which an event must be found. */
export const tiesOf = (event: EpcisEvent): string[] => tied(factOf({ eventID: '', eventTime: event.eventTime, event }));
