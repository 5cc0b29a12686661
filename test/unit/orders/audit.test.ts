import { describe, expect, test } from 'vitest';
import {
  type AuditedCounter,
  type AuditedOrder,
  type AuditedPackage,
  type AuditedPlace,
  auditCounter,
  auditOrder,
  auditPlace,
  confirmed,
  type Difference,
  heldNow,
  ledgerOf,
} from '../../../shared/orders/audit.ts';

const now = new Date('2026-06-15T02:00:00.000Z');

/** Two boxes of lychees at 335,000 and three bags of noodles at 60,000, less 10,000, to be paid at the door. */
const fruit: AuditedPackage = {
  ...{ id: 'KB-1-1', of: 2, sellerId: 'sel_vai', legalType: 'cooperative', payment: 'cod' },
  ...{ status: 'confirmed', paymentStatus: 'collect_on_delivery', version: 1, isListedExpiring: false },
  ...{ subtotal: 850_000, discount: 10_000, shipping: 46_000, total: 886_000 },
  lines: [
    { sku: 'VAI', quantity: 2, unitPrice: 335_000, total: 670_000, discount: 8_000 },
    { sku: 'MY', quantity: 3, unitPrice: 60_000, total: 180_000, discount: 2_000 },
  ],
  holdings: [
    { sku: 'VAI', campaign: 'dem-hoi', shard: '00', quantity: 2 },
    { sku: 'MY', shard: '00', quantity: 1 },
    { sku: 'MY', shard: '01', quantity: 2 },
  ],
  history: [{ status: 'confirmed', at: '2026-06-15T01:00:00.000Z' }],
};
/** A vase of a household, at 180,000. */
const vase: AuditedPackage = {
  ...fruit,
  ...{ id: 'KB-1-2', sellerId: 'sel_gom', legalType: 'household', version: 4 },
  ...{ subtotal: 180_000, discount: 0, shipping: 30_000, total: 210_000 },
  lines: [{ sku: 'BINH', quantity: 1, unitPrice: 180_000, total: 180_000, discount: 0 }],
  holdings: [{ sku: 'BINH', shard: '00', quantity: 1 }],
};
const order: AuditedOrder = {
  ...{ code: 'KB-1', subtotal: 1_030_000, discount: 10_000, shipping: 76_000, total: 1_096_000, takenAs: 'sold' },
  taken: [...fruit.holdings, ...vase.holdings],
};
const told = (differences: readonly Difference[]) => differences.map(({ check, id, expected, found }) => [check, id, expected, found]);
const audited = (changed: Partial<AuditedPackage>) => told(auditOrder(order, [fruit, { ...vase, ...changed }], now));

