import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EpcisEvent } from '../../../../shared/traceability/epcis/event.ts';
import { box, gtin, harvest, loading, lot, packing, pallet } from '../../../unit/traceability/epcis/events.ts';
import { startEngine } from '../../engine.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let store: typeof import('../../../../functions/traceability/epcis/event-store.ts');
let captures: typeof import('../../../../functions/traceability/epcis/capture-store.ts');
let record: typeof import('../../../../functions/traceability/epcis/record-events.ts');
let prepare: typeof import('../../../../functions/traceability/epcis/prepare.ts').prepare;
let writeEvents: typeof import('../../../../functions/traceability/epcis/write-events.ts').writeEvents;
let dynamo: typeof import('../../../../functions/platform/dynamo.ts').dynamo;
let scanAll: typeof import('../../../../functions/platform/dynamo.ts').scanAll;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  engine = await startEngine();
  store = await import('../../../../functions/traceability/epcis/event-store.ts');
  captures = await import('../../../../functions/traceability/epcis/capture-store.ts');
  record = await import('../../../../functions/traceability/epcis/record-events.ts');
  ({ prepare } = await import('../../../../functions/traceability/epcis/prepare.ts'));
  ({ writeEvents } = await import('../../../../functions/traceability/epcis/write-events.ts'));
  ({ dynamo, scanAll } = await import('../../../../functions/platform/dynamo.ts'));
});
afterAll(() => engine?.stop());

const now = new Date('2026-06-15T02:00:00.000Z');
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
let sellers = 0;
const newSeller = () => `sel_${++sellers}`;
let ids = 0;
const newId = () => `cap_${String(++ids).padStart(6, '0')}`;
const named = (event: object, eventID: string, more: object = {}) => ({ ...event, eventID, ...more }) as unknown as EpcisEvent;
const prepared = (...events: EpcisEvent[]) => events.map((event, i) => prepare(event, {}, `/epcisBody/eventList/${i}`));

/** Boxes `from`–`from + count - 1`, each seen in an event of its own. */
const seen = (from: number, count: number, eventTime = '2026-06-02T00:00:00Z') =>
  Array.from({ length: count }, (_, i) =>
    named(harvest, `urn:x:${from + i}`, {
      action: 'OBSERVE',
      ilmd: undefined,
      eventTime,
      quantityList: undefined,
      epcList: [box(`S${from + i}`)],
    }),
  );

const visible = async (sellerId: string) => {
  const all: string[] = [];
  for await (const { eventID } of store.readRecorded(sellerId, '', '~')) all.push(eventID);
  return all.sort();
};

async function rowsOf(sellerId: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  await scanAll('traceability', (item) => {
    if (String(item.pk).split('#')[1] === sellerId) rows.push(item);
  });
  return rows;
}

