import * as z from 'zod';
import { SkuAsked } from '../catalog/contract.ts';
import { type Contract, Day, Dong, Instant, line, listOf, paging, prose, route } from '../platform/contract.ts';
import { Phone } from '../platform/phone.ts';
import { Address, Delivery } from '../shipping/contract.ts';
import { ledgerKinds } from './ledger.ts';
import { packageStatuses } from './lifecycle.ts';

/** Of one SKU in one order, in however many lines. */
const mostOfOneSku = 9_999;
const LineIn = z.object({ sku: SkuAsked, quantity: z.int().min(1).max(mostOfOneSku) });
const Lines = z
  .array(LineIn)
  .min(1)
  .max(50)
  .superRefine((lines, context) => {
    const sums = new Map<string, number>();
    for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
    // A line that is too large by itself has been named already.
    for (const [i, { sku, quantity }] of lines.entries())
      if (quantity <= mostOfOneSku && (sums.get(sku) ?? 0) > mostOfOneSku)
        context.addIssue({
          code: 'too_big',
          origin: 'number',
          maximum: mostOfOneSku,
          inclusive: true,
          input: lines,
          path: [i, 'quantity'],
        });
  })
  .meta({ description: 'Two lines of one SKU are added up, to at most 9,999' });
/** A sum of many amounts is larger than any of them may be. */
const Sum = z.int().min(0);
const VoucherCode = z.string().trim().min(1).max(40);
const CampaignSlug = z.string().min(1).max(100);

export const paymentMethods = ['cod', 'bank_transfer', 'stripe', 'vnpay'] as const;
export const PaymentMethod = z.enum(paymentMethods);
export type PaymentMethod = (typeof paymentMethods)[number];
export const PaymentStatus = z.enum(['pending', 'paid', 'collect_on_delivery', 'cancelled', 'expired', 'refunded', 'refund_due']);

export const QuoteRequest = z
  .object({
    lines: Lines,
    voucher: VoucherCode.optional(),
    campaign: CampaignSlug.optional(),
    shipTo: Address.optional().meta({ description: 'Absent: shipping is estimated to Hà Nội' }),
    delivery: Delivery.default('home'),
    lockerId: z.string().min(1).max(40).optional().meta({ description: 'With delivery to a locker: shipping is to where it stands' }),
  })
  .meta({ id: 'QuoteRequest' });
export type QuoteRequest = z.infer<typeof QuoteRequest>;

const LineOut = z.object({
  sku: z.string(),
  productSlug: z.string(),
  name: z.string(),
  variant: z.string(),
  unit: z.string(),
  image: z.string().optional(),
  quantity: z.int(),
  unitPrice: Dong,
  total: Sum,
  netWeightGrams: z.int(),
  available: z.int().optional().meta({ description: 'In a quote: how many can be bought right now' }),
  offer: z.boolean().optional().meta({ description: 'Sold at the campaign’s price from its set-aside stock' }),
});

const amounts = { subtotal: Sum, discount: Sum, shipping: Sum, total: Sum };

