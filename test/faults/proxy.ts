import { randomInt } from 'node:crypto';
import { Agent, createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { calm, cut, type FaultName, type Outcome, pick, type Random, type Rates, seeded } from './faults.ts';
import { openInFlight } from './in-flight.ts';
import { type Answer, type Call, type Input, inProgress, isData } from './wire.ts';

export { faultRates } from './faults.ts';

export interface FaultProxyOptions {
  /** The engine, e.g. `http://127.0.0.1:8000`. */
  target: string;
  /** Of the dice; a new one when absent. Print it with a failing test. */
  seed?: number;
  /** 0 for those not named. */
  rates?: Partial<Rates>;
  /** Refuses what meets a transaction on its way, as DynamoDB does. */
  overlap?: boolean;
  /** How long a slow answer is held back at most. */
  slowMs?: number;
  /** Between which bounds a transaction is held longer with `overlap`. */
  holdMs?: readonly [number, number];
}

export interface FaultProxy {
  endpoint: string;
  seed: number;
  /** 0 for those not named. */
  setRates: (rates: Partial<Rates>) => void;
  /** From now on nothing happens to what arrives. */
  pause: () => void;
  resume: () => void;
  /** How often each came to pass; `overlap` are the refusals of what met a transaction on its way, be it another or itself. */
  counts: () => Record<FaultName | 'overlap', number>;
  stop: () => Promise<void>;
}

/** Of one connection only, or given anew to the next. */
const hopHeaders = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect']);
const endToEnd = (headers: IncomingHttpHeaders) => Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.has(name)));

function openEngine(target: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return {
    ask: (request: IncomingMessage, body: Buffer): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const headers = { ...endToEnd(request.headers), 'content-length': body.length };
        const asked = httpRequest(new URL(request.url ?? '/', target), { agent, method: request.method, headers }, (answer) => {
          buffer(answer).then(
            (content) => resolve({ status: answer.statusCode ?? 500, headers: endToEnd(answer.headers), body: content }),
            reject,
          );
        });
        asked.once('error', reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}

const operationOf = (request: IncomingMessage): string => String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';

/**
 * Stands between the functions and the engine and behaves as DynamoDB does on its bad days; the functions cannot tell.
 * What manages tables passes untouched.
 *
 * The n-th data request to arrive meets the same dice for the same seed: exactly reproducible while requests come one after the other,
 * roughly when they race.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { target, seed = randomInt(2 ** 31), overlap = false, slowMs = 50, holdMs = [2, 6] } = options;
  const engine = openEngine(target);
  const dice = seeded(seed);
  const counts = { ...calm, overlap: 0 };
  const inFlight = openInFlight(holdMs, () => counts.overlap++);
  const underWay = new Set<string>();
  const written = new Set<string>();
  let rates: Rates = { ...calm, ...options.rates };
  let isPaused = false;

  /** The engine's answer, and a note of every transaction it wrote. */
  async function ask(request: IncomingMessage, call: Call, body: Buffer): Promise<Answer> {
    const answer = await engine.ask(request, body);
    const { ClientRequestToken: token } = call.input;
    if (token && answer.status === 200) written.add(token);
    return answer;
  }

  async function meet(call: Call, random: Random, forward: (changed?: Input) => Promise<Outcome>): Promise<Outcome> {
    const fault = pick(rates, call, random);
    const isSlow = random() < rates.slow;
    const slowForMs = random() * slowMs;
    const count = () => fault && counts[fault.name]++;
    const outcome = await (fault ? fault.meet({ call, random, forward, count }) : forward());
    if (isSlow) {
      counts.slow++;
      await wait(slowForMs);
    }
    return outcome;
  }

  /** While a transaction is under way, its own repetition hears just that: it must be neither cancelled nor written twice. */
  async function once(token: string | undefined, run: () => Promise<Outcome>): Promise<Outcome> {
    if (!token) return run();
    if (underWay.has(token)) {
      counts.overlap++;
      return inProgress();
    }
    underWay.add(token);
    try {
      return await run();
    } finally {
      underWay.delete(token);
    }
  }

  async function outcomeOf(request: IncomingMessage): Promise<Outcome> {
    const body = await buffer(request);
    const operation = operationOf(request);
    if (!isData(operation)) return engine.ask(request, body);
    const input: Input = JSON.parse(body.toString());
    const token = input.ClientRequestToken;
    const call: Call = { operation, input, isReplay: written.has(token ?? '') };
    const toEngine = (changed?: Input) => ask(request, call, changed ? Buffer.from(JSON.stringify(changed)) : body);
    if (isPaused) return toEngine();
    const random = seeded(dice() * 2 ** 32);
    const forward = overlap ? (changed?: Input) => inFlight.pass(call, random, () => toEngine(changed)) : toEngine;
    return once(token, () => meet(call, random, forward));
  }

  const server = createServer(async (request, response) => {
    // An engine that went away looks like one: its callers' connections break.
    const outcome = await outcomeOf(request).catch((): Outcome => cut);
    if (outcome === cut) request.socket.destroy();
    else response.writeHead(outcome.status, { ...outcome.headers, 'content-length': outcome.body.length }).end(outcome.body);
  });
  // A connection closed for idleness just as the next request leaves would be a fault nobody asked for.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seed,
    setRates(changed) {
      rates = { ...calm, ...changed };
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
    counts: () => ({ ...counts }),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      engine.close();
    },
  };
}