describe('an event that is written', () => {
  test('has as many rows as it says beforehand, each under a key of its own: a transaction is filled by that number', () => {
    for (const [i, event] of prepared(named(harvest, 'urn:x:h'), named(packing, 'urn:x:p'), named(loading, 'urn:x:l')).entries()) {
      const rows = store.rowsOf('sel_rows', event, now.toISOString(), 'cap_rows');
      expect([i, rows.length, new Set(rows.map(({ pk, sk }) => `${pk} ${sk}`)).size]).toEqual([i, event.rows, event.rows]);
    }
  });

  test('is found by its ID and by everything it names, with what that was in it', async () => {
    const seller = newSeller();
    await writeEvents(seller, [named(harvest, 'urn:x:h'), named(packing, 'urn:x:p'), named(loading, 'urn:x:l')], now);
    expect(await store.readEvent(seller, 'urn:x:h')).toEqual({
      eventID: 'urn:x:h',
      sellerId: seller,
      recordTime: '2026-06-15T02:00:00.000Z',
      eventTime: '2026-06-01T02:00:00.000Z',
      hash: expect.stringMatching(/^ni:\/\/\/sha-256;[\da-f]{64}\?ver=CBV2\.0$/),
      event: { ...harvest, eventID: 'urn:x:h', recordTime: '2026-06-15T02:00:00.000Z' },
    });
    const told = async (epc: string) => (await store.readEventsOf(seller, epc)).map(({ eventID, roles }) => [eventID, roles]).sort();
    expect(await told(lot)).toEqual([
      ['urn:x:h', ['epc']],
      ['urn:x:p', ['input']],
    ]);
    expect(await told(box('A'))).toEqual([
      ['urn:x:l', ['child']],
      ['urn:x:p', ['output']],
    ]);
    expect(await told(pallet)).toEqual([['urn:x:l', ['parent']]]);
    // As a URN: 8938500 is the company prefix of the GTIN 0 8938500 00001 0.
    expect(gtin).toBe('08938500000010');
    expect(await told('urn:epc:id:sgtin:8938500.000001.A')).toEqual(await told(box('A')));
    expect(await store.readEvent('sel_other', 'urn:x:h')).toBeUndefined();
    expect(await store.readEventsOf('sel_other', lot)).toEqual([]);
  });

  test('is there once, however often and at once it is told, and as it was told first', async () => {
    const seller = newSeller();
    const event = named(harvest, 'urn:x:1');
    await Promise.all(Array.from({ length: 8 }, (_, i) => writeEvents(seller, [event], at(i))));
    const first = await store.readEvent(seller, 'urn:x:1');
    await writeEvents(seller, [named(harvest, 'urn:x:1', { bizStep: 'storing' }), named(packing, 'urn:x:2')], at(60_000));
    expect(await store.readEvent(seller, 'urn:x:1')).toEqual(first);
    expect(await visible(seller)).toEqual(['urn:x:1', 'urn:x:2']);
    // HEAD; event and two timelines for each; one and three identifiers, a tie of the lot in each; two places and two words.
    expect(
      (await rowsOf(seller))
        .filter(({ pk }) => !String(pk).startsWith('KNOWN#'))
        .map(({ pk }) => String(pk).split('#')[0])
        .sort(),
    ).toEqual([...Array(6).fill('EPCS'), ...Array(2).fill('EVENT'), ...Array(5).fill('EVENTS')]);
  });

  test('in parts of the day: from an instant on and up to another', async () => {
    const seller = newSeller();
    const days = ['2026-06-01T00:00:00Z', '2026-06-02T00:00:00+07:00', '2026-06-03T00:00:00Z'];
    await writeEvents(
      seller,
      days.map((eventTime, i) => named(harvest, `urn:x:${i}`, { eventTime })),
      now,
    );
    const told = async (window: object) => (await store.readEventsOf(seller, lot, window)).map(({ eventID }) => eventID);
    expect(await told({})).toEqual(['urn:x:0', 'urn:x:1', 'urn:x:2']);
    expect(await told({ from: '2026-06-01T17:00:00.000Z' })).toEqual(['urn:x:1', 'urn:x:2']);
    expect(await told({ from: '2026-06-01T17:00:00.001Z' })).toEqual(['urn:x:2']);
    expect(await told({ to: '2026-06-01T17:00:00.000Z' })).toEqual(['urn:x:0', 'urn:x:1']);
    expect(await told({ to: '2026-06-01T16:59:59.999Z' })).toEqual(['urn:x:0']);
  });

  test('with a thousand boxes on one pallet is one event, visible whole', async () => {
    const seller = newSeller();
    const boxes = Array.from({ length: 1_000 }, (_, i) => box(`B${i}`));
    await writeEvents(seller, [named(loading, 'urn:x:big', { childEPCs: boxes })], now);
    expect((await store.readEvent(seller, 'urn:x:big'))?.event).toMatchObject({ childEPCs: boxes });
    expect((await store.readEventsOf(seller, box('B999'))).map(({ roles }) => roles)).toEqual([['child']]);
    expect((await captures.listJobs(seller, 10, undefined)).jobs).toEqual([]);
  });

  test('needs a name', async () => {
    await expect(writeEvents(newSeller(), [harvest as unknown as EpcisEvent], now)).rejects.toThrow('without an eventID');
  });
});

