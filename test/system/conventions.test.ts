import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/platform/contract.ts';
import { type Answer, ask, assertProblem, jsonOf, newPhone, type Person, sepay, signInAll } from './caller.ts';
import { type Market, startMarket } from './market.ts';
import { addressOf, fresh, routes, type Sample, samplesOf } from './samples.ts';

let market: Market;
let tokens: Record<Person, string>;
let samples: ReturnType<typeof samplesOf>;
let origin: string;
beforeAll(async () => {
  market = await startMarket();
  origin = market.origin;
  tokens = await signInAll(origin);
  samples = samplesOf(origin, tokens);
});
afterAll(() => market?.stop());

const order = (more: object = {}) => ({
  lines: [{ sku: 'VT-LN-3KG', quantity: 1 }],
  customer: { name: 'Nguyễn Thị Mua', phone: newPhone() },
  shipTo: { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' },
  payment: 'cod',
  ...more,
});
const place = (body: unknown, key = fresh(), headers: Record<string, string> = {}): Promise<Answer> =>
  ask(origin, 'POST', '/api/orders', { body, headers: { 'idempotency-key': key, ...headers } });

describe('a problem', () => {
  test('speaks Vietnamese, and English when asked', async () => {
    const vi = assertProblem(await ask(origin, 'GET', '/api/products/khong-co'), 'not_found');
    expect(vi).toMatchObject({ title: 'Không tìm thấy', detail: 'Không có sản phẩm này, hoặc sản phẩm đã ngừng bán.' });
    const answer = await ask(origin, 'GET', '/api/products/khong-co', { headers: { 'accept-language': 'en-GB,en;q=0.9,vi;q=0.1' } });
    expect(assertProblem(answer, 'not_found')).toMatchObject({ title: 'Not found', detail: 'There is no such product on sale.' });
    expect(answer.headers['content-language']).toBe('en');
  });

  test('names each wrong field, in the language asked for', async () => {
    const wrong = order({ customer: { name: '', phone: 'abc' }, lines: [{ sku: 'VT-LN-3KG', quantity: 0 }] });
    const vi = assertProblem(await place(wrong), 'validation_failed');
    expect(vi.errors?.map((e) => e.path).sort()).toEqual(['customer.name', 'customer.phone', 'lines[0].quantity']);
    const en = assertProblem(await place(wrong, fresh(), { 'accept-language': 'en' }), 'validation_failed');
    const messages = (problem: typeof vi) => new Map(problem.errors?.map((e) => [e.path, e.message]));
    expect(messages(en).get('lines[0].quantity')).toMatch(/^Too small/);
    expect(messages(vi).get('lines[0].quantity')).not.toBe(messages(en).get('lines[0].quantity'));
  });

  test('has the status and headers of its code, for every code an outsider can bring about', async () => {
    const stock = await ask(origin, 'POST', '/api/orders', {
      body: order({ lines: [{ sku: 'VT-LN-3KG', quantity: 9_999 }] }),
      headers: { 'idempotency-key': fresh() },
    });
    expect(assertProblem(stock, 'out_of_stock').errors?.[0]?.path).toBe('lines[0].quantity');
    // 210.000 + 25.000 + 2 × 4.000 + 5.000.
    const price = assertProblem(await place(order({ expectedTotal: 1 })), 'price_changed');
    expect(price.total).toBe(248_000);
    const key = fresh();
    const first = order();
    expect((await place(first, key)).status).toBe(201);
    assertProblem(await place({ ...first, note: 'x' }, key), 'idempotency_conflict');
    assertProblem(
      await ask(origin, 'POST', '/api/orders', { raw: '{"lines":', headers: { 'idempotency-key': fresh() } }),
      'malformed_json',
    );
    assertProblem(
      await ask(origin, 'POST', '/api/orders', { raw: `{"note":"${'x'.repeat(100_001)}"}`, headers: { 'idempotency-key': fresh() } }),
      'payload_too_large',
    );
    assertProblem(
      await ask(origin, 'POST', '/api/orders', { raw: '{}', headers: { 'content-type': 'text/plain', 'idempotency-key': fresh() } }),
      'unsupported_media_type',
    );
    const anonymous = await ask(origin, 'GET', '/api/seller/orders');
    assertProblem(anonymous, 'unauthenticated');
    expect(anonymous.headers['www-authenticate']).toBe('Bearer');
    assertProblem(await ask(origin, 'GET', '/api/seller/orders', { token: tokens.shopper }), 'forbidden');
    assertProblem(await ask(origin, 'GET', '/api/khong-co'), 'not_found');
    assertProblem(await sepay(origin, { id: 1 }, 'wrong'), 'invalid_signature');
    const again = jsonOf<{ code: string }>(await place(order({ customer: { name: 'Mua', phone: '0987000001' } })));
    await ask(origin, 'POST', `/api/orders/${again.code}/cancel`, { body: { phone: '0987000001' } });
    assertProblem(await ask(origin, 'POST', `/api/orders/${again.code}/cancel`, { body: { phone: '0987000001' } }), 'conflict');
  });

  test('of too many says when to come again', async () => {
    const customer = { name: 'Mua', phone: newPhone() };
    const statuses: number[] = [];
    let last: Answer | undefined;
    for (let i = 0; i < 11; i++) {
      last = await place(order({ customer }));
      statuses.push(last.status);
    }
    expect(statuses).toEqual([...Array(10).fill(201), 429]);
    assertProblem(last as Answer, 'rate_limited');
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(last?.headers['retry-after'])).toBeLessThanOrEqual(60);
  });
});

