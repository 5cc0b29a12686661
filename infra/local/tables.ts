import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { functions, type TableName, tables } from '../manifest.ts';
import { Stop } from './say.ts';

const timeToLiveAttribute = 'expiresAtSeconds';
const streaming = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
/** A stream that nobody reads is a second write of every item to the embedded engine; on AWS it costs nothing. */
const isFollowed = (table: TableName) => functions.some(({ trigger }) => trigger.kind === 'stream' && trigger.table === table);

const attributesOf = (prefix: string): AttributeDefinition[] =>
  ['pk', 'sk'].map((name) => ({ AttributeName: `${prefix}${name}`, AttributeType: 'S' }));
const keysOf = (prefix: string) => [
  { AttributeName: `${prefix}pk`, KeyType: 'HASH' as const },
  { AttributeName: `${prefix}sk`, KeyType: 'RANGE' as const },
];
const indexOf = (index: string) => ({ IndexName: index, KeySchema: keysOf(index), Projection: { ProjectionType: 'ALL' as const } });

async function describe(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, TableName: TableName): Promise<void> {
  const { indexes } = tables[TableName];
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['', ...indexes].flatMap(attributesOf),
        KeySchema: keysOf(''),
        ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes.map(indexOf) } : {}),
        ...(isFollowed(TableName) ? { StreamSpecification: streaming } : {}),
      }),
    );
  } catch (error) {
    // Another market on the same server made it a moment ago.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName });
}

/** A table made by an earlier version gets what it lacks; items already in it are indexed by the server. */
async function complete(client: DynamoDBClient, TableName: TableName, table: TableDescription): Promise<void> {
  const there = new Set((table.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName));
  for (const index of tables[TableName].indexes.filter((name) => !there.has(name))) {
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: attributesOf(index),
        GlobalSecondaryIndexUpdates: [{ Create: indexOf(index) }],
      }),
    );
  }
  if (isFollowed(TableName) && !table.StreamSpecification?.StreamEnabled)
    await client.send(new UpdateTableCommand({ TableName, StreamSpecification: streaming }));
}

async function keepTimeToLive(client: DynamoDBClient, TableName: string): Promise<void> {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED' || TimeToLiveDescription?.TimeToLiveStatus === 'ENABLING') return;
  await client.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: timeToLiveAttribute } }),
  );
}

/**
 * Makes the tables of the manifest that are missing, with keys, indexes, time to live and, where a function follows it, stream.
 * @returns the streams by table
 */
export async function keepTables(client: DynamoDBClient): Promise<Partial<Record<TableName, string>>> {
  const streams = await Promise.all(
    (Object.keys(tables) as TableName[]).map(async (name) => {
      const before = await describe(client, name);
      await (before ? complete(client, name, before) : create(client, name));
      await keepTimeToLive(client, name);
      if (!isFollowed(name)) return [];
      const stream = (before?.LatestStreamArn ? before : await describe(client, name))?.LatestStreamArn;
      if (!stream)
        throw new Stop(
          `Bảng ${name} không có luồng sự kiện.`,
          `Table ${name} has no stream; the server at DYNAMODB_ENDPOINT must support streams.`,
        );
      return [[name, stream] as const];
    }),
  );
  return Object.fromEntries(streams.flat());
}
