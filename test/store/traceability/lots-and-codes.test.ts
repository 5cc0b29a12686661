import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import type { NewLot } from '../../../shared/traceability/contract.ts';
import { startEngine } from '../engine.ts';
import { findByGtin, findSeller, findSku, lycheeGtin, lychees, pottery, skus } from './stall.ts';

vi.mock('../../../functions/catalog/find-sku.ts', () => ({ findSku, findByGtin }));
vi.mock('../../../functions/sellers/find-seller.ts', () => ({ findSeller }));

let engine: Awaited<ReturnType<typeof startEngine>>;
let recordLot: typeof import('../../../functions/traceability/lots/record-lot.ts').recordLot;
let issueCodes: typeof import('../../../functions/traceability/lots/issue-codes.ts').issueCodes;
let lotsOf: typeof import('../../../functions/traceability/lots/list-lots.ts').lotsOf;
let store: typeof import('../../../functions/traceability/store.ts');
let dynamo: typeof import('../../../functions/platform/dynamo.ts').dynamo;

beforeAll(async () => {
  engine = await startEngine();
  ({ recordLot } = await import('../../../functions/traceability/lots/record-lot.ts'));
  ({ issueCodes } = await import('../../../functions/traceability/lots/issue-codes.ts'));
  ({ lotsOf } = await import('../../../functions/traceability/lots/list-lots.ts'));
  store = await import('../../../functions/traceability/store.ts');
  ({ dynamo } = await import('../../../functions/platform/dynamo.ts'));
});
afterAll(() => engine?.stop());

/** 09:00 on 15 June 2026 in Việt Nam. */
const now = new Date('2026-06-15T02:00:00Z');
const newLot = (lot: string, more: Partial<NewLot> = {}): NewLot => ({
  sku: 'VAI-5KG',
  lot,
  harvestedOn: '2026-06-14',
  quantityGrams: 820_000,
  certificates: [],
  ...more,
});
let keys = 0;
const key = () => `key-${++keys}`;

const problemOf = async (story: Promise<unknown>): Promise<Problem> => {
  const error = await story.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw error ?? new Error('nothing was refused');
  return error;
};

const itemsOf = async (lot: string): Promise<string[]> => {
  const { Items = [] } = await dynamo.send(
    new ScanCommand({
      TableName: 'traceability',
      FilterExpression: 'sk = :s AND #lot = :lot',
      ExpressionAttributeNames: { '#lot': 'lot' },
      ExpressionAttributeValues: { ':s': 'S', ':lot': lot },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ pk }) => String(pk).split('/21/')[1] ?? '').sort();
};

