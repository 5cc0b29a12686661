import * as z from 'zod';
import { ordersContract } from '../../shared/orders/contract.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { sellerOf } from '../accounts/seller-of.ts';
import { door } from '../platform/door.ts';
import { replayed } from '../platform/idempotency.ts';
import { quote } from './basket.ts';
import { cancelOrder } from './cancel-order.ts';
import { complain } from './complain.ts';
import { orderOfBuyer } from './follow-order.ts';
import { type Placed, placeOrder } from './place-order.ts';
import { refundPackage } from './refund-package.ts';
import { acknowledge, deliver, ledgerOf, listSellerPackages, pack, ship } from './seller-packages.ts';
import { shownOrder } from './show-order.ts';

const { PAYMENT_WINDOW_SECONDS: paymentWindowSeconds } = z
  .object({ PAYMENT_WINDOW_SECONDS: z.coerce.number().int().min(1).max(2_592_000).default(900) })
  .parse(process.env);

function refusal(placed: Exclude<Placed, { outcome: 'placed' }>): Problem {
  if (placed.outcome === 'price_changed')
    return new Problem(
      'price_changed',
      { vi: 'Giá đã thay đổi. Xin xem lại tổng tiền rồi đặt lại.', en: 'The price has changed. Please check the total and order again.' },
      { extra: { total: placed.total } },
    );
  return new Problem(
    'out_of_stock',
    { vi: 'Một số mặt hàng không còn đủ số lượng.', en: 'There is not enough left of some items.' },
    {
      errors: placed.short.map(({ index, left }) => ({
        path: `lines[${index}].quantity`,
        message: left > 0 ? { vi: `Chỉ còn ${left}.`, en: `Only ${left} left.` } : { vi: 'Đã hết hàng.', en: 'Sold out.' },
      })),
    },
  );
}

export const handler = door(ordersContract, {
  quote: async ({ body, now }) => ({ body: await quote(body, now) }),
  async placeOrder({ body, idempotencyKey, now }) {
    const placed = await placeOrder(body, idempotencyKey, { paymentWindowSeconds }, now);
    if (placed.outcome !== 'placed') throw refusal(placed);
    return { ...placed.answer, headers: placed.isReplay ? replayed : {} };
  },
  async getOrder({ params, headers, now }) {
    const { order, packages } = await orderOfBuyer(params.code, headers['x-customer-phone']);
    return { body: shownOrder(order, packages, now) };
  },
  cancelOrder: async ({ params, body, now }) => ({ body: await cancelOrder(params.code, body.phone, now) }),
  complain: async ({ params, body, now }) => ({ body: await complain(params.code, body, now) }),
  listSellerOrders: async ({ caller, query, now }) => ({ body: await listSellerPackages((await sellerOf(caller)).id, query, now) }),
  acknowledge: async ({ caller, params, now }) => ({ body: await acknowledge((await sellerOf(caller)).id, params.code, now) }),
  pack: async ({ caller, params, now }) => ({ body: await pack((await sellerOf(caller)).id, params.code, now) }),
  ship: async ({ caller, params, body, now }) => ({ body: await ship((await sellerOf(caller)).id, params.code, body, now) }),
  deliver: async ({ caller, params, now }) => ({ body: await deliver((await sellerOf(caller)).id, params.code, now) }),
  async refund({ caller, params, body, idempotencyKey, now }) {
    const { status, answer, isRepeat } = await refundPackage((await sellerOf(caller)).id, params.code, body, idempotencyKey, now);
    return { status, body: answer, headers: isRepeat ? replayed : {} };
  },
  listLedger: async ({ caller, query, now }) => ({ body: await ledgerOf((await sellerOf(caller)).id, query, now) }),
});
