import type * as z from 'zod';
import type { Quote, QuoteRequest } from '../../shared/orders/contract.ts';
import { addUp, type PricedBasket, type PricedLine, priceBasket, type Voucher, voucherDiscount } from '../../shared/orders/pricing.ts';
import { formatDong } from '../../shared/platform/money.ts';
import { invalid, Problem, type Text } from '../../shared/platform/problem.ts';
import { findLocker } from '../../shared/shipping/lockers.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import { estimateProvince } from '../../shared/shipping/rates.ts';
import { findOffers, type LiveOffer } from '../campaigns/find-offers.ts';
import type { SkuRecord } from '../catalog/find-sku.ts';
import { skuKey } from '../catalog/sku-key.ts';
import { tables } from '../platform/config.ts';
import { getMany, type Item } from '../platform/dynamo.ts';
import { firstShardKey, placeName, type Stock, type StockPlace, stockOf } from './stock-store.ts';
import { voucherKey } from './vouchers.ts';

export type BasketRequest = Pick<QuoteRequest, 'lines' | 'voucher' | 'campaign' | 'shipTo' | 'delivery' | 'lockerId'>;

export interface BasketLine {
  sku: SkuRecord;
  quantity: number;
  /** Where the buyer wrote it first, for error paths. */
  index: number;
  /** Every place where the buyer wrote it. */
  indexes: number[];
  offer?: LiveOffer;
  /** The place it is taken from, a campaign's own units for an offer, the product's stock otherwise; and what lay there. */
  place: StockPlace;
  stock: Stock;
}

export interface Basket {
  /** The live campaign the order counts for. */
  campaign: string | undefined;
  lines: BasketLine[];
  priced: PricedBasket;
  voucher: (Voucher & { limit: number }) | undefined;
}

/** Everything a basket needs, as one batch read it; nothing is judged yet. */
export interface BasketRead {
  items: Map<string, Item>;
  merged: { sku: string; quantity: number; index: number }[];
  /** Undefined: no campaign was named; null: there is none of that name. */
  offers: Map<string, LiveOffer> | undefined | null;
  /** The campaign the order counts for: the one named, while it is live. */
  campaign: string | undefined;
}

const itemAt = (items: Map<string, Item>, key: { pk: string; sk: string }) => items.get(`${key.pk}|${key.sk}`);
const placeOf = (request: BasketRequest, read: Pick<BasketRead, 'offers'>, sku: string): StockPlace => ({
  sku,
  campaign: read.offers?.get(sku) ? request.campaign : undefined,
});

/**
 * Reads SKUs, counters, voucher, and whatever the caller wants read along, in one batch.
 * @param along further keys, read in the same batch
 */
export async function readBasket(
  request: BasketRequest,
  now: Date,
  along: readonly { pk: string; sk: string }[] = [],
): Promise<BasketRead> {
  const merged = addUp(request.lines);
  const named = request.campaign === undefined ? undefined : ((await findOffers(request.campaign, now)) ?? null);
  const offers = named === null ? null : named?.offers;
  const items = await getMany(tables.commerce, [
    ...merged.map(({ sku }) => skuKey(sku)),
    ...merged.map(({ sku }) => firstShardKey(placeOf(request, { offers }, sku))),
    ...(request.voucher === undefined ? [] : [voucherKey(request.voucher)]),
    ...along,
  ]);
  return { items, merged, offers, campaign: named?.isLive ? request.campaign : undefined };
}

/**
 * Prices a basket as read.
 * @throws Problem 422 for an unknown SKU, campaign, voucher or address, naming the field
 */
export async function judgeBasket(request: BasketRequest, read: BasketRead, now: Date): Promise<Basket> {
  const { items, merged, offers } = read;
  checkAddress(request);
  if (offers === null) throw invalid('campaign', { vi: 'Không có chương trình này.', en: 'There is no such campaign.' });
  const records = merged.map(({ sku }) => itemAt(items, skuKey(sku)) as unknown as SkuRecord | undefined);
  refuseUnknown(request, merged, records);
  const places = merged.map(({ sku }) => placeOf(request, read, sku));
  const stock = await stockOf(places, items);
  const lines = places.map(
    (place, i): BasketLine => ({
      sku: records[i] as SkuRecord,
      quantity: merged[i]?.quantity ?? 0,
      index: merged[i]?.index ?? 0,
      indexes: indexesOf(request, place.sku),
      offer: offers?.get(place.sku),
      place,
      stock: stock.get(placeName(place)) as Stock,
    }),
  );
  const voucher = request.voucher === undefined ? undefined : voucherOf(itemAt(items, voucherKey(request.voucher)), now);
  const priced = priceBasket(
    lines.map((l) => ({
      ...l.sku,
      quantity: l.quantity,
      offerPrice: l.offer?.price,
      needsCold: l.sku.shippingClass === 'fresh' || l.sku.shippingClass === 'chilled',
    })),
    { provinceCode: provinceOf(request), delivery: request.delivery, voucher },
  );
  if (voucher && voucherDiscount(voucher, priced.subtotal) === 0)
    throw invalid('voucher', {
      vi: `Mã này dùng cho đơn từ ${formatDong(voucher.minSubtotal)}.`,
      en: `This voucher needs a basket of ${voucher.minSubtotal} đồng.`,
    });
  return { campaign: read.campaign, lines, priced, voucher };
}