describe('record times', () => {
  test('go up from write to write, even when a clock goes back', async () => {
    const seller = newSeller();
    for (const [i, when] of [at(0), at(0), at(-60_000), at(5)].entries()) await writeEvents(seller, [named(harvest, `urn:x:${i}`)], when);
    const told: string[] = [];
    for await (const { eventID, recordTime } of store.readRecorded(seller, '', '~')) told.push(`${eventID} ${recordTime.slice(17)}`);
    expect(told).toEqual(['urn:x:0 00.000Z', 'urn:x:1 00.001Z', 'urn:x:2 00.002Z', 'urn:x:3 00.005Z']);
    const part: string[] = [];
    for await (const { eventID } of store.readRecorded(seller, '2026-06-15T02:00:00.001Z', '2026-06-15T02:00:00.005Z')) part.push(eventID);
    expect(part).toEqual(['urn:x:1', 'urn:x:2']);
  });

  test('are walked over many pages', async () => {
    const seller = newSeller();
    await record.recordCapture({ id: newId(), sellerId: seller, behaviour: 'rollback', errors: [] }, prepared(...seen(1, 250)), now);
    expect(await visible(seller)).toHaveLength(250);
  });
});

describe('a large capture', () => {
  const large = (sellerId: string, id: string, events: EpcisEvent[], behaviour: 'rollback' | 'proceed' = 'rollback') =>
    record.recordCapture({ id, sellerId, behaviour, errors: [] }, prepared(...events), now);

  test('shows nothing before its one last write, and everything after it', async () => {
    const seller = newSeller();
    const looks: number[] = [];
    let isLooking = false;
    dynamo.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (!isLooking) {
          isLooking = true;
          looks.push((await visible(seller)).length, (await store.readEventsOf(seller, box('S1'))).length ? 60 : 0);
          isLooking = false;
        }
        return answer;
      },
      { step: 'initialize', name: 'look' },
    );
    await large(seller, newId(), seen(1, 60));
    dynamo.middlewareStack.remove('look');
    expect(new Set(looks)).toEqual(new Set([0, 60]));
    expect(looks.filter((n) => n === 0).length).toBeGreaterThan(10);
  });

  test('that meets another event under one of its IDs writes nothing under rollback, and all others under proceed', async () => {
    const seller = newSeller();
    await writeEvents(seller, [named(harvest, 'urn:x:30')], now);
    const before = await rowsOf(seller);
    const rolled = await large(seller, newId(), seen(1, 60));
    expect([rolled.status, rolled.errors]).toEqual(['done', [{ code: 'event_id_taken', pointer: '/epcisBody/eventList/29/eventID' }]]);
    const kinds = (rows: Record<string, unknown>[]) => rows.filter(({ pk }) => !String(pk).startsWith('CAPTURE')).length;
    expect(kinds(await rowsOf(seller))).toBe(kinds(before));
    const proceeded = await large(seller, newId(), seen(1, 60), 'proceed');
    expect(proceeded.errors).toEqual(rolled.errors);
    expect(await visible(seller)).toHaveLength(60);
    expect((await store.readEvent(seller, 'urn:x:30'))?.event.bizStep).toBe('commissioning');
    expect(await captures.readRunning()).toEqual([]);
  });

  test('sent twice at once, and half of it in a third, is recorded once', async () => {
    const seller = newSeller();
    const jobs = await Promise.all([seen(1, 60), seen(1, 60), seen(31, 60)].map((events) => large(seller, newId(), events)));
    expect(jobs.map(({ status, errors }) => [status, errors])).toEqual(Array(3).fill(['done', []]));
    expect(await visible(seller)).toHaveLength(90);
    const timeline = (await rowsOf(seller)).filter(({ pk }) => String(pk) === `EVENTS#${seller}#R`);
    expect(timeline).toHaveLength(90);
  });

  test('rivals with other content under the same IDs: one of them stands whole', async () => {
    const seller = newSeller();
    const mine = (who: string) => seen(1, 60).map((event) => ({ ...event, disposition: who }) as EpcisEvent);
    const jobs = await Promise.all(['active', 'expired', 'damaged'].map((who) => large(seller, newId(), mine(who))));
    expect(jobs.map(({ errors }) => errors.length).sort((a, b) => a - b)).toEqual([0, 60, 60]);
    const words = new Set<unknown>();
    for await (const { event } of store.readRecorded(seller, '', '~')) words.add(event.disposition);
    expect(words.size).toBe(1);
    expect(await visible(seller)).toHaveLength(60);
  });
});

