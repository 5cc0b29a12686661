import { describe, expect, test } from 'vitest';
import { Trace } from '../../../shared/traceability/contract.ts';
import { type KnownItem, traceOf } from '../../../shared/traceability/scans/trace.ts';

const asked = { gtin: '08938500000010', serial: '7K3M9QWX2ABC' };
const known = (more: Partial<KnownItem['lot']> = {}): KnownItem => ({
  codedAt: '2026-06-14T23:30:00.000Z',
  scans: { count: 1, firstAt: '2026-06-20T00:00:00.000Z' },
  lot: {
    lot: 'VT-01',
    sku: 'VAI',
    gtin: asked.gtin,
    productName: 'Vải thiều',
    harvestedOn: '2026-06-15',
    quantityGrams: 1,
    certificates: [],
    codesIssued: 1,
    codedGrams: 1,
    recordedAt: '2026-06-14T22:00:00.000Z',
    ...more,
  },
  product: { slug: 'vai', name: 'Vải thiều', variant: 'Hộp', netWeightGrams: 1_000 },
  seller: { slug: 'htx', name: 'HTX', address: 'Xã Lục Ngạn, Tỉnh Bắc Ninh', commune: { code: '07582', name: 'Lục Ngạn' } },
});

describe('the journey', () => {
  test('coded at half past six in the morning of the harvest day stands after the harvest', () => {
    const { journey } = traceOf(asked, known(), '2026-06-20');
    expect(journey.map(({ step, at }) => [step, at])).toEqual([
      ['harvested', '2026-06-14T17:00:00.000Z'],
      ['coded', '2026-06-14T23:30:00.000Z'],
    ]);
    expect(journey[1]?.text).toBe('Chợ cấp mã riêng cho món hàng này ngày 15/06/2026.');
  });

  test('a seller who has left leaves the lot readable', () => {
    const trace = traceOf(asked, { ...known(), seller: undefined }, '2026-06-20');
    expect(trace.journey[0]).toEqual({
      step: 'harvested',
      at: '2026-06-14T17:00:00.000Z',
      text: 'Lô VT-01 được thu hoạch hoặc làm ra ngày 15/06/2026.',
    });
    expect(Trace.parse(trace)).toEqual(trace);
  });
});

test('a certificate is valid through its last day', () => {
  const lot = { certificates: [{ kind: 'VietGAP', number: '1', validUntil: '2026-06-30' }] };
  expect(traceOf(asked, known(lot), '2026-06-30').certificates[0]?.valid).toBe(true);
  const expired = traceOf(asked, known(lot), '2026-07-01');
  expect([expired.certificates[0]?.valid, expired.warnings]).toEqual([
    false,
    ['Giấy VietGAP số 1 chỉ có giá trị đến hết ngày 30/06/2026, nay đã hết hạn.'],
  ]);
});

test('a recall outranks everything and ends the journey', () => {
  const trace = traceOf(asked, known({ recall: { reason: 'Bao bì hở.', at: '2026-06-21T18:00:00.000Z' } }), '2026-07-01');
  expect([trace.state, trace.journey.at(-1)?.text, trace.warnings[0]]).toEqual([
    'recalled',
    'Người bán thu hồi lô ngày 22/06/2026: Bao bì hở.',
    'Lô hàng này đã bị thu hồi ngày 22/06/2026: Bao bì hở. Xin bà con đừng dùng và liên hệ người bán.',
  ]);
});

test('never issued: no product, no seller, no lot', () => {
  const trace = traceOf(asked, undefined, '2026-07-01');
  expect(Object.keys(trace)).toEqual(['state', 'said', 'gtin', 'serial', 'journey', 'certificates', 'warnings', 'scans']);
  expect(Trace.parse(trace)).toEqual(trace);
});

test.each([
  ['Bao bì hở', 'Bao bì hở. Xin'],
  ['Bao bì hở.', 'Bao bì hở. Xin'],
  ['Ai đã mua?', 'Ai đã mua? Xin'],
])('the reason %s is its own sentence', (reason, said) => {
  const trace = traceOf(asked, known({ recall: { reason, at: '2026-06-21T18:00:00.000Z' } }), '2026-07-01');
  expect(trace.warnings[0]).toContain(`22/06/2026: ${said} bà con`);
});

