import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { isTold } from '../../../shared/traceability/market-events/package-events.ts';
import { assumeLots } from './assume-lots.ts';
import { inParts } from './in-parts.ts';
import { orderOf, tellPackages } from './tell-packages.ts';

const atOnce = 25;

/** The package that has just taken a step worth telling; what is on the way to being packed costs nothing here. */
function packageOf({ dynamodb }: DynamoDBRecord): string[] {
  const after = dynamodb?.NewImage;
  const status = after?.status?.S;
  const isStep = status !== undefined && isTold(status) && dynamodb?.OldImage?.status?.S !== status;
  return isStep && after?.id?.S !== undefined ? [after.id.S] : [];
}

/** Packages were packed, shipped, delivered or came back: lots that nobody named are, where there is no choice, and EPCIS events are written. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  inParts(event, atOnce, async (part) => {
    const now = new Date();
    const packageIds = part.flatMap(packageOf);
    await Promise.all(packageIds.map((id) => assumeLots(orderOf(id), now)));
    await tellPackages(packageIds, now);
  });