describe('a process that dies in a capture', () => {
  type When = 'before it leaves' | 'after it was done';
  /** From its n-th call on the process gets nothing done any more. */
  function dieAt(nth: number, when: When) {
    let calls = 0;
    dynamo.middlewareStack.add(
      (next) => async (args) => {
        if (++calls < nth) return next(args);
        if (calls === nth && when === 'after it was done') await next(args);
        throw Object.assign(new Error('the process is dead'), { name: 'Dead' });
      },
      { step: 'initialize', name: 'death' },
    );
    return { calls: () => calls, stop: () => dynamo.middlewareStack.remove('death') };
  }
  const finishAll = async () => {
    for (const { sellerId, id } of await captures.readRunning()) await record.finishCapture(sellerId, id, at(60_000));
  };

  describe.each([
    ['large', 60],
    ['small', 5],
  ])('a %s one', (_, count) => {
    test.each<When>(['before it leaves', 'after it was done'])('at every call, %s', { timeout: 120_000 }, async (when) => {
      const run = async (seller: string, id: string) =>
        record.recordCapture({ id, sellerId: seller, behaviour: 'rollback', errors: [] }, prepared(...seen(1, count)), now);
      const whole = newSeller();
      const counted = dieAt(Number.POSITIVE_INFINITY, when);
      await run(whole, newId());
      counted.stop();
      const shape = async (seller: string) =>
        (await rowsOf(seller))
          .filter(({ pk }) => !String(pk).startsWith('CAPTURE'))
          .map((row) =>
            JSON.stringify({ ...row, job: undefined }, Object.keys(row).sort())
              .replaceAll(seller, 'seller')
              .replaceAll(/2026-06-15T[\d:.]+Z/g, 'then'),
          )
          .sort();
      const expected = await shape(whole);
      for (let nth = 1; nth <= counted.calls(); nth++) {
        const seller = newSeller();
        const id = newId();
        const death = dieAt(nth, when);
        await run(seller, id).catch(() => undefined);
        death.stop();
        // All or nothing, whoever looks now.
        expect([0, count], `after call ${nth}`).toContain((await visible(seller)).length);
        // The clock turns; then the seller, who had no answer, sends it again.
        await finishAll();
        expect([0, count], `finished after call ${nth}`).toContain((await visible(seller)).length);
        expect((await run(seller, newId())).errors).toEqual([]);
        expect(await shape(seller), `sent again after call ${nth}`).toEqual(expected);
      }
      expect(counted.calls()).toBeGreaterThan(count > 20 ? 10 : 2);
    });
  });

  test('does not keep others from recording', async () => {
    const seller = newSeller();
    const head = () => captures.readHead(seller);
    const death = dieAt(8, 'after it was done');
    await record
      .recordCapture({ id: newId(), sellerId: seller, behaviour: 'rollback', errors: [] }, prepared(...seen(1, 60)), now)
      .catch(() => undefined);
    death.stop();
    expect((await head()).job).toBeDefined();
    await writeEvents(seller, [named(harvest, 'urn:x:after')], at(1_000));
    expect((await head()).job).toBeUndefined();
    expect(await visible(seller)).toHaveLength(61);
  });
});
