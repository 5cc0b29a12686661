import * as z from 'zod';
import { Sku, SkuAsked } from '../catalog/contract.ts';
import { type Contract, Dong, Instant, line, listOf, paging, route, Slug } from '../platform/contract.ts';

export const campaignKinds = ['livestream', 'sales_week', 'cashless_day'] as const;
export const campaignStatuses = ['draft', 'scheduled', 'live', 'ended'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

const Channel = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  name: line(80),
  embedUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
});
const OfferIn = z.object({
  sku: Sku,
  price: Dong.min(1_000),
  limit: z.int().min(1).max(100_000),
  perBuyerLimit: z.int().min(1).max(9_999).optional(),
});
const OfferOut = OfferIn.extend({
  sku: z.string(),
  remaining: z.int(),
  name: z.string(),
  variant: z.string(),
  productSlug: z.string(),
  regularPrice: Dong,
  image: z.string().optional(),
});

export const Campaign = z
  .object({
    slug: z.string(),
    name: z.string(),
    kind: z.enum(campaignKinds),
    startsAt: z.string(),
    endsAt: z.string(),
    status: z.enum(campaignStatuses),
    channels: z.array(Channel),
    offers: z.array(OfferOut),
    demonstration: z.boolean().optional(),
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof Campaign>;

/** What every viewer polls; at most 2 KB, so at most 20 offers are listed. */
export const LiveSnapshot = z
  .object({
    version: z.int(),
    status: z.enum(campaignStatuses),
    pinned: z.string().optional(),
    offers: z.array(z.object({ sku: z.string(), price: Dong, remaining: z.int() })),
    ordersPlaced: z.int(),
    gramsSold: z.int(),
  })
  .meta({ id: 'LiveSnapshot' });
export type LiveSnapshot = z.infer<typeof LiveSnapshot>;

const window = (c: { startsAt?: string | undefined; endsAt?: string | undefined }) =>
  c.startsAt === undefined || c.endsAt === undefined || Date.parse(c.startsAt) < Date.parse(c.endsAt);
const differentIds = (channels: readonly { id: string }[] | undefined) =>
  channels === undefined || new Set(channels.map((c) => c.id)).size === channels.length;
const differentSkus = (offers: readonly { sku: string }[] | undefined) =>
  offers === undefined || new Set(offers.map((o) => o.sku)).size === offers.length;

export const NewCampaign = z
  .object({
    slug: Slug,
    name: line(120),
    kind: z.enum(campaignKinds),
    startsAt: Instant,
    endsAt: Instant,
    channels: z.array(Channel).min(1).max(10),
    offers: z.array(OfferIn).max(20),
  })
  .refine(window, { path: ['endsAt'], message: 'endsAt after startsAt' })
  .refine((c) => differentSkus(c.offers), { path: ['offers'], message: 'one offer per SKU' })
  .refine((c) => differentIds(c.channels), { path: ['channels'], message: 'one channel per id' })
  .meta({ id: 'NewCampaign' });
export type NewCampaign = z.infer<typeof NewCampaign>;

export const CampaignPatch = z
  .object({ name: line(120), startsAt: Instant, endsAt: Instant, channels: z.array(Channel).min(1).max(10) })
  .partial()
  .refine(window, { path: ['endsAt'], message: 'endsAt after startsAt' })
  .refine((c) => differentIds(c.channels), { path: ['channels'], message: 'one channel per id' });

const organisers = ['seller', 'department', 'admin'] as const;
const bySlug = z.object({ slug: z.string().max(100) });

export const campaignsContract = {
  listCampaigns: route({
    method: 'GET',
    path: '/api/campaigns',
    summary: 'Campaigns: live first, then what comes next',
    callers: 'anyone',
    query: z.object({ ...paging }),
    success: { status: 200, body: listOf(Campaign) },
    cacheControl: 'public, max-age=1',
  }),
  getCampaign: route({
    method: 'GET',
    path: '/api/campaigns/{slug}',
    summary: 'One campaign with its offers',
    callers: 'anyone',
    params: bySlug,
    success: { status: 200, body: Campaign },
    problems: ['not_found'],
    cacheControl: 'public, max-age=1',
  }),
  getLive: route({
    method: 'GET',
    path: '/api/campaigns/{slug}/live',
    summary: 'The snapshot every viewer polls: ≤ 2 KB, cached a second at the edge',
    callers: 'anyone',
    params: bySlug,
    success: { status: 200, body: LiveSnapshot },
    problems: ['not_found'],
    cacheControl: 'public, max-age=1',
  }),
  beacon: route({
    method: 'POST',
    path: '/api/campaigns/{slug}/beacon',
    summary: 'Count a viewer once per channel',
    callers: 'anyone',
    params: bySlug,
    body: z.object({ channel: z.string().min(1).max(40), event: z.enum(['reach', 'view']), viewer: z.string().min(8).max(64) }),
    success: { status: 202 },
    problems: ['not_found'],
  }),
  createCampaign: route({
    method: 'POST',
    path: '/api/campaigns',
    summary: 'Schedule a campaign; its offers’ stock is set aside now',
    description: 'A seller offers only own SKUs. Set-aside stock comes back when the campaign ends.',
    callers: organisers,
    body: NewCampaign,
    success: { status: 201, body: Campaign },
    problems: ['conflict', 'out_of_stock', 'forbidden'],
  }),
  changeCampaign: route({
    method: 'PATCH',
    path: '/api/campaigns/{slug}',
    summary: 'Change name, window or channels, until it has ended',
    callers: organisers,
    params: bySlug,
    body: CampaignPatch,
    success: { status: 200, body: Campaign },
    problems: ['not_found', 'conflict'],
  }),
  startCampaign: route({
    method: 'POST',
    path: '/api/campaigns/{slug}/start',
    summary: 'Go live now',
    callers: organisers,
    params: bySlug,
    success: { status: 200, body: Campaign },
    problems: ['not_found', 'conflict'],
  }),
  endCampaign: route({
    method: 'POST',
    path: '/api/campaigns/{slug}/end',
    summary: 'End now; what is left of the set-aside stock returns',
    callers: organisers,
    params: bySlug,
    success: { status: 200, body: Campaign },
    problems: ['not_found', 'conflict'],
  }),
  pin: route({
    method: 'POST',
    path: '/api/campaigns/{slug}/pin',
    summary: 'Pin the product being shown',
    callers: organisers,
    params: bySlug,
    body: z.object({ sku: SkuAsked }),
    success: { status: 200, body: LiveSnapshot },
    problems: ['not_found', 'conflict'],
  }),
  setMetrics: route({
    method: 'PUT',
    path: '/api/campaigns/{slug}/metrics',
    summary: 'A channel’s own figures; the newest `at` wins',
    callers: organisers,
    params: bySlug,
    body: z.object({ channel: z.string().min(1).max(40), reach: z.int().min(0), views: z.int().min(0), at: Instant }),
    success: { status: 200, body: z.object({ channel: z.string(), reach: z.int(), views: z.int(), at: z.string() }) },
    problems: ['not_found'],
  }),
} satisfies Contract;
