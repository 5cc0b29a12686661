import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { harvest } from '../../unit/traceability/epcis/events.ts';
import { startEngine } from '../engine.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let chain: typeof import('../../../functions/traceability/records/chain-store.ts');
let closing: typeof import('../../../functions/traceability/records/close-day.ts');
let events: typeof import('../../../functions/traceability/epcis/event-store.ts');
let captures: typeof import('../../../functions/traceability/epcis/capture-store.ts');
let prepare: typeof import('../../../functions/traceability/epcis/prepare.ts');
let writeEvents: typeof import('../../../functions/traceability/epcis/write-events.ts').writeEvents;
let verifyChains: typeof import('../../../functions/traceability/records/verify-chain.ts').verifyChains;
let db: typeof import('../../../functions/platform/dynamo.ts');
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  engine = await startEngine();
  chain = await import('../../../functions/traceability/records/chain-store.ts');
  closing = await import('../../../functions/traceability/records/close-day.ts');
  events = await import('../../../functions/traceability/epcis/event-store.ts');
  captures = await import('../../../functions/traceability/epcis/capture-store.ts');
  prepare = await import('../../../functions/traceability/epcis/prepare.ts');
  ({ writeEvents } = await import('../../../functions/traceability/epcis/write-events.ts'));
  ({ verifyChains } = await import('../../../functions/traceability/records/verify-chain.ts'));
  db = await import('../../../functions/platform/dynamo.ts');
});
afterAll(() => engine?.stop());

const TableName = 'traceability';
type Item = Record<string, unknown>;
const everything = async (): Promise<Item[]> => {
  const all: Item[] = [];
  await db.scanAll(TableName, (item) => void all.push(item));
  return all;
};
beforeEach(async () => {
  for (const { pk, sk } of await everything()) await db.dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
});

const seller = 'sel_vai';
const event = (eventID: string) => ({ ...harvest, eventID }) as unknown as EpcisEvent;
const write = (at: string, ...ids: string[]) => writeEvents(seller, ids.map(event), new Date(at));
const closeAt = (at: string) => closing.closeAllDays(new Date(at));
const daysOf = async (sellerId = seller) => (await chain.readDays(sellerId, { limit: 100 })).days;
const rowOf = (eventID: string) => events.eventKey(seller, prepare.refOf(eventID));
const found = async () => (await verifyChains()).findings.map(({ what, day, eventID }) => [what, day, eventID]);

/** Two days with events, one between them without: 1 and 3 June 2026 in Việt Nam. */
async function twoDays(): Promise<void> {
  await write('2026-06-01T02:00:00Z', 'urn:x:a', 'urn:x:b');
  await write('2026-06-01T16:59:00Z', 'urn:x:c');
  await write('2026-06-02T17:00:00Z', 'urn:x:d');
  expect(await closeAt('2026-06-03T17:11:00Z')).toEqual({ sellers: 1, days: 2, later: 0 });
}

