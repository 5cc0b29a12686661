import { notFound } from '../../shared/platform/problem.ts';
import type { Seller } from '../../shared/sellers/contract.ts';
import { sellersContract } from '../../shared/sellers/contract.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import { door } from '../platform/door.ts';
import { readSellerBySlug, readSellers, type StoredSeller } from './store.ts';

/** An organisation shows its head office; a person only the commune, never the street (ND 248/2026/NĐ-CP, Art. 18; Law 91/2025). */
function publicSeller(seller: StoredSeller): Seller {
  const { id, slug, name, legalType, commune, story, verified, demonstration } = seller;
  const place = findCommune(commune.code);
  const town = place ? `${place.fullName}, ${place.province.fullName}` : commune.name;
  const isPerson = legalType === 'household' || legalType === 'individual';
  return { id, slug, name, legalType, commune, story, verified, demonstration, address: isPerson ? town : `${seller.street}, ${town}` };
}

export const handler = door(sellersContract, {
  async getSeller({ params }) {
    const seller = await readSellerBySlug(params.slug);
    if (!seller?.verified) throw notFound();
    return { body: publicSeller(seller) };
  },
  listSellers: async () => ({ body: { items: (await readSellers()).map(publicSeller) } }),
});
