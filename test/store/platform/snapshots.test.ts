import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEngine } from '../engine.ts';
import { loseAnswer } from '../orders/market.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let dynamo: typeof import('../../../functions/platform/dynamo.ts').dynamo;
let snapshots: typeof import('../../../functions/platform/snapshots.ts').snapshots;
/** Another process: its writes are not seen by this one. */
let elsewhere: DynamoDBDocumentClient;
beforeAll(async () => {
  engine = await startEngine();
  ({ dynamo } = await import('../../../functions/platform/dynamo.ts'));
  ({ snapshots } = await import('../../../functions/platform/snapshots.ts'));
  elsewhere = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'ap-southeast-1',
      endpoint: engine.endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
});
afterAll(() => engine?.stop());

const TableName = 'commerce';
let partitions = 0;
const newPk = () => `SNAPSHOT#${++partitions}`;
const keyOf = (pk: string) => ({ pk, sk: 'N' });
const put = (pk: string, n: number) => new PutCommand({ TableName, Item: { ...keyOf(pk), n } });

/** Snapshots of numbers in the engine, with a clock that stands still until it is set, and a count of what was read. */
function counter(more: { most?: number } = {}) {
  const time = { now: 1_000_000 };
  let reads = 0;
  /** What the next load waits for between reading and giving its value. */
  let hold: Promise<unknown> | undefined;
  const kept = snapshots<number | undefined>({ maxAgeMs: 1_000, clock: () => time.now, ...more });
  const load = (pk: string) => async () => {
    const held = hold;
    const { Item } = await dynamo.send(new GetCommand({ TableName, Key: keyOf(pk), ConsistentRead: true }));
    reads++;
    await held;
    if (Item?.n === -1) throw new Error('unreadable');
    return { value: Item?.n as number | undefined, madeOf: [pk] };
  };
  return {
    time,
    size: kept.size,
    ask: (pk: string) => kept.get(pk, load(pk)),
    reads: () => reads,
    /** A load that has read, and gives its value when `go` is called. */
    async holdOne(pk: string) {
      const held = Promise.withResolvers<void>();
      const before = reads;
      hold = held.promise;
      const answer = kept.get(pk, load(pk));
      answer.catch(() => undefined);
      hold = undefined;
      await expect.poll(() => reads, { interval: 5 }).toBe(before + 1);
      return { answer, go: held.resolve };
    },
  };
}
const many = <T>(count: number, ask: () => Promise<T>) => Promise.all(Array.from({ length: count }, ask));

describe('a snapshot', () => {
  test('is read once by 200 who ask at once, and not again by those who ask after', async () => {
    const { ask, reads } = counter();
    const pk = newPk();
    await dynamo.send(put(pk, 1));
    expect(new Set(await many(200, () => ask(pk)))).toEqual(new Set([1]));
    await ask(pk);
    expect(reads()).toBe(1);
  });

  test('hides another process’s write for less than its maximum age', async () => {
    const { ask, time } = counter();
    const pk = newPk();
    await elsewhere.send(put(pk, 1));
    expect(await ask(pk)).toBe(1);
    await elsewhere.send(put(pk, 2));
    time.now += 999;
    expect(await ask(pk)).toBe(1);
    time.now += 1;
    expect(await ask(pk)).toBe(2);
  });

  test('is as old as the beginning of its load, and nobody joins a load that is too old', async () => {
    const { ask, time, holdOne } = counter();
    const pk = newPk();
    await elsewhere.send(put(pk, 1));
    const slow = await holdOne(pk);
    await elsewhere.send(put(pk, 2));
    time.now += 1_000;
    expect(await ask(pk)).toBe(2);
    slow.go();
    expect(await slow.answer).toBe(1);
    expect(await ask(pk)).toBe(2);
  });

  test('does not last longer because a clock was set back', async () => {
    const { ask, time } = counter();
    const pk = newPk();
    await elsewhere.send(put(pk, 1));
    await ask(pk);
    await elsewhere.send(put(pk, 2));
    time.now -= 3_600_000;
    expect(await ask(pk)).toBe(2);
  });

  test('of many things: those loaded longest ago go first', async () => {
    const { ask, reads, size, time } = counter({ most: 3 });
    const [a, b, c, d] = [newPk(), newPk(), newPk(), newPk()];
    for (const pk of [a, b, c]) await ask(pk);
    time.now += 1_000;
    for (const pk of [a, d]) await ask(pk);
    expect([reads(), size()]).toEqual([5, 3]);
    for (const pk of [a, d]) await ask(pk);
    expect(reads()).toBe(5);
    await ask(b);
    expect([reads(), size()]).toEqual([6, 3]);
  });
});

