import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PackageOut } from '../../../../shared/orders/contract.ts';
import { Problem } from '../../../../shared/platform/problem.ts';
import { basket, inTheMiddle, later, lychees, type Market, newKey, now, openMarket } from '../market.ts';
import { type Deeds, loadDeeds } from './deeds.ts';
import { openDesk } from './desk.ts';

/**
 * Someone else is faster: every step, with another one done wholly just before each transaction and each batch read of it.
 * The step's answer must be one an honest shopkeeper could give, and the books must agree.
 *
 * RIVALS=all for a long night: every step against all of them, not only those it is about.
 */
let market: Market;
let desk: Awaited<ReturnType<typeof openDesk>>;
let deeds: Deeds;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  desk = await openDesk(market);
  deeds = await loadDeeds();
});
afterAll(() => market?.stop());

const department = { id: 'acc_so', role: 'department' as const };
let slugs = 0;
let messages = 600_000;
const setAside = async (sku: string, limit: number) => {
  const slug = `ke-${++slugs}`;
  await deeds.createCampaign(
    department,
    {
      ...{ slug, name: 'x', kind: 'livestream' as const, channels: [{ id: 'web', name: 'Web' }] },
      ...{ startsAt: now.toISOString(), endsAt: later(3_600).toISOString(), offers: [{ sku, price: 290_000, limit }] },
    },
    now,
  );
  return slug;
};

function transferTo(pkg: PackageOut | undefined): Buffer {
  const { content, amount, accountNumber } = pkg?.payment.vietqr ?? {};
  const said = {
    ...{ id: ++messages, gateway: 'VCB', transactionDate: '2026-06-15 09:01:00', accountNumber, subAccount: null, code: null, content },
    ...{ transferType: 'in', description: '', transferAmount: amount, accumulated: 1, referenceCode: 'x' },
  };
  return Buffer.from(JSON.stringify(said));
}

/** Eight units on the shelf in three counters, four set aside in two, one reserved by an order that waits for its money, and one paid. */
async function openScene() {
  const sku = await market.stock('VAI-5KG', 14, { shards: 3 });
  const slug = await setAside(sku, 4);
  await market.splitCounters(sku, 2, slug);
  const waiting = await market.buy([{ sku, quantity: 1 }], { payment: 'bank_transfer' });
  const transfer = transferTo(waiting.packages[0]);
  const paid = await market.buy([{ sku, quantity: 1 }], { payment: 'bank_transfer' });
  await deeds.takeTransfer(transferTo(paid.packages[0]), now);
  const refund = (amount: number, key: string) => () =>
    deeds.refundPackage(lychees, paid.code, { amount, reason: 'Hàng dập' }, key, later(60)).then(() => 'done');
  const total = paid.packages[0]?.total ?? 0;
  const refunds = { all: refund(total, newKey()), mostOfIt: refund(total - 1_000, newKey()), rival: refund(total - 1_000, newKey()) };
  const mine = { request: basket([{ sku, quantity: 2 }]), key: newKey() };
  return { sku, slug, ...waiting, transfer, mine, paid, refunds };
}
type Scene = Awaited<ReturnType<typeof openScene>>;

const buy = async (lines: Parameters<typeof basket>, key = newKey()) => (await market.place(basket(...lines), key)).outcome;
const acts = {
  'one buys one': ({ sku }: Scene) => buy([[{ sku, quantity: 1 }]]),
  'one buys all eight': ({ sku }: Scene) => buy([[{ sku, quantity: 8 }]]),
  'one buys from the campaign': ({ sku, slug }: Scene) => buy([[{ sku, quantity: 1 }], { campaign: slug }]),
  'the same order comes twice': async ({ mine }: Scene) => (await market.place(mine.request, mine.key)).outcome,
  'the waiting order is cancelled': ({ code, phone }: Scene) => market.cancelOrder(code, phone, later(60)),
  'the waiting order is paid': ({ transfer }: Scene) => deeds.takeTransfer(transfer, later(60)),
  'the waiting order expires': () => desk.at(later(901), deeds.expire),
  'the paid order is cancelled': ({ paid }: Scene) => market.cancelOrder(paid.code, paid.phone, later(60)),
  'the paid order is packed': ({ paid }: Scene) => market.sellerDesk.pack(lychees, paid.code, later(60)),
  'all is refunded': ({ refunds }: Scene) => refunds.all(),
  'most of it is refunded': ({ refunds }: Scene) => refunds.mostOfIt(),
  'most of it is refunded by another hand': ({ refunds }: Scene) => refunds.rival(),
  'stock is set to twenty': ({ sku }: Scene) => market.setStock({ sku, quantity: 20, by: lychees, now }),
  'stock is set to two': ({ sku }: Scene) => market.setStock({ sku, quantity: 2, by: lychees, now }),
  'the shelf is spread over five': ({ sku }: Scene) => market.reshardStock({ sku }, 5, now),
  'the shelf is gathered in one': ({ sku }: Scene) => market.reshardStock({ sku }, 1, now),
  'the campaign is spread over four': ({ sku, slug }: Scene) => market.reshardStock({ sku, campaign: slug }, 4, now),
  'the campaign is gathered in one': ({ sku, slug }: Scene) => market.reshardStock({ sku, campaign: slug }, 1, now),
  'another campaign takes three': ({ sku }: Scene) => setAside(sku, 3),
  'the campaign ends': ({ slug }: Scene) => deeds.endCampaign(department, slug, later(60)),
} satisfies Record<string, (scene: Scene) => Promise<unknown>>;
type Name = keyof typeof acts;