test('what an event tells of the same instant as the market itself is told once, in the market’s words', () => {
  const steps = [
    { step: 'coded', at: known().codedAt, text: 'Lô được gắn mã.' },
    { step: 'measured', at: '2026-06-16T01:00:00.000Z', text: 'Lô được đo.' },
  ];
  const { journey } = traceOf(asked, { ...known(), steps }, '2026-06-20');
  expect(journey.map(({ step }) => step)).toEqual(['harvested', 'coded', 'measured']);
  expect(journey[1]?.text).toMatch(/^Chợ cấp mã riêng/);
});

describe('what the market does not know, and what events tell, is said', () => {
  const told = (more: Partial<KnownItem>) => traceOf(asked, { ...known(), ...more }, '2026-06-20');
  const measured = (hour: string, minC: number, maxC: number, alarm?: true) => ({
    ...{ step: 'measured', at: `2026-06-${hour}:00:00.000Z`, text: 'Lô được đo.' },
    temperature: { minC, maxC, ...(alarm ? { alarm } : {}) },
  });

  test('no parcel holds the box: the state stays, the words say so', () => {
    const { state, scan } = told({});
    expect([state, scan?.shipment, scan?.words.at(-1)]).toEqual([
      'active',
      'unknown',
      'Chợ chưa ghi nhận kiện hàng nào chứa hộp này. Mua ngoài chợ, hoặc người bán không ghi từng hộp, thì điều này là bình thường.',
    ]);
    const sold = told({ sale: { shipment: 'sent', orderedAt: '2026-06-16T02:00:00.000Z' } });
    expect(sold.scan?.words.join(' ')).not.toContain('chưa ghi nhận');
  });

  test('a logger’s alarm is a warning with the numbers that are there; readings without one are none', () => {
    expect(told({ steps: [measured('16T01', 3, 9.5)] }).warnings).toEqual([]);
    expect(told({ steps: [measured('16T01', 3, 9.5, true)] }).warnings).toEqual([
      'Thiết bị đo báo động nhiệt độ ngày 16/06/2026: từ 3 °C đến 9,5 °C.',
    ]);
    // 18:00 UTC is the next day in Việt Nam.
    const twice = [measured('16T01', 9.5, 9.5, true), measured('17T01', 2, 4), measured('17T18', -1.25, 12, true)];
    expect(told({ steps: twice.slice(0, 1) }).warnings).toEqual(['Thiết bị đo báo động nhiệt độ ngày 16/06/2026: 9,5 °C.']);
    expect(told({ steps: twice }).warnings).toEqual([
      'Thiết bị đo báo động nhiệt độ 2 lần, từ ngày 16/06/2026 đến ngày 18/06/2026: thấp nhất -1,3 °C, cao nhất 12 °C.',
    ]);
  });

  test('a recall that the seller’s events tell is a warning; the market’s own recall says more and stands alone', () => {
    const at = '2026-06-16T18:00:00.000Z';
    const rest = 'Xin bà con đừng dùng và liên hệ người bán.';
    const warned = (toldRecall: KnownItem['toldRecall']) => told({ toldRecall }).warnings;
    expect(warned({ at, of: 'lot', lot: 'VT-01' })).toEqual([`Theo sự kiện người bán ghi ngày 17/06/2026, lô này bị thu hồi. ${rest}`]);
    expect(warned({ at, of: 'item' })[0]).toContain('17/06/2026, món hàng này bị thu hồi.');
    expect(warned({ at, of: 'origin', lot: 'VUON' })[0]).toContain('17/06/2026, lô VUON làm ra hàng này bị thu hồi.');
    expect(warned({ at, of: 'origin' })[0]).toContain('17/06/2026, nguyên liệu của hàng này bị thu hồi.');
    expect(warned({ at, of: 'carrier' })[0]).toContain('17/06/2026, kiện chứa hàng này bị thu hồi.');
    expect(told({ toldRecall: { at, of: 'lot', lot: 'VT-01' } }).state).toBe('active');
    const both = { ...known({ recall: { reason: 'Bao bì hở.', at } }), toldRecall: { at, of: 'lot', lot: 'VT-01' } as const };
    expect(traceOf(asked, both, '2026-06-20').warnings).toHaveLength(1);
  });
});
