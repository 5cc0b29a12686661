import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NewProduct, ProductPatch } from '../../../shared/catalog/contract.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { basket, inTheMiddle, later, lychees, type Market, now, openMarket, pottery } from '../orders/market.ts';

let market: Market;
let desk: typeof import('../../../functions/catalog/own-products.ts');
let browsing: typeof import('../../../functions/catalog/browse.ts');
let store: typeof import('../../../functions/catalog/store.ts');
let findSeller: typeof import('../../../functions/sellers/find-seller.ts').findSeller;
beforeAll(async () => {
  market = await openMarket();
  desk = await import('../../../functions/catalog/own-products.ts');
  browsing = await import('../../../functions/catalog/browse.ts');
  store = await import('../../../functions/catalog/store.ts');
  ({ findSeller } = await import('../../../functions/sellers/find-seller.ts'));
});
afterAll(() => market?.stop());

const seller = async (id: string) => {
  const found = await findSeller(id);
  if (!found) throw new Error(id);
  return found;
};
const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (e: unknown) => (e instanceof Problem ? e.code : String(e)),
  );
let names = 0;
const asked = (more: object = {}) =>
  NewProduct.parse({
    name: `Bánh phu thê ${++names}`,
    category: 'my-bun-banh',
    variants: [{ price: 50_000, netWeightGrams: 400, quantity: 8 }],
    ...more,
  });
/** The shelves are read at most twice a second. */
const slugs = async (query: Partial<Parameters<typeof browsing.browse>[0]> = {}) =>
  expect.poll(async () => (await browsing.browse({ limit: 100, ...query }, now)).items.map((p) => p.slug), {
    timeout: 5_000,
    interval: 100,
  });

describe('a product', () => {
  test('is on the shelves and can be bought as soon as it is published', async () => {
    const made = await desk.createProduct(await seller(lychees), asked(), now);
    expect(made).toMatchObject({ status: 'published', version: 1, variants: [{ available: 8, price: 50_000, unitPrice: 125_000 }] });
    await (await slugs()).toContain(made.slug);
    expect((await market.place(basket([{ sku: made.variants[0]?.sku ?? '', quantity: 8 }]))).outcome).toBe('placed');
  });

  test('withdrawn is on no shelf, at no address and in no basket; published again it is back with its stock', async () => {
    const made = await desk.createProduct(await seller(lychees), asked(), now);
    await (await slugs()).toContain(made.slug);
    await desk.changeProduct(await seller(lychees), made.id, ProductPatch.parse({ status: 'draft' }), later(1));
    expect((await store.readPublished()).map((p) => p.slug)).not.toContain(made.slug);
    await (await slugs()).not.toContain(made.slug);
    expect(await outcome(browsing.productBySlug(made.slug, now))).toBe('not_found');
    expect(await outcome(market.place(basket([{ sku: made.variants[0]?.sku ?? '', quantity: 1 }])))).toBe('validation_failed');
    const back = await desk.changeProduct(await seller(lychees), made.id, ProductPatch.parse({ status: 'published' }), later(2));
    expect(back).toMatchObject({ status: 'published', version: 3, variants: [{ available: 8 }] });
    await (await slugs()).toContain(made.slug);
  });

  test('of another seller does not exist for reading, changing and stocking', async () => {
    const made = await desk.createProduct(await seller(lychees), asked(), now);
    const other = await seller(pottery);
    const before = await market.digests();
    expect(await outcome(desk.ownProduct(other, made.id, now))).toBe('not_found');
    expect(await outcome(desk.changeProduct(other, made.id, ProductPatch.parse({ name: 'Của tôi' }), now))).toBe('not_found');
    expect(await outcome(desk.setOwnStock(other, made.id, made.variants[0]?.sku ?? '', 0, now))).toBe('not_found');
    expect(await market.digests()).toEqual(before);
  });

  test('cannot take a SKU, a GTIN or a chosen slug of another product, and leaves nothing of the attempt', async () => {
    const gtin = '08938500000027';
    const made = await desk.createProduct(
      await seller(lychees),
      asked({ slug: 'rieng', variants: [{ sku: 'RIENG-1', gtin, price: 50_000, netWeightGrams: 400 }] }),
      now,
    );
    const before = await market.digests();
    const pot = await seller(pottery);
    for (const more of [
      { slug: 'rieng' },
      { variants: [{ sku: 'RIENG-1', price: 50_000, netWeightGrams: 400 }] },
      { variants: [{ gtin, price: 50_000, netWeightGrams: 400 }] },
    ])
      expect(await outcome(desk.createProduct(pot, asked(more), now))).toBe('conflict');
    expect(await market.digests()).toEqual(before);
    expect((await store.readSkus(['RIENG-1'])).get('RIENG-1')?.sellerId).toBe(made.seller.id);
  });

  test('of the same name ten times at once gets ten different addresses', async () => {
    const cake = asked({ name: 'Bánh cuốn' });
    const made = await Promise.all(Array.from({ length: 10 }, async () => desk.createProduct(await seller(lychees), cake, now)));
    expect(new Set(made.map((p) => p.slug)).size).toBe(10);
    expect(made.map((p) => p.slug)).toContain('banh-cuon');
  });

  test('changed by two at once: one wins, the other is told to load it again', async () => {
    const made = await desk.createProduct(await seller(lychees), asked(), now);
    const own = await seller(lychees);
    const rival = inTheMiddle(market, 'transaction', 1, () =>
      desk.changeProduct(own, made.id, ProductPatch.parse({ name: 'Tên thứ nhất' }), later(1)),
    );
    expect(await outcome(desk.changeProduct(own, made.id, ProductPatch.parse({ name: 'Tên thứ hai' }), later(1)))).toBe('conflict');
    rival.stop();
    expect((await desk.ownProduct(own, made.id, now)).name).toBe('Tên thứ nhất');
  });

  test('a variant named by its SKU keeps its stock, one left out cannot be bought any more', async () => {
    const own = await seller(lychees);
    const [keep, drop] = [
      { sku: 'GIU-LAI', price: 50_000, netWeightGrams: 400, quantity: 5 },
      { sku: 'BO-DI', price: 60_000, netWeightGrams: 500, quantity: 5 },
    ];
    const made = await desk.createProduct(own, asked({ variants: [keep, drop] }), now);
    const changed = await desk.changeProduct(
      own,
      made.id,
      ProductPatch.parse({ variants: [{ ...keep, price: 55_000, quantity: 99 }] }),
      later(1),
    );
    expect(changed.variants.map((v) => [v.sku, v.price, v.available])).toEqual([['GIU-LAI', 55_000, 5]]);
    expect(await outcome(market.place(basket([{ sku: 'BO-DI', quantity: 1 }])))).toBe('validation_failed');
    expect(await outcome(desk.setOwnStock(own, made.id, 'BO-DI', 5, now))).toBe('validation_failed');
  });

  test('an OCOP badge cannot be claimed', async () => {
    const made = await desk.createProduct(
      await seller(lychees),
      asked({ ocop: { stars: 5 }, seller: { id: pottery }, demonstration: false }),
      now,
    );
    expect([made.ocop, made.seller.id]).toEqual([undefined, lychees]);
  });

  test('of a seller who is not verified stays a draft', async () => {
    const unverified = { ...(await seller(lychees)), verified: false };
    expect(await outcome(desk.createProduct(unverified, asked(), now))).toBe('forbidden');
    expect((await desk.createProduct(unverified, asked({ status: 'draft' }), now)).status).toBe('draft');
  });
});

