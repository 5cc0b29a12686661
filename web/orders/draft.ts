/** What a shopper has filled in so far, what is still wrong with it, and the order request made of it. */

import type { Delivery } from '../../shared/shipping/contract.ts';
import type { checkout } from '../i18n/vi/checkout.ts';
import type { Answer, Asked } from '../platform/api.ts';
import { type Basket, campaignOf, channelOf } from './basket.ts';

export type OrderBody = Asked<'POST /api/orders'>['body'];
export type Quote = Answer<'POST /api/quotes'>;

export interface Draft {
  name: string;
  phone: string;
  email: string;
  delivery: Delivery;
  provinceCode: string;
  communeCode: string;
  communeName: string;
  street: string;
  lockerId: string;
  payment: 'cod' | 'bank_transfer';
  wantsInvoice: boolean;
  invoiceName: string;
  taxCode: string;
  invoiceAddress: string;
  invoiceEmail: string;
  note: string;
}

/** Bắc Ninh first: most orders of a provincial market stay near. */
export const emptyDraft: Draft = {
  name: '',
  phone: '',
  email: '',
  delivery: 'home',
  provinceCode: '24',
  communeCode: '',
  communeName: '',
  street: '',
  lockerId: '',
  payment: 'cod',
  wantsInvoice: false,
  invoiceName: '',
  taxCode: '',
  invoiceAddress: '',
  invoiceEmail: '',
  note: '',
};

/** Errors by the path the market would name: `customer.phone` → what to say. */
export type FieldErrors = Readonly<Record<string, string>>;
type ErrorKey = Extract<keyof typeof checkout, `error${string}`>;

/** `0912 345 678`, `0912.345.678` and `+84 912 345 678` are all fine; the market judges the rest. */
export const looksLikePhone = (text: string): boolean => /^(0|\+?84)\d{9,10}$/.test(text.replace(/[\s.()-]/g, ''));

/** What can be seen to be missing without asking the market, by path. */
export function findMistakes(draft: Draft): Record<string, ErrorKey> {
  const mistakes: Record<string, ErrorKey> = {};
  const need = (isFine: boolean, path: string, error: ErrorKey) => {
    if (!isFine) mistakes[path] = error;
  };
  need(draft.name.trim() !== '', 'customer.name', 'errorName');
  need(looksLikePhone(draft.phone), 'customer.phone', 'errorPhone');
  if (draft.delivery === 'home') {
    need(draft.communeCode !== '', 'shipTo.communeCode', 'errorCommune');
    need(draft.street.trim() !== '', 'shipTo.street', 'errorStreet');
  }
  if (draft.delivery === 'locker') need(draft.lockerId !== '', 'lockerId', 'errorLocker');
  if (draft.wantsInvoice) {
    need(draft.invoiceName.trim() !== '', 'invoice.name', 'errorInvoiceName');
    need(draft.invoiceEmail.trim() !== '', 'invoice.email', 'errorInvoiceEmail');
  }
  return mistakes;
}

export const addressOf = (draft: Draft) =>
  draft.delivery === 'home' && draft.communeCode !== ''
    ? { provinceCode: draft.provinceCode, communeCode: draft.communeCode, street: draft.street.trim() || '-' }
    : undefined;

/** The request, with only what was filled in; the same draft always gives the same text, so a repeated key meets the same body. */
export function orderBody(
  draft: Draft,
  basket: Basket,
  options: { voucher?: string; expectedTotal?: number; isCampaignOver?: boolean },
): OrderBody {
  const text = (value: string) => value.trim() || undefined;
  const campaign = options.isCampaignOver ? undefined : campaignOf(basket);
  const channel = channelOf(basket, campaign);
  const shipTo = addressOf(draft);
  const taxCode = text(draft.taxCode);
  const address = text(draft.invoiceAddress);
  const email = text(draft.email);
  const note = text(draft.note);
  return {
    lines: basket.map(({ sku, quantity }) => ({ sku, quantity })),
    customer: { name: draft.name.trim(), phone: draft.phone.trim(), ...(email && { email }) },
    ...(shipTo && { shipTo }),
    delivery: draft.delivery,
    ...(draft.delivery === 'locker' && { lockerId: draft.lockerId }),
    payment: draft.payment,
    ...(options.voucher && { voucher: options.voucher }),
    ...(campaign && { campaign }),
    ...(channel && { channel }),
    ...(options.expectedTotal !== undefined && { expectedTotal: options.expectedTotal }),
    ...(draft.wantsInvoice && {
      invoice: {
        name: draft.invoiceName.trim(),
        email: draft.invoiceEmail.trim(),
        ...(taxCode && { taxCode }),
        ...(address && { address }),
      },
    }),
    ...(note && { note }),
  };
}

const storageKey = 'dang-dat';

/** A reload, or a look back into the basket, must not cost an old hand its typing. Only this tab, only until the order is placed. */
export function readDraft(): Draft {
  try {
    return { ...emptyDraft, ...(JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft;
  }
}
export const writeDraft = (draft: Draft): void => sessionStorage.setItem(storageKey, JSON.stringify(draft));
export const forgetDraft = (): void => sessionStorage.removeItem(storageKey);
