import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Voucher } from '../../shared/orders/pricing.ts';
import { tables } from '../platform/config.ts';
import { dynamo, type TransactItem } from '../platform/dynamo.ts';

/** People type codes in any case. */
export const voucherKey = (code: string) => ({ pk: `VOUCHER#${code.toUpperCase()}`, sk: 'VOUCHER' });

/** Takes one use of a voucher; its limit can't be passed. */
export const useVoucher = (voucher: Voucher & { limit: number }): TransactItem => ({
  Update: {
    TableName: tables.commerce,
    Key: voucherKey(voucher.code),
    UpdateExpression: 'ADD used :one',
    ConditionExpression: 'used < #limit',
    ExpressionAttributeNames: { '#limit': 'limit' },
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Writes a voucher that does not exist yet. */
export const saveVoucher = (voucher: Voucher & { limit: number; endsAt: string }) =>
  dynamo.send(new PutCommand({ TableName: tables.commerce, Item: { ...voucherKey(voucher.code), ...voucher, used: 0 } }));