describe('an order against its packages', () => {
  test('that tell the same has no difference, in whatever order its units were noted', () => {
    expect(auditOrder(order, [fruit, vase], now)).toEqual([]);
    expect(auditOrder({ ...order, taken: order.taken.toReversed() }, [fruit, vase], now)).toEqual([]);
  });

  test('names the packages’ versions, so that a write in between is seen', () => {
    expect(auditOrder({ ...order, total: 1 }, [fruit, vase], now)).toEqual([
      { check: 'total of order', id: 'KB-1', expected: 1, found: 1_096_000, guard: '1+4' },
    ]);
  });

  test.each([
    [{ subtotal: 1_030_001 }, ['subtotal of order', 'KB-1', 1_030_001, 1_030_000]],
    [{ discount: 9_999 }, ['discount of order', 'KB-1', 9_999, 10_000]],
    [{ shipping: 0 }, ['shipping of order', 'KB-1', 0, 76_000]],
    [{ total: 1_096_001 }, ['total of order', 'KB-1', 1_096_001, 1_096_000]],
  ])('%o differs', (changed, expected) => {
    expect(told(auditOrder({ ...order, ...changed }, [fruit, vase], now))).toEqual([expected]);
  });

  test('finds units that were taken from another counter, another place or in another number', () => {
    const [vai, ...others] = order.taken;
    const is = ['BINH  00×1', 'MY  00×1', 'MY  01×2', 'VAI dem-hoi 00×2'];
    const expected = (first: string) => [['units of order', 'KB-1', [...is.slice(0, 3), first], is]];
    const withFirst = (first: object) =>
      told(auditOrder({ ...order, taken: [{ ...vai, ...first } as never, ...others] }, [fruit, vase], now));
    expect(withFirst({ shard: '03' })).toEqual(expected('VAI dem-hoi 03×2'));
    expect(withFirst({ campaign: undefined })).toEqual(expected('VAI  00×2'));
    expect(withFirst({ quantity: 1 })).toEqual(expected('VAI dem-hoi 00×1'));
  });

  test('finds that a package is missing, and what is missing with it', () => {
    expect(told(auditOrder(order, [fruit], now))).toEqual([
      ['packages of order', 'KB-1', 2, 1],
      ['subtotal of order', 'KB-1', 1_030_000, 850_000],
      ['shipping of order', 'KB-1', 76_000, 46_000],
      ['total of order', 'KB-1', 1_096_000, 886_000],
      ['units of order', 'KB-1', ['BINH  00×1', 'MY  00×1', 'MY  01×2', 'VAI dem-hoi 00×2'], ['MY  00×1', 'MY  01×2', 'VAI dem-hoi 00×2']],
    ]);
  });

  test('that has no package at all is told, not thrown', () => {
    expect(told(auditOrder(order, [], now))[0]).toEqual(['packages of order', 'KB-1', undefined, 0]);
  });
});

describe('a package', () => {
  test.each<[string, Partial<AuditedPackage>, unknown[][]]>([
    [
      'whose total is not its parts',
      { total: 210_001 },
      [
        ['total of order', 'KB-1', 1_096_000, 1_096_001],
        ['total of package', 'KB-1-2', 210_000, 210_001],
      ],
    ],
    [
      'whose lines are not its goods',
      { lines: [{ sku: 'BINH', quantity: 1, unitPrice: 170_000, total: 170_000, discount: 0 }] },
      [['goods of package', 'KB-1-2', 170_000, 180_000]],
    ],
    [
      'whose lines share out another discount',
      { lines: [{ sku: 'BINH', quantity: 1, unitPrice: 180_000, total: 180_000, discount: 1 }] },
      [['discount of package', 'KB-1-2', 1, 0]],
    ],
    [
      'a line of which is not quantity times price',
      { lines: [{ sku: 'BINH', quantity: 1, unitPrice: 179_999, total: 180_000, discount: 0 }] },
      [['price of line', 'KB-1-2 BINH', 179_999, 180_000]],
    ],
    [
      'that holds other units than it sold',
      { lines: [{ sku: 'BINH', quantity: 2, unitPrice: 90_000, total: 180_000, discount: 0 }] },
      [['units of package', 'KB-1-2', 2, 1]],
    ],
    ['whose state is not where its history ends', { status: 'packed' }, [['state of package', 'KB-1-2', 'confirmed', 'packed']]],
    ['without a history', { history: [] }, [['state of package', 'KB-1-2', undefined, 'confirmed']]],
    [
      'that gave back more than was paid',
      { paymentStatus: 'refunded', refunds: [{ id: 'R', at: '', reason: '', amount: 210_001, goods: 180_000, shipping: 30_000 }] },
      [
        ['payment of refunded package', 'KB-1-2', true, false],
        ['never refunds more than was paid', 'KB-1-2', 210_000, 210_001],
      ],
    ],
    [
      'that gave all back and does not say so',
      { paymentStatus: 'paid', refunds: [{ id: 'R', at: '', reason: '', amount: 210_000, goods: 180_000, shipping: 30_000 }] },
      [['payment of refunded package', 'KB-1-2', false, true]],
    ],
    ['that says it gave all back and did not', { paymentStatus: 'refunded' }, [['payment of refunded package', 'KB-1-2', true, false]]],
    ['that is paid for and still listed as expiring', { isListedExpiring: true }, [['waits for money', 'KB-1-2', false, true]]],
  ])('%s is told', (_, changed, expected) => {
    expect(audited(changed)).toEqual(expected);
  });

  const unpaid: Partial<AuditedPackage> = {
    ...{ status: 'pending_payment', paymentStatus: 'pending', payment: 'bank_transfer', isListedExpiring: true },
    history: [{ status: 'pending_payment', at: '2026-06-15T01:00:00.000Z' }],
  };

  test('that waits for money must be listed, or nobody would end it', () => {
    expect(audited({ ...unpaid, expiresAt: now.toISOString(), isListedExpiring: false })).toEqual([
      ['waits for money', 'KB-1-2', true, false],
    ]);
  });

  test('that waits for money may be five minutes over its time, not a moment more', () => {
    const late = ['unpaid package ended in time', 'KB-1-2', false, true];
    expect(audited({ ...unpaid, expiresAt: '2026-06-15T01:55:00.000Z' })).toEqual([]);
    expect(audited({ ...unpaid, expiresAt: '2026-06-15T01:54:59.999Z' })).toEqual([late]);
    // Without a time, or with one that is none, it would wait for ever.
    expect(audited({ ...unpaid, expiresAt: undefined })).toEqual([late]);
    expect(audited({ ...unpaid, expiresAt: 'soon' })).toEqual([late]);
  });

  test('that is over keeps the time it once had', () => {
    const expired = { ...unpaid, status: 'expired', isListedExpiring: false, expiresAt: '2026-06-01T00:00:00.000Z' } as const;
    expect(audited({ ...expired, history: [{ status: 'expired', at: '2026-06-01T00:00:30.000Z' }] })).toEqual([]);
  });
});

