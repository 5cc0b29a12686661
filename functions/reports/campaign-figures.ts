import { readCampaignRows } from './store.ts';

/** What a campaign's orders bring so far, for its live page; `writes` grows with every order that is counted or taken back. */
export async function campaignFigures(slug: string): Promise<{ orders: number; grams: number; writes: number }> {
  const rows = await readCampaignRows(slug);
  const sum = (name: 'orders' | 'grams' | 'writes') => rows.reduce((total, row) => total + row[name], 0);
  return { orders: sum('orders'), grams: sum('grams'), writes: sum('writes') };
}
