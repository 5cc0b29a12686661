import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../../../infra/local/engine.ts';
import { keepTables } from '../../../infra/local/tables.ts';
import { type FaultProxyOptions, faultRates, startFaultProxy } from '../../faults/proxy.ts';
import { startEngine } from '../engine.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
/** Past the proxy, to see what is really there. */
let straight: DynamoDBClient;
beforeAll(async () => {
  engine = await startEngine();
  straight = new DynamoDBClient(clientOptions(engine.endpoint));
});
afterAll(() => engine?.stop());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A proxy with a client that never tries again, both ended with the test. */
async function proxied(options: Omit<FaultProxyOptions, 'target'> = {}) {
  const proxy = await startFaultProxy({ target: engine.endpoint, seed: 1, ...options });
  const client = new DynamoDBClient({ ...clientOptions(proxy.endpoint), maxAttempts: 1 });
  const streams = new DynamoDBStreamsClient({ ...clientOptions(proxy.endpoint), maxAttempts: 1 });
  ends.push(
    () => client.destroy(),
    () => streams.destroy(),
    () => proxy.stop(),
  );
  return { proxy, client, streams };
}

const TableName = 'commerce';
let names = 0;
/** The key of an item nobody has written. */
const newKey = () => ({ pk: { S: `FAULT#${++names}` }, sk: { S: 'ITEM' } });
type Key = ReturnType<typeof newKey>;

const put = (Item: Key) => new PutItemCommand({ TableName, Item });
const get = (Key: Key) => new GetItemCommand({ TableName, Key, ConsistentRead: true });
const addOne = (Key: Key) => ({
  TableName,
  Key,
  UpdateExpression: 'ADD #n :one',
  ExpressionAttributeNames: { '#n': 'n' },
  ExpressionAttributeValues: { ':one': { N: '1' } },
});
const remove = (Key: Key) => new DeleteItemCommand({ TableName, Key });
const write = (items: TransactWriteItem[], ClientRequestToken?: string) =>
  new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken });
const putAll = (keys: Key[]) => write(keys.map((Item) => ({ Put: { TableName, Item } })));
const readAll = (keys: Key[]) => new TransactGetItemsCommand({ TransactItems: keys.map((Key) => ({ Get: { TableName, Key } })) });
const isThere = async (key: Key) => (await straight.send(get(key))).Item !== undefined;
const numberOf = async (key: Key) => (await straight.send(get(key))).Item?.n?.N;

interface Refusal {
  name: string;
  code?: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
  CancellationReasons?: { Code?: string; Message?: string }[];
}
/** @throws when there was no refusal */
const refusal = (sent: Promise<unknown>): Promise<Refusal> =>
  sent.then(
    () => Promise.reject(new Error('went through')),
    (error: Refusal) => error,
  );
/** `ok`, or how the SDK calls what went wrong; of a broken connection its code. */
const outcome = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'ok',
    (error: Refusal) => error.code ?? error.name,
  );
const codesOf = ({ CancellationReasons }: Refusal) => CancellationReasons?.map(({ Code }) => Code);

async function tally(count: number, run: () => Promise<string>): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (let i = 0; i < count; i++) {
    const name = await run();
    seen[name] = (seen[name] ?? 0) + 1;
  }
  return seen;
}
const everyRate = { ...faultRates(1), transactionConflict: 1 };
const noCounts = {
  transactionConflict: 0,
  throttled: 0,
  failedBefore: 0,
  lostAnswer: 0,
  refusedConnection: 0,
  unprocessed: 0,
  repeated: 0,
  split: 0,
  slow: 0,
  overlap: 0,
};

