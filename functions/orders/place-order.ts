import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { type Counter, counterName, took } from '../../shared/orders/book.ts';
import type { Order, OrderRequest } from '../../shared/orders/contract.ts';
import { type Allocation, planStock } from '../../shared/orders/stock.ts';
import { invalid, Problem } from '../../shared/platform/problem.ts';
import { type BuyerLimit, buyerLimitItem } from '../campaigns/buyer-limit.ts';
import { isLiveNow } from '../campaigns/find-offers.ts';
import { maxTransactItems, type TransactItem, transact } from '../platform/dynamo.ts';
import type { Recorded } from '../platform/idempotency.ts';
import { type Limit, limitKey, takePlace } from '../platform/limits.ts';
import { jitter } from '../platform/retry.ts';
import { type BasketLine, judgeBasket, readBasket } from './basket.ts';
import { keepStockFluent } from './keep-stock-fluent.ts';
import { type Asked, askedBy, isOf, orderCode } from './order-code.ts';
import { holdingsOf, type StoredOrder } from './records.ts';
import { shownAsPlaced, shownOrder } from './show-order.ts';
import { isStill, moveUnits } from './stock-store.ts';
import { orderKey, putOrder, putPackage, readOrder } from './store.ts';
import { useVoucher } from './vouchers.ts';
import { writeUp } from './write-up.ts';

type Shown = z.input<typeof Order>;

export type Placed =
  | { outcome: 'placed'; answer: Recorded<Shown>; isReplay: boolean }
  | { outcome: 'out_of_stock'; short: { index: number; left: number }[] }
  | { outcome: 'price_changed'; total: number };

const perPhone: Limit = { name: 'orders-per-phone', max: 10, windowSeconds: 60 };

/** A phone number never stands in a key. */
const subjectOf = (phone: string) => createHash('sha256').update(phone).digest('base64url').slice(0, 24);

/** A stale plan is planned anew, some fifty times in this long; then the buyer is told to come again, before Lambda's time is over. */
const longestMs = 9_000;
/** Who meets other buyers on a counter this often reads again: they may have split it by then. */
const maxConflicts = 3;

/**
 * Places an order, as a shopkeeper would: see whether this very order was placed before, price the basket, look whether there is
 * enough, then take stock, write order and packages, and note the answer — in one write, all or none.
 * When a rival was faster the plan is made again from what is left, until it is sold or truly sold out.
 *
 * @throws Problem 422 (unknown things), `rate_limited`, `conflict` (over a campaign's limit per buyer), `idempotency_conflict`
 */
export async function placeOrder(
  request: OrderRequest,
  key: string,
  settings: { paymentWindowSeconds: number },
  now: Date,
): Promise<Placed> {
  refuseUnconnected(request);
  const asked = askedBy(key, request);
  // Before any refusal the key is looked up once more: what was missing may be what this very order's twin has just taken.
  try {
    const placed = await tryToPlace(request, asked, settings, now);
    return placed.outcome === 'placed' ? placed : ((await twinOf(asked)) ?? placed);
  } catch (error) {
    const placed = error instanceof Problem && error.code !== 'idempotency_conflict' ? await twinOf(asked) : undefined;
    if (placed) return placed;
    throw error;
  }
}

/** The first answer to a key that was used before, rebuilt from the order it placed; undefined for a new key. */
async function twinOf(asked: Asked): Promise<Placed | undefined> {
  for (let n = 0; ; n++) {
    const found = await readOrder(orderCode(asked, n));
    if (!found) return undefined;
    if (!isOf(found.order, asked)) continue;
    return { outcome: 'placed', answer: { status: 201, body: shownAsPlaced(found.order, found.packages) }, isReplay: true };
  }
}

