import * as z from 'zod';
import { type Contract, listOf, paging, route } from '../../platform/contract.ts';
import { LotName } from '../lot-name.ts';

/** 20,000 rows of a hundred characters; one function's request and one transaction's items have room for it. */
export const mostReadingBytes = 2_000_000;

const Degrees = z.coerce.number().min(-90).max(150);
const Stretch = z.object({
  from: z.string(),
  to: z.string(),
  minC: z.number(),
  maxC: z.number(),
  meanC: z.number(),
  beyond: z.int().meta({ description: 'Readings beyond the limits' }),
});

export const LotReadings = z
  .object({
    id: z.string(),
    recordedAt: z.string(),
    of: z.string().meta({ description: 'What was measured: the EPC of the lot, of one item, or of one logistic unit' }),
    readings: z.int(),
    gaps: z.int().meta({ description: 'Rows in which the logger says that it measured nothing' }),
    from: z.string(),
    to: z.string(),
    minC: z.number(),
    maxC: z.number(),
    meanC: z.number(),
    humidity: z.object({ min: z.number(), max: z.number(), mean: z.number() }).optional(),
    limits: z.object({ min: z.number().optional(), max: z.number().optional() }),
    isAlarm: z.boolean(),
    beyond: z.int(),
    words: z.string(),
    devices: z.array(z.string()),
    places: z.array(z.string()),
    stretches: z.array(Stretch).meta({ description: 'The whole time in at most 48 equal stretches, for a small chart' }),
  })
  .meta({ id: 'LotReadings' });
export type LotReadings = z.infer<typeof LotReadings>;

const byLot = z.object({ lot: LotName });

/** Cold chain: a logger's file becomes sensor events. */
export const readingRoutes = {
  addReadings: route({
    method: 'POST',
    path: '/api/seller/lots/{lot}/readings',
    summary: 'Hand in a temperature logger’s CSV file for a lot, for one item of it or for one logistic unit',
    description:
      'Header line with a time and a temperature column (`time,temperature_c[,humidity_percent][,device][,place]` or what loggers and Vietnamese forms call them), separated by commas, semicolons or tabs, decimals with point or comma; `dd/MM/yyyy HH:mm` or ISO 8601, without a zone in Việt Nam’s time. At most 20,000 rows and 2 MB. All or nothing: each row that cannot be read is named by its line number, rows in which the logger measured nothing are counted. Becomes EPCIS events with least, greatest and mean of each hour within seconds; hours beyond the limits are marked ALARM_CONDITION. Without `min` and `max` the limits are those of the product’s shipping class: chilled goods 2–8 °C, others none.',
    callers: ['seller'],
    idempotent: true,
    params: byLot,
    query: z.object({
      min: Degrees.optional(),
      max: Degrees.optional(),
      serial: z.string().max(40).optional(),
      sscc: z.string().max(20).optional(),
    }),
    headers: z.looseObject({ 'content-type': z.string().optional() }),
    body: 'raw',
    rawTypes: ['text/csv'],
    maxBodyBytes: mostReadingBytes,
    success: { status: 201, body: LotReadings },
    problems: ['not_found', 'conflict', 'unsupported_media_type', 'validation_failed'],
  }),
  listReadings: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/readings',
    summary: 'What loggers told of a lot, newest file first',
    callers: ['seller'],
    params: byLot,
    query: z.object({ ...paging }),
    success: { status: 200, body: listOf(LotReadings) },
    problems: ['not_found', 'conflict'],
  }),
  readingFile: route({
    method: 'GET',
    path: '/api/seller/lots/{lot}/readings/{id}',
    summary: 'A logger’s file as it was handed in',
    callers: ['seller'],
    params: z.object({ lot: LotName, id: z.string().regex(/^rdg_[0-9A-Z]{21}$/) }),
    success: { status: 200, contentType: 'text/csv' },
    problems: ['not_found', 'conflict'],
  }),
} satisfies Contract;
