import { resolve } from 'node:path';
import * as z from 'zod';
import { companyPrefix, demonstrationPrefix } from '../../shared/traceability/gtin.ts';
import { Stop } from './say.ts';

export const root = resolve(import.meta.dirname, '../..');

const port = z.coerce.number('a port from 1 to 65535').int().min(1).max(65_535);
/** The address people type: no path, or links made from it would be wrong. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => new URL(text).pathname === '/' && !/[?#]/.test(text), 'scheme, host and port only, e.g. https://cho.example.vn')
  .transform((text) => new URL(text).origin);
const secret = (local: string) => z.string().min(1).max(256).default(local);

/** Every environment variable `npm start` reads (API.md, Running), with its local default. */
const Environment = z.object({
  PORT: port.default(4173),
  /** Unset: this machine only, over IPv4 and IPv6. `0.0.0.0` opens the market to the network. */
  HOST: z.string().min(1).optional(),
  PUBLIC_ORIGIN: origin.optional(),
  DATA_DIR: z.string().min(1).default(resolve(root, '.data')),
  SEED: z.enum(['demo', 'none']).default('demo'),
  /** `none` serves the API alone, without building the storefront (for tests). */
  SITE: z.enum(['build', 'none']).default('build'),
  /** Run the bundles that are deployed (`.build/functions`) in place of the sources. */
  FUNCTIONS_DIR: z.string().min(1).optional(),
  DYNAMODB_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  GTIN_PREFIX: z.string().regex(companyPrefix, 'the 6–11 digits of a GS1 company prefix').default(demonstrationPrefix),
  PAYMENT_WINDOW_SECONDS: z.coerce.number('a whole number of seconds').int().min(1).max(2_592_000).default(900),
  SEPAY_WEBHOOK_SECRET: secret('local-sepay-secret'),
  STRIPE_SECRET_KEY: secret('sk_test_local'),
  STRIPE_WEBHOOK_SECRET: secret('whsec_local_stripe'),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).default('https://api.stripe.com'),
  VNPAY_TMN_CODE: z.string().min(1).max(32).default('LOCAL001'),
  VNPAY_HASH_SECRET: secret('local-vnpay-secret'),
});

export type Settings = Omit<z.infer<typeof Environment>, 'PUBLIC_ORIGIN'> & {
  PUBLIC_ORIGIN: string;
  /** Names that were set by whoever started the market: a real secret is not printed. */
  given: ReadonlySet<string>;
};

/** Their local defaults are shown by start, because a partner's test messages must be signed with them. */
export const partnerSettings = [
  'SEPAY_WEBHOOK_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_BASE',
  'VNPAY_TMN_CODE',
  'VNPAY_HASH_SECRET',
] as const satisfies readonly (keyof Settings)[];

/**
 * The settings of this start; an empty variable counts as unset, as shells and compose files write it.
 * @throws Stop naming each wrong variable
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues
      .map(({ path, message }) => `${path.join('.')}=${JSON.stringify(given[String(path[0])] ?? '')}: ${message}`)
      .join('; ');
    throw new Stop(
      `Cài đặt chưa đúng: ${wrong}. Xin sửa biến môi trường rồi chạy lại.`,
      'A setting is wrong; correct the environment variable and start again.',
    );
  }
  const settings = result.data;
  return {
    ...settings,
    given: new Set(Object.keys(given)),
    DATA_DIR: resolve(settings.DATA_DIR),
    PUBLIC_ORIGIN: settings.PUBLIC_ORIGIN ?? `http://localhost:${settings.PORT}`,
  };
}

/** Where the market's own parts reach it. */
export function ownOrigin({ HOST, PORT }: Settings): string {
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const host = HOST === undefined ? '127.0.0.1' : (everywhere[HOST] ?? HOST);
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}