describe('what packages hold of the counters', () => {
  test('is reserved while unpaid and sold from then on, each counter by itself', () => {
    expect(heldNow([{ ...fruit, status: 'pending_payment' }, vase])).toEqual([
      { sku: 'VAI', campaign: 'dem-hoi', shard: '00', reserved: 2 },
      { sku: 'MY', shard: '00', reserved: 1 },
      { sku: 'MY', shard: '01', reserved: 2 },
      { sku: 'BINH', shard: '00', sold: 1 },
    ]);
  });

  test.each(['confirmed', 'packed', 'shipped', 'delivered', 'completed'] as const)('of a %s package is sold', (status) => {
    expect(heldNow([{ ...vase, status }])).toEqual([{ sku: 'BINH', shard: '00', sold: 1 }]);
  });

  test.each(['cancelled', 'expired', 'returned', 'refunded'] as const)('of a %s package is nothing', (status) => {
    expect(heldNow([{ ...vase, status }])).toEqual([]);
  });
});

describe('the ledger lines a package must have', () => {
  test('are none before it is paid for, nor after it ended unpaid', () => {
    for (const paymentStatus of ['pending', 'collect_on_delivery', 'cancelled', 'expired'])
      expect(ledgerOf({ ...vase, paymentStatus })).toEqual([]);
  });

  test('are the sale once paid, as the seller’s account moves: of a household 1% and 0.5% are withheld', () => {
    expect(ledgerOf({ ...vase, paymentStatus: 'paid' })).toEqual([
      'sel_gom pit_withheld -900',
      'sel_gom sale 180000',
      'sel_gom shipping 30000',
      'sel_gom vat_withheld -1800',
    ]);
    expect(ledgerOf({ ...fruit, paymentStatus: 'paid' })).toEqual(['sel_vai sale 840000', 'sel_vai shipping 46000']);
  });

  const history = ['confirmed', 'cancelled'].map((status) => ({ status, at: '2026-06-15T01:00:00.000Z' }));
  const reversed = [
    'sel_gom pit_returned 900',
    'sel_gom pit_withheld -900',
    'sel_gom sale 180000',
    'sel_gom sale_reversed -180000',
    'sel_gom shipping 30000',
    'sel_gom shipping_reversed -30000',
    'sel_gom vat_returned 1800',
    'sel_gom vat_withheld -1800',
  ];

  test('are the sale and its reversal once it was cancelled, and the payment of the claim once that was made', () => {
    expect(ledgerOf({ ...vase, paymentStatus: 'refund_due', history })).toEqual(reversed);
    const refunds = [{ id: 'R1', at: '2026-06-15T01:00:00.000Z', reason: 'x', amount: 210_000, goods: 0, shipping: 0 }];
    expect(ledgerOf({ ...vase, paymentStatus: 'refunded', history, refunds })).toEqual(
      [...reversed, 'sel_gom refund_paid 0 settled 210000'].sort(),
    );
  });

  test('are the sale and its refunds while it goes on, with the tax on what was given back', () => {
    const refunds = [{ id: 'R1', at: '2026-06-15T01:00:00.000Z', reason: 'x', amount: 60_000, goods: 60_000, shipping: 0 }];
    const rest = { ...refunds[0], id: 'R2', amount: 150_000, goods: 120_000, shipping: 30_000 } as (typeof refunds)[number];
    const sale = ['sel_gom pit_withheld -900', 'sel_gom sale 180000', 'sel_gom shipping 30000', 'sel_gom vat_withheld -1800'];
    const first = ['sel_gom pit_returned 300', 'sel_gom sale_refunded -60000', 'sel_gom vat_returned 600'];
    expect(ledgerOf({ ...vase, paymentStatus: 'paid', refunds })).toEqual([...sale, ...first].sort());
    const last = [
      'sel_gom pit_returned 600',
      'sel_gom sale_refunded -120000',
      'sel_gom shipping_refunded -30000',
      'sel_gom vat_returned 1200',
    ];
    expect(ledgerOf({ ...vase, paymentStatus: 'refunded', refunds: [...refunds, rest] })).toEqual([...sale, ...first, ...last].sort());
  });
});

