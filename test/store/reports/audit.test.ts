import { DeleteCommand, PutCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { later, lychees, type Market, newPhone, now, openMarket, paymentWindowSeconds, pottery } from '../orders/market.ts';

type Item = Record<string, unknown>;
type Difference = Awaited<ReturnType<typeof audit>>['differences'][number];

let market: Market;
let audit: typeof import('../../../functions/reports/audit.ts').audit;
let project: (...codes: string[]) => Promise<void>;
let campaigns: typeof import('../../../functions/campaigns/run-campaign.ts');
let confirmPaid: typeof import('../../../functions/orders/confirm-paid.ts').confirmPaid;
let filePayment: typeof import('../../../functions/payments/store.ts').filePayment;
let endPackages: typeof import('../../../functions/orders/end-packages.ts').endPackages;
beforeAll(async () => {
  market = await openMarket();
  ({ audit } = await import('../../../functions/reports/audit.ts'));
  const { projectOrders } = await import('../../../functions/reports/project-orders.ts');
  project = (...codes) => projectOrders(codes.map((code) => ({ code })));
  campaigns = await import('../../../functions/campaigns/run-campaign.ts');
  ({ confirmPaid } = await import('../../../functions/orders/confirm-paid.ts'));
  ({ filePayment } = await import('../../../functions/payments/store.ts'));
  ({ endPackages } = await import('../../../functions/orders/end-packages.ts'));
  day = await aDay();
});
afterAll(() => market?.stop());

/** When the auditor comes: unpaid packages of 09:00 are over their time, by less than anyone is blamed for. */
const evening = later(1_000);
const recount = () => audit(() => evening, 1);
const told = (differences: readonly Difference[]) => differences.map(({ check, id, expected, found }) => [check, id, expected, found]);

const department = { id: 'acc_so', role: 'department' as const };
const openCampaign = async (slug: string, sku: string, endsAt: Date) => {
  const asked = { slug, name: 'Đêm hội vải', kind: 'livestream' as const, channels: [{ id: 'web', name: 'Web' }] };
  const offers = [{ sku, price: 290_000, limit: 5, perBuyerLimit: 2 }];
  await campaigns.createCampaign(department, { ...asked, startsAt: now.toISOString(), endsAt: endsAt.toISOString(), offers }, now);
};

async function pay(code: string, n: number, at: Date): Promise<void> {
  const pkg = (await market.readOrder(code))?.packages.find((p) => p.n === n);
  if (!pkg) throw new Error('no package');
  const payment = { id: `sepay#${pkg.id}`, provider: 'sepay' as const, receivedAt: at.toISOString(), amount: pkg.total };
  expect(await confirmPaid(pkg, filePayment({ ...payment, accountNumber: '', content: '', packageId: pkg.id }), payment.id, at)).toBe(true);
}

async function deliver(sellerId: string, code: string): Promise<void> {
  await market.sellerDesk.pack(sellerId, code, later(100));
  await market.sellerDesk.ship(sellerId, code, { carrier: 'VNPost', trackingNumber: 'VN1' }, later(200));
  await market.sellerDesk.deliver(sellerId, code, later(300));
}

/** Thirty stalls, and what one vase of each is sold as. */
async function thirtyStalls(): Promise<string[]> {
  const skus: string[] = [];
  for (let i = 0; i < 30; i++) {
    await market.openStall(`sel_lo${i}`);
    skus.push(await market.stock('BINH', 3, { seller: `sel_lo${i}` }));
  }
  return skus;
}

let day: Awaited<ReturnType<typeof aDay>>;
/** Everything that honest people do on a day: eleven orders of forty-two packages. */
async function aDay() {
  const { saveVoucher } = await import('../../../functions/orders/vouchers.ts');
  await saveVoucher({ code: 'BA-NGHIN', amount: 33_333, minSubtotal: 0, limit: 100, endsAt: '2026-12-31T00:00:00.000Z' });
  const [vai, my, binh] = [await market.stock('VAI-5KG', 40), await market.stock('MY-CHU', 200), await market.stock('BINH', 30)];
  const codes: string[] = [];
  const buy = async (lines: { sku: string; quantity: number }[], more = {}) => {
    const order = await market.buy(lines, more);
    codes.push(order.code);
    await project(order.code);
    return order;
  };
  const one = (sku: string, quantity = 1) => [{ sku, quantity }];
  const byBank = { payment: 'bank_transfer' };

  const delivered = await buy([...one(vai, 2), ...one(my, 3), ...one(binh)], { voucher: 'BA-NGHIN' });
  await deliver(lychees, delivered.code);
  await deliver(pottery, delivered.code);
  const halfPaid = await buy([...one(vai), ...one(binh)], byBank);
  await pay(halfPaid.code, 1, later(60));
  const unpaid = await buy(one(my), byBank);
  const expired = await buy(one(my), byBank);
  await endPackages((await market.readOrder(expired.code))?.packages ?? [], 'expired', 'clock', later(paymentWindowSeconds));
  const cancelledUnpaid = await buy(one(my), byBank);
  await market.cancelOrder(cancelledUnpaid.code, cancelledUnpaid.phone, later(60));
  const toRefund = await buy(one(binh, 2), byBank);
  await pay(toRefund.code, 1, later(60));
  await market.cancelOrder(toRefund.code, toRefund.phone, later(120));

  await openCampaign('dem-hoi', vai, later(550));
  const offer = await buy(one(vai, 2), { campaign: 'dem-hoi' });
  const offerCancelled = await buy(one(vai, 2), { campaign: 'dem-hoi', ...byBank });
  await market.cancelOrder(offerCancelled.code, offerCancelled.phone, later(60));
  const cancelledAfterwards = await buy(one(vai), { campaign: 'dem-hoi' });
  await campaigns.endCampaign(department, 'dem-hoi', later(500));
  await market.cancelOrder(cancelledAfterwards.code, cancelledAfterwards.phone, later(600));

  await market.setStock({ sku: vai, quantity: 50, by: lychees, now });
  await market.setStock({ sku: vai, quantity: 20, by: lychees, now });

  // 196 bags in four counters; 160 take from all of them, after which two of the four are given up, and then one more.
  await market.splitCounters(my, 4);
  const ofClosed = await buy(one(my, 160));
  await market.splitCounters(my, 2);
  await market.cancelOrder(ofClosed.code, ofClosed.phone, later(60));
  await market.splitCounters(my, 1);

  const large = await buy((await thirtyStalls()).map((sku) => ({ sku, quantity: 1 })));
  await market.cancelOrder(large.code, large.phone, later(300));
  await project(...codes);
  return { vai, my, binh, delivered, halfPaid, unpaid, toRefund, offer, ofClosed };
}

test('an honest day has no difference, counted to the last item', async () => {
  expect(await recount()).toEqual({
    differences: [],
    undecided: [],
    // Counters: one each of lychees, their offer, vases and thirty stalls, four of noodles. Ledger lines: 2 + 4 of what was delivered,
    // 2 of what was paid, 4 + 4 of what is to be refunded. Rows: the day, 32 sellers, 2 communes, 3 categories, 3 ways, the campaign.
    counted: { orders: 11, packages: 42, counters: 37, ledgerLines: 16, rows: 42 },
  });
  for (const sku of [day.vai, day.my, day.binh]) await market.assertStockBook(sku);
});

const put = (TableName: string, item: Item) => market.dynamo.send(new PutCommand({ TableName, Item: item }));
const remove = (TableName: string, { pk, sk }: Item) => market.dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }));