async function tryToPlace(request: OrderRequest, asked: Asked, settings: { paymentWindowSeconds: number }, now: Date): Promise<Placed> {
  const phone = subjectOf(request.customer.phone);
  const latest = performance.now() + longestMs;
  const contended = new Map<string, Counter>();
  let n = 0;
  for (let attempt = 1; performance.now() < latest; attempt++) {
    const code = orderCode(asked, n);
    const read = await readBasket(request, now, [orderKey(code), limitKey(perPhone, phone)]);
    const at = (k: { pk: string; sk: string }) => read.items.get(`${k.pk}|${k.sk}`);
    const there = at(orderKey(code)) as StoredOrder | undefined;
    const twin = there && isOf(there, asked) ? await twinOf(asked) : undefined;
    if (twin) return twin;
    if (there) {
      n++;
      continue;
    }

    const basket = await judgeBasket(request, read, now);
    if (request.expectedTotal !== undefined && request.expectedTotal !== basket.priced.total)
      return { outcome: 'price_changed', total: basket.priced.total };
    const place = takePlace(perPhone, phone, at(limitKey(perPhone, phone)), now);
    const plan = planAll(basket.lines);
    if ('short' in plan) {
      if (await isHonest(request, basket.lines, now)) return { outcome: 'out_of_stock', short: plan.short };
      await jitter(attempt);
      continue;
    }

    const limits = buyerLimits(basket.lines, request.campaign, phone);
    refuseOverLimit(
      limits.find((l) => l.quantity > l.limit),
      basket.lines,
    );
    const written = await writeUp(code, request, basket, { taken: plan.taken, limits }, settings, now);
    const { packages } = written;
    const taken = packages.flatMap(holdingsOf);
    const takenAs = request.payment === 'cod' ? 'sold' : 'reserved';
    const order: StoredOrder = { ...written.order, asked, taken, takenAs };
    const counters = moveUnits(taken.map((holding) => took(holding, takenAs)));
    const items: TransactItem[] = [
      putOrder(order),
      place,
      ...limits.map(buyerLimitItem),
      ...packages.map(putPackage),
      ...counters.map(({ item }) => item),
      ...(basket.voucher ? [useVoucher(basket.voucher)] : []),
    ];
    if (items.length > maxTransactItems) throw tooManySellers();
    const result = await transact(items, { maxConflicts });
    const first = 2 + limits.length + packages.length;
    for (const index of result.contended) {
      const counter = counters[index - first]?.move;
      if (counter) contended.set(counterName(counter), counter);
    }
    if (result.ok) {
      await keepStockFluent(basket.lines, [...contended.values()], now);
      return { outcome: 'placed', answer: { status: 201, body: shownOrder(order, packages, now) }, isReplay: false };
    }
    refuseOverLimit(
      result.refused.map((r) => limits[r.index - 2]).find((l) => l !== undefined),
      basket.lines,
    );
    await jitter(attempt);
  }
  throw new Problem(
    'unavailable',
    {
      vi: 'Chợ đang rất đông. Xin gửi lại, sẽ không bị tính hai lần.',
      en: 'The market is very busy. Send it again; it will not count twice.',
    },
    { retryAfterSeconds: 1 },
  );
}

/** What is not connected says so, and takes no order it could not be paid for. */
function refuseUnconnected({ payment }: OrderRequest): void {
  if (payment === 'stripe' || payment === 'vnpay')
    throw invalid('payment', {
      vi: 'Cách thanh toán này chưa được kết nối. Xin chọn trả tiền khi nhận hàng hoặc chuyển khoản.',
      en: 'This way to pay is not connected yet. Please choose cash on delivery or a bank transfer.',
    });
}

const tooManySellers = () =>
  invalid('lines', {
    vi: 'Giỏ hàng có quá nhiều người bán. Xin tách thành hai đơn.',
    en: 'The basket has too many sellers for one order. Please split it in two.',
  });

/** From which counters every line is taken; or every line that is short, with what is left of it. */
function planAll(lines: readonly BasketLine[]): { taken: Map<string, Allocation[]> } | { short: { index: number; left: number }[] } {
  const taken = new Map<string, Allocation[]>();
  const short: { index: number; left: number }[] = [];
  for (const { sku, stock, quantity, indexes } of lines) {
    const plan = planStock(stock.shards, quantity, Math.random());
    const left = stock.shards.reduce((sum, s) => sum + Math.max(0, s.available), 0);
    if (plan) taken.set(sku.sku, plan);
    else short.push(...indexes.map((index) => ({ index, left })));
  }
  return short.length > 0 ? { short } : { taken };
}

/**
 * Whether what was read may be told to a buyer who gets nothing. Counters were not read in one instant: units of a place with several
 * may have been arranged anew meanwhile, and a campaign's brought back to the shelf.
 */
async function isHonest(request: OrderRequest, lines: readonly BasketLine[], now: Date): Promise<boolean> {
  const split = lines.filter(({ stock }) => stock.shards.length > 1).map(({ place, stock }) => ({ ...place, epoch: stock.epoch }));
  if (split.length > 0 && !(await isStill(split))) return false;
  if (request.campaign === undefined || !lines.some(({ offer }) => offer)) return true;
  return isLiveNow(request.campaign, now);
}

function buyerLimits(lines: readonly BasketLine[], campaign: string | undefined, buyer: string): BuyerLimit[] {
  return lines.flatMap((line) =>
    campaign !== undefined && line.offer?.perBuyerLimit !== undefined
      ? [{ campaign, sku: line.sku.sku, buyer, quantity: line.quantity, limit: line.offer.perBuyerLimit }]
      : [],
  );
}

function refuseOverLimit(limit: BuyerLimit | undefined, lines: readonly BasketLine[]): void {
  if (!limit) return;
  const index = lines.find((l) => l.sku.sku === limit.sku)?.index ?? 0;
  throw new Problem(
    'conflict',
    { vi: `Mỗi người được mua tối đa ${limit.limit} với giá ưu đãi.`, en: `At most ${limit.limit} per buyer at this price.` },
    { errors: [{ path: `lines[${index}].quantity`, message: { vi: `Tối đa ${limit.limit}.`, en: `At most ${limit.limit}.` } }] },
  );
}
