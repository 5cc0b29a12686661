import { describe, expect, test } from 'vitest';
import {
  isOver,
  mayBecome,
  orderStatus,
  type PackageStatus,
  packageStatuses,
  statusAt,
  statusNames,
} from '../../../shared/orders/lifecycle.ts';

/** API.md, Shopping, written out by hand: the road, its early ends, and what may follow an end. Everything else is a conflict. */
const allowed = new Set([
  'pending_payment → confirmed',
  'pending_payment → cancelled',
  'pending_payment → expired',
  'confirmed → packed',
  'confirmed → cancelled',
  'confirmed → refunded',
  'packed → shipped',
  'packed → refunded',
  'shipped → delivered',
  'shipped → returned',
  'delivered → completed',
  'delivered → returned',
  'completed → returned',
  'cancelled → refunded',
  'returned → refunded',
]);

describe('a package’s steps: all 100', () => {
  for (const from of packageStatuses)
    test(`from ${from}`, () => {
      const may = packageStatuses.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`);
      expect(may.sort()).toEqual([...allowed].filter((step) => step.startsWith(`${from} → `)).sort());
    });
});

test('an end is an end: nothing leads from it back to the road', () => {
  const ends: PackageStatus[] = ['cancelled', 'expired', 'returned', 'refunded'];
  expect(packageStatuses.filter(isOver)).toEqual(ends);
  for (const end of ends) for (const to of packageStatuses.filter((s) => !isOver(s))) expect(mayBecome(end, to)).toBe(false);
});

test('every state has the name a seller reads when a step is refused', () => {
  expect(statusNames).toEqual({
    pending_payment: 'chờ chuyển khoản',
    confirmed: 'đã xác nhận',
    packed: 'đã đóng gói',
    shipped: 'đang giao',
    delivered: 'đã giao',
    completed: 'hoàn tất',
    cancelled: 'đã huỷ',
    expired: 'quá hạn chuyển khoản',
    returned: 'trả lại',
    refunded: 'đã hoàn tiền',
  });
});

test('a hold ends at its end time to the millisecond, cleaned up or not; other states do not expire', () => {
  const expiresAt = '2026-06-15T02:15:00.000Z';
  expect(statusAt({ status: 'pending_payment', expiresAt }, new Date('2026-06-15T02:14:59.999Z'))).toBe('pending_payment');
  expect(statusAt({ status: 'pending_payment', expiresAt }, new Date('2026-06-15T02:15:00.000Z'))).toBe('expired');
  expect(statusAt({ status: 'pending_payment' }, new Date('2099-01-01Z'))).toBe('pending_payment');
  for (const status of packageStatuses.filter((s) => s !== 'pending_payment'))
    expect(statusAt({ status, expiresAt }, new Date('2099-01-01Z'))).toBe(status);
});

describe('an order’s status', () => {
  test.each<[PackageStatus[], PackageStatus]>([
    [['confirmed'], 'confirmed'],
    [['shipped', 'packed', 'delivered'], 'packed'],
    [['completed', 'pending_payment'], 'pending_payment'],
    [['cancelled', 'shipped'], 'shipped'],
    [['expired', 'completed', 'cancelled'], 'completed'],
    [['cancelled', 'cancelled'], 'cancelled'],
    [['expired', 'expired'], 'expired'],
    [['cancelled', 'expired'], 'cancelled'],
    [['returned', 'cancelled'], 'returned'],
    [['refunded', 'returned', 'expired'], 'refunded'],
    [[], 'cancelled'],
  ])('of %j is %s', (packages, status) => {
    expect(orderStatus(packages)).toBe(status);
    expect(orderStatus(packages.toReversed())).toBe(status);
  });

  test('is the least advanced of those still going, for every pair', () => {
    const road: PackageStatus[] = ['pending_payment', 'confirmed', 'packed', 'shipped', 'delivered', 'completed'];
    for (const [i, a] of road.entries()) for (const [j, b] of road.entries()) expect(orderStatus([a, b])).toBe(road[Math.min(i, j)]);
  });
});