interface Damage {
  table?: 'commerce' | 'reporting';
  /** The one item that is damaged. */
  of: (item: Item) => boolean;
  /** How it is afterwards; nothing: it is gone. With other keys it is a further item. */
  to: (item: Item) => Item | undefined;
  differences: (item: Item) => unknown[];
}

const anything: unknown = expect.anything();
const isAt = (pk: string, sk: string) => (item: Item) => item.pk === pk && item.sk === sk;
const counterOf = (sku: string, shard = '00') => isAt(`STOCK#${sku}`, `SHARD#${shard}`);
const packageOf = (code: string, n = 1) => isAt(`ORDER#${code}`, `PACKAGE#0${n}`);
const ledgerLine = (id: string) => (item: Item) => String(item.pk).startsWith('LEDGER#') && item.id === id;
const factsOf = (code: string) => isAt(`FACTS#${code}`, 'FACTS');
const gone = () => undefined;
const units = (available: number, reserved: number, sold: number) => ({ available, reserved, sold });

/** Of 30 vases one is delivered and one reserved, two came back. */
const vases = units(28, 1, 1);
const soldLines = ['sel_vai sale 335000', 'sel_vai shipping 46000'];
const paidPackage = () => `${day.halfPaid.code}-1`;
const aLine = () => ledgerLine(`${paidPackage()}#sale`);
const ledgerIs = (...found: string[]) => [['ledger against packages', paidPackage(), soldLines, found]];

