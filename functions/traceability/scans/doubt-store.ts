import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Doubt } from '../../../shared/traceability/scans/contract.ts';
import { tables } from '../../platform/config.ts';
import { dynamo, type Item } from '../../platform/dynamo.ts';

/*
 * What shoppers doubt:
 *   DOUBTS#{gtin}#{lot}   {id}   one report, its id beginning with its day; gsi1 DOUBTS / {at}#{id} lists all, newest first. A code that
 *                                was never issued has no lot.
 */
const table = tables.traceability;
const partition = (gtin: string, lot: string | undefined): string => `DOUBTS#${gtin}#${lot ?? ''}`;
export const allDoubts = 'DOUBTS';

/** Keeps a report once; answers when the one that stands was received. */
export async function putDoubt(doubt: Doubt, expiresAtSeconds: number): Promise<string> {
  const { id, at } = doubt;
  try {
    await dynamo.send(
      new PutCommand({
        TableName: table,
        Item: { pk: partition(doubt.gtin, doubt.lot), sk: id, gsi1pk: allDoubts, gsi1sk: `${at}#${id}`, ...doubt, expiresAtSeconds },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return at;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item?.at?.S ?? at;
  }
}

/** All reports, newest first. */
export async function listAllDoubts(limit: number, after: Item | undefined): Promise<{ doubts: Doubt[]; next: Item | undefined }> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :all',
      ExpressionAttributeValues: { ':all': allDoubts },
      ScanIndexForward: false,
      Limit: limit,
      ...(after ? { ExclusiveStartKey: after } : {}),
    }),
  );
  return { doubts: Items as Doubt[], next: LastEvaluatedKey };
}

/** Reports about a lot's items, the newest days first. */
export async function readLotDoubts(gtin: string, lot: string, limit: number): Promise<Doubt[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition(gtin, lot) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items as Doubt[];
}
