import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addFigures,
  type Contribution,
  contributionsOf,
  difference,
  noFigures,
  type ReportedPackage,
  wayOf,
} from '../../../shared/reports/contributions.ts';

const line = (category: string, total: number, discount = 0, netWeightGrams = 1_000, quantity = 1) => ({
  category,
  total,
  discount,
  netWeightGrams,
  quantity,
});
const pkg = (more: Partial<ReportedPackage>): ReportedPackage => ({
  sellerId: 'sel_vai',
  communeCode: '07525',
  channel: 'web',
  payment: 'cod',
  lines: [line('trai-cay', 100_000)],
  history: [{ status: 'confirmed', at: '2026-06-15T02:00:00Z' }],
  ...more,
});
const row = (dimension: string, key: string, day: string, orders: number, packages: number, revenue: number, grams: number) => ({
  ...{ dimension, key, day, orders, packages, revenue, grams, refunded: 0 },
});
const sorted = (rows: readonly object[]) => rows.map((r) => JSON.stringify(r, Object.keys(r).sort())).sort();

describe('what an order brings to the reports', () => {
  const lychees = pkg({
    campaign: 'dem-hoi-vai',
    channel: 'facebook',
    lines: [line('trai-cay', 670_000, 35_829, 5_000, 2), line('my-bun-banh', 85_000, 4_545, 500, 1)],
  });
  const pot = pkg({
    sellerId: 'sel_gom',
    communeCode: '09292',
    campaign: 'dem-hoi-vai',
    channel: 'facebook',
    lines: [line('gom', 180_000, 9_626, 1_200, 1)],
    history: [
      { status: 'confirmed', at: '2026-06-15T02:00:00Z' },
      { status: 'cancelled', at: '2026-06-15T17:00:00Z' },
    ],
  });

  test('two packages of two sellers, one cancelled the next day', () => {
    // Lychee package 634.171 + 80.455 = 714.626 ₫, 10.5 kg; the pot 170.374 ₫, 1.2 kg.
    const [first, next] = ['2026-06-15', '2026-06-16'];
    expect(sorted(contributionsOf([lychees, pot]))).toEqual(
      sorted([
        row('all', 'all', first, 1, 2, 885_000, 11_700),
        row('all', 'all', next, 0, -1, -170_374, -1_200),
        row('seller', 'sel_vai', first, 1, 1, 714_626, 10_500),
        row('seller', 'sel_gom', first, 1, 1, 170_374, 1_200),
        row('seller', 'sel_gom', next, -1, -1, -170_374, -1_200),
        row('commune', '07525', first, 1, 1, 714_626, 10_500),
        row('commune', '09292', first, 1, 1, 170_374, 1_200),
        row('commune', '09292', next, -1, -1, -170_374, -1_200),
        row('category', 'trai-cay', first, 1, 1, 634_171, 10_000),
        row('category', 'my-bun-banh', first, 1, 1, 80_455, 500),
        row('category', 'gom', first, 1, 1, 170_374, 1_200),
        row('category', 'gom', next, -1, -1, -170_374, -1_200),
        row('campaign', 'dem-hoi-vai|facebook', first, 1, 2, 885_000, 11_700),
        row('campaign', 'dem-hoi-vai|facebook', next, 0, -1, -170_374, -1_200),
        row('way', 'dem-hoi-vai|facebook|cod', first, 1, 2, 885_000, 11_700),
        row('way', 'dem-hoi-vai|facebook|cod', next, 0, -1, -170_374, -1_200),
      ]),
    );
  });

  test('the order stops counting on the day its last package ends', () => {
    const ended = (status: string, at: string) =>
      pkg({
        history: [
          { status: 'confirmed', at: '2026-06-15T02:00:00Z' },
          { status, at },
        ],
      });
    const all = contributionsOf([ended('cancelled', '2026-06-16T02:00:00Z'), ended('returned', '2026-06-18T02:00:00Z')]).filter(
      (c) => c.dimension === 'all',
    );
    expect(
      all.map(({ day, orders, packages, revenue }) => ({ day, orders, packages, revenue })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    ).toEqual([
      { day: '2026-06-15', orders: 1, packages: 2, revenue: 200_000 },
      { day: '2026-06-16', orders: 0, packages: -1, revenue: -100_000 },
      { day: '2026-06-18', orders: -1, packages: -1, revenue: -100_000 },
    ]);
  });

  test('confirmed and cancelled on one day: that day shows nothing sold', () => {
    const both = pkg({
      history: [
        { status: 'confirmed', at: '2026-06-14T17:00:00Z' },
        { status: 'cancelled', at: '2026-06-15T16:59:59Z' },
      ],
    });
    expect(contributionsOf([both]).every((c) => c.orders === 0 && c.packages === 0 && c.revenue === 0 && c.grams === 0)).toBe(true);
  });

  test('unpaid, expired or early-cancelled packages never count', () => {
    const histories = [
      [{ status: 'pending_payment', at: '2026-06-15T02:00:00Z' }],
      [
        { status: 'pending_payment', at: '2026-06-15T02:00:00Z' },
        { status: 'expired', at: '2026-06-15T02:15:00Z' },
      ],
      [
        { status: 'pending_payment', at: '2026-06-15T02:00:00Z' },
        { status: 'cancelled', at: '2026-06-15T02:05:00Z' },
      ],
    ];
    expect(contributionsOf(histories.map((history) => pkg({ history })))).toEqual([]);
  });

  test('a transfer counts on the business day the money came: 23:59 and 00:00 in Việt Nam are two days', () => {
    const paidAt = (at: string) =>
      pkg({
        payment: 'bank_transfer',
        history: [
          { status: 'pending_payment', at: '2026-06-15T16:50:00Z' },
          { status: 'confirmed', at },
        ],
      });
    const days = contributionsOf([paidAt('2026-06-15T16:59:59Z'), paidAt('2026-06-15T17:00:00Z')])
      .filter((c) => c.dimension === 'all')
      .map(({ day, orders, packages }) => ({ day, orders, packages }));
    expect(days).toEqual([
      { day: '2026-06-15', orders: 1, packages: 1 },
      { day: '2026-06-16', orders: 0, packages: 1 },
    ]);
  });

  const refunded = (at: string, amount: number, goodsOff: number) => ({ at, amount, goods: goodsOff });
  const two = {
    lines: [line('trai-cay', 100_000, 0, 1_000, 1), line('gom', 50_000, 0, 500, 1)],
    history: [{ status: 'confirmed', at: '2026-06-15T02:00:00Z' }],
  };
  const figuresOf = (packages: ReportedPackage[], dimension: string, key: string) =>
    contributionsOf(packages)
      .filter((c) => c.dimension === dimension && c.key === key)
      .map((c) => [c.day, c.orders, c.packages, c.revenue, c.grams, c.refunded])
      .sort();

  test('a refund takes its goods off the revenue of its own day, shared over the categories to the đồng', () => {
    const refunds = [refunded('2026-06-16T02:00:00Z', 10_000, 10_000), refunded('2026-06-17T02:00:00Z', 160_000, 140_000)];
    const all = [pkg({ ...two, refunds })];
    expect(figuresOf(all, 'all', 'all')).toEqual([
      ['2026-06-15', 1, 1, 150_000, 1_500, 0],
      ['2026-06-16', 0, 0, -10_000, 0, 10_000],
      ['2026-06-17', 0, 0, -140_000, 0, 160_000],
    ]);
    // Two thirds of 10.000, then of 170.000 in all; what is left of the fruit's 100.000 goes with the second.
    expect(figuresOf(all, 'category', 'trai-cay')).toEqual([
      ['2026-06-15', 1, 1, 100_000, 1_000, 0],
      ['2026-06-16', 0, 0, -6_667, 0, 6_667],
      ['2026-06-17', 0, 0, -93_333, 0, 106_666],
    ]);
    expect(figuresOf(all, 'category', 'gom')).toEqual([
      ['2026-06-15', 1, 1, 50_000, 500, 0],
      ['2026-06-16', 0, 0, -3_333, 0, 3_333],
      ['2026-06-17', 0, 0, -46_667, 0, 53_334],
    ]);
  });

  test('cancelled after a part was refunded: the rest goes on that day, and paying it back takes nothing off again', () => {
    const history = [
      ...two.history,
      { status: 'cancelled', at: '2026-06-17T02:00:00Z' },
      { status: 'refunded', at: '2026-06-18T02:00:00Z' },
    ];
    const refunds = [refunded('2026-06-16T02:00:00Z', 10_000, 10_000), refunded('2026-06-18T02:00:00Z', 160_000, 0)];
    expect(figuresOf([pkg({ ...two, history, refunds })], 'all', 'all')).toEqual([
      ['2026-06-15', 1, 1, 150_000, 1_500, 0],
      ['2026-06-16', 0, 0, -10_000, 0, 10_000],
      ['2026-06-17', -1, -1, -140_000, -1_500, 0],
      ['2026-06-18', 0, 0, 0, 0, 160_000],
    ]);
  });

  test('refunded in full before it was shipped, it ends on that day', () => {
    const history = [...two.history, { status: 'refunded', at: '2026-06-16T02:00:00Z' }];
    const refunds = [refunded('2026-06-16T02:00:00Z', 170_000, 150_000)];
    expect(figuresOf([pkg({ ...two, history, refunds })], 'all', 'all')).toEqual([
      ['2026-06-15', 1, 1, 150_000, 1_500, 0],
      ['2026-06-16', -1, -1, -150_000, -1_500, 170_000],
    ]);
  });

  test('without a campaign it stands under none, and in no campaign’s rows', () => {
    const keys = contributionsOf([pkg({})]).filter((c) => c.dimension === 'campaign' || c.dimension === 'way');
    expect(keys.map((c) => c.key)).toEqual(['none|web|cod']);
    expect(wayOf('none|web|cod')).toEqual({ campaign: 'none', channel: 'web', payment: 'cod' });
  });
});

const anyHistory = fc
  .record({
    paid: fc.boolean(),
    day: fc.integer({ min: 0, max: 3 }),
    ends: fc.constantFrom(undefined, 'cancelled', 'returned', 'expired'),
    after: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ paid, day, ends, after }) => {
    const at = (d: number) => new Date(Date.UTC(2026, 5, 15 + d, 2)).toISOString();
    return [
      { status: 'pending_payment', at: at(day) },
      ...(paid ? [{ status: 'confirmed', at: at(day) }] : []),
      ...(ends ? [{ status: ends, at: at(day + after) }] : []),
    ];
  });
