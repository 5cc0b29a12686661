import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import type { Trace } from '../../../shared/traceability/contract.ts';
import type { LotScans } from '../../../shared/traceability/scans/contract.ts';
import { inTheMiddle, lychees, type Market, now, openMarket, pottery } from '../orders/market.ts';
import { lambda, request } from './stall.ts';

vi.mock('../../../functions/platform/auth.ts', () => ({
  callerOf: async (authorization?: string) => {
    if (!authorization) throw new Problem('unauthenticated', { vi: '', en: '' });
    const id = authorization.slice('Bearer '.length);
    return { id, role: id.startsWith('sel_') ? 'seller' : id };
  },
}));
vi.mock('../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

interface LotSaid {
  lot: string;
  gtin: string;
  serials: string[];
}
interface Visit {
  /** Province as the network says it, in ISO 3166-2. */
  from?: string;
  address?: string;
  device?: string;
}

let market: Market;
let handler: typeof import('../../../functions/traceability/http.ts').handler;
let sku: string;
let made = 0;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  market = await openMarket();
  ({ handler } = await import('../../../functions/traceability/http.ts'));
  sku = await market.stock('VAI-5KG', 10_000);
});
afterAll(() => market?.stop());

const ask = async (method: string, path: string, options: Parameters<typeof request>[2] = {}, { from, address, device }: Visit = {}) => {
  const event = request(method, path, options);
  if (from) Object.assign(event.headers, { 'cloudfront-viewer-country': 'VN', 'cloudfront-viewer-country-region': from });
  if (device) event.headers['x-device'] = device;
  if (address) event.requestContext.http.sourceIp = address;
  const answer = (await handler(event, lambda)) as APIGatewayProxyStructuredResultV2;
  return { status: answer.statusCode, text: answer.body ?? '', json: JSON.parse(answer.body ?? '{}') };
};
const newLot = async (count: number, more: object = {}): Promise<LotSaid> => {
  const body = { sku, lot: `QUET-${++made}`, harvestedOn: '2026-06-14', quantityGrams: 5_000_000, ...more };
  const recorded = await ask('POST', '/api/seller/lots', { as: lychees, body, key: `lot-${made}` });
  expect(recorded.status, recorded.text).toBe(201);
  const codes = await ask('POST', `/api/seller/lots/${body.lot}/codes`, { as: lychees, body: { count }, key: `codes-${made}` });
  expect(codes.status, codes.text).toBe(201);
  return { lot: body.lot, gtin: recorded.json.gtin, serials: codes.json.serials };
};
const look = async ({ gtin }: LotSaid, serial: string | undefined, visit?: Visit): Promise<Trace> =>
  (await ask('GET', `/api/trace/${gtin}/${serial}`, {}, visit)).json;
const scan = ({ gtin }: LotSaid, serial: string | undefined, device: string, from?: string, nonce = `lan-quet-${++made}`) =>
  ask('POST', `/api/trace/${gtin}/${serial}/scans`, { body: { nonce, device } }, from ? { from } : {});
const name = (code: string, lots: { sku: string; lot: string; serials?: string[] }[], as = lychees) =>
  ask('PUT', `/api/seller/orders/${code}/lots`, { as, body: { lots } });
const scansOf = async ({ lot }: LotSaid): Promise<LotScans> => (await ask('GET', `/api/seller/lots/${lot}/scans`, { as: lychees })).json;
/** Bought for Nghệ An. */
const toNgheAn = { shipTo: { provinceCode: '40', communeCode: '16690', street: '1 Trần Phú' } };
const buy = (quantity = 1, more: object = toNgheAn) => market.buy([{ sku, quantity }], more);
const carrier = { carrier: 'Viettel Post', trackingNumber: 'VT1' };
const send = async (code: string) => {
  await market.sellerDesk.pack(lychees, code, now);
  await market.sellerDesk.ship(lychees, code, carrier, now);
};
const stored = async ({ gtin }: LotSaid, serial: string | undefined) =>
  (await market.everything('traceability')).find((i) => i.pk === `EPC#01/${gtin}/21/${serial}` && i.sk === 'S');

