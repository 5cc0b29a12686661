import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeVietQr } from '../unit/payments/emv.ts';
import { type Answer, ask, assertProblem, jsonOf, newPhone, type Person, sepay, signInAll } from './caller.ts';
import { type Market, startMarket, until } from './market.ts';
import { fresh } from './samples.ts';

/**
 * One day of three people, over HTTP, from morning to evening: Mrs Mua who shops, the lychee cooperative and the potter who sell, and the
 * department that wants to know. Each step leans on the one before it; read it from top to bottom.
 *
 * With FUNCTIONS_DIR it is the same day on the bundles that are deployed.
 */
let market: Market;
let tokens: Record<Person, string>;
beforeAll(async () => {
  market = await startMarket({ env: process.env.FUNCTIONS_DIR ? { FUNCTIONS_DIR: process.env.FUNCTIONS_DIR } : {} });
  tokens = await signInAll(market.origin);
});
afterAll(() => market?.stop());

const get = (path: string, by?: Person, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(market.origin, 'GET', path, { token: by && tokens[by], headers });
const send = (method: string, path: string, body?: unknown, by?: Person, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(market.origin, method, path, { token: by && tokens[by], body, headers });
async function ok<T>(answer: Promise<Answer>, status = 200): Promise<T> {
  const got = await answer;
  expect(got.status, got.text.slice(0, 400)).toBe(status);
  return got.text === '' ? (undefined as T) : jsonOf<T>(got);
}

interface Amounts {
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
}
interface Line {
  sku: string;
  quantity: number;
  unitPrice: number;
  total: number;
  offer?: boolean;
}
interface Package extends Amounts {
  id: string;
  sellerId: string;
  status: string;
  lines: Line[];
  trackingNumber?: string;
  payment: {
    method: string;
    status: string;
    amount: number;
    vietqr?: { payload: string; bankBin: string; accountNumber: string; amount: number; content: string };
  };
}
interface Order extends Amounts {
  code: string;
  status: string;
  lines: Line[];
  packages: Package[];
}
interface Product {
  id: string;
  slug: string;
  name: string;
  ocop?: { stars: number };
  seller: { slug: string; commune: { code: string } };
  variants: { sku: string; gtin?: string; price: number; available: number }[];
}
interface Revenue {
  rows: { key: string; label: string; orders: number; packages: number; revenue: number; grams: number }[];
  total: { orders: number; packages: number; revenue: number; grams: number };
}

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
const haNoi = { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' };
const mua = newPhone();
const customer = { name: 'Nguyễn Thị Mua', phone: mua };
const place = async (body: object): Promise<Order> =>
  ok<Order>(send('POST', '/api/orders', { customer, shipTo: haNoi, ...body }, undefined, { 'idempotency-key': fresh() }), 201);
const follow = (code: string, phone: string = mua) => get(`/api/orders/${code}`, undefined, { 'x-customer-phone': phone });
const available = async (slug: string, sku: string) =>
  (await ok<Product>(get(`/api/products/${slug}`))).variants.find((v) => v.sku === sku)?.available;

/** Every order that stands at the end of the day, for the department's recount. */
const standing: Order[] = [];

describe('in the morning Mrs Mua looks around', () => {
  test('she types "vai thieu" without marks and finds lychees first', async () => {
    const found = await ok<{ items: Product[] }>(get('/api/products?q=vai%20thieu'));
    expect(found.items[0]?.name).toMatch(/^Vải thiều/);
    expect(found.items.map((p) => p.slug)).toContain('vai-thieu-luc-ngan');
  });

  test('filters keep their word: category, commune, stars, seller, price order', async () => {
    const list = async (query: string) => (await ok<{ items: Product[] }>(get(`/api/products?limit=100&${query}`))).items;
    const fruit = await list('category=trai-cay');
    expect(fruit.length).toBeGreaterThan(3);
    expect((await list('category=trai-cay&q=binh%20gom')).map((p) => p.slug)).not.toContain('binh-gom-phu-lang-men-da-luon');
    expect((await list('commune=07525')).every((p) => p.seller.commune.code === '07525')).toBe(true);
    expect((await list('seller=ho-phulang')).map((p) => p.seller.slug)).toEqual(expect.arrayContaining(['ho-phulang']));
    expect((await list('stars=5')).every((p) => p.ocop?.stars === 5)).toBe(true);
    const prices = (await list('category=trai-cay&sort=price')).map((p) => Math.min(...p.variants.map((v) => v.price)));
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  });

  test('she asks what two boxes of 5 kg and a pot cost: every sum is right, and nothing is reserved by asking', async () => {
    const before = await available('vai-thieu-luc-ngan', 'VT-LN-5KG');
    const quote = await ok<Amounts & { packages: (Amounts & { sellerId: string })[] }>(
      send('POST', '/api/quotes', {
        lines: [
          { sku: 'VT-LN-5KG', quantity: 2 },
          { sku: 'GOM-PL-BINH', quantity: 1 },
        ],
        shipTo: haNoi,
        delivery: 'home',
      }),
    );
    // Lychees 670.000, 10 kg cold: 25.000 + 9 × 4.000 + 5.000 = 66.000. The pot 165.000, 1.8 kg: 25.000 + 4.000.
    expect(quote).toMatchObject({ subtotal: 835_000, discount: 0, shipping: 95_000, total: 930_000 });
    expect(quote.packages.map(({ subtotal, shipping, total }) => [subtotal, shipping, total])).toEqual([
      [670_000, 66_000, 736_000],
      [165_000, 29_000, 194_000],
    ]);
    expect(await available('vai-thieu-luc-ngan', 'VT-LN-5KG')).toBe(before);
  });
});

describe('she orders', () => {
  let basket: Order;

  test('from two sellers at once, cash on delivery, for exactly what she was quoted', async () => {
    const before = await available('vai-thieu-luc-ngan', 'VT-LN-5KG');
    const lines = [
      { sku: 'VT-LN-5KG', quantity: 2 },
      { sku: 'GOM-PL-BINH', quantity: 1 },
    ];
    basket = await place({ lines, delivery: 'home', payment: 'cod', expectedTotal: 930_000, channel: 'zalo' });
    expect(basket).toMatchObject({ status: 'confirmed', subtotal: 835_000, shipping: 95_000, total: 930_000 });
    expect(basket.packages.map((p) => [p.sellerId, p.status, p.total])).toEqual([
      ['sel_htx-lucngan', 'confirmed', 736_000],
      ['sel_ho-phulang', 'confirmed', 194_000],
    ]);
    expect(await available('vai-thieu-luc-ngan', 'VT-LN-5KG')).toBe((before ?? 0) - 2);
    standing.push(basket);
  });

  test('and follows it with code and phone; with another phone there is no such order', async () => {
    expect((await ok<Order>(follow(basket.code))).code).toBe(basket.code);
    assertProblem(await follow(basket.code, '0987654321'), 'not_found');
    assertProblem(await get(`/api/orders/${basket.code}`), 'not_found');
  });

  test('changes her mind about another and cancels it: what it held is on the shelf again', async () => {
    const before = await available('vai-thieu-luc-ngan', 'VT-LN-3KG');
    const regretted = await place({ lines: [{ sku: 'VT-LN-3KG', quantity: 5 }], payment: 'cod' });
    expect(await available('vai-thieu-luc-ngan', 'VT-LN-3KG')).toBe((before ?? 0) - 5);
    assertProblem(await send('POST', `/api/orders/${regretted.code}/cancel`, { phone: '0987654321' }), 'not_found');
    expect((await ok<Order>(send('POST', `/api/orders/${regretted.code}/cancel`, { phone: mua }))).status).toBe('cancelled');
    assertProblem(await send('POST', `/api/orders/${regretted.code}/cancel`, { phone: mua }), 'conflict');
    expect(await available('vai-thieu-luc-ngan', 'VT-LN-3KG')).toBe(before);
  });
});

describe('she pays one order by bank transfer', () => {
  let order: Order;

  test('the VietQR code carries the seller’s own account, the amount and the package’s name', async () => {
    order = await place({ lines: [{ sku: 'GOM-PL-LO', quantity: 3 }], payment: 'bank_transfer' });
    const [pkg] = order.packages;
    // 210.000 + 1.8 kg: 29.000.
    expect([order.status, pkg?.payment.status, pkg?.payment.amount]).toEqual(['pending_payment', 'pending', 239_000]);
    expect(decodeVietQr(pkg?.payment.vietqr?.payload ?? '')).toEqual({
      ...{ method: '12', bin: '970422', accountNumber: '970422000000121', service: 'QRIBFTTA', currency: '704' },
      ...{ amount: 239_000, country: 'VN', content: `${order.code}P1` },
    });
  });

  const told = (more: object = {}) => ({
    ...{
      id: 900_000 + Math.floor(Math.random() * 90_000),
      gateway: 'MBBank',
      transactionDate: '2026-06-15 09:00:00',
      accountNumber: '970422000000121',
    },
    ...{ content: `MBVCB ${order.code}P1 chuyen tien`, transferType: 'in', transferAmount: 239_000, referenceCode: 'FT1', ...more },
  });

  test('a forged message changes nothing; too little money waits for a person', async () => {
    assertProblem(await sepay(market.origin, told(), 'forged-secret'), 'invalid_signature');
    assertProblem(await sepay(market.origin, told(), 'local-sepay-secret', Math.floor(Date.now() / 1_000) - 301), 'invalid_signature');
    const little = told({ id: 800_001, transferAmount: 238_999 });
    expect(await ok(sepay(market.origin, little))).toEqual({ success: true });
    expect((await ok<Order>(follow(order.code))).status).toBe('pending_payment');
    const unmatched = await ok<{ items: { id: string; reason: string; amount: number }[] }>(
      get('/api/admin/payments?status=unmatched', 'admin'),
    );
    expect(unmatched.items).toContainEqual(expect.objectContaining({ id: 'sepay#800001', reason: 'too_little', amount: 238_999 }));
  });

  test('the bank’s true message confirms it, once, though it comes three times', async () => {
    const message = told({ id: 800_002 });
    for (const answer of await Promise.all([1, 2, 3].map(() => sepay(market.origin, message))))
      expect(jsonOf(answer)).toEqual({ success: true });
    const paid = await ok<Order>(follow(order.code));
    expect([paid.status, paid.packages[0]?.payment.status, paid.packages[0]?.payment.vietqr]).toEqual(['confirmed', 'paid', undefined]);
    standing.push(order);
  });
});

describe('the cooperative and the potter are at work', () => {
  test('a new product can be found and bought within two seconds of being published', async () => {
    const made = await ok<Product>(
      send(
        'POST',
        '/api/seller/products',
        {
          name: 'Vải thiều sớm hái tay',
          category: 'trai-cay',
          shippingClass: 'fresh',
          variants: [{ price: 120_000, netWeightGrams: 2_000, quantity: 4 }],
        },
        'seller',
      ),
      201,
    );
    const published = Date.now();
    await until(
      () => get('/api/products?q=vai%20thieu%20som%20hai%20tay'),
      (answer) => jsonOf<{ items: Product[] }>(answer).items.some((p) => p.slug === made.slug),
      5,
    );
    expect(Date.now() - published).toBeLessThan(2_000);
    const order = await place({ lines: [{ sku: made.variants[0]?.sku, quantity: 4 }], payment: 'cod' });
    standing.push(order);
    const short = await send(
      'POST',
      '/api/orders',
      { customer, shipTo: haNoi, payment: 'cod', lines: [{ sku: made.variants[0]?.sku, quantity: 1 }] },
      undefined,
      { 'idempotency-key': fresh() },
    );
    expect(assertProblem(short, 'out_of_stock').errors).toEqual([{ path: 'lines[0].quantity', message: 'Đã hết hàng.' }]);
  });

  test('each sees its own package of the basket, and walks it to the door, step by step', async () => {
    const { code } = standing[0] as Order;
    for (const seller of ['seller', 'otherSeller'] as const) {
      const list = await ok<{ items: { code: string; packageId: string; customer: { phone: string } }[] }>(
        get('/api/seller/orders?status=confirmed&limit=100', seller),
      );
      expect(list.items.filter((p) => p.code === code).map((p) => [p.packageId, p.customer.phone])).toEqual([
        [`${code}-${seller === 'seller' ? 1 : 2}`, mua],
      ]);
      const step = (name: string, body?: object) => send('POST', `/api/seller/orders/${code}/${name}`, body, seller);
      assertProblem(await step('shipped', { carrier: 'Viettel Post', trackingNumber: 'VT1' }), 'conflict');
      expect((await ok<{ acknowledgedAt?: string }>(step('acknowledged'))).acknowledgedAt).toBeTruthy();
      await ok(step('packed'));
      assertProblem(await send('POST', `/api/orders/${code}/cancel`, { phone: mua }), 'conflict');
      await ok(step('shipped', { carrier: 'Viettel Post', trackingNumber: `VT-${seller}` }));
      await ok(step('delivered'));
      assertProblem(await step('delivered'), 'conflict');
    }
    const followed = await ok<Order>(follow(code));
    expect([followed.status, ...followed.packages.map((p) => [p.trackingNumber, p.payment.status])]).toEqual([
      'delivered',
      ['VT-seller', 'paid'],
      ['VT-otherSeller', 'paid'],
    ]);
  });

  test('the ledger shows the potter’s tax to the đồng; the cooperative, which pays its own, has none withheld', async () => {
    interface Ledger {
      items: { orderCode: string; kind: string; amount: number }[];
      total: { sales: number; shipping: number; vatWithheld: number; pitWithheld: number; net: number };
    }
    const potter = await ok<Ledger>(get(`/api/seller/ledger?from=${today}&to=${today}`, 'otherSeller'));
    // Paid by transfer: 210.000 + 29.000, tax 2.100 + 1.050. Delivered COD: 165.000 + 29.000, tax 1.650 + 825.
    expect(potter.total).toEqual({ sales: 375_000, shipping: 58_000, vatWithheld: 3_750, pitWithheld: 1_875, net: 427_375 });
    const cooperative = await ok<Ledger>(get(`/api/seller/ledger?from=${today}&to=${today}`, 'seller'));
    expect(
      cooperative.items
        .filter((l) => l.orderCode === standing[0]?.code)
        .map((l) => [l.kind, l.amount])
        .sort(),
    ).toEqual([
      ['sale', 670_000],
      ['shipping', 66_000],
    ]);
    expect([cooperative.total.vatWithheld, cooperative.total.pitWithheld]).toEqual([0, 0]);
  });
});

describe('in the evening there is a livestream', () => {
  const slug = `dem-hoi-vai-${fresh()}`;
  interface Live {
    version: number;
    status: string;
    pinned?: string;
    offers: { sku: string; price: number; remaining: number }[];
    ordersPlaced: number;
    gramsSold: number;
  }
  const live = async () => ok<Live>(get(`/api/campaigns/${slug}/live`));

  test('the cooperative sets boxes aside for it; the shelf has that many fewer', async () => {
    const before = await available('vai-thieu-luc-ngan', 'VT-LN-10KG');
    const window = { startsAt: new Date(Date.now() + 3_600_000).toISOString(), endsAt: new Date(Date.now() + 7_200_000).toISOString() };
    await ok(
      send(
        'POST',
        '/api/campaigns',
        {
          slug,
          name: 'Đêm hội vải',
          kind: 'livestream',
          ...window,
          channels: [{ id: 'facebook', name: 'Facebook' }],
          offers: [{ sku: 'VT-LN-10KG', price: 500_000, limit: 3, perBuyerLimit: 2 }],
        },
        'seller',
      ),
      201,
    );
    expect(await available('vai-thieu-luc-ngan', 'VT-LN-10KG')).toBe((before ?? 0) - 3);
    expect((await ok<{ status: string }>(send('POST', `/api/campaigns/${slug}/start`, undefined, 'seller'))).status).toBe('live');
    await ok<Live>(send('POST', `/api/campaigns/${slug}/pin`, { sku: 'VT-LN-10KG' }, 'seller'));
  });

  test('viewers get the offer’s price, two each and three in all, and the counter follows', async () => {
    const buy = (quantity: number, phone = newPhone()) =>
      send(
        'POST',
        '/api/orders',
        {
          lines: [{ sku: 'VT-LN-10KG', quantity }],
          customer: { name: 'Khán giả', phone },
          shipTo: haNoi,
          payment: 'cod',
          campaign: slug,
          channel: 'facebook',
        },
        undefined,
        { 'idempotency-key': fresh() },
      );
    assertProblem(await buy(3), 'conflict');
    const first = await ok<Order>(buy(2), 201);
    expect(first.lines[0]).toMatchObject({ unitPrice: 500_000, total: 1_000_000, offer: true });
    const second = await ok<Order>(buy(1), 201);
    assertProblem(await buy(1), 'out_of_stock');
    standing.push(first, second);
    const counted = await until(live, (snapshot) => snapshot.ordersPlaced === 2, 5);
    expect(counted).toMatchObject({
      status: 'live',
      pinned: 'VT-LN-10KG',
      offers: [{ sku: 'VT-LN-10KG', price: 500_000, remaining: 0 }],
      gramsSold: 30_000,
    });
  });

  test('the snapshot is tiny and answers 304 to whoever has seen it', async () => {
    const answer = await get(`/api/campaigns/${slug}/live`);
    expect(answer.bytes.length).toBeLessThanOrEqual(2_048);
    expect(answer.headers['cache-control']).toBe('public, max-age=1');
    const again = await get(`/api/campaigns/${slug}/live`, undefined, { 'if-none-match': String(answer.headers.etag) });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });

  test('a viewer counts once, the channel’s own figures win, and after the end the shelf’s price is back', async () => {
    for (let i = 0; i < 3; i++)
      await ok(send('POST', `/api/campaigns/${slug}/beacon`, { channel: 'facebook', event: 'view', viewer: 'viewer-0001' }), 202);
    const report = async () =>
      ok<{ reach: number; views: number; orders: number; gramsSold: number; revenue: number }>(
        get(`/api/reports/campaigns/${slug}`, 'department'),
      );
    expect((await report()).views).toBe(1);
    await ok(
      send(
        'PUT',
        `/api/campaigns/${slug}/metrics`,
        { channel: 'facebook', reach: 30_000, views: 4_000, at: new Date().toISOString() },
        'seller',
      ),
    );
    expect(await until(report, (r) => r.orders === 2, 5)).toMatchObject({
      reach: 30_000,
      views: 4_000,
      gramsSold: 30_000,
      revenue: 1_500_000,
    });
    expect((await ok<{ status: string }>(send('POST', `/api/campaigns/${slug}/end`, undefined, 'seller'))).status).toBe('ended');
    const late = await ok<{ lines: Line[] }>(send('POST', '/api/quotes', { lines: [{ sku: 'VT-LN-10KG', quantity: 1 }], campaign: slug }));
    expect(late.lines[0]?.unitPrice).toBe(640_000);
  });
});

describe('the department looks at the day', () => {
  const revenue = (groupBy: string) => ok<Revenue>(get(`/api/reports/revenue?from=${today}&to=${today}&groupBy=${groupBy}`, 'department'));
  const goods = (packages: readonly Amounts[]) => packages.reduce((sum, p) => sum + p.subtotal - p.discount, 0);

  test('revenue by every breakdown equals the sum over the orders, to the đồng, within five seconds', async () => {
    const packages = standing.flatMap((o) => o.packages);
    // 835.000 + 210.000 + 480.000 + 1.000.000 + 500.000.
    expect(goods(packages)).toBe(3_025_000);
    for (const groupBy of ['day', 'month', 'seller', 'commune', 'category', 'campaign', 'channel', 'payment']) {
      const report = await until(
        () => revenue(groupBy),
        (r) => r.total.revenue === 3_025_000,
        5,
      );
      expect(report.total, groupBy).toMatchObject({
        orders: 5,
        packages: 6,
        revenue: 3_025_000,
        grams: 10_000 + 1_800 + 1_800 + 8_000 + 30_000,
      });
      expect(
        report.rows.reduce((sum, r) => sum + r.revenue, 0),
        groupBy,
      ).toBe(3_025_000);
    }
    const bySeller = new Map((await revenue('seller')).rows.map((r) => [r.key, r.revenue]));
    expect(bySeller).toEqual(
      new Map([
        ['sel_htx-lucngan', 2_650_000],
        ['sel_ho-phulang', 375_000],
      ]),
    );
    expect(new Map((await revenue('channel')).rows.map((r) => [r.key, r.revenue]))).toEqual(
      new Map([
        ['facebook', 1_500_000],
        ['zalo', 835_000],
        ['web', 690_000],
      ]),
    );
    expect(new Map((await revenue('payment')).rows.map((r) => [r.key, r.revenue]))).toEqual(
      new Map([
        ['cod', 2_815_000],
        ['bank_transfer', 210_000],
      ]),
    );
  });

  test('a cancellation is gone from it within five seconds', async () => {
    const order = await place({ lines: [{ sku: 'GOM-PL-LO', quantity: 1 }], payment: 'cod' });
    await until(
      () => revenue('day'),
      (r) => r.total.revenue === 3_095_000,
      5,
    );
    await ok(send('POST', `/api/orders/${order.code}/cancel`, { phone: mua }));
    await until(
      () => revenue('day'),
      (r) => r.total.revenue === 3_025_000 && r.total.orders === 5,
      5,
    );
  });

  test('sellers and shoppers may not look', async () => {
    for (const who of ['seller', 'shopper'] as const)
      assertProblem(await get(`/api/reports/revenue?from=${today}&to=${today}`, who), 'forbidden');
  });
});

describe('at home somebody scans the box', () => {
  const lot = `VT-${fresh()}`.toUpperCase().slice(0, 20);
  let gtin = '';
  let serials: string[] = [];

  test('the cooperative records a lot and gets codes for no more than it harvested', async () => {
    const key = () => ({ 'idempotency-key': fresh() });
    const recorded = await ok<{ gtin: string }>(
      send('POST', '/api/seller/lots', { sku: 'VT-LN-5KG', lot, harvestedOn: '2026-06-14', quantityGrams: 52_000 }, 'seller', key()),
      201,
    );
    gtin = recorded.gtin;
    expect(gtin).toBe('08938500000027');
    serials = (await ok<{ serials: string[] }>(send('POST', `/api/seller/lots/${lot}/codes`, { count: 10 }, 'seller', key()), 201)).serials;
    expect(new Set(serials.filter((s) => /^[0-9A-HJKMNP-TV-Z]{12}$/.test(s))).size).toBe(10);
    // 52 kg fill ten boxes of 5 kg and not an eleventh.
    assertProblem(await send('POST', `/api/seller/lots/${lot}/codes`, { count: 1 }, 'seller', key()), 'conflict');
    expect((await get(`/api/seller/lots/${lot}/codes.csv`, 'seller')).text).toContain(serials[9]);
  });

  test('the code on the box leads to the page that knows it', async () => {
    const link = await get(`/01/${gtin}/21/${serials[0]}`);
    expect([link.status, link.headers.location]).toEqual([307, `${market.origin}/truy-xuat/?gtin=${gtin}&serial=${serials[0]}`]);
    const trace = await ok<{ state: string; lot: { lot: string }; journey: { at: string }[]; scans: { count: number } }>(
      get(`/api/trace/${gtin}/${serials[0]}`),
    );
    expect([trace.state, trace.lot.lot, trace.scans.count]).toEqual(['active', lot, 0]);
    expect(trace.journey.map((j) => j.at)).toEqual(trace.journey.map((j) => j.at).toSorted());
    expect(JSON.stringify(trace)).not.toMatch(/0900000101|970436000000101/);
    for (let i = 0; i < 3; i++)
      await ok(send('POST', `/api/trace/${gtin}/${serials[0]}/scans`, { nonce: 'nonce-of-one-page', device: 'phone' }), 202);
    expect((await ok<{ scans: { count: number } }>(get(`/api/trace/${gtin}/${serials[0]}`))).scans.count).toBe(1);
  });

  test('an invented code is told honestly: never issued, no warning withheld, nothing about the real ones', async () => {
    const invented = await ok<{ state: string; warnings: string[]; lot?: object; journey: object[] }>(
      get(`/api/trace/${gtin}/000000000000`),
    );
    expect(invented).toMatchObject({ state: 'never_issued', journey: [], scans: { count: 0 } });
    expect(invented.lot).toBeUndefined();
    expect(invented.warnings.join(' ')).toContain('chưa từng cấp mã này');
    assertProblem(await send('POST', `/api/trace/${gtin}/000000000000/scans`, { nonce: 'nonce-x1', device: 'phone' }), 'not_found');
  });
});