describe('on a good day', () => {
  test('everything passes, and nothing is counted', async () => {
    const { proxy, client, streams } = await proxied({ overlap: true });
    const [a, b] = [newKey(), newKey()];
    await client.send(putAll([a, b]));
    await client.send(new UpdateItemCommand(addOne(a)));
    expect((await client.send(get(a))).Item).toEqual({ ...a, n: { N: '1' } });
    expect((await client.send(readAll([a, b]))).Responses).toEqual([{ Item: { ...a, n: { N: '1' } } }, { Item: b }]);
    await client.send(remove(b));
    expect(await isThere(b)).toBe(false);
    expect(await shardOf(client, streams, TableName)).toBeDefined();
    expect(proxy.counts()).toEqual(noCounts);
  });

  test('what the engine refuses is refused in its words', async () => {
    const { client } = await proxied();
    const key = newKey();
    const isNew = { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
    const once = () => client.send(write([{ Put: { TableName, Item: key, ...isNew } }]));
    await once();
    expect(await refusal(once())).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: key }],
    });
  });
});

describe('a bad day', () => {
  test('leaves the management of tables alone', async () => {
    const { proxy, client } = await proxied({ rates: everyRate, overlap: true });
    expect((await client.send(new ListTablesCommand())).TableNames).toContain(TableName);
    await keepTables(client);
    await client.send(
      new CreateTableCommand({
        TableName: 'another',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    expect((await client.send(new DescribeTableCommand({ TableName: 'another' }))).Table?.TableStatus).toBe('ACTIVE');
    expect(proxy.counts()).toEqual(noCounts);
  });

  test('ends while it is paused, and as soon as its rates are nought', async () => {
    const { proxy, client } = await proxied({ rates: { refusedConnection: 1 } });
    expect(await outcome(client.send(put(newKey())))).toBe('ECONNRESET');
    proxy.pause();
    expect(await outcome(client.send(put(newKey())))).toBe('ok');
    proxy.resume();
    expect(await outcome(client.send(put(newKey())))).toBe('ECONNRESET');
    proxy.setRates({});
    expect(await outcome(client.send(put(newKey())))).toBe('ok');
    expect(proxy.counts()).toEqual({ ...noCounts, refusedConnection: 2 });
  });

  test('an engine that is gone is a broken connection', async () => {
    const proxy = await startFaultProxy({ target: 'http://127.0.0.1:9' });
    const client = new DynamoDBClient({ ...clientOptions(proxy.endpoint), maxAttempts: 1 });
    expect(await outcome(client.send(new ListTablesCommand()))).toBe('ECONNRESET');
    expect(await outcome(client.send(put(newKey())))).toBe('ECONNRESET');
    client.destroy();
    await proxy.stop();
  });

  test('with the same seed is the same day again', async () => {
    const day = async (seed: number) => {
      const { proxy, client } = await proxied({ seed, rates: faultRates(0.6), slowMs: 1 });
      const keys = [newKey(), newKey(), newKey()];
      const outcomes: string[] = [];
      for (let i = 0; i < 20; i++) {
        outcomes.push(await outcome(client.send(put(newKey()))));
        const cancelled = await client.send(putAll(keys)).catch((error: Refusal) => error);
        outcomes.push('name' in cancelled ? `${cancelled.code ?? cancelled.name} ${codesOf(cancelled)}` : 'ok');
        const batch = new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys } } });
        const answer = await client.send(batch).catch((error: Refusal) => error);
        const left = 'UnprocessedKeys' in answer ? answer.UnprocessedKeys?.[TableName]?.Keys : [];
        outcomes.push(
          'name' in answer ? (answer.code ?? answer.name) : `left ${left?.map((key) => keys.findIndex((k) => k.pk.S === key.pk?.S))}`,
        );
      }
      return { outcomes, counts: proxy.counts(), seed: proxy.seed };
    };
    const first = await day(7);
    expect(first.seed).toBe(7);
    expect(await day(7)).toEqual(first);
    expect((await day(8)).outcomes).not.toEqual(first.outcomes);
    expect(new Set(first.outcomes).size).toBeGreaterThan(8);
  });

  test('befalls the share of writes it is told to, all faults together', async () => {
    const { proxy, client } = await proxied({ rates: faultRates(0.2), slowMs: 0 });
    const seen = await tally(300, () => outcome(client.send(put(newKey()))));
    const { slow, ...counts } = proxy.counts();
    const total = Object.values(counts).reduce((a, b) => a + b, 0);
    expect(300 - (seen.ok ?? 0)).toBe(total);
    for (const share of [total, slow]) {
      expect(share).toBeGreaterThan(40);
      expect(share).toBeLessThan(80);
    }
    expect(counts).toMatchObject({ unprocessed: 0, repeated: 0, split: 0, overlap: 0 });
    for (const name of ['transactionConflict', 'throttled', 'failedBefore', 'lostAnswer', 'refusedConnection'] as const)
      expect(counts[name], name).toBeGreaterThan(5);
  });
});

