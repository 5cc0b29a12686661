import type { CampaignStatus } from './contract.ts';

/** What the window and the organiser's buttons say a campaign is at `now`: ended for good once ended, live from its start (or the button) to its end. */
export function campaignStatus(campaign: { status: CampaignStatus; startsAt: string; endsAt: string }, now: Date): CampaignStatus {
  if (campaign.status === 'ended' || campaign.status === 'draft') return campaign.status;
  const at = now.getTime();
  if (at >= Date.parse(campaign.endsAt)) return 'ended';
  return campaign.status === 'live' || at >= Date.parse(campaign.startsAt) ? 'live' : 'scheduled';
}
