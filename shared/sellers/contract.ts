import * as z from 'zod';
import { CommuneRef, LegalType } from '../catalog/contract.ts';
import { type Contract, listOf, optionalPaging, route } from '../platform/contract.ts';

export const Seller = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    legalType: LegalType,
    commune: CommuneRef,
    /** An organisation shows its head office, a person the place of residence (ND 248/2026/NĐ-CP, Art. 18). */
    address: z.string(),
    story: z.string(),
    verified: z.boolean(),
    demonstration: z.boolean().optional(),
  })
  .meta({ id: 'Seller' });
export type Seller = z.infer<typeof Seller>;

export const sellersContract = {
  getSeller: route({
    method: 'GET',
    path: '/api/sellers/{slug}',
    summary: 'A seller’s public profile',
    callers: 'anyone',
    params: z.object({ slug: z.string().max(200) }),
    success: { status: 200, body: Seller },
    problems: ['not_found'],
    cacheControl: 'public, max-age=60',
  }),
  listSellers: route({
    method: 'GET',
    path: '/api/sellers',
    summary: 'All verified sellers',
    callers: 'anyone',
    query: z.object({ ...optionalPaging }),
    success: { status: 200, body: listOf(Seller) },
    cacheControl: 'public, max-age=60',
  }),
} satisfies Contract;