describe('transactionConflict', () => {
  test('cancels transactions before anything is written, with one reason per item', async () => {
    const { proxy, client } = await proxied({ rates: { transactionConflict: 1 } });
    const keys = [newKey(), newKey(), newKey()];
    for (const command of [putAll(keys), readAll(keys)] as const) {
      const { name, message, $metadata, CancellationReasons } = await refusal(client.send(command as ReturnType<typeof putAll>));
      expect(name).toBe('TransactionCanceledException');
      expect($metadata?.httpStatusCode).toBe(400);
      expect(CancellationReasons).toHaveLength(3);
      expect(CancellationReasons).toContainEqual({ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' });
      for (const reason of CancellationReasons ?? [])
        expect([{ Code: 'None' }, { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }]).toContainEqual(reason);
      expect(message).toBe(
        `Transaction cancelled, please refer cancellation reasons for specific reasons [${CancellationReasons?.map((r) => r.Code).join(', ')}]`,
      );
    }
    for (const key of keys) expect(await isThere(key)).toBe(false);
    expect(proxy.counts()).toEqual({ ...noCounts, transactionConflict: 2 });
  });

  test('refuses plain writes, never plain reads', async () => {
    const { proxy, client } = await proxied({ rates: { transactionConflict: 1 } });
    const key = newKey();
    for (const sent of [client.send(put(key)), client.send(new UpdateItemCommand(addOne(key))), client.send(remove(key))])
      expect(await refusal(sent)).toMatchObject({
        name: 'TransactionConflictException',
        message: 'Transaction is ongoing for the item',
        $metadata: { httpStatusCode: 400 },
      });
    expect(await isThere(key)).toBe(false);
    const query = { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': key.pk } };
    expect(await outcome(client.send(get(key)))).toBe('ok');
    expect(await outcome(client.send(new QueryCommand(query)))).toBe('ok');
    expect(await outcome(client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key, newKey()] } } })))).toBe('ok');
    expect(proxy.counts()).toEqual({ ...noCounts, transactionConflict: 3 });
  });
});

describe('throttled', () => {
  test('refuses in each of the three ways, and writes nothing', async () => {
    const { proxy, client } = await proxied({ rates: { throttled: 1 } });
    const key = newKey();
    const seen = await tally(60, () => outcome(client.send(put(key))));
    expect(Object.keys(seen).sort()).toEqual(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);
    expect(await outcome(client.send(get(key)))).toMatch(/^(?:Provisioned|RequestLimit|Throttling)/);
    expect(await isThere(key)).toBe(false);
    expect(proxy.counts()).toEqual({ ...noCounts, throttled: 61 });
  });

  test('may cancel a transaction instead, with the reason at an item', async () => {
    const { client } = await proxied({ rates: { throttled: 1 } });
    const keys = [newKey(), newKey()];
    const seen = await tally(100, async () => {
      const error = await refusal(client.send(putAll(keys)));
      return [error.name, ...new Set(codesOf(error)?.filter((code) => code !== 'None'))].join(' ');
    });
    expect(Object.keys(seen).sort()).toEqual([
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ThrottlingException',
      'TransactionCanceledException ProvisionedThroughputExceeded',
      'TransactionCanceledException ThrottlingError',
    ]);
    for (const key of keys) expect(await isThere(key)).toBe(false);
  });
});

