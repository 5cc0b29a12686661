import * as z from 'zod';
import { type Contract, Day, route } from '../platform/contract.ts';

export const groupings = ['day', 'month', 'seller', 'commune', 'category', 'campaign', 'channel', 'payment'] as const;
export type Grouping = (typeof groupings)[number];

const figures = {
  orders: z.int().meta({ description: 'Orders with a confirmed package, less those whose packages were all cancelled or returned' }),
  packages: z.int().meta({ description: 'Packages confirmed, less those cancelled or returned after confirmation' }),
  revenue: z.int().meta({
    description:
      'Đồng: goods after discount, without shipping, of packages confirmed, less cancelled or returned, less refunds of goods that were not taken off by that',
  }),
  grams: z.int(),
  refunded: z.int().meta({ description: 'Đồng given back to buyers, shipping included, on the day it was' }),
};
export const Figures = z.object(figures);
export type Figures = z.infer<typeof Figures>;

export const Revenue = z
  .object({
    from: Day,
    to: Day,
    asOf: z.string(),
    rows: z.array(z.object({ key: z.string(), label: z.string(), ...figures })),
    total: Figures,
  })
  .meta({ id: 'Revenue' });
export type Revenue = z.infer<typeof Revenue>;

const spanDays = (q: { from: string; to: string }) => (Date.parse(q.to) - Date.parse(q.from)) / 86_400_000;

export const reportsContract = {
  revenue: route({
    method: 'GET',
    path: '/api/reports/revenue',
    summary: 'Revenue by day, month, seller, commune, category, campaign, channel or payment; at most 5 years',
    callers: ['department', 'admin'],
    query: z
      .object({ from: Day, to: Day, groupBy: z.enum(groupings).default('day') })
      .refine((q) => spanDays(q) >= 0, { path: ['to'], message: 'to is not before from' })
      .refine((q) => spanDays(q) <= 1_827, { path: ['to'], message: 'at most 5 years' }),
    success: { status: 200, body: Revenue },
  }),
  campaignReport: route({
    method: 'GET',
    path: '/api/reports/campaigns/{slug}',
    summary: 'What a campaign brought',
    callers: ['department', 'admin'],
    params: z.object({ slug: z.string().max(100) }),
    success: {
      status: 200,
      body: z.object({
        slug: z.string(),
        name: z.string(),
        reach: z.int(),
        views: z.int(),
        orders: z.int(),
        gramsSold: z.int(),
        revenue: z.int(),
        byChannel: z.array(
          z.object({
            channel: z.string(),
            name: z.string(),
            reach: z.int(),
            views: z.int(),
            orders: z.int(),
            gramsSold: z.int(),
            revenue: z.int(),
          }),
        ),
      }),
    },
    problems: ['not_found'],
  }),
} satisfies Contract;
