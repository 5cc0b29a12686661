import type * as z from 'zod';
import type { CampaignPatch, NewCampaign } from '../../shared/campaigns/contract.ts';
import { campaignStatus } from '../../shared/campaigns/status.ts';
import { invalid, notFound, Problem, type Text } from '../../shared/platform/problem.ts';
import { sellerOf } from '../accounts/seller-of.ts';
import { findSkus, type SkuRecord } from '../catalog/find-sku.ts';
import { bringBack, setAside } from '../orders/set-aside.ts';
import type { Caller } from '../platform/auth.ts';
import { jitter } from '../platform/retry.ts';
import { createCampaignWith, readCampaign, replaceCampaign, type StoredCampaign } from './store.ts';

const conflict = (vi: string, en: string) => new Problem('conflict', { vi, en });

const slugTaken = () => conflict('Đường dẫn này đã có chương trình dùng.', 'This slug belongs to a campaign already.');

/** The campaign, for whoever may run it: its organiser, the department or an administrator. To any other seller it does not exist. */
export async function ownCampaign(caller: Caller, slug: string): Promise<StoredCampaign> {
  const campaign = await readCampaign(slug);
  const sellerId = caller.role === 'seller' ? (await sellerOf(caller)).id : undefined;
  if (!campaign || (caller.role === 'seller' && campaign.organiser.sellerId !== sellerId))
    throw notFound({ vi: 'Không có chương trình này.', en: 'There is no such campaign.' });
  return campaign;
}

function checkOffers(offers: NewCampaign['offers'], skus: Map<string, SkuRecord>, sellerId: string | undefined): void {
  const errors = offers.flatMap(({ sku, price }, i): { path: string; message: Text }[] => {
    const record = skus.get(sku);
    if (record?.status !== 'published' || (sellerId !== undefined && record.sellerId !== sellerId))
      return [
        { path: `offers[${i}].sku`, message: { vi: 'Không có mặt hàng này trong gian hàng.', en: 'There is no such item in your stall.' } },
      ];
    return price < record.price
      ? []
      : [{ path: `offers[${i}].price`, message: { vi: 'Giá ưu đãi phải thấp hơn giá bán.', en: 'An offer must be below the price.' } }];
  });
  if (errors.length > 0)
    throw new Problem('validation_failed', { vi: 'Xin kiểm tra lại các ưu đãi.', en: 'Please check the offers.' }, { errors });
}

/**
 * Schedules a campaign and sets its offers' stock aside, in one write.
 * @throws Problem 422, `conflict` (slug taken), `out_of_stock` (too few units for an offer)
 */
export async function createCampaign(
  caller: Caller,
  asked: NewCampaign,
  now: Date,
  marks: { demonstration?: true } = {},
): Promise<StoredCampaign> {
  const sellerId = caller.role === 'seller' ? (await sellerOf(caller)).id : undefined;
  if (Date.parse(asked.endsAt) <= now.getTime())
    throw invalid('endsAt', { vi: 'Chương trình phải kết thúc trong tương lai.', en: 'A campaign must end in the future.' });
  const skus = await findSkus(asked.offers.map((o) => o.sku));
  checkOffers(asked.offers, skus, sellerId);
  const campaign: StoredCampaign = {
    ...asked,
    ...marks,
    startsAt: new Date(asked.startsAt).toISOString(),
    endsAt: new Date(asked.endsAt).toISOString(),
    status: 'scheduled',
    offers: asked.offers.map((offer) => {
      const record = skus.get(offer.sku) as SkuRecord;
      return {
        ...offer,
        name: record.productName,
        variant: record.variantName,
        productSlug: record.productSlug,
        regularPrice: record.price,
        image: record.image,
      };
    }),
    organiser: { id: caller.id, sellerId },
    version: 1,
  };
  for (let attempt = 1; attempt <= 8; attempt++) {
    const aside = await setAside(asked.slug, asked.offers, caller.id, now);
    if (!aside) continue;
    // Its own units may be what is missing: it was written before, and only the answer was lost.
    if ('short' in aside && (await readCampaign(asked.slug))) throw slugTaken();
    if ('short' in aside)
      throw new Problem(
        'out_of_stock',
        { vi: 'Không đủ hàng để dành cho ưu đãi.', en: 'There is not enough stock to set aside.' },
        { errors: aside.short.map((i) => ({ path: `offers[${i}].limit`, message: { vi: 'Không đủ hàng.', en: 'Not enough stock.' } })) },
      );
    const created = await createCampaignWith(campaign, aside.items);
    if (created.ok) return campaign;
    if (created.slugTaken || (await readCampaign(asked.slug))) throw slugTaken();
    await jitter(attempt);
  }
  throw new Problem(
    'unavailable',
    { vi: 'Hàng đang bán rất nhanh. Xin thử lại.', en: 'The items are selling too fast right now. Please try again.' },
    { retryAfterSeconds: 1 },
  );
}

