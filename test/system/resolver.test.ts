import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, ask, assertProblem, jsonOf, signIn } from './caller.ts';
import { type Market, startMarket } from './market.ts';

/**
 * What GS1 demands of a conformant resolver, asked as a stranger would ask it: over HTTP, with links as they come out of a camera or a
 * hostile hand. The rules of the path and of each link type have tests of their own (unit and store).
 */
let market: Market;
let origin: string;
/** A GTIN the market gave, a lot with papers, one item of it. */
let gtin: string;
let serial: string;
const lot = 'VT-2026.06_15';

beforeAll(async () => {
  market = await startMarket();
  ({ origin } = market);
  const token = await signIn(origin, 'seller');
  const product = { name: 'Vải thiều truy xuất', category: 'trai-cay', variants: [{ price: 100_000, netWeightGrams: 1_000, quantity: 9 }] };
  const listed = await ask(origin, 'POST', '/api/seller/products', { token, body: product });
  const { variants } = jsonOf<{ variants: { sku: string }[] }>(listed);
  const recorded = await ask(origin, 'POST', '/api/seller/lots', {
    token,
    headers: { 'idempotency-key': 'lot' },
    body: {
      sku: variants[0]?.sku,
      lot,
      harvestedOn: '2026-06-14',
      quantityGrams: 50_000,
      certificates: [{ kind: 'VietGAP', number: 'VG-1' }],
    },
  });
  ({ gtin } = jsonOf<{ gtin: string }>(recorded));
  const issued = await ask(origin, 'POST', `/api/seller/lots/${lot}/codes`, {
    token,
    headers: { 'idempotency-key': 'codes' },
    body: { count: 1 },
  });
  serial = jsonOf<{ serials: string[] }>(issued).serials[0] ?? '';
});
afterAll(() => market?.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => ask(origin, 'GET', path, { headers });
const levels = () => [`/01/${gtin}`, `/01/${gtin}/10/${lot}`, `/01/${gtin}/21/${serial}`, `/01/${gtin}/10/${lot}/21/${serial}`];
const productPage = () => `${origin}/san-pham/vai-thieu-truy-xuat/`;
const itemPage = () => `${origin}/truy-xuat/?gtin=${gtin}&serial=${serial}`;

describe('a redirect', () => {
  test('goes to the default link of its level, and walks up from what was never issued', async () => {
    const targets = await Promise.all(levels().map(async (path) => (await get(path)).headers.location));
    expect(targets).toEqual([productPage(), productPage(), itemPage(), itemPage()]);
    const never = `${origin}/truy-xuat/?gtin=${gtin}&serial=ZZZZZZZZZZZZ`;
    expect((await get(`/01/${gtin}/21/ZZZZZZZZZZZZ`)).headers.location).toBe(never);
    expect((await get(`/01/${gtin}/10/KHONG-CO`)).headers.location).toBe(productPage());
  });

  test.each([
    ['utm_source=zalo&17=261231', 'utm_source=zalo&17=261231'],
    ['a=1&a=2&b&c=', 'a=1&a=2&b&c='],
    ['q=v%E1%BA%A3i+thi%e1%bb%81u%20x', 'q=v%E1%BA%A3i+thi%e1%bb%81u%20x'],
    ['a=%26b%3Dc%23d', 'a=%26b%3Dc%23d'],
    ['linkType=gs1:pip', 'linkType=gs1:pip'],
    ['a=x%0d%0aset-cookie:%20a=b', 'a=x%0d%0aset-cookie:%20a=b'],
  ])('keeps the query ?%s', async (asked, kept) => {
    const { status, headers } = await get(`/01/${gtin}?${asked}`);
    expect([status, headers.location, headers['set-cookie']]).toEqual([307, `${productPage()}?${kept}`, undefined]);
  });

  test('never leaves the market and never shows another item, whatever it is asked', async () => {
    const hostile = ['//evil.example', 'https://evil.example/', '/\\evil.example', '@evil.example', 'javascript:alert(1)'];
    const names = ['url', 'next', 'redirect', 'href', 'gtin', 'serial', 'linkType', '', '__proto__'];
    for (const [path, page] of [
      [`/01/${gtin}`, '/san-pham/vai-thieu-truy-xuat/'],
      [`/01/${gtin}/21/${serial}`, '/truy-xuat/'],
    ] as const)
      for (const name of names)
        for (const text of hostile) {
          const { status, headers } = await get(`${path}?${name}=${encodeURIComponent(text)}`, {
            host: 'evil.example',
            'x-forwarded-host': 'evil.example',
          });
          if (name === 'linkType') expect(status).toBe(404);
          else {
            const location = new URL(String(headers.location));
            expect([status, location.origin, location.pathname]).toEqual([307, origin, page]);
            if (page === '/truy-xuat/')
              expect([location.searchParams.getAll('gtin'), location.searchParams.getAll('serial')]).toEqual([[gtin], [serial]]);
          }
        }
    for (const path of [`//evil.example/01/${gtin}`, `/01/${gtin}/../../evil.example`, `/01//evil.example`])
      expect((await get(path)).headers.location, path).toBeUndefined();
  });

  test('goes the same way in every language, for every page is Vietnamese and the linkset says so', async () => {
    for (const language of ['vi', 'en', 'zh-CN, zh;q=0.9', '*', 'vi;q=0', ';;q=x'])
      expect((await get(`/01/${gtin}`, { 'accept-language': language })).headers.location, language).toBe(productPage());
  });
});

interface Target {
  href: string;
  title: string;
  hreflang?: string[];
  type?: string;
}

describe('the linkset', () => {
  test('of every level: GS1’s schema, one default link that is listed again, links that lead where they say', async () => {
    for (const path of levels()) {
      const answer = await get(`${path}?linkType=linkset`);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/linkset+json']);
      const { linkset, ...beside } = jsonOf<{ linkset: Record<string, unknown>[] }>(answer);
      expect([beside, linkset.length]).toEqual([{}, 1]);
      const { anchor, itemDescription, ...relations } = linkset[0] as Record<string, Target[]>;
      expect([anchor, typeof itemDescription]).toEqual([origin + path, 'string']);
      const byDefault = relations['https://ref.gs1.org/voc/defaultLink'] as Target[];
      expect(byDefault.map((target) => Object.keys(target).sort())).toEqual([['href', 'title']]);
      const described = Object.entries(relations).filter(([relation]) => !relation.endsWith('/defaultLink'));
      expect(described.flatMap(([, targets]) => targets.map(({ href }) => href))).toContain(byDefault[0]?.href);
      for (const [relation, targets] of described)
        for (const { href, title, hreflang, type, ...others } of targets) {
          expect(relation).toMatch(/^https:\/\/ref\.gs1\.org\/voc\/[a-zA-Z]+$/);
          expect([href.startsWith(`${origin}/`), title.length > 0, hreflang, type, others]).toEqual([true, true, ['vi'], 'text/html', {}]);
          const asked = await get(`${path}?linkType=gs1:${relation.split('/').at(-1)}`);
          expect([asked.status, String(asked.headers.location).replace(/[?&]linkType=[^&]*$/, '')]).toEqual([307, href]);
        }
    }
  });

  test('has the same canonical anchor however the link was written', async () => {
    const canonical = `${origin}/01/${gtin}/22/2A/10/A%3AB`;
    for (const path of [`/01/${gtin}/22/2A/10/A:B`, `/01/${gtin}/22/2A/10/A%3aB/`, `/%30%31/${gtin}/22/2%41/10/A%3AB?17=261231&x=y`]) {
      const answer = await get(path, { accept: 'application/linkset+json' });
      expect(jsonOf<{ linkset: { anchor: string }[] }>(answer).linkset[0]?.anchor, path).toBe(canonical);
    }
  });

  test('is announced by every redirect; HEAD has all headers of GET and no body', async () => {
    for (const path of levels()) {
      const [got, head] = [await get(path), await ask(origin, 'HEAD', path)];
      expect(got.headers.link).toBe(`<${origin}${path}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
      const of = ({ status, headers }: Answer) => [
        status,
        { ...headers, date: undefined, 'content-length': undefined, 'transfer-encoding': undefined },
      ];
      expect(of(head)).toEqual(of(got));
      expect(head.text).toBe('');
    }
    const [got, head] = [await get(`/01/${gtin}?linkType=linkset`), await ask(origin, 'HEAD', `/01/${gtin}?linkType=linkset`)];
    expect([head.status, head.headers['content-type'], head.headers.link, head.text]).toEqual([
      200,
      'application/linkset+json',
      got.headers.link,
      '',
    ]);
    expect(got.headers.link).toMatch(/^<https:\/\/ref\.gs1\.org\/[^>]+>; rel="http:\/\/www\.w3\.org\/ns\/json-ld#context"/);
  });
});

test('any page may ask: CORS on redirects, linksets and refusals, and before a request of its own', async () => {
  const cors = { origin: 'https://app.example' };
  for (const path of [...levels(), `/01/${gtin}?linkType=linkset`, `/01/${gtin}?linkType=gs1:no`, '/01/123', '/.well-known/gs1resolver'])
    expect((await get(path, cors)).headers['access-control-allow-origin'], path).toBe('*');
  for (const path of [...levels(), `/01/${gtin}/`, '/01/123', '/.well-known/gs1resolver']) {
    const { status, headers } = await ask(origin, 'OPTIONS', path, {
      headers: { ...cors, 'access-control-request-method': 'GET', 'access-control-request-headers': 'accept' },
    });
    expect([status, headers.allow, headers['access-control-allow-origin'], headers['access-control-allow-methods']], path).toEqual([
      204,
      'GET, HEAD, OPTIONS',
      '*',
      'GET, HEAD, OPTIONS',
    ]);
  }
});

test('what is no GS1 Digital Link is 400, what the market does not resolve 404, another method 405', async () => {
  const other = `${gtin.slice(0, 13)}${(Number(gtin.at(-1)) + 1) % 10}`;
  for (const path of [
    `/01/${other}`,
    `/01/${gtin.slice(1)}`,
    `/01/${gtin}0`,
    `/01/${gtin}/10`,
    `/01/${gtin}/10/`,
    `/01/${gtin}//10/A`,
    `/01/${gtin}/21/A/10/B`,
    `/01/${gtin}/10/A/10/B`,
    `/01/${gtin}/17/261231`,
    `/01/${gtin}/10/A%2FB`,
    `/01/${gtin}/10/L%C3%B4`,
    `/01/${gtin}/10/A%00`,
    `/01/${gtin}/21/A%20B`,
    `/01/${gtin}%3F17=261231`,
    `/01/${gtin}?17=261331`,
    `/01/${gtin}?17=261231&17=261231`,
    `/01/${gtin}?21=${serial}`,
    `/01/${gtin}?9999=x`,
    '/01',
    '/01/',
    '/01/%',
    `/01/${gtin}/10/%`,
    `/01/${gtin}/10/%ZZ`,
    `/01/${gtin}/10/%C3`,
  ]) {
    const problem = assertProblem(await get(path), 'validation_failed', path);
    expect([path, problem.status, problem.errors?.length]).toEqual([path, 400, 1]);
  }
  for (const path of [
    '/01/09999999999994',
    '/01/09999999999994?linkType=linkset',
    `/01/${gtin}?linkType=gs1:jws`,
    `/01/${gtin}?linkType=gs1:pip&linkType=gs1:pip`,
  ])
    assertProblem(await get(path), 'not_found', path);
  // Keys that are not in its description: a pallet, a place, and the names of keys GS1 took back.
  for (const path of ['/00/106141412345678908', '/414/8938500000010', '/8004/8938500000010X', `/gtin/${gtin}`])
    expect((await get(path)).status, path).toBe(404);
  assertProblem(await ask(origin, 'POST', `/01/${gtin}`, { body: {} }), 'method_not_allowed');
});

test('its description has what GS1’s schema asks', async () => {
  const { status, headers, text } = await get('/.well-known/gs1resolver');
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  const described = JSON.parse(text) as Record<string, unknown> & { supportedLinkType: { namespace: string; prefix: string }[] };
  expect(described).toMatchObject({ resolverRoot: origin, supportedPrimaryKeys: ['01'], linkTypeDefaultCanBeLinkset: false });
  for (const { namespace, prefix } of described.supportedLinkType)
    expect([URL.canParse(namespace), /^[a-zA-Z_][A-Za-z0-9_-]*:$/.test(prefix)]).toEqual([true, true]);
});
