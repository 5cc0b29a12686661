import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { Order, OrderRequest } from '../../shared/orders/contract.ts';
import { planStock } from '../../shared/orders/stock.ts';
import { invalid, Problem } from '../../shared/platform/problem.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import { type BuyerLimit, buyerLimitItem } from '../campaigns/buyer-limit.ts';
import { maxTransactItems, type TransactItem, transact } from '../platform/dynamo.ts';
import { findReplay, type IdempotencyRequest, idempotencyKey, type Recorded, recordAnswer, replayOf } from '../platform/idempotency.ts';
import { newOrderCode } from '../platform/ids.ts';
import { type Limit, limitKey, takePlace } from '../platform/limits.ts';
import { jitter } from '../platform/retry.ts';
import { findSeller } from '../sellers/find-seller.ts';
import { type Basket, type BasketLine, judgeBasket, readBasket } from './basket.ts';
import type { Holding, StoredAddress, StoredOrder, StoredPackage } from './records.ts';
import { shownOrder } from './show-order.ts';
import { type HeldAs, movement, takeUnits } from './stock-store.ts';
import { orderPk, putOrder, putPackage } from './store.ts';
import { useVoucher } from './vouchers.ts';

type Shown = z.input<typeof Order>;

export type Placed =
  | { outcome: 'placed'; answer: Recorded<Shown>; isReplay: boolean }
  | { outcome: 'out_of_stock'; short: { index: number; left: number }[] }
  | { outcome: 'price_changed'; total: number };

const perPhone: Limit = { name: 'orders-per-phone', max: 10, windowSeconds: 60 };

/** A phone number never stands in a key. */
const subjectOf = (phone: string) => createHash('sha256').update(phone).digest('base64url').slice(0, 24);

/** A stale plan is planned anew; each attempt reads again, so this many in a row means something else is wrong. */
const maxAttempts = 30;

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
  const idempotency: IdempotencyRequest = { scope: 'orders', key, body: request, now };
  // Before any refusal the key is looked up once more: what was missing may be what this very order's twin has just taken.
  const twin = async (): Promise<Placed | undefined> => {
    const first = await findReplay<Shown>(idempotency);
    return first && { outcome: 'placed', answer: first, isReplay: true };
  };
  try {
    const placed = await tryToPlace(request, idempotency, settings, now);
    return placed.outcome === 'placed' ? placed : ((await twin()) ?? placed);
  } catch (error) {
    const placed = error instanceof Problem && error.code !== 'idempotency_conflict' ? await twin() : undefined;
    if (placed) return placed;
    throw error;
  }
}

