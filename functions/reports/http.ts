import { reportsContract } from '../../shared/reports/contract.ts';
import { door } from '../platform/door.ts';
import { campaignReport } from './campaign-report.ts';
import { revenue } from './revenue.ts';

export const handler = door(reportsContract, {
  revenue: async ({ query, now }) => ({ body: await revenue(query, now) }),
  campaignReport: async ({ params }) => ({ body: await campaignReport(params.slug) }),
});
