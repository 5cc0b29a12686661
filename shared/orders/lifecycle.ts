/** A package's states (API.md, Shopping). The main road is in order of advance; the others end it. */
export const packageStatuses = [
  'pending_payment',
  'confirmed',
  'packed',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
  'expired',
  'returned',
  'refunded',
] as const;
export type PackageStatus = (typeof packageStatuses)[number];

/** What people call the states. */
export const statusNames: Record<PackageStatus, string> = {
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
};

/** Every step a package may take; anything else is a `conflict`. */
const steps: Record<PackageStatus, readonly PackageStatus[]> = {
  pending_payment: ['confirmed', 'cancelled', 'expired'],
  confirmed: ['packed', 'cancelled', 'refunded'],
  packed: ['shipped', 'refunded'],
  shipped: ['delivered', 'returned'],
  delivered: ['completed', 'returned'],
  completed: ['returned'],
  cancelled: ['refunded'],
  expired: [],
  returned: ['refunded'],
  refunded: [],
};

export const mayBecome = (from: PackageStatus, to: PackageStatus): boolean => steps[from].includes(to);

/** Stock of a package in one of these states has been given back. */
export const isOver = (status: PackageStatus): boolean => ['cancelled', 'expired', 'returned', 'refunded'].includes(status);

/** A hold ends at its end time, whether or not anyone has cleaned up yet. */
export function statusAt(pkg: { status: PackageStatus; expiresAt?: string | undefined }, now: Date): PackageStatus {
  return pkg.status === 'pending_payment' && pkg.expiresAt !== undefined && pkg.expiresAt <= now.toISOString() ? 'expired' : pkg.status;
}

/**
 * An order is as far as its least advanced package. Packages that ended early do not hold it back, unless all have:
 * then the order shows the first of `refunded`, `returned`, `cancelled`, `expired` that any of them is.
 * An order without packages counts as cancelled.
 */
export function orderStatus(statuses: readonly PackageStatus[]): PackageStatus {
  const road = packageStatuses.filter((s) => !isOver(s));
  const firstShown: PackageStatus[] = [...road, 'refunded', 'returned', 'cancelled', 'expired'];
  return firstShown.find((s) => statuses.includes(s)) ?? 'cancelled';
}