test('failedBefore: DynamoDB’s own failure, and nothing is written', async () => {
  const { proxy, client } = await proxied({ rates: { failedBefore: 1 } });
  const key = newKey();
  const seen = await tally(40, async () => {
    const { name, $metadata } = await refusal(client.send(put(key)));
    return `${$metadata?.httpStatusCode} ${name}`;
  });
  expect(Object.keys(seen).sort()).toEqual(['500 InternalServerError', '503 ServiceUnavailable']);
  expect(await outcome(client.send(putAll([key])))).toMatch(/^(?:InternalServerError|ServiceUnavailable)$/);
  expect(await isThere(key)).toBe(false);
  expect(proxy.counts()).toEqual({ ...noCounts, failedBefore: 41 });
});

test('refusedConnection: the line is cut, and nothing is written', async () => {
  const { proxy, client } = await proxied({ rates: { refusedConnection: 1 } });
  const key = newKey();
  expect(await outcome(client.send(put(key)))).toBe('ECONNRESET');
  expect(await outcome(client.send(putAll([key])))).toBe('ECONNRESET');
  expect(await outcome(client.send(get(key)))).toBe('ECONNRESET');
  expect(await isThere(key)).toBe(false);
  expect(proxy.counts()).toEqual({ ...noCounts, refusedConnection: 3 });
});

describe('lostAnswer', () => {
  test('every write is done, and its caller sees a broken line or a failure', async () => {
    const { proxy, client } = await proxied({ rates: { lostAnswer: 1 } });
    const key = newKey();
    const seen = await tally(40, () => outcome(client.send(new UpdateItemCommand(addOne(key)))));
    expect(Object.keys(seen).sort()).toEqual(['ECONNRESET', 'InternalServerError']);
    expect(await numberOf(key)).toBe('40');
    expect(proxy.counts()).toEqual({ ...noCounts, lostAnswer: 40 });
  });

  test('a transaction sent again under its token is written once', async () => {
    const { proxy, client } = await proxied({ rates: { lostAnswer: 1 } });
    const key = newKey();
    const again = () => outcome(client.send(write([{ Update: addOne(key) }], 'token-lost')));
    expect([await again(), await again(), await again()]).not.toContain('ok');
    expect(await numberOf(key)).toBe('1');
    // DynamoDB knows the token, so neither rivals nor bad days can cancel what is written.
    proxy.setRates({ transactionConflict: 1 });
    expect(await again()).toBe('ok');
    expect(await numberOf(key)).toBe('1');
    proxy.setRates({ throttled: 1 });
    const seen = await tally(40, again);
    expect(Object.keys(seen).sort()).toEqual(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);
  });

  test('the SDK’s own trying again gets over it', async () => {
    const { proxy } = await proxied({ seed: 2, rates: { lostAnswer: 0.5 } });
    const patient = new DynamoDBClient({ ...clientOptions(proxy.endpoint), maxAttempts: 12 });
    ends.push(() => patient.destroy());
    const key = newKey();
    for (let i = 0; i < 10; i++) await patient.send(write([{ Update: addOne(key) }]));
    expect(await numberOf(key)).toBe('10');
    expect(proxy.counts().lostAnswer).toBeGreaterThan(3);
  });
});

