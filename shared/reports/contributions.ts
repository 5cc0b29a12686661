import { apportion } from '../platform/money.ts';
import { businessDay } from '../platform/time.ts';
import type { Figures } from './contract.ts';

/** What a report needs to know of a package. */
export interface ReportedPackage {
  sellerId: string;
  communeCode: string;
  campaign?: string | undefined;
  channel: string;
  payment: string;
  lines: readonly { category: string; total: number; discount: number; netWeightGrams: number; quantity: number }[];
  /** Money given back, oldest first, in đồng: `goods` of it takes off the sale, the rest shipping or what a cancellation took off already. */
  refunds?: readonly { at: string; amount: number; goods: number }[] | undefined;
  history: readonly { status: string; at: string }[];
}

/**
 * The breakdowns that are kept ready. `all` serves days and months; `way` is how an order came to us, campaign, channel and payment
 * together: all packages of an order came the same way, so its rows add up to each of the three. `campaign` holds the rows of each
 * campaign apart, by channel, for its live page and its report.
 */
export type Dimension = 'all' | 'seller' | 'commune' | 'category' | 'way' | 'campaign';

/** What one order adds to one row of one day. */
export interface Contribution extends Figures {
  dimension: Dimension;
  key: string;
  day: string;
}

/** An order without a campaign stands under this key. */
export const noCampaign = 'none';

export interface Way {
  campaign: string;
  channel: string;
  payment: string;
}

/** A way as a row's key. Campaign slugs and channel ids hold no `|`. */
const wayKey = ({ campaign, channel, payment }: ReportedPackage): string => `${campaign ?? noCampaign}|${channel}|${payment}`;

export function wayOf(key: string): Way {
  const [campaign = noCampaign, channel = '', payment = ''] = key.split('|');
  return { campaign, channel, payment };
}

interface Part {
  dimension: Dimension;
  key: string;
  revenue: number;
  grams: number;
  confirmedOn: string;
  endedOn: string | undefined;
  refunds: readonly { day: string; refunded: number; revenue: number }[];
}

type Line = ReportedPackage['lines'][number];
const goods = (lines: ReportedPackage['lines']) => lines.reduce((sum, l) => sum + l.total - l.discount, 0);
const weight = (lines: ReportedPackage['lines']) => lines.reduce((sum, l) => sum + l.netWeightGrams * l.quantity, 0);

/** What each refund takes off some of the lines: of all refunds so far their share, to the đồng, less what was taken off before. */
function refundsOf(pkg: ReportedPackage, isOf: (line: Line) => boolean): Part['refunds'] {
  const weights = pkg.lines.map((l) => l.total - l.discount);
  const shareOf = (dong: number) => apportion(dong, weights).reduce((sum, d, i) => sum + (isOf(pkg.lines[i] as Line) ? d : 0), 0);
  const all = { refunded: 0, revenue: 0 };
  return (pkg.refunds ?? []).map(({ at, amount, goods }) => {
    const before = { refunded: shareOf(all.refunded), revenue: shareOf(all.revenue) };
    all.refunded += amount;
    all.revenue += goods;
    return {
      day: businessDay(new Date(at)),
      refunded: shareOf(all.refunded) - before.refunded,
      revenue: shareOf(all.revenue) - before.revenue,
    };
  });
}