const damages: Record<string, () => Damage> = {
  'a counter that has one more to sell': () => ({
    of: counterOf(day.binh),
    to: (counter) => ({ ...counter, available: 29 }),
    differences: () => [['stock against movements', `${day.binh} 00`, vases, units(29, 1, 1)]],
  }),
  'a counter that sold one more': () => ({
    of: counterOf(day.binh),
    to: (counter) => ({ ...counter, sold: 2 }),
    differences: () => [
      ['stock against movements', `${day.binh} 00`, vases, units(28, 1, 2)],
      ['stock against packages', `${day.binh} 00`, { reserved: 1, sold: 1 }, { reserved: 1, sold: 2 }],
    ],
  }),
  'a counter that is gone': () => ({
    of: counterOf(day.binh),
    to: gone,
    differences: () => [
      ['stock against movements', `${day.binh} 00`, vases, units(0, 0, 0)],
      ['stock against packages', `${day.binh} 00`, { reserved: 1, sold: 1 }, { reserved: 0, sold: 0 }],
    ],
  }),
  'a movement that is gone': () => ({
    of: isAt(`ORDER#${day.toRefund.code}`, 'MOVEMENT#paid#1'),
    to: gone,
    differences: () => [['stock against movements', `${day.binh} 00`, units(28, 3, -1), vases]],
  }),
  'a movement that stands twice': () => ({
    of: isAt(`ORDER#${day.toRefund.code}`, 'MOVEMENT#cancelled#1'),
    to: (entry) => ({ ...entry, sk: 'MOVEMENT#cancelled#2' }),
    differences: () => [['stock against movements', `${day.binh} 00`, units(30, 1, -1), vases]],
  }),
  'an order that says it took one more': () => ({
    of: isAt(`ORDER#${day.toRefund.code}`, 'ORDER'),
    to: (order) => ({ ...order, taken: [{ sku: day.binh, shard: '00', quantity: 3 }] }),
    differences: () => [
      ['units of order', day.toRefund.code, [`${day.binh}  00×3`], [`${day.binh}  00×2`]],
      ['stock against movements', `${day.binh} 00`, units(27, 2, 1), vases],
    ],
  }),
  'a closed counter that has units again': () => ({
    of: counterOf(day.my, '02'),
    to: (counter) => ({ ...counter, available: 4 }),
    differences: () => [
      ['stock against movements', `${day.my} 02`, units(0, 0, 0), units(4, 0, 0)],
      ['closed counter is empty', `${day.my} 02`, 0, 4],
    ],
  }),
  'a closed counter that is open again': () => ({
    of: counterOf(day.my, '03'),
    to: ({ closedAt: _, ...counter }) => counter,
    differences: () => [['open counters of place', day.my, ['00'], ['00', '03']]],
  }),
  'a place that tells of too many counters': () => ({
    of: counterOf(day.my),
    to: (counter) => ({ ...counter, shards: 2 }),
    differences: () => [['open counters of place', day.my, ['00', '01'], ['00']]],
  }),
  'a campaign that is over and keeps its units': () => ({
    of: isAt(`OFFER#dem-hoi#${day.vai}`, 'SHARD#00'),
    to: ({ closedAt: _, ...counter }) => counter,
    differences: () => [['campaign closed in time', `${day.vai} dem-hoi`, 'closed', 'open']],
  }),
  'a package that is gone': () => ({
    of: packageOf(day.unpaid.code),
    to: gone,
    differences: () => [
      ['stock against packages', `${day.my} 00`, { reserved: 0, sold: 3 }, { reserved: 1, sold: 3 }],
      ['order is whole', day.unpaid.code, 'order with all its packages', 'a part'],
    ],
  }),
  'an order that is gone, its packages left': () => ({
    of: isAt(`ORDER#${day.unpaid.code}`, 'ORDER'),
    to: gone,
    differences: () => [
      // Its entry in the stock book went with it.
      ['stock against movements', `${day.my} 00`, units(197, 0, 3), units(196, 1, 3)],
      ['stock against packages', `${day.my} 00`, { reserved: 0, sold: 3 }, { reserved: 1, sold: 3 }],
      ['order is whole', day.unpaid.code, 'order with all its packages', 'a part'],
    ],
  }),
  'a package of another total': () => ({
    of: packageOf(day.unpaid.code),
    to: (pkg) => ({ ...pkg, total: Number(pkg.total) + 1 }),
    differences: ({ total }) => [
      ['total of order', day.unpaid.code, total, Number(total) + 1],
      ['total of package', `${day.unpaid.code}-1`, total, Number(total) + 1],
    ],
  }),
  'an unpaid package that nobody ended ten minutes after its time': () => ({
    of: packageOf(day.unpaid.code),
    to: (pkg) => ({ ...pkg, expiresAt: later(400).toISOString() }),
    differences: () => [['unpaid package ended in time', `${day.unpaid.code}-1`, false, true]],
  }),
  'a paid package that is still listed as expiring': () => ({
    of: packageOf(day.halfPaid.code),
    to: (pkg) => ({ ...pkg, gsi2pk: 'EXPIRING', gsi2sk: `${later(900).toISOString()}#${pkg.id}` }),
    differences: () => [['waits for money', paidPackage(), false, true]],
  }),
  'an unpaid package that is not listed': () => ({
    of: packageOf(day.unpaid.code),
    to: ({ gsi2pk: _, gsi2sk: __, ...pkg }) => pkg,
    differences: () => [['waits for money', `${day.unpaid.code}-1`, true, false]],
  }),
  'a ledger line that stands twice': () => ({
    of: aLine(),
    to: (line) => ({ ...line, sk: `${line.sk}~` }),
    differences: () => ledgerIs('sel_vai sale 335000', ...soldLines),
  }),
  'a ledger line of one đồng more': () => ({
    of: aLine(),
    to: (line) => ({ ...line, amount: 335_001 }),
    differences: () => ledgerIs('sel_vai sale 335001', 'sel_vai shipping 46000'),
  }),
  'a ledger line that takes what it should give': () => ({
    of: aLine(),
    to: (line) => ({ ...line, amount: -335_000 }),
    differences: () => ledgerIs('sel_vai sale -335000', 'sel_vai shipping 46000'),
  }),
  'a ledger line in another seller’s account too': () => ({
    of: aLine(),
    to: (line) => ({ ...line, pk: `LEDGER#${pottery}` }),
    differences: () => ledgerIs('sel_gom sale 335000', ...soldLines),
  }),
  'a ledger line that is gone': () => ({ of: aLine(), to: gone, differences: () => ledgerIs('sel_vai shipping 46000') }),
  'a ledger line of a package that is not paid for': () => ({
    of: aLine(),
    to: (line) => ({ ...line, sk: `${line.sk}~`, packageId: `${day.unpaid.code}-1` }),
    differences: () => [['ledger against packages', `${day.unpaid.code}-1`, [], ['sel_vai sale 335000']]],
  }),
  'an order under the code of another key': () => ({
    of: isAt(`ORDER#${day.delivered.code}`, 'ORDER'),
    to: (order) => ({ ...order, asked: { ...(order.asked as object), keyHash: 'x'.repeat(22) } }),
    differences: () => [['key of order', day.delivered.code, anything, day.delivered.code]],
  }),
  'a movement that cannot be read': () => ({
    of: isAt(`ORDER#${day.toRefund.code}`, 'MOVEMENT#paid#1'),
    to: ({ lines: _, ...entry }) => entry,
    differences: ({ pk, sk }) => [
      ['stock against movements', `${day.binh} 00`, units(28, 3, -1), vases],
      ['item can be read', `${pk} ${sk}`, 'what its key says', 'something else'],
    ],
  }),
  'a payment that is gone': () => ({
    of: isAt(`PAYMENT#sepay#${paidPackage()}`, 'PAYMENT'),
    to: gone,
    differences: () => [['bank payment of package', paidPackage(), [381_000], []]],
  }),
  'a payment of another amount': () => ({
    of: isAt(`PAYMENT#sepay#${paidPackage()}`, 'PAYMENT'),
    to: (payment) => ({ ...payment, amount: 380_999 }),
    differences: () => [['bank payment of package', paidPackage(), [381_000], [380_999]]],
  }),
  'a payment taken for a package that still waits for it': () => ({
    of: isAt(`PAYMENT#sepay#${paidPackage()}`, 'PAYMENT'),
    to: (payment) => ({ ...payment, pk: 'PAYMENT#sepay#x', packageId: `${day.unpaid.code}-1` }),
    differences: () => [['bank payment of package', `${day.unpaid.code}-1`, [], [381_000]]],
  }),
  'a voucher used once too often': () => ({
    of: isAt('VOUCHER#BA-NGHIN', 'VOUCHER'),
    to: (voucher) => ({ ...voucher, used: 2 }),
    differences: () => [['voucher uses', 'BA-NGHIN', 1, 2]],
  }),
  'a buyer who may buy one more than the limit': () => ({
    of: (item) => String(item.sk).startsWith('BUYER#') && item.quantity === 2,
    to: (buyer) => ({ ...buyer, quantity: 1 }),
    differences: ({ pk, sk }) => [['places in buyers’ limits', `${pk}|${sk}`, 2, 1]],
  }),
  'a roll-up row of one đồng more': () => ({
    table: 'reporting',
    of: isAt('ROLLUP#campaign#dem-hoi', '2026-06-15#web'),
    to: (row) => ({ ...row, revenue: 580_001 }),
    differences: () => [
      [
        ...['roll-up against facts', 'campaign dem-hoi|web 2026-06-15'],
        { orders: 1, packages: 1, revenue: 580_000, grams: 10_000, refunded: 0 },
        { orders: 1, packages: 1, revenue: 580_001, grams: 10_000, refunded: 0 },
      ],
    ],
  }),
  'a roll-up row that is gone': () => ({
    table: 'reporting',
    of: isAt('ROLLUP#campaign#dem-hoi', '2026-06-15#web'),
    to: gone,
    differences: () => [
      [
        ...['roll-up against facts', 'campaign dem-hoi|web 2026-06-15'],
        { orders: 1, packages: 1, revenue: 580_000, grams: 10_000, refunded: 0 },
        'no row',
      ],
    ],
  }),
  'a roll-up row of a day on which nothing was sold': () => ({
    table: 'reporting',
    of: isAt('ROLLUP#campaign#dem-hoi', '2026-06-15#web'),
    to: (row) => ({ ...row, sk: '2026-06-16#web' }),
    differences: () => [
      [
        ...['roll-up against facts', 'campaign dem-hoi|web 2026-06-16'],
        { orders: 0, packages: 0, revenue: 0, grams: 0, refunded: 0 },
        { orders: 1, packages: 1, revenue: 580_000, grams: 10_000, refunded: 0 },
      ],
    ],
  }),
  'facts that are gone': () => ({
    table: 'reporting',
    of: factsOf(day.offer.code),
    to: gone,
    differences: () => [
      ['facts against packages', day.offer.code, anything, 'no facts'],
      ...['all all', 'campaign dem-hoi|web', 'category trai-cay', 'commune 07525', 'seller sel_vai', 'way dem-hoi|web|cod'].map((row) => [
        ...['roll-up against facts', `${row} 2026-06-15`, anything, anything],
      ]),
    ],
  }),
  'facts of an order that does not exist': () => ({
    table: 'reporting',
    of: factsOf(day.offer.code),
    to: (facts) => ({ ...facts, pk: 'FACTS#KB-LOST', code: 'KB-LOST', contributions: [] }),
    differences: () => [['facts against packages', 'KB-LOST', 'no such order', '']],
  }),
  'facts that are ahead of their order, whose next step would be taken for old': () => ({
    table: 'reporting',
    of: factsOf(day.offer.code),
    to: (facts) => ({ ...facts, version: 9 }),
    differences: () => [['facts not ahead of order', day.offer.code, 1, 9]],
  }),
};

