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
 * The company prefix under which the market numbers goods whose makers have no GTIN of their own, unless `GTIN_PREFIX` names the one GS1
 * Việt Nam has allocated to it. This one is not allocated to anybody: such numbers hold inside the market only.
 */
export const demonstrationPrefix = '893850099';

/** What `GTIN_PREFIX` may be. Prefix and item number are 12 digits together. */
export const companyPrefix = /^\d{6,11}$/;

/** How many goods a company prefix has numbers for: nine digits leave 1,000. */
export const itemsOf = (prefix: string): number => 10 ** (12 - prefix.length);

/**
 * The market's own GTIN-14 for its item number: indicator 0 (a consumer unit), prefix, item, check digit.
 * @throws RangeError for a prefix that is none, or a number it has no room for
 */
export function ownGtin(itemNumber: number, prefix: string = demonstrationPrefix): string {
  if (!companyPrefix.test(prefix)) throw new RangeError(`company prefix ${prefix}`);
  if (!Number.isInteger(itemNumber) || itemNumber < 0 || itemNumber >= itemsOf(prefix)) throw new RangeError(`item number ${itemNumber}`);
  const digits = `0${prefix}${String(itemNumber).padStart(12 - prefix.length, '0')}`;
  return digits + checkDigit(digits);
}

export const isDemonstrationGtin = (gtin: string): boolean => gtin.startsWith(`0${demonstrationPrefix}`);
