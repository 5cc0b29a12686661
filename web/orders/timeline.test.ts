import { describe, expect, it } from 'vitest';
import { timelineOf } from './timeline.ts';

const at = (hour: number) => `2026-11-22T0${hour}:00:00Z`;

describe('timeline of a package', () => {
  it('shows a cash package on its way', () => {
    const steps = timelineOf({
      status: 'shipped',
      payment: { method: 'cod' },
      history: [
        { status: 'confirmed', at: at(1) },
        { status: 'packed', at: at(2) },
        { status: 'shipped', at: at(3) },
      ],
    });
    expect(steps.map((s) => `${s.status} ${s.state}`)).toEqual([
      'confirmed done',
      'packed done',
      'shipped now',
      'delivered next',
      'completed next',
    ]);
    expect(steps[1]?.at).toBe(at(2));
  });

  it('starts a transfer with waiting for the money', () => {
    const steps = timelineOf({
      status: 'pending_payment',
      payment: { method: 'bank_transfer' },
      history: [{ status: 'pending_payment', at: at(1) }],
    });
    expect(steps[0]).toEqual({ status: 'pending_payment', at: at(1), state: 'now' });
    expect(steps).toHaveLength(6);
  });

  it('ends where the package ended, even before anyone has written it down', () => {
    const expired = timelineOf({
      status: 'expired',
      payment: { method: 'bank_transfer' },
      history: [{ status: 'pending_payment', at: at(1) }],
    });
    expect(expired.map((s) => `${s.status} ${s.state}`)).toEqual(['pending_payment done', 'expired bad']);
    const refunded = timelineOf({
      status: 'refunded',
      payment: { method: 'cod' },
      history: [
        { status: 'confirmed', at: at(1) },
        { status: 'cancelled', at: at(2) },
        { status: 'refunded', at: at(3) },
      ],
    });
    expect(refunded.map((s) => s.status)).toEqual(['confirmed', 'cancelled', 'refunded']);
  });
});
