import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Grouping, groupings } from '../../../shared/reports/contract.ts';
import { inTheMiddle, later, lychees, type Market, now, openMarket, paymentWindowSeconds, pottery } from '../orders/market.ts';

let market: Market;
let project: typeof import('../../../functions/reports/project-orders.ts').projectOrders;
/** Without what their events told: the projector reads them. */
const projectOrders = (codes: readonly string[]) => project(codes.map((code) => ({ code })));
let handler: typeof import('../../../functions/reports/on-order.ts').handler;
let revenue: typeof import('../../../functions/reports/revenue.ts').revenue;
let confirmPaid: typeof import('../../../functions/orders/confirm-paid.ts').confirmPaid;
let filePayment: typeof import('../../../functions/payments/store.ts').filePayment;
let endPackages: typeof import('../../../functions/orders/end-packages.ts').endPackages;
beforeAll(async () => {
  market = await openMarket();
  ({ projectOrders: project } = await import('../../../functions/reports/project-orders.ts'));
  ({ handler } = await import('../../../functions/reports/on-order.ts'));
  ({ revenue } = await import('../../../functions/reports/revenue.ts'));
  ({ confirmPaid } = await import('../../../functions/orders/confirm-paid.ts'));
  ({ filePayment } = await import('../../../functions/payments/store.ts'));
  ({ endPackages } = await import('../../../functions/orders/end-packages.ts'));
});
afterAll(() => market?.stop());

const nextDay = later(86_400);
const span = { from: '2026-06-15', to: '2026-06-17' };
const sorted = (rows: readonly object[]) => rows.map((r) => JSON.stringify(r)).sort();

/** What the stream would hand over for these orders, one record per package version or more. */
const event = (codes: readonly string[]): DynamoDBStreamEvent => ({
  Records: codes.map((code, i) => ({
    dynamodb: { SequenceNumber: String(1_000 + i), NewImage: { code: { S: code }, sk: { S: 'PACKAGE#01' } } },
  })),
});

/** The same with the packages as they are now, as the stream really hands them over. */
async function images(codes: readonly string[]): Promise<DynamoDBStreamEvent> {
  const { marshall } = await import('@aws-sdk/util-dynamodb');
  const packages = (await market.everything()).filter((i) => String(i.sk).startsWith('PACKAGE#') && codes.includes(String(i.code)));
  const Records = packages.map((pkg, i) => ({
    dynamodb: { SequenceNumber: String(1_000 + i), NewImage: marshall(pkg, { removeUndefinedValues: true }) },
  }));
  return { Records } as unknown as DynamoDBStreamEvent;
}