describe('closing days', () => {
  test('makes one record of each day with events, linked to the one before, ten minutes after its end', async () => {
    await write('2026-06-01T02:00:00Z', 'urn:x:a', 'urn:x:b');
    await write('2026-06-01T16:59:00Z', 'urn:x:c');
    // 17:00 UTC ends the day in Việt Nam.
    expect(await closeAt('2026-06-01T17:09:00Z')).toEqual({ sellers: 0, days: 0, later: 0 });
    expect(await daysOf()).toEqual([]);
    expect(await closeAt('2026-06-01T17:10:00Z')).toEqual({ sellers: 1, days: 1, later: 0 });
    await write('2026-06-02T17:00:00Z', 'urn:x:d');
    expect(await closeAt('2026-06-03T17:11:00Z')).toEqual({ sellers: 1, days: 1, later: 0 });
    const [second, first] = await daysOf();
    expect(first).toMatchObject({
      day: '2026-06-01',
      count: 3,
      firstRecordTime: '2026-06-01T02:00:00.000Z',
      lastRecordTime: '2026-06-01T16:59:00.000Z',
      previous: '0'.repeat(64),
    });
    expect(second).toMatchObject({ day: '2026-06-03', count: 1, previous: first?.hash });
    expect(await verifyChains()).toEqual({ findings: [], good: 4, forgotten: 0, open: 0, sellers: 1, days: 2 });
  });

  test('again, or in one go, comes to the same records', async () => {
    await twoDays();
    const before = await everything();
    expect(await closeAt('2026-06-03T17:12:00Z')).toEqual({ sellers: 0, days: 0, later: 0 });
    expect(await closeAt('2026-07-03T17:12:00Z')).toEqual({ sellers: 0, days: 0, later: 0 });
    expect(await everything()).toEqual(before);
  });

  test('by five runs at once makes each record once', async () => {
    for (let day = 1; day <= 5; day++) await write(`2026-06-0${day}T02:00:00Z`, `urn:x:${day}a`, `urn:x:${day}b`);
    const runs = await Promise.all(Array.from({ length: 5 }, () => closeAt('2026-06-09T00:00:00Z')));
    expect(runs.reduce((sum, { days }) => sum + days, 0)).toBe(5);
    // Whoever came second in the middle left the rest to whoever came first, or to the next run.
    expect((await closeAt('2026-06-09T00:00:00Z')).days).toBe(0);
    expect((await daysOf()).map(({ day }) => day)).toEqual(['2026-06-05', '2026-06-04', '2026-06-03', '2026-06-02', '2026-06-01']);
    expect(await verifyChains()).toMatchObject({ findings: [], good: 10, days: 5 });
  });

  test('what is recorded by a clock that is behind falls on the day that is still open', async () => {
    await twoDays();
    await write('2026-06-03T16:59:59Z', 'urn:x:late');
    expect((await events.readEvent(seller, 'urn:x:late'))?.recordTime).toBe('2026-06-03T17:00:00.000Z');
    expect(await found()).toEqual([]);
    expect(await closeAt('2026-06-05T00:00:00Z')).toMatchObject({ days: 1 });
    expect((await daysOf()).map(({ day, count }) => [day, count])).toEqual([
      ['2026-06-04', 1],
      ['2026-06-03', 1],
      ['2026-06-01', 3],
    ]);
  });

  test('waits for a large capture that began on the day and is still being written', async () => {
    await write('2026-06-01T02:00:00Z', 'urn:x:a');
    const prepared = [prepare.prepare(event('urn:x:large'), {}, '/0')];
    const job = { id: 'cap_1', sellerId: seller, behaviour: 'rollback' as const, errors: [], createdAt: '2026-06-01T16:59:59.000Z' };
    await captures.putJob({ ...job, status: 'running' }, prepared);
    await captures.takeTurn(seller, 'cap_1', await captures.readHead(seller), new Date('2026-06-01T16:59:59Z'));
    expect(await closeAt('2026-06-02T00:00:00Z')).toEqual({ sellers: 0, days: 0, later: 1 });
    expect(await daysOf()).toEqual([]);
    const { finishCapture } = await import('../../../functions/traceability/epcis/record-events.ts');
    await finishCapture(seller, 'cap_1', new Date('2026-06-02T01:00:00Z'));
    expect(await closeAt('2026-06-02T02:00:00Z')).toEqual({ sellers: 1, days: 1, later: 0 });
    expect((await daysOf())[0]).toMatchObject({ day: '2026-06-01', count: 2, lastRecordTime: '2026-06-01T16:59:59.000Z' });
  });

  test('cut short after any write, or before it, comes to the same records in the next run', async () => {
    const send = db.dynamo.send.bind(db.dynamo);
    const isWrite = ({ constructor: { name } }: object) => /TransactWrite|Update|Put/.test(name);
    const records: unknown[] = [];
    for (const dies of ['before', 'after'] as const)
      for (let n = 1; ; n++) {
        const own = `sel_${dies}_${n}`;
        for (const day of [1, 2]) await writeEvents(own, [event(`urn:x:${day}`)], new Date(`2026-06-0${day}T02:00:00Z`));
        let writes = 0;
        const dying = vi.spyOn(db.dynamo, 'send').mockImplementation((async (command: object) => {
          const isLast = isWrite(command) && ++writes === n;
          if (isLast && dies === 'before') throw new Error('the machine fell');
          const answer = await send(command as never);
          if (isLast) throw new Error('the machine fell');
          return answer;
        }) as never);
        const isDone = await closing.closeDays(own, undefined, new Date('2026-06-04T00:00:00Z')).then(
          () => true,
          () => false,
        );
        dying.mockRestore();
        const { last } = (await chain.readClosing([own])).get(own) ?? {};
        await closing.closeDays(own, last, new Date('2026-06-04T00:00:00Z'));
        records.push((await daysOf(own)).map(({ day, count, merkleRoot }) => [day, count, merkleRoot]));
        expect(await found()).toEqual([]);
        if (isDone) {
          // One to seal, and for each day one for its fingerprints and one for its record.
          expect(n).toBe(6);
          break;
        }
      }
    for (const record of records) expect(record).toEqual(records[0]);
    expect(records[0]).toEqual([
      ['2026-06-02', 1, expect.any(String)],
      ['2026-06-01', 1, expect.any(String)],
    ]);
  });

  test('goes on with the other sellers when one cannot be closed, and says so', async () => {
    await writeEvents('sel_a', [event('urn:x:a')], new Date('2026-06-01T02:00:00Z'));
    await writeEvents('sel_b', [event('urn:x:b')], new Date('2026-06-01T02:00:00Z'));
    const Key = events.eventKey('sel_a', prepare.refOf('urn:x:a'));
    await db.dynamo.send(
      new UpdateCommand({ TableName, Key, UpdateExpression: 'SET body = :bad', ExpressionAttributeValues: { ':bad': 'no JSON' } }),
    );
    await expect(closeAt('2026-06-02T00:00:00Z')).rejects.toThrow('the days of 1 sellers could not be closed');
    expect([(await daysOf('sel_a')).length, (await daysOf('sel_b')).length]).toEqual([0, 1]);
  });

  test('more fingerprints than an item holds are kept in order', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `urn:x:${'n'.repeat(2_500)}${i}`);
    await write('2026-06-01T02:00:00Z', ...ids);
    expect(await closeAt('2026-06-02T00:00:00Z')).toMatchObject({ days: 1 });
    const pieces = await chain.readLeaves(seller, '2026-06-01');
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.flatMap(({ leaves }) => leaves)).toHaveLength(200);
    expect(await verifyChains()).toMatchObject({ findings: [], good: 200 });
  });
});