/** Reads, changes and writes a campaign; a rival's change in between makes it read again. */
async function change(caller: Caller, slug: string, next: (campaign: StoredCampaign) => StoredCampaign): Promise<StoredCampaign> {
  for (let attempt = 1; attempt <= 8; attempt++) {
    const before = await ownCampaign(caller, slug);
    const after = await replaceCampaign(before, next(before));
    if (after) return after;
    await jitter(attempt);
  }
  throw conflict('Chương trình đang được sửa ở nơi khác.', 'The campaign is being changed elsewhere.');
}

const refuseEnded = (campaign: StoredCampaign, now: Date) => {
  if (campaignStatus(campaign, now) === 'ended') throw conflict('Chương trình đã kết thúc.', 'The campaign is over.');
};

export const changeCampaign = (caller: Caller, slug: string, patch: z.output<typeof CampaignPatch>, now: Date) =>
  change(caller, slug, (campaign) => {
    refuseEnded(campaign, now);
    const after = { ...campaign, ...patch };
    const window = { startsAt: new Date(after.startsAt).toISOString(), endsAt: new Date(after.endsAt).toISOString() };
    if (window.startsAt >= window.endsAt)
      throw invalid('endsAt', { vi: 'Kết thúc phải sau bắt đầu.', en: 'endsAt must be after startsAt.' });
    return { ...after, ...window };
  });

/** Goes live now, whatever the planned start. */
export const startCampaign = (caller: Caller, slug: string, now: Date) =>
  change(caller, slug, (campaign) => {
    refuseEnded(campaign, now);
    if (campaign.status === 'live') throw conflict('Chương trình đang phát.', 'The campaign is live already.');
    return { ...campaign, status: 'live' };
  });

/** Ends now: no order gets its prices from here on; then what is left of its units goes back on the shelves. */
export async function endCampaign(caller: Caller, slug: string, now: Date): Promise<StoredCampaign> {
  const ended = await change(caller, slug, (campaign) => {
    if (campaign.status === 'ended') throw conflict('Chương trình đã kết thúc.', 'The campaign is over.');
    return { ...campaign, status: 'ended' };
  });
  await bringAllBack(ended, now);
  return ended;
}

/** Safe to repeat: what a crash left undone is done by the next turn of pages. */
export const bringAllBack = async (campaign: StoredCampaign, now: Date): Promise<void> => {
  for (const { sku } of campaign.offers) await bringBack(campaign.slug, sku, now);
};

export const pin = (caller: Caller, slug: string, sku: string, now: Date) =>
  change(caller, slug, (campaign) => {
    refuseEnded(campaign, now);
    if (!campaign.offers.some((o) => o.sku === sku))
      throw invalid('sku', { vi: 'Mặt hàng này không có trong chương trình.', en: 'This item is not in the campaign.' });
    return { ...campaign, pinned: sku };
  });