/** A recount straight from the packages, with loops of its own: what the department would sum on paper. */
async function recount(groupBy: Grouping): Promise<{ key: string; orders: number; packages: number; revenue: number; grams: number }[]> {
  interface Stored {
    code: string;
    sellerId: string;
    communeCode: string;
    campaign?: string;
    channel: string;
    payment: string;
    lines: { category: string; total: number; discount: number; netWeightGrams: number; quantity: number }[];
    history: { status: string; at: string }[];
  }
  const packages = (await market.everything()).filter((i) => String(i.sk).startsWith('PACKAGE#')) as unknown as Stored[];
  const dayIn = (at: string) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date(at));
  const rows = new Map<
    string,
    { packages: number; revenue: number; grams: number; starts: Map<string, string[]>; ends: Map<string, (string | undefined)[]> }
  >();
  for (const pkg of packages) {
    const confirmed = pkg.history.find((h) => h.status === 'confirmed')?.at;
    if (!confirmed) continue;
    const ended = pkg.history.find((h) => ['cancelled', 'returned'].includes(h.status))?.at;
    const parts = groupBy === 'category' ? Map.groupBy(pkg.lines, (l) => l.category) : new Map([['', pkg.lines]]);
    for (const [category, lines] of parts) {
      const money = lines.reduce((a, l) => a + l.total - l.discount, 0);
      const grams = lines.reduce((a, l) => a + l.netWeightGrams * l.quantity, 0);
      for (const [at, sign] of [[confirmed, 1] as const, ...(ended ? [[ended, -1] as const] : [])]) {
        const key = {
          ...{ day: dayIn(at), month: dayIn(at).slice(0, 7), seller: pkg.sellerId, commune: pkg.communeCode, category },
          ...{ campaign: pkg.campaign ?? 'none', channel: pkg.channel, payment: pkg.payment },
        }[groupBy];
        const row = rows.get(key) ?? { packages: 0, revenue: 0, grams: 0, starts: new Map(), ends: new Map() };
        rows.set(key, row);
        row.packages += sign;
        row.revenue += sign * money;
        row.grams += sign * grams;
      }
    }
  }
  // Orders: those with a confirmed package, less those of which every confirmed package has ended, on the day that happened.
  const orders = new Map<string, number>();
  const count = (key: string, by: number) => orders.set(key, (orders.get(key) ?? 0) + by);
  for (const own of Map.groupBy(packages, (p) => p.code).values()) {
    const keysOf = (p: Stored): string[] =>
      ({
        ...{
          day: [''],
          month: [''],
          seller: [p.sellerId],
          commune: [p.communeCode],
          category: [...new Set(p.lines.map((l) => l.category))],
        },
        ...{ campaign: [p.campaign ?? 'none'], channel: [p.channel], payment: [p.payment] },
      })[groupBy];
    const confirmed = own.filter((p) => p.history.some((h) => h.status === 'confirmed'));
    for (const key of new Set(confirmed.flatMap(keysOf))) {
      const here = confirmed.filter((p) => keysOf(p).includes(key));
      const starts = here.map((p) => dayIn(p.history.find((h) => h.status === 'confirmed')?.at ?? '')).sort();
      const ends = here.map((p) => p.history.find((h) => ['cancelled', 'returned'].includes(h.status))?.at);
      const at = (day: string | undefined) => (groupBy === 'day' ? String(day) : groupBy === 'month' ? String(day).slice(0, 7) : key);
      count(at(starts[0]), 1);
      if (ends.every((e) => e !== undefined))
        count(
          at(
            ends
              .map((e) => dayIn(String(e)))
              .sort()
              .at(-1),
          ),
          -1,
        );
    }
  }
  return [...rows].map(([key, r]) => ({ key, orders: orders.get(key) ?? 0, packages: r.packages, revenue: r.revenue, grams: r.grams }));
}

async function assertReports(): Promise<void> {
  for (const groupBy of groupings) {
    const report = await revenue({ ...span, groupBy }, now);
    const rows = report.rows.map(({ key, orders, packages, revenue: dong, grams }) => ({ key, orders, packages, revenue: dong, grams }));
    expect(sorted(rows), groupBy).toEqual(sorted(await recount(groupBy)));
    expect(report.total.revenue, `${groupBy} total`).toBe(rows.reduce((a, r) => a + r.revenue, 0));
    expect(report.total.grams, `${groupBy} total`).toBe(rows.reduce((a, r) => a + r.grams, 0));
  }
}

let codes: string[] = [];
beforeEach(() => {
  codes = [];
});

/** Nine orders of two sellers in every state, over two days, one with a voucher, one with a campaign's channel. */
async function aDay(): Promise<void> {
  const { saveVoucher } = await import('../../../functions/orders/vouchers.ts');
  await saveVoucher({ code: 'BA-NGHIN', amount: 33_333, minSubtotal: 0, limit: 100, endsAt: '2026-12-31T00:00:00.000Z' });
  const [vai, my, binh] = [await market.stock('VAI-5KG', 100), await market.stock('MY-CHU', 100), await market.stock('BINH', 100)];
  const all = [
    { sku: vai, quantity: 2 },
    { sku: my, quantity: 3 },
    { sku: binh, quantity: 1 },
  ];
  const buy = async (lines: typeof all, more = {}, at = now) => {
    const order = await market.buy(lines, more, at);
    codes.push(order.code);
    return order;
  };
  const pay = async (code: string, n: number, at: Date) => {
    const pkg = (await market.readOrder(code))?.packages.find((p) => p.n === n);
    if (!pkg) throw new Error('no package');
    const payment = {
      id: `sepay#${pkg.id}`,
      provider: 'sepay' as const,
      receivedAt: at.toISOString(),
      amount: pkg.total,
      accountNumber: '',
      content: '',
    };
    expect(await confirmPaid(pkg, filePayment(payment), payment.id, at)).toBe(true);
  };
  await buy(all, { voucher: 'BA-NGHIN' });
  await buy(all, { channel: 'facebook' });
  const cancelledNextDay = await buy(all);
  const cancelledAtOnce = await buy([{ sku: binh, quantity: 2 }]);
  const paidPartly = await buy(all, { payment: 'bank_transfer' });
  await buy([{ sku: my, quantity: 1 }], { payment: 'bank_transfer' });
  const expired = await buy([{ sku: my, quantity: 1 }], { payment: 'bank_transfer' });
  await buy([{ sku: vai, quantity: 1 }], {}, nextDay);
  await market.cancelOrder(cancelledNextDay.code, cancelledNextDay.phone, nextDay);
  await market.cancelOrder(cancelledAtOnce.code, cancelledAtOnce.phone, later(60));
  await pay(paidPartly.code, 1, later(120));
  const packages = (await market.readOrder(expired.code))?.packages ?? [];
  await endPackages(packages, 'expired', 'clock', later(paymentWindowSeconds));
  await market.sellerDesk.pack(lychees, codes[0] ?? '', later(100));
}

