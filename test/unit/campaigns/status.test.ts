import { expect, test } from 'vitest';
import { NewCampaign } from '../../../shared/campaigns/contract.ts';
import { campaignStatus } from '../../../shared/campaigns/status.ts';

const window = { startsAt: '2026-06-20T13:00:00.000Z', endsAt: '2026-06-20T15:00:00.000Z' };

test.each([
  ['scheduled', '2026-06-20T12:59:59.999Z', 'scheduled'],
  ['scheduled', '2026-06-20T13:00:00.000Z', 'live'],
  ['scheduled', '2026-06-20T14:59:59.999Z', 'live'],
  ['scheduled', '2026-06-20T15:00:00.000Z', 'ended'],
  // The organiser's buttons.
  ['live', '2026-06-20T12:00:00.000Z', 'live'],
  ['live', '2026-06-20T15:00:00.000Z', 'ended'],
  ['ended', '2026-06-20T12:00:00.000Z', 'ended'],
  ['ended', '2026-06-20T14:00:00.000Z', 'ended'],
  ['draft', '2026-06-20T14:00:00.000Z', 'draft'],
  ['draft', '2026-06-21T14:00:00.000Z', 'draft'],
] as const)('stored %s is at %s %s', (status, at, expected) => {
  expect(campaignStatus({ ...window, status }, new Date(at))).toBe(expected);
});

test('times with an offset mean the same instant: 20:00 in Việt Nam is 13:00 UTC', () => {
  const local = { startsAt: '2026-06-20T20:00:00+07:00', endsAt: '2026-06-20T22:00:00+07:00', status: 'scheduled' as const };
  expect(campaignStatus(local, new Date('2026-06-20T12:59:59Z'))).toBe('scheduled');
  expect(campaignStatus(local, new Date('2026-06-20T13:00:00Z'))).toBe('live');
  expect(campaignStatus(local, new Date('2026-06-20T15:00:00Z'))).toBe('ended');
});

const campaign = {
  slug: 'dem-hoi-vai',
  name: 'Đêm hội vải',
  kind: 'livestream',
  ...window,
  channels: [{ id: 'facebook', name: 'Facebook' }],
  offers: [{ sku: 'VAI-5KG', price: 290_000, limit: 100 }],
};

test('a window that ends before or when it starts is refused, whatever offsets it is written with', () => {
  expect(NewCampaign.safeParse(campaign).success).toBe(true);
  expect(NewCampaign.safeParse({ ...campaign, endsAt: campaign.startsAt }).success).toBe(false);
  // 20:30+07:00 is 13:30 UTC, after the start although the text sorts before.
  expect(NewCampaign.safeParse({ ...campaign, startsAt: '2026-06-20T20:30:00+07:00', endsAt: '2026-06-20T14:00:00Z' }).success).toBe(true);
  expect(NewCampaign.safeParse({ ...campaign, startsAt: '2026-06-20T13:30:00Z', endsAt: '2026-06-20T20:00:00+07:00' }).success).toBe(false);
});

test('one SKU has one offer', () => {
  expect(NewCampaign.safeParse({ ...campaign, offers: [...campaign.offers, ...campaign.offers] }).success).toBe(false);
});
