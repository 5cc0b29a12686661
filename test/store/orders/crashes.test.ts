import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { basket, later, lychees, type Market, newKey, now, openMarket, pottery } from './market.ts';
import { type Deeds, loadDeeds } from './model/deeds.ts';
import { openDesk } from './model/desk.ts';

/**
 * A process dies at any of its calls to DynamoDB, before the call leaves or after it was done and before its answer came. Then the world
 * does what it does: the buyer sends again with the same key, SePay tells again, the schedule runs again, the stream delivers again.
 * What is in the books then is what would be there without the crash.
 */
let market: Market;
let desk: Awaited<ReturnType<typeof openDesk>>;
let deeds: Deeds;
let onOrder: typeof import('../../../functions/reports/on-order.ts').handler;
let marshall: typeof import('@aws-sdk/util-dynamodb').marshall;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  desk = await openDesk(market);
  deeds = await loadDeeds();
  ({ handler: onOrder } = await import('../../../functions/reports/on-order.ts'));
  ({ marshall } = await import('@aws-sdk/util-dynamodb'));
});
afterAll(() => market?.stop());

type When = 'before it leaves' | 'after it was done';

/** From its n-th call on the process gets nothing done any more. */
function dieAt(nth: number, when: When) {
  let seen = 0;
  market.dynamo.middlewareStack.add(
    (next) => async (args) => {
      if (++seen < nth) return next(args);
      if (seen === nth && when === 'after it was done') await next(args);
      throw Object.assign(new Error('the process is dead'), { name: 'Dead' });
    },
    { step: 'initialize', name: 'death' },
  );
  return {
    seen: () => seen,
    stop: () => market.dynamo.middlewareStack.remove('death'),
  };
}

/** Something to be done, ready to be done. */
interface Ready {
  skus: string[];
  /** The request as the world makes it, the first time and again. */
  act: () => Promise<unknown>;
  /** What the clock does later in any case. */
  clock?: () => Promise<unknown>;
  /** The reports are what this is about: nobody else brings them up to date. */
  isReport?: boolean;
  /** Gathering counters is a courtesy that a crash may leave out. */
  inAnyCounters?: boolean;
}

const department = { id: 'acc_so', role: 'department' as const };
let slugs = 0;
const campaign = (offers: { sku: string; price: number; limit: number; perBuyerLimit?: number }[]) => {
  const slug = `chet-${++slugs}`;
  return {
    ...{ slug, name: 'x', kind: 'livestream' as const, channels: [{ id: 'web', name: 'Web' }] },
    ...{ startsAt: now.toISOString(), endsAt: later(3_600).toISOString(), offers },
  };
};
/** Lychees in three counters and four units of them in two counters of a live campaign. */
async function liveCampaign() {
  const sku = await market.stock('VAI-5KG', 12, { shards: 3 });
  const { slug } = await deeds.createCampaign(department, campaign([{ sku, price: 290_000, limit: 4, perBuyerLimit: 3 }]), now);
  await market.splitCounters(sku, 2, slug);
  return { sku, slug };
}
async function paidOrder() {
  const sku = await market.stock('VAI-5KG', 10, { shards: 3 });
  const { code, phone, packages } = await market.buy([{ sku, quantity: 2 }], { payment: 'bank_transfer' });
  await deeds.takeTransfer(transfer(packages[0]), later(30));
  return { skus: [sku], code, phone, total: packages[0]?.total ?? 0 };
}
let messages = 900_000;
function transfer(pkg: { payment: { vietqr?: { content: string; amount: number; accountNumber: string } } } | undefined) {
  const { content, amount, accountNumber } = pkg?.payment.vietqr ?? { content: '', amount: 0, accountNumber: '' };
  const said = {
    ...{ id: ++messages, gateway: 'VCB', transactionDate: '2026-06-15 09:01:00', accountNumber, subAccount: null, code: null, content },
    ...{ transferType: 'in', description: '', transferAmount: amount, accumulated: 1, referenceCode: 'x' },
  };
  return Buffer.from(JSON.stringify(said));
}
const placing = (request: ReturnType<typeof basket>) => {
  const key = newKey();
  return async () => expect((await market.place(request, key)).outcome).toBe('placed');
};

