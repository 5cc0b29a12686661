import { invalid, Problem } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import type { Lot, NewLot } from '../../../shared/traceability/contract.ts';
import { itemsOf, ownGtin } from '../../../shared/traceability/gtin.ts';
import { findByGtin, findSku, type SkuRecord } from '../../catalog/find-sku.ts';
import { config, tables } from '../../platform/config.ts';
import { findReplay, type Recorded } from '../../platform/idempotency.ts';
import { keepSkuGtin, putLot, readSkuGtin, type StoredLot, takeNumber } from '../store.ts';
import { lotAnswer } from './own-lot.ts';

/** The maker's GTIN, or else the market's own number for this SKU, given once and kept. */
async function gtinOf(sku: SkuRecord): Promise<string> {
  if (sku.gtin) return sku.gtin;
  const kept = await readSkuGtin(sku.sku);
  if (kept) return kept;
  for (;;) {
    const itemNumber = await takeNumber(config.GTIN_PREFIX);
    if (itemNumber >= itemsOf(config.GTIN_PREFIX)) {
      throw new Problem('conflict', {
        vi: 'Chợ đã hết số GTIN của mình. Xin đăng ký mã với GS1 Việt Nam rồi ghi vào sản phẩm.',
        en: 'The market’s own numbers are used up. Please register a GTIN with GS1 Việt Nam and enter it on the product.',
      });
    }
    const gtin = ownGtin(itemNumber, config.GTIN_PREFIX);
    // A seller may have typed a number of our range on a product: then it is theirs, and the next one is ours to give.
    if (!(await findByGtin(gtin))) return keepSkuGtin(sku.sku, gtin);
  }
}

/** A seller writes down what was harvested or made: how much, when, with which papers. Codes can be issued for no more than that. */
export async function recordLot(sellerId: string, asked: NewLot, key: string, now: Date): Promise<Recorded<Lot> & { isRepeat: boolean }> {
  const request = { scope: `recordLot#${sellerId}`, key, body: asked, now };
  const first = () => findReplay<Lot>(request, tables.traceability);
  const before = await first();
  if (before) return { ...before, isRepeat: true };

  const sku = await findSku(asked.sku);
  if (sku?.sellerId !== sellerId) throw invalid('sku', { vi: 'Gian hàng không có mã hàng này.', en: 'You do not sell this SKU.' });
  if (asked.harvestedOn > businessDay(now))
    throw invalid('harvestedOn', { vi: 'Ngày thu hoạch chưa tới.', en: 'The harvest day is in the future.' });

  if (asked.useBy !== undefined && asked.useBy < asked.harvestedOn)
    throw invalid('useBy', { vi: 'Hạn dùng không thể trước ngày thu hoạch.', en: 'The use-by day is before the harvest.' });

  const lot: StoredLot = {
    ...asked,
    gtin: await gtinOf(sku),
    productName: sku.productName,
    codesIssued: 0,
    codedGrams: 0,
    recordedAt: now.toISOString(),
    sellerId,
    netWeightGrams: sku.netWeightGrams,
    product: { slug: sku.productSlug, name: sku.productName, variant: sku.variantName, image: sku.image },
  };
  const answer = { status: 201, body: lotAnswer(lot) };
  const outcome = await putLot(lot, request, answer);
  if (outcome === 'recorded') return { ...answer, isRepeat: false };
  if (outcome === 'repeat') return recordLot(sellerId, asked, key, now);
  if (outcome === 'gtin_of_another')
    throw invalid('sku', { vi: `GTIN ${lot.gtin} đang là của gian hàng khác.`, en: `GTIN ${lot.gtin} belongs to another seller.` });
  throw new Problem('conflict', { vi: `Sản phẩm này đã có lô số ${lot.lot}.`, en: `This product already has a lot ${lot.lot}.` });
}
