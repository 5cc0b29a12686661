import { PutCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../platform/config.ts';
import { dynamo } from '../../platform/dynamo.ts';

/*
 *   EVENT_SELLERS   {sellerId}   who has events, for what goes through all of them: written before a seller's first
 */
const table = tables.traceability;
const partition = 'EVENT_SELLERS';

/** Before a seller's first event is written; again it changes nothing. */
export async function registerSeller(sellerId: string): Promise<void> {
  await dynamo.send(new PutCommand({ TableName: table, Item: { pk: partition, sk: sellerId } }));
}

/** Sellers who have events, in pages. */
export async function* readEventSellers(): AsyncIterable<string[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const page: QueryCommandOutput = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        ConsistentRead: true,
        Limit: 1_000,
        ExclusiveStartKey: from,
      }),
    );
    yield (page.Items ?? []).map(({ sk }) => String(sk));
    from = page.LastEvaluatedKey;
  } while (from);
}