describe('unprocessed', () => {
  const keys = Array.from({ length: 12 }, newKey);
  const other = { TableName: 'traceability', keys: Array.from({ length: 3 }, newKey) };
  const sorted = (items: (Key | Record<string, AttributeValue>)[]) => items.map((item) => String(item.pk?.S)).sort();

  test('a batch is written in part, and asking for the rest again and again writes it all', async () => {
    const { proxy, client } = await proxied({ rates: { unprocessed: 1 } });
    const puts = (some: Key[]) => some.map((Item) => ({ PutRequest: { Item } }));
    let RequestItems: BatchWriteItemCommand['input']['RequestItems'] = {
      [TableName]: puts(keys),
      [other.TableName]: puts(other.keys),
    };
    const rounds: number[] = [];
    while (Object.keys(RequestItems ?? {}).length > 0) {
      const before = Object.values(RequestItems ?? {}).flat().length;
      ({ UnprocessedItems: RequestItems } = await client.send(new BatchWriteItemCommand({ RequestItems })));
      const left = Object.values(RequestItems ?? {}).flat().length;
      expect(left).toBeLessThan(before);
      if (before > 1) expect(left).toBeGreaterThan(0);
      rounds.push(before);
    }
    // A last round of one piece cannot be divided.
    expect(rounds.length).toBeGreaterThan(2);
    expect(rounds.at(-1)).toBe(1);
    expect(proxy.counts()).toEqual({ ...noCounts, unprocessed: rounds.length - 1 });
    for (const key of keys) expect(await isThere(key)).toBe(true);
  });

  test('a batch is read in part, and asking for the rest again and again reads it all', async () => {
    const { proxy, client } = await proxied({ rates: { unprocessed: 1 } });
    let RequestItems: BatchGetItemCommand['input']['RequestItems'] = {
      [TableName]: { Keys: keys, ConsistentRead: true },
      [other.TableName]: { Keys: other.keys, ConsistentRead: true },
    };
    const found: Record<string, AttributeValue>[] = [];
    let rounds = 0;
    while (Object.keys(RequestItems ?? {}).length > 0) {
      const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput = await client.send(new BatchGetItemCommand({ RequestItems }));
      const read = Object.values(Responses ?? {}).flat();
      expect(read.length).toBeGreaterThan(0);
      found.push(...read);
      rounds++;
      RequestItems = UnprocessedKeys;
      for (const left of Object.values(RequestItems ?? {})) expect(left.ConsistentRead).toBe(true);
    }
    expect(sorted(found)).toEqual(sorted([...keys, ...other.keys]));
    expect(rounds).toBeGreaterThan(2);
    expect(proxy.counts()).toEqual({ ...noCounts, unprocessed: rounds - 1 });
  });
});

test('slow: every answer is held back, and is the right one', async () => {
  const { proxy, client } = await proxied({ rates: { slow: 1 }, slowMs: 60 });
  const began = performance.now();
  const seen = await tally(10, () => outcome(client.send(put(newKey()))));
  const tookMs = performance.now() - began;
  expect(seen).toEqual({ ok: 10 });
  // Ten times 30 ms on the average.
  expect(tookMs).toBeGreaterThan(150);
  expect(proxy.counts()).toEqual({ ...noCounts, slow: 10 });
});

