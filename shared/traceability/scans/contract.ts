import * as z from 'zod';
import { Day, listOf, paging, prose, route } from '../../platform/contract.ts';
import { Phone } from '../../platform/phone.ts';
import { LotName } from '../lot-name.ts';
import { findingKinds } from './copies.ts';
import { shipments, traceStates } from './states.ts';

const Key = z.string().max(100);
const Strength = z.enum(['weak', 'medium', 'strong']);

/** What the network's edge tells of a visitor, and the page's own name for the phone. On one machine anybody may send the first two. */
export const viewerHeaders = z.looseObject({
  'cloudfront-viewer-country': z.string().optional().meta({ description: 'ISO 3166-1, e.g. `VN`' }),
  'cloudfront-viewer-country-region': z
    .string()
    .optional()
    .meta({ description: 'ISO 3166-2, e.g. `56` or `VN-56`; the 63 provinces of before July 2025 are read as today’s 34' }),
  'x-device': z.string().optional().meta({ description: 'A random name that the browser gave itself' }),
});

export const ScanSummary = z
  .object({
    lastAt: z.string().optional(),
    phones: z.int().meta({ description: 'Different devices; 24 means 24 or more' }),
    shipment: z.enum(shipments).meta({ description: '`unknown` when the seller did not say which package the item is in' }),
    sold: z
      .object({ day: Day, province: z.object({ code: z.string(), name: z.string() }), isElsewhere: z.boolean() })
      .optional()
      .meta({ description: 'The day it was ordered and the province it was sent to; `isElsewhere`: asked from another province' }),
    words: z.array(z.string()),
    findings: z
      .array(z.object({ kind: z.enum(findingKinds), strength: Strength, text: z.string() }))
      .meta({ description: 'Signs that the label was copied. One strong or two medium ones make the item suspicious.' }),
  })
  .meta({ id: 'ScanSummary' });

export const doubtKinds = ['copied', 'opened', 'mismatch', 'other'] as const;
export type DoubtKind = (typeof doubtKinds)[number];

const DoubtId = z.object({ id: z.string(), receivedAt: z.string() });

export const LotScans = z
  .object({
    lot: z.string(),
    gtin: z.string(),
    codesIssued: z.int(),
    scans: z.int(),
    boxesSent: z.int().meta({ description: 'In packages that name the lot' }),
    provinces: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        sent: z.int(),
        scans: z.int(),
        boxesSeen: z.int(),
        expected: z
          .number()
          .optional()
          .meta({ description: 'Boxes that honest sales would let expect here; absent where that is not judged' }),
        isDoubtful: z.boolean(),
      }),
    ),
    findings: z.array(z.object({ kind: z.enum(['pattern', 'over_harvest']), strength: Strength, text: z.string() })),
    suspicious: z
      .array(z.object({ serial: z.string(), since: z.string(), scans: z.int(), findings: z.array(z.string()) }))
      .meta({ description: 'The 50 that became suspicious last' }),
    doubts: z
      .array(z.object({ id: z.string(), at: z.string(), serial: z.string(), kind: z.enum(doubtKinds), text: z.string() }))
      .meta({ description: 'The 50 last reports of shoppers; who they are is the department’s to know' }),
  })
  .meta({ id: 'LotScans' });
export type LotScans = z.infer<typeof LotScans>;

export const Doubt = z
  .object({
    id: z.string(),
    at: z.string(),
    gtin: z.string(),
    serial: z.string(),
    state: z.enum(traceStates),
    lot: z.string().optional(),
    seller: z.string().optional(),
    kind: z.enum(doubtKinds),
    text: z.string(),
    phone: z.string().optional(),
  })
  .meta({ id: 'Doubt' });
export type Doubt = z.infer<typeof Doubt>;

export const scanRoutes = {
  reportDoubt: route({
    method: 'POST',
    path: '/api/trace/{gtin}/{serial}/doubts',
    summary: 'A shopper doubts an item, also one whose code was never issued',
    description:
      'The same words about the same item on the same day are one report. Kept for a year; the phone is shown to the department only.',
    callers: 'anyone',
    params: z.object({ gtin: Key, serial: Key }),
    headers: viewerHeaders,
    body: z.object({
      kind: z.enum(doubtKinds),
      text: prose(1_000).refine((text) => text.length >= 5),
      phone: Phone.optional(),
    }),
    success: { status: 201, body: DoubtId },
    problems: ['not_found', 'rate_limited'],
  }),
  listDoubts: route({
    method: 'GET',
    path: '/api/admin/traceability/doubts',
    summary: 'What shoppers doubt, newest first',
    callers: ['department', 'admin'],
    query: z.object({ ...paging }),
    success: { status: 200, body: listOf(Doubt) },
  }),
  lotScans: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/scans',
    summary: 'Where a lot’s boxes are scanned, beside where they were sent',
    callers: ['seller'],
    params: z.object({ lot: LotName }),
    success: { status: 200, body: LotScans },
    problems: ['not_found', 'conflict'],
  }),
};