const stories: Record<string, () => Promise<Ready>> = {
  async 'an order of two sellers'() {
    const skus = [await market.stock('VAI-5KG', 10, { shards: 3 }), await market.stock('BINH', 5)];
    return { skus, act: placing(basket(skus.map((sku) => ({ sku, quantity: 2 })))) };
  },
  async 'an order from a campaign, to be paid'() {
    const { sku, slug } = await liveCampaign();
    return { skus: [sku], act: placing(basket([{ sku, quantity: 2 }], { campaign: slug, payment: 'bank_transfer' })) };
  },
  async 'an order that needs several counters, which are then gathered'() {
    const sku = await market.stock('MY-CHU', 10, { shards: 4 });
    return { skus: [sku], act: placing(basket([{ sku, quantity: 9 }])), inAnyCounters: true };
  },
  async 'cancelling a paid order of two sellers'() {
    const skus = [await market.stock('VAI-5KG', 10, { shards: 2 }), await market.stock('BINH', 5)];
    const { code, phone, packages } = await market.buy(
      skus.map((sku) => ({ sku, quantity: 2 })),
      { payment: 'bank_transfer' },
    );
    for (const pkg of packages) await deeds.takeTransfer(transfer(pkg), later(30));
    return { skus, act: () => market.cancelOrder(code, phone, later(60)) };
  },
  async 'cancelling what came from counters that are closed by now'() {
    const { sku, slug } = await liveCampaign();
    const { code, phone } = await market.buy([{ sku, quantity: 3 }], { campaign: slug });
    await deeds.endCampaign(department, slug, later(10));
    return { skus: [sku], act: () => market.cancelOrder(code, phone, later(60)) };
  },
  async 'money that arrives'() {
    const sku = await market.stock('BINH', 5, { shards: 2 });
    const { packages } = await market.buy([{ sku, quantity: 4 }], { payment: 'bank_transfer' });
    const said = transfer(packages[0]);
    return { skus: [sku], act: () => deeds.takeTransfer(said, later(60)) };
  },
  async 'money that fits no package'() {
    const sku = await market.stock('BINH', 5);
    const { packages } = await market.buy([{ sku, quantity: 1 }], { payment: 'bank_transfer' });
    const said = transfer(packages[0]);
    return { skus: [sku], act: () => deeds.takeTransfer(said, later(900)) };
  },
  async 'a refund of a part'() {
    const { skus, code } = await paidOrder();
    const asked = [lychees, code, { amount: 30_000, reason: 'Hàng dập' }, newKey(), later(60)] as const;
    return { skus, act: () => deeds.refundPackage(...asked) };
  },
  async 'a refund of all, before it is shipped'() {
    const { skus, code, total } = await paidOrder();
    const asked = [lychees, code, { amount: total, reason: 'Hết hàng' }, newKey(), later(60)] as const;
    return { skus, act: () => deeds.refundPackage(...asked) };
  },
  async 'paying back what was cancelled'() {
    const { skus, code, phone, total } = await paidOrder();
    await market.cancelOrder(code, phone, later(50));
    const asked = [lychees, code, { amount: total, reason: 'Đơn huỷ' }, newKey(), later(60)] as const;
    return { skus, act: () => deeds.refundPackage(...asked) };
  },
  async 'unpaid orders that expire'() {
    const { sku, slug } = await liveCampaign();
    for (const campaign of [slug, undefined]) await market.buy([{ sku, quantity: 2 }], { campaign, payment: 'bank_transfer' });
    return { skus: [sku], act: () => desk.at(later(901), deeds.expire) };
  },
  async 'more stock in several counters'() {
    const sku = await market.stock('VAI-5KG', 7, { shards: 3 });
    return { skus: [sku], act: () => market.setStock({ sku, quantity: 20, by: lychees, now }) };
  },
  async 'less stock in several counters'() {
    const sku = await market.stock('VAI-5KG', 20, { shards: 3 });
    return { skus: [sku], act: () => market.setStock({ sku, quantity: 7, by: lychees, now }) };
  },
  async 'a campaign that opens'() {
    const skus = [await market.stock('VAI-5KG', 10, { shards: 3 }), await market.stock('BINH', 10)];
    const asked = campaign(skus.map((sku) => ({ sku, price: 100_000, limit: 5 })));
    return { skus, act: () => deeds.createCampaign(department, asked, now) };
  },
  async 'a campaign that is ended by hand'() {
    const { sku, slug } = await liveCampaign();
    await market.buy([{ sku, quantity: 1 }], { campaign: slug });
    return {
      ...{ skus: [sku], act: () => deeds.endCampaign(department, slug, later(60)) },
      clock: () => desk.at(later(120), deeds.turnPages),
    };
  },
  async 'a campaign whose window is over'() {
    const { sku, slug } = await liveCampaign();
    await market.buy([{ sku, quantity: 1 }], { campaign: slug });
    return { skus: [sku], act: () => desk.at(later(3_601), deeds.turnPages) };
  },
  async 'spreading one counter over four'() {
    const sku = await market.stock('VAI-5KG', 11);
    return { skus: [sku], act: () => market.reshardStock({ sku }, 4, now) };
  },
  async 'gathering five counters in two'() {
    const sku = await market.stock('VAI-5KG', 11, { shards: 5 });
    return { skus: [sku], act: () => market.reshardStock({ sku }, 2, now) };
  },
  async 'the stream’s orders in the reports'() {
    const skus = [await market.stock('VAI-5KG', 10), await market.stock('BINH', 5)];
    const orders = [
      await market.buy([{ sku: skus[0] ?? '', quantity: 1 }]),
      await market.buy(skus.map((sku) => ({ sku, quantity: 1 }))),
      await market.buy([{ sku: skus[1] ?? '', quantity: 1 }], { payment: 'bank_transfer' }),
    ];
    await market.sellerDesk.pack(pottery, orders[1]?.code ?? '', later(10));
    await market.cancelOrder(orders[0]?.code ?? '', orders[0]?.phone ?? '', later(20));
    const event = await streamOf(orders.map(({ code }) => code));
    return { skus, act: () => onOrder(event).then((answer) => expect(answer.batchItemFailures).toEqual([])), isReport: true };
  },
};