describe('one damaged item is told as what it is, and nothing once it is mended', () => {
  test.each(Object.entries(damages))('%s', async (_, damage) => {
    const { table = 'commerce', of, to, differences } = damage();
    const [item, ...others] = (await market.everything(table)).filter(of);
    if (!item || others.length > 0) throw new Error(`${others.length + 1} items fit`);
    const damaged = to(item);
    const isFurther = damaged !== undefined && (damaged.pk !== item.pk || damaged.sk !== item.sk);
    await (damaged ? put(table, damaged) : remove(table, item));

    const audited = await recount();
    const byName = (a: unknown[], b: unknown[]) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1);
    expect(told(audited.differences).sort(byName)).toEqual((differences(item) as unknown[][]).sort(byName));
    expect(audited.undecided).toEqual([]);

    await (isFurther ? remove(table, damaged) : put(table, item));
    expect((await recount()).differences).toEqual([]);
  });

  test('a rebuilt report is as good as the first', async () => {
    for (const item of await market.everything('reporting')) await remove('reporting', item);
    expect((await recount()).differences.map(({ check }) => check)).toEqual(Array(3).fill('facts against packages'));
    await project(...(await market.everything()).flatMap((item) => (item.sk === 'ORDER' ? [String(item.code)] : [])));
    expect((await recount()).differences).toEqual([]);
  });
});

