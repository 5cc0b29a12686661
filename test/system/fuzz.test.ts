import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IdempotencyKey, type Route } from '../../shared/platform/contract.ts';
import { type Answer, ask, assertProblem, atOnce, type Person } from './caller.ts';
import { openForEveryRoute } from './every-route.ts';
import { addressOf, fresh, routes, type Sample } from './samples.ts';

/**
 * What strangers may send. Every route's request is made from its contract and then spoiled; the contract's own schemas say, here as in
 * the market, which of them must be refused. Whatever comes: no 5xx, problem documents only, nothing of our insides, and refused means
 * that no business item has changed.
 */
const perRoute = Number(process.env.FUZZ_RUNS ?? 250);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);

const here = openForEveryRoute();

const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const hostileText = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud83d',
    '\udc00x',
    '🙂'.repeat(30),
    '\u202eabc',
    'مرحبا',
    'e\u0301'.repeat(40),
    '\ufeff',
    '\u2028',
    '\r\nSet-Cookie: x=1',
    '\u001b[31m',
  ],
  ...[
    '../../../etc/passwd',
    '..%2f..',
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    '{{7*7}}',
    '$ne',
    '#',
    'a#b|c',
    'ORDER#x',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'null',
    'undefined',
    'NaN',
    'true',
    '-1',
    '0',
    '1e400',
    '9007199254740993',
    '0x10',
    '1,5',
    '٣',
    '2026-02-30',
    '9999-12-31',
    '0000-01-01',
    '2026-06-15T25:00:00Z',
    'x'.repeat(5_000),
  ],
];
const hostileJson: unknown[] = [
  ...hostileText,
  ...[
    null,
    true,
    false,
    0,
    -0,
    -1,
    0.1,
    1e21,
    1e308,
    -1e308,
    2 ** 53,
    2 ** 53 + 2,
    1e10,
    10_000_000_001,
    [],
    {},
    [[]],
    [null],
    { a: { b: {} } },
    ['x', 1, {}],
  ],
  ...[
    { toString: 1 },
    { length: -1 },
    { constructor: { prototype: { isAdmin: true } } },
    Array(200).fill(0),
    { $ne: null },
    { S: 'x' },
    { N: '1' },
  ],
];
const hostileRaw = [
  ...[
    '',
    ' ',
    '{',
    '}',
    '[',
    'null',
    'true',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"a":1,}',
    "{'a':1}",
    '{"a":NaN}',
    '{"__proto__":{"isAdmin":true}}',
    '{"constructor":{"prototype":{"x":1}}}',
  ],
  ...[
    deep(50_000, '[', ']'),
    deep(5_000, '{"a":', '}').replace('{"a":}', '{"a":1}'),
    `{"a":"${'x'.repeat(99_000)}"}`,
    `{"a":"${'x'.repeat(120_000)}"}`,
    '\ufeff{}',
    '{"a":"\\ud800"}',
    '{"\\u0000":1}',
    `[${'1,'.repeat(30_000)}1]`,
  ],
].map((text) => Buffer.from(text));
const hostilePaths = [
  '%',
  '%zz',
  '%00',
  '%2e%2e%2f',
  '%E0%A4%A',
  '%ED%A0%80',
  'x'.repeat(7_000),
  '..',
  '.',
  '%20',
  '%0d%0aX:1',
  '*',
  '%F0%9F%99%82',
  '__proto__',
  ';',
  '%23',
  '%3F',
];

type Spoiled = { path: string; headers: Record<string, string>; raw?: Buffer; mustRefuse: boolean; note: string };

/** Every place in a value, as paths of members. */
function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (!value || typeof value !== 'object') return [at];
  return [at, ...Object.entries(value).flatMap(([k, v]) => placesIn(v, [...at, Array.isArray(value) ? Number(k) : k]))];
}
function replaced(value: unknown, [step, ...rest]: (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  if (rest.length === 0 && by === undefined) delete copy[step];
  else copy[step] = replaced(copy[step], rest, by);
  return copy;
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];

/** As the door reads it: what the contract refuses must be refused. */
function isRefused(
  route: Route,
  sent: { params: Record<string, string>; query: Record<string, string>; headers: Record<string, string>; raw: Buffer | undefined },
): boolean {
  const bad = (schema: { safeParse: (v: unknown) => { success: boolean } } | undefined, value: unknown) =>
    schema !== undefined && !schema.safeParse(value).success;
  if (bad(route.params, sent.params) || bad(route.query, sent.query) || bad(route.headers, sent.headers)) return true;
  if (route.idempotent && !IdempotencyKey.safeParse(sent.headers['idempotency-key']).success) return true;
  if (!route.body || route.body === 'raw') return false;
  if ((sent.raw?.length ?? 0) > (route.maxBodyBytes ?? 100_000)) return true;
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(sent.raw));
    return bad(route.body, body) || textsIn(body).some((text) => !text.isWellFormed());
  } catch {
    return true;
  }
}

