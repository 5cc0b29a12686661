import * as z from 'zod';
import { CommuneRef, SkuAsked } from '../catalog/contract.ts';
import { type Contract, Day, line, listOf, paging, route } from '../platform/contract.ts';

/** A lot number travels in a GS1 Digital Link: AI (10), 1–20 characters; ours keep to those that need no escaping. */
export const LotNumber = z.string().regex(/^[A-Z0-9][A-Z0-9._-]{0,19}$/);

export const Lot = z
  .object({
    lot: z.string(),
    sku: z.string(),
    gtin: z.string(),
    productName: z.string(),
    harvestedOn: Day,
    quantityGrams: z.int(),
    plantingAreaCode: z.string().optional(),
    certificates: z.array(z.object({ kind: z.string(), number: z.string(), validUntil: Day.optional() })),
    note: z.string().optional(),
    codesIssued: z.int(),
    codedGrams: z.int(),
    recordedAt: z.string(),
    recall: z.object({ reason: z.string(), at: z.string() }).optional(),
  })
  .meta({ id: 'Lot' });
export type Lot = z.infer<typeof Lot>;

export const NewLot = z
  .object({
    sku: SkuAsked,
    lot: LotNumber,
    harvestedOn: Day,
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

export const traceStates = ['never_issued', 'active', 'recalled'] as const;

export const Trace = z
  .object({
    state: z.enum(traceStates),
    gtin: z.string(),
    serial: z.string(),
    product: z
      .object({ slug: z.string(), name: z.string(), variant: z.string(), image: z.string().optional(), netWeightGrams: z.int() })
      .optional(),
    seller: z.object({ slug: z.string(), name: z.string(), address: z.string(), commune: CommuneRef }).optional(),
    lot: z.object({ lot: z.string(), harvestedOn: Day, plantingAreaCode: z.string().optional() }).optional(),
    journey: z.array(z.object({ step: z.string(), at: z.string(), place: z.string().optional(), text: z.string() })),
    certificates: z.array(z.object({ kind: z.string(), number: z.string(), validUntil: z.string().optional(), valid: z.boolean() })),
    warnings: z.array(z.string()),
    scans: z.object({ count: z.int(), firstAt: z.string().optional() }),
  })
  .meta({ id: 'Trace' });
export type Trace = z.infer<typeof Trace>;

/** The seller's own lot by its number (the newest, if two products share it) or, exactly, as `{gtin}:{lot}`. */
const byLot = z.object({ lot: z.string().max(40) });
/** A lot can have more codes than one answer can carry: the n-th part in the order of issue, or, without it, the newest codes. */
const part = z.object({ page: z.coerce.number().int().min(1).max(1_000_000).optional() });
const digitalLink = <const Path extends `/${string}`, P extends z.ZodObject<z.ZodRawShape>>(path: Path, params: P, summary: string) =>
  ({
    method: 'GET',
    path,
    params,
    // Whatever is asked travels on to the page (GS1-Conformant resolver 1.1); nothing of it is read here.
    query: z.looseObject({}),
    summary,
    description: 'A malformed link or a wrong check digit is 400.',
    callers: 'anyone',
    success: { status: 307, description: 'To the page that says what the code is' },
    problems: ['not_found'],
  }) as const;
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
    description: 'More kilograms coded than harvested is refused with the balance.',
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
    problems: ['not_found'],
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
    problems: ['not_found'],
  }),
  getTrace: route({
    method: 'GET',
    path: '/api/trace/{gtin}/{serial}',
    summary: 'What the scan page shows; a code that was never issued says so',
    callers: 'anyone',
    params: z.object({ gtin: Key, serial: Key }),
    success: { status: 200, body: Trace },
    problems: ['not_found'],
  }),
  countScan: route({
    method: 'POST',
    path: '/api/trace/{gtin}/{serial}/scans',
    summary: 'A person looked at the page; the nonce counts once',
    callers: 'anyone',
    params: z.object({ gtin: Key, serial: Key }),
    body: z.object({ nonce: z.string().min(8).max(64), device: z.string().min(1).max(64) }),
    success: { status: 202, body: z.object({ count: z.int(), firstAt: z.string() }) },
    problems: ['not_found'],
  }),
  resolveGtin: route(digitalLink('/01/{gtin}', z.object({ gtin: Key }), 'GS1 Digital Link of a product')),
  resolveLot: route(digitalLink('/01/{gtin}/10/{lot}', z.object({ gtin: Key, lot: Key }), 'GS1 Digital Link of a lot')),
  resolveSerial: route(digitalLink('/01/{gtin}/21/{serial}', z.object({ gtin: Key, serial: Key }), 'GS1 Digital Link of one item')),
  resolveLotSerial: route(
    digitalLink('/01/{gtin}/10/{lot}/21/{serial}', z.object({ gtin: Key, lot: Key, serial: Key }), 'GS1 Digital Link of one item of a lot'),
  ),
} satisfies Contract;