/** What the stream hands over for these orders' packages, each told twice. */
async function streamOf(codes: readonly string[]): Promise<DynamoDBStreamEvent> {
  const packages = (await market.everything()).filter((i) => String(i.sk).startsWith('PACKAGE#') && codes.includes(String(i.code)));
  const Records = [...packages, ...packages].map((pkg, i) => ({
    dynamodb: { SequenceNumber: String(1_000 + i), NewImage: marshall(pkg, { removeUndefinedValues: true }) },
  }));
  return { Records } as unknown as DynamoDBStreamEvent;
}

type Item = Record<string, unknown>;

const refundsOf = (pkg: Item) =>
  ((pkg.refunds ?? []) as { amount: number; goods: number; shipping: number }[]).map((r) => [r.amount, r.goods, r.shipping]);

/** All that the books say of these SKUs, without the names and codes drawn by chance. */
function stateOf({ skus, inAnyCounters }: Ready, items: readonly Item[]) {
  const isOf = (item: Item) => skus.some((sku) => String(item.pk) === `STOCK#${sku}` || String(item.pk).endsWith(`#${sku}`));
  const named = (text: unknown) => skus.reduce((t, sku, i) => t.replace(sku, `sku ${i}`), String(text)).replace(/chet-\d+/, 'campaign');
  const piles: Record<string, Record<string, number>> = {};
  const limits: string[] = [];
  for (const item of items.filter(isOf)) {
    if (String(item.sk).startsWith('BUYER#')) limits.push(`${named(item.pk)} ${item.quantity}`);
    if (!String(item.sk).startsWith('SHARD#')) continue;
    const pile = piles[named(item.pk)] ?? { available: 0, reserved: 0, sold: 0, open: 0 };
    piles[named(item.pk)] = pile;
    for (const name of ['available', 'reserved', 'sold']) pile[name] = Number(pile[name]) + Number(item[name]);
    pile.open = Number(pile.open) + (item.closedAt === undefined && !inAnyCounters ? 1 : 0);
  }
  const codes = items.filter((i) => i.sk === 'ORDER' && (i.skus as string[]).some((sku) => skus.includes(sku))).map((i) => String(i.code));
  const ofOrders = items.filter((i) => codes.includes(String(i.code ?? i.orderCode ?? String(i.packageId).slice(0, -2))));
  const told = (kind: string, of: (item: Item) => unknown, isKind: (item: Item) => boolean) =>
    ofOrders.filter(isKind).map((item) => `${kind} ${JSON.stringify(of(item))}`);
  const rows = [
    ...told(
      'package',
      (p) => [p.n, p.of, p.status, p.paymentStatus, p.total, p.version, ...refundsOf(p)],
      (i) => String(i.sk).startsWith('PACKAGE#'),
    ),
    ...told(
      'ledger',
      (l) => [l.kind, l.amount, l.settled],
      (i) => String(i.pk).startsWith('LEDGER#'),
    ),
    ...told(
      'payment',
      (p) => [p.amount, p.reason],
      (i) => i.sk === 'PAYMENT',
    ),
  ];
  const campaigns = items.filter((i) => i.sk === 'CAMPAIGN' && (i.offers as { sku: string }[]).some((o) => skus.includes(o.sku)));
  const statuses = campaigns.map((c) => ({ status: c.status, broughtBack: c.broughtBack ?? false }));
  return { codes, books: { orders: codes.length, piles, limits: limits.sort(), rows: rows.sort(), campaigns: statuses } };
}

