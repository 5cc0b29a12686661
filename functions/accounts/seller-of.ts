import { Problem } from '../../shared/platform/problem.ts';
import type { Caller } from '../platform/auth.ts';
import { findSeller, type StoredSeller } from '../sellers/find-seller.ts';
import { findAccount } from './store.ts';

/**
 * The seller on whose behalf a signed-in account acts.
 * @throws Problem `forbidden` when the account has no stall
 */
export async function sellerOf(caller: Caller): Promise<StoredSeller> {
  const account = await findAccount(caller.id);
  const seller = account?.sellerId ? await findSeller(account.sellerId) : undefined;
  if (!seller) throw new Problem('forbidden', { vi: 'Tài khoản này chưa gắn với gian hàng nào.', en: 'This account has no stall.' });
  return seller;
}