describe('a scan', () => {
  test('fifty at once by fifty phones: each counts once, on the item and on its lot', async () => {
    const lot = await newLot(1);
    const [serial] = lot.serials;
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => scan(lot, serial, `may-${i}`, '22')));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(202));
    expect(Math.max(...answers.map(({ json }) => json.count))).toBe(50);
    const item = await stored(lot, serial);
    expect(item?.scanCount).toBe(50);
    const { scans, provinces } = await scansOf(lot);
    expect([scans, provinces]).toEqual([
      50,
      [{ code: '40', name: 'Nghệ An', sent: 0, scans: 50, boxesSeen: 1, expected: 1, isDoubtful: false }],
    ]);
    const rows = (await market.everything('traceability')).filter((i) => i.pk === item?.pk && String(i.sk).startsWith('SCAN#'));
    expect(rows).toHaveLength(50);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['at', 'device', 'expiresAtSeconds', 'pk', 'place', 'sk']);
    expect(new Set(rows.map(({ device }) => device)).size).toBe(50);
    expect(JSON.stringify([item, rows])).not.toMatch(/may-\d|127\.0\.0\.1|lan-quet/);
    expect(Number(rows[0]?.expiresAtSeconds) * 1_000 - Date.parse(String(rows[0]?.at))).toBeGreaterThan(179.9 * 86_400_000);
  });

  test('one nonce twenty times at once counts once', async () => {
    const lot = await newLot(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => scan(lot, lot.serials[0], 'may', '22', 'cung-mot-lan')));
    expect(answers.map(({ json }) => json.count)).toEqual(Array(20).fill(1));
    expect([(await stored(lot, lot.serials[0]))?.scanCount, (await scansOf(lot)).scans]).toEqual([1, 1]);
  });

  test('that met a rival in the last moment remembers both phones', async () => {
    const lot = await newLot(1);
    const meanwhile = inTheMiddle(market, 'transaction', 1, () => scan(lot, lot.serials[0], 'doi-thu', '26'));
    expect((await scan(lot, lot.serials[0], 'may', '22')).json.count).toBe(2);
    meanwhile.stop();
    const { scan: said } = await look(lot, lot.serials[0]);
    expect(said?.phones).toBe(2);
    expect((await scansOf(lot)).provinces.map(({ code, scans, boxesSeen }) => [code, scans, boxesSeen])).toEqual([
      ['40', 1, 1],
      ['46', 1, 1],
    ]);
  });

  test('says when the first was and how many since, and one phone has another name on every item', async () => {
    const lot = await newLot(2);
    expect((await look(lot, lot.serials[0])).scan?.words[0]).toBe('Trước lần này chưa ai quét mã này.');
    await scan(lot, lot.serials[0], 'may-toi');
    const once = await look(lot, lot.serials[0]);
    expect(once.scan?.words[0]).toMatch(/^Mã này được quét lần đầu lúc \d\d:\d\d ngày \d\d\/\d\d\/20\d\d, từ đó chưa ai quét lại\.$/);
    await scan(lot, lot.serials[0], 'may-toi');
    await scan(lot, lot.serials[1], 'may-toi');
    const twice = await look(lot, lot.serials[0]);
    expect([twice.scan?.words[0], twice.scan?.phones]).toEqual([expect.stringMatching(/, đến nay 2 lần\.$/), 1]);
    const names = await Promise.all(
      lot.serials.map(async (s) => Object.keys(((await stored(lot, s)) as unknown as { seen: { phones: object } }).seen.phones)[0]),
    );
    expect(names[0]).not.toBe(names[1]);
    // Without a place nothing is known of provinces.
    expect((await scansOf(lot)).provinces).toEqual([]);
    expect((await scansOf(lot)).scans).toBe(3);
  });
});

