import { tables } from '../platform/config.ts';
import type { TransactItem } from '../platform/dynamo.ts';

/** How many units at the offer's price one buyer (a hash of the phone) has taken. */
export interface BuyerLimit {
  campaign: string;
  sku: string;
  buyer: string;
  quantity: number;
  limit: number;
}

const key = ({ campaign, sku, buyer }: Pick<BuyerLimit, 'campaign' | 'sku' | 'buyer'>) => ({
  pk: `OFFER#${campaign}#${sku}`,
  sk: `BUYER#${buyer}`,
});

/** Takes a buyer's places; refused when it would pass the limit. A first purchase over the limit has nothing to compare with: refuse it before. */
export const buyerLimitItem = (taken: BuyerLimit): TransactItem => ({
  Update: {
    TableName: tables.commerce,
    Key: key(taken),
    UpdateExpression: 'ADD quantity :q',
    ConditionExpression: 'attribute_not_exists(pk) OR quantity <= :room',
    ExpressionAttributeValues: { ':q': taken.quantity, ':room': taken.limit - taken.quantity },
  },
});

/** Gives a cancelled order's places back. */
export const buyerLimitBack = (taken: Omit<BuyerLimit, 'limit'>): TransactItem => ({
  Update: {
    TableName: tables.commerce,
    Key: key(taken),
    UpdateExpression: 'ADD quantity :back',
    ConditionExpression: 'quantity >= :q',
    ExpressionAttributeValues: { ':back': -taken.quantity, ':q': taken.quantity },
  },
});
