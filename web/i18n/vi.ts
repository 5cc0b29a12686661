/** Vietnamese, by feature. Each feature has its own file so that a page carries only what it says. */
export { accounts } from './vi/accounts.ts';
export { basket } from './vi/basket.ts';
export { catalog } from './vi/catalog.ts';
export { checkout } from './vi/checkout.ts';
export { common } from './vi/common.ts';
export { home } from './vi/home.ts';
export { ledger } from './vi/ledger.ts';
export { live } from './vi/live.ts';
export { lots } from './vi/lots.ts';
export { order } from './vi/order.ts';
export { ownLive } from './vi/own-live.ts';
export { ownProducts } from './vi/own-products.ts';
export { reports } from './vi/reports.ts';
export { sellerOrders } from './vi/seller-orders.ts';
export { shell } from './vi/shell.ts';
export { trace } from './vi/trace.ts';
export { workspace } from './vi/workspace.ts';
