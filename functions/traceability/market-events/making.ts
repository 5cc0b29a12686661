import { createHash } from 'node:crypto';
import type { Home, Making } from '../../../shared/traceability/market-events/making.ts';
import { config } from '../../platform/config.ts';
import { findSeller } from '../../sellers/find-seller.ts';

export const making: Making = {
  origin: config.PUBLIC_ORIGIN,
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
};

/** Where a seller of ours works. A seller that is gone throws: its lots are still there, so somebody must look. */
export async function homeOf(sellerId: string): Promise<Home> {
  const seller = await findSeller(sellerId);
  if (!seller) throw new Error(`no seller ${sellerId}`);
  return { slug: seller.slug, communeCode: seller.commune.code };
}