describe('a box in a package', () => {
  test('not shipped, then sold on a day to a province; from elsewhere the page says so, and nothing of the buyer', async () => {
    const lot = await newLot(3);
    const { code } = await buy(2);
    expect((await look(lot, lot.serials[0])).state).toBe('active');
    const tied = await name(code, [{ sku, lot: lot.lot, serials: lot.serials.slice(0, 2).map((s) => s.toLowerCase()) }]);
    expect(tied.status, tied.text).toBe(200);
    const before = await look(lot, lot.serials[0]);
    expect([before.state, before.scan?.shipment, before.scan?.sold, before.warnings]).toEqual([
      'not_shipped',
      'not_sent',
      undefined,
      ['Theo sổ của chợ, kiện hàng chứa hộp này chưa được gửi đi.'],
    ]);
    expect((await look(lot, lot.serials[2])).state).toBe('active');

    await send(code);
    const there = await look(lot, lot.serials[0], { from: '22' });
    const sold = { day: '2026-06-15', province: { code: '40', name: 'Nghệ An' } };
    expect([there.state, there.scan?.sold, there.warnings]).toEqual(['active', { ...sold, isElsewhere: false }, []]);
    expect(there.scan?.words[1]).toBe('Hộp mang mã này được đặt mua ngày 15/06/2026, gửi đến Nghệ An.');
    expect(there.journey.find(({ step }) => step === 'sent')).toEqual({
      step: 'sent',
      at: now.toISOString(),
      text: 'Người bán gửi kiện hàng đi ngày 15/06/2026, đến Nghệ An.',
    });
    const elsewhere = await look(lot, lot.serials[0], { from: 'VN-SG' });
    expect(elsewhere.scan?.sold).toEqual({ ...sold, isElsewhere: true });
    expect(elsewhere.scan?.words[2]).toContain('Bạn đang xem từ Hồ Chí Minh');
    expect(JSON.stringify(elsewhere)).not.toMatch(new RegExp(`${code}|Nguyễn Thị Mua|0912|Trần Phú|VT1`));
  });

  test('that never left stays with the seller and may go into another package; else a box has one package', async () => {
    const lot = await newLot(1);
    const [first, second] = [await buy(), await buy()];
    const lots = [{ sku, lot: lot.lot, serials: lot.serials }];
    expect((await name(first.code, lots)).status).toBe(200);
    expect((await name(first.code, lots)).status).toBe(200);
    const refused = await name(second.code, lots);
    expect([refused.status, refused.json.detail]).toEqual([409, `Hộp ${lot.serials[0]} đã nằm trong một kiện hàng khác.`]);
    await market.cancelOrder(first.code, first.phone, now);
    expect((await look(lot, lot.serials[0])).state).toBe('not_shipped');
    expect((await name(second.code, lots)).status).toBe(200);
    await send(second.code);
    expect((await look(lot, lot.serials[0])).state).toBe('active');
  });

  test('which is full takes no second lot; one with room, or whose boxes nobody named, does', async () => {
    const [lot, other] = [await newLot(4), await newLot(2)];
    const lotsOf = async (code: string) => {
      const row = (await market.everything('traceability')).find((i) => i.sk === 'LOTS' && String(i.pk).includes(code));
      return (row?.lots as { lot: string }[] | undefined)?.map((l) => l.lot);
    };
    const { code } = await buy(2);
    expect((await name(code, [{ sku, lot: lot.lot, serials: lot.serials.slice(0, 1) }])).status).toBe(200);
    // Half of it is known: filling the rest from one lot and naming another is too much, whatever the order.
    const rest = { sku, lot: lot.lot, serials: lot.serials.slice(0, 2) };
    for (const lots of [
      [rest, { sku, lot: other.lot }],
      [{ sku, lot: other.lot }, rest],
      [{ sku, lot: other.lot, serials: other.serials }],
    ])
      expect((await name(code, lots)).status).toBe(409);
    expect(await lotsOf(code)).toEqual([lot.lot]);
    expect((await name(code, [rest])).status).toBe(200);
    for (const more of [{}, { serials: other.serials.slice(0, 1) }]) {
      const refused = await name(code, [{ sku, lot: other.lot, ...more }]);
      expect([refused.status, refused.json.detail]).toEqual([
        409,
        `Kiện hàng có 2 hộp của mã hàng này và cả 2 đã ghi từng mã: lô ${other.lot} không còn chỗ.`,
      ]);
    }
    expect(await lotsOf(code)).toEqual([lot.lot]);
    await ask('POST', `/api/seller/lots/${other.lot}/recall`, { as: lychees, body: { reason: 'Dư lượng thuốc vượt ngưỡng' } });
    await send(code);

    const [loose, half] = [await buy(2), await buy(2)];
    const third = await newLot(2);
    expect(
      (
        await name(loose.code, [
          { sku, lot: lot.lot },
          { sku, lot: third.lot },
        ])
      ).status,
    ).toBe(200);
    expect(
      (
        await name(half.code, [
          { sku, lot: third.lot, serials: third.serials.slice(0, 1) },
          { sku, lot: lot.lot },
        ])
      ).status,
    ).toBe(200);
    expect([await lotsOf(loose.code), await lotsOf(half.code)]).toEqual([
      [lot.lot, third.lot],
      [third.lot, lot.lot],
    ]);
  });

  test('that is filled by a rival in the last moment takes no second lot either', async () => {
    const [lot, other] = [await newLot(1), await newLot(1)];
    const { code } = await buy(1);
    await name(code, [{ sku, lot: lot.lot }]);
    const meanwhile = inTheMiddle(market, 'transaction', 1, () => name(code, [{ sku, lot: lot.lot, serials: lot.serials }]));
    expect((await name(code, [{ sku, lot: other.lot }])).status).toBe(409);
    meanwhile.stop();
  });

  test('named twice in one call counts once; under two lots it is refused', async () => {
    const [lot, other] = [await newLot(2), await newLot(1)];
    const { code } = await buy(2);
    const [a = '', b = ''] = lot.serials;
    const before = await market.digests('traceability');
    const both = await name(code, [
      { sku, lot: lot.lot, serials: [a] },
      { sku, lot: other.lot, serials: [a] },
    ]);
    expect([both.status, both.json.errors?.[0]?.path]).toEqual([422, 'lots[1].serials[0]']);
    const wrong = await name(code, [{ sku, lot: lot.lot, serials: [...other.serials] }]);
    expect([wrong.status, wrong.json.errors?.[0]?.path]).toEqual([422, 'lots[0].serials[0]']);
    expect(await market.digests('traceability')).toEqual(before);
    expect((await name(code, [{ sku, lot: lot.lot, serials: [a, a.toLowerCase(), a, b] }])).status).toBe(200);
    const held = (await market.everything('traceability')).filter((i) => i.sk === `HELD#${sku}` && String(i.pk).includes(code));
    expect(held.map(({ boxes }) => boxes)).toEqual([2]);
  });

  test('two packages at once for one box: one has it', async () => {
    for (let round = 0; round < 5; round++) {
      const lot = await newLot(1);
      const orders = await Promise.all([buy(), buy()]);
      const lots = [{ sku, lot: lot.lot, serials: lot.serials }];
      const answers = await Promise.all(orders.map(({ code }) => name(code, lots)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const winner = orders[answers.findIndex(({ status }) => status === 200)];
      expect((await stored(lot, lot.serials[0]))?.soldIn).toMatchObject({ code: winner?.code, province: '40' });
    }
  });

  test('250 boxes are written in four transactions; a call that died in between is sent again and goes on', async () => {
    const lot = await newLot(250);
    const { code } = await buy(250);
    const lots = [{ sku, lot: lot.lot, serials: lot.serials }];
    // The first transaction names the lot, the others hold 80 boxes each.
    const meanwhile = inTheMiddle(market, 'transaction', 3, () => {
      throw new Error('the function died here');
    });
    expect((await name(code, lots)).status).toBe(500);
    meanwhile.stop();
    const tied = async () => (await market.everything('traceability')).filter((i) => i.sk === 'S' && i.soldIn && i.lot === lot.lot).length;
    expect(await tied()).toBe(80);
    expect((await name(code, lots)).status).toBe(200);
    expect([await tied(), (await scansOf(lot)).boxesSent]).toEqual([250, 250]);
  });

  test('three hands fill a package of two with a box each at once: two are in it; the same box by five hands at once is one', async () => {
    const lot = await newLot(4);
    const { code } = await buy(2);
    const one = (serial: string | undefined) => name(code, [{ sku, lot: lot.lot, serials: [serial ?? ''] }]);
    const same = await Promise.all(Array.from({ length: 5 }, () => one(lot.serials[0])));
    expect(same.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const others = await Promise.all(lot.serials.slice(1).map(one));
    expect(others.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(others.find(({ status }) => status === 409)?.json.detail).toBe('Kiện hàng chỉ có 2 hộp của mã hàng này.');
    const held = (await market.everything('traceability')).filter((i) => i.sk === `HELD#${sku}` && String(i.pk).includes(code));
    expect(held.map(({ boxes }) => boxes)).toEqual([2]);
  });

  test('is of its lot and one of as many as the package holds', async () => {
    const [lot, other] = [await newLot(3), await newLot(1)];
    const { code } = await buy(2);
    const before = await market.digests('traceability');
    const pathOf = async (serials: string[]) => {
      const { status, json } = await name(code, [{ sku, lot: lot.lot, serials }]);
      return [status, json.errors?.[0]?.path];
    };
    expect(await pathOf(['khong-phai'])).toEqual([422, 'lots[0].serials[0]']);
    expect(await pathOf(lot.serials)).toEqual([422, 'lots[0].serials[2]']);
    expect(await market.digests('traceability')).toEqual(before);
    expect(await pathOf([lot.serials[0] ?? '', lot.serials[0] ?? '', other.serials[0] ?? ''])).toEqual([422, 'lots[0].serials[2]']);
    expect(await pathOf(['ZZZZZZZZZZZZ'])).toEqual([422, 'lots[0].serials[0]']);
    expect((await name(code, [{ sku, lot: lot.lot, serials: [] }], pottery)).status).toBe(404);
  });
});

describe('the states', () => {
  const scanAt = async (at: string, lot: LotSaid, device: string, from: string) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) });
    const { json } = await scan(lot, lot.serials[0], device, from);
    vi.useRealTimers();
    return json.state;
  };

  test('expired from the day after its use-by day, recalled before all else', async () => {
    const lot = await newLot(1, { useBy: '2026-06-20' });
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-20T16:59:59Z') });
    expect((await look(lot, lot.serials[0])).state).toBe('active');
    vi.setSystemTime(new Date('2026-06-20T17:00:00Z'));
    const late = await look(lot, lot.serials[0]);
    vi.useRealTimers();
    expect([late.state, late.lot?.useBy, late.warnings]).toEqual([
      'expired',
      '2026-06-20',
      ['Lô hàng chỉ dùng tốt đến hết ngày 20/06/2026, nay đã quá hạn.'],
    ]);
    await ask('POST', `/api/seller/lots/${lot.lot}/recall`, { as: lychees, body: { reason: 'Dư lượng thuốc vượt ngưỡng' } });
    expect((await look(lot, lot.serials[0])).state).toBe('recalled');
  });

  test('a use-by day before the harvest is refused', async () => {
    const body = { sku, lot: 'NGUOC', harvestedOn: '2026-06-14', useBy: '2026-06-13', quantityGrams: 1 };
    const { status, json } = await ask('POST', '/api/seller/lots', { as: lychees, body, key: 'nguoc' });
    expect([status, json.errors[0].path]).toEqual([422, 'useBy']);
  });

  test('scanned by two phones in An Giang while the box still lies with its seller: suspicious, told by the scan itself', async () => {
    const lot = await newLot(1);
    const { code } = await buy();
    await name(code, [{ sku, lot: lot.lot, serials: lot.serials }]);
    // The seller's packers, and a buyer whose seller presses "sent" late.
    await scanAt('2026-06-15T02:00:00Z', lot, 'dong-goi', '56');
    await scanAt('2026-06-17T02:00:00Z', lot, 'nguoi-mua', '22');
    expect((await look(lot, lot.serials[0])).scan?.findings).toEqual([]);
    expect(await scanAt('2026-06-17T12:00:00Z', lot, 'la-1', '44')).toBe('not_shipped');
    expect(await scanAt('2026-06-17T13:00:00Z', lot, 'la-2', '44')).toBe('suspicious');
    const { state, warnings, scan: said } = await look(lot, lot.serials[0]);
    expect(state).toBe('suspicious');
    expect(said?.findings.map(({ kind, strength }) => [kind, strength])).toEqual([
      ['early', 'strong'],
      ['elsewhere', 'weak'],
    ]);
    expect(warnings[0]).toBe('Tem mang mã này đã được quét ở An Giang trong khi hàng thật chưa rời người bán.');
    const { suspicious } = await scansOf(lot);
    expect(suspicious).toMatchObject([{ serial: lot.serials[0], since: '2026-06-17T13:00:00.000Z', scans: 4 }]);
    expect(suspicious[0]?.findings[0]).toBe('Quét ở An Giang (2 điện thoại) khi kiện hàng còn chưa gửi đi.');
  });
});

