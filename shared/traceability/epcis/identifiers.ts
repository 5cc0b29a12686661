import { checkDigit } from '../gtin.ts';
import { type Key, keys, type Level, urns } from './keys.ts';

/** Why a text is no EPC of ours. `not_gs1` is no fault: EPCIS 2.0 lets any URI name a thing. */
export type EpcFault =
  | 'not_gs1'
  | 'bad_urn'
  | 'bad_link'
  | 'contact'
  | 'too_long'
  | 'bad_encoding'
  | 'query'
  | 'two_levels'
  | 'qualifier'
  | 'length'
  | 'characters'
  | 'check_digit';

export type EpcRead = { ok: true; epc: string; level: Level } | { ok: false; fault: EpcFault };

/** GS1's character set 82 (General Specifications, figure 7.11-1). */
const set82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/;

/** A primary key, its value, the qualifiers behind it; nothing judged yet. */
interface Parts {
  ai: string;
  value: string;
  qualifiers: [ai: string, value: string][];
  query: boolean;
}

type Reading = Parts | EpcFault;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Indicator and extension digits stand in the URN's reference but before the company prefix in the key. */
export const leads = (scheme: string): boolean => ['sgtin', 'lgtin', 'upui', 'sscc'].includes(scheme);

export function keyDigits(scheme: string, prefix: string, reference: string): string | undefined {
  const rule = urns[scheme];
  if (!rule || !/^\d{6,12}$/.test(prefix) || !/^\d*$/.test(reference) || prefix.length + reference.length !== rule.digits) return undefined;
  const body = leads(scheme) ? reference.slice(0, 1) + prefix + reference.slice(1) : prefix + reference;
  // A GRAI carries a filler zero that its check digit does not see differently: weight times zero.
  return (rule.lead ?? '') + body + checkDigit(body);
}

function fromUrn(text: string): Reading {
  const match = /^urn:epc:(id|class|idpat):([a-z]+):(.+)$/.exec(text);
  if (!match) return 'bad_urn';
  const [, kind = '', scheme = '', rest = ''] = match;
  const [prefix = '', reference = '', ...more] = rest.split('.');
  // The one pattern with a meaning of its own here: every serial of one class (`idpat … .*`); wider patterns name no one class.
  const whole = kind === 'idpat' && more.length === 1 && more[0] === '*';
  if ((kind === 'idpat' && !whole) || (kind === 'class') !== (scheme === 'lgtin')) return 'bad_urn';
  // Serials may hold dots: everything after the second one belongs to the serial.
  const serial = more.length && !whole ? decoded(more.join('.')) : '';
  if (serial === undefined) return 'bad_encoding';
  return assembled(scheme, prefix, reference, serial, whole);
}

function assembled(scheme: string, prefix: string, reference: string, serial: string, whole: boolean): Reading {
  if (scheme === 'giai' || scheme === 'ginc') return freeText(scheme, prefix, [reference, serial].filter(Boolean).join('.'));
  const value = keyDigits(scheme, prefix, reference);
  const rule = urns[scheme];
  if (!rule || value === undefined || Boolean(rule.serial) !== Boolean(serial || whole)) return 'bad_urn';
  const base = { ai: rule.ai, qualifiers: [], query: false };
  if (rule.serial === 'tail') return { ...base, value: value + serial };
  // An SGLN with the serial 0 is the place itself, without an extension (EPC TDS 6.3.3).
  if (!rule.serial || whole || (rule.serial === '254' && serial === '0')) return { ...base, value };
  return { ...base, value, qualifiers: [[rule.serial, serial]] };
}

function freeText(scheme: string, prefix: string, reference: string): Reading {
  const text = decoded(reference);
  if (text === undefined) return 'bad_encoding';
  if (!/^\d{6,12}$/.test(prefix) || !text) return 'bad_urn';
  return { ai: scheme === 'giai' ? '8004' : '401', value: prefix + text, qualifiers: [], query: false };
}

