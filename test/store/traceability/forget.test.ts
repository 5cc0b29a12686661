import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startOfBusinessDay } from '../../../shared/platform/time.ts';
import type { NewLot } from '../../../shared/traceability/contract.ts';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { startEngine } from '../engine.ts';
import { findByGtin, findSeller, findSku, lychees } from './stall.ts';

vi.mock('../../../functions/catalog/find-sku.ts', () => ({ findSku, findByGtin }));
vi.mock('../../../functions/sellers/find-seller.ts', () => ({ findSeller }));

type Item = Record<string, unknown> & { pk: string; sk: string };
let engine: Awaited<ReturnType<typeof startEngine>>;
let db: typeof import('../../../functions/platform/dynamo.ts');
let forgetDue: typeof import('../../../functions/traceability/records/forget.ts').forgetDue;
let recordLot: typeof import('../../../functions/traceability/lots/record-lot.ts').recordLot;
let issueCodes: typeof import('../../../functions/traceability/lots/issue-codes.ts').issueCodes;
let recalls: typeof import('../../../functions/traceability/recalls/recall-lot.ts');
let recallStore: typeof import('../../../functions/traceability/recalls/recall-store.ts');
let photos: typeof import('../../../functions/traceability/lots/photo-store.ts');
let store: typeof import('../../../functions/traceability/store.ts');
let events: typeof import('../../../functions/traceability/epcis/event-store.ts');
let writeEvents: typeof import('../../../functions/traceability/epcis/write-events.ts').writeEvents;
let closeAllDays: typeof import('../../../functions/traceability/records/close-day.ts').closeAllDays;
let verifyChains: typeof import('../../../functions/traceability/records/verify-chain.ts').verifyChains;
let traceItem: typeof import('../../../functions/traceability/scans/trace-item.ts').traceItem;
let countScan: typeof import('../../../functions/traceability/scans/count-scan.ts').countScan;
let reportDoubt: typeof import('../../../functions/traceability/scans/report-doubt.ts').reportDoubt;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  engine = await startEngine();
  db = await import('../../../functions/platform/dynamo.ts');
  ({ forgetDue } = await import('../../../functions/traceability/records/forget.ts'));
  ({ recordLot } = await import('../../../functions/traceability/lots/record-lot.ts'));
  ({ issueCodes } = await import('../../../functions/traceability/lots/issue-codes.ts'));
  recalls = await import('../../../functions/traceability/recalls/recall-lot.ts');
  recallStore = await import('../../../functions/traceability/recalls/recall-store.ts');
  photos = await import('../../../functions/traceability/lots/photo-store.ts');
  store = await import('../../../functions/traceability/store.ts');
  events = await import('../../../functions/traceability/epcis/event-store.ts');
  ({ writeEvents } = await import('../../../functions/traceability/epcis/write-events.ts'));
  ({ closeAllDays } = await import('../../../functions/traceability/records/close-day.ts'));
  ({ verifyChains } = await import('../../../functions/traceability/records/verify-chain.ts'));
  ({ traceItem } = await import('../../../functions/traceability/scans/trace-item.ts'));
  ({ countScan } = await import('../../../functions/traceability/scans/count-scan.ts'));
  ({ reportDoubt } = await import('../../../functions/traceability/scans/report-doubt.ts'));
});
afterAll(() => engine?.stop());

const TableName = 'traceability';
const everything = async (): Promise<Item[]> => {
  const all: Item[] = [];
  await db.scanAll(TableName, (item) => void all.push(item as Item));
  return all;
};
beforeEach(async () => {
  const rows = await everything();
  for (let i = 0; i < rows.length; i += 100)
    await db.transact(rows.slice(i, i + 100).map(({ pk, sk }) => ({ Delete: { TableName, Key: { pk, sk } } })));
});

