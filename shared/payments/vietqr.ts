import { QRPay } from 'vietnam-qr-pay';

export interface Transfer {
  /** The bank's BIN at NAPAS, e.g. `970436`. */
  bin: string;
  accountNumber: string;
  /** Whole đồng. */
  amount: number;
  /** ASCII letters and digits, at most 25 characters: banks drop anything else. */
  content: string;
}

/** The text of a dynamic VietQR code (EMVCo with NAPAS's IBFT service to an account, CRC-16/CCITT-FALSE at the end). */
export const vietQrPayload = (transfer: Transfer): string =>
  QRPay.initVietQR({
    bankBin: transfer.bin,
    bankNumber: transfer.accountNumber,
    amount: String(transfer.amount),
    purpose: transfer.content,
  }).build();

/** What the buyer's transfer must say so that it finds its package: `KB7F3K9QZM` package 2 → `KB7F3K9QZMP2`. */
export const transferContent = (code: string, n: number): string => `${code}P${n}`;

/** The package a bank's text names, or undefined. Banks add their own words around it and may change its case. */
export function packageInContent(content: string): { code: string; n: number } | undefined {
  const found = /KB[0-9A-HJKMNP-TV-Z]{8}P\d{1,2}(?!\d)/.exec(content.toUpperCase())?.[0];
  return found ? { code: found.slice(0, 10), n: Number(found.slice(11)) } : undefined;
}
