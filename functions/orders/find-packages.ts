import type { StoredPackage } from './records.ts';
import { readOrder } from './store.ts';

export type { StoredPackage };

/** An order's packages as they are now, for other contexts' events; empty for an unknown order. */
export const findPackages = async (code: string): Promise<StoredPackage[]> => (await readOrder(code))?.packages ?? [];
