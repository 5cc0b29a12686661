import { campaignStatus } from '../../shared/campaigns/status.ts';
import { log } from '../platform/log.ts';
import { bringAllBack } from './run-campaign.ts';
import { readCampaigns, replaceCampaign } from './store.ts';

/** Closes campaigns whose window is over (or whose closing was cut short) and brings their set-aside stock back. */
export const handler = async (): Promise<{ closed: number }> => {
  const now = new Date();
  let closed = 0;
  for (const campaign of await readCampaigns()) {
    if (campaign.broughtBack || campaignStatus(campaign, now) !== 'ended') continue;
    const ended = campaign.status === 'ended' ? campaign : await replaceCampaign(campaign, { ...campaign, status: 'ended' });
    // Undefined: someone changed it this very moment; the next run sees.
    if (!ended) continue;
    await bringAllBack(ended, now);
    await replaceCampaign(ended, { ...ended, broughtBack: true });
    closed++;
    log.info('campaign closed', { slug: campaign.slug });
  }
  return { closed };
};
