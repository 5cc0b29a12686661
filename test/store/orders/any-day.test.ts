import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Market, openMarket } from './market.ts';
import { type Act, anyAct } from './model/acts.ts';
import { type Day, openDesk } from './model/desk.ts';
import { openShop, type Shop } from './model/shop.ts';

/**
 * Any day: whatever people do, in whatever order and however many at once, every unit and every đồng is accounted for. Nobody has thought
 * of these days one by one; fast-check draws them, and names the shortest one that goes wrong with its seed.
 *
 * DAYS=2000 for a long night, SEED=… to see a day again.
 */
const days = Number(process.env.DAYS ?? 10);
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
const hours = { timeout: 60_000 + days * 4_000 };
const onShelf = 10;

let market: Market;
let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  // Thousands of lines that say what was drawn.
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  desk = await openDesk(market);
});
afterAll(() => market?.stop());

class Step implements fc.AsyncCommand<Shop, Day> {
  readonly act: Act;
  constructor(act: Act) {
    this.act = act;
  }
  check = () => true;
  async run(shop: Shop, day: Day): Promise<void> {
    const expected = shop.act(this.act);
    expect(await day.act(this.act)).toEqual(expected);
    expect(await day.piles()).toEqual(shop.piles());
    expect(await day.packages()).toEqual(shop.orders());
  }
  toString = () => JSON.stringify(this.act);
}

/** The day is over: nobody pays any more, every campaign is closed. */
const byTheClock: readonly Act[] = [{ kind: 'expire' }, { kind: 'turn pages' }];
const closing: readonly Act[] = [{ kind: 'wait', seconds: 3_600 }, ...byTheClock];

test.each([1, 3])('in %i counters: one after the other, every step comes out as on paper', hours, async (shards) => {
  await fc.assert(
    fc.asyncProperty(fc.commands([anyAct.map((act) => new Step(act))], { maxCommands: 30, size: 'max' }), async (steps) => {
      const day = await desk.openDay(onShelf, shards);
      const shop = openShop(onShelf);
      await fc.asyncModelRun(() => ({ model: shop, real: day }), steps);
      await fc.asyncModelRun(
        () => ({ model: shop, real: day }),
        closing.map((act) => new Step(act)),
      );
      expect(await day.audit()).toEqual([]);
    }),
    { numRuns: days, seed, endOnFailure: false },
  );
});

/** Turns of a few acts each; the acts of a turn happen at once. */
const turns = fc.array(fc.array(anyAct, { minLength: 2, maxLength: 6 }), { minLength: 2, maxLength: 6 });

test.each([1, 3])('in %i counters: several at once, the books agree after any day', hours, async (shards) => {
  await fc.assert(
    fc.asyncProperty(turns, async (drawn) => {
      const day = await desk.openDay(onShelf, shards);
      for (const turn of drawn) await Promise.all(turn.map((act) => day.act(act)));
      // What is due is done within a minute; the audit takes later for a fault.
      for (const act of byTheClock) await day.act(act);
      expect(await day.audit()).toEqual([]);
      for (const act of closing) await day.act(act);
      expect(await day.audit()).toEqual([]);

      const packages = (await day.packages()).flat();
      expect(packages.filter((p) => p.status === 'pending_payment')).toEqual([]);
      const piles = await day.piles();
      for (const [name, { available, reserved }] of Object.entries(piles)) {
        expect(reserved, `reserved of ${name}`).toBe(0);
        if (name.includes('campaign')) expect(available, `left of ${name}`).toBe(0);
      }
      for (const sku of day.skus) await market.assertStockBook(sku);
    }),
    // What happens at once does not happen again the same way: a shorter day would tell less than the one that went wrong.
    { numRuns: days, seed, endOnFailure: true },
  );
});
