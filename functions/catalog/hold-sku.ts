import { writeHold } from './store.ts';

/** Takes an SKU off sale while all that is left of it is from a recalled lot, or puts it back; its price, stock and page stay. */
export const holdSku = (sku: string, isHeld: boolean): Promise<void> => writeHold(sku, isHeld);
