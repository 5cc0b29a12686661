/**
 * One attempt to place an order. The key is made once and kept with the exact body until the market has answered for certain,
 * so a shopper whose connection broke can press the button again, or even reload, without ordering twice.
 */
export interface Attempt {
  key: string;
  body: string;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const storageKey = 'lan-dat-hang';

export function openAttempt(body: string, store: Store, newKey: () => string): Attempt {
  const pending = pendingAttempt(store);
  // An unanswered attempt keeps its key even when the form was changed since: the market then says `idempotency_conflict`
  // if the first one arrived, instead of taking two orders.
  if (pending) return { key: pending.key, body };
  const attempt = { key: newKey(), body };
  store.setItem(storageKey, JSON.stringify(attempt));
  return attempt;
}

export function pendingAttempt(store: Store): Attempt | undefined {
  try {
    const stored = JSON.parse(store.getItem(storageKey) ?? 'null') as Partial<Attempt> | null;
    return typeof stored?.key === 'string' && typeof stored.body === 'string' ? { key: stored.key, body: stored.body } : undefined;
  } catch {
    return undefined;
  }
}

export const closeAttempt = (store: Store): void => store.removeItem(storageKey);
