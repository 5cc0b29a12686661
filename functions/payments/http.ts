import { paymentsContract } from '../../shared/payments/contract.ts';
import { decodeCursor, encodeCursor, isPlaceOf } from '../platform/cursor.ts';
import { door } from '../platform/door.ts';
import { secret } from '../platform/secrets.ts';
import { takeTransfer, verifySepay } from './sepay-webhook.ts';
import { readUnmatched } from './store.ts';

export const handler = door(paymentsContract, {
  async sepayWebhook({ body, headers, now }) {
    const key = await secret('SEPAY_WEBHOOK_SECRET');
    if (!key) throw new Error('SEPAY_WEBHOOK_SECRET is not set: bank notifications cannot be checked');
    verifySepay(body, headers['x-sepay-signature'], headers['x-sepay-timestamp'], key, now);
    await takeTransfer(body, now);
    return { body: { success: true as const } };
  },
  async listPayments({ query }) {
    const { payments, next } = await readUnmatched(query.limit, decodeCursor(query.cursor, isPlaceOf('PAYMENTS#unmatched')));
    return {
      body: {
        items: payments.map(({ id, provider, receivedAt, amount, accountNumber, content, reason, packageId }) => ({
          ...{ id, provider, receivedAt, amount, accountNumber, content, packageId },
          reason: reason ?? ('unknown' as const),
        })),
        ...(next ? { nextCursor: encodeCursor(next) } : {}),
      },
    };
  },
});
