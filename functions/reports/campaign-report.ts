import { notFound } from '../../shared/platform/problem.ts';
import type { Figures } from '../../shared/reports/contract.ts';
import { addFigures, noFigures } from '../../shared/reports/contributions.ts';
import { findCampaign } from '../campaigns/find-campaign.ts';
import { readCampaignRows } from './store.ts';

/**
 * What a campaign brought, in all and by channel. Reach and views are the channels' own figures where they were given,
 * else what our pages counted.
 * @throws Problem not_found
 */
export async function campaignReport(slug: string) {
  const found = await findCampaign(slug);
  if (!found) throw notFound({ vi: 'Không có chương trình này.', en: 'There is no such campaign.' });
  const sales = new Map<string, Figures>();
  for (const row of await readCampaignRows(slug)) sales.set(row.key, addFigures(sales.get(row.key) ?? noFigures, row));
  const names = new Map(found.campaign.channels.map((c) => [c.id, c.name]));
  const ids = new Set([...names.keys(), ...sales.keys(), ...found.channels.map((c) => c.channel)]);
  const byChannel = [...ids].map((id) => {
    const own = found.channels.find((c) => c.channel === id);
    const sold = sales.get(id) ?? noFigures;
    return {
      channel: id,
      name: names.get(id) ?? (id === 'web' ? 'Trang chợ' : id),
      reach: own?.at ? own.reach : (own?.reachCounted ?? 0),
      views: own?.at ? own.views : (own?.viewsCounted ?? 0),
      orders: sold.orders,
      gramsSold: sold.grams,
      revenue: sold.revenue,
    };
  });
  const sum = (of: (c: (typeof byChannel)[number]) => number) => byChannel.reduce((total, c) => total + of(c), 0);
  return {
    slug,
    name: found.campaign.name,
    reach: sum((c) => c.reach),
    views: sum((c) => c.views),
    orders: sum((c) => c.orders),
    gramsSold: sum((c) => c.gramsSold),
    revenue: sum((c) => c.revenue),
    byChannel,
  };
}
