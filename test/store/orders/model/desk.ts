import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import type { OrderRequest } from '../../../../shared/orders/contract.ts';
import { Problem } from '../../../../shared/platform/problem.ts';
import { basket, later, lychees, type Market, newKey, newPhone, now } from '../market.ts';
import { type Act, goodsOfDay } from './acts.ts';
import { loadDeeds } from './deeds.ts';
import { campaignSeconds, offerPrices, type Pile, type Told } from './shop.ts';

const department = { id: 'acc_so', role: 'department' as const };
let campaignsOfAllDays = 0;
let messagesOfAllDays = 700_000;

/** Does on the real market what the acts say, and reads back what came of it. */
export async function openDesk(market: Market) {
  const { createCampaign, endCampaign, turnPages, expire, refundPackage, takeTransfer, projectOrders, auditOnce } = await loadDeeds();
  const { readPayment } = await import('../../../../functions/payments/store.ts');

  /** What the schedule runs looks at the clock on the wall. */
  async function at<T>(time: Date, run: () => Promise<T>): Promise<T> {
    vi.useFakeTimers({ toFake: ['Date'], now: time });
    try {
      return await run();
    } finally {
      vi.useRealTimers();
    }
  }

  /** A day that went wrong must not leave its unpaid orders and open campaigns to the next one. */
  async function sweep(): Promise<void> {
    await at(later(86_400), async () => {
      while ((await expire()).expired > 0);
      await turnPages();
    });
  }

  const isKnown = async (key: string): Promise<boolean> => {
    const { askedBy, orderCode } = await import('../../../../functions/orders/order-code.ts');
    // A code is made from the key alone, whatever is asked.
    return (await market.readOrder(orderCode(askedBy(key, {} as OrderRequest)))) !== undefined;
  };

  /** Counters as they lie in the table, added up. */
  async function pile(pk: string): Promise<Pile> {
    const { Items = [] } = await market.dynamo.send(
      new QueryCommand({
        TableName: 'commerce',
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :shard)',
        ExpressionAttributeValues: { ':pk': pk, ':shard': 'SHARD#' },
        ConsistentRead: true,
      }),
    );
    const sum = (name: string) => Items.reduce((a, item) => a + Number(item[name] ?? 0), 0);
    return { available: sum('available'), reserved: sum('reserved'), sold: sum('sold') };
  }

  async function openDay(onShelf: number, shards: number) {
    await sweep();
    const skus = await Promise.all(goodsOfDay.map((what) => market.stock(what, onShelf, { shards })));
    const phones = [newPhone(), newPhone(), newPhone()];
    const orders: { code: string; phone: string }[] = [];
    const campaigns: { slug: string; skus: string[] }[] = [];
    const sent: { request: ReturnType<typeof basket>; key: string }[] = [];
    const messages: { id: number; body: Buffer }[] = [];
    const refunds: Parameters<typeof refundPackage>[] = [];
    let clock = now;
    const nth = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];

    async function send({ request, key }: { request: ReturnType<typeof basket>; key: string }): Promise<Told> {
      const placed = await market.place(request, key, clock);
      if (placed.outcome !== 'placed') return { told: placed.outcome, ...('short' in placed ? { short: placed.short } : {}) };
      const { code, packages } = placed.answer.body;
      const known = orders.findIndex((o) => o.code === code);
      const number = known === -1 ? orders.push({ code, phone: request.customer.phone }) - 1 : known;
      return { told: 'placed', number, totals: packages.map((p) => p.total), isReplay: placed.isReplay };
    }

    async function tell(message: { id: number; body: Buffer }): Promise<Told> {
      await takeTransfer(message.body, clock);
      const filed = await readPayment(`sepay#${message.id}`);
      return { told: filed ? (filed.reason ?? 'matched') : 'not filed' };
    }

    async function pay(code: string, part: number, tooMuch: number): Promise<Told> {
      const packages = (await market.readOrder(code))?.packages ?? [];
      const pkg = nth(packages, part);
      if (!pkg) throw new Error(`order ${code} has no packages`);
      const id = ++messagesOfAllDays;
      const body = {
        ...{ id, gateway: 'Vietcombank', transactionDate: '2026-06-15 09:01:00', accountNumber: pkg.bank?.accountNumber ?? '0' },
        ...{ subAccount: null, code: null, content: `${code}P${pkg.n}`, transferType: 'in', description: '' },
        ...{ transferAmount: pkg.total + tooMuch * 1_000, accumulated: 1, referenceCode: 'MBVCB.1' },
      };
      const message = { id, body: Buffer.from(JSON.stringify(body)) };
      messages.push(message);
      return tell(message);
    }

    async function giveBack(asked: Parameters<typeof refundPackage>): Promise<Told> {
      const { answer, isRepeat } = await refundPackage(...asked);
      if (!isRepeat) refunds.push(asked);
      return { told: 'refunded', amount: answer.amount, left: answer.refundable, isReplay: isRepeat };
    }

    async function refund(code: string, part: number, share: Extract<Act, { kind: 'refund' }>['share']): Promise<Told> {
      const pkg = nth((await market.readOrder(code))?.packages ?? [], part);
      if (!pkg) throw new Error(`order ${code} has no packages`);
      const isPaid = ['paid', 'refund_due'].includes(pkg.paymentStatus);
      const left = isPaid ? (pkg.refunds ?? []).reduce((rest, r) => rest - r.amount, pkg.total) : 0;
      const amount = share === 'too much' ? left + 1 : share === 'all' ? Math.max(1, left) : 20_000;
      return giveBack([pkg.sellerId, code, { amount, reason: 'Hàng dập' }, newKey(), clock]);
    }

    async function openCampaign(offers: Extract<Act, { kind: 'open campaign' }>['offers']): Promise<Told> {
      const slug = `ngay-${++campaignsOfAllDays}`;
      const asked = offers.map(({ good, limit, perBuyer }) => ({
        ...{ sku: skus[good] ?? '', price: offerPrices[good] ?? 0, limit },
        ...(perBuyer === undefined ? {} : { perBuyerLimit: perBuyer }),
      }));
      await createCampaign(
        department,
        {
          ...{ slug, name: 'x', kind: 'livestream' as const, channels: [{ id: 'web', name: 'Web' }] },
          ...{ startsAt: clock.toISOString(), endsAt: later(campaignSeconds, clock).toISOString(), offers: asked },
        },
        clock,
      );
      campaigns.push({ slug, skus: asked.map(({ sku }) => sku) });
      return { told: 'done' };
    }

    async function perform(a: Act): Promise<Told> {
      const nothing = { told: 'nothing to do' };
      const done = { told: 'done' };
      switch (a.kind) {
        case 'order': {
          const request = basket(
            a.lines.map(({ good, quantity }) => ({ sku: skus[good] ?? '', quantity })),
            {
              payment: a.transfer ? 'bank_transfer' : 'cod',
              customer: { name: 'Mua', phone: phones[a.buyer] ?? '' },
              ...(a.inCampaign && campaigns.length > 0 ? { campaign: campaigns.at(-1)?.slug } : {}),
            },
          );
          const mail = { request, key: newKey() };
          sent.push(mail);
          return send(mail);
        }
        case 'send again': {
          const mail = nth(sent, a.which);
          if (!mail) return nothing;
          if (!a.changed) return send(mail);
          // With a key that placed nothing another request is a new order: not what this act is about.
          return (await isKnown(mail.key)) ? send({ ...mail, request: { ...mail.request, note: 'khác' } }) : nothing;
        }
        case 'pay again': {
          const message = nth(messages, a.which);
          return message ? tell(message) : nothing;
        }
        case 'refund again': {
          const asked = nth(refunds, a.which);
          return asked ? giveBack(asked) : nothing;
        }
        case 'restock':
          await market.setStock({ sku: skus[a.good] ?? '', quantity: a.quantity, by: lychees, now: clock });
          return done;
        case 'spread': {
          const sku = skus[a.good] ?? '';
          const campaign = a.inCampaign ? campaigns.at(-1) : undefined;
          if (campaign && !campaign.skus.includes(sku)) return done;
          await market.reshardStock({ sku, campaign: campaign?.slug }, a.shards, clock);
          return done;
        }
        case 'open campaign':
          return openCampaign(a.offers);
        case 'end campaign': {
          const campaign = nth(campaigns, a.which);
          if (!campaign) return nothing;
          await endCampaign(department, campaign.slug, clock);
          return done;
        }
        case 'wait':
          clock = later(a.seconds, clock);
          return done;
        case 'expire':
          return { ...done, ...(await at(clock, expire)) };
        case 'turn pages':
          return { ...done, ...(await at(clock, turnPages)) };
      }
      const order = nth(orders, a.which);
      if (!order) return nothing;
      if (a.kind === 'pay') return pay(order.code, a.part, a.tooMuch);
      if (a.kind === 'refund') return refund(order.code, a.part, a.share);
      if (a.kind === 'cancel') await market.cancelOrder(order.code, order.phone, clock);
      else {
        const pkg = nth((await market.readOrder(order.code))?.packages ?? [], a.part);
        await market.sellerDesk.pack(pkg?.sellerId ?? '', order.code, clock);
      }
      return done;
    }

    return {
      skus,
      orders: orders as readonly { code: string; phone: string }[],
      /** A refusal is an answer; anything else thrown is a finding. */
      act: (a: Act): Promise<Told> =>
        perform(a).catch((error: unknown) => {
          if (error instanceof Problem) return { told: error.code };
          throw error;
        }),
      async piles(): Promise<Record<string, Pile>> {
        const places = [
          ...skus.map((sku, good) => [`${good}`, `STOCK#${sku}`] as const),
          ...campaigns.flatMap((c, i) => c.skus.map((sku) => [`${skus.indexOf(sku)} in campaign ${i}`, `OFFER#${c.slug}#${sku}`] as const)),
        ];
        return Object.fromEntries(await Promise.all(places.map(async ([name, pk]) => [name, await pile(pk)] as const)));
      },
      packages: () =>
        Promise.all(
          orders.map(async ({ code }) =>
            ((await market.readOrder(code))?.packages ?? []).map(({ status, paymentStatus, total, refunds = [] }) => ({
              ...{ status, money: paymentStatus, total },
              refunded: refunds.reduce((sum, r) => sum + r.amount, 0),
            })),
          ),
        ),
      /** The reports are brought up to date, then everything is recounted. */
      async audit() {
        for (let i = 0; i < orders.length; i += 75) await projectOrders(orders.slice(i, i + 75).map(({ code }) => ({ code })));
        return (await auditOnce(clock)).differences;
      },
    };
  }
  return { openDay, sweep, at };
}
export type Day = Awaited<ReturnType<Awaited<ReturnType<typeof openDesk>>['openDay']>>;
