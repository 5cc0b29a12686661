import { notFound } from '../../shared/platform/problem.ts';
import type { Seller } from '../../shared/sellers/contract.ts';
import { sellersContract } from '../../shared/sellers/contract.ts';
import { publicAddress } from '../../shared/sellers/public-address.ts';
import { pageOf } from '../platform/cursor.ts';
import { door } from '../platform/door.ts';
import { readSellerBySlug, readSellers, type StoredSeller } from './store.ts';

/** Name by name: a stored seller also holds a bank account and a telephone number. */
function publicSeller(seller: StoredSeller): Seller {
  const { id, slug, name, legalType, commune, story, verified, demonstration } = seller;
  return { id, slug, name, legalType, commune, story, verified, demonstration, address: publicAddress(seller) };
}

export const handler = door(sellersContract, {
  async getSeller({ params }) {
    const seller = await readSellerBySlug(params.slug);
    if (!seller?.verified) throw notFound();
    return { body: publicSeller(seller) };
  },
  listSellers: async ({ query }) => ({ body: pageOf((await readSellers()).map(publicSeller), query) }),
});