const anyPackage = fc.record({
  sellerId: fc.constantFrom('sel_a', 'sel_b', 'sel_c'),
  communeCode: fc.constantFrom('07525', '09292'),
  campaign: fc.constantFrom(undefined, 'dem-hoi-vai'),
  channel: fc.constantFrom('web', 'facebook'),
  payment: fc.constantFrom('cod', 'bank_transfer'),
  lines: fc.array(
    fc.record({
      category: fc.constantFrom('trai-cay', 'gom', 'tranh'),
      total: fc.integer({ min: 1_000, max: 5_000_000 }),
      discount: fc.integer({ min: 0, max: 1_000 }),
      netWeightGrams: fc.integer({ min: 1, max: 10_000 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  history: anyHistory,
});
const anyOrder = fc.array(anyPackage, { minLength: 1, maxLength: 4 });

/** A recount that shares nothing with the code: what stands today is goods of confirmed packages that did not end. */
function standing(packages: readonly ReportedPackage[]) {
  const alive = packages.filter((p) => {
    const states = p.history.map((h) => h.status);
    return states.includes('confirmed') && !states.includes('cancelled') && !states.includes('returned');
  });
  return {
    packages: alive.length,
    revenue: alive.flatMap((p) => p.lines).reduce((a, l) => a + l.total - l.discount, 0),
    grams: alive.flatMap((p) => p.lines).reduce((a, l) => a + l.netWeightGrams * l.quantity, 0),
    orders: alive.length > 0 ? 1 : 0,
  };
}
const total = (rows: readonly Contribution[], dimension: string) =>
  rows.filter((r) => r.dimension === dimension).reduce((sum, r) => addFigures(sum, r), noFigures);

test('every breakdown sums to what stands, for any order', () => {
  fc.assert(
    fc.property(anyOrder, (packages) => {
      const rows = contributionsOf(packages);
      const stands = standing(packages);
      expect(total(rows, 'all')).toMatchObject(stands);
      for (const dimension of ['seller', 'commune', 'category', 'way'])
        expect([total(rows, dimension).revenue, total(rows, dimension).grams], dimension).toEqual([stands.revenue, stands.grams]);
    }),
  );
});

test('a difference, added to what was, gives what is; of equals it is nothing', () => {
  const apply = (rows: readonly Contribution[]) => sorted(difference([], rows));
  fc.assert(
    fc.property(anyOrder, anyOrder, (before, after) => {
      const [a, b] = [contributionsOf(before), contributionsOf(after)];
      expect(apply([...a, ...difference(a, b)])).toEqual(apply(b));
      expect(difference(a, a)).toEqual([]);
      expect(difference(a, [...a].reverse())).toEqual([]);
    }),
  );
});
