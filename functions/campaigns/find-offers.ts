import { campaignStatus } from '../../shared/campaigns/status.ts';
import { snapshots } from '../platform/snapshots.ts';
import { campaignPartition, readCampaign, type StoredCampaign } from './store.ts';

/**
 * A Megalive's orders all name the same campaign. Its prices never change, and a window that was closed elsewhere within the last
 * second has closed counters: an order from it is refused by them and looks again.
 */
const kept = snapshots<StoredCampaign | undefined>({ maxAgeMs: 1_000 });

export interface LiveOffer {
  price: number;
  perBuyerLimit?: number;
}

/** What an order with this campaign gets at `now`: no offers outside its window. Undefined when there is no such campaign. */
export async function findOffers(slug: string, now: Date): Promise<{ isLive: boolean; offers: Map<string, LiveOffer> } | undefined> {
  const campaign = await kept.get(slug, async () => ({ value: await readCampaign(slug), madeOf: [campaignPartition(slug)] }));
  if (!campaign) return undefined;
  const isLive = campaignStatus(campaign, now) === 'live';
  const offers = isLive ? campaign.offers : [];
  return { isLive, offers: new Map(offers.map(({ sku, price, perBuyerLimit }) => [sku, { price, perBuyerLimit }])) };
}

/** Whether a campaign is live this very moment, whatever was read of it within the last second. */
export async function isLiveNow(slug: string, now: Date): Promise<boolean> {
  const campaign = await readCampaign(slug);
  return campaign !== undefined && campaignStatus(campaign, now) === 'live';
}

/** The SKUs a campaign offers, whatever its state; none for an unknown one. */
export const findOfferSkus = async (slug: string): Promise<Set<string>> => new Set((await readCampaign(slug))?.offers.map((o) => o.sku));
