import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { basket, later, lychees, type Market, newKey, newPhone, now, openMarket } from './market.ts';

/**
 * Any day: whatever people do to one SKU, in whatever order and however many at once, every unit is accounted for. Nobody has thought of
 * these days one by one; fast-check draws them, and names the shortest one that goes wrong.
 */
let market: Market;
let run: typeof import('../../../functions/campaigns/run-campaign.ts');
let confirmPaid: typeof import('../../../functions/orders/confirm-paid.ts').confirmPaid;
let filePayment: typeof import('../../../functions/payments/store.ts').filePayment;
let endPackages: typeof import('../../../functions/orders/end-packages.ts').endPackages;
let readLedger: typeof import('../../../functions/orders/store.ts').readLedger;
beforeAll(async () => {
  market = await openMarket();
  run = await import('../../../functions/campaigns/run-campaign.ts');
  ({ confirmPaid } = await import('../../../functions/orders/confirm-paid.ts'));
  ({ filePayment } = await import('../../../functions/payments/store.ts'));
  ({ endPackages } = await import('../../../functions/orders/end-packages.ts'));
  ({ readLedger } = await import('../../../functions/orders/store.ts'));
});
afterAll(() => market?.stop());

type Act =
  | { kind: 'order'; quantity: number; transfer: boolean; offer: boolean }
  | { kind: 'cancel' | 'pay' | 'expire' | 'pack'; which: number }
  | { kind: 'set'; quantity: number }
  | { kind: 'campaign'; limit: number }
  | { kind: 'end' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      quantity: fc.integer({ min: 1, max: 4 }),
      transfer: fc.boolean(),
      offer: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('cancel' as const, 'pay' as const, 'expire' as const, 'pack' as const),
      which: fc.nat({ max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set' as const), quantity: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('campaign' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const) }) },
);
/** Turns of a few acts each; the acts of a turn happen at once. */
const day = fc.array(fc.array(act, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 });

const department = { id: 'acc_so', role: 'department' as const };
let days = 0;

/** A refusal is an answer; anything else thrown is a finding. */
async function answered(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
}

test.each([1, 3])(
  'in %i counters: the book, the counters, the packages and the ledger agree after any day',
  { timeout: 120_000 },
  async (shards) => {
    await fc.assert(
      fc.asyncProperty(day, async (turns) => {
        const sku = await market.stock('VAI-5KG', 10, { shards });
        const slug = `ngay-${++days}`;
        const orders: { code: string; phone: string }[] = [];
        const perform = async (a: Act): Promise<unknown> => {
          if (a.kind === 'set') return market.setStock({ sku, quantity: a.quantity, by: lychees, now });
          if (a.kind === 'campaign')
            return run.createCampaign(
              department,
              {
                ...{ slug, name: 'x', kind: 'livestream' as const, channels: [{ id: 'web', name: 'Web' }] },
                ...{ startsAt: now.toISOString(), endsAt: later(3_600).toISOString(), offers: [{ sku, price: 290_000, limit: a.limit }] },
              },
              now,
            );
          if (a.kind === 'end') return run.endCampaign(department, slug, now);
          if (a.kind === 'order') {
            const request = basket([{ sku, quantity: a.quantity }], {
              payment: a.transfer ? 'bank_transfer' : 'cod',
              customer: { name: 'Mua', phone: newPhone() },
              ...(a.offer ? { campaign: slug } : {}),
            });
            const placed = await market.place(request, newKey());
            if (placed.outcome === 'placed') orders.push({ code: placed.answer.body.code, phone: request.customer.phone });
            return placed;
          }
          const order = orders[a.which % Math.max(1, orders.length)];
          if (!order) return undefined;
          if (a.kind === 'cancel') return market.cancelOrder(order.code, order.phone, later(60));
          if (a.kind === 'pack') return market.sellerDesk.pack(lychees, order.code, later(60));
          const packages = (await market.readOrder(order.code))?.packages ?? [];
          const [pkg] = packages;
          if (pkg?.status !== 'pending_payment') return undefined;
          if (a.kind === 'expire') return endPackages(packages, 'expired', 'clock', later(900));
          const payment = {
            id: `sepay#${order.code}`,
            provider: 'sepay' as const,
            receivedAt: now.toISOString(),
            amount: pkg.total,
            accountNumber: '',
            content: '',
          };
          return confirmPaid(pkg, filePayment(payment), payment.id, later(30));
        };
        for (const turn of turns) await Promise.all(turn.map((a) => answered(perform(a))));

        await market.assertStockBook(sku);
        // Held units are exactly those of packages that are not over; of the unpaid reserved, of the others sold.
        const packages = (await Promise.all(orders.map((o) => market.readOrder(o.code)))).flatMap((o) => o?.packages ?? []);
        const units = (statuses: string[]) =>
          packages.filter((p) => statuses.includes(p.status)).reduce((sum, p) => sum + p.lines.reduce((n, l) => n + l.quantity, 0), 0);
        const [shelf, offer] = [await market.counters(sku), await market.counters(sku, slug)];
        expect(shelf.reserved + offer.reserved).toBe(units(['pending_payment']));
        expect(shelf.sold + offer.sold).toBe(units(['confirmed', 'packed']));
        // Every package that was paid and stands is in the ledger with its whole price; every other one with nothing.
        const ledger = await readLedger(lychees, '2026-06-15', '2026-06-15');
        for (const pkg of packages) {
          const booked = ledger.filter((l) => l.packageId === pkg.id).reduce((sum, l) => sum + l.amount, 0);
          expect(booked, `${pkg.status} ${pkg.paymentStatus}`).toBe(pkg.paymentStatus === 'paid' ? pkg.total : 0);
        }
      }),
      { numRuns: Number(process.env.DAYS ?? 25), seed: 20_261_122 + shards, endOnFailure: false },
    );
  },
);