describe('an address', () => {
  test('that no route takes is 404, whatever it looks like', async () => {
    for (const path of [
      '/api',
      '/api/',
      '/api/nope',
      '/api/products/a/b',
      '/api/products/a%2Fb',
      '/api//products',
      '/api/%00',
      '/.well-known/x',
      '/opendata/x.csv',
      '/api/products%3Fq',
    ])
      assertProblem(await ask(origin, 'GET', path), 'not_found', path);
  });

  test('with bad percent-encoding is 404, not a crash', async () => {
    for (const path of ['/api/products/%', '/api/products/%zz', '/api/products/%E0%A4%A', '/api/%c0%ae%c0%ae/', '/epcis/events/%'])
      assertProblem(await ask(origin, 'GET', path), 'not_found', path);
  });

  test('with a slash too many at its end is not found: the answer never refuses the very method it allows', async () => {
    for (const path of ['/api/products/', '/healthz/', '/api/provinces/24/communes/']) {
      const answer = await ask(origin, 'GET', path);
      expect(`${answer.status} ${String(answer.headers.allow)}`, path).toBe('404 undefined');
    }
  });

  test('with the wrong method is 405 and says which are right', async () => {
    const byPath = Map.groupBy(routes, ({ route }) => route.path);
    for (const [path, own] of byPath) {
      // What takes everything below an address also answers for each address below it.
      const above = routes.filter(
        ({ route }) => route.path.endsWith('{proxy+}') && path.startsWith(route.path.slice(0, -'{proxy+}'.length)),
      );
      const allowed = [...own, ...above].flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]));
      const concrete = path.replaceAll(/\{[^}]+\}/g, 'x');
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (allowed.includes(method)) continue;
        const answer = await ask(origin, method, concrete);
        // A fixed path may also fit another route's variable: /api/seller/… never does, so Allow names at least these.
        assertProblem(answer, 'method_not_allowed', `${method} ${path}`);
        const named = String(answer.headers.allow).split(', ');
        expect(named, path).toEqual(expect.arrayContaining(allowed));
        expect(named, path).not.toContain(method);
      }
    }
  });
});

