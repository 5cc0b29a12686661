import * as z from 'zod';
import { Day, listOf, paging, route } from '../../platform/contract.ts';
import { LotName } from '../lot-name.ts';

const Name = { gtin: z.string(), lot: z.string() };

export const RecalledLot = z
  .object({
    ...Name,
    productName: z.string(),
    harvestedOn: Day,
    seller: z.object({ slug: z.string(), name: z.string() }).optional().meta({ description: 'Absent when the seller has left the market' }),
    recall: z.object({ reason: z.string(), at: z.string(), notices: z.object({ queued: z.int(), sent: z.int(), complete: z.boolean() }) }),
  })
  .meta({ id: 'RecalledLot' });
export type RecalledLot = z.infer<typeof RecalledLot>;

const RelatedLot = z
  .object({
    ...Name,
    productName: z.string().optional().meta({ description: 'Absent for a lot the market does not know, such as a partner’s' }),
    isOwn: z.boolean(),
    isRecalled: z.boolean(),
  })
  .meta({ id: 'RelatedLot' });

export const LotJourney = z
  .object({
    ...Name,
    madeFrom: z.array(RelatedLot),
    madeInto: z.array(RelatedLot),
    carriers: z
      .array(z.string())
      .meta({ description: 'GS1 Digital Links of the pallets and containers that it or what was made of it lay on' }),
    steps: z.array(
      z.object({
        step: z.string(),
        at: z.string(),
        place: z.string().optional(),
        text: z.string(),
        temperature: z.object({ minC: z.number(), maxC: z.number(), alarm: z.boolean().optional() }).optional(),
      }),
    ),
    links: z
      .array(z.object({ from: z.string(), to: z.string(), how: z.enum(['made', 'on', 'of', 'measured']), at: z.string().optional() }))
      .meta({
        description:
          'The graph, in the direction of time: `made`, went into; `on`, lies in or on; `of`, the lot of an item; `measured`, hangs on and measures',
      }),
    findings: z
      .array(
        z.object({
          kind: z.enum(['over_made', 'over_used']),
          strength: z.literal('medium'),
          at: z.string(),
          events: z.array(z.string()),
          text: z.string(),
        }),
      )
      .meta({
        description:
          'Weights in makings that cannot be: `over_made`, more came out than went in; `over_used`, more was taken from the lot than it weighed. The events stand as they were told.',
      }),
    complete: z.boolean().meta({ description: 'False when there is more than one answer can follow: 12 steps, 5,000 things, 1,000 links' }),
  })
  .meta({ id: 'LotJourney' });
export type LotJourney = z.infer<typeof LotJourney>;

export const recallRoutes = {
  listRecalledLots: route({
    method: 'GET',
    path: '/api/admin/lots',
    summary: 'Lots under recall, the latest recall first',
    callers: ['department', 'admin'],
    query: z.object({ ...paging, recalled: z.enum(['', 'true']).meta({ description: 'There is no other list yet' }) }),
    success: { status: 200, body: listOf(RecalledLot) },
  }),
  lotJourney: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/journey',
    summary: 'Where a lot came from and what was made of it, by its seller’s events',
    callers: ['seller'],
    params: z.object({ lot: LotName }),
    success: { status: 200, body: LotJourney },
    problems: ['not_found', 'conflict'],
  }),
};
