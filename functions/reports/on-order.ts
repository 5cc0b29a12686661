import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../platform/log.ts';
import { projectOrders } from './project-orders.ts';

/** Orders projected together: enough to share rows, few enough to try again cheaply. */
const atOnce = 25;

/** Packages changed: project their orders, a part of the batch at a time; on a failure Lambda goes on from that part. */
export const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const first = new Map<string, string>();
  for (const { dynamodb } of event.Records) {
    const code = (dynamodb?.NewImage ?? dynamodb?.OldImage)?.code?.S;
    if (code && !first.has(code)) first.set(code, dynamodb?.SequenceNumber ?? '');
  }
  const codes = [...first.keys()];
  for (let i = 0; i < codes.length; i += atOnce) {
    const part = codes.slice(i, i + atOnce);
    try {
      await projectOrders(part);
    } catch (error) {
      log.error('orders not projected', { count: part.length, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: first.get(part[0] ?? '') ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
};