/** 09:00 in Việt Nam. */
const on = (day: string): Date => new Date(startOfBusinessDay(day).getTime() + 9 * 3_600_000);
let made = 0;
const newLot = async (more: Partial<NewLot> = {}) => {
  const asked = { sku: 'VAI-10G', lot: `THU-${++made}`, harvestedOn: '2026-06-14', quantityGrams: 820_000, certificates: [], ...more };
  return (await recordLot(lychees, asked, `lot-${made}`, on('2026-06-15'))).body;
};
const issue = async ({ gtin, lot }: { gtin: string; lot: string }, count: number, day = '2026-06-15'): Promise<string[]> => {
  const { body } = await issueCodes({ sellerId: lychees, lot: `${gtin}:${lot}`, count, key: `codes-${++made}`, now: on(day) });
  return (body as { serials: string[] }).serials;
};
const forgetOn = (day: string, mayGoOn?: () => boolean) => forgetDue(on(day), mayGoOn);
const visitor = { headers: {}, address: '192.0.2.1' } as Parameters<typeof traceItem>[1];
const stateOn = async (gtin: string, serial: string, day: string) => (await traceItem({ gtin, serial }, visitor, on(day))).state;

const sold = (packageId: string, placedAt = '2026-06-16T02:00:00.000Z') => ({ packageId, code: 'KB-1', n: 1, placedAt, province: '01' });

/** Runs of which the n-th dies right after its n-th write, until one ends by itself; how many there were. */
async function untilItHolds(day: string, afterEach: () => Promise<void>): Promise<number> {
  const send = db.dynamo.send.bind(db.dynamo);
  for (let run = 1; run < 60; run++) {
    let writes = 0;
    const dying = vi.spyOn(db.dynamo, 'send').mockImplementation((async (command: { constructor: { name: string } }) => {
      if (writes >= run) throw new Error('the machine is down');
      const answer = await send(command as never);
      if (/TransactWrite|Update|Put|Delete/.test(command.constructor.name) && ++writes === run) throw new Error('the machine fell');
      return answer;
    }) as never);
    const isDone = await forgetOn(day).then(
      () => true,
      () => false,
    );
    dying.mockRestore();
    await afterEach();
    if (isDone) return run;
  }
  throw new Error('never done');
}

