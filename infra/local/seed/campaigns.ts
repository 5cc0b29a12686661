import type { NewCampaign } from '../../../shared/campaigns/contract.ts';

const hours = (n: number) => n * 3_600_000;

/** Demonstration campaigns of the lychee cooperative, around the moment the market is first filled, so that one is always live. */
export const seedCampaigns = (startedAt: Date): NewCampaign[] => {
  const at = (offset: number) => new Date(startedAt.getTime() + offset).toISOString();
  return [
    {
      slug: 'tuan-le-vai-thieu',
      name: 'Tuần lễ vải thiều Lục Ngạn',
      kind: 'sales_week',
      startsAt: at(-hours(1)),
      endsAt: at(hours(24 * 14)),
      channels: [
        { id: 'web', name: 'Trang chợ' },
        { id: 'facebook', name: 'Facebook' },
        { id: 'tiktok', name: 'TikTok' },
      ],
      offers: [
        { sku: 'VT-LN-3KG', price: 179_000, limit: 300, perBuyerLimit: 5 },
        { sku: 'VT-LN-5KG', price: 289_000, limit: 200, perBuyerLimit: 3 },
        { sku: 'VK-LN-500G', price: 59_000, limit: 150, perBuyerLimit: 10 },
      ],
    },
    {
      slug: 'megalive-nong-san-ve-pho',
      name: 'Megalive “Nông sản về phố”',
      kind: 'livestream',
      startsAt: at(hours(24 * 15)),
      endsAt: at(hours(24 * 15 + 4)),
      channels: [
        { id: 'web', name: 'Trang chợ' },
        { id: 'tiktok', name: 'TikTok' },
      ],
      offers: [{ sku: 'VT-LN-10KG', price: 549_000, limit: 100, perBuyerLimit: 2 }],
    },
  ];
};

/** One voucher to try; it is printed at start and named on the basket page. */
export const seedVoucher = (startedAt: Date) => ({
  code: 'CHAOKINHBAC',
  amount: 20_000,
  minSubtotal: 200_000,
  limit: 10_000,
  endsAt: new Date(startedAt.getTime() + hours(24 * 365)).toISOString(),
});