describe('setting the stock', () => {
  test('against orders: what was put in is available, reserved or sold, always', async () => {
    const sku = await market.stock('VAI-5KG', 30);
    const placed = await Promise.all([
      ...Array.from({ length: 20 }, (_, i) =>
        market.place(basket([{ sku, quantity: 1 }], i % 2 === 0 ? {} : { payment: 'bank_transfer' })),
      ),
      ...[12, 40, 7].map(async (quantity) => {
        await market.setStock({ sku, quantity, by: lychees, now });
        return { outcome: 'set' as const };
      }),
    ]);
    const { sold, reserved } = await market.counters(sku);
    expect(sold + reserved).toBe(placed.filter((p) => p.outcome === 'placed').length);
    await market.assertStockBook(sku);
  });

  test('to a number read before a sale: the sale is not undone', async () => {
    const sku = await market.stock('VAI-5KG', 5);
    const rival = inTheMiddle(market, 'transaction', 1, () => market.buy([{ sku, quantity: 5 }]));
    await market.setStock({ sku, quantity: 3, by: lychees, now });
    rival.stop();
    expect(await market.counters(sku)).toEqual({ available: 3, reserved: 0, sold: 5 });
    await market.assertStockBook(sku);
  });

  test('in four counters, and to nothing', async () => {
    const sku = await market.stock('VAI-5KG', 10, { shards: 4 });
    await market.setStock({ sku, quantity: 0, by: lychees, now });
    expect(await market.counters(sku)).toEqual({ available: 0, reserved: 0, sold: 0 });
    await market.setStock({ sku, quantity: 6, by: lychees, now });
    expect((await market.counters(sku)).available).toBe(6);
    await market.assertStockBook(sku);
  });
});

describe('browsing', () => {
  test('page by page shows every product once in every order, also when one is published between two pages', async () => {
    for (let i = 0; i < 7; i++)
      await desk.createProduct(
        await seller(lychees),
        asked({ name: `Trang sách ${i % 3}`, variants: [{ price: 10_000 + (i % 2) * 1_000, netWeightGrams: 100 }] }),
        later(i),
      );
    await (await slugs({ q: 'trang sach' })).toHaveLength(7);
    for (const sort of ['relevance', 'price', '-price', 'name', 'stars', 'newest']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await browsing.browse({ q: 'trang sach', sort, limit: 2, cursor }, now);
        seen.push(...page.items.map((p) => p.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size, sort).toBe(7);
      expect(seen, sort).toHaveLength(7);
    }
  });

  test('"vai thieu" finds Vải thiều, and the tone-exact name comes first', async () => {
    const own = await seller(lychees);
    await desk.createProduct(own, asked({ name: 'Vai áo thổ cẩm', description: 'thiều' }), now);
    const exact = await desk.createProduct(own, asked({ name: 'Vải thiều sấy' }), now);
    await (await slugs({ q: 'vai thieu' })).toContain(exact.slug);
    const found = await browsing.browse({ q: 'vải thiều', limit: 100 }, now);
    expect(found.items[0]?.name).toMatch(/^Vải thiều/);
  });

  test('a cursor of another list is refused', async () => {
    for (const cursor of ['x', 'eyJza2lwIjoyMH0', 'bnVsbA'])
      expect(await outcome(browsing.browse({ limit: 2, cursor }, now))).toBe('validation_failed');
  });
});
