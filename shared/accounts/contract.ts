import * as z from 'zod';
import { type Contract, roles, route } from '../platform/contract.ts';

export const User = z
  .object({ id: z.string(), name: z.string(), role: z.enum(roles), sellerId: z.string().optional(), sellerSlug: z.string().optional() })
  .meta({ id: 'User' });

export const accountsContract = {
  signIn: route({
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in; ten wrong passwords for one username lock it for five minutes',
    callers: 'anyone',
    body: z.object({ username: z.string().min(1).max(128), password: z.string().min(1).max(256) }),
    success: { status: 200, body: z.object({ accessToken: z.string(), expiresIn: z.int(), user: User }) },
    problems: ['unauthenticated', 'rate_limited'],
  }),
  getSession: route({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in',
    callers: roles,
    success: { status: 200, body: z.object({ user: User }) },
  }),
} satisfies Contract;
