/** What is done on a market besides buying. To be called after `openMarket`: functions read their settings when they are loaded. */
export async function loadDeeds() {
  const { createCampaign, endCampaign } = await import('../../../../functions/campaigns/run-campaign.ts');
  const { handler: turnPages } = await import('../../../../functions/campaigns/turn-pages.ts');
  const { handler: expire } = await import('../../../../functions/orders/expire-packages.ts');
  const { refundPackage } = await import('../../../../functions/orders/refund-package.ts');
  const { takeTransfer } = await import('../../../../functions/payments/sepay-webhook.ts');
  const { projectOrders } = await import('../../../../functions/reports/project-orders.ts');
  const { auditOnce } = await import('../../../../functions/reports/audit-reports.ts');
  return { createCampaign, endCampaign, turnPages, expire, refundPackage, takeTransfer, projectOrders, auditOnce };
}
export type Deeds = Awaited<ReturnType<typeof loadDeeds>>;
