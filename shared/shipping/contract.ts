import * as z from 'zod';
import { type Contract, line, listOf, optionalPaging, route } from '../platform/contract.ts';

export const Province = z.object({ code: z.string(), name: z.string(), fullName: z.string() }).meta({ id: 'Province' });

export const Commune = z
  .object({
    code: z.string(),
    name: z.string(),
    fullName: z.string(),
    formerly: z
      .array(z.string())
      .optional()
      .meta({ description: 'Former commune or district names that the search found (before July 2025)' }),
  })
  .meta({ id: 'Commune' });

/** Two levels since July 2025: province → commune; there are no districts. */
export const Address = z
  .object({ provinceCode: z.string().regex(/^\d{2}$/), communeCode: z.string().regex(/^\d{5}$/), street: line(200) })
  .meta({ id: 'Address', description: 'province → commune → street; there are no districts since July 2025' });
export type Address = z.infer<typeof Address>;

export const Delivery = z.enum(['home', 'locker', 'pickup']);
export type Delivery = z.infer<typeof Delivery>;

const Locker = z
  .object({ id: z.string(), name: z.string(), provinceCode: z.string(), communeCode: z.string(), street: z.string() })
  .meta({ id: 'Locker' });

const forADay = 'public, max-age=86400';

export const shippingContract = {
  listProvinces: route({
    method: 'GET',
    path: '/api/provinces',
    summary: 'The 34 provinces and cities',
    callers: 'anyone',
    query: z.object({ ...optionalPaging }),
    success: { status: 200, body: listOf(Province) },
    cacheControl: forADay,
  }),
  listCommunes: route({
    method: 'GET',
    path: '/api/provinces/{code}/communes',
    summary: 'A province’s communes; `q` also finds former communes and districts',
    callers: 'anyone',
    params: z.object({ code: z.string().regex(/^\d{2}$/) }),
    query: z.object({ q: z.string().max(100).optional(), ...optionalPaging }),
    success: { status: 200, body: listOf(Commune) },
    problems: ['not_found'],
    cacheControl: forADay,
  }),
  listLockers: route({
    method: 'GET',
    path: '/api/lockers',
    summary: 'Parcel lockers an order can be sent to (demonstration list: no operator is connected yet)',
    callers: 'anyone',
    query: z.object({
      provinceCode: z
        .string()
        .regex(/^\d{2}$/)
        .optional(),
      ...optionalPaging,
    }),
    success: { status: 200, body: listOf(Locker) },
    cacheControl: forADay,
  }),
} satisfies Contract;
