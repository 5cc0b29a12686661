import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../../platform/log.ts';

/**
 * Works through a stream's batch, some records at a time and in order; on a failure Lambda goes on from the part that failed.
 * @param size records in a part: enough to share writes, few enough to be done again
 */
export async function inParts(
  { Records }: DynamoDBStreamEvent,
  size: number,
  work: (part: readonly DynamoDBRecord[]) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (let i = 0; i < Records.length; i += size) {
    const part = Records.slice(i, i + size);
    try {
      await work(part);
    } catch (error) {
      log.error('events not told', { count: part.length, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: part[0]?.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
