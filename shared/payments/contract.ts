import * as z from 'zod';
import { type Contract, listOf, paging, route } from '../platform/contract.ts';

/** SePay's bank notification (developer.sepay.vn, webhooks). Unknown members are kept out of our records. */
export const SepayNotification = z.object({
  id: z.union([z.int(), z.string().min(1).max(64)]),
  gateway: z.string().max(100).nullish(),
  transactionDate: z.string().max(40).nullish(),
  accountNumber: z.string().max(40),
  subAccount: z.string().max(60).nullish(),
  code: z.string().max(100).nullish(),
  content: z.string().max(1_000).nullish(),
  transferType: z.enum(['in', 'out']),
  transferAmount: z.int().min(0).max(1_000_000_000_000),
  referenceCode: z.string().max(100).nullish(),
});
export type SepayNotification = z.infer<typeof SepayNotification>;

const UnmatchedPayment = z.object({
  id: z.string(),
  provider: z.string(),
  receivedAt: z.string(),
  amount: z.int(),
  accountNumber: z.string(),
  content: z.string(),
  reason: z.enum(['unknown', 'too_little', 'too_much', 'late', 'already_paid', 'wrong_account']),
  packageId: z.string().optional(),
});

export const paymentsContract = {
  sepayWebhook: route({
    method: 'POST',
    path: '/api/payments/sepay/webhook',
    summary: 'SePay tells of a bank transfer; signed over the raw body',
    callers: 'anyone',
    headers: z.object({ 'x-sepay-signature': z.string().max(200).optional(), 'x-sepay-timestamp': z.string().max(20).optional() }),
    body: 'raw',
    success: { status: 200, body: z.object({ success: z.literal(true) }) },
    problems: ['invalid_signature'],
  }),
  listPayments: route({
    method: 'GET',
    path: '/api/admin/payments',
    summary: 'Money that no package was waiting for, kept for a person',
    callers: ['admin'],
    query: z.object({ status: z.enum(['unmatched']).default('unmatched'), ...paging }),
    success: { status: 200, body: listOf(UnmatchedPayment) },
  }),
} satisfies Contract;
