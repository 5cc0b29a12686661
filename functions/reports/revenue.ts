import { categories } from '../../shared/catalog/categories.ts';
import type { Figures, Grouping, Revenue } from '../../shared/reports/contract.ts';
import { addFigures, noCampaign, noFigures, wayOf } from '../../shared/reports/contributions.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import { findCampaignName } from '../campaigns/find-campaign.ts';
import { findSeller } from '../sellers/find-seller.ts';
import { type Row, readRows } from './store.ts';

const payments: Record<string, string> = {
  cod: 'Trả tiền khi nhận hàng',
  bank_transfer: 'Chuyển khoản',
  stripe: 'Thẻ quốc tế',
  vnpay: 'VNPay',
};

async function labelOf(groupBy: Grouping, key: string): Promise<string> {
  const [year, month, day] = key.split('-');
  if (groupBy === 'day') return `${day}/${month}/${year}`;
  if (groupBy === 'month') return `Tháng ${month}/${year}`;
  if (groupBy === 'seller') return (await findSeller(key))?.name ?? key;
  if (groupBy === 'commune') return findCommune(key)?.fullName ?? key;
  if (groupBy === 'category') return categories.find((c) => c.slug === key)?.name.vi ?? key;
  if (groupBy === 'campaign') return key === noCampaign ? 'Ngoài chương trình' : ((await findCampaignName(key)) ?? key);
  if (groupBy === 'payment') return payments[key] ?? key;
  return key === 'web' ? 'Trang chợ' : key;
}

function sumBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Figures> {
  const sums = new Map<string, Figures>();
  for (const row of rows) sums.set(keyOf(row), addFigures(sums.get(keyOf(row)) ?? noFigures, row));
  return sums;
}

const own = (row: Row): string => row.key;
/** Which rows a grouping is made from, and under which key each of them counts. */
const breakdowns = {
  day: { dimension: 'all', keyOf: (row) => row.day },
  month: { dimension: 'all', keyOf: (row) => row.day.slice(0, 7) },
  seller: { dimension: 'seller', keyOf: own },
  commune: { dimension: 'commune', keyOf: own },
  category: { dimension: 'category', keyOf: own },
  campaign: { dimension: 'way', keyOf: (row) => wayOf(row.key).campaign },
  channel: { dimension: 'way', keyOf: (row) => wayOf(row.key).channel },
  payment: { dimension: 'way', keyOf: (row) => wayOf(row.key).payment },
} as const satisfies Record<Grouping, { dimension: 'all' | 'seller' | 'commune' | 'category' | 'way'; keyOf: (row: Row) => string }>;

/** Revenue between two business days from the roll-ups; days and months in order of time, everything else by revenue. */
export async function revenue(query: { from: string; to: string; groupBy: Grouping }, now: Date): Promise<Revenue> {
  const { from, to, groupBy } = query;
  const byTime = groupBy === 'day' || groupBy === 'month';
  const { dimension, keyOf } = breakdowns[groupBy];
  const [rows, all] = await Promise.all([readRows(dimension, from, to), dimension === 'all' ? undefined : readRows('all', from, to)]);
  const sums = sumBy(rows, keyOf);
  const listed = await Promise.all([...sums].map(async ([key, figures]) => ({ key, label: await labelOf(groupBy, key), ...figures })));
  listed.sort((a, b) => (byTime ? (a.key < b.key ? -1 : 1) : b.revenue - a.revenue || (a.key < b.key ? -1 : 1)));
  // An order of two categories stands in two rows, so the total is not the rows' sum.
  const total = (all ?? rows).reduce<Figures>((sum, row) => addFigures(sum, row), noFigures);
  const { orders, packages, revenue: dong, grams, refunded } = total;
  return { from, to, asOf: now.toISOString(), rows: listed, total: { orders, packages, revenue: dong, grams, refunded } };
}
