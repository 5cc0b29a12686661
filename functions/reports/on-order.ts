import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { StoredPackage } from '../orders/find-packages.ts';
import { log } from '../platform/log.ts';
import { projectOrders, type Told } from './project-orders.ts';

/** Orders projected together: their facts and the rows they share fill one transaction. */
const atOnce = 75;

/** The package an event tells of, as it was then. */
function packageOf({ dynamodb }: DynamoDBRecord): StoredPackage | undefined {
  const image = dynamodb?.NewImage;
  return image && (unmarshall(image as Parameters<typeof unmarshall>[0]) as StoredPackage);
}

/** The orders a batch tells of, each with the number of its first record. With one package, the newest event tells the whole order. */
function ordersOf(records: readonly DynamoDBRecord[]): (Told & { first: string })[] {
  const orders = new Map<string, Told & { first: string }>();
  for (const record of records) {
    const { dynamodb } = record;
    const code = (dynamodb?.NewImage ?? dynamodb?.OldImage)?.code?.S;
    if (!code) continue;
    const known = orders.get(code) ?? { code, first: dynamodb?.SequenceNumber ?? '' };
    const isWhole = dynamodb?.NewImage?.of?.N === '1';
    orders.set(code, { code, first: known.first, ...(isWhole ? { packages: [packageOf(record) as StoredPackage] } : {}) });
  }
  return [...orders.values()];
}

/** Packages changed: project their orders, a part of the batch at a time; on a failure Lambda goes on from that part. */
export const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const orders = ordersOf(event.Records);
  for (let i = 0; i < orders.length; i += atOnce) {
    const part = orders.slice(i, i + atOnce);
    try {
      await projectOrders(part);
    } catch (error) {
      log.error('orders not projected', { count: part.length, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: part[0]?.first ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
};
