import { randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O or U, so a code can be read aloud and typed back. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** One character for five bits of each byte. */
export const spell = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet[byte & 31]).join('');

/** `length` random characters of 5 bits each from the system's CSPRNG. */
export const crockford = (length: number): string => spell(randomBytes(length));

/** An inner id: prefix, time in milliseconds (sorts by age), 60 random bits. */
export function newId(prefix: string, now: Date): string {
  let time = '';
  for (let rest = now.getTime(); time.length < 9; rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  return `${prefix}_${time}${crockford(12)}`;
}