const bytesOf = (body: unknown): Buffer | undefined => {
  if (body === undefined) return undefined;
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
};

/** One way to spoil a sample of a route. */
function spoiled(route: Route, sample: Sample): fc.Arbitrary<Spoiled> {
  const base = {
    params: sample.params ?? {},
    query: sample.query ?? {},
    headers: sample.headers ?? {},
    raw: bytesOf(sample.body),
  };
  const make = (note: string, change: Partial<typeof base>): Spoiled => {
    const sent = { ...base, ...change };
    // Keys of their own, so that a spoiled request is not answered as the repetition of another.
    if (route.idempotent && sent.headers['idempotency-key'] && !change.headers)
      sent.headers = { ...sent.headers, 'idempotency-key': fresh() };
    return {
      path: addressOf(route, sent),
      headers: sent.headers,
      ...(sent.raw ? { raw: sent.raw } : {}),
      mustRefuse: isRefused(route, sent),
      note,
    };
  };
  const anyText = fc.oneof(fc.constantFrom(...hostileText), fc.string({ unit: 'binary', maxLength: 60 }));
  const anyValue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...hostileJson) }, { weight: 1, arbitrary: fc.jsonValue() });
  const ways: fc.Arbitrary<Spoiled>[] = [];
  if (sample.body !== undefined && !Buffer.isBuffer(sample.body)) {
    const places = placesIn(sample.body);
    const at = fc.constantFrom(...places);
    ways.push(
      fc.tuple(at, anyValue).map(([place, value]) =>
        make(`${place.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}`, {
          raw: Buffer.from(JSON.stringify(replaced(sample.body, place, value))),
        }),
      ),
      fc.tuple(at, anyValue).map(([place, value]) =>
        make(`${place.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}`, {
          raw: Buffer.from(JSON.stringify(replaced(sample.body, place, value))),
        }),
      ),
      fc
        .constantFrom(...places.slice(1), ['x'])
        .map((place) => make(`without ${place.join('.')}`, { raw: Buffer.from(JSON.stringify(replaced(sample.body, place, undefined))) })),
      fc
        .tuple(anyText, anyValue)
        .map(([name, value]) =>
          make('one more member', { raw: Buffer.from(JSON.stringify({ ...(sample.body as object), [name]: value })) }),
        ),
    );
  }
  if (base.raw) {
    const whole = base.raw;
    ways.push(
      fc.nat({ max: 400 }).map((cut) => make('cut short', { raw: whole.subarray(0, cut) })),
      fc.constantFrom(...hostileRaw).map((raw) => make(`raw ${raw.toString().slice(0, 40)}`, { raw })),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => make('random bytes', { raw: Buffer.from(bytes) })),
    );
  }
  for (const name of Object.keys(route.params?.shape ?? {})) {
    ways.push(
      anyText.map((text) =>
        make(`{${name}} = ${JSON.stringify(text.slice(0, 60))}`, { params: { ...base.params, [name]: text.toWellFormed() || 'x' } }),
      ),
    );
    ways.push(
      fc.constantFrom(...hostilePaths).map((text) => ({
        ...make(`{${name}} raw ${text.slice(0, 40)}`, {}),
        path: route.path.replaceAll(/\{([^}+]+)\+?\}/g, (_, n: string) => (n === name ? text : encodeURIComponent(base.params[n] ?? ''))),
        mustRefuse: false,
      })),
    );
  }
  const queryNames = [...Object.keys(route.query?.shape ?? {}), '__proto__', 'x'];
  ways.push(
    fc
      .tuple(fc.constantFrom(...queryNames), anyText)
      .map(([name, text]) =>
        make(`?${name}=${JSON.stringify(text.slice(0, 60))}`, { query: { ...base.query, [name]: text.toWellFormed() } }),
      ),
    fc
      .constantFrom('?%', '?%zz=1', '?=', '?&&&', '?a[]=1&a[]=2', '?limit=1&limit=2', `?${'a=1&'.repeat(500)}`, '?a=%00', '?limit=%ff')
      .map((query) => ({
        ...make(query.slice(0, 20), {}),
        path: addressOf(route, { ...sample, query: undefined as never }) + query,
        mustRefuse: false,
      })),
  );
  const printable = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)), maxLength: 80 });
  const headerNames = [
    ...Object.keys(route.headers?.shape ?? {}),
    'idempotency-key',
    'accept-language',
    'if-none-match',
    'content-type',
    'accept',
    'x-forwarded-for',
    'accept-encoding',
    'range',
  ];
  ways.push(
    fc
      .tuple(
        fc.constantFrom(...headerNames),
        fc.oneof(
          printable,
          fc.constantFrom('', '\u00e9\u00ff', 'x'.repeat(4_000), 'q=;;,', 'en;q=NaN', '*', '"', 'W/"', 'gzip;q=0, *;q=0', 'bytes=0-'),
        ),
      )
      .map(([name, value]) => ({
        ...make(`${name}: ${value.slice(0, 40)}`, { headers: { ...base.headers, [name]: value } }),
        mustRefuse: false,
      })),
  );
  return fc.oneof(...ways);
}

