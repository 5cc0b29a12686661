/** Where a SKU's record lies, for stories that read many things in one batch. */
export const skuKey = (sku: string) => ({ pk: `SKU#${sku}`, sk: 'SKU' });
