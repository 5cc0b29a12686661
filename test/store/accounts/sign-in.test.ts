import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIdentity } from '../../../infra/local/identity.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { startEngine } from '../engine.ts';

const password = 'KinhBac#2026';
const dataDir = mkdtempSync(join(tmpdir(), 'kinh-bac-sign-in-'));
let engine: Awaited<ReturnType<typeof startEngine>>;
let identity: Awaited<ReturnType<typeof startIdentity>>;
let signIn: typeof import('../../../functions/accounts/sign-in.ts').signIn;
let callerOf: typeof import('../../../functions/platform/auth.ts').callerOf;
/** Counts what reaches the identity provider: a limit that only counts answers would let every guess through. */
let counter: Server;
let asked = 0;

beforeAll(async () => {
  engine = await startEngine();
  mkdirSync(join(dataDir, 'children'), { recursive: true });
  identity = await startIdentity(dataDir);
  const target = identity.environment.COGNITO_ENDPOINT;
  counter = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.method === 'POST') asked++;
    const answer = await fetch(target + request.url, {
      method: request.method,
      headers: { 'x-amz-target': String(request.headers['x-amz-target'] ?? ''), 'content-type': 'application/x-amz-json-1.1' },
      ...(request.method === 'POST' ? { body: Buffer.concat(parts) } : {}),
    });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
  const address = counter.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  Object.assign(process.env, identity.environment, { COGNITO_ENDPOINT: `http://127.0.0.1:${port}` });
  for (const name of ['ba', 'bon', 'nam', 'sau', 'bay']) await identity.keepUser(`${name}@demo.vn`, password, 'seller');
  ({ signIn } = await import('../../../functions/accounts/sign-in.ts'));
  ({ callerOf } = await import('../../../functions/platform/auth.ts'));
});
afterAll(async () => {
  counter?.close();
  await identity?.child.stop();
  await engine?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const now = new Date('2026-06-15T02:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (e: unknown) => (e instanceof Problem ? e.code : String(e)),
  );

test('the right password gives a token that names its holder and role', async () => {
  const { accessToken, expiresIn, user } = await signIn('ba@demo.vn', password, now);
  expect(user.role).toBe('seller');
  expect(expiresIn).toBeGreaterThan(0);
  expect(await callerOf(`Bearer ${accessToken}`)).toEqual({ id: user.id, role: 'seller' });
});

describe('a token that is not ours', () => {
  test.each(['', 'Bearer', 'Bearer ', 'Basic x', 'Bearer x', 'Bearer a.b.c', 'bearer \u0000'])('%j is unauthenticated', async (header) => {
    expect(await outcome(callerOf(header))).toBe('unauthenticated');
  });

  test('changed, unsigned or of another algorithm is unauthenticated', async () => {
    const { accessToken } = await signIn('ba@demo.vn', password, now);
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const admin = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['admin'] })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const token of [
      `${head}.${admin}.${signature}`,
      `${none}.${admin}.`,
      `${none}.${body}.${signature}`,
      `${head}.${body}.`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
    ])
      expect(await outcome(callerOf(`Bearer ${token}`))).toBe('unauthenticated');
  });
});

describe('ten wrong passwords for one username', () => {
  test('lock it for the rest of five minutes, also for the right one, however the name is written', async () => {
    for (let i = 0; i < 10; i++) expect(await outcome(signIn('bon@demo.vn', `sai-${i}`, later(i)))).toBe('unauthenticated');
    const refused = await signIn(' BON@demo.vn ', password, later(60)).catch((e: unknown) => e);
    expect(refused instanceof Problem && [refused.code, refused.options.retryAfterSeconds]).toEqual(['rate_limited', 240]);
    expect(await outcome(signIn('nam@demo.vn', password, later(60)))).toBe('done');
    expect(await outcome(signIn('bon@demo.vn', password, later(300)))).toBe('done');
  });

  test('fifty guesses at once: no more than ten reach the identity provider', async () => {
    asked = 0;
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => outcome(signIn('nam@demo.vn', `sai-${i}`, later(400)))));
    expect(outcomes.filter((o) => o === 'unauthenticated')).toHaveLength(10);
    expect(outcomes.filter((o) => o === 'rate_limited')).toHaveLength(40);
    expect(asked).toBe(10);
  });

  test('nine, then the right one: the count begins anew', async () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 9; i++) expect(await outcome(signIn('sau@demo.vn', `sai-${i}`, later(i)))).toBe('unauthenticated');
      expect(await outcome(signIn('sau@demo.vn', password, later(20)))).toBe('done');
    }
  });

  test('a user that is not there is refused in the same words and counted alike', async () => {
    const wrong = await signIn('bay@demo.vn', 'sai', now).catch((e: unknown) => e);
    const absent = await signIn('khong-co@demo.vn', 'sai', now).catch((e: unknown) => e);
    if (!(wrong instanceof Problem && absent instanceof Problem)) throw new Error('no problem');
    expect([absent.code, absent.detail]).toEqual([wrong.code, wrong.detail]);
    for (let i = 0; i < 9; i++) await outcome(signIn('khong-co@demo.vn', 'sai', now));
    expect(await outcome(signIn('khong-co@demo.vn', 'sai', now))).toBe('rate_limited');
  });
});

// BUG, functions/accounts/sign-in.ts: a place is taken for every attempt and given back only after Cognito has answered, so right passwords lock
// each other out: API.md counts failed sign-ins. To count only failures without letting parallel guesses through, the place must be given back one by one.
test('thirty right sign-ins of one account at once, as a cooperative’s shop opens, all get in', async () => {
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => outcome(signIn('bay@demo.vn', password, later(1_000)))));
  expect(outcomes).toEqual(Array(30).fill('done'));
});
