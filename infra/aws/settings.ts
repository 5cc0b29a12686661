import type { Node } from 'constructs';
import * as z from 'zod';
import { companyPrefix, demonstrationPrefix } from '../../shared/traceability/gtin.ts';
import { placeholderOrigin } from '../site-rules.ts';

/** What a deployment is told with `-c name=value`; every other decision stands in code. */
const Settings = z.object({
  /** The address people type and QR codes carry. The default only synthesizes: no certificate is issued for `.invalid`. */
  publicOrigin: z
    .url({ protocol: /^https$/ })
    .transform((url) => url.replace(/\/$/, ''))
    .default(placeholderOrigin),
  /** Where personal data lie. A region outside Viet Nam needs a cross-border dossier (docs/deploy.md). */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
    .default('ap-southeast-1'),
  /** Who is woken by alarms. */
  alarmEmail: z.email().optional(),
  /** The company prefix GS1 Việt Nam has allocated to the market, for goods without a GTIN of their own. */
  GTIN_PREFIX: z.string().regex(companyPrefix).default(demonstrationPrefix),
  PAYMENT_WINDOW_SECONDS: z.coerce.number().int().min(60).max(86_400).default(900),
});
export type Settings = z.output<typeof Settings>;

export const settingsOf = (node: Node): Settings =>
  Settings.parse(Object.fromEntries(Object.keys(Settings.shape).map((key) => [key, node.tryGetContext(key)])));

/** Names in the account carry this, so that the market can share one. */
export const prefix = 'cho-kinh-bac';