describe('a counter', () => {
  const units = { available: 5, reserved: 2, sold: 3 };
  const counter: AuditedCounter = {
    ...{ name: 'VAI 00', counted: units, booked: units, held: { reserved: 2, sold: 3 }, isClosed: false, moves: 7 },
  };

  test('that agrees with the book and the packages has no difference', () => {
    expect(auditCounter(counter)).toEqual([]);
  });

  test.each(['available', 'reserved', 'sold'] as const)('whose %s is one more than the book says differs from it', (kind) => {
    const booked = { ...units, [kind]: units[kind] - 1 };
    expect(auditCounter({ ...counter, booked })).toEqual([
      { check: 'stock against movements', id: 'VAI 00', expected: booked, found: units, guard: '7' },
    ]);
  });

  test.each(['reserved', 'sold'] as const)('of which packages hold one less %s differs from them', (kind) => {
    const held = { ...counter.held, [kind]: counter.held[kind] - 1 };
    expect(auditCounter({ ...counter, held })).toEqual([
      { check: 'stock against packages', id: 'VAI 00', expected: held, found: { reserved: 2, sold: 3 }, guard: '7' },
    ]);
  });

  test.each(['available', 'reserved', 'sold'] as const)('below zero in %s is told though book and packages agree', (kind) => {
    const counted = { ...units, [kind]: -1 };
    expect(auditCounter({ ...counter, counted, booked: counted, held: { reserved: counted.reserved, sold: counted.sold } })).toEqual([
      { check: 'never below zero', id: 'VAI 00', expected: 'none below 0', found: counted, guard: '7' },
    ]);
  });

  test('that is closed may have units reserved or sold, and none to sell', () => {
    expect(auditCounter({ ...counter, isClosed: true })).toEqual([
      { check: 'closed counter is empty', id: 'VAI 00', expected: 0, found: 5, guard: '7' },
    ]);
    const empty = { ...units, available: 0 };
    expect(auditCounter({ ...counter, isClosed: true, counted: empty, booked: empty })).toEqual([]);
  });
});