/** A package's parts in every breakdown, once it was confirmed; unpaid, expired or early-cancelled ones never count. */
function partsOf(pkg: ReportedPackage): Part[] {
  const confirmed = pkg.history.find((h) => h.status === 'confirmed');
  if (!confirmed) return [];
  const ended = pkg.history.find((h) => ['cancelled', 'returned', 'refunded'].includes(h.status));
  const days = { confirmedOn: businessDay(new Date(confirmed.at)), endedOn: ended && businessDay(new Date(ended.at)) };
  const whole = { revenue: goods(pkg.lines), grams: weight(pkg.lines), ...days, refunds: refundsOf(pkg, () => true) };
  return [
    { dimension: 'all', key: 'all', ...whole },
    { dimension: 'seller', key: pkg.sellerId, ...whole },
    { dimension: 'commune', key: pkg.communeCode, ...whole },
    { dimension: 'way', key: wayKey(pkg), ...whole },
    ...(pkg.campaign === undefined ? [] : [{ dimension: 'campaign' as const, key: `${pkg.campaign}|${pkg.channel}`, ...whole }]),
    ...[...new Set(pkg.lines.map((l) => l.category))].map((category): Part => {
      const isOf = (l: Line) => l.category === category;
      const lines = pkg.lines.filter(isOf);
      return { dimension: 'category', key: category, revenue: goods(lines), grams: weight(lines), ...days, refunds: refundsOf(pkg, isOf) };
    }),
  ];
}

/** Tells the rows of the roll-ups apart. */
export const rowId = ({ dimension, key, day }: Pick<Contribution, 'dimension' | 'key' | 'day'>): string => `${dimension} ${key} ${day}`;

const none: Figures = { orders: 0, packages: 0, revenue: 0, grams: 0, refunded: 0 };

/**
 * Everything one order brings to the reports, from its packages as they are now: each package on the day it was confirmed, and
 * less each refund on its day, and less what is left on the day it was cancelled or returned. The order itself counts once per row, from its first confirmed package there
 * until the last of them has ended.
 */
export function contributionsOf(packages: readonly ReportedPackage[]): Contribution[] {
  const rows = new Map<string, Contribution>();
  const add = (dimension: Dimension, key: string, day: string, figures: Partial<Figures>) => {
    const id = rowId({ dimension, key, day });
    const row = rows.get(id) ?? { dimension, key, day, ...none };
    rows.set(id, row);
    for (const name of Object.keys(none) as (keyof Figures)[]) row[name] += figures[name] ?? 0;
  };
  const parts = packages.flatMap(partsOf);
  for (const { dimension, key, revenue, grams, confirmedOn, endedOn, refunds } of parts) {
    add(dimension, key, confirmedOn, { packages: 1, revenue, grams });
    for (const r of refunds) add(dimension, key, r.day, { revenue: -r.revenue, refunded: r.refunded });
    const left = refunds.reduce((sum, r) => sum - r.revenue, revenue);
    if (endedOn) add(dimension, key, endedOn, { packages: -1, revenue: -left, grams: -grams });
  }
  for (const together of Map.groupBy(parts, (p) => `${p.dimension} ${p.key}`).values()) {
    const { dimension, key } = together[0] as Part;
    const confirmed = together.map((p) => p.confirmedOn).sort();
    const ended = together.flatMap((p) => p.endedOn ?? []).sort();
    add(dimension, key, confirmed[0] as string, { orders: 1 });
    if (ended.length === together.length) add(dimension, key, ended.at(-1) as string, { orders: -1 });
  }
  return [...rows.values()];
}

/** What must be added to the rows so that `before` becomes `after`; rows that stay are left out. */
export function difference(before: readonly Contribution[], after: readonly Contribution[]): Contribution[] {
  const rows = new Map<string, Contribution>();
  const add = (sign: 1 | -1) => (c: Contribution) => {
    const id = rowId(c);
    const row = rows.get(id) ?? { dimension: c.dimension, key: c.key, day: c.day, ...none };
    rows.set(id, row);
    for (const name of Object.keys(none) as (keyof Figures)[]) row[name] += sign * c[name];
  };
  before.forEach(add(-1));
  after.forEach(add(1));
  return [...rows.values()].filter((row) => Object.keys(none).some((name) => row[name as keyof Figures] !== 0));
}

export const addFigures = (a: Figures, b: Figures): Figures => ({
  orders: a.orders + b.orders,
  packages: a.packages + b.packages,
  revenue: a.revenue + b.revenue,
  grams: a.grams + b.grams,
  refunded: a.refunded + b.refunded,
});
export const noFigures = none;