/** By how much a rival changes what lies on the shelf. */
const onShelf: Partial<Record<Name, number>> = {
  'one buys one': -1,
  'one buys all eight': -8,
  'the same order comes twice': -2,
  'the waiting order is cancelled': 1,
  'the waiting order expires': 1,
  'the paid order is cancelled': 1,
  'all is refunded': 1,
  'another campaign takes three': -3,
  'the campaign ends': 4,
};

interface Step {
  rivals: Name[];
  act: (scene: Scene) => Promise<unknown>;
  /** What may be answered after this rival. */
  honest: (rival: Name) => string[];
}
const only =
  (...answers: string[]) =>
  () =>
    answers;
const unless = (rivals: Name[], otherwise: string) => (rival: Name) => (rivals.includes(rival) ? ['done', otherwise] : ['done']);
const steps: Record<string, Step> = {
  placing: {
    rivals: [
      'one buys all eight',
      'the same order comes twice',
      'stock is set to two',
      'the shelf is spread over five',
      'the shelf is gathered in one',
      'another campaign takes three',
    ],
    act: async ({ mine }) => (await market.place(mine.request, mine.key)).outcome,
    honest: (rival) => (rival === 'one buys all eight' ? ['placed', 'out_of_stock'] : ['placed']),
  },
  'placing from the campaign': {
    rivals: ['one buys from the campaign', 'the campaign is spread over four', 'the campaign is gathered in one', 'the campaign ends'],
    act: ({ sku, slug }) => buy([[{ sku, quantity: 2 }], { campaign: slug }]),
    honest: only('placed'),
  },
  cancelling: {
    rivals: [
      'the waiting order is cancelled',
      'the waiting order is paid',
      'the waiting order expires',
      'the shelf is spread over five',
      'the shelf is gathered in one',
    ],
    act: acts['the waiting order is cancelled'],
    honest: unless(['the waiting order is cancelled', 'the waiting order expires'], 'conflict'),
  },
  paying: {
    rivals: ['the waiting order is cancelled', 'the waiting order is paid', 'the waiting order expires'],
    act: acts['the waiting order is paid'],
    honest: only('done'),
  },
  expiring: {
    rivals: ['the waiting order is cancelled', 'the waiting order is paid', 'the waiting order expires', 'the shelf is gathered in one'],
    act: acts['the waiting order expires'],
    honest: only('done'),
  },
  'refunding all': {
    rivals: [
      'the paid order is cancelled',
      'the paid order is packed',
      'all is refunded',
      'most of it is refunded',
      'the shelf is spread over five',
      'the shelf is gathered in one',
    ],
    act: acts['all is refunded'],
    honest: unless(['most of it is refunded'], 'conflict'),
  },
  'refunding most of it': {
    rivals: [
      'the paid order is cancelled',
      'the paid order is packed',
      'all is refunded',
      'most of it is refunded',
      'most of it is refunded by another hand',
    ],
    act: acts['most of it is refunded'],
    honest: unless(['all is refunded', 'most of it is refunded by another hand'], 'conflict'),
  },
  'setting more stock': {
    rivals: [
      'one buys one',
      'stock is set to twenty',
      'stock is set to two',
      'the shelf is spread over five',
      'the shelf is gathered in one',
      'another campaign takes three',
    ],
    act: acts['stock is set to twenty'],
    honest: only('done'),
  },
  'setting less stock': {
    rivals: [
      'one buys all eight',
      'stock is set to twenty',
      'stock is set to two',
      'the shelf is spread over five',
      'the shelf is gathered in one',
    ],
    act: acts['stock is set to two'],
    honest: only('done'),
  },
  'spreading the shelf': {
    rivals: [
      'one buys one',
      'one buys all eight',
      'the waiting order is cancelled',
      'stock is set to two',
      'the shelf is gathered in one',
      'another campaign takes three',
    ],
    act: acts['the shelf is spread over five'],
    honest: only('done'),
  },
  'gathering the shelf': {
    rivals: ['one buys one', 'the waiting order is cancelled', 'the shelf is spread over five'],
    act: acts['the shelf is gathered in one'],
    honest: only('done'),
  },
  'spreading the campaign': {
    rivals: ['one buys from the campaign', 'the campaign is gathered in one', 'the campaign ends'],
    act: acts['the campaign is spread over four'],
    honest: only('done'),
  },
  'setting aside': {
    rivals: [
      'one buys one',
      'stock is set to two',
      'the shelf is spread over five',
      'the shelf is gathered in one',
      'another campaign takes three',
    ],
    act: ({ sku }) => setAside(sku, 8),
    honest: (rival) => ((onShelf[rival] ?? 0) < 0 || rival === 'stock is set to two' ? ['done', 'out_of_stock'] : ['done']),
  },
  'bringing back': {
    rivals: ['one buys from the campaign', 'the campaign is spread over four', 'the campaign is gathered in one', 'the campaign ends'],
    act: acts['the campaign ends'],
    honest: unless(['the campaign ends'], 'conflict'),
  },
};