const personFor = (route: Route): Person | undefined =>
  route.callers === 'anyone'
    ? undefined
    : route.callers.includes('seller')
      ? 'seller'
      : route.callers.includes('department')
        ? 'department'
        : 'shopper';

function judge(answer: Answer, note: string): string | undefined {
  if (answer.status >= 500) return `${answer.status} for ${note}: ${answer.text.slice(0, 120)}`;
  if (answer.status < 400) return undefined;
  try {
    assertProblem(answer, undefined, note);
    return undefined;
  } catch (error) {
    // Node's own HTTP parser answers what is no HTTP at all (a header of 16 KB), without a body.
    if (answer.status === 431 || (answer.status === 400 && answer.text === '')) return undefined;
    return `${note}: ${(error as Error).message.slice(0, 200)}`;
  }
}

/** Until two looks at the tables are equal: streams and clock have done their work. */
async function settled(): Promise<Record<string, string>> {
  let before = await here.engine.digests();
  for (let i = 0; i < 60; i++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await here.engine.digests();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
  throw new Error('the market does not come to rest');
}

const fuzzed = routes.filter(({ name }) => name !== 'sepayWebhook');

/** Sign-in is limited per name: hostile names are many, hostile passwords for one name are not judged beyond the limit. */
describe(`${perRoute} spoiled requests for every route`, () => {
  test.each(fuzzed.map(({ name, route }) => [name, route] as const))('%s', async (name, route) => {
    const sample = await here.samples.of(name);
    const person = personFor(route);
    const token = person && here.tokens[person];
    // A sheet of labels takes a tenth of a second to draw, and most ways to spoil its request leave it a valid one.
    const count = route.success.contentType === 'application/pdf' ? Math.ceil(perRoute / 5) : perRoute;
    const requests = fc.sample(spoiled(route, sample), { numRuns: count, seed });
    const [refused, others] = [requests.filter((r) => r.mustRefuse), requests.filter((r) => !r.mustRefuse)];
    const wrong: string[] = [];
    const send = (mustRefuse: boolean) => async (r: Spoiled) => {
      const answer = await ask(here.market.origin, route.method, r.path, {
        token,
        headers: r.headers,
        ...(r.raw ? { raw: r.raw } : {}),
      }).catch((e: Error) => e);
      if (answer instanceof Error) {
        // What cannot be sent as HTTP at all is no finding; a cut line is.
        if (!/unescaped|Invalid character|Parse Error|ECONNRESET|EPIPE/.test(answer.message)) wrong.push(`${r.note}: ${answer.message}`);
        return;
      }
      const found = judge(answer, r.note);
      if (found) wrong.push(found);
      if (mustRefuse && answer.status < 400) wrong.push(`${answer.status} although the contract refuses ${r.note}`);
    };
    const before = refused.length > 0 && route.method !== 'GET' ? await settled() : undefined;
    await atOnce(8, refused, send(true));
    if (before) expect(await here.engine.digests(), 'refused requests have changed something').toEqual(before);
    await atOnce(8, others, send(false));
    expect(wrong.slice(0, 12)).toEqual([]);
    expect(requests.length).toBe(count);
  });
});

test('bank notifications: hostile bodies, signed and unsigned', async () => {
  const message = { id: 1, accountNumber: '1', content: 'KB00000000P1', transferType: 'in', transferAmount: 1_000 };
  const wrong: string[] = [];
  const bodies = [
    ...hostileRaw,
    ...placesIn(message).flatMap((place) => hostileJson.map((value) => Buffer.from(JSON.stringify(replaced(message, place, value))))),
  ];
  const before = await settled();
  const send = (key: string) => async (raw: Buffer) => {
    const at = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac('sha256', key).update(`${at}.`).update(raw).digest('hex');
    const answer = await ask(here.market.origin, 'POST', '/api/payments/sepay/webhook', {
      raw,
      headers: { 'x-sepay-signature': `sha256=${signature}`, 'x-sepay-timestamp': at },
    });
    const found = judge(answer, raw.toString().slice(0, 100));
    if (found) wrong.push(found);
    if (key !== 'local-sepay-secret' && answer.status !== 400 && answer.status !== 413)
      wrong.push(`${answer.status} for an unsigned message`);
  };
  await atOnce(8, bodies, send('not the secret'));
  expect(await here.engine.digests()).toEqual(before);
  await atOnce(8, bodies, send('local-sepay-secret'));
  expect(wrong.slice(0, 12)).toEqual([]);
});

test('after all that the market still answers, and has not said a stack to anyone', async () => {
  expect((await ask(here.market.origin, 'GET', '/healthz')).status).toBe(200);
  const quote = await ask(here.market.origin, 'POST', '/api/quotes', { body: { lines: [{ sku: 'VT-LN-3KG', quantity: 1 }] } });
  expect(quote.status).toBe(200);
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});
