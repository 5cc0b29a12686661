import * as z from 'zod';
import type { ProblemCode } from './problem.ts';

export type Role = 'shopper' | 'seller' | 'department' | 'admin';
export const roles = ['shopper', 'seller', 'department', 'admin'] as const satisfies readonly Role[];

type Shape = z.ZodObject<z.ZodRawShape>;

interface Success {
  status: number;
  body?: z.ZodType;
  contentType?: string;
  description?: string;
}

/** An address behind a greedy path, where it differs from its route. */
export interface Documented extends Partial<Pick<Route, 'summary' | 'description' | 'params' | 'query' | 'success' | 'problems'>> {
  operationId: string;
  path: Route['path'];
}

/**
 * One HTTP route, declared once. Validation, the OpenAPI document, API Gateway's routes, the local router, the web client's types
 * and the generated authorization and fuzz tests all come from this object.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** AWS style: `/api/orders/{code}`; `{proxy+}` at the end takes all that no other route takes, slashes included. */
  path: `/${string}`;
  summary: string;
  description?: string;
  /** `anyone` needs no token, and one that is sent is not looked at: an old session must not keep anybody from shopping. */
  callers: 'anyone' | readonly Role[];
  /** The caller must send `Idempotency-Key`; the story records it in the same transaction as its effect. */
  idempotent?: true;
  params?: Shape;
  query?: Shape;
  /** Header names in lower case. */
  headers?: Shape;
  /** Absent: no body is read. `raw`: the story gets the untouched bytes (signatures are checked before parsing). */
  body?: z.ZodType | 'raw';
  /** What a raw body may be, for the OpenAPI document; the story itself looks at the bytes. */
  rawTypes?: readonly string[];
  maxBodyBytes?: number;
  success: Success;
  problems?: readonly ProblemCode[];
  /** For the OpenAPI document: what else is no problem; problems whose status another standard gives; and what stands behind `{proxy+}`. */
  alternatives?: readonly Success[];
  statuses?: Partial<Record<ProblemCode, number>>;
  documented?: readonly Documented[];
  /** `Cache-Control` of a cacheable GET; it then carries an ETag and answers 304. Everything else is `no-store`. */
  cacheControl?: string;
}

/** Keeps the literal method, path and schemas in the type, so the web client can be typed from it. */
export const route = <const R extends Route>(r: R): R => r;

export type Contract = Record<string, Route>;

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a story's door hands over: values that are already right. */
export interface RequestOf<R extends Route> {
  params: Out<R['params']>;
  query: Out<R['query']>;
  headers: Out<R['headers']>;
  body: R['body'] extends 'raw' ? Uint8Array : Out<R['body']>;
}

export type AnswerOf<R extends Route> = R['success']['body'] extends z.ZodType ? z.input<R['success']['body']> : undefined;

/** `limit` and `cursor` of every list (API.md: limit 1..100; a bad one is 422). */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(512).optional(),
};

/** The same for short lists, which come whole unless a page is asked for. */
export const optionalPaging = { ...paging, limit: z.coerce.number().int().min(1).max(100).optional() };

/** `{items, nextCursor?}` */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'Idempotency-Key: 1–255 visible ASCII characters');

/** Slugs of products, sellers and campaigns. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(100);

/** A calendar day in Asia/Ho_Chi_Minh, e.g. `2026-11-22`; refuses days that do not exist. */
export const Day = z.iso.date();

/** An RFC 3339 instant; always answered in UTC. */
export const Instant = z.iso.datetime({ offset: true });

/** Whole đồng. The bound keeps every sum of 50 lines × 9,999 units inside exact integers. */
export const Dong = z.int().min(0).max(10_000_000_000);

/** One line of text from a person: no control characters, trimmed. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
    .regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/, 'no control characters');

/** Several lines of text from a person: tabs and line ends only. */
export const prose = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'no control characters');
