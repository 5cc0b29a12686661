import * as z from 'zod';
import { CommuneRef, SkuAsked } from '../catalog/contract.ts';
import { packageStatuses } from '../orders/lifecycle.ts';
import { type Contract, Day, line, listOf, paging, route } from '../platform/contract.ts';
import { LotName } from './lot-name.ts';
import { mostLots, mostSerials } from './package-lots.ts';
import { Photo, photoRoutes } from './photos/contract.ts';
import { readingRoutes } from './readings/contract.ts';
import { recallRoutes } from './recalls/contract.ts';
import { recordsRoutes } from './records/contract.ts';
import { resolverRoutes } from './resolver/contract.ts';
import { ScanSummary, scanRoutes, viewerHeaders } from './scans/contract.ts';
import { traceStates } from './scans/states.ts';

/** A lot number travels in a GS1 Digital Link: AI (10), 1–20 characters; ours keep to those that need no escaping. */
export const LotNumber = z.string().regex(/^[A-Z0-9][A-Z0-9._-]{0,19}$/);

export const Lot = z
  .object({
    lot: z.string(),
    sku: z.string(),
    gtin: z.string(),
    productName: z.string(),
    harvestedOn: Day,
    useBy: Day.optional(),
    quantityGrams: z.int(),
    plantingAreaCode: z.string().optional(),
    certificates: z.array(z.object({ kind: z.string(), number: z.string(), validUntil: Day.optional() })),
    photos: z.array(Photo).optional(),
    note: z.string().optional(),
    codesIssued: z.int(),
    codedGrams: z.int(),
    recordedAt: z.string(),
    doubtful: z
      .object({ since: z.string(), provinces: z.array(z.string()) })
      .optional()
      .meta({ description: 'Provinces in which far more boxes of the lot are scanned than were sent there.' }),
    recall: z
      .object({
        reason: z.string(),
        at: z.string(),
        notices: z.object({ queued: z.int(), sent: z.int(), complete: z.boolean() }).optional().meta({
          description:
            'To the buyers of packages that carry the lot: queued, and nothing sends them yet. Not `complete`: send the recall again, it goes on.',
        }),
      })
      .optional(),
  })
  .meta({ id: 'Lot' });
export type Lot = z.infer<typeof Lot>;

export const NewLot = z
  .object({
    sku: SkuAsked,
    lot: LotNumber,
    harvestedOn: Day,
    useBy: Day.optional().meta({ description: 'The last good day; goods without one need none.' }),
    quantityGrams: z.int().min(1).max(1_000_000_000),
    plantingAreaCode: z
      .string()
      .regex(/^[A-Z0-9.\-/]{4,40}$/)
      .optional(),
    certificates: z
      .array(z.object({ kind: line(40), number: line(60), validUntil: Day.optional() }))
      .max(10)
      .default([]),
    note: line(500).optional(),
  })
  .meta({ id: 'NewLot' });
export type NewLot = z.infer<typeof NewLot>;

export const Trace = z
  .object({
    state: z.enum(traceStates),
    said: z.object({ title: z.string(), text: z.string() }).meta({ description: 'The state in words for whoever holds the item.' }),
    gtin: z.string(),
    serial: z.string(),
    product: z
      .object({ slug: z.string(), name: z.string(), variant: z.string(), image: z.string().optional(), netWeightGrams: z.int() })
      .optional(),
    seller: z.object({ slug: z.string(), name: z.string(), address: z.string(), commune: CommuneRef }).optional(),
    lot: z
      .object({
        lot: z.string(),
        harvestedOn: Day,
        useBy: Day.optional(),
        plantingAreaCode: z.string().optional(),
        photos: z.array(Photo).optional(),
      })
      .optional(),
    journey: z.array(
      z.object({
        step: z.string(),
        at: z.string(),
        place: z.string().optional(),
        text: z.string(),
        temperature: z.object({ minC: z.number(), maxC: z.number(), alarm: z.boolean().optional() }).optional(),
      }),
    ),
    certificates: z.array(z.object({ kind: z.string(), number: z.string(), validUntil: z.string().optional(), valid: z.boolean() })),
    warnings: z.array(z.string()),
    scans: z.object({ count: z.int(), firstAt: z.string().optional() }),
    scan: ScanSummary.optional(),
  })
  .meta({ id: 'Trace' });
export type Trace = z.infer<typeof Trace>;

const byLot = z.object({ lot: LotName });
/** Shown to whoever scans an item of the lot, so it has to say something. */
const RecallReason = z.object({ reason: line(500, 10) });
/** A lot can have more codes than one answer can carry: the n-th part in the order of issue, or, without it, the newest codes. */
const part = z.object({ page: z.coerce.number().int().min(1).max(1_000_000).optional() });
const Key = z.string().max(100);

