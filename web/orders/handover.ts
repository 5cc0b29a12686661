/** Code and phone travel from the checkout to the order page inside the tab, never in an address that lands in a log or a screenshot. */
const storageKey = 'don-vua-dat';

export interface OrderKey {
  code: string;
  phone: string;
}

export const handOver = (key: OrderKey): void => sessionStorage.setItem(storageKey, JSON.stringify(key));

export function takeOver(): OrderKey | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Partial<OrderKey> | null;
    return typeof kept?.code === 'string' && typeof kept.phone === 'string' ? { code: kept.code, phone: kept.phone } : undefined;
  } catch {
    return undefined;
  }
}

export const forgetOrder = (): void => sessionStorage.removeItem(storageKey);
