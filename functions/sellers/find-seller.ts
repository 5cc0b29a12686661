import { readSeller, readSellerBySlug, type StoredSeller } from './store.ts';

export type { StoredSeller };

/** A seller's profile changes rarely and is read with every order, so a warm function keeps it for a minute. */
const keepMs = 60_000;
const kept = new Map<string, { seller: StoredSeller; until: number }>();

/** The seller as stored (bank account and phone included: never answer it as it is), or undefined. */
export async function findSeller(id: string): Promise<StoredSeller | undefined> {
  const known = kept.get(id);
  if (known && known.until > Date.now()) return known.seller;
  const seller = await readSeller(id);
  if (seller) kept.set(id, { seller, until: Date.now() + keepMs });
  return seller;
}

/** The same by the stall's address; only of sellers whose identity was checked, as on the stall's own page. */
export async function findSellerBySlug(slug: string): Promise<StoredSeller | undefined> {
  const seller = await readSellerBySlug(slug);
  return seller?.verified ? seller : undefined;
}