export const traceabilityContract = {
  listLots: route({
    method: 'GET',
    path: '/api/seller/lots',
    summary: 'The seller’s lots, newest first',
    callers: ['seller'],
    query: z.object({ ...paging }),
    success: { status: 200, body: listOf(Lot) },
  }),
  recordLot: route({
    method: 'POST',
    path: '/api/seller/lots',
    summary: 'Record a harvested or made lot',
    callers: ['seller'],
    idempotent: true,
    body: NewLot,
    success: { status: 201, body: Lot },
    problems: ['conflict'],
  }),
  issueCodes: route({
    method: 'POST',
    path: '/api/seller/lots/{lot}/codes',
    summary: 'Issue unguessable serials for a lot: 12 Crockford base32 characters from a CSPRNG',
    description:
      'More kilograms coded than harvested is refused with the balance, and so is a lot that is recalled or made of one that is.',
    callers: ['seller'],
    idempotent: true,
    params: byLot,
    body: z.object({ count: z.int().min(1).max(10_000) }),
    success: {
      status: 201,
      body: z.object({ lot: z.string(), gtin: z.string(), count: z.int(), serials: z.array(z.string()), codesIssued: z.int() }),
    },
    problems: ['not_found', 'conflict'],
  }),
  codesCsv: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/codes.csv',
    summary: 'The lot’s codes as CSV',
    description: 'The newest 40,000 codes, or with `page` the n-th 40,000 in the order of issue; `X-Pages` says how many pages there are.',
    callers: ['seller'],
    params: byLot,
    query: part,
    success: { status: 200, contentType: 'text/csv' },
    problems: ['not_found', 'conflict'],
  }),
  codesPdf: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/codes.pdf',
    summary: 'The lot’s codes as an A4 label sheet, 72 labels of 20 × 30 mm',
    description: 'The newest 1,000 codes, or with `page` the n-th 1,000 in the order of issue; `X-Pages` says how many pages there are.',
    callers: ['seller'],
    params: byLot,
    query: part,
    success: { status: 200, contentType: 'application/pdf' },
    problems: ['not_found', 'conflict'],
  }),
  recallLot: route({
    method: 'POST',
    path: '/api/seller/lots/{lot}/recall',
    summary: 'Recall a lot: every scan of its items says so from now on, no codes are issued, no package that carries it is shipped',
    description:
      'Recalling it again changes nothing and answers the recall that stands. Only the department or an administrator can lift it.',
    callers: ['seller'],
    params: byLot,
    body: RecallReason,
    success: { status: 200, body: Lot },
    problems: ['not_found', 'conflict', 'unavailable'],
  }),
  liftRecall: route({
    method: 'POST',
    path: '/api/admin/lots/{gtin}/{lot}/lift-recall',
    summary: 'Lift a recall; the seller who recalled the lot cannot',
    callers: ['department', 'admin'],
    params: z.object({ gtin: Key, lot: Key }),
    body: RecallReason,
    success: { status: 200, body: Lot },
    problems: ['not_found', 'conflict', 'unavailable'],
  }),
  listLotOrders: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/orders',
    summary: 'The packages that carry a lot or what was made of it; no personal data',
    description:
      'First those of the lot itself, newest order first, then lot by lot those of every lot that events say was made of it; each package once. `quantity` is all that the package holds of that lot’s SKU.',
    callers: ['seller'],
    params: byLot,
    query: z.object({ ...paging }),
    success: {
      status: 200,
      body: listOf(
        z.object({
          code: z.string(),
          packageId: z.string(),
          status: z.enum(packageStatuses),
          quantity: z.int(),
          placedAt: z.string(),
        }),
      ),
    },
    problems: ['not_found', 'conflict'],
  }),
  nameLots: route({
    method: 'PUT',
    path: '/api/seller/orders/{code}/lots',
    summary: 'Say from which lots the package is filled; lots named before stay named',
    description:
      'A lot is named by its number or as `{gtin}:{lot}`; it must be the seller’s, of that SKU, and not recalled. With `serials` the boxes in the package are known one by one, no more than it holds; the same serial twice is one box; sent again after an error it goes on. Once every box of an SKU is known, a lot that none of them is of is 409; until then several lots may be named for one SKU, because a seller may not know how they were mixed: a recall of any of them reaches the buyer.',
    callers: ['seller'],
    params: z.object({ code: z.string().min(1).max(40) }),
    body: z.object({
      lots: z
        .array(
          z.object({
            sku: SkuAsked,
            lot: z.string().min(1).max(40),
            serials: z.array(z.string().min(1).max(40)).max(mostSerials).optional(),
          }),
        )
        .min(1)
        .max(mostLots),
    }),
    success: {
      status: 200,
      body: z.object({
        code: z.string(),
        packageId: z.string(),
        lots: z.array(z.object({ sku: z.string(), gtin: z.string(), lot: z.string(), quantity: z.int() })),
      }),
    },
    problems: ['not_found', 'conflict'],
  }),
  getTrace: route({
    method: 'GET',
    path: '/api/trace/{gtin}/{serial}',
    summary: 'What the scan page shows; a code that was never issued says so',
    callers: 'anyone',
    description:
      'The state is the first that is true of: never_issued, forgotten (its records are no longer kept), recalled, suspicious, expired, not_shipped, active. A genuine code is always answered; codes that were never issued are 429 after 30 a minute from one device at one address. Of all devices at one address, what goes beyond the first five of each is 429 after 300 a minute; those first ones after 3,000.',
    params: z.object({ gtin: Key, serial: Key }),
    headers: viewerHeaders,
    success: { status: 200, body: Trace },
    problems: ['not_found', 'rate_limited'],
  }),
  countScan: route({
    method: 'POST',
    path: '/api/trace/{gtin}/{serial}/scans',
    summary: 'A person looked at the page; the nonce counts once',
    callers: 'anyone',
    description:
      'Of the visitor it keeps the province and a salted hash of the device that means nothing outside this item, for 180 days; no address. `state` is the item’s after this scan.',
    params: z.object({ gtin: Key, serial: Key }),
    headers: viewerHeaders,
    body: z.object({ nonce: z.string().min(8).max(64), device: z.string().min(1).max(64) }),
    success: { status: 202, body: z.object({ count: z.int(), firstAt: z.string(), state: z.enum(traceStates) }) },
    problems: ['not_found', 'rate_limited'],
  }),
  ...scanRoutes,
  ...recallRoutes,
  ...photoRoutes,
  ...recordsRoutes,
  ...readingRoutes,
  ...resolverRoutes,
} satisfies Contract;
