import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { route } from '../../../shared/platform/contract.ts';

let door: typeof import('../../../functions/platform/door.ts').door;
beforeAll(async () => {
  Object.assign(process.env, {
    COMMERCE_TABLE: 'commerce',
    TRACEABILITY_TABLE: 'traceability',
    REPORTING_TABLE: 'reporting',
    PUBLIC_ORIGIN: 'https://chokinhbac.test',
  });
  ({ door } = await import('../../../functions/platform/door.ts'));
});

const body = z.object({ b: z.number(), a: z.object({ d: z.number(), c: z.number() }) });
const contract = {
  once: route({ method: 'POST', path: '/once', summary: '', callers: 'anyone', idempotent: true, success: { status: 201, body } }),
  kept: route({ method: 'GET', path: '/kept', summary: '', callers: 'anyone', success: { status: 200, body }, cacheControl: 'max-age=1' }),
  plain: route({ method: 'GET', path: '/plain', summary: '', callers: 'anyone', success: { status: 200, body } }),
};
type Body = z.infer<typeof body>;

async function ask(answers: { body: Body }, method: string, path: string, headers: Record<string, string> = {}) {
  const handler = door(contract, { once: async () => answers, kept: async () => answers, plain: async () => answers });
  const event = { version: '2.0', headers, requestContext: { http: { method, path } } } as unknown as APIGatewayProxyEventV2;
  return (await handler(event, { awsRequestId: 'test' } as Context)) as APIGatewayProxyStructuredResultV2;
}

const written = { body: { b: 1, a: { d: 2, c: 3 } } };
/** The same answer, put together from items of an engine that names members in another order. */
const again = { body: { a: { c: 3, d: 2 }, b: 1 } };
const sorted = '{"a":{"c":3,"d":2},"b":1}';

describe('an answer’s text', () => {
  test('to the same Idempotency-Key does not depend on the order of members', async () => {
    for (const answer of [written, again])
      expect(await ask(answer, 'POST', '/once', { 'idempotency-key': 'k' })).toMatchObject({ statusCode: 201, body: sorted });
  });

  test('that may be cached does not either, and has one tag', async () => {
    const answers = await Promise.all([written, written, again].map((answer) => ask(answer, 'GET', '/kept')));
    expect(new Set(answers.map((a) => `${a.body} ${a.headers?.etag}`)).size).toBe(1);
    const head = await ask(written, 'HEAD', '/kept');
    expect([head.statusCode, head.body, head.headers?.etag]).toEqual([200, undefined, answers[0]?.headers?.etag]);
  });

  test('that may not has no tag', async () => {
    const { body: text, headers } = await ask(written, 'GET', '/plain');
    expect([text, headers?.etag, headers?.['cache-control']]).toEqual([JSON.stringify(written.body), undefined, 'no-store']);
  });
});
