import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { type Random, seeded } from '../faults/faults.ts';
import { type Answer, assertProblem, atOnce, jsonOf, signIn } from './caller.ts';
import { freshFolder, type Market, startMarket } from './market.ts';
import {
  assertReportsCatchUp,
  audit,
  cancel,
  follow,
  type Good,
  isPlaced,
  isSoldOut,
  lastTold,
  lostUnits,
  order,
  type Purchase,
  placedOf,
  putOnSale,
  wish,
} from './rush.ts';

/**
 * A machine that goes down in the middle of a crowd, again and again, on one folder: what was acknowledged is there, what was not can be
 * sent again. KILL_SEED chooses the same moments again, roughly, since the buyers race.
 */
const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31));
const buyers = 24;
/** In all four rounds some 400 orders ask for about 1,200 units. */
const shelf = [200, 300, 400];
const rounds = [
  { what: 'the whole machine', how: 'kill9' },
  { what: 'the whole machine', how: 'kill9' },
  { what: 'only the market’s own process', how: 'kill9Alone' },
  { what: 'the whole machine', how: 'kill9' },
] as const;

const dataDir = freshFolder();
let market: Market | undefined;
afterAll(async () => {
  await market?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Order = NonNullable<ReturnType<typeof placedOf>>;

interface Regret {
  purchase: Purchase;
  /** Absent: the connection broke before it had come. */
  answer?: Answer;
}

/** What the buyers of all rounds did and read. */
interface Memory {
  purchases: Purchase[];
  regrets: Regret[];
}

/** Somebody orders and, now and then, thinks better of it, until the connection breaks. */
async function shop(origin: string, goods: readonly Good[], random: Random, memory: Memory, onPlaced: () => void): Promise<void> {
  for (;;) {
    const first = Math.floor(random() * goods.length);
    const lines = Array.from({ length: 1 + Math.floor(random() * 2) }, (_, i) => ({
      sku: goods[(first + i) % goods.length]?.sku ?? '',
      quantity: 1 + Math.floor(random() * 3),
    }));
    const purchase = wish(lines, random() < 0.3 ? 'bank_transfer' : 'cod');
    memory.purchases.push(purchase);
    const answer = await order(origin, purchase);
    if (isPlaced(answer)) onPlaced();
    else if (!isSoldOut(answer)) throw new Error(`${answer.status} ${answer.text}`);
    if (!isPlaced(answer) || random() < 0.8) continue;
    const regret: Regret = { purchase };
    memory.regrets.push(regret);
    regret.answer = await cancel(origin, placedOf(purchase)?.code ?? '', purchase.phone);
  }
}

/** A crowd that is at it when, after so many acknowledged orders, the market is killed. */
async function crowdUntil(acknowledged: number, kill: () => Promise<void>, oneBuyer: (onPlaced: () => void) => Promise<void>) {
  let left = acknowledged;
  let killed: Promise<void> | undefined;
  const onPlaced = () => {
    if (--left === 0) killed = kill();
  };
  const ends = await Promise.allSettled(Array.from({ length: buyers }, () => oneBuyer(onPlaced)));
  await killed;
  // Nobody's way ends but by the connection, which the fetch of Node tells as a TypeError.
  for (const end of ends) expect(end.status === 'rejected' && end.reason).toBeInstanceOf(TypeError);
}

/** The same key again: the very answer that was read, and whoever read none has exactly one order now or is told that all is sold. */
async function sendAgain(origin: string, purchase: Purchase): Promise<void> {
  const known = purchase.told.find(({ answer }) => isPlaced(answer))?.answer;
  if (isSoldOut(lastTold(purchase))) return;
  const again = await order(origin, purchase);
  if (!known) {
    expect(isPlaced(again) || isSoldOut(again), `${again.status} ${again.text}`).toBe(true);
    return;
  }
  expect([again.status, again.headers['idempotent-replayed']], again.text).toEqual([201, 'true']);
  expect(jsonOf(again)).toEqual(jsonOf(known));
}

/** What was answered stays so; what was not is cancelled by now, or is so on being asked again. */
async function regretAgain(origin: string, { purchase, answer }: Regret): Promise<void> {
  const code = placedOf(purchase)?.code ?? '';
  if (answer) expect(answer.status, answer.text).toBe(200);
  const again = await cancel(origin, code, purchase.phone);
  if (answer || again.status !== 200) assertProblem(again, 'conflict', code);
}

async function followAll(origin: string, purchases: readonly Purchase[]): Promise<Order[]> {
  const found: Order[] = [];
  await atOnce(16, purchases, async (purchase) => {
    const code = placedOf(purchase)?.code;
    if (code === undefined) return;
    const answer = await follow(origin, code, purchase.phone);
    expect(answer.status, `${code} ${answer.text}`).toBe(200);
    found.push(jsonOf<Order>(answer));
  });
  return found;
}

describe(`a crowd, and kill -9 (KILL_SEED=${seed})`, () => {
  const random = seeded(seed);
  const memory: Memory = { purchases: [], regrets: [] };
  let goods: Good[];

  test('before it a market opens', async () => {
    market = await startMarket({ dataDir });
    const token = await signIn(market.origin, 'seller');
    const { origin } = market;
    goods = await Promise.all(shelf.map((put) => putOnSale(origin, token, put)));
  });

  test.each(rounds)('of $what: all that was acknowledged is there, all else can be sent again', async ({ how }) => {
    const running = market as Market;
    const before = memory.purchases.length;
    const regretsBefore = memory.regrets.length;
    const acknowledged = 20 + Math.floor(random() * 60);
    await crowdUntil(acknowledged, running[how], (onPlaced) => shop(running.origin, goods, random, memory, onPlaced));
    const [asked, regrets] = [memory.purchases.slice(before), memory.regrets.slice(regretsBefore)];
    const isAnswered = asked.filter(({ told }) => told.length > 0).length;

    market = await startMarket({ dataDir });
    const { origin } = market;
    await atOnce(16, asked, (purchase) => sendAgain(origin, purchase));
    await atOnce(16, regrets, (regret) => regretAgain(origin, regret));
    console.log(`killed after ${acknowledged}: ${asked.length} asked, ${isAnswered} answered, ${regrets.length} cancelled`);

    const found = await followAll(origin, memory.purchases);
    const codes = memory.purchases.flatMap((purchase) => placedOf(purchase)?.code ?? []);
    expect(found.map(({ code }) => code).sort()).toEqual([...new Set(codes)].sort());
    const isGone = new Set(memory.regrets.map(({ purchase }) => placedOf(purchase)?.code));
    expect(found.filter(({ status, code }) => (status === 'cancelled') !== isGone.has(code))).toEqual([]);
    expect(await lostUnits(origin, goods, found)).toEqual([]);
    await assertReportsCatchUp(origin, await signIn(origin, 'department'), found);
    const audited = await audit({ DATA_DIR: dataDir });
    expect(audited.code, audited.output).toBe(0);
  });
});
