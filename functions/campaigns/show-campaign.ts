import type { Campaign, LiveSnapshot } from '../../shared/campaigns/contract.ts';
import { campaignStatus } from '../../shared/campaigns/status.ts';
import { notFound } from '../../shared/platform/problem.ts';
import { readOffersLeft } from '../orders/set-aside.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { campaignFigures } from '../reports/campaign-figures.ts';
import { readCampaign, readCampaigns, type StoredCampaign } from './store.ts';

const none = () => notFound({ vi: 'Không có chương trình này.', en: 'There is no such campaign.' });

/** @throws Problem not_found */
export async function campaignOf(slug: string): Promise<StoredCampaign> {
  const campaign = await readCampaign(slug);
  if (!campaign) throw none();
  return campaign;
}

export async function shownCampaign(campaign: StoredCampaign, now: Date): Promise<Campaign> {
  const left = await readOffersLeft(
    campaign.slug,
    campaign.offers.map((o) => o.sku),
  );
  const { slug, name, kind, startsAt, endsAt, channels, demonstration } = campaign;
  return {
    ...{ slug, name, kind, startsAt, endsAt, channels, demonstration },
    status: campaignStatus(campaign, now),
    offers: campaign.offers.map((offer) => ({ ...offer, remaining: left.get(offer.sku) ?? 0 })),
  };
}

const order = { live: 0, scheduled: 1, ended: 2, draft: 3 };

/** Live first, then what comes next, then what is over. Drafts are their organiser's own. */
export async function listCampaigns(
  limit: number,
  cursor: string | undefined,
  now: Date,
): Promise<{ items: Campaign[]; nextCursor?: string }> {
  const skip =
    decodeCursor(
      cursor,
      (place): place is { skip: number } =>
        typeof place === 'object' && place !== null && 'skip' in place && Number.isInteger(place.skip) && Number(place.skip) > 0,
    )?.skip ?? 0;
  const all = (await readCampaigns())
    .map((campaign) => ({ campaign, status: campaignStatus(campaign, now) }))
    .filter(({ status }) => status !== 'draft')
    .sort(
      (a, b) =>
        order[a.status] - order[b.status] || (a.status === 'scheduled' ? 1 : -1) * (a.campaign.startsAt < b.campaign.startsAt ? -1 : 1),
    );
  const page = all.slice(skip, skip + limit);
  return {
    items: await Promise.all(page.map(({ campaign }) => shownCampaign(campaign, now))),
    ...(skip + limit < all.length ? { nextCursor: encodeCursor({ skip: skip + limit }) } : {}),
  };
}

/** The tiny snapshot: `version` grows with every counted order, pin or edit, so a viewer that has seen it need not draw again. */
export async function snapshot(campaign: StoredCampaign, now: Date): Promise<LiveSnapshot> {
  const skus = campaign.offers.map((o) => o.sku);
  const [left, figures] = await Promise.all([readOffersLeft(campaign.slug, skus), campaignFigures(campaign.slug)]);
  return {
    version: campaign.version + figures.writes,
    status: campaignStatus(campaign, now),
    pinned: campaign.pinned,
    offers: campaign.offers.map(({ sku, price }) => ({ sku, price, remaining: left.get(sku) ?? 0 })),
    ordersPlaced: figures.orders,
    gramsSold: figures.grams,
  };
}
