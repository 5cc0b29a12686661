import { notFound } from '../../shared/platform/problem.ts';
import { businessDay } from '../../shared/platform/time.ts';
import { publicAddress } from '../../shared/sellers/public-address.ts';
import type { Trace } from '../../shared/traceability/contract.ts';
import { ownSerial, readLink } from '../../shared/traceability/digital-link.ts';
import { type KnownItem, traceOf } from '../../shared/traceability/trace.ts';
import { findSku } from '../catalog/find-sku.ts';
import { findSeller } from '../sellers/find-seller.ts';
import { readItem, readLot } from './store.ts';

/**
 * What a label says about itself. A link GS1 would not allow is not found; any other that the market never issued says so.
 * @throws Problem `not_found`
 */
export async function traceItem(asked: { gtin: string; serial: string }, now: Date): Promise<Trace> {
  const typed = ownSerial(asked.serial);
  const serial = typed ?? asked.serial;
  if (!readLink({ gtin: asked.gtin, serial }).ok)
    throw notFound({ vi: 'Mã trên nhãn không đúng dạng.', en: 'This is not a well-formed code.' });
  return traceOf({ gtin: asked.gtin, serial }, typed ? await knownItem(asked.gtin, typed) : undefined, businessDay(now));
}

async function knownItem(gtin: string, serial: string): Promise<KnownItem | undefined> {
  const item = await readItem(gtin, serial);
  const lot = item && (await readLot(gtin, item.lot));
  if (!item || !lot) return undefined;
  const [sku, seller] = await Promise.all([findSku(lot.sku), findSeller(lot.sellerId)]);
  return {
    codedAt: item.issuedAt,
    scans: { count: item.scanCount, firstAt: item.firstScanAt },
    lot,
    // The catalogue's words of today; those of the recording day for goods no longer sold.
    product: {
      ...(sku ? { slug: sku.productSlug, name: sku.productName, variant: sku.variantName, image: sku.image } : lot.product),
      netWeightGrams: lot.netWeightGrams,
    },
    // The unit's address must be shown (TT 31/2026/TT-BCT, Art. 7). Name by name: a stored seller also holds a bank account.
    ...(seller ? { seller: { slug: seller.slug, name: seller.name, address: publicAddress(seller), commune: seller.commune } } : {}),
  };
}
