import * as z from 'zod';
import { companyPrefix, demonstrationPrefix } from '../../shared/traceability/gtin.ts';

/** What every function is told by its environment. A missing name fails at start, not at noon. */
const Config = z.object({
  COMMERCE_TABLE: z.string().min(3),
  TRACEABILITY_TABLE: z.string().min(3),
  REPORTING_TABLE: z.string().min(3),
  /** The address people and QR codes use, without a trailing slash. */
  PUBLIC_ORIGIN: z.url().transform((url) => url.replace(/\/$/, '')),
  /** Absent on AWS; the embedded engine's address on one machine. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  /** `omit` for an engine whose every transaction costs more with each token it has seen (infra/local/start.ts says why that is safe there). */
  DYNAMODB_TOKENS: z.enum(['send', 'omit']).default('send'),
  /** The company prefix of GS1 Việt Nam from which goods without a GTIN are numbered; without one, numbers for demonstration. */
  GTIN_PREFIX: z.string().regex(companyPrefix).default(demonstrationPrefix),
  AWS_REGION: z.string().default('ap-southeast-1'),
});

export const config = Config.parse(process.env);
export type TableName = 'commerce' | 'traceability' | 'reporting';
export const tables = {
  commerce: config.COMMERCE_TABLE,
  traceability: config.TRACEABILITY_TABLE,
  reporting: config.REPORTING_TABLE,
} satisfies Record<TableName, string>;
