/** What decides whether goods of a lot may be sold. */
interface OpenableLot {
  recall?: unknown;
  /** `YYYY-MM-DD` in Việt Nam. */
  useBy?: string | undefined;
}

/** Not recalled and not past its last day. Whether anything is left of it nobody but the seller knows. */
export const isOpenLot = ({ recall, useBy }: OpenableLot, today: string): boolean => !recall && (useBy === undefined || useBy >= today);

/**
 * The lot that goods of an SKU must be from, when nobody said: the only one that is open. Of two open ones either may be meant, and a
 * guess would send a recall to the wrong buyers.
 */
export function onlyOpenLot<L extends OpenableLot>(lots: readonly L[], today: string): L | undefined {
  const open = lots.filter((lot) => isOpenLot(lot, today));
  return open.length === 1 ? open[0] : undefined;
}

/** An SKU of which a lot is recalled and no other is open is not sold: what is left of it can only be from that lot. */
export const isHeldBack = (lots: readonly OpenableLot[], today: string): boolean =>
  lots.some(({ recall }) => recall) && !lots.some((lot) => isOpenLot(lot, today));
