import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functions } from '../../infra/manifest.ts';

const page = join(import.meta.dirname, '../../docs/deploy.md');

/** USD; all but the GB-second per million. */
export interface Prices {
  writes: number;
  reads: number;
  lambdaRequests: number;
  gbSecond: number;
  apiRequests: number;
  /** How long one invocation is assumed to take. */
  invocationMs: number;
}

/** The one price list, of docs/deploy.md: a second one here would drift. */
export function readPrices(): Prices {
  const text = readFileSync(page, 'utf8');
  const at = (pattern: RegExp): number => {
    const found = pattern.exec(text)?.[1];
    if (!found) throw new Error(`docs/deploy.md no longer says ${pattern}`);
    return Number(found);
  };
  return {
    writes: at(/DynamoDB ([\d.]+) per million writes/),
    reads: at(/([\d.]+) per million reads/),
    lambdaRequests: at(/Lambda ARM ([\d.]+) per million/),
    gbSecond: at(/Lambda ARM [\d.]+ per million \+ ([\d.]+) per GB-second/),
    apiRequests: at(/HTTP API ([\d.]+) per million/),
    invocationMs: at(/An API call = (\d+) ms/),
  };
}

/** The function that takes orders, and those that the table's stream wakes for each. */
const woken = functions.filter(
  ({ name, trigger }) =>
    name === 'orders' || (trigger.kind === 'stream' && !trigger.statuses && trigger.sortKeyPrefixes.some((p) => 'PACKAGE#'.startsWith(p))),
);

/** What a thousand orders of these units cost, line by line. Lambda's reads of a stream are free. */
export function costOfThousand({ write, read }: { write: number; read: number }, prices: Prices = readPrices()) {
  const gbSeconds = woken.reduce((sum, { memoryMb }) => sum + (memoryMb / 1_024) * (prices.invocationMs / 1_000), 0);
  const lines = {
    writes: (write * prices.writes) / 1_000,
    reads: (read * prices.reads) / 1_000,
    'stream reads by Lambda': 0,
    [`${woken.length} invocations each`]: (woken.length * prices.lambdaRequests) / 1_000 + gbSeconds * 1_000 * prices.gbSecond,
    'HTTP API': prices.apiRequests / 1_000,
  };
  return { lines, usd: Object.values(lines).reduce((sum, usd) => sum + usd, 0), invocationMs: prices.invocationMs };
}
