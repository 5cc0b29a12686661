import * as z from 'zod';
import { type Contract, Day, listOf, paging, route, Slug } from '../../platform/contract.ts';
import { LotName } from '../lot-name.ts';
import { portalKeys } from './portal.ts';

const Hash = z.string().meta({ description: 'SHA-256 in hexadecimal' });

export const ChainDay = z
  .object({
    day: Day,
    count: z.int().meta({ description: 'Events recorded on the day' }),
    firstRecordTime: z.string(),
    lastRecordTime: z.string(),
    merkleRoot: Hash,
    previous: Hash.meta({ description: 'The hash of the last day before it that had events; zeros for the first' }),
    hash: Hash,
    anchoredAt: z
      .string()
      .optional()
      .meta({ description: 'When the record was put where nobody can change it. Absent: no such place is connected yet.' }),
  })
  .meta({ id: 'ChainDay' });

/** Today: what its record would say if it were closed now. */
export const OpenDay = z
  .object({
    day: Day,
    count: z.int().meta({ description: 'Events recorded on the day so far' }),
    merkleRoot: Hash.optional().meta({ description: 'Of the events so far; absent without any, and of more than 2,000' }),
    isClosed: z.literal(false),
  })
  .meta({ id: 'OpenDay' });
export type OpenDay = z.infer<typeof OpenDay>;

export const SellerId = z.string().regex(/^sel_[\w-]{1,60}$/);
const Chain = listOf(ChainDay).extend({
  sellerId: z.string(),
  today: OpenDay.optional().meta({ description: 'On the first page, where the days asked for hold it; kept nowhere' }),
});

export const EventProof = z
  .object({
    eventID: z.string(),
    isDeclaration: z.boolean().meta({ description: 'The declaration that the event was an error, not the event' }),
    fingerprint: Hash,
    index: z.int(),
    path: z.array(z.object({ side: z.enum(['left', 'right']), hash: Hash })),
    day: ChainDay,
  })
  .meta({ id: 'EventProof' });
export type EventProof = z.infer<typeof EventProof>;

export const LotPortal = z
  .object({
    connected: z.boolean(),
    text: z.string(),
    portal: z.object({ name: z.string(), address: z.url() }),
    traceCode: z.string().optional().meta({ description: 'Product, place and lot; absent while one of them is missing' }),
    fields: z.array(
      z.object({
        key: z.enum(portalKeys),
        label: z.string(),
        isMandatory: z.boolean(),
        values: z.array(z.string()),
        note: z.string().optional(),
      }),
    ),
    missing: z.array(z.enum(portalKeys)),
  })
  .meta({ id: 'LotPortal' });
export type LotPortal = z.infer<typeof LotPortal>;

export const LotDossier = z
  .object({
    madeAt: z.string(),
    lot: z.object({
      gtin: z.string(),
      lot: z.string(),
      sku: z.string(),
      productName: z.string(),
      harvestedOn: Day,
      useBy: Day.optional(),
      recordedAt: z.string(),
      quantityGrams: z.int(),
      plantingAreaCode: z.string().optional(),
      certificates: z.array(z.object({ kind: z.string(), number: z.string(), validUntil: z.string().optional() })),
      note: z.string().optional(),
      codesIssued: z.int(),
      codedGrams: z.int(),
      batches: z.array(z.object({ count: z.int(), issuedAt: z.string() })),
      keepUntil: Day.meta({ description: 'The last day on which the records of the lot are kept, as things stand' }),
    }),
    seller: z
      .object({ id: z.string(), slug: z.string(), name: z.string(), legalType: z.string(), address: z.string(), verified: z.boolean() })
      .optional(),
    recalls: z.array(
      z.object({
        reason: z.string(),
        at: z.string(),
        by: z.string(),
        lifted: z.object({ reason: z.string(), at: z.string(), by: z.string() }).optional(),
      }),
    ),
    packages: z.int().meta({ description: 'Packages that name the lot' }),
    scans: z.int(),
    doubts: z.int(),
    portal: LotPortal,
    events: z.array(
      z.object({
        event: z.looseObject({}),
        hash: z.string(),
        proof: EventProof.optional().meta({ description: 'Absent while the day of its recording is not closed' }),
      }),
    ),
    page: z.int(),
    pages: z.int(),
    isWhole: z.boolean().meta({ description: 'False: there was more to look through than one request can' }),
  })
  .meta({ id: 'LotDossier' });
export type LotDossier = z.infer<typeof LotDossier>;

const Key = z.string().max(100);
const byLot = z.object({ lot: LotName });
const part = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) });
const days = z.object({ ...paging, from: Day.optional(), to: Day.optional() });

/** What the books prove, and what they tell those who may ask. */
export const recordsRoutes = {
  listChain: route({
    method: 'GET',
    path: '/api/seller/traceability/chain',
    summary: 'The hash chain over the seller’s events, newest day first',
    description:
      'A day is closed some ten minutes to an hour after its end in Việt Nam; days without events have no record. `docs/decisions/010` says how each hash is made.',
    callers: ['seller'],
    query: days,
    success: { status: 200, body: Chain },
  }),
  getChain: route({
    method: 'GET',
    path: '/api/traceability/chain/{seller}',
    summary: 'The same for everybody: keep a hash today, and see later that nothing before it was rewritten',
    description: 'Counts and hashes only, no content. `seller` is the stall’s slug or the seller’s id.',
    callers: 'anyone',
    params: z.object({ seller: z.union([Slug, SellerId]) }),
    query: days,
    cacheControl: 'public, max-age=300',
    success: { status: 200, body: Chain },
    problems: ['not_found'],
  }),
  proveEvent: route({
    method: 'GET',
    path: '/api/seller/traceability/proof',
    summary: 'The way from one event to its day’s record',
    description:
      'First the event, then, where there is one, the declaration that it was an error. While the day of its recording is open there is none: `pending`, with the day.',
    callers: ['seller'],
    query: z.object({ eventID: z.string().min(1).max(4_000) }),
    success: { status: 200, body: z.object({ proofs: z.array(EventProof), pending: z.boolean(), day: Day.optional() }) },
    problems: ['not_found'],
  }),
  lotEpcis: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/epcis.jsonld',
    summary: 'All events about a lot, its boxes, what it was made of and what was made of it, as a valid EPCIS 2.0 document',
    description:
      'A document holds at most 1,000 events and 4 MB; `X-Pages` says how many documents there are, `Link: rel="next"` leads to the next. `X-Incomplete: true`: there was more to look through than one request can.',
    callers: ['seller'],
    params: byLot,
    query: part,
    success: { status: 200, contentType: 'application/ld+json' },
    problems: ['not_found', 'conflict'],
  }),
  lotPortal: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/portal',
    summary: 'What the state’s traceability system would be told of a lot, and what is missing; it is not connected yet',
    callers: ['seller'],
    params: byLot,
    success: { status: 200, body: LotPortal },
    problems: ['not_found', 'conflict'],
  }),
  lotDossier: route({
    method: 'GET',
    path: '/api/admin/lots/{gtin}/{lot}/dossier',
    summary: 'Everything about one lot, for an authority that must be answered within 24 hours; no buyers’ data',
    description: 'Circular 31/2026/TT-BCT, Art. 9. Events come in pages of at most 300.',
    callers: ['department', 'admin'],
    params: z.object({ gtin: Key, lot: Key }),
    query: part,
    success: { status: 200, body: LotDossier },
    problems: ['not_found'],
  }),
} satisfies Contract;
