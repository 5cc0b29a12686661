import parsePhoneNumber from 'libphonenumber-js/min';
import * as z from 'zod';

/** A phone number as people in Việt Nam write it (`0912 345 678`, `+84 912…`) in E.164, or undefined when it is none. */
export function normalisePhone(text: string): string | undefined {
  const parsed = text.length <= 40 ? parsePhoneNumber(text, 'VN') : undefined;
  return parsed?.isValid() && !parsed.ext ? parsed.number : undefined;
}

/** Answers and screens show the national form without spaces, as it is dialled: `0912345678`. */
export const nationalPhone = (e164: string): string => (e164.startsWith('+84') ? `0${e164.slice(3)}` : e164);

/** Accepts any usual way to write a number and hands over E.164. */
export const Phone = z
  .string()
  .max(40)
  .transform((text, ctx) => {
    const phone = normalisePhone(text);
    if (phone) return phone;
    ctx.addIssue({ code: 'custom', message: 'a phone number, e.g. 0912345678' });
    return z.NEVER;
  });
