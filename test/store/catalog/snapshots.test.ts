import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NewProduct, ProductPatch } from '../../../shared/catalog/contract.ts';
import { later, lychees, type Market, now, openMarket } from '../orders/market.ts';

let market: Market;
let desk: typeof import('../../../functions/catalog/own-products.ts');
let productBySlug: typeof import('../../../functions/catalog/browse.ts').productBySlug;
let handler: typeof import('../../../functions/catalog/http.ts').handler;
let seller: NonNullable<Awaited<ReturnType<typeof import('../../../functions/sellers/find-seller.ts').findSeller>>>;
beforeAll(async () => {
  market = await openMarket();
  desk = await import('../../../functions/catalog/own-products.ts');
  ({ productBySlug } = await import('../../../functions/catalog/browse.ts'));
  ({ handler } = await import('../../../functions/catalog/http.ts'));
  const { findSeller } = await import('../../../functions/sellers/find-seller.ts');
  const found = await findSeller(lychees);
  if (!found) throw new Error(lychees);
  seller = found;
});
afterAll(() => market?.stop());

/** How often the engine is asked while something runs. */
async function engineReads(run: () => Promise<unknown>): Promise<number> {
  let asked = 0;
  market.dynamo.middlewareStack.add(
    (next) => (args) => {
      asked++;
      return next(args);
    },
    { step: 'initialize', name: 'count' },
  );
  await run();
  market.dynamo.middlewareStack.remove('count');
  return asked;
}

const newProduct = (more: object = {}) =>
  desk.createProduct(
    seller,
    NewProduct.parse({
      name: 'Bánh khúc',
      category: 'my-bun-banh',
      variants: [{ price: 50_000, netWeightGrams: 400, quantity: 8 }],
      ...more,
    }),
    now,
  );
const left = async (slug: string, at = now) => (await productBySlug(slug, at)).variants[0]?.available;

describe('a product’s page, asked for again and again', () => {
  test('is read once, whoever asks', async () => {
    const { slug } = await newProduct();
    // Its address, itself, its counters, and whether it is held back.
    expect(await engineReads(() => Promise.all(Array.from({ length: 100 }, () => productBySlug(slug, now))))).toBeLessThanOrEqual(4);
    expect(await engineReads(() => productBySlug(slug, now))).toBe(0);
    // The badge's certificate may end with the day.
    expect(await engineReads(() => productBySlug(slug, later(86_400)))).toBeGreaterThan(0);
  });

  test('tells at once what an order, a cancellation and the seller have done to the stock', async () => {
    const made = await newProduct();
    const sku = made.variants[0]?.sku ?? '';
    expect(await left(made.slug)).toBe(8);
    const order = await market.buy([{ sku, quantity: 3 }]);
    expect(await left(made.slug)).toBe(5);
    await market.cancelOrder(order.code, order.phone, now);
    expect(await left(made.slug)).toBe(8);
    await desk.setOwnStock(seller, made.id, sku, 20, now);
    expect(await left(made.slug)).toBe(20);
  });

  test('tells at once of stock that lies in several counters', async () => {
    const sku = await market.stock('MY-CHU', 40, { shards: 4 });
    expect(await left(sku.toLowerCase())).toBe(40);
    for (let n = 1; n <= 12; n++) {
      await market.buy([{ sku, quantity: 1 }]);
      expect(await left(sku.toLowerCase())).toBe(40 - n);
    }
  });

  test('shows no more than was left when it was asked for, with 60 buyers and 200 readers at once', async () => {
    const { slug, variants } = await newProduct({ variants: [{ price: 50_000, netWeightGrams: 400, quantity: 30 }] });
    const sku = variants[0]?.sku ?? '';
    let sold = 0;
    const buyers = Array.from({ length: 60 }, async () => {
      await market.buy([{ sku, quantity: 1 }]).then(
        () => sold++,
        () => undefined,
      );
    });
    const readers = Array.from({ length: 8 }, async () => {
      for (let n = 0; n < 25; n++) {
        const atMost = 30 - sold;
        expect(await left(slug)).toBeLessThanOrEqual(atMost);
      }
    });
    await Promise.all([...buyers, ...readers]);
    expect([sold, await left(slug)]).toEqual([30, 0]);
  });

  test('shows a change at once, is gone when withdrawn and back when published again', async () => {
    const made = await newProduct();
    const change = (patch: object, seconds: number) => desk.changeProduct(seller, made.id, ProductPatch.parse(patch), later(seconds));
    await productBySlug(made.slug, now);
    await change({ name: 'Bánh khúc nóng' }, 1);
    expect((await productBySlug(made.slug, now)).name).toBe('Bánh khúc nóng');
    await change({ variants: [{ sku: made.variants[0]?.sku, price: 45_000, netWeightGrams: 400 }] }, 2);
    expect((await productBySlug(made.slug, now)).variants).toMatchObject([{ price: 45_000, available: 8 }]);
    await change({ status: 'draft' }, 3);
    await expect(productBySlug(made.slug, now)).rejects.toMatchObject({ code: 'not_found' });
    await change({ status: 'published' }, 4);
    expect(await left(made.slug)).toBe(8);
  });

  test('is there at once when nobody found it a moment before', async () => {
    await expect(productBySlug('banh-khuc-moi', now)).rejects.toMatchObject({ code: 'not_found' });
    await newProduct({ slug: 'banh-khuc-moi' });
    expect(await left('banh-khuc-moi')).toBe(8);
  });
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

async function get(path: string, headers: Record<string, string> = {}): Promise<APIGatewayProxyStructuredResultV2> {
  const event = { version: '2.0', headers, requestContext: { http: { method: 'GET', path } } };
  return (await handler(
    event as unknown as APIGatewayProxyEventV2,
    { awsRequestId: 'test' } as Context,
  )) as APIGatewayProxyStructuredResultV2;
}

describe('its answer over HTTP', () => {
  test('is the same text and tag each time, and leaves the product everyone shares as it was', async () => {
    const { slug } = await newProduct();
    const shown = frozen(await productBySlug(slug, new Date()));
    const first = await get(`/api/products/${slug}`);
    expect(JSON.parse(String(first.body))).toEqual(JSON.parse(JSON.stringify(shown)));
    const again = await get(`/api/products/${slug}`);
    expect([again.body, again.headers]).toEqual([first.body, first.headers]);
    const known = await get(`/api/products/${slug}`, { 'if-none-match': String(first.headers?.etag) });
    expect([known.statusCode, known.body]).toEqual([304, undefined]);
  });

  test('has another tag after a sale', async () => {
    const { slug, variants } = await newProduct();
    const first = await get(`/api/products/${slug}`);
    await market.buy([{ sku: variants[0]?.sku ?? '', quantity: 1 }]);
    const next = await get(`/api/products/${slug}`, { 'if-none-match': String(first.headers?.etag) });
    expect(next.statusCode).toBe(200);
    expect(JSON.parse(String(next.body)).variants[0].available).toBe(7);
  });
});
