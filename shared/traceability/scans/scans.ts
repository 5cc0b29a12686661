import { kilometresBetween } from './distances.ts';
import { abroad, type Place } from './viewer-place.ts';

/** One look at an item: when, by which phone (a short hash that means nothing outside this item), and from which province, if known. */
export interface Look {
  at: string;
  phone: string;
  place?: Place | undefined;
  /** The market knew then that the item had not left its seller, and this was neither the seller's province nor the buyer's. */
  isEarly?: boolean | undefined;
}

/**
 * What an item remembers of its scans, so that nobody has to read them again: a kilobyte at most, however often it is scanned.
 * Each phone counts once, however often it looks.
 */
export interface Seen {
  /** Where each phone has been seen, in that order. */
  phones: Record<string, Place[]>;
  /** Phones that looked before the item could be where they were, and where that was. */
  early: Record<string, Place>;
  /** The latest looks of one day. */
  recent: Look[];
  /** Pairs of different phones too far apart for any vehicle, both where networks tell places apart. */
  jumps: number;
  /** The same with a place that networks name for phones that are elsewhere. */
  doubtfulJumps: number;
  /** Most places within 24 hours, each with a phone of its own. */
  placesInADay: number;
}

export const unseen: Seen = { phones: {}, early: {}, recent: [], jumps: 0, doubtfulJumps: 0, placesInADay: 0 };

/** More phones than these say nothing new. */
export const mostPhones = 24;
const mostPlacesOfAPhone = 4;
const mostRecent = 8;
const dayMs = 86_400_000;

/** An airliner's pace. */
const fastestKmPerHour = 900;
/** Two phones on either side of a border are near each other although the middles of their provinces are not. */
const bordersKm = 200;

/** Mobile networks and private relays come out in the two large cities or abroad, wherever the phone is. */
const blurred: ReadonlySet<Place> = new Set(['01', '79', abroad]);
export const isBlurred = (place: Place): boolean => blurred.has(place);

function isImpossible(a: Look, b: Look): boolean {
  if (a.phone === b.phone || a.place === undefined || b.place === undefined) return false;
  const hours = Math.abs(Date.parse(a.at) - Date.parse(b.at)) / 3_600_000;
  const far = kilometresBetween(a.place, b.place);
  return far !== undefined && far - bordersKm > fastestKmPerHour * hours;
}

/** The one place a phone counts for: the first that is not blurred, else where it was first. */
export const placeOfPhone = (places: readonly Place[]): Place | undefined => places.find((p) => !isBlurred(p)) ?? places[0];

/** Different places of phones, each phone in one; all blurred ones together count as one. */
export const differentPlaces = (phones: readonly (readonly Place[])[]): number =>
  new Set(phones.map(placeOfPhone).flatMap((p) => (p === undefined ? [] : [isBlurred(p) ? 'blurred' : p]))).size;

const wasIn = (seen: Seen, place: Place): boolean => Object.values(seen.phones).some((places) => places.includes(place));

/** Whether the look that led from `before` to `after` was the item's first in that place. A phone too many is not kept, so it is none. */
export const isNewPlace = (before: Seen, after: Seen, place: Place | undefined): place is Place =>
  place !== undefined && !wasIn(before, place) && wasIn(after, place);

/** What the item remembers after one more look. */
export function afterLook(seen: Seen, look: Look): Seen {
  const { place, phone } = look;
  const known = seen.phones[phone];
  const mayKeep = known !== undefined || Object.keys(seen.phones).length < mostPhones;
  const places = known ?? [];
  const grown = place !== undefined && !places.includes(place) && places.length < mostPlacesOfAPhone ? [...places, place] : places;
  const today = seen.recent.filter(({ at }) => Date.parse(look.at) - Date.parse(at) < dayMs);
  const last = today.findLast((other) => other.place !== undefined);
  // Two phones that sit still are one impossible journey, not one more with each look.
  const isFirstHere = grown.length > places.length || known === undefined;
  const jumped = last !== undefined && isFirstHere && isImpossible(last, look);
  const isDoubtful = jumped && (isBlurred(last.place ?? '') || isBlurred(place ?? ''));
  const recent = [...today, { at: look.at, phone, ...(place === undefined ? {} : { place }) }].slice(-mostRecent);
  const byPhone = new Map<string, Place[]>();
  for (const { phone: p, place: where } of recent) if (where !== undefined) byPhone.set(p, [...(byPhone.get(p) ?? []), where]);
  return {
    phones: mayKeep ? { ...seen.phones, [phone]: grown } : seen.phones,
    early: look.isEarly && place !== undefined && mayKeep && !seen.early[phone] ? { ...seen.early, [phone]: place } : seen.early,
    recent,
    jumps: seen.jumps + (jumped && !isDoubtful ? 1 : 0),
    doubtfulJumps: seen.doubtfulJumps + (isDoubtful ? 1 : 0),
    placesInADay: Math.max(seen.placesInADay, differentPlaces([...byPhone.values()])),
  };
}
