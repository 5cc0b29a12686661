/** Where a package goes, for the card and for the slip on it. */
import { translator } from '../i18n/index.ts';
import { sellerOrders } from '../i18n/vi.ts';
import type { SellerPackage } from './seller-board.ts';

const t = translator('sellerOrders', sellerOrders);

export function sayPlace(pkg: Pick<SellerPackage, 'shipTo' | 'delivery' | 'lockerId'>): string {
  if (pkg.delivery === 'pickup') return t('pickup');
  if (pkg.delivery === 'locker') return t('locker', { id: pkg.lockerId ?? '' });
  return pkg.shipTo ? `${pkg.shipTo.street}, ${pkg.shipTo.communeName}, ${pkg.shipTo.provinceName}` : '';
}
