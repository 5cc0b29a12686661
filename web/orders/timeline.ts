/** The road of a package as a shopper sees it: what has happened, where it is, what is still to come. */
import { isOver, type PackageStatus } from '../../shared/orders/lifecycle.ts';

export interface TimelineStep {
  status: PackageStatus;
  at?: string;
  state: 'done' | 'now' | 'next' | 'bad';
}

interface Package {
  status: PackageStatus;
  payment: { method: string };
  history: readonly { status: string; at: string }[];
}

const road: readonly PackageStatus[] = ['confirmed', 'packed', 'shipped', 'delivered', 'completed'];

export function timelineOf(pkg: Package): TimelineStep[] {
  const timeOf = (status: string) => pkg.history.findLast((h) => h.status === status)?.at;
  const isPrepaid = pkg.payment.method !== 'cod';
  const whole: PackageStatus[] = isPrepaid ? ['pending_payment', ...road] : [...road];
  if (isOver(pkg.status)) {
    // What was never reached is no longer to come, so only what happened is shown.
    const happened = whole.filter((s) => timeOf(s) !== undefined);
    const ends = [...new Set(pkg.history.map((h) => h.status as PackageStatus).filter(isOver)), pkg.status];
    return [
      ...happened.map((status): TimelineStep => ({ status, at: timeOf(status), state: 'done' })),
      ...[...new Set(ends)].map((status): TimelineStep => ({ status, at: timeOf(status), state: 'bad' })),
    ];
  }
  const here = whole.indexOf(pkg.status);
  return whole.map((status, i): TimelineStep => {
    const at = i <= here ? timeOf(status) : undefined;
    return { status, at, state: i < here ? 'done' : i === here ? 'now' : 'next' };
  });
}

export const badgeTone = (status: PackageStatus): string => {
  if (status === 'pending_payment') return 'badge--wait';
  if (status === 'delivered' || status === 'completed') return 'badge--good';
  return isOver(status) ? 'badge--bad' : 'badge--info';
};
