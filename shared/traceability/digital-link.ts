import { isGtin } from './gtin.ts';

/** What a GS1 Digital Link of ours names: a product, a lot of it, one item. */
export interface Link {
  /** AI (01), 14 digits. */
  gtin: string;
  /** AI (10). */
  lot?: string;
  /** AI (21). */
  serial?: string;
}

/** Characters of GS1's set 82 (GS1 General Specifications, figure 7.11-1), one at least. */
export const set82 = (max: number): RegExp => new RegExp(`^[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]{1,${max}}$`);
/** AI (10) and (21). */
const name = set82(20);

/** The link these parts make, or the name of the first part that GS1 does not allow. */
export function readLink(parts: Link): { ok: true; link: Link } | { ok: false; wrong: keyof Link } {
  if (!isGtin(parts.gtin)) return { ok: false, wrong: 'gtin' };
  if (parts.lot !== undefined && !name.test(parts.lot)) return { ok: false, wrong: 'lot' };
  if (parts.serial !== undefined && !name.test(parts.serial)) return { ok: false, wrong: 'serial' };
  return {
    ok: true,
    link: {
      gtin: parts.gtin,
      ...(parts.lot === undefined ? {} : { lot: parts.lot }),
      ...(parts.serial === undefined ? {} : { serial: parts.serial }),
    },
  };
}

/** `/01/08938500990015/10/VT-01/21/7K3M9QWX2ABC`: keys in GS1's order, values percent-encoded. */
export const linkPath = ({ gtin, lot, serial }: Link): string =>
  `/01/${gtin}${lot === undefined ? '' : `/10/${encodeURIComponent(lot)}`}${serial === undefined ? '' : `/21/${encodeURIComponent(serial)}`}`;

/** The link in a path such as `linkPath` makes, with or without a trailing slash; `undefined` for anything else. */
export function parseLink(path: string): Link | undefined {
  const match = /^\/01\/([^/]+)(?:\/10\/([^/]+))?(?:\/21\/([^/]+))?\/?$/.exec(path);
  if (!match) return undefined;
  try {
    const [gtin = '', lot, serial] = match.slice(1).map((part: string | undefined) => part && decodeURIComponent(part));
    const read = readLink({ gtin, lot, serial });
    return read.ok ? read.link : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A serial of ours as someone typed or read it aloud: small letters, spaces and hyphens do not matter, and O, I, L mean 0, 1, 1
 * as Crockford intended. `undefined` when it cannot be one of ours.
 */
export function ownSerial(text: string): string | undefined {
  const serial = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(serial) ? serial : undefined;
}

/** `7K3M9QWX2ABC` → `['7K3M', '9QWX', '2ABC']`, as it is printed and read aloud. */
export const serialGroups = (serial: string): string[] => serial.match(/.{1,4}/g) ?? [];

/** What the QR code of a label of 20 × 30 mm may hold: a longer link's modules are finer than a cheap printer prints. */
export const mostLinkBytes = 75;
/** `/01/`, 14 digits, `/21/`, 12 letters: the same of every item of ours. */
const itemPathBytes = linkPath({ gtin: '0'.repeat(14), serial: '0'.repeat(12) }).length;

/** By how many bytes the links of this origin's items are too long for a label; 0 when they fit. */
export const bytesTooMany = (origin: string): number =>
  Math.max(0, new TextEncoder().encode(origin).length + itemPathBytes - mostLinkBytes);
