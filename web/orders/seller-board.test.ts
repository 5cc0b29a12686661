import { describe, expect, it } from 'vitest';
import { byUrgency, countWork, leftToRefund, nextStep, refreshed, sayVariant, toCollect, unseen } from './seller-board.ts';

type Facts = Parameters<typeof byUrgency>[0][number];
const pkg = (packageId: string, status: Facts['status'], placedAt: string, acknowledgedAt?: string) => ({
  packageId,
  status,
  placedAt,
  ...(acknowledgedAt && { acknowledgedAt }),
});
const noon = '2026-11-22T05:00:00Z';

describe('the next step of a package', () => {
  it('follows the road, seeing it first', () => {
    expect(nextStep({ status: 'confirmed' })).toBe('acknowledge');
    expect(nextStep({ status: 'confirmed', acknowledgedAt: noon })).toBe('pack');
    expect(nextStep({ status: 'packed' })).toBe('ship');
    expect(nextStep({ status: 'shipped' })).toBe('deliver');
  });
  it('is none before the money and after the end', () => {
    expect(
      (['pending_payment', 'delivered', 'completed', 'cancelled', 'expired', 'returned', 'refunded'] as const).map((status) =>
        nextStep({ status }),
      ),
    ).toEqual(Array(7).fill(undefined));
  });
});

describe('the work list', () => {
  const list = [
    pkg('a', 'packed', '2026-11-20T01:00:00Z', noon),
    pkg('b', 'confirmed', '2026-11-21T01:00:00Z', noon),
    pkg('c', 'confirmed', '2026-11-22T03:00:00Z'),
    pkg('d', 'confirmed', '2026-11-22T02:00:00Z'),
  ];
  it('puts new orders first and the longest waiting before the others', () => {
    expect(byUrgency(list).map((p) => p.packageId)).toEqual(['d', 'c', 'b', 'a']);
  });
  it('counts what there is to do', () => {
    expect(countWork(list)).toEqual({ fresh: 2, packing: 1, waiting: 1 });
  });
  it('announces only what was not shown, and changes the rest in its place', () => {
    const shown = [pkg('b', 'confirmed', noon, noon), pkg('a', 'confirmed', noon, noon)];
    expect(unseen(shown, list).map((p) => p.packageId)).toEqual(['c', 'd']);
    expect(refreshed(shown, list).map((p) => [p.packageId, p.status])).toEqual([
      ['b', 'confirmed'],
      ['a', 'packed'],
    ]);
  });
});

describe('cash on delivery', () => {
  it('is collected only when it is still to be collected', () => {
    expect(toCollect({ payment: { status: 'collect_on_delivery', amount: 245_000 } })).toBe(245_000);
    expect(toCollect({ payment: { status: 'paid', amount: 245_000 } })).toBe(0);
  });
});

describe('money to give back', () => {
  const refunds = [{ id: 'R1', at: noon, amount: 45_000, reason: 'Dập' }];
  it('is what was paid less what was given back', () => {
    expect(leftToRefund({ payment: { status: 'paid', amount: 245_000 } })).toBe(245_000);
    expect(leftToRefund({ payment: { status: 'refund_due', amount: 245_000 }, refunds })).toBe(200_000);
  });
  it('is nothing of what was not paid, or is given back', () => {
    for (const status of ['pending', 'collect_on_delivery', 'cancelled', 'expired', 'refunded'] as const)
      expect(leftToRefund({ payment: { status, amount: 245_000 }, refunds })).toBe(0);
  });
});

it('says the unit once', () => {
  expect([sayVariant({ variant: 'Thùng 3 kg', unit: 'thùng' }), sayVariant({ variant: 'Loại 1', unit: 'chiếc' })]).toEqual([
    'Thùng 3 kg',
    'Loại 1, chiếc',
  ]);
});
