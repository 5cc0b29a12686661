import { afterAll, beforeAll } from 'vitest';
import { engineOf, type Person, signInAll } from './caller.ts';
import { type Market, startMarket } from './market.ts';
import { samplesOf } from './samples.ts';

/** What a test of every route needs. */
interface EveryRoute {
  market: Market;
  tokens: Record<Person, string>;
  samples: ReturnType<typeof samplesOf>;
  engine: ReturnType<typeof engineOf>;
}

/** A market for all tests of the file, with everyone signed in, requests to try and a look into its engine; there once tests run. */
export function openForEveryRoute(): EveryRoute {
  const opened: Partial<EveryRoute> = {};
  beforeAll(async () => {
    const market = await startMarket();
    opened.market = market;
    const tokens = await signInAll(market.origin);
    Object.assign(opened, { tokens, samples: samplesOf(market.origin, tokens), engine: engineOf(market) });
  });
  afterAll(async () => {
    opened.engine?.close();
    await opened.market?.stop();
  });
  return opened as EveryRoute;
}