/** Where a parcel travels: to the locker, to the address, or (not said yet) where most go. @throws Problem 422 for an unknown locker */
function provinceOf({ delivery, lockerId, shipTo }: BasketRequest): string {
  if (delivery === 'locker' && lockerId !== undefined) {
    const locker = findLocker(lockerId);
    if (!locker) throw invalid('lockerId', { vi: 'Không có tủ nhận hàng này.', en: 'There is no such locker.' });
    return locker.provinceCode;
  }
  return shipTo?.provinceCode ?? estimateProvince;
}

function checkAddress({ shipTo }: BasketRequest): void {
  if (!shipTo) return;
  const commune = findCommune(shipTo.communeCode);
  if (!commune) throw invalid('shipTo.communeCode', { vi: 'Không có xã, phường này.', en: 'There is no such commune.' });
  if (commune.province.code !== shipTo.provinceCode)
    throw invalid('shipTo.communeCode', {
      vi: 'Xã, phường này không thuộc tỉnh, thành đã chọn.',
      en: 'The commune is not in that province.',
    });
}

/** Two lines of one SKU are one line to us and two to the buyer: both are named when it is refused. */
const indexesOf = (request: BasketRequest, sku: string): number[] => request.lines.flatMap((l, i) => (l.sku === sku ? [i] : []));

const notOnSale: Text = { vi: 'Mặt hàng này không còn bán.', en: 'This item is not on sale.' };
const recalled: Text = {
  vi: 'Lô hàng đang bán bị thu hồi, tạm ngừng bán cho tới khi có lô khác.',
  en: 'The lot on sale was recalled; not sold until there is another.',
};

function refuseUnknown(request: BasketRequest, merged: readonly { sku: string }[], records: readonly (SkuRecord | undefined)[]): void {
  const gone = merged.flatMap(({ sku }, i) => {
    const record = records[i];
    if (record?.status === 'published' && !record.isHeld) return [];
    return [{ sku, message: record?.isHeld ? recalled : notOnSale }];
  });
  if (gone.length === 0) return;
  throw new Problem(
    'validation_failed',
    { vi: 'Có mặt hàng trong giỏ không còn bán.', en: 'Something in the basket is not on sale.' },
    { errors: gone.flatMap(({ sku, message }) => indexesOf(request, sku).map((index) => ({ path: `lines[${index}].sku`, message }))) },
  );
}

function voucherOf(item: Item | undefined, now: Date): Voucher & { limit: number } {
  const voucher = item as (Voucher & { limit: number; used: number; endsAt: string }) | undefined;
  if (!voucher || voucher.endsAt <= now.toISOString())
    throw invalid('voucher', { vi: 'Mã giảm giá không đúng hoặc đã hết hạn.', en: 'The voucher is unknown or over.' });
  if (voucher.used >= voucher.limit) throw invalid('voucher', { vi: 'Mã giảm giá đã hết lượt dùng.', en: 'The voucher is used up.' });
  return voucher;
}

/** A line as people see it. */
export const shownLine = (
  sku: Pick<SkuRecord, 'sku' | 'productSlug' | 'productName' | 'variantName' | 'unit' | 'image' | 'netWeightGrams'>,
  line: PricedLine,
) => ({
  sku: sku.sku,
  productSlug: sku.productSlug,
  name: sku.productName,
  variant: sku.variantName,
  unit: sku.unit,
  image: sku.image,
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  total: line.total,
  netWeightGrams: sku.netWeightGrams,
  ...(line.offer ? { offer: true } : {}),
});

/** What a basket costs right now; reserves nothing. */
export async function quote(request: QuoteRequest, now: Date): Promise<z.input<typeof Quote>> {
  const basket = await judgeBasket(request, await readBasket(request, now), now);
  const bySku = new Map(basket.lines.map((l) => [l.sku.sku, l]));
  const shown = (line: PricedLine) => {
    const { sku, stock } = bySku.get(line.sku) as BasketLine;
    return { ...shownLine(sku, line), available: stock.shards.reduce((sum, s) => sum + s.available, 0) };
  };
  const { lines, packages, subtotal, discount, shipping, total } = basket.priced;
  return {
    lines: lines.map(shown),
    ...{ subtotal, discount, shipping, total },
    packages: packages.map((p) => ({
      ...p,
      sellerName: bySku.get(p.lines[0]?.sku ?? '')?.sku.sellerName ?? '',
      lines: p.lines.map(shown),
    })),
  };
}