describe('recording a lot', () => {
  test('a lot of a product with a GTIN keeps that GTIN', async () => {
    const { body, isRepeat } = await recordLot(
      lychees,
      newLot('VT-01', { plantingAreaCode: 'VN-BGOR-0012', note: 'Vườn đồi' }),
      key(),
      now,
    );
    expect(isRepeat).toBe(false);
    expect(body).toEqual({
      lot: 'VT-01',
      sku: 'VAI-5KG',
      gtin: lycheeGtin,
      productName: 'Vải thiều Lục Ngạn',
      harvestedOn: '2026-06-14',
      quantityGrams: 820_000,
      plantingAreaCode: 'VN-BGOR-0012',
      certificates: [],
      note: 'Vườn đồi',
      codesIssued: 0,
      codedGrams: 0,
      recordedAt: '2026-06-15T02:00:00.000Z',
      recall: undefined,
    });
  });

  test('an unknown SKU and one of another seller are refused alike, on sku', async () => {
    for (const sku of ['KHONG-CO', 'BINH-GOM']) {
      const { code, options } = await problemOf(recordLot(lychees, newLot('X', { sku }), key(), now));
      expect([code, options.errors?.[0]?.path]).toEqual(['validation_failed', 'sku']);
    }
  });

  test('harvested today is allowed from midnight in Việt Nam, tomorrow is not', async () => {
    const justAfterMidnight = new Date('2026-06-14T17:00:00Z');
    expect((await recordLot(lychees, newLot('DEM', { harvestedOn: '2026-06-15' }), key(), justAfterMidnight)).body.harvestedOn).toBe(
      '2026-06-15',
    );
    const { code, options } = await problemOf(recordLot(lychees, newLot('MAI', { harvestedOn: '2026-06-16' }), key(), justAfterMidnight));
    expect([code, options.errors?.[0]?.path]).toEqual(['validation_failed', 'harvestedOn']);
  });

  test('a second lot of the same number on the same product is a conflict', async () => {
    await recordLot(lychees, newLot('HAI-LAN'), key(), now);
    expect((await problemOf(recordLot(lychees, newLot('HAI-LAN'), key(), now))).code).toBe('conflict');
  });

  test('ten at once with one key: one lot, ten times the same answer, nine of them repeats', async () => {
    const same = key();
    const answers = await Promise.all(Array.from({ length: 10 }, () => recordLot(lychees, newLot('CUNG-LUC'), same, now)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect((await problemOf(recordLot(lychees, newLot('CUNG-LUC', { quantityGrams: 1 }), same, now))).code).toBe('idempotency_conflict');
  });

  test('two sellers may use the same key and the same lot number', async () => {
    const same = key();
    await recordLot(lychees, newLot('CHUNG'), same, now);
    const { body, isRepeat } = await recordLot(pottery, newLot('CHUNG', { sku: 'BINH-GOM' }), same, now);
    expect([body.sku, isRepeat]).toEqual(['BINH-GOM', false]);
  });

  test('a SKU without a GTIN is numbered once, whoever asks first', async () => {
    const lots = await Promise.all(
      Array.from({ length: 5 }, (_, i) => recordLot(lychees, newLot(`SO-${i}`, { sku: 'VAI-1KG' }), key(), now)),
    );
    const gtins = new Set(lots.map(({ body }) => body.gtin));
    expect(gtins.size).toBe(1);
    expect([...gtins][0]).toMatch(/^0893850099\d{4}$/);
    expect((await recordLot(lychees, newLot('SO-9', { sku: 'VAI-1KG' }), key(), now)).body.gtin).toBe([...gtins][0]);
    expect((await recordLot(lychees, newLot('SO-9', { sku: 'VAI-10G' }), key(), now)).body.gtin).not.toBe([...gtins][0]);
  });

  test('a market with a company prefix of its own numbers from that, until its numbers are used up', async () => {
    const { config } = await import('../../../functions/platform/config.ts');
    const usual = config.GTIN_PREFIX;
    // 11 digits leave one for the item: ten numbers, of which the first is never given.
    config.GTIN_PREFIX = '89312345678';
    const goods = Array.from({ length: 10 }, (_, n) => ({ ...(skus[1] as (typeof skus)[number]), sku: `RIENG-${n}` }));
    skus.push(...goods);
    try {
      const gtins = [];
      for (const { sku } of goods.slice(0, 9)) gtins.push((await recordLot(lychees, newLot('RIENG-SO', { sku }), key(), now)).body.gtin);
      // 3·(1+7+5+3+1+9+0) + 1·(8+6+4+2+3+8) = 78 + 31 = 109, so 1; with each item 3 more.
      expect(gtins.map((gtin) => gtin.slice(0, 13))).toEqual(Array.from({ length: 9 }, (_, n) => `089312345678${n + 1}`));
      expect(gtins.slice(0, 2)).toEqual(['08931234567811', '08931234567828']);
      const { code, detail } = await problemOf(recordLot(lychees, newLot('RIENG-SO', { sku: 'RIENG-9' }), key(), now));
      expect([code, detail.en]).toEqual(['conflict', expect.stringContaining('used up')]);
    } finally {
      config.GTIN_PREFIX = usual;
    }
  });

  test('a GTIN that is already another seller’s is refused on sku', async () => {
    const gom = skus.find(({ sku }) => sku === 'BINH-GOM');
    if (!gom) throw new Error('no pottery');
    gom.gtin = lycheeGtin;
    try {
      const { code, options } = await problemOf(recordLot(pottery, newLot('NHAM', { sku: 'BINH-GOM' }), key(), now));
      expect([code, options.errors?.[0]?.path]).toEqual(['validation_failed', 'sku']);
    } finally {
      gom.gtin = undefined;
    }
  });

  test('the list shows a seller’s own lots, newest first, page after page', async () => {
    const seller = 'sel_list';
    skus.push({ ...(skus[0] as (typeof skus)[number]), sku: 'LIST', gtin: undefined, sellerId: seller });
    for (let day = 1; day <= 5; day++)
      await recordLot(seller, newLot(`L${day}`, { sku: 'LIST' }), key(), new Date(`2026-06-1${day}T12:00:00Z`)).catch(() => undefined);
    const names: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await lotsOf(seller, { limit: 2, cursor });
      names.push(...page.items.map(({ lot }) => lot));
      cursor = page.nextCursor;
      pages++;
    } while (cursor && pages < 9);
    // L1–L3 are refused: harvested on the 14th, recorded before it.
    expect(names).toEqual(['L5', 'L4']);
    expect((await problemOf(lotsOf(seller, { limit: 2, cursor: Buffer.from('{"pk":"x"}').toString('base64url') }))).code).toBe(
      'validation_failed',
    );
  });
});

describe('issuing codes', () => {
  const lotOf = async (number: string) => {
    const lot = await store.readLot(lycheeGtin, number);
    if (!lot) throw new Error(`no lot ${number}`);
    return lot;
  };

  test('164 boxes of 5 kg are all that 820 kg hold', async () => {
    await recordLot(lychees, newLot('CAN'), key(), now);
    const { body } = await issueCodes({ sellerId: lychees, lot: 'CAN', count: 100, key: key(), now });
    expect([body.lot, body.gtin, body.count, body.codesIssued, new Set(body.serials).size]).toEqual(['CAN', lycheeGtin, 100, 100, 100]);
    expect(body.serials.every((serial) => /^[0-9A-HJKMNP-TV-Z]{12}$/.test(serial))).toBe(true);

    const refused = await problemOf(issueCodes({ sellerId: lychees, lot: 'CAN', count: 65, key: key(), now }));
    expect(refused.code).toBe('conflict');
    expect(refused.detail.vi).toBe('Lô thu hoạch 820 kg, đã cấp mã cho 500 kg, còn 320 kg: đủ cho 64 gói 5 kg. 65 mã cần 325 kg.');

    expect((await issueCodes({ sellerId: lychees, lot: 'CAN', count: 64, key: key(), now })).body.codesIssued).toBe(164);
    expect((await lotOf('CAN')).codedGrams).toBe(820_000);
    expect(await itemsOf('CAN')).toHaveLength(164);
  });

  test('two race for the last kilograms: exactly one wins', async () => {
    await recordLot(lychees, newLot('CUOI', { quantityGrams: 50_000 }), key(), now);
    const rivals = await Promise.allSettled(
      Array.from({ length: 2 }, () => issueCodes({ sellerId: lychees, lot: 'CUOI', count: 6, key: key(), now })),
    );
    expect(rivals.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(rivals.find((r) => r.status === 'rejected')?.reason.code).toBe('conflict');
    expect([(await lotOf('CUOI')).codedGrams, (await itemsOf('CUOI')).length]).toEqual([30_000, 6]);
  });

  test('eight at once for a lot that holds five: five win, to the last gram', async () => {
    await recordLot(lychees, newLot('TAM', { quantityGrams: 250_000 }), key(), now);
    const rivals = await Promise.allSettled(
      Array.from({ length: 8 }, () => issueCodes({ sellerId: lychees, lot: 'TAM', count: 10, key: key(), now })),
    );
    const won = rivals.flatMap((r) => (r.status === 'fulfilled' ? [r.value.body] : []));
    expect(won.map(({ codesIssued }) => codesIssued).sort((a, b) => a - b)).toEqual([10, 20, 30, 40, 50]);
    expect([(await lotOf('TAM')).codedGrams, (await itemsOf('TAM')).length]).toEqual([250_000, 50]);
  });

  test('the same key at once and again later: the same serials, counted once', async () => {
    await recordLot(lychees, newLot('LAP'), key(), now);
    const same = { sellerId: lychees, lot: 'LAP', count: 120, key: key(), now };
    const answers = await Promise.all(Array.from({ length: 4 }, () => issueCodes(same)));
    answers.push(await issueCodes({ ...same, now: new Date('2026-06-16T02:00:00Z') }));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect((await lotOf('LAP')).codesIssued).toBe(120);
    expect(await itemsOf('LAP')).toEqual([...(answers[0]?.body.serials ?? [])].sort());
    expect((await problemOf(issueCodes({ ...same, count: 121 }))).code).toBe('idempotency_conflict');
  });

  test.each([1, 2, 3, 4, 5])('the same key answered by a rival right after read %i: its serials, not a refusal', async (read) => {
    const lot = `XEN-${read}`;
    await recordLot(lychees, newLot(lot), key(), now);
    const same = { sellerId: lychees, lot, count: 120, key: key(), now };
    const send = dynamo.send.bind(dynamo) as (command: unknown) => Promise<unknown>;
    let reads = 0;
    let rival: Awaited<ReturnType<typeof issueCodes>> | undefined;
    const interrupted = vi.spyOn(dynamo, 'send').mockImplementation((async (command: unknown) => {
      const answer = await send(command);
      if (command instanceof GetCommand && ++reads === read) rival = await issueCodes(same);
      return answer;
    }) as never);
    const late = await issueCodes(same).finally(() => interrupted.mockRestore());
    expect([rival?.isRepeat, late.isRepeat]).toEqual([false, true]);
    expect(late.body).toEqual(rival?.body);
    expect((await lotOf(lot)).codesIssued).toBe(120);
  });

  test.each([0, 150, 399])('a crash after %i of 400 serials: the repeat completes the same batch', async (until) => {
    const lot = `DUT-${until}`;
    await recordLot(lychees, newLot(lot, { quantityGrams: 2_000_000 }), key(), now);
    const asked = { sellerId: lychees, lot, count: 400, key: key(), now };
    const { crockford } = await import('../../../functions/platform/ids.ts');
    let drawn = 0;
    const dies = () => {
      if (drawn++ >= until) throw new Error('power cut');
      return crockford(12);
    };
    await expect(issueCodes({ ...asked, draw: dies })).rejects.toThrow('power cut');
    // What was on its way still arrives.
    await vi.waitFor(async () => expect((await itemsOf(lot)).length).toBe(Math.floor(until / 99) * 99));
    const before = await itemsOf(lot);

    const { body, isRepeat } = await issueCodes(asked);
    expect(isRepeat).toBe(true);
    expect(before.every((serial) => body.serials.includes(serial))).toBe(true);
    expect(await itemsOf(lot)).toEqual([...body.serials].sort());
    expect([(await lotOf(lot)).codesIssued, (await lotOf(lot)).codedGrams, body.codesIssued]).toEqual([400, 2_000_000, 400]);
    expect((await problemOf(issueCodes({ ...asked, count: 1, key: key() }))).code).toBe('conflict');
  });

  test('a serial that exists already is drawn again', async () => {
    await recordLot(lychees, newLot('TRUNG'), key(), now);
    const first = await issueCodes({ sellerId: lychees, lot: 'TRUNG', count: 1, key: key(), now });
    const draws = [first.body.serials[0] as string, '0123456789AB'];
    const second = await issueCodes({
      sellerId: lychees,
      lot: 'TRUNG',
      count: 1,
      key: key(),
      now,
      draw: () => draws.shift() ?? 'ZZZZZZZZZZZZ',
    });
    expect(second.body.serials).toEqual(['0123456789AB']);
  });

  test('another seller’s lot is not found, and nothing of it changes', async () => {
    await recordLot(lychees, newLot('RIENG'), key(), now);
    for (const lot of ['RIENG', `${lycheeGtin}:RIENG`])
      expect((await problemOf(issueCodes({ sellerId: pottery, lot, count: 1, key: key(), now }))).code).toBe('not_found');
    expect((await lotOf('RIENG')).codesIssued).toBe(0);
  });

  test('one number on two products: bare it is refused, with its GTIN it names exactly one', async () => {
    await recordLot(lychees, newLot('DOI'), key(), now);
    const newer = await recordLot(lychees, newLot('DOI', { sku: 'VAI-1KG' }), key(), now);
    const refused = await problemOf(issueCodes({ sellerId: lychees, lot: 'DOI', count: 1, key: key(), now }));
    expect([refused.code, refused.detail.vi]).toEqual([
      'conflict',
      `Gian hàng có 2 lô mang số DOI: ${lycheeGtin}:DOI (Vải thiều Lục Ngạn – Thùng 5 kg), ${newer.body.gtin}:DOI (Vải thiều Lục Ngạn – Hộp 1 kg). Xin ghi đủ cả GTIN như trên.`,
    ]);
    for (const gtin of [lycheeGtin, newer.body.gtin])
      expect((await issueCodes({ sellerId: lychees, lot: `${gtin}:DOI`, count: 1, key: key(), now })).body.gtin).toBe(gtin);
  });

  test('10,000 codes', { timeout: 30_000 }, async () => {
    await recordLot(lychees, newLot('MUOI-NGHIN', { sku: 'VAI-10G', quantityGrams: 100_000 }), key(), now);
    const asked = { sellerId: lychees, lot: 'MUOI-NGHIN', count: 10_000, key: key(), now };
    const from = performance.now();
    const { body } = await issueCodes(asked);
    const issued = performance.now();
    const again = await issueCodes(asked);
    console.log(`10,000 codes: ${Math.round(issued - from)} ms, repeated ${Math.round(performance.now() - issued)} ms`);
    expect(new Set(body.serials).size).toBe(10_000);
    expect(again).toEqual({ body, isRepeat: true });
    expect(issued - from).toBeLessThan(15_000);
  });
});