describe('the roll-ups equal a recount from the packages, to the đồng', () => {
  test('after one pass', async () => {
    await aDay();
    await projectOrders(codes);
    await assertReports();
    // By hand, what stands of this day alone. One full order is 670.000 + 180.000 + 180.000 = 1.030.000.
    // 1.030.000 − 33.333; 1.030.000; the part paid 850.000; the next day's 335.000.
    const total = (await revenue({ ...span, groupBy: 'day' }, now)).total;
    expect(total).toEqual({
      orders: 4,
      packages: 6,
      revenue: 996_667 + 1_030_000 + 850_000 + 335_000,
      grams: 2 * 12_700 + 11_500 + 5_000,
      refunded: 0,
    });
  });

  test('the same events again, twice over, backwards and all at once, change nothing', async () => {
    await aDay();
    await projectOrders(codes);
    const before = await market.digests('reporting');
    await Promise.all([
      projectOrders(codes),
      projectOrders(codes.toReversed()),
      ...codes.map((c) => projectOrders([c])),
      ...codes.map((c) => projectOrders([c, c])),
    ]);
    expect(await market.digests('reporting')).toEqual(before);
    await assertReports();
  });

  test('concurrent handlers on fresh orders count each once', async () => {
    await aDay();
    const answers = await Promise.all([
      handler(event(codes)),
      handler(event(codes.toReversed())),
      handler(event([...codes, ...codes])),
      ...codes.map((c) => handler(event([c]))),
    ]);
    // Whoever lost ten times in a row says so and is given the batch again.
    for (const { batchItemFailures } of answers) if (batchItemFailures.length > 0) await handler(event(codes));
    await assertReports();
  });

  test('events that tell whole packages are counted without reading the orders, once however often and late they come', async () => {
    await aDay();
    const placed = await images(codes);
    await market.sellerDesk.acknowledge(pottery, codes[0] ?? '', later(200));
    await market.cancelOrder(codes[7] ?? '', (await market.readOrder(codes[7] ?? ''))?.order.customer.phone ?? '', nextDay);
    const changed = await images(codes);
    for (const event of [placed, placed, changed, placed, changed]) expect(await handler(event)).toEqual({ batchItemFailures: [] });
    await assertReports();
  });

  test('an order of one package that was just placed costs the reports no read at all', async () => {
    const sku = await market.stock('BINH', 10);
    const told = await images([(await market.buy([{ sku, quantity: 1 }])).code]);
    const reads = inTheMiddle(market, 'batch read', 1, async () => undefined, 99);
    await handler(told);
    expect(reads.seen()).toBe(0);
    reads.stop();
    await assertReports();
  });

  test('an order that changes between reading and writing is counted as it is after the last event', async () => {
    const sku = await market.stock('BINH', 10);
    const order = await market.buy([{ sku, quantity: 1 }]);
    const rival = inTheMiddle(market, 'transaction', 1, async () => {
      await market.cancelOrder(order.code, order.phone, later(60));
      await projectOrders([order.code]);
    });
    await projectOrders([order.code]);
    rival.stop();
    await projectOrders([order.code]);
    await assertReports();
  });

  test('a slow handler that read an older state does not write over a newer one', async () => {
    const sku = await market.stock('BINH', 10);
    const order = await market.buy([{ sku, quantity: 1 }]);
    await projectOrders([order.code]);
    // The slow one sees the order acknowledged; meanwhile it is cancelled and another handler is done with that.
    await market.sellerDesk.acknowledge(pottery, order.code, later(30));
    const rival = inTheMiddle(market, 'transaction', 1, async () => {
      await market.cancelOrder(order.code, order.phone, nextDay);
      await projectOrders([order.code]);
    });
    await projectOrders([order.code]);
    rival.stop();
    expect(rival.seen()).toBeGreaterThan(0);
    await projectOrders([order.code]);
    await assertReports();
  });

  test('a batch that fails in the middle is named from there, and its repetition makes it whole', async () => {
    const sku = await market.stock('MY-CHU', 100);
    for (let i = 0; i < 80; i++) codes.push((await market.buy([{ sku, quantity: 1 }])).code);
    // Orders are projected 75 at a time: the second part meets the crash.
    const crash = inTheMiddle(market, 'batch read', 2, async () => {
      throw new Error('the lights went out');
    });
    const answer = await handler(event(codes));
    crash.stop();
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1075' }] });
    expect(await handler(event(codes.slice(75)))).toEqual({ batchItemFailures: [] });
    await assertReports();
  });

  test('rebuilt from nothing gives the same figures', async () => {
    await aDay();
    await projectOrders(codes);
    const before = (await revenue({ ...span, groupBy: 'seller' }, now)).rows;
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    for (const item of await market.everything('reporting'))
      await market.dynamo.send(new DeleteCommand({ TableName: 'reporting', Key: { pk: item.pk, sk: item.sk } }));
    const all = [...new Set((await market.everything()).filter((i) => i.sk === 'ORDER').map((i) => String(i.code)))];
    for (let i = 0; i < all.length; i += 25) await projectOrders(all.slice(i, i + 25));
    expect((await revenue({ ...span, groupBy: 'seller' }, now)).rows).toEqual(before);
    await assertReports();
  });

  test('an order of thirty sellers cancelled the next day can be projected in one go, as a rebuild does', async () => {
    const lines: { sku: string; quantity: number }[] = [];
    for (let i = 0; i < 30; i++) {
      await market.openStall(`sel_r${i}`);
      lines.push({ sku: await market.stock('BINH', 3, { seller: `sel_r${i}` }), quantity: 1 });
    }
    const communes = [
      '09193',
      '09319',
      '09343',
      '09367',
      '09385',
      '09379',
      '09400',
      '09445',
      '09454',
      '09499',
      '07210',
      '07228',
      '07246',
      '07264',
      '07288',
    ];
    const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
    for (const [i, { sku }] of lines.entries())
      await market.dynamo.send(
        new UpdateCommand({
          TableName: 'commerce',
          Key: { pk: `SKU#${sku}`, sk: 'SKU' },
          UpdateExpression: 'SET communeCode = :c',
          ExpressionAttributeValues: { ':c': communes[i % 15] },
        }),
      );
    const order = await market.buy(lines);
    await market.cancelOrder(order.code, order.phone, nextDay);
    await projectOrders([order.code]);
    await assertReports();
  });
});

test('a breakdown’s labels are people’s words', async () => {
  await aDay();
  await projectOrders(codes);
  const label = async (groupBy: Grouping, key: string) => (await revenue({ ...span, groupBy }, now)).rows.find((r) => r.key === key)?.label;
  expect(await label('day', '2026-06-15')).toBe('15/06/2026');
  expect(await label('month', '2026-06')).toBe('Tháng 06/2026');
  expect(await label('seller', pottery)).toBe('Gốm Phù Lãng');
  expect(await label('commune', '09292')).toBe('Xã Phù Lãng');
  expect(await label('category', 'trai-cay')).toBe('Trái cây');
  expect(await label('payment', 'cod')).toBe('Trả tiền khi nhận hàng');
});

test('outside its days a report is empty, and says when it was made', async () => {
  expect(await revenue({ from: '2025-01-01', to: '2025-12-31', groupBy: 'day' }, now)).toEqual({
    ...{ from: '2025-01-01', to: '2025-12-31', asOf: now.toISOString(), rows: [] },
    total: { orders: 0, packages: 0, revenue: 0, grams: 0, refunded: 0 },
  });
});