describe('a place', () => {
  const open = (...shards: string[]) => shards.map((shard) => ({ shard, isClosed: false }));
  const closed = (...shards: string[]) => shards.map((shard) => ({ shard, isClosed: true }));
  const place: AuditedPlace = { name: 'VAI', counters: open('01', '00'), inUse: ['00', '01'], moves: 7 };

  test('has open exactly the counters in use, besides those that were given up', () => {
    expect(auditPlace(place, now)).toEqual([]);
    expect(auditPlace({ ...place, counters: [...place.counters, ...closed('02', '03')] }, now)).toEqual([]);
  });

  test('with an open counter that nobody looks at, or without one that is looked at, differs', () => {
    const differs = (found: string[]) => [{ check: 'open counters of place', id: 'VAI', expected: ['00', '01'], found, guard: '7' }];
    expect(auditPlace({ ...place, counters: open('00', '01', '02') }, now)).toEqual(differs(['00', '01', '02']));
    expect(auditPlace({ ...place, counters: [...open('00'), ...closed('01')] }, now)).toEqual(differs(['00']));
  });

  test('of a campaign must be closed five minutes after its end', () => {
    const late = [{ check: 'campaign closed in time', id: 'VAI', expected: 'closed', found: 'open', guard: '7' }];
    expect(auditPlace({ ...place, endsAt: '2026-06-15T01:55:00.000Z' }, now)).toEqual([]);
    expect(auditPlace({ ...place, endsAt: '2026-06-15T01:54:59.999Z' }, now)).toEqual(late);
    expect(auditPlace({ ...place, endsAt: '2026-06-01T00:00:00.000Z', inUse: [], counters: closed('00', '01') }, now)).toEqual([]);
  });
});

describe('on a market that goes on selling a difference', () => {
  const at = (guard: string, found: unknown = 5, check = 'stock against movements'): Difference => ({
    ...{ check, id: 'VAI 00', expected: 4, found, guard },
  });

  test('is real when three passes in a row found it with nothing written in between', () => {
    expect(confirmed([[at('7')], [at('7')], [at('7')]])).toEqual([at('7')]);
    expect(confirmed([[], [at('7')], [at('7')], [at('7')]])).toEqual([at('7')]);
  });

  test('is told with the figures of the pass in the middle: the others may have met it half written', () => {
    expect(confirmed([[at('7', 1)], [at('7', 2)], [at('7', 3)]])).toEqual([at('7', 2)]);
  });

  test('is not judged by fewer than three passes', () => {
    expect(confirmed([])).toEqual([]);
    expect(confirmed([[at('7')]])).toEqual([]);
    expect(confirmed([[at('7')], [at('7')]])).toEqual([]);
  });

  test.each([
    ['first', ['6', '7', '7']],
    ['second', ['7', '8', '7']],
    ['third', ['7', '7', '8']],
  ])('is not judged when the thing was written around the %s pass', (_, guards) => {
    expect(confirmed(guards.map((guard) => [at(guard)]))).toEqual([]);
  });

  test('that vanished was none', () => {
    expect(confirmed([[], [at('7')], [at('7')]])).toEqual([]);
    expect(confirmed([[at('7')], [], [at('7')]])).toEqual([]);
    expect(confirmed([[at('7')], [at('7')], []])).toEqual([]);
    // Only the last three passes count.
    expect(confirmed([[at('7')], [at('7')], [at('7')], []])).toEqual([]);
  });

  test('of another check or thing is another one', () => {
    const other = { ...at('7'), id: 'VAI 01' };
    expect(confirmed([[at('7')], [other], [at('7')]])).toEqual([]);
    expect(confirmed([[at('7')], [at('7', 5, 'never below zero')], [at('7')]])).toEqual([]);
    expect(confirmed([[at('7'), other], [other, at('7')], [other]])).toEqual([other]);
  });
});