const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );

/** The books of each, after one look at all of them. */
async function booksOf(all: readonly Ready[]) {
  const items = await market.everything();
  const states = all.map((one) => stateOf(one, items));
  if (!all[0]?.isReport) await deeds.projectOrders(states.flatMap(({ codes }) => codes.map((code) => ({ code }))));
  expect((await deeds.auditOnce(later(60))).differences).toEqual([]);
  return states.map(({ books }) => books);
}

describe.each(Object.entries(stories))('%s', (_, ready) => {
  test.each<When>(['before it leaves', 'after it was done'])('survives a crash at every call, %s', { timeout: 120_000 }, async (when) => {
    const whole = await ready();
    const calls = dieAt(Number.POSITIVE_INFINITY, when);
    expect(await outcome(whole.act())).toBe('done');
    calls.stop();
    await whole.clock?.();

    const cut: Ready[] = [];
    for (let nth = 1; nth <= calls.seen(); nth++) {
      const one = await ready();
      const death = dieAt(nth, when);
      await one.act().catch(() => undefined);
      death.stop();
      // What cannot be done twice says so; the books tell that it was done then.
      expect(['done', 'conflict'], `again after call ${nth}`).toContain(await outcome(one.act()));
      await one.clock?.();
      cut.push(one);
    }
    const [untouched, ...books] = await booksOf([whole, ...cut]);
    for (const [i, own] of books.entries()) expect(own, `died at call ${i + 1} of ${calls.seen()}`).toEqual(untouched);
    await desk.sweep();
  });
});

test('a campaign whose answer was lost is not told that there is too little for it', async () => {
  const sku = await market.stock('BINH', 5);
  const asked = campaign([{ sku, price: 100_000, limit: 5 }]);
  await deeds.createCampaign(department, asked, now);
  expect(await outcome(deeds.createCampaign(department, asked, now))).toBe('conflict');
});
