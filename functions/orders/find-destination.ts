import { findLocker } from '../../shared/shipping/lockers.ts';
import { readOrders } from './store.ts';

/** The province an order goes to (`24`), and nothing else of its buyer; undefined for an unknown order. */
export async function destinationOf(code: string): Promise<string | undefined> {
  const order = (await readOrders([code])).get(code);
  return order?.shipTo?.provinceCode ?? (order?.lockerId === undefined ? undefined : findLocker(order.lockerId)?.provinceCode);
}
