/**
 * The typed way from a page to the market's API. Types come from the contract; zod itself must never reach the browser
 * (88 KB), so everything from `shared/…/contract.ts` is imported as a type only.
 */
import type * as z from 'zod';
import type { contracts } from '../../shared/contracts.ts';
import type { ProblemCode } from '../../shared/platform/problem.ts';

type Contracts = typeof contracts;
type Declared = { [C in keyof Contracts]: Contracts[C][keyof Contracts[C]] }[keyof Contracts];
/** A route whose path is only known as "some path" would swallow every other key, so it gets none. */
type KeyOf<R> = R extends { method: infer M extends string; path: infer P extends string } ? `${M} ${P}` : never;
type Routes = { [R in Declared as KeyOf<R>]: R };

/** `'GET /api/products/{slug}'`: every route of the market, by method and path. */
export type RouteKey = keyof Routes;

type Part<R, Name extends string> = R extends { [N in Name]: infer S } ? S : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : S extends 'raw' ? Blob : undefined;
type Given<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Record<never, never> extends T
    ? { [N in Name]?: T }
    : { [N in Name]: T };

/** What a route wants to be called with: path parameters, query, body – as far as its contract names them. */
export type Asked<K extends RouteKey> = Given<'params', Input<Part<Routes[K], 'params'>>> &
  Given<'query', Input<Part<Routes[K], 'query'>>> &
  Given<'body', Input<Part<Routes[K], 'body'>>> & {
    headers?: Record<string, string>;
    /** Needed by routes the contract marks `idempotent`: same key, same answer. */
    idempotencyKey?: string;
    token?: string;
    signal?: AbortSignal;
  };

export type Answer<K extends RouteKey> = Routes[K] extends { success: { body: infer B } }
  ? B extends z.ZodType
    ? z.output<B>
    : undefined
  : undefined;

/** `network`: nobody knows whether the request arrived. A write with a key is safe to send again. */
export interface Problem {
  code: ProblemCode | 'network';
  status: number;
  title: string;
  detail: string;
  errors: { path: string; message: string }[];
  /** With `price_changed`: the true total in đồng. */
  total?: number;
  retryAfterSeconds?: number;
}

export type Result<T> = { ok: true; data: T } | { ok: false; problem: Problem };

const networkProblem: Problem = { code: 'network', status: 0, title: '', detail: '', errors: [] };
const retryPauseMs = 600;

function address(path: string, params: Record<string, string>, query: Record<string, unknown>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const retryAfter = Number(response.headers.get('Retry-After'));
  return {
    code: body.code ?? (response.status >= 500 ? 'internal_error' : 'not_found'),
    status: response.status,
    title: body.title ?? '',
    detail: body.detail ?? '',
    errors: body.errors ?? [],
    ...(body.total !== undefined && { total: body.total }),
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  };
}

/**
 * Calls one route. Expected refusals come back as `{ ok: false, problem }`, never thrown; only an aborted call throws.
 * A lost connection is tried once more where repeating cannot do anything twice (reads, and writes that carry a key).
 */
export async function call<K extends RouteKey>(key: K, asked: Asked<K>): Promise<Result<Answer<K>>> {
  const { params, query, body, headers, idempotencyKey, token, signal } = asked as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
    headers?: Record<string, string>;
    idempotencyKey?: string;
    token?: string;
    signal?: AbortSignal;
  };
  const [method = 'GET', path = ''] = key.split(' ');
  const request: RequestInit = {
    method,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': body instanceof Blob ? body.type : 'application/json' }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  };
  const mayRepeat = method === 'GET' || method === 'PUT' || idempotencyKey !== undefined || path === '/api/quotes';
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(address(path, params ?? {}, query ?? {}), request);
      if (!response.ok) return { ok: false, problem: await problemOf(response) };
      const text = await response.text();
      return { ok: true, data: (text === '' ? undefined : JSON.parse(text)) as Answer<K> };
    } catch (error) {
      if (signal?.aborted) throw error;
      if (attempt === 2 || !mayRepeat) return { ok: false, problem: networkProblem };
      await new Promise((resolve) => setTimeout(resolve, retryPauseMs));
    }
  }
}
