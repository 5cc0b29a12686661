import { keyDigits, leads } from './identifiers.ts';
import { urns } from './keys.ts';

const any = (digits: number): string => `\\d{${digits}}`;

/** The digits of a key with its check digit; a reference of `*` leaves open all but the company prefix. */
function keyPattern(scheme: string, prefix: string, reference: string): string | undefined {
  const rule = urns[scheme];
  if (!rule) return undefined;
  if (reference !== '*') return keyDigits(scheme, prefix, reference);
  const open = rule.digits - prefix.length;
  if (leads(scheme)) return open < 1 ? undefined : `${any(1)}${prefix}${any(open - 1)}${any(1)}`;
  return open < 0 ? undefined : `${rule.lead ?? ''}${prefix}${any(open)}${any(1)}`;
}

/** What follows the key of a single thing or a lot, whatever its serial: of a place, also nothing (EPC TDS 6.3.3). */
function serialPattern(serial: string | undefined): string {
  if (serial === undefined) return '';
  if (serial === 'tail') return '[^/]+';
  return serial === '254' ? '(?:/254/[^/]+)?' : `/${serial}/[^/]+`;
}

/**
 * What a pattern such as `urn:epc:idpat:sgtin:0614141.112345.*` matches among canonical identifiers: a company prefix, and behind it a
 * reference and a serial, of which the last or both are `*` (EPC TDS 8). A lot counts as a serial. `undefined` for what is no such pattern.
 */
export function patternOf(text: string): RegExp | undefined {
  const [, scheme = '', rest = ''] = /^urn:epc:idpat:([a-z]+):(.+)$/.exec(text) ?? [];
  const [prefix = '', reference = '', serial, ...more] = rest.split('.');
  if (!/^\d{6,12}$/.test(prefix) || more.length > 0) return undefined;
  if (scheme === 'giai') return reference === '*' && serial === undefined ? at('8004', `${prefix}[^/]+`) : undefined;
  const rule = Object.hasOwn(urns, scheme) ? urns[scheme] : undefined;
  if (!rule || (rule.serial ? serial !== '*' : serial !== undefined || reference !== '*')) return undefined;
  const key = keyPattern(scheme, prefix, reference);
  return key === undefined ? undefined : at(rule.ai, key + serialPattern(rule.serial));
}

const at = (ai: string, rest: string): RegExp => new RegExp(`^https://id\\.gs1\\.org/${ai}/${rest}$`);