describe('an own write', () => {
  const writes = {
    put: (pk: string) => put(pk, 2),
    update: (pk: string) =>
      new UpdateCommand({ TableName, Key: keyOf(pk), UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': 2 } }),
    delete: (pk: string) => new DeleteCommand({ TableName, Key: keyOf(pk) }),
    'transaction of put, update and delete': (pk: string) =>
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: keyOf(newPk()) } },
          { Delete: { TableName, Key: keyOf(newPk()) } },
          { Update: { TableName, Key: keyOf(pk), UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': 2 } } },
        ],
      }),
    'batch of puts': (pk: string) =>
      new BatchWriteCommand({
        RequestItems: { [TableName]: [{ PutRequest: { Item: keyOf(newPk()) } }, { PutRequest: { Item: { ...keyOf(pk), n: 2 } } }] },
      }),
    'batch of deletes': (pk: string) => new BatchWriteCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: keyOf(pk) } }] } }),
  };

  test.each(Object.entries(writes))('%s is seen by whoever asks next', async (name, write) => {
    const { ask, reads } = counter();
    const [pk, other] = [newPk(), newPk()];
    await dynamo.send(put(pk, 1));
    expect([await ask(pk), await ask(other)]).toEqual([1, undefined]);
    // A union of commands is none that `send` takes.
    await dynamo.send(write(pk) as PutCommand);
    expect(await ask(pk)).toBe(name.includes('delete') && !name.includes('update') ? undefined : 2);
    await ask(other);
    expect(reads(), 'what was not written is kept').toBe(3);
  });

  test('whose answer was lost is seen too', async () => {
    const { ask } = counter();
    const pk = newPk();
    await dynamo.send(put(pk, 1));
    await ask(pk);
    const cut = loseAnswer({ dynamo }, 1, 'broken');
    await expect(
      dynamo.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { ...keyOf(pk), n: 2 } } }] })),
    ).rejects.toThrow('the line was cut');
    cut.stop();
    expect(await ask(pk)).toBe(2);
  });

  test('is seen by those who ask after it while an older load is under way; they share one more', async () => {
    const { ask, reads, holdOne } = counter();
    const pk = newPk();
    await dynamo.send(put(pk, 1));
    const slow = await holdOne(pk);
    const before = ask(pk);
    await dynamo.send(put(pk, 2));
    const after = many(50, () => ask(pk));
    slow.go();
    expect(await slow.answer, 'asked before the write').toBe(1);
    expect([1, 2]).toContain(await before);
    expect(new Set(await after)).toEqual(new Set([2]));
    expect(await ask(pk), 'the older load was not kept').toBe(2);
    expect(reads()).toBe(2);
  });

  test('elsewhere does not spoil a load that is under way', async () => {
    const { ask, reads, holdOne } = counter();
    const pk = newPk();
    await dynamo.send(put(pk, 1));
    const slow = await holdOne(pk);
    await dynamo.send(put(newPk(), 1));
    const after = ask(pk);
    slow.go();
    expect([await slow.answer, await after, await ask(pk), reads()]).toEqual([1, 1, 1, 1]);
  });

  test('is not forgotten after ten thousand others', { timeout: 120_000 }, async () => {
    const { ask, reads } = counter();
    const pk = newPk();
    await dynamo.send(put(pk, 1));
    await ask(pk);
    await dynamo.send(put(pk, 2));
    for (let round = 0; round < 15; round++)
      await many(28, () =>
        dynamo.send(
          new BatchWriteCommand({
            RequestItems: { [TableName]: Array.from({ length: 25 }, () => ({ DeleteRequest: { Key: keyOf(newPk()) } })) },
          }),
        ),
      );
    expect([await ask(pk), await ask(pk), reads()]).toEqual([2, 2, 2]);
  });
});

describe('an error', () => {
  test('is told to all who waited, and not kept', async () => {
    const { ask, reads, size, holdOne } = counter();
    const pk = newPk();
    await elsewhere.send(put(pk, -1));
    const slow = await holdOne(pk);
    const waiting = Promise.allSettled([slow.answer, ask(pk), ask(pk)]);
    slow.go();
    expect((await waiting).map((w) => w.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect([reads(), size()]).toEqual([1, 0]);
    await elsewhere.send(put(pk, 1));
    expect(await ask(pk)).toBe(1);
  });

  test('of before a write is not told to who asks after it', async () => {
    const { ask, reads, holdOne } = counter();
    const pk = newPk();
    await dynamo.send(put(pk, -1));
    const slow = await holdOne(pk);
    await dynamo.send(put(pk, 1));
    const after = many(20, () => ask(pk));
    slow.go();
    await expect(slow.answer).rejects.toThrow('unreadable');
    expect(new Set(await after)).toEqual(new Set([1]));
    expect(reads()).toBe(2);
  });
});
