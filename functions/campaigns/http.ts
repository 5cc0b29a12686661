import { campaignsContract } from '../../shared/campaigns/contract.ts';
import { invalid, notFound } from '../../shared/platform/problem.ts';
import { door } from '../platform/door.ts';
import { changeCampaign, createCampaign, endCampaign, ownCampaign, pin, startCampaign } from './run-campaign.ts';
import { campaignOf, listCampaigns, shownCampaign, snapshot } from './show-campaign.ts';
import { countViewer, type StoredCampaign, saveMetrics } from './store.ts';

const knownChannel = (campaign: StoredCampaign, channel: string) => {
  if (!campaign.channels.some((c) => c.id === channel))
    throw invalid('channel', { vi: 'Chương trình không có kênh này.', en: 'The campaign has no such channel.' });
};

/** Channels' clocks may run ahead of ours a little. */
const clockSkewMs = 300_000;

/** A viewer is remembered for 30 days after the campaign, then forgotten. */
const viewerDays = 30;

export const handler = door(campaignsContract, {
  listCampaigns: async ({ query, now }) => ({ body: await listCampaigns(query.limit, query.cursor, now) }),
  getCampaign: async ({ params, now }) => ({ body: await shownCampaign(await campaignOf(params.slug), now) }),
  getLive: async ({ params, now }) => ({ body: await snapshot(await campaignOf(params.slug), now) }),
  async beacon({ params, body }) {
    const campaign = await campaignOf(params.slug);
    knownChannel(campaign, body.channel);
    await countViewer(
      campaign.slug,
      body.channel,
      body.event,
      body.viewer,
      Math.floor(Date.parse(campaign.endsAt) / 1000) + viewerDays * 86_400,
    );
    return {};
  },
  createCampaign: async ({ caller, body, now }) => ({ body: await shownCampaign(await createCampaign(caller, body, now), now) }),
  changeCampaign: async ({ caller, params, body, now }) => ({
    body: await shownCampaign(await changeCampaign(caller, params.slug, body, now), now),
  }),
  startCampaign: async ({ caller, params, now }) => ({ body: await shownCampaign(await startCampaign(caller, params.slug, now), now) }),
  endCampaign: async ({ caller, params, now }) => ({ body: await shownCampaign(await endCampaign(caller, params.slug, now), now) }),
  pin: async ({ caller, params, body, now }) => ({ body: await snapshot(await pin(caller, params.slug, body.sku, now), now) }),
  async setMetrics({ caller, params, body, now }) {
    const campaign = await ownCampaign(caller, params.slug);
    knownChannel(campaign, body.channel);
    // The newest wins: figures from the future would keep every honest one out.
    if (Date.parse(body.at) > now.getTime() + clockSkewMs)
      throw invalid('at', { vi: 'Thời điểm không thể ở tương lai.', en: 'It cannot be in the future.' });
    const saved = await saveMetrics(campaign.slug, { ...body, at: new Date(body.at).toISOString() });
    if (!saved) throw notFound();
    return { body: { channel: saved.channel, reach: saved.reach, views: saved.views, at: saved.at } };
  },
});
