/**
 * The basket keeps SKUs, quantities and where the shopper came from. Names, prices and stock are always asked for:
 * a stored price is a promise nobody made.
 */
export interface BasketEntry {
  sku: string;
  quantity: number;
  /** Slug of the campaign whose page the shopper came from. */
  campaign?: string;
  /** The channel that sent them there (`?kenh=facebook`), for the campaign's report. */
  channel?: string;
}
export type Basket = readonly BasketEntry[];

/** What `POST /api/quotes` and `POST /api/orders` take. */
export const mostLines = 50;
export const mostUnits = 9_999;

const storageKey = 'gio-hang';
/** Fired on `window` after every change in this tab; other tabs get `storage`. */
export const basketChanged = 'basket-changed';

const capQuantity = (quantity: number): number => Math.min(mostUnits, Math.max(1, Math.trunc(quantity)));

/** Two lines of one SKU become one. The newest campaign wins: it is the price the shopper saw last. */
export function addToBasket(basket: Basket, entry: BasketEntry): Basket {
  const there = basket.find((e) => e.sku === entry.sku);
  if (there) {
    const merged = { ...there, ...entry, quantity: capQuantity(there.quantity + entry.quantity) };
    return basket.map((e) => (e === there ? merged : e));
  }
  if (basket.length >= mostLines) return basket;
  return [...basket, { ...entry, quantity: capQuantity(entry.quantity) }];
}

export const setQuantity = (basket: Basket, sku: string, quantity: number): Basket =>
  basket.map((e) => (e.sku === sku ? { ...e, quantity: capQuantity(quantity) } : e));

export const removeFromBasket = (basket: Basket, sku: string): Basket => basket.filter((e) => e.sku !== sku);

/** An order has one campaign: that of the entry added last. */
export const campaignOf = (basket: Basket): string | undefined => basket.findLast((e) => e.campaign)?.campaign;

/** Where an order with this campaign came from: the channel of the entry added last that names one. */
export const channelOf = (basket: Basket, campaign: string | undefined): string | undefined =>
  campaign === undefined ? undefined : basket.findLast((e) => e.campaign === campaign && e.channel)?.channel;

/** Whatever the browser kept, by whichever version of this page, becomes a basket. */
export function parseBasket(stored: string | null): Basket {
  try {
    const entries: unknown = JSON.parse(stored ?? '[]');
    if (!Array.isArray(entries)) return [];
    return entries
      .filter((e): e is BasketEntry => typeof e?.sku === 'string' && e.sku !== '' && Number.isFinite(e?.quantity))
      .slice(0, mostLines)
      .map((e) => ({
        sku: e.sku,
        quantity: capQuantity(e.quantity),
        ...(typeof e.campaign === 'string' && { campaign: e.campaign }),
        ...(typeof e.channel === 'string' && { channel: e.channel }),
      }));
  } catch {
    return [];
  }
}

export const readBasket = (): Basket => parseBasket(localStorage.getItem(storageKey));

export function writeBasket(basket: Basket): void {
  localStorage.setItem(storageKey, JSON.stringify(basket));
  window.dispatchEvent(new Event(basketChanged));
}

export function onBasketChange(listener: () => void): void {
  window.addEventListener(basketChanged, listener);
  window.addEventListener('storage', (event) => {
    if (event.key === storageKey || event.key === null) listener();
  });
}
