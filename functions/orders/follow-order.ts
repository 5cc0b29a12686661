import { createHash, timingSafeEqual } from 'node:crypto';
import { normalisePhone } from '../../shared/platform/phone.ts';
import { notFound } from '../../shared/platform/problem.ts';
import type { StoredOrder, StoredPackage } from './records.ts';
import { readOrder } from './store.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * An order for whoever knows its code and its phone. A wrong phone and a missing order look the same.
 * @throws Problem not_found
 */
export async function orderOfBuyer(code: string, phone: string | undefined): Promise<{ order: StoredOrder; packages: StoredPackage[] }> {
  const found = await readOrder(code.trim().toUpperCase());
  const said = normalisePhone(phone ?? '');
  if (!found || !said || !timingSafeEqual(digest(said), digest(found.order.customer.phone)))
    throw notFound({
      vi: 'Không tìm thấy đơn hàng với mã và số điện thoại này.',
      en: 'There is no order with this code and phone number.',
    });
  return found;
}
