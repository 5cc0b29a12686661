import { links } from '../platform/links.ts';
import type { IconName } from '../ui/Icon.tsx';

/** The seller's five kinds of work, each a page of its own: it opens fast, and the back button does what it says. */
export type Section = 'orders' | 'products' | 'lots' | 'live' | 'ledger';

export const sections: readonly { name: Section; href: string; icon: IconName }[] = [
  { name: 'orders', href: links.sell, icon: 'parcel' },
  { name: 'products', href: `${links.sell}san-pham/`, icon: 'shop' },
  { name: 'lots', href: `${links.sell}lo-hang/`, icon: 'trace' },
  { name: 'live', href: `${links.sell}phat-truc-tiep/`, icon: 'live' },
  { name: 'ledger', href: `${links.sell}so-tien/`, icon: 'ledger' },
];
