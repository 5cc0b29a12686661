import { campaignStatus } from '../../shared/campaigns/status.ts';
import { readCampaign } from './store.ts';

export interface LiveOffer {
  price: number;
  perBuyerLimit?: number;
}

/** What an order with this campaign gets at `now`: no offers outside its window. Undefined when there is no such campaign. */
export async function findOffers(slug: string, now: Date): Promise<{ isLive: boolean; offers: Map<string, LiveOffer> } | undefined> {
  const campaign = await readCampaign(slug);
  if (!campaign) return undefined;
  const isLive = campaignStatus(campaign, now) === 'live';
  const offers = isLive ? campaign.offers : [];
  return { isLive, offers: new Map(offers.map(({ sku, price, perBuyerLimit }) => [sku, { price, perBuyerLimit }])) };
}

/** The SKUs a campaign offers, whatever its state; none for an unknown one. */
export const findOfferSkus = async (slug: string): Promise<Set<string>> => new Set((await readCampaign(slug))?.offers.map((o) => o.sku));