describe('a lot', () => {
  test('whose boxes turn up where none was sent is doubted; boxes sold there are not', async () => {
    const lot = await newLot(40);
    const [away, there] = [
      await buy(39),
      await buy(1, { shipTo: { provinceCode: '91', communeCode: '30307', street: '1 Lý Thường Kiệt' } }),
    ];
    await name(away.code, [{ sku, lot: lot.lot, serials: lot.serials.slice(0, 39) }]);
    await name(there.code, [{ sku, lot: lot.lot, serials: lot.serials.slice(39) }]);
    await send(away.code);
    await send(there.code);
    for (const serial of lot.serials.slice(0, 9)) {
      await scan(lot, serial, `nha-${serial}`, '22');
    }
    expect((await scansOf(lot)).findings).toEqual([]);
    // 91 is sent one box of forty: of 9 + n boxes seen, 0.8 × n/40 + … are expected there.
    for (const serial of lot.serials.slice(10, 18)) await scan(lot, serial, `la-${serial}`, '44');
    const said = await scansOf(lot);
    expect(said.provinces.map(({ code, sent, boxesSeen, isDoubtful }) => [code, sent, boxesSeen, isDoubtful])).toEqual([
      ['40', 39, 9, false],
      ['91', 1, 8, true],
    ]);
    expect(said.findings.map(({ kind }) => kind)).toEqual(['pattern']);
    const lots = (await ask('GET', '/api/seller/lots', { as: lychees, query: { limit: '1' } })).json.items;
    expect(lots[0]).toMatchObject({ lot: lot.lot, doubtful: { provinces: ['An Giang'] } });
    expect(JSON.stringify(lots[0])).not.toContain('sent');
    const copied = await look(lot, lot.serials[10]);
    expect([copied.state, copied.scan?.findings.at(-1)?.kind]).toEqual(['suspicious', 'pattern']);
    await scan(lot, lot.serials[39], 'nguoi-mua', '44');
    expect([(await look(lot, lot.serials[39])).state, (await look(lot, lot.serials[0])).state]).toEqual(['active', 'active']);
  });

  test('is its seller’s alone', async () => {
    const lot = await newLot(1);
    const path = `/api/seller/lots/${lot.lot}/scans`;
    const statusAs = async (as?: string) => (await ask('GET', path, as ? { as } : {})).status;
    expect([await statusAs(), await statusAs('shopper'), await statusAs(pottery), await statusAs(lychees)]).toEqual([401, 403, 404, 200]);
  });
});

