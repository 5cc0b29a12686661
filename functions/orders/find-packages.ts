import type { StoredPackage } from './records.ts';
import { readOrder, readPackages } from './store.ts';

export type { StoredPackage };

/** An order's packages as they are now, for other contexts' events; empty for an unknown order. */
export const findPackages = async (code: string): Promise<StoredPackage[]> => (await readOrder(code))?.packages ?? [];

/** Packages of any orders as they are now, by their ids; unknown ones are missing. */
export const findPackagesById = (named: readonly { code: string; n: number }[]): Promise<Map<string, StoredPackage>> => readPackages(named);
