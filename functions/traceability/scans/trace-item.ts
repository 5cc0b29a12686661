import { notFound } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import { publicAddress } from '../../../shared/sellers/public-address.ts';
import type { Trace } from '../../../shared/traceability/contract.ts';
import { ownSerial, readLink } from '../../../shared/traceability/digital-link.ts';
import { type KnownItem, traceOf } from '../../../shared/traceability/scans/trace.ts';
import { findSku } from '../../catalog/find-sku.ts';
import { snapshots } from '../../platform/snapshots.ts';
import { lotAnswer } from '../lots/own-lot.ts';
import { limitGuesses } from './guesses.ts';
import { isForgotten, readTraced, type TracedItem } from './traced-item.ts';
import { type Visitor, visitorPlace } from './visitor.ts';

/** The catalogue's words for a lot's goods: thousands of scans an evening ask for the same few. */
const goods = snapshots<Awaited<ReturnType<typeof findSku>>>({ maxAgeMs: 5_000 });

/**
 * What a label says about itself. A link GS1 would not allow is not found; any other that the market never issued says so.
 * @throws Problem `not_found`, `rate_limited` (a visitor who asks for too many codes that were never issued)
 */
export async function traceItem(asked: { gtin: string; serial: string }, visitor: Visitor, now: Date): Promise<Trace> {
  const typed = ownSerial(asked.serial);
  const serial = typed ?? asked.serial;
  if (!readLink({ gtin: asked.gtin, serial }).ok)
    throw notFound({ vi: 'Mã trên nhãn không đúng dạng.', en: 'This is not a well-formed code.' });
  const traced = typed ? await readTraced(asked.gtin, typed) : undefined;
  if (!traced && typed && (await isForgotten(asked.gtin, typed)))
    return traceOf({ gtin: asked.gtin, serial }, 'forgotten', businessDay(now));
  if (!traced) await limitGuesses(visitor, now);
  const known = traced && (await knownItem(traced));
  return traceOf({ gtin: asked.gtin, serial }, known, businessDay(now), visitorPlace(visitor));
}

async function knownItem({ item, lot, steps, toldRecall, sale, seller, home }: TracedItem): Promise<KnownItem> {
  const sku = await goods.get(lot.sku, async () => ({ value: await findSku(lot.sku), madeOf: [] }));
  return {
    codedAt: item.issuedAt,
    scans: { count: item.scanCount, firstAt: item.firstScanAt },
    lastScanAt: item.lastScanAt,
    seen: item.seen,
    sale,
    lot: lotAnswer(lot),
    lotDoubts: lot.doubtful?.provinces,
    home,
    steps,
    toldRecall,
    // The catalogue's words of today; those of the recording day for goods no longer sold.
    product: {
      ...(sku ? { slug: sku.productSlug, name: sku.productName, variant: sku.variantName, image: sku.image } : lot.product),
      netWeightGrams: lot.netWeightGrams,
    },
    // The unit's address must be shown (TT 31/2026/TT-BCT, Art. 7). Name by name: a stored seller also holds a bank account.
    ...(seller ? { seller: { slug: seller.slug, name: seller.name, address: publicAddress(seller), commune: seller.commune } } : {}),
  };
}
