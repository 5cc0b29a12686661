import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../platform/config.ts';
import { dynamo, type Item, type TransactItem } from '../platform/dynamo.ts';

export type Unmatched = 'unknown' | 'too_little' | 'too_much' | 'late' | 'already_paid' | 'wrong_account';

/** Money a bank or gateway told us of, kept whatever becomes of it. */
export interface StoredPayment {
  /** `<provider>#<its id>` */
  id: string;
  provider: 'sepay';
  receivedAt: string;
  amount: number;
  accountNumber: string;
  content: string;
  referenceCode?: string;
  packageId?: string;
  /** Absent: it was matched to its package. */
  reason?: Unmatched;
}

const key = (id: string) => ({ pk: `PAYMENT#${id}`, sk: 'PAYMENT' });

/** The record of a payment, once. */
export const filePayment = (payment: StoredPayment): TransactItem & { Put: object } => ({
  Put: {
    TableName: tables.commerce,
    Item: {
      ...key(payment.id),
      ...(payment.reason ? { gsi1pk: 'PAYMENTS#unmatched', gsi1sk: `${payment.receivedAt}#${payment.id}` } : {}),
      ...payment,
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

export async function readPayment(id: string): Promise<StoredPayment | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: key(id), ConsistentRead: true }));
  return Item as StoredPayment | undefined;
}

/** Files a payment that no package takes; filing it again changes nothing. */
export async function fileUnmatched(payment: StoredPayment & { reason: Unmatched }): Promise<void> {
  const { Put } = filePayment(payment);
  try {
    await dynamo.send(new PutCommand(Put as ConstructorParameters<typeof PutCommand>[0]));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
  }
}

/** Unmatched payments, newest first. */
export async function readUnmatched(limit: number, from: Item | undefined): Promise<{ payments: StoredPayment[]; next: Item | undefined }> {
  const page = await dynamo.send(
    new QueryCommand({
      TableName: tables.commerce,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :p',
      ExpressionAttributeValues: { ':p': 'PAYMENTS#unmatched' },
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: from,
    }),
  );
  return { payments: (page.Items ?? []) as unknown as StoredPayment[], next: page.LastEvaluatedKey };
}