describe('another hand than ours', () => {
  const update = (Key: { pk: string; sk: string }, set: string, value: unknown) =>
    db.dynamo.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `SET #name = :value`,
        ExpressionAttributeNames: { '#name': set },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  const read = async (Key: { pk: string; sk: string }): Promise<Item> =>
    (await db.dynamo.send(new GetCommand({ TableName, Key }))).Item as Item;

  test('changes one byte of an event: it is named', async () => {
    await twoDays();
    const { body } = await read(rowOf('urn:x:b'));
    const other = String(body).replace('"quantity":820', '"quantity":821');
    expect(other).not.toBe(body);
    await update(rowOf('urn:x:b'), 'body', other);
    expect(await found()).toEqual([['event_changed', '2026-06-01', 'urn:x:b']]);
  });

  test.each([
    ['eventTime', '2026-06-01T02:00:01.000Z'],
    ['recordTime', '2026-06-02T02:00:00.000Z'],
    ['hash', 'ni:///sha-256;0?ver=CBV2.0'],
    ['eventID', 'urn:x:other'],
    ['body', 'no JSON any more'],
  ])('changes its %s: it is named', async (name, value) => {
    await twoDays();
    await update(rowOf('urn:x:c'), name, value);
    expect(await found()).toEqual([['event_changed', '2026-06-01', 'urn:x:c']]);
  });

  test('takes an event away: it is named', async () => {
    await twoDays();
    await db.dynamo.send(new DeleteCommand({ TableName, Key: rowOf('urn:x:d') }));
    expect(await found()).toEqual([['event_missing', '2026-06-03', 'urn:x:d']]);
  });

  test('puts an event in, dated back: it is named', async () => {
    await twoDays();
    const row = await read(rowOf('urn:x:a'));
    const body = String(row.body).replace('urn:x:a', 'urn:x:forged');
    const Item = { ...row, ...rowOf('urn:x:forged'), eventID: 'urn:x:forged', body, recordTime: '2026-06-02T05:00:00.000Z' };
    await db.dynamo.send(new PutCommand({ TableName, Item }));
    expect(await found()).toEqual([['event_added', '2026-06-02', 'urn:x:forged']]);
  });

  test('takes a day away, or its fingerprints, or changes its record: the day is named', async () => {
    await twoDays();
    const Key = { pk: `CHAIN#${seller}`, sk: 'DAY#2026-06-01' };
    const record = await read(Key);
    await update(Key, 'count', 4);
    expect(await found()).toEqual([
      ['record_changed', '2026-06-01', undefined],
      ['leaves_changed', '2026-06-01', undefined],
    ]);
    await db.dynamo.send(new DeleteCommand({ TableName, Key }));
    expect((await found()).sort()).toEqual([
      ['event_added', '2026-06-01', 'urn:x:a'],
      ['event_added', '2026-06-01', 'urn:x:b'],
      ['event_added', '2026-06-01', 'urn:x:c'],
      ['link_broken', '2026-06-03', undefined],
    ]);
    await db.dynamo.send(new PutCommand({ TableName, Item: record }));
    await db.dynamo.send(new DeleteCommand({ TableName, Key: { pk: `LEAVES#${seller}#2026-06-01`, sk: '0000' } }));
    expect((await found())[0]).toEqual(['leaves_changed', '2026-06-01', undefined]);
  });
});