describe('a list', () => {
  const lists = () => routes.filter(({ route }) => route.query && 'cursor' in route.query.shape);
  /** Each list with its address; one below a thing is asked for a thing that is there. */
  const places = (): Promise<{ name: string; route: Route; path: string }[]> =>
    Promise.all(
      lists().map(async ({ name, route }) => {
        const params = route.params ? ((await samples.of(name)).params ?? {}) : {};
        return { name, route, path: addressOf(route, { params }) };
      }),
    );
  const tokenFor = (callers: unknown): string | undefined =>
    callers === 'anyone' ? undefined : (callers as string[]).includes('seller') ? tokens.seller : tokens.admin;

  test('refuses every bad limit', async () => {
    expect(lists().length).toBeGreaterThanOrEqual(5);
    for (const { name, route, path } of await places())
      for (const limit of ['0', '-1', '101', '1.5', 'abc', '', 'NaN', 'Infinity', '1e9', '99999999999999999999', '1,2', '١٠'])
        assertProblem(
          await ask(origin, 'GET', `${path}?limit=${encodeURIComponent(limit)}`, { token: tokenFor(route.callers) }),
          'validation_failed',
          `${name} ${limit}`,
        );
  });

  const cursors = [
    'x',
    '%',
    'bnVsbA',
    'W10',
    'e30',
    ...[
      { skip: -1 },
      { skip: 0.5 },
      { a: 'b' },
      { pk: 'x', sk: 'y' },
      { pk: 'x', sk: 'y', gsi1pk: 'x', gsi1sk: 'y' },
      { gsi1pk: 'SELLER_PACKAGES#sel_htx-lucngan' },
      { gsi1pk: 'PAYMENTS#unmatched' },
    ].map((p) => Buffer.from(JSON.stringify(p)).toString('base64url')),
  ];
  test('refuses every cursor that is not of this list', async () => {
    const wrong: string[] = [];
    for (const { name, route, path } of await places())
      for (const cursor of cursors) {
        const answer = await ask(origin, 'GET', `${path}?cursor=${encodeURIComponent(cursor)}`, { token: tokenFor(route.callers) });
        if (answer.status !== 422) wrong.push(`${name} ${Buffer.from(cursor, 'base64url').toString()}: ${answer.status}`);
      }
    expect(wrong).toEqual([]);
  });

  test('is walked page by page to its end', async () => {
    const all = jsonOf<{ items: { id: string }[] }>(await ask(origin, 'GET', '/api/products?limit=100')).items.map((p) => p.id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = jsonOf<{ items: { id: string }[]; nextCursor?: string }>(
        await ask(origin, 'GET', `/api/products?limit=7${cursor ? `&cursor=${cursor}` : ''}`),
      );
      seen.push(...page.items.map((p) => p.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.slice(0, 100)).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('an answer that may be cached', () => {
  const cacheable = routes.filter(({ route }) => route.cacheControl);

  test.each(cacheable.map(({ name, route }) => [name, route] as const))(
    '%s carries an ETag, the same each time, and is 304 to whoever has it',
    async (name, route) => {
      const path = addressOf(route, await samples.of(name));
      const first = await ask(origin, 'GET', path);
      expect(first.headers['cache-control']).toBe(route.cacheControl);
      const etag = String(first.headers.etag);
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      for (let i = 0; i < 5; i++) expect((await ask(origin, 'GET', path)).headers.etag).toBe(etag);
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await ask(origin, 'GET', path, { headers: { 'if-none-match': known } });
        expect([again.status, again.text, again.headers.etag], known).toEqual([304, '', etag]);
      }
      expect((await ask(origin, 'GET', path, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
    },
  );

  test('compressed it is the same document, under a tag that still answers 304', async () => {
    const plain = await ask(origin, 'GET', '/api/openapi.json');
    const zipped = await ask(origin, 'GET', '/api/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.bytes).toString()).toBe(plain.text);
    const again = await ask(origin, 'GET', '/api/openapi.json', {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': String(zipped.headers.etag) },
    });
    expect(again.status).toBe(304);
  });

  test('everything else must not be stored', async () => {
    for (const { name, route } of routes.filter(({ route: r }) => !r.cacheControl && r.method === 'GET')) {
      const sample = await samples.of(name);
      const person =
        route.callers === 'anyone'
          ? undefined
          : route.callers.includes('seller')
            ? 'seller'
            : route.callers.includes('admin')
              ? 'admin'
              : 'shopper';
      const answer = await ask(origin, 'GET', addressOf(route, sample), { token: person && tokens[person], headers: sample.headers ?? {} });
      expect(answer.headers['cache-control'], name).toBe('no-store');
    }
  });
});

describe('HEAD', () => {
  test('answers every GET’s status and headers without a body', async () => {
    for (const { name, route } of routes.filter(({ route: r }) => r.method === 'GET')) {
      const sample = await samples.of(name);
      const person =
        route.callers === 'anyone'
          ? undefined
          : route.callers.includes('seller')
            ? 'seller'
            : route.callers.includes('admin')
              ? 'admin'
              : 'shopper';
      const question = { token: person && tokens[person], headers: sample.headers ?? {} };
      const [head, get] = [
        await ask(origin, 'HEAD', addressOf(route, sample), question),
        await ask(origin, 'GET', addressOf(route, sample), question),
      ];
      expect([head.status, head.text], name).toEqual([get.status, '']);
      expect(head.headers['content-type'], name).toBe(get.headers['content-type']);
    }
  });
});

describe('an Idempotency-Key', () => {
  const idempotent = routes.filter(({ route }) => route.idempotent);
  const tokenFor = (callers: unknown) => (callers === 'anyone' ? undefined : tokens.seller);
  const bodyOf = ({ body }: Sample) => (Buffer.isBuffer(body) ? { raw: body } : { body });

  test('is asked for', async () => {
    expect(idempotent.length).toBeGreaterThanOrEqual(3);
    for (const { name, route } of idempotent) {
      const sample = await samples.of(name);
      for (const headers of [
        {},
        { 'idempotency-key': '' },
        { 'idempotency-key': 'x'.repeat(256) },
        { 'idempotency-key': 'có dấu'.normalize('NFC').replaceAll('ó', '\u00f3').replaceAll('ấ', '\u00e2') },
        { 'idempotency-key': 'a b' },
      ] as Record<string, string>[]) {
        const answer = await ask(origin, 'POST', addressOf(route, sample), { token: tokenFor(route.callers), headers, ...bodyOf(sample) });
        expect(assertProblem(answer, 'validation_failed', `${name} ${JSON.stringify(headers)}`).errors?.[0]?.path).toBe('Idempotency-Key');
      }
      expect(
        (
          await ask(origin, 'POST', addressOf(route, sample), {
            token: tokenFor(route.callers),
            headers: { ...sample.headers, 'idempotency-key': `~!${fresh()}`.padEnd(255, 'x') },
            ...bodyOf(sample),
          })
        ).status,
      ).toBe(route.success.status);
    }
  });

  test.each(idempotent.map(({ name, route }) => [name, route] as const))(
    'makes %s happen once, ten times at once, with one answer',
    async (name, route) => {
      const sample = await samples.of(name);
      const question = { token: tokenFor(route.callers), headers: sample.headers ?? {}, ...bodyOf(sample) };
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(origin, 'POST', addressOf(route, sample), question)));
      expect(answers.map((a) => a.status)).toEqual(Array(10).fill(route.success.status));
      expect(new Set(answers.map((a) => a.text)).size).toBe(1);
      expect(answers.filter((a) => a.headers['idempotent-replayed'] !== 'true')).toHaveLength(1);
      if (route.body === 'raw') return;
      // Members in another order and other white space are the same body.
      const members = Object.fromEntries(Object.entries(sample.body as object).reverse());
      const reordered = await ask(origin, 'POST', addressOf(route, sample), {
        ...question,
        body: undefined,
        raw: JSON.stringify(members, null, 3),
      });
      expect([reordered.status, reordered.headers['idempotent-replayed'], reordered.text]).toEqual([
        route.success.status,
        'true',
        answers[0]?.text,
      ]);
    },
  );
});

test('a body may say its charset, and come with a byte order mark', async () => {
  const body = JSON.stringify({ lines: [{ sku: 'VT-LN-3KG', quantity: 1 }] });
  for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"']) {
    const answer = await ask(origin, 'POST', '/api/quotes', { raw: `\ufeff${body}`, headers: { 'content-type': type } });
    expect(answer.status, type).toBe(200);
  }
  for (const type of ['application/x-www-form-urlencoded', 'text/json', 'application/jsonp', 'multipart/form-data; boundary=x', ''])
    assertProblem(
      await ask(origin, 'POST', '/api/quotes', { raw: body, headers: { 'content-type': type } }),
      'unsupported_media_type',
      type,
    );
});

test('a body that is not UTF-8 is malformed', async () => {
  assertProblem(await ask(origin, 'POST', '/api/quotes', { raw: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }), 'malformed_json');
});

test('a body larger than Lambda takes is refused before it has come in', async () => {
  const answer = await ask(origin, 'POST', '/api/quotes', { raw: Buffer.alloc(7 * 1024 * 1024, 0x20) });
  assertProblem(answer, 'payload_too_large');
});

test('security headers stand on every answer', async () => {
  for (const path of ['/api/products', '/api/nope', '/api/docs', '/healthz', '/01/08938500000010']) {
    const { headers } = await ask(origin, 'GET', path);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['content-security-policy'], path).toContain("default-src 'self'");
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
});

test('GS1 links: known, malformed, wrong check digit, unknown', async () => {
  const known = await ask(origin, 'GET', '/01/08938500000010?utm=x');
  expect([known.status, known.headers.location]).toEqual([307, `${origin}/san-pham/vai-thieu-luc-ngan/?utm=x`]);
  for (const [path, status] of [
    ['/01/08938500000011', 400],
    ['/01/8938500000010', 400],
    ['/01/abc', 400],
    ['/01/09999999999994', 404],
    [`/01/08938500000010/10/${'L'.repeat(21)}`, 400],
    ['/01/08938500000010/21/a%20b', 400],
    ['/01/08938500000010/21/a/10/b', 400],
    ['/01/08938500000010/foo', 400],
    ['/01/08938500000010//', 400],
    ['/01/08938500000010?17=261331', 400],
    // The gateway decodes before it routes, as AWS does: this slash divides the lot in two.
    ['/01/08938500000010/10/a%2Fb', 400],
    ['/01/08938500000010?linkType=gs1:leaveReview', 404],
  ] as const) {
    const answer = await ask(origin, 'GET', path);
    expect(answer.status, path).toBe(status);
    expect(answer.headers['content-type'], path).toBe('application/problem+json');
  }
});

test('GS1 links: the linkset, its header on redirects, HEAD, OPTIONS and other origins', async () => {
  const path = '/01/08938500000010/22/A/10/B%3A';
  for (const method of ['GET', 'HEAD'])
    for (const end of ['', '/']) {
      const { status, headers } = await ask(origin, method, path + end);
      expect([status, headers.location]).toEqual([307, `${origin}/san-pham/vai-thieu-luc-ngan/`]);
      expect(headers.link).toBe(`<${origin}${path}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
      expect(headers['access-control-allow-origin']).toBe('*');
    }
  const byAccept = await ask(origin, 'GET', path, { headers: { accept: 'application/linkset+json' } });
  const byQuery = await ask(origin, 'GET', `${path}?linkType=linkset`);
  expect([byAccept.status, byAccept.headers['content-type'], byAccept.text]).toEqual([200, 'application/linkset+json', byQuery.text]);
  expect(jsonOf<{ linkset: { anchor: string }[] }>(byQuery).linkset[0]?.anchor).toBe(origin + path);
  for (const asked of [path, '/01/08938500000010', '/.well-known/gs1resolver']) {
    const { status, text, headers } = await ask(origin, 'OPTIONS', asked);
    expect([status, text, headers.allow, headers['access-control-allow-origin']]).toEqual([204, '', 'GET, HEAD, OPTIONS', '*']);
  }
  const described = await ask(origin, 'GET', '/.well-known/gs1resolver');
  expect(jsonOf<object>(described)).toMatchObject({ resolverRoot: origin, supportedPrimaryKeys: ['01'] });
});

test('EPCIS: names of events and things stand in addresses as they are, and what is not there is told in its own words', async () => {
  const token = tokens.seller;
  const { eventID: _, ...event } = (await samples.of('addEvent')).body as { eventID: string; epcList: string[] };
  const made = await ask(origin, 'POST', '/epcis/events', { token, body: event, headers: { 'content-type': 'application/ld+json' } });
  expect([made.status, made.headers['gs1-epcis-version']]).toEqual([201, '2.0.0']);
  const { eventID } = jsonOf<{ eventID: string }>(made);
  expect(eventID).toMatch(/^ni:\/\/\/sha-256;[\da-f]{64}\?ver=CBV2\.0$/);
  const found = (text: string) => [...text.matchAll(/"eventID":"([^"]+)"/g)].map((m) => m[1]);
  for (const path of [
    String(made.headers.location).slice(origin.length),
    `/epcis/epcs/${encodeURIComponent(event.epcList[0] ?? '')}/events`,
    `/epcis/events?MATCH_anyEPC=${encodeURIComponent(event.epcList[0] ?? '')}&EQ_action=OBSERVE%7CADD`,
  ]) {
    const answer = await ask(origin, 'GET', path, { token });
    expect([answer.status, found(answer.text)], path).toEqual([200, [eventID]]);
  }
  const said = async (method: string, path: string) => {
    const answer = await ask(origin, method, path, { token });
    return `${answer.status} ${jsonOf<{ type: string }>(answer).type}`;
  };
  expect(await said('GET', '/epcis/queries')).toBe('404 epcisException:NoSuchResourceException');
  expect(await said('DELETE', '/epcis/events')).toBe('405 epcisException:ImplementationException');
  expect(await said('GET', '/epcis/events?nope=1')).toBe('400 epcisException:QueryParameterException');
});