async function shardOf(client: DynamoDBClient, streams: DynamoDBStreamsClient, table: string) {
  const StreamArn = (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.LatestStreamArn;
  const ShardId = (await streams.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription?.Shards?.[0]?.ShardId;
  const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
  return (await streams.send(new GetShardIteratorCommand(from))).ShardIterator;
}

describe('streams', () => {
  const written = Array.from({ length: 8 }, newKey);
  beforeAll(async () => {
    // A table of its own: nothing else is in its stream.
    await straight.send(
      new CreateTableCommand({
        TableName: 'streamed',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
    for (const Item of written) await straight.send(new PutItemCommand({ TableName: 'streamed', Item }));
  });
  const namesOf = (records: StreamRecord[]) => records.map((record) => record.dynamodb?.Keys?.pk?.S);
  const all = written.map((key) => key.pk.S);

  test('repeated: the same records come again, until one day they do not', async () => {
    const { proxy, client, streams } = await proxied({ rates: { repeated: 1 } });
    const ShardIterator = await shardOf(client, streams, 'streamed');
    const look = (from?: string) => streams.send(new GetRecordsCommand({ ShardIterator: from, Limit: 5 }));
    const first = await look(ShardIterator);
    expect(namesOf(first.Records ?? [])).toEqual(all.slice(0, 5));
    expect(first.NextShardIterator).toBe(ShardIterator);
    const second = await look(first.NextShardIterator);
    expect(second.Records).toEqual(first.Records);
    proxy.setRates({});
    const third = await look(second.NextShardIterator);
    expect(third.Records).toEqual(first.Records);
    const fourth = await look(third.NextShardIterator);
    expect(namesOf(fourth.Records ?? [])).toEqual(all.slice(5));
    // An empty look cannot be repeated to any effect.
    proxy.setRates({ repeated: 1 });
    expect((await look(fourth.NextShardIterator)).Records).toEqual([]);
    expect(proxy.counts()).toEqual({ ...noCounts, repeated: 2 });
  });

  test('split: records come one, two or three at a time, all of them and in their order', async () => {
    const { proxy, client, streams } = await proxied({ rates: { split: 1 } });
    let iterator = await shardOf(client, streams, 'streamed');
    const looks: StreamRecord[][] = [];
    for (let seen = 0; seen < written.length; seen += looks.at(-1)?.length ?? 0) {
      const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1_000 }));
      expect(Records.length).toBeGreaterThan(0);
      expect(Records.length).toBeLessThan(4);
      looks.push(Records);
      iterator = NextShardIterator;
    }
    expect(namesOf(looks.flat())).toEqual(all);
    expect(new Set(looks.map((records) => records.length)).size).toBeGreaterThan(1);
    expect(proxy.counts()).toEqual({ ...noCounts, split: looks.length });
  });

  test('are throttled in their own words', async () => {
    const { proxy, client, streams } = await proxied();
    const ShardIterator = await shardOf(client, streams, 'streamed');
    proxy.setRates({ throttled: 1 });
    const seen = await tally(40, () => outcome(streams.send(new GetRecordsCommand({ ShardIterator }))));
    expect(Object.keys(seen).sort()).toEqual(['LimitExceededException', 'ThrottlingException']);
  });
});

describe('overlap', () => {
  /** Long enough for whatever a test sends meanwhile. */
  const longMs = [1_000, 1_000] as const;
  /** Until the transaction that has been sent holds the item. One asking is refused. */
  async function untilHeld(client: DynamoDBClient, key: Key): Promise<void> {
    while ((await outcome(client.send(readAll([key])))) === 'ok') await wait(5);
  }

  test('of two transactions at once that share an item one goes through, and the other is told which item', async () => {
    const { proxy, client } = await proxied({ overlap: true, holdMs: longMs });
    const [a, shared, b] = [newKey(), newKey(), newKey()];
    const [first, second] = await Promise.allSettled([client.send(putAll([a, shared])), client.send(putAll([shared, b]))]);
    const refused = [first, second].flatMap((settled) => (settled.status === 'rejected' ? [settled.reason as Refusal] : []));
    expect(refused).toHaveLength(1);
    const isFirst = first.status === 'rejected';
    expect(refused[0]).toMatchObject({
      name: 'TransactionCanceledException',
      message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${isFirst ? 'None, TransactionConflict' : 'TransactionConflict, None'}]`,
    });
    const conflict = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
    expect(refused[0]?.CancellationReasons).toEqual(isFirst ? [{ Code: 'None' }, conflict] : [conflict, { Code: 'None' }]);
    expect([await isThere(a), await isThere(shared), await isThere(b)]).toEqual([!isFirst, true, isFirst]);
    expect(proxy.counts()).toEqual({ ...noCounts, overlap: 1 });
    // Nothing is held once both are answered.
    await client.send(putAll([a, shared, b]));
  });

  test('disjoint transactions go through at once', async () => {
    const { proxy, client } = await proxied({ overlap: true, holdMs: longMs });
    const keys = Array.from({ length: 10 }, newKey);
    const began = performance.now();
    await Promise.all(keys.map((key) => client.send(putAll([key]))));
    expect(performance.now() - began).toBeLessThan(5_000);
    for (const key of keys) expect(await isThere(key)).toBe(true);
    expect(proxy.counts()).toEqual(noCounts);
  });

  test('whatever a transaction does to an item, rivals for it are refused, and only plain readers are not', async () => {
    const { proxy, client } = await proxied({ overlap: true, holdMs: longMs });
    const [added, changed, removed, checked, free] = [newKey(), newKey(), newKey(), newKey(), newKey()];
    await client.send(putAll([removed, checked]));
    const held = client.send(
      write([
        { Put: { TableName, Item: { ...added, note: { S: 'đã có' } } } },
        { Update: addOne(changed) },
        { Delete: { TableName, Key: removed } },
        { ConditionCheck: { TableName, Key: checked, ConditionExpression: 'attribute_exists(pk)' } },
      ]),
    );
    await untilHeld(client, added);
    const rivals = [added, changed, removed, checked].flatMap((key) => [
      outcome(client.send(put(key))),
      outcome(client.send(new UpdateItemCommand(addOne(key)))),
      outcome(client.send(remove(key))),
      refusal(client.send(readAll([free, key]))).then((error) => `${error.name} ${codesOf(error)}`),
      refusal(client.send(write([{ Update: addOne(free) }, { Update: addOne(key) }]))).then((error) => `${error.name} ${codesOf(error)}`),
    ]);
    const plainly = 'TransactionConflictException';
    const cancelled = 'TransactionCanceledException None,TransactionConflict';
    expect(await Promise.all(rivals)).toEqual(Array(4).fill([plainly, plainly, plainly, cancelled, cancelled]).flat());
    for (const key of [added, changed, removed, checked]) expect(await outcome(client.send(get(key)))).toBe('ok');
    expect(await outcome(client.send(put({ ...checked, sk: { S: 'ANOTHER' } })))).toBe('ok');
    expect(await outcome(client.send(put(free)))).toBe('ok');
    await held;
    expect(await numberOf(changed)).toBe('1');
    expect([await isThere(added), await isThere(removed), await isThere(checked)]).toEqual([true, false, true]);
    expect(proxy.counts()).toEqual({ ...noCounts, overlap: 1 + 20 });
  });

  test('the same transaction sent again meanwhile hears that it is in progress, and is written once', async () => {
    const { client } = await proxied({ overlap: true, holdMs: longMs });
    const key = newKey();
    const send = () => client.send(write([{ Update: addOne(key) }], 'token-twice'));
    const held = send();
    await untilHeld(client, key);
    expect(await outcome(send())).toBe('TransactionInProgressException');
    await held;
    expect(await outcome(send())).toBe('ok');
    expect(await numberOf(key)).toBe('1');
  });

  test('a refused transaction holds nothing, and neither does one the engine refused', async () => {
    const { client } = await proxied({ overlap: true, rates: { transactionConflict: 1 } });
    const key = newKey();
    expect(await outcome(client.send(putAll([key])))).toBe('TransactionCanceledException');
    const { client: calm } = await proxied({ overlap: true });
    const isThereAlready = { ConditionExpression: 'attribute_exists(pk)' };
    expect(await outcome(calm.send(write([{ Put: { TableName, Item: key, ...isThereAlready } }])))).toBe('TransactionCanceledException');
    expect(await outcome(calm.send(putAll([key])))).toBe('ok');
  });

  test('many buyers of one item at once: with patience everyone is counted', async () => {
    const { proxy, client } = await proxied({ overlap: true });
    const key = newKey();
    const buy = async (): Promise<void> => {
      while ((await outcome(client.send(write([{ Update: addOne(key) }])))) !== 'ok') await wait(Math.random() * 40);
    };
    await Promise.all(Array.from({ length: 25 }, buy));
    expect(await numberOf(key)).toBe('25');
    expect(proxy.counts().overlap).toBeGreaterThan(20);
  });
});
