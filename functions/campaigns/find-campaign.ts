import { type ChannelFigures, readCampaign, readChannels, type StoredCampaign } from './store.ts';

export const findCampaignName = async (slug: string): Promise<string | undefined> => (await readCampaign(slug))?.name;

/** A campaign with what its channels reached, for reports; undefined for an unknown one. */
export async function findCampaign(slug: string): Promise<{ campaign: StoredCampaign; channels: ChannelFigures[] } | undefined> {
  const campaign = await readCampaign(slug);
  return campaign ? { campaign, channels: await readChannels(slug) } : undefined;
}
