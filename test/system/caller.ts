import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { ProblemDocument } from '../../shared/platform/problem.ts';
import type { Market } from './market.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
}

export interface Question {
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request exactly as written: `fetch` would tidy the path and refuse odd methods. */
export function ask(origin: string, method: string, path: string, { token, headers = {}, body, raw }: Question = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const bytes = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        ...{ hostname, port, method, path, agent },
        headers: {
          ...(bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(bytes)) }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const all = Buffer.concat(parts);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: all, text: all.toString('utf8') });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** What a JSON answer holds, as the test says it does. */
export const jsonOf = <T>(answer: Answer): T => JSON.parse(answer.text) as T;

/** The answer is an RFC 9457 problem document of this code, and tells nothing of our insides. */
export function assertProblem(answer: Answer, code?: string, what = ''): ProblemBody {
  expect(answer.headers['content-type'], `${what} ${answer.status} ${answer.text.slice(0, 200)}`).toBe('application/problem+json');
  const problem = ProblemDocument.parse(JSON.parse(answer.text));
  expect(problem.status, what).toBe(answer.status);
  if (code) expect(problem.code, `${what} ${answer.text.slice(0, 300)}`).toBe(code);
  // EPCIS calls its problems exceptions.
  const told = answer.text.replace(/"type":"epcisException:\w+"/, '');
  expect(told, what).not.toMatch(/node_modules|\.ts:\d|\.mjs:\d|at async |Exception|dynamo/i);
  expect(answer.headers['cache-control'], what).toBe('no-store');
  return problem;
}
type ProblemBody = ReturnType<typeof ProblemDocument.parse>;

export const password = 'KinhBac#2026';
export const people = {
  shopper: 'nguoimua@demo.vn',
  seller: 'htx-lucngan@demo.vn',
  otherSeller: 'ho-phulang@demo.vn',
  department: 'socongthuong@demo.vn',
  admin: 'quantri@demo.vn',
} as const;
export type Person = keyof typeof people;

export async function signIn(origin: string, person: Person): Promise<string> {
  const answer = await ask(origin, 'POST', '/api/session', { body: { username: people[person], password } });
  expect(answer.status, answer.text).toBe(200);
  return jsonOf<{ accessToken: string }>(answer).accessToken;
}

export async function signInAll(origin: string): Promise<Record<Person, string>> {
  const tokens: Partial<Record<Person, string>> = {};
  for (const person of Object.keys(people) as Person[]) tokens[person] = await signIn(origin, person);
  return tokens as Record<Person, string>;
}

let phones = 0;
/** A new buyer, since orders are limited per phone. */
export const newPhone = (): string => `0987${String(100_000 + phones++)}`;

/** SePay's message, signed as its documents say. */
export function sepay(
  origin: string,
  message: object,
  secret = 'local-sepay-secret',
  at = Math.floor(Date.now() / 1_000),
): Promise<Answer> {
  const raw = JSON.stringify(message);
  const signature = createHmac('sha256', secret).update(`${at}.`).update(raw).digest('hex');
  return ask(origin, 'POST', '/api/payments/sepay/webhook', {
    raw,
    headers: { 'x-sepay-signature': `sha256=${signature}`, 'x-sepay-timestamp': String(at) },
  });
}

/** Looks into the market's engine from outside: every business item's digest. Counters of limits are no business. */
export function engineOf(market: Market) {
  const { mark } = JSON.parse(readFileSync(join(market.dataDir, 'children', 'engine.json'), 'utf8')) as { mark: string };
  const port = /--port (\d+)/.exec(mark)?.[1];
  const dynamo = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'ap-southeast-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const flat = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(flat)
      : value && typeof value === 'object'
        ? Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, v]) => [k, flat(v)])
        : value;
  return {
    async items(table: string): Promise<Record<string, unknown>[]> {
      const items: Record<string, unknown>[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await dynamo.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }));
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from);
      return items;
    },
    async digests(): Promise<Record<string, string>> {
      const all: Record<string, string> = {};
      for (const table of ['commerce', 'traceability', 'reporting'])
        for (const item of await this.items(table))
          if (!String(item.pk).startsWith('LIMIT#'))
            all[`${table} ${item.pk} ${item.sk}`] = createHash('sha256')
              .update(JSON.stringify(flat(item)))
              .digest('hex')
              .slice(0, 12);
      return all;
    },
    close: () => dynamo.destroy(),
  };
}

/** Works through a list, so many at a time. */
export async function atOnce<T>(count: number, list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = list.values();
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