/** Runs before every page of a scan that fits, and may change what is asked. */
function whileScanning(run: (input: ScanCommandInput) => Promise<void> | void) {
  const name = 'while-scanning';
  market.dynamo.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'ScanCommand') await run(args.input as ScanCommandInput);
        return next(args);
      },
    { step: 'initialize', name },
  );
  return () => void market.dynamo.middlewareStack.remove(name);
}
const isFirstPageOf = (table: string, input: ScanCommandInput) => input.TableName === table && input.ExclusiveStartKey === undefined;

describe('on a market that goes on selling', () => {
  test('an order placed and counted while the auditor turns to the reports is no difference', async () => {
    let placed = 0;
    const stop = whileScanning(async (input) => {
      if (!isFirstPageOf('reporting', input) || placed > 0) return;
      placed++;
      await project((await market.buy([{ sku: day.my, quantity: 1 }])).code);
    });
    const audited = await recount();
    stop();
    expect([placed, audited.differences, audited.undecided]).toEqual([1, [], []]);
  });

  test('a counter that is sold from before every pass is not judged; its damage is told when it gets quiet', async () => {
    const counter = (await market.everything()).find(counterOf(day.my)) as Item;
    await put('commerce', { ...counter, available: Number(counter.available) + 1 });
    let sold = 0;
    const stop = whileScanning(async (input) => {
      if (!isFirstPageOf('commerce', input)) return;
      sold++;
      await project((await market.buy([{ sku: day.my, quantity: 1 }])).code);
    });
    const busy = await recount();
    stop();
    expect([sold, busy.differences, busy.undecided.map(({ check, id }) => [check, id])]).toEqual([
      ...[6, [], [['stock against movements', `${day.my} 00`]]],
    ]);
    const { available, reserved } = counter as { available: number; reserved: number };
    const book = units(available - 6, reserved, Number(counter.sold) + 6);
    expect(told((await recount()).differences)).toEqual([
      ['stock against movements', `${day.my} 00`, book, { ...book, available: available - 5 }],
    ]);
    await put('commerce', { ...(await market.everything()).find(counterOf(day.my)), available: available - 6 });
    expect((await recount()).differences).toEqual([]);
  });

  test('ten audits while people order, pay and cancel between any two pages cry wolf on nothing', { timeout: 120_000 }, async () => {
    const sku = await market.stock('VAI-5KG', 400, { shards: 2 });
    await openCampaign('ca-tuan', sku, later(30 * 86_400));
    let orders = 0;
    /** The same buyer again and again, so that places and units come back to numbers they had before. */
    async function* shop(how: 'campaign' | 'cod' | 'paid'): AsyncGenerator<void, never> {
      const phone = newPhone();
      const more = { customer: { name: 'Mua', phone }, payment: how === 'paid' ? ('bank_transfer' as const) : ('cod' as const) };
      const lines = [{ sku, quantity: 2 }, ...(how === 'campaign' ? [] : [{ sku: day.binh, quantity: 1 }])];
      // Ten orders a minute from one phone; nobody is refused here.
      for (let at = now; ; at = later(60, at)) {
        const { code } = await market.buy(lines, { ...more, ...(how === 'campaign' ? { campaign: 'ca-tuan' } : {}) }, at);
        yield project(code);
        if (how === 'paid') yield pay(code, 1, at).then(() => project(code));
        await market.cancelOrder(code, phone, later(1, at));
        orders++;
        yield project(code);
      }
    }
    const shoppers = (['campaign', 'cod', 'paid'] as const).map(shop);
    let steps = 0;
    const stop = whileScanning(async (input) => {
      input.Limit = 300;
      await shoppers[steps++ % shoppers.length]?.next();
    });
    const audits = [];
    for (let i = 0; i < 10; i++) audits.push((await recount()).differences);
    stop();
    expect(audits).toEqual(Array(10).fill([]));
    expect(orders).toBeGreaterThan(20);
    expect(await recount()).toMatchObject({ differences: [], undecided: [] });
  });
});
