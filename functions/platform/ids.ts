import { randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O or U, so a code can be read aloud and typed back. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `length` random characters of 5 bits each from the system's CSPRNG. */
export const crockford = (length: number): string => [...randomBytes(length)].map((byte) => alphabet[byte & 31]).join('');

/** An inner id: prefix, time in milliseconds (sorts by age), 60 random bits. */
export function newId(prefix: string, now: Date): string {
  let time = '';
  for (let rest = now.getTime(); time.length < 9; rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  return `${prefix}_${time}${crockford(12)}`;
}

/** An order's code for people: `KB` and 8 characters (40 bits); a collision is refused by the write and drawn again. */
export const newOrderCode = (): string => `KB${crockford(8)}`;