describe('guessing', () => {
  const unknown = (n: number) => `ZZZZZZZZ${String(n).padStart(4, '0')}`;

  test('the 31st unknown code of one device in a minute is 429, a box is not, nor is anybody else limited', async () => {
    const lot = await newLot(1);
    const guesser = { address: '113.160.0.1', device: 'doan' };
    const guess = async (n: number, visit: Visit) => (await ask('GET', `/api/trace/${lot.gtin}/${unknown(n)}`, {}, visit)).status;
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n, guesser)));
    expect(answers.filter((status) => status === 200)).toHaveLength(30);
    expect(answers.filter((status) => status === 429)).toHaveLength(10);
    const scanned = await ask(
      'POST',
      `/api/trace/${lot.gtin}/${unknown(1)}/scans`,
      { body: { nonce: 'doan-mo-1', device: 'doan' } },
      guesser,
    );
    expect([scanned.status, scanned.json.code]).toEqual([429, 'rate_limited']);
    expect((await look(lot, lot.serials[0], guesser)).state).toBe('active');
    expect([await guess(1, { ...guesser, device: 'hang-xom' }), await guess(1, { ...guesser, address: '113.160.0.2' })]).toEqual([
      200, 200,
    ]);
  });

  test('a village behind one address scans two hundred boxes', async () => {
    const lot = await newLot(200);
    const village = { address: '113.160.0.3' };
    const answers = await Promise.all(
      lot.serials.flatMap((serial) => [
        ask('GET', `/api/trace/${lot.gtin}/${serial}`, {}, village),
        ask('POST', `/api/trace/${lot.gtin}/${serial}/scans`, { body: { nonce: `lang-${serial}`, device: serial } }, village),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(lot.serials.flatMap(() => [200, 202]));
  });

  const guessAs = async (n: number, address: string, device: string) =>
    (await ask('GET', `/api/trace/08938500000010/${unknown(n)}`, {}, { address, device })).status;
  /** As if so many had been taken in this minute already. */
  const fill = async (name: string, address: string, count: number) => {
    const { limitKey } = await import('../../../functions/platform/limits.ts');
    const { dynamo } = await import('../../../functions/platform/dynamo.ts');
    const subject = createHash('sha256')
      .update(JSON.stringify([address]))
      .digest('base64url')
      .slice(0, 22);
    const Key = limitKey({ name, max: 0, windowSeconds: 60 }, subject);
    await dynamo.send(
      new PutCommand({ TableName: 'traceability', Item: { ...Key, count, windowEndsAt: Date.now() + 60_000, expiresAtSeconds: 1 } }),
    );
  };

  test('behind an address full of guesses a phone that comes new may still mistype five times in a minute', async () => {
    const address = '113.160.0.4';
    await fill('unknown-codes-of-address', address, 300);
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push((await guessAs(n, address, 'moi-den')) ?? 0);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(await guessAs(9, address, 'cung-moi')).toBe(200);
    const lot = await newLot(1);
    expect((await look(lot, lot.serials[0], { address, device: 'moi-den' })).state).toBe('active');
  });

  test('beyond its first five an address has 300', async () => {
    const address = '113.160.0.5';
    await fill('unknown-codes-of-address', address, 298);
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) statuses.push((await guessAs(n, address, 'go-nham')) ?? 0);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
  });

  test('who gives himself a new name for every guess has 3,000', async () => {
    const address = '113.160.0.6';
    await fill('first-unknown-codes-of-address', address, 2_990);
    const statuses = await Promise.all(Array.from({ length: 30 }, (_, n) => guessAs(n, address, `ten-${n}`)));
    expect([statuses.filter((s) => s === 200).length, statuses.filter((s) => s === 429).length]).toEqual([10, 20]);
  });
});

