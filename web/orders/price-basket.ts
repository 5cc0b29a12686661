/** Asks what the basket costs. Goods that are gone or a voucher that does not work must not keep the rest from being priced. */
import type { Quote } from '../../shared/orders/contract.ts';
import type { Address, Delivery } from '../../shared/shipping/contract.ts';
import { call, type Problem } from '../platform/api.ts';
import { type Basket, campaignOf } from './basket.ts';

export interface PricingRequest {
  basket: Basket;
  voucher?: string | undefined;
  delivery?: Delivery;
  shipTo?: Address | undefined;
  lockerId?: string | undefined;
}

export interface Pricing {
  quote?: Quote;
  /** SKUs nobody sells any more; left out of the quote. */
  gone: string[];
  voucherError?: string;
  isCampaignOver: boolean;
  problem?: Problem;
}

/** `lines[2].quantity` → 2: which line a refusal is about. */
export function lineOfPath(path: string): number | undefined {
  const index = /^lines\[(\d+)\]/.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}

export async function priceBasket(request: PricingRequest): Promise<Pricing> {
  let { basket, voucher } = request;
  let campaign = campaignOf(basket);
  const pricing: Pricing = { gone: [], isCampaignOver: false };
  while (basket.length > 0) {
    const answer = await call('POST /api/quotes', {
      body: {
        lines: basket.map(({ sku, quantity }) => ({ sku, quantity })),
        ...(voucher && { voucher }),
        ...(campaign && { campaign }),
        ...(request.delivery && { delivery: request.delivery }),
        ...(request.shipTo && { shipTo: request.shipTo }),
        ...(request.delivery === 'locker' && request.lockerId && { lockerId: request.lockerId }),
      },
    });
    if (answer.ok) return { ...pricing, quote: answer.data };
    const { errors } = answer.problem;
    const refused = new Set(errors.map((e) => lineOfPath(e.path)).filter((i) => i !== undefined));
    const voucherError = errors.find((e) => e.path === 'voucher');
    // Each turn leaves something out, so this ends.
    if (refused.size > 0) {
      pricing.gone.push(...basket.filter((_, i) => refused.has(i)).map((e) => e.sku));
      basket = basket.filter((_, i) => !refused.has(i));
    } else if (voucher && voucherError) {
      pricing.voucherError = voucherError.message;
      voucher = undefined;
    } else if (campaign && errors.some((e) => e.path === 'campaign')) {
      pricing.isCampaignOver = true;
      campaign = undefined;
    } else {
      return { ...pricing, problem: answer.problem };
    }
  }
  return pricing;
}

type QuoteLine = Quote['lines'][number];

/** How many too many a line asks for; 0 when the seller has enough or does not say. */
export const shortBy = (line: Pick<QuoteLine, 'quantity' | 'available'>): number =>
  Math.max(0, line.quantity - (line.available ?? line.quantity));

export const hasShortLine = (quote: Quote): boolean => quote.lines.some((line) => shortBy(line) > 0);