describe('a lot', () => {
  test('is kept through its last day and forgotten on the next, with its codes, sales, scans, photos and recalls', async () => {
    const lot = await newLot({ useBy: '2026-06-21' });
    const name = { gtin: lot.gtin, lot: lot.lot };
    const serials = await issue(lot, 250);
    const [serial = ''] = serials;
    await countScan({ gtin: lot.gtin, serial }, { nonce: 'nonce-123', device: 'phone' }, visitor, on('2026-06-17'));
    const carried = { ...name, sku: lot.sku, quantity: 2 };
    expect(await recallStore.addPackageLots(sold('pkg_1'), undefined, [carried], [], { by: 'x', at: '' })).toBe(true);
    const stored = await store.readLot(lot.gtin, lot.lot);
    await photos.putPhoto(stored as never, { id: 'photo-1', type: 'image/jpeg', width: 1, height: 1 }, new Uint8Array(400_000));
    await recalls.recallLot({ sellerId: lychees, lot: lot.lot, reason: 'Dư lượng thuốc', by: 'x' }, on('2026-06-18'));
    await recalls.liftRecall({ ...name, reason: 'Đạt', by: 'y' }, on('2026-06-19'));

    // Twelve months after 21 June 2026; nothing is even looked at before.
    const before = await everything();
    expect(await forgetOn('2027-06-21')).toEqual({ lots: 0, events: 0, kept: 0, unfinished: 0 });
    expect(await everything()).toEqual(before);
    expect(await stateOn(lot.gtin, serial, '2027-06-21')).toBe('expired');

    expect(await forgetOn('2027-06-22')).toEqual({ lots: 1, events: 0, kept: 0, unfinished: 0 });
    const after = await everything();
    const items = after.filter(({ sk }) => sk === 'S');
    expect(items.map(({ pk }) => pk.split('/21/')[1]).sort()).toEqual(serials.toSorted());
    for (const { pk, sk, ...item } of items) expect(item).toEqual({ lot: lot.lot, forgottenOn: '2027-06-22' });
    // Nothing else tells of it but the tombstone, the product's number, what the order keeps, and what ends by itself.
    const left = after.filter((row) => row.sk !== 'S' && !('expiresAtSeconds' in row));
    expect(left.map(({ pk, sk }) => `${pk} ${sk}`).sort()).toEqual(
      [
        `EPC#01/${lot.gtin} GTIN`,
        `EPC#01/${lot.gtin}/10/${lot.lot} FORGOTTEN`,
        'NUMBERS#893850000 NEXT',
        'PACKAGE#pkg_1 LOTS',
        'SKU#VAI-10G GTIN',
      ]
        .sort()
        .map((line) => (line.startsWith('NUMBERS#') ? expect.stringMatching(/^NUMBERS#\d+ NEXT$/) : line)),
    );
    expect(after.find(({ sk }) => sk === 'FORGOTTEN')).toMatchObject({
      ...name,
      sellerId: lychees,
      keptUntil: '2027-06-21',
      forgottenOn: '2027-06-22',
    });
    expect(await forgetOn('2027-06-23')).toEqual({ lots: 0, events: 0, kept: 0, unfinished: 0 });
  });

  test('that is forgotten says so at a scan, counts nobody, and its code is not called invented', async () => {
    const lot = await newLot({ useBy: '2026-06-21' });
    const [serial = ''] = await issue(lot, 1);
    await forgetOn('2027-06-22');
    const trace = await traceItem({ gtin: lot.gtin, serial }, visitor, on('2027-07-01'));
    expect(trace).toMatchObject({ state: 'forgotten', journey: [], warnings: [], scans: { count: 0 } });
    expect(trace.said.text).toContain('12 tháng sau hạn dùng');
    const scan = countScan({ gtin: lot.gtin, serial }, { nonce: 'nonce-123', device: 'phone' }, visitor, on('2027-07-01'));
    await expect(scan).rejects.toMatchObject({ code: 'not_found', detail: { vi: 'Hồ sơ của mã này đã hết thời hạn lưu.' } });
    await reportDoubt({ gtin: lot.gtin, serial }, { kind: 'other', text: 'Hộp cũ' }, visitor, on('2027-07-01'));
    expect((await everything()).find(({ pk }) => pk.startsWith('DOUBTS#'))).toMatchObject({ state: 'forgotten' });
    const { lotDossier } = await import('../../../functions/traceability/records/lot-dossier.ts');
    await expect(lotDossier({ gtin: lot.gtin, lot: lot.lot }, 1, on('2027-07-01'))).rejects.toMatchObject({
      code: 'not_found',
      detail: { vi: expect.stringContaining('lưu đến hết ngày 2027-06-21') },
    });
    // A serial that was never issued is still just that.
    expect(await stateOn(lot.gtin, '000000000000', '2027-07-01')).toBe('never_issued');
  });

  test('without a use-by day is kept 60 months after the last thing recorded of it', async () => {
    const [plain, coded, soldLate] = [await newLot(), await newLot(), await newLot()];
    await issue(coded, 1, '2026-08-01');
    const carried = { gtin: soldLate.gtin, lot: soldLate.lot, sku: soldLate.sku, quantity: 1 };
    await recallStore.addPackageLots(sold('pkg_2', '2027-01-10T02:00:00.000Z'), undefined, [carried], [], { by: 'x', at: '' });
    const thereOn = async (day: string) => {
      const done = await forgetOn(day);
      const lots = await Promise.all([plain, coded, soldLate].map(({ gtin, lot }) => store.readLot(gtin, lot)));
      return [done.lots, lots.map(Boolean)];
    };
    expect(await thereOn('2031-06-15')).toEqual([0, [true, true, true]]);
    expect(await thereOn('2031-06-16')).toEqual([1, [false, true, true]]);
    expect(await thereOn('2031-08-01')).toEqual([0, [false, true, true]]);
    expect(await thereOn('2031-08-02')).toEqual([1, [false, false, true]]);
    expect(await thereOn('2032-01-10')).toEqual([0, [false, false, true]]);
    expect(await thereOn('2032-01-11')).toEqual([1, [false, false, false]]);
  });

  test('whose use-by day was corrected is kept by the day that stands', async () => {
    const lot = await newLot({ useBy: '2026-06-21' });
    await db.dynamo.send(
      new UpdateCommand({
        TableName,
        Key: store.lotKey(lot.gtin, lot.lot),
        UpdateExpression: 'SET useBy = :day',
        ExpressionAttributeValues: { ':day': '2026-12-24' },
      }),
    );
    expect(await forgetOn('2027-06-22')).toMatchObject({ lots: 0, kept: 1 });
    expect(await forgetOn('2027-12-24')).toMatchObject({ lots: 0, kept: 0 });
    expect(await forgetOn('2027-12-25')).toMatchObject({ lots: 1 });
  });

  test('under recall is kept until the recall is lifted, and so is what was made of it', async () => {
    const [lot, wine] = [await newLot({ useBy: '2026-06-21' }), await newLot({ useBy: '2026-06-21' })];
    const amount = (of: typeof lot) => ({ epcClass: `https://id.gs1.org/01/${of.gtin}/10/${of.lot}`, quantity: 1, uom: 'KGM' });
    const pressing = {
      ...{ type: 'TransformationEvent', eventID: 'urn:x:press', eventTime: '2026-06-15T02:00:00.000Z', eventTimeZoneOffset: '+07:00' },
      ...{ inputQuantityList: [amount(lot)], outputQuantityList: [amount(wine)] },
    };
    await writeEvents(lychees, [pressing as unknown as EpcisEvent], on('2026-06-15'));
    await recalls.recallLot({ sellerId: lychees, lot: lot.lot, reason: 'Dư lượng thuốc', by: 'x' }, on('2026-06-18'));
    expect(await forgetOn('2027-06-22')).toMatchObject({ lots: 0, kept: 2 });
    expect(await forgetOn('2028-06-22')).toMatchObject({ lots: 0, kept: 2 });
    await recalls.liftRecall({ gtin: lot.gtin, lot: lot.lot, reason: 'Đạt', by: 'y' }, on('2028-06-23'));
    expect(await forgetOn('2028-07-22')).toMatchObject({ lots: 2 });
  });

  test('cut short anywhere, by the clock or by the fall of the machine, ends the same', async () => {
    const lot = await newLot({ useBy: '2026-06-21' });
    const serials = await issue(lot, 220);
    await issue(lot, 5);
    const carried = { gtin: lot.gtin, lot: lot.lot, sku: lot.sku, quantity: 2 };
    for (let i = 0; i < 3; i++) await recallStore.addPackageLots(sold(`pkg_c${i}`), undefined, [carried], [], { by: 'x', at: '' });
    // The clock: one row of serials a run.
    let left = 1;
    expect(await forgetOn('2027-06-22', () => left-- > 0)).toMatchObject({ lots: 0, unfinished: 1 });
    const runs = await untilItHolds('2027-06-22', async () => undefined);
    expect(runs).toBeGreaterThan(4);
    const after = await everything();
    expect(after.filter(({ sk }) => sk === 'S').every((item) => item.forgottenOn === '2027-06-22' && !('batchId' in item))).toBe(true);
    expect(after.filter(({ sk }) => sk === 'S')).toHaveLength(225);
    expect(after.filter(({ pk }) => /^(?:BATCH|LOTSOLD|DUE)#/.test(pk))).toEqual([]);
    expect(await stateOn(lot.gtin, serials[0] ?? '', '2027-06-22')).toBe('forgotten');
  });
});

describe('events', () => {
  const common = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'storing',
    eventTime: '2026-06-14T02:00:00.000Z',
    eventTimeZoneOffset: '+07:00',
  };
  const event = (eventID: string, more: object) => ({ ...common, eventID, ...more }) as unknown as EpcisEvent;
  const amount = ({ gtin, lot }: { gtin: string; lot: string }) => ({ epcClass: `https://id.gs1.org/01/${gtin}/10/${lot}`, quantity: 1 });
  const pallet = 'https://id.gs1.org/00/106141412345678908';
  const there = async () => {
    const all: string[] = [];
    for await (const { eventID } of events.readRecorded(lychees, '', '~')) all.push(eventID);
    return all.sort();
  };
  const traces = async (eventID: string) =>
    JSON.stringify((await everything()).filter(({ pk }) => !pk.startsWith('LEAVES#'))).includes(eventID);

  /** Lychees to be eaten by 21 June, and a jar of honey without such a day. */
  async function world() {
    const [fruit, honey] = [await newLot({ useBy: '2026-06-21' }), await newLot()];
    const [box = ''] = await issue(fruit, 1);
    await writeEvents(
      lychees,
      [
        event('urn:x:fruit', { quantityList: [amount(fruit)] }),
        event('urn:x:box', { epcList: [`https://id.gs1.org/01/${fruit.gtin}/21/${box}`] }),
        event('urn:x:both', { quantityList: [amount(fruit), amount(honey)] }),
        event('urn:x:pallet', { epcList: [pallet] }),
      ],
      on('2026-06-15'),
    );
    await writeEvents(lychees, [event('urn:x:later', { quantityList: [amount(fruit)] })], on('2026-06-16'));
    expect(await closeAllDays(on('2026-06-17'))).toMatchObject({ days: 2 });
    return { fruit, honey };
  }

  test('go when no lot they name is kept any more, each by the longest of its lots', async () => {
    await world();
    const days = (await everything()).filter(({ sk }) => sk.startsWith('DAY#'));
    expect(await forgetOn('2027-06-21')).toMatchObject({ lots: 0, events: 0 });
    expect(await there()).toHaveLength(5);
    await forgetOn('2027-06-22');
    // Days that were looked at and had something to keep come up again a month later.
    await forgetOn('2027-07-22');
    expect(await there()).toEqual(['urn:x:both', 'urn:x:pallet']);
    expect(await verifyChains()).toMatchObject({ findings: [], good: 2, forgotten: 3 });
    for (const id of ['urn:x:fruit', 'urn:x:box', 'urn:x:later']) expect(await traces(id)).toBe(false);
    // Not even their names are left beside the fingerprints.
    const { readLeaves } = await import('../../../functions/traceability/records/chain-store.ts');
    const leaves = (await readLeaves(lychees, '2026-06-15')).flatMap((piece) => piece.leaves);
    expect(leaves.filter(({ forgottenOn }) => forgottenOn).map(({ eventID }) => eventID)).toEqual([undefined, undefined]);

    expect(await forgetOn('2031-06-15')).toMatchObject({ lots: 0, events: 0 });
    for (const day of ['2031-06-16', '2031-07-16', '2031-08-16']) await forgetOn(day);
    expect(await there()).toEqual([]);
    expect(await verifyChains()).toMatchObject({ findings: [], good: 0, forgotten: 5 });
    expect((await everything()).filter(({ pk }) => pk.startsWith('DUE#'))).toEqual([]);
    // The days themselves stand as they were closed.
    expect((await everything()).filter(({ sk }) => sk.startsWith('DAY#'))).toEqual(days);
  });

  test('captured anew after they were forgotten are kept as long as any new event', async () => {
    const { fruit } = await world();
    await forgetOn('2027-06-22');
    await forgetOn('2027-07-22');
    expect(await there()).toEqual(['urn:x:both', 'urn:x:pallet']);
    await writeEvents(lychees, [event('urn:x:fruit', { quantityList: [amount(fruit)] })], on('2027-08-01'));
    expect(await closeAllDays(on('2027-08-02'))).toMatchObject({ days: 1 });
    await forgetOn('2027-08-22');
    await forgetOn('2027-09-22');
    expect(await there()).toEqual(['urn:x:both', 'urn:x:fruit', 'urn:x:pallet']);
    expect(await verifyChains()).toMatchObject({ findings: [], good: 3, forgotten: 3, open: 0 });
    await forgetOn('2028-08-02');
    expect(await there()).toEqual(['urn:x:both', 'urn:x:pallet']);
    expect(await verifyChains()).toMatchObject({ findings: [], good: 2, forgotten: 4 });
  });

  test('that another hand took away are still found missing among forgotten ones', async () => {
    await world();
    await forgetOn('2027-06-22');
    await forgetOn('2027-07-22');
    const { refOf } = await import('../../../functions/traceability/epcis/prepare.ts');
    await db.transact([{ Delete: { TableName, Key: events.eventKey(lychees, refOf('urn:x:both')) } }]);
    expect((await verifyChains()).findings).toEqual([
      { what: 'event_missing', sellerId: lychees, day: '2026-06-15', eventID: 'urn:x:both' },
    ]);
  });

  test('of a forgotten day cut short after each write end the same, and the chain stands after each', async () => {
    await world();
    const runs = await untilItHolds('2027-07-22', async () => expect((await verifyChains()).findings).toEqual([]));
    expect(runs).toBeGreaterThan(4);
    expect(await there()).toEqual(['urn:x:both', 'urn:x:pallet']);
    expect((await verifyChains()).forgotten).toBe(3);
  });
});
