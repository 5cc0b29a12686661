/** The voucher goes from the basket to the checkout of this tab and is forgotten with it. */
const key = 'ma-giam-gia';

export const readVoucher = (): string => sessionStorage.getItem(key) ?? '';

export function writeVoucher(code: string): void {
  if (code === '') sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, code);
}