/** Any host and any path before the key are allowed (GS1 Digital Link URI syntax); the key is the first that leaves only pairs. */
function fromLink(text: string): Reading {
  const match = /^https?:\/\/[^/?#]+((?:\/[^/?#]*)*)([?#].*)?$/i.exec(text);
  if (!match) return 'not_gs1';
  const path = (match[1] ?? '').replace(/\/$/, '').split('/').slice(1);
  const start = path.findIndex((step, i) => Object.hasOwn(keys, step) && startsKey(path.slice(i)));
  if (start === -1) return 'not_gs1';
  const values = path.slice(start).map(decoded);
  if (!values.every((value) => value !== undefined)) return 'bad_encoding';
  const [ai = '', value = '', ...rest] = values;
  const qualifiers = rest.flatMap((step, i): Parts['qualifiers'] => (i % 2 === 0 ? [[step, rest[i + 1] ?? '']] : []));
  return { ai, value, qualifiers, query: match[2] !== undefined };
}

const startsKey = (steps: string[]): boolean =>
  steps.length % 2 === 0 && /\d/.test(steps[1] ?? '') && steps.every((step, i) => i % 2 === 1 || /^\d{2,4}$/.test(step));

/** The longest GS1 key is a tenth of this; a path of a hundred thousand steps would be searched once for each of them. */
const longest = 2_000;

function read(text: string): Reading {
  const isTooLong = text.length > longest;
  if (text.startsWith('urn:epc:')) return isTooLong ? 'bad_urn' : fromUrn(text);
  const link = isTooLong ? 'not_gs1' : fromLink(text);
  return link === 'not_gs1' ? outside(text) : link;
}

/** A URI of a partner's own has to stand in keys and addresses of ours; no key of GS1 comes near this. */
const longestOwn = 1_000;
/** Nothing stands at GS1's own host but keys. */
const atGs1 = /^https?:\/\/id\.gs1\.org(?=[:/?#]|$)/i;
/** Keys that are not read here: what they name stands as it is written. */
const otherKey = /^https?:\/\/[^/]+\/(?:415|8006|8010|8013)\/[^/?#]+(?:\/\d{2,4}\/[^/?#]+)*$/;
/** These reach a person: no name of a thing, and personal data on a public page. */
const contact = /^(?:mailto|tel|sms|sips?|xmpp):/i;

/** What is no key as we read them may still name a thing: EPCIS 2.0 lets any URI do so. */
function outside(text: string): EpcFault {
  const isTooLong = text.length > longestOwn;
  if (atGs1.test(text)) return isTooLong || !otherKey.test(text) ? 'bad_link' : 'not_gs1';
  if (contact.test(text)) return 'contact';
  return isTooLong ? 'too_long' : 'not_gs1';
}

/**
 * Percent-encoding as `linkPath` in `digital-link.ts` writes it: the printed code and the stored EPC must be the same text. A lone
 * surrogate, which no JSON parser refuses, would make it throw.
 */
const written = ({ ai, value, qualifiers }: Parts): string =>
  `https://id.gs1.org/${[ai, value, ...qualifiers.flat()].map((step) => encodeURIComponent(step.toWellFormed())).join('/')}`;

function valueFault(key: Key, value: string): EpcFault | undefined {
  const tail = value.slice(key.digits);
  if (!set82.test(tail)) return 'characters';
  if (value.length < key.digits || (tail && !key.tail) || (tail && key.tail && !key.tail.test(tail)) || (!tail && !key.digits))
    return 'length';
  const digits = value.slice(0, key.digits);
  if (!/^\d*$/.test(digits)) return 'characters';
  return key.digits && checkDigit(digits.slice(0, -1)) !== digits.at(-1) ? 'check_digit' : undefined;
}

function qualifierFault(key: Key, [[ai, value] = ['', ''], ...more]: Parts['qualifiers']): EpcFault | undefined {
  if (!ai) return undefined;
  // One level only (CBV 2.0, 8.2): a lot and a serial together is what a label may say, never an EPC.
  if (more.length) return 'two_levels';
  const rule = key.qualifiers?.[ai];
  if (!rule) return 'qualifier';
  if (!set82.test(value)) return 'characters';
  return value.length < 1 || value.length > rule.max ? 'length' : undefined;
}

function levelOf(key: Key, { value, qualifiers }: Parts): Level {
  const rule = qualifiers[0] && key.qualifiers?.[qualifiers[0][0]];
  return rule?.level ?? (value.length > key.digits && key.tailLevel ? key.tailLevel : key.level);
}

/** The one form in which we store an EPC — a constrained Digital Link on id.gs1.org — and what it names, or why there is none. */
export function canonicalEpc(text: string): EpcRead {
  const parts = read(text);
  if (typeof parts === 'string') return { ok: false, fault: parts };
  const key = keys[parts.ai];
  if (!key) return { ok: false, fault: 'not_gs1' };
  if (parts.query) return { ok: false, fault: 'query' };
  const fault = valueFault(key, parts.value) ?? qualifierFault(key, parts.qualifiers);
  return fault ? { ok: false, fault } : { ok: true, epc: written(parts), level: levelOf(key, parts) };
}

/**
 * The form that goes into the event hash (CBV 2.0, 8.9): the same canonical link, but nothing is refused — a wrong check digit hashes as it
 * is, a query is dropped, and of several levels only the finest stays. Anything that is no GS1 key comes back unchanged.
 */
export function hashedEpc(text: string): string {
  const parts = read(text);
  if (typeof parts === 'string') return text;
  const finest = ['21', '235', '10', '254'].flatMap((ai) => parts.qualifiers.filter(([own]) => own === ai)).slice(0, 1);
  return written({ ...parts, qualifiers: finest });
}
