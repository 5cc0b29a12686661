import type { Delivery } from './contract.ts';

/** What a package weighs and holds, for the carrier's tariff. */
export interface Parcel {
  grams: number;
  /** Fresh fruit and chilled meat travel in an insulated box. */
  needsCold: boolean;
}

type Zone = 'province' | 'north' | 'far';

/** The northern provinces and cities around Bắc Ninh (codes of July 2025); everything else is far. */
const northern = new Set(['01', '04', '08', '11', '12', '14', '15', '19', '20', '22', '25', '31', '33', '37']);

const zoneOf = (provinceCode: string): Zone => (provinceCode === '24' ? 'province' : northern.has(provinceCode) ? 'north' : 'far');

/** Our own demonstration tariff until a carrier is connected: đồng for the first kilogram, for each further one begun, and for the cold box. */
const tariff: Record<Zone, { firstKilogram: number; nextKilogram: number; coldBox: number }> = {
  province: { firstKilogram: 18_000, nextKilogram: 3_000, coldBox: 0 },
  north: { firstKilogram: 25_000, nextKilogram: 4_000, coldBox: 5_000 },
  far: { firstKilogram: 35_000, nextKilogram: 7_000, coldBox: 15_000 },
};

/** A locker saves the carrier the last stretch to the door. */
const lockerDiscount = 5_000;

/** An estimate before the buyer has said where to: Hà Nội is where most parcels go. */
export const estimateProvince = '01';

/** Shipping of one package in whole đồng; picking up at the seller's is free. */
export function shippingDong(parcel: Parcel, provinceCode: string, delivery: Delivery): number {
  if (delivery === 'pickup') return 0;
  const rate = tariff[zoneOf(provinceCode)];
  const furtherKilograms = Math.max(0, Math.ceil(parcel.grams / 1000) - 1);
  const full = rate.firstKilogram + furtherKilograms * rate.nextKilogram + (parcel.needsCold ? rate.coldBox : 0);
  return delivery === 'locker' ? full - lockerDiscount : full;
}