describe('a doubt', () => {
  const doubt = { kind: 'copied', text: 'Tem bị dán đè lên tem khác', phone: '0912 345 678' };
  const report = ({ gtin }: Pick<LotSaid, 'gtin'>, serial: string | undefined, body: object = doubt, visit: Visit = {}) =>
    ask('POST', `/api/trace/${gtin}/${serial}/doubts`, { body }, { address: `10.1.0.${++made % 250}`, ...visit });

  test('reaches the department with the phone and the seller without it', async () => {
    const lot = await newLot(1);
    const [serial] = lot.serials;
    const received = await report(lot, serial);
    expect([received.status, Object.keys(received.json)]).toEqual([201, ['id', 'receivedAt']]);
    const again = await report(lot, serial);
    expect(again.json).toEqual(received.json);
    const { doubts } = await scansOf(lot);
    expect(doubts).toEqual([{ id: received.json.id, at: received.json.receivedAt, serial, kind: 'copied', text: doubt.text }]);
    const listed = (await ask('GET', '/api/admin/traceability/doubts', { as: 'department' })).json.items;
    expect(listed[0]).toEqual({
      ...{ id: received.json.id, at: received.json.receivedAt, gtin: lot.gtin, serial, state: 'active', lot: lot.lot },
      ...{ seller: 'HTX Vải thiều Lục Ngạn', kind: 'copied', text: doubt.text, phone: '0912345678' },
    });
  });

  test('about a code that was never issued is kept too; what is no code at all is not', async () => {
    const { status } = await report({ gtin: '08938500000010' }, 'KHAC-NGUON', { kind: 'other', text: 'Mua ở chợ đầu mối' });
    expect(status).toBe(201);
    const [first] = (await ask('GET', '/api/admin/traceability/doubts', { as: 'admin', query: { limit: '1' } })).json.items;
    expect(first).toMatchObject({ serial: 'KHAC-NGUON', state: 'never_issued', kind: 'other' });
    expect((await report({ gtin: '08938500000011' }, 'ABC')).status).toBe(404);
  });

  test('page by page, newest first', async () => {
    const lot = await newLot(1);
    for (const text of ['Lời báo thứ nhất', 'Lời báo thứ hai', 'Lời báo thứ ba']) await report(lot, lot.serials[0], { ...doubt, text });
    const page = async (cursor?: string) =>
      (await ask('GET', '/api/admin/traceability/doubts', { as: 'department', query: { limit: '2', ...(cursor ? { cursor } : {}) } })).json;
    const first = await page();
    const second = await page(first.nextCursor);
    expect([...first.items, ...second.items].slice(0, 3).map(({ text }) => text)).toEqual([
      'Lời báo thứ ba',
      'Lời báo thứ hai',
      'Lời báo thứ nhất',
    ]);
    expect((await ask('GET', '/api/admin/traceability/doubts', { as: 'department', query: { cursor: 'eA' } })).status).toBe(422);
  });

  test('the sixth of one device in an hour is 429, and only the department reads them', async () => {
    const lot = await newLot(1);
    const visit = { address: '113.160.0.9', device: 'noi-nhieu' };
    const statuses = [];
    for (let n = 0; n < 6; n++) statuses.push((await report(lot, lot.serials[0], { ...doubt, text: `Lời báo số ${n}` }, visit)).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
    const statusAs = async (as?: string) => (await ask('GET', '/api/admin/traceability/doubts', as ? { as } : {})).status;
    expect([await statusAs(), await statusAs('shopper'), await statusAs(lychees), await statusAs('admin')]).toEqual([401, 403, 403, 200]);
  });

  test.each([
    [{ ...doubt, kind: 'khac' }, 'kind'],
    [{ ...doubt, text: 'ngan' }, 'text'],
    [{ ...doubt, text: 'x'.repeat(1_001) }, 'text'],
    [{ ...doubt, phone: '12' }, 'phone'],
  ])('%j is refused for its %s', async (body, path) => {
    const { status, json } = await report({ gtin: '08938500000010' }, 'ABC', body);
    expect([status, json.errors[0].path]).toEqual([422, path]);
  });
});