async function tryToPlace(
  request: OrderRequest,
  idempotency: IdempotencyRequest,
  settings: { paymentWindowSeconds: number },
  now: Date,
): Promise<Placed> {
  const phone = subjectOf(request.customer.phone);
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const read = await readBasket(request, now, [idempotencyKey(idempotency), limitKey(perPhone, phone)]);
    const at = (k: { pk: string; sk: string }) => read.items.get(`${k.pk}|${k.sk}`);
    const before = replayOf<Shown>(idempotency, at(idempotencyKey(idempotency)));
    if (before) return { outcome: 'placed', answer: before, isReplay: true };

    const basket = await judgeBasket(request, read, now);
    if (request.expectedTotal !== undefined && request.expectedTotal !== basket.priced.total)
      return { outcome: 'price_changed', total: basket.priced.total };
    const place = takePlace(perPhone, phone, at(limitKey(perPhone, phone)), now);
    const held = planAll(basket.lines, request.campaign);
    if ('short' in held) return { outcome: 'out_of_stock', short: held.short };

    const limits = buyerLimits(basket.lines, request.campaign, phone);
    refuseOverLimit(
      limits.find((l) => l.quantity > l.limit),
      basket.lines,
    );
    const { order, packages } = await writeUp(request, basket, { holdings: held.holdings, limits }, settings, now);
    const answer = { status: 201, body: shownOrder(order, packages, now) };
    const as: HeldAs = packages[0]?.status === 'pending_payment' ? 'reserved' : 'sold';
    const taken = [...held.holdings.values()].flat();
    const items: TransactItem[] = [
      recordAnswer(idempotency, answer),
      putOrder(order),
      place,
      ...limits.map(buyerLimitItem),
      ...packages.map(putPackage),
      ...taken.map((holding) => takeUnits(holding, as)),
      movement(orderPk(order.code), 'placed', {
        kind: as,
        at: order.placedAt,
        by: 'buyer',
        lines: taken.map((h) => ({ ...h, quantity: -h.quantity })),
      }),
      ...(basket.voucher ? [useVoucher(basket.voucher)] : []),
    ];
    if (items.length > maxTransactItems) throw tooManySellers();
    const result = await transact(items);
    if (result.ok) return { outcome: 'placed', answer, isReplay: false };
    refuseOverLimit(
      result.refused.map((r) => limits[r.index - 3]).find((l) => l !== undefined),
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
function planAll(
  lines: readonly BasketLine[],
  campaign: string | undefined,
): { holdings: Map<string, Holding[]> } | { short: { index: number; left: number }[] } {
  const holdings = new Map<string, Holding[]>();
  const short: { index: number; left: number }[] = [];
  for (const line of lines) {
    const plan = planStock(line.shards, line.quantity, Math.random());
    const left = line.shards.reduce((sum, s) => sum + Math.max(0, s.available), 0);
    if (!plan) short.push(...line.indexes.map((index) => ({ index, left })));
    else
      holdings.set(
        line.sku.sku,
        plan.map((allocation) => ({ sku: line.sku.sku, ...(line.offer ? { campaign } : {}), ...allocation })),
      );
  }
  return short.length > 0 ? { short } : { holdings };
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

function addressOf(request: OrderRequest): StoredAddress | undefined {
  const { shipTo } = request;
  const commune = shipTo && findCommune(shipTo.communeCode);
  return shipTo && commune ? { ...shipTo, communeName: commune.fullName, provinceName: commune.province.fullName } : undefined;
}

/** The order and its packages as they will be stored. */
async function writeUp(
  request: OrderRequest,
  basket: Basket,
  held: { holdings: Map<string, Holding[]>; limits: readonly BuyerLimit[] },
  settings: { paymentWindowSeconds: number },
  now: Date,
): Promise<{ order: StoredOrder; packages: StoredPackage[] }> {
  const { subtotal, discount, shipping, total } = basket.priced;
  const placedAt = now.toISOString();
  const shared = {
    code: newOrderCode(),
    customer: request.customer,
    shipTo: addressOf(request),
    delivery: request.delivery,
    lockerId: request.lockerId,
    campaign: basket.campaign,
    channel: request.channel ?? 'web',
    note: request.note,
    invoice: request.invoice,
    placedAt,
  };
  const bySku = new Map(basket.lines.map((l) => [l.sku.sku, l.sku]));
  const isPrepaid = request.payment !== 'cod';
  const packages = await Promise.all(
    basket.priced.packages.map(async (priced, i): Promise<StoredPackage> => {
      const sku = bySku.get(priced.lines[0]?.sku ?? '');
      const seller = await findSeller(priced.sellerId);
      if (!sku || !seller) throw new Error(`seller ${priced.sellerId} of a published SKU is missing`);
      const status = isPrepaid ? 'pending_payment' : 'confirmed';
      return {
        ...shared,
        id: `${shared.code}-${i + 1}`,
        n: i + 1,
        sellerId: seller.id,
        sellerName: seller.name,
        sellerSlug: seller.slug,
        legalType: seller.legalType,
        communeCode: sku.communeCode,
        communeName: sku.communeName,
        lines: priced.lines.map((line) => {
          const s = bySku.get(line.sku) ?? sku;
          return {
            ...{
              sku: s.sku,
              productSlug: s.productSlug,
              name: s.productName,
              variant: s.variantName,
              unit: s.unit,
              image: s.image,
              category: s.category,
            },
            ...{
              quantity: line.quantity,
              unitPrice: line.unitPrice,
              total: line.total,
              discount: line.discount,
              netWeightGrams: s.netWeightGrams,
            },
            ...(line.offer ? { offer: true } : {}),
            buyerLimit: held.limits.filter((l) => l.sku === line.sku).map(({ buyer, quantity }) => ({ buyer, quantity }))[0],
            holdings: held.holdings.get(line.sku) ?? [],
          };
        }),
        ...{ subtotal: priced.subtotal, discount: priced.discount, shipping: priced.shipping, total: priced.total },
        status,
        payment: request.payment,
        paymentStatus: isPrepaid ? 'pending' : 'collect_on_delivery',
        ...(isPrepaid
          ? { expiresAt: new Date(now.getTime() + settings.paymentWindowSeconds * 1000).toISOString(), bank: seller.bank }
          : {}),
        history: [{ status, at: placedAt }],
        version: 1,
      };
    }),
  );
  const order: StoredOrder = {
    ...shared,
    payment: request.payment,
    voucher: basket.voucher?.code,
    subtotal,
    discount,
    shipping,
    total,
    skus: basket.lines.map((l) => l.sku.sku),
  };
  return { order, packages };
}
