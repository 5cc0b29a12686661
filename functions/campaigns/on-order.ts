import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { countOrder } from './count-order.ts';

const processor = new BatchProcessor(EventType.DynamoDBStreams);

/** A package of a campaign's order changed: count that order anew. */
const onPackage = async (record: DynamoDBRecord): Promise<void> => {
  const image = record.dynamodb?.NewImage;
  const campaign = image?.campaign?.S;
  const code = image?.code?.S;
  if (campaign && code) await countOrder(campaign, code);
};

export const handler = (event: DynamoDBStreamEvent, context: Context) => processPartialResponse(event, onPackage, processor, { context });
