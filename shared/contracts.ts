import { accountsContract } from './accounts/contract.ts';
import { campaignsContract } from './campaigns/contract.ts';
import { catalogContract } from './catalog/contract.ts';
import { ordersContract } from './orders/contract.ts';
import { paymentsContract } from './payments/contract.ts';
import { platformContract } from './platform/platform-contract.ts';
import { reportsContract } from './reports/contract.ts';
import { sellersContract } from './sellers/contract.ts';
import { shippingContract } from './shipping/contract.ts';
import { traceabilityContract } from './traceability/contract.ts';
import { epcisContract } from './traceability/epcis/contract.ts';

/** Every route of the market, by context. */
export const contracts = {
  accounts: accountsContract,
  catalog: catalogContract,
  sellers: sellersContract,
  orders: ordersContract,
  payments: paymentsContract,
  shipping: shippingContract,
  campaigns: campaignsContract,
  traceability: traceabilityContract,
  epcis: epcisContract,
  reports: reportsContract,
  platform: platformContract,
};
