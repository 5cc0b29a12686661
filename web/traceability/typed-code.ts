/** A code as it comes: in the address, typed by hand with spaces, or pasted as the whole link of the label. */
import { ownSerial, parseLink } from '../../shared/traceability/digital-link.ts';
import { isGtin } from '../../shared/traceability/gtin.ts';

export interface Code {
  gtin: string;
  serial: string;
}
export type Typed = { code: Code } | { wrong: 'gtin' | 'serial' };

/** A 13-digit number is the same GTIN without its leading nought. */
const gtin14 = (text: string): string => text.replace(/[\s-]/g, '').padStart(14, '0');

export function readTyped(gtin: string, serial: string): Typed {
  const pasted = [gtin, serial]
    .map((text) => (URL.canParse(text.trim()) ? parseLink(new URL(text.trim()).pathname) : undefined))
    .find((link) => link?.serial);
  if (pasted?.serial) return { code: { gtin: pasted.gtin, serial: pasted.serial } };
  if (!isGtin(gtin14(gtin))) return { wrong: 'gtin' };
  const own = ownSerial(serial);
  return own ? { code: { gtin: gtin14(gtin), serial: own } } : { wrong: 'serial' };
}

/** What the resolver wrote into the address. It is asked for as it is: a code that cannot be ours deserves the market's honest answer too. */
export function codeInAddress(search: string): Code | undefined {
  const query = new URLSearchParams(search);
  const gtin = query.get('gtin')?.trim();
  const serial = query.get('serial')?.trim();
  return gtin && serial ? { gtin, serial } : undefined;
}

export const addressOf = ({ gtin, serial }: Code): string => `?${new URLSearchParams({ gtin, serial })}`;
