/**
 * GS1 mod-10 check digit of the digits before it, weights 3,1,3… from the right
 * (GS1 General Specifications 7.9): `checkDigit('893850000001')` is `'7'`-style one character.
 */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** 14 digits, the last of them the right check digit. */
export const isGtin = (text: string): boolean => /^\d{14}$/.test(text) && checkDigit(text.slice(0, 13)) === text[13];

/**
 * The company prefix under which the market numbers goods whose makers have no GTIN of their own. It is a demonstration prefix: GS1 Việt Nam
 * has not allocated it, so these numbers hold inside the market only and leave room for 1,000 items (9 digits of prefix leave 3).
 */
export const demonstrationPrefix = '893850099';
export const demonstrationItems = 1_000;

/** The market's own GTIN-14 for its item number 0–999: indicator 0 (a consumer unit), prefix, item, check digit. */
export function ownGtin(itemNumber: number): string {
  if (!Number.isInteger(itemNumber) || itemNumber < 0 || itemNumber >= demonstrationItems)
    throw new RangeError(`item number ${itemNumber}`);
  const digits = `0${demonstrationPrefix}${String(itemNumber).padStart(3, '0')}`;
  return digits + checkDigit(digits);
}

export const isDemonstrationGtin = (gtin: string): boolean => gtin.startsWith(`0${demonstrationPrefix}`);
