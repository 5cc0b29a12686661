import { set82 } from '../digital-link.ts';
import { isGtin } from '../gtin.ts';
import { wrongAttribute } from './attributes.ts';

/** What a GS1 Digital Link names, from the primary key down: a product, a variant of it (CPV), a lot, one item. */
export interface ResolverUri {
  /** AI (01), 14 digits. */
  gtin: string;
  /** AI (22), consumer product variant. */
  cpv?: string;
  /** AI (10). */
  lot?: string;
  /** AI (21). */
  serial?: string;
  /** AI (235), a number of someone else for the item; it stands alone behind the GTIN. */
  thirdParty?: string;
}

/** The key qualifiers of (01) in the only order GS1 allows: `dlpkey=22,10,21|235` of its syntax dictionary. */
const qualifiers = [
  { ai: '22', name: 'cpv', format: set82(20) },
  { ai: '10', name: 'lot', format: set82(20) },
  { ai: '21', name: 'serial', format: set82(20) },
  { ai: '235', name: 'thirdParty', format: set82(28) },
] as const;

/** What is wrong with a link: an AI whose value is not allowed, the path's form, or a parameter after `?`. */
export type Fault = { at: '01' | '22' | '10' | '21' | '235' | 'path' } | { at: 'query'; name: string };

type Read = { ok: true; uri: ResolverUri } | { ok: false; fault: Fault };
const wrong = (at: Exclude<Fault['at'], 'query'>): Read => ({ ok: false, fault: { at } });

/**
 * Reads what follows `/01/`, split at its slashes and percent-decoded. One slash at the end is tolerated (GS1-Conformant resolver 1.1).
 * AWS decodes a path before it finds the route, so that `%2F` in a lot is a slash like any other: such a lot is refused or, where what
 * follows looks like a qualifier, read as one. The market's own lots and serials hold no slash.
 */
export function readUri(segments: readonly string[], query: Record<string, unknown>): Read {
  const [gtin = '', ...rest] = segments.at(-1) === '' ? segments.slice(0, -1) : segments;
  if (!isGtin(gtin)) return wrong('01');
  if (rest.length % 2 !== 0) return wrong('path');
  const uri: ResolverUri = { gtin };
  let place = -1;
  for (let i = 0; i < rest.length; i += 2) {
    const next = qualifiers.findIndex(({ ai }) => ai === rest[i]);
    const qualifier = qualifiers[next];
    if (!qualifier || next <= place || (qualifier.ai === '235' && rest.length > 2)) return wrong('path');
    const value = rest[i + 1] ?? '';
    if (!qualifier.format.test(value)) return wrong(qualifier.ai);
    uri[qualifier.name] = value;
    place = next;
  }
  const name = wrongAttribute(query);
  return name === undefined ? { ok: true, uri } : { ok: false, fault: { at: 'query', name } };
}

/** The canonical path: qualifiers in GS1's order, values percent-encoded with capital hexadecimal digits, no slash at the end. */
export const uriPath = (uri: ResolverUri): string =>
  [
    `/01/${uri.gtin}`,
    ...qualifiers.flatMap(({ ai, name }) => (uri[name] === undefined ? [] : [`${ai}/${encodeURIComponent(uri[name])}`])),
  ].join('/');
