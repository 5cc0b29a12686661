import * as z from 'zod';
import { type Contract, route } from './contract.ts';

/** Routes that belong to the market as a whole and to no context. */
export const platformContract = {
  health: route({
    method: 'GET',
    path: '/healthz',
    summary: '200 once everything behind it answers',
    callers: 'anyone',
    success: { status: 200, body: z.object({ status: z.literal('ok') }) },
    problems: ['unavailable'],
  }),
  openapi: route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This contract as OpenAPI 3.1',
    callers: 'anyone',
    success: { status: 200, body: z.record(z.string(), z.unknown()) },
    cacheControl: 'public, max-age=300',
  }),
  docs: route({
    method: 'GET',
    path: '/api/docs',
    summary: 'This contract as a page for people',
    callers: 'anyone',
    success: { status: 200, contentType: 'text/html; charset=utf-8' },
    cacheControl: 'public, max-age=300',
  }),
} satisfies Contract;