export const Quote = z
  .object({
    lines: z.array(LineOut),
    ...amounts,
    packages: z.array(z.object({ sellerId: z.string(), sellerName: z.string(), lines: z.array(LineOut), ...amounts })),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof Quote>;

export const OrderRequest = z
  .object({
    lines: Lines,
    customer: z.object({ name: line(100), phone: Phone, email: z.email().max(200).optional() }),
    shipTo: Address.optional().meta({ description: 'Required for delivery to a home' }),
    delivery: Delivery.default('home'),
    lockerId: z.string().min(1).max(40).optional(),
    payment: PaymentMethod,
    voucher: VoucherCode.optional(),
    campaign: CampaignSlug.optional(),
    channel: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)
      .optional()
      .meta({ description: 'Where the order came from; `web` when absent' }),
    expectedTotal: Sum.optional(),
    invoice: z
      .object({
        name: line(200),
        taxCode: z
          .string()
          .regex(/^\d{10}(-?\d{3})?$|^\d{12}$/)
          .optional(),
        address: line(300).optional(),
        email: z.email().max(200),
      })
      .optional(),
    note: prose(500).optional(),
  })
  .refine((o) => o.delivery !== 'home' || o.shipTo !== undefined, {
    path: ['shipTo'],
    message: 'shipTo is required for delivery to a home',
  })
  .refine((o) => o.delivery !== 'locker' || o.lockerId !== undefined, {
    path: ['lockerId'],
    message: 'lockerId is required for delivery to a locker',
  })
  .meta({ id: 'OrderRequest' });
export type OrderRequest = z.infer<typeof OrderRequest>;

const VietQr = z
  .object({
    payload: z.string(),
    bankBin: z.string(),
    accountNumber: z.string(),
    accountName: z.string(),
    amount: Dong,
    content: z.string(),
  })
  .meta({ id: 'VietQr' });

const PackageOut = z
  .object({
    id: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    sellerSlug: z.string(),
    lines: z.array(LineOut),
    ...amounts,
    status: z.enum(packageStatuses),
    payment: z.object({
      method: PaymentMethod,
      status: PaymentStatus,
      amount: Dong,
      expiresAt: z.string().optional(),
      vietqr: VietQr.optional(),
    }),
    refunds: z
      .array(z.object({ id: z.string(), at: z.string(), amount: Dong, reason: z.string() }))
      .optional()
      .meta({ description: 'Money the seller gave back, oldest first' }),
    carrier: z.string().optional(),
    trackingNumber: z.string().optional(),
    history: z.array(z.object({ status: z.string(), at: z.string() })),
  })
  .meta({ id: 'Package' });
export type PackageOut = z.infer<typeof PackageOut>;

export const Order = z
  .object({
    code: z.string(),
    status: z.enum(packageStatuses),
    lines: z.array(LineOut),
    ...amounts,
    packages: z.array(PackageOut),
    payment: z.object({
      method: PaymentMethod,
      status: PaymentStatus,
      redirectUrl: z.string().optional(),
      clientSecret: z.string().optional(),
    }),
    customer: z.object({ name: z.string(), phone: z.string(), email: z.string().optional() }),
    shipTo: z.object({ ...Address.shape, communeName: z.string(), provinceName: z.string() }).optional(),
    delivery: Delivery,
    lockerId: z.string().optional(),
    campaign: z.string().optional(),
    channel: z.string(),
    voucher: z.string().optional(),
    note: z.string().optional(),
    placedAt: z.string(),
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof Order>;

const Complaint = z
  .object({ id: z.string(), packageId: z.string(), kind: z.string(), status: z.literal('received'), receivedAt: z.string(), answerBy: Day })
  .meta({ id: 'Complaint' });
/** The shop offers `not_received`, `damaged`, `wrong_item`, `not_as_described`, `other`; another channel may name its own. */
const ComplaintKind = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);

export const SellerPackage = z
  .object({
    ...PackageOut.shape,
    code: z.string(),
    packageId: z.string(),
    customer: z.object({ name: z.string(), phone: z.string() }),
    shipTo: z.object({ ...Address.shape, communeName: z.string(), provinceName: z.string() }).optional(),
    delivery: Delivery,
    lockerId: z.string().optional(),
    note: z.string().optional(),
    invoice: z.object({ name: z.string(), taxCode: z.string().optional(), address: z.string().optional(), email: z.string() }).optional(),
    acknowledgedAt: z.string().optional(),
    placedAt: z.string(),
  })
  .meta({ id: 'SellerPackage' });
export type SellerPackage = z.infer<typeof SellerPackage>;

const RefundOut = z
  .object({
    id: z.string(),
    code: z.string(),
    packageId: z.string(),
    amount: Dong,
    reason: z.string(),
    at: z.string(),
    refunded: Dong.meta({ description: 'All that was given back of this package so far' }),
    refundable: Dong.meta({ description: 'What can still be given back' }),
    status: z.enum(packageStatuses),
    paymentStatus: PaymentStatus,
  })
  .meta({ id: 'Refund' });
export type RefundOut = z.infer<typeof RefundOut>;

const byCode = z.object({ code: z.string().min(1).max(40) });
const sellerStep = <const P extends `/${string}`>(path: P, summary: string) =>
  ({
    method: 'POST',
    path,
    summary,
    callers: ['seller'],
    params: byCode,
    success: { status: 200, body: SellerPackage },
    problems: ['not_found', 'conflict'],
  }) as const;

export const ordersContract = {
  quote: route({
    method: 'POST',
    path: '/api/quotes',
    summary: 'What a basket costs, package by package; reserves nothing',
    callers: 'anyone',
    body: QuoteRequest,
    success: { status: 200, body: Quote },
  }),
  placeOrder: route({
    method: 'POST',
    path: '/api/orders',
    summary: 'Place an order: all lines or none, never one unit more than there is',
    description:
      'A basket with too many sellers for one write (about 45 with 50 lines) is 422. `out_of_stock` names each short line in `errors[].path`; `price_changed` carries the true `total` and reserves nothing. Goods of which only a recalled lot is left are 422 like goods no longer sold.',
    callers: 'anyone',
    idempotent: true,
    body: OrderRequest,
    success: { status: 201, body: Order },
    problems: ['out_of_stock', 'price_changed', 'conflict', 'rate_limited', 'unavailable'],
  }),
  getOrder: route({
    method: 'GET',
    path: '/api/orders/{code}',
    summary: 'Follow an order by its code and the phone it was placed with',
    callers: 'anyone',
    params: byCode,
    headers: z.object({ 'x-customer-phone': z.string().optional() }),
    success: { status: 200, body: Order },
    problems: ['not_found'],
  }),
  cancelOrder: route({
    method: 'POST',
    path: '/api/orders/{code}/cancel',
    summary: 'Cancel the whole order, before any package is packed',
    callers: 'anyone',
    params: byCode,
    body: z.object({ phone: z.string().min(1).max(40) }),
    success: { status: 200, body: Order },
    problems: ['not_found', 'conflict'],
  }),
  complain: route({
    method: 'POST',
    path: '/api/orders/{code}/complaints',
    summary: 'Complain about a package; the answer is due in 2 to 7 working days, by kind',
    callers: 'anyone',
    params: byCode,
    body: z.object({
      phone: z.string().min(1).max(40),
      packageId: z.string().min(1).max(40),
      kind: ComplaintKind,
      text: prose(2_000).min(1),
    }),
    success: { status: 201, body: Complaint },
    problems: ['not_found', 'rate_limited'],
  }),
  listSellerOrders: route({
    method: 'GET',
    path: '/api/seller/orders',
    summary: 'The seller’s packages, newest first',
    callers: ['seller'],
    query: z.object({ status: z.enum(packageStatuses).optional(), ...paging }),
    success: { status: 200, body: listOf(SellerPackage) },
  }),
  acknowledge: route(sellerStep('/api/seller/orders/{code}/acknowledged', 'The seller has seen the order')),
  pack: route(sellerStep('/api/seller/orders/{code}/packed', 'The package is packed')),
  ship: route({
    ...sellerStep('/api/seller/orders/{code}/shipped', 'The package is handed to a carrier'),
    body: z.object({ carrier: line(60), trackingNumber: line(60) }),
  }),
  deliver: route(sellerStep('/api/seller/orders/{code}/delivered', 'The package has reached the buyer')),
  refund: route({
    method: 'POST',
    path: '/api/seller/orders/{code}/refunds',
    summary: 'The seller gives money back: never more than was paid',
    description:
      'The market holds nobody’s money: the seller sends it to the buyer and records it here. It is taken off the goods first, then off shipping, and off the revenue of its day; what is given back of a package that was cancelled after it was paid settles the buyer’s claim, since the cancellation took off the revenue. With the last đồng the payment is `refunded`; a package that is not shipped yet then ends as `refunded` and its units go back, one that is shipped keeps its status. More than is left is `conflict` with what is (`refundable`).',
    callers: ['seller'],
    idempotent: true,
    params: byCode,
    body: z.object({ amount: Dong.min(1), reason: prose(300).min(1) }),
    success: { status: 201, body: RefundOut },
    problems: ['not_found', 'conflict'],
  }),
  listLedger: route({
    method: 'GET',
    path: '/api/seller/ledger',
    summary: 'Every đồng owed to or by the seller, with tax withheld',
    callers: ['seller'],
    query: z.object({ from: Day.optional(), to: Day.optional() }),
    success: {
      status: 200,
      body: z.object({
        from: Day,
        to: Day,
        items: z.array(
          z.object({
            id: z.string(),
            at: Instant,
            day: Day,
            orderCode: z.string(),
            packageId: z.string(),
            kind: z.enum(ledgerKinds),
            amount: z.int(),
            note: z.string(),
          }),
        ),
        total: z.object({ sales: z.int(), shipping: z.int(), vatWithheld: z.int(), pitWithheld: z.int(), net: z.int() }),
      }),
    },
  }),
} satisfies Contract;
