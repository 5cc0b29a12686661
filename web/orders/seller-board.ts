/** What a seller has to do next, and in which order. */
import { isOver, type PackageStatus } from '../../shared/orders/lifecycle.ts';
import type { Answer } from '../platform/api.ts';

export type SellerPackage = Answer<'GET /api/seller/orders'>['items'][number];
export type Step = 'acknowledge' | 'pack' | 'ship' | 'deliver';
type Facts = Pick<SellerPackage, 'status' | 'acknowledgedAt' | 'placedAt'>;

/** Nobody has looked at it yet: sellers who do not see their orders are the market's first complaint (FACTS G2.1). */
export const isFresh = (pkg: Pick<Facts, 'status' | 'acknowledgedAt'>): boolean => pkg.status === 'confirmed' && !pkg.acknowledgedAt;

const steps: Partial<Record<PackageStatus, Step>> = { confirmed: 'pack', packed: 'ship', shipped: 'deliver' };

/** The one step that is next; nothing while money is awaited, and nothing after the end. */
export const nextStep = (pkg: Pick<Facts, 'status' | 'acknowledgedAt'>): Step | undefined =>
  isFresh(pkg) ? 'acknowledge' : steps[pkg.status];

const urgency = (pkg: Facts): number => {
  if (isFresh(pkg)) return 0;
  return ({ confirmed: 1, packed: 2 } as Partial<Record<PackageStatus, number>>)[pkg.status] ?? 3;
};

/** New ones first, then by how far they are; among equals whoever has waited longest. */
export const byUrgency = <P extends Facts>(packages: readonly P[]): P[] =>
  packages.toSorted((a, b) => urgency(a) - urgency(b) || a.placedAt.localeCompare(b.placedAt));

export const countWork = (packages: readonly Facts[]) => ({
  fresh: packages.filter(isFresh).length,
  packing: packages.filter((p) => p.status === 'confirmed' && !isFresh(p)).length,
  waiting: packages.filter((p) => p.status === 'packed').length,
});

/** `Thùng 3 kg` already says thùng; `Loại 1` does not say chiếc. */
export const sayVariant = (line: { variant: string; unit: string }): string =>
  line.variant.toLocaleLowerCase('vi').includes(line.unit.toLocaleLowerCase('vi')) ? line.variant : `${line.variant}, ${line.unit}`;

/** What the carrier must bring back in cash; 0 when nothing is to be collected. */
export const toCollect = (pkg: { payment: Pick<SellerPackage['payment'], 'status' | 'amount'> }): number =>
  pkg.payment.status === 'collect_on_delivery' ? pkg.payment.amount : 0;

/** What can still be given back: nothing of what was not paid. */
export const leftToRefund = (pkg: {
  payment: Pick<SellerPackage['payment'], 'status' | 'amount'>;
  refunds?: SellerPackage['refunds'];
}): number =>
  pkg.payment.status === 'paid' || pkg.payment.status === 'refund_due'
    ? (pkg.refunds ?? []).reduce((left, r) => left - r.amount, pkg.payment.amount)
    : 0;

/** The package after a refund, without asking for it again. */
export const withRefund = (pkg: SellerPackage, by: Answer<'POST /api/seller/orders/{code}/refunds'>): SellerPackage => ({
  ...pkg,
  status: by.status,
  payment: { ...pkg.payment, status: by.paymentStatus },
  refunds: [...(pkg.refunds ?? []), { id: by.id, at: by.at, amount: by.amount, reason: by.reason }],
});

/** Packages the seller has not been shown yet. */
export const unseen = <P extends { packageId: string }>(shown: readonly P[], current: readonly P[]): P[] =>
  current.filter((p) => !shown.some((s) => s.packageId === p.packageId));

/** The newer picture of packages already on screen, each in its place, so that nothing jumps under a thumb. */
export const refreshed = <P extends { packageId: string }>(shown: readonly P[], current: readonly P[]): P[] =>
  shown.map((s) => current.find((p) => p.packageId === s.packageId) ?? s);

export const toneOf = (pkg: Pick<Facts, 'status' | 'acknowledgedAt'>): string => {
  if (isFresh(pkg)) return 'badge badge--new';
  if (pkg.status === 'pending_payment') return 'badge badge--wait';
  if (pkg.status === 'delivered' || pkg.status === 'completed') return 'badge badge--good';
  return isOver(pkg.status) ? 'badge badge--bad' : 'badge badge--info';
};
