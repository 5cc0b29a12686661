/** The least a function that talks to DynamoDB can be: what the orders bundle is compared with. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Only has to be there: nothing calls it. */
export const handler = async () => {
  await dynamo.send(new BatchGetCommand({ RequestItems: {} }));
  await dynamo.send(new QueryCommand({ TableName: 'commerce' }));
  await dynamo.send(new TransactWriteCommand({ TransactItems: [] }));
};
