import { readSkuByGtin, readSkus, type SkuRecord } from './store.ts';

export type { SkuRecord };

/** One SKU with its product and seller, whatever its status, or undefined. */
export const findSku = async (sku: string): Promise<SkuRecord | undefined> => (await readSkus([sku])).get(sku);

/** Several SKUs at once; unknown ones are missing. */
export const findSkus = (skus: readonly string[]): Promise<Map<string, SkuRecord>> => readSkus(skus);

/** The SKU that carries a GTIN-14, or undefined. */
export const findByGtin = (gtin: string): Promise<SkuRecord | undefined> => readSkuByGtin(gtin);