const answer = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    (told) => (told === 'placed' || told === 'out_of_stock' ? told : 'done'),
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );

/** What a seller's number leaves on the shelf: that number, and what moved between reading and writing. */
const afterSetting = (quantity: number, rival: Name): number[] => {
  if (rival === 'stock is set to twenty') return [quantity, 20];
  if (rival === 'stock is set to two') return [quantity, 2];
  return [quantity, quantity + (onShelf[rival] ?? 0)];
};

async function meet(step: string, rival: Name, kind: 'transaction' | 'batch read', nth: number): Promise<boolean> {
  const scene = await openScene();
  const middle = inTheMiddle(market, kind, nth, () => answer(acts[rival](scene)));
  const told = await answer((steps[step] as Step).act(scene));
  middle.stop();
  if (middle.seen() < nth) return false;
  const where = `${rival}, before ${kind} ${nth} of ${step}`;
  expect((steps[step] as Step).honest(rival), where).toContain(told);
  if (step === 'setting more stock') expect(afterSetting(20, rival), where).toContain((await market.counters(scene.sku)).available);
  if (step === 'setting less stock') expect(afterSetting(2, rival), where).toContain((await market.counters(scene.sku)).available);
  if (step === 'bringing back' && told === 'done') {
    const place = (await market.everything()).filter((i) => i.pk === `OFFER#${scene.slug}#${scene.sku}`);
    const left = place.filter((i) => String(i.sk).startsWith('SHARD#') && i.closedAt === undefined);
    expect(
      left.map((i) => `${i.sk}: ${i.available}`),
      `counters of the campaign still open: ${where}`,
    ).toEqual([]);
  }
  return true;
}

async function meetEverywhere(step: string, rival: Name): Promise<void> {
  for (const kind of ['transaction', 'batch read'] as const)
    for (let nth = 1; nth <= 3; nth++) if (!(await meet(step, rival, kind, nth))) break;
}

describe.each(Object.entries(steps))('%s', (step, { rivals }) => {
  // The clock's run must meet this step's orders only.
  beforeAll(() => desk.sweep());
  for (const rival of process.env.RIVALS === 'all' ? (Object.keys(acts) as Name[]) : rivals) {
    test(rival, () => meetEverywhere(step, rival));
  }
});

test('then the books agree', async () => {
  const codes = (await market.everything()).filter((i) => i.sk === 'ORDER').map((i) => ({ code: String(i.code) }));
  for (let i = 0; i < codes.length; i += 75) await deeds.projectOrders(codes.slice(i, i + 75));
  const { differences } = await deeds.auditOnce(later(60));
  expect(differences).toEqual([]);
});
