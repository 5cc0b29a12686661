import * as z from 'zod';
import type { Contract, Route } from './contract.ts';
import { IdempotencyKey } from './contract.ts';
import { type ProblemCode, ProblemDocument, problemCodes } from './problem.ts';

type Json = Record<string, unknown>;

const componentRef = (id: string) => `#/components/schemas/${id}`;

/** JSON Schema of a zod schema; schemas that carry a `meta({id})` become components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $defs,
    $schema: _dialect,
    ...own
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs ?? {})) components[name] = relocated(definition);
  const body = relocated(own) as Json;
  const id = body.id;
  if (typeof id !== 'string') return body;
  components[id] = withoutId(body);
  return { $ref: componentRef(id) };
}

const withoutId = ({ id: _id, ...rest }: Json): Json => rest;

/** zod writes `#/$defs/Name`; in an OpenAPI document those live under components. */
function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated);
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(
    ([k, v]) => [k, k === '$ref' && typeof v === 'string' ? v.replace('#/$defs/', '#/components/schemas/') : relocated(v)] as const,
  );
  return Object.fromEntries(entries.filter(([k, v]) => !(k === 'id' && typeof v === 'string' && /^[A-Z]/.test(v))));
}

function parameters(route: Route): Json[] {
  const of = (shape: Route['params'], place: 'path' | 'query' | 'header') =>
    Object.entries(shape?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: place,
      required: place === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
      schema: schemaOf(schema as z.ZodType, 'input', {}),
    }));
  const key = route.idempotent
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          schema: schemaOf(IdempotencyKey, 'input', {}),
          description: 'Same key and body: the first answer again',
        },
      ]
    : [];
  return [...of(route.params, 'path'), ...of(route.query, 'query'), ...of(route.headers, 'header'), ...key];
}

/** Problems any route of this kind can answer, besides the ones it names. */
function problemsOf(route: Route): ProblemCode[] {
  const codes = new Set<ProblemCode>(route.problems);
  if (route.callers !== 'anyone') codes.add('unauthenticated').add('forbidden');
  if (route.body) codes.add('payload_too_large');
  if (route.body && route.body !== 'raw') codes.add('malformed_json').add('unsupported_media_type').add('validation_failed');
  if (route.query || route.headers || route.idempotent) codes.add('validation_failed');
  if (Object.keys(route.params?.shape ?? {}).length > 0) codes.add('not_found');
  if (route.idempotent) codes.add('idempotency_conflict');
  return [...codes].sort();
}

/** A body of bytes has no schema; what is neither named nor JSON of a contract is a partner's signed message. */
function contentOf(body: NonNullable<Route['body']>, rawTypes: Route['rawTypes'], components: Json): Json {
  if (rawTypes) return Object.fromEntries(rawTypes.map((type) => [type, {}]));
  return { 'application/json': { schema: body === 'raw' ? { type: 'object' } : schemaOf(body, 'input', components) } };
}

function responses(route: Route, components: Json): Json {
  const byStatus: Json = {};
  for (const { status, body, contentType, description } of [route.success, ...(route.alternatives ?? [])]) {
    const content = body
      ? { [contentType ?? 'application/json']: { schema: schemaOf(body, 'output', components) } }
      : contentType
        ? { [contentType.split(';')[0] as string]: { schema: { type: 'string' } } }
        : undefined;
    byStatus[status] = { description: description ?? 'Success', ...(content ? { content } : {}) };
  }
  if (route.cacheControl) byStatus[304] = { description: 'Not modified since the ETag in If-None-Match' };
  for (const code of problemsOf(route)) {
    const at = String(route.statuses?.[code] ?? problemCodes[code].status);
    const before = byStatus[at] as { description: string } | undefined;
    byStatus[at] = {
      description: before ? `${before.description}, ${code}` : `Problem: ${code}`,
      content: { 'application/problem+json': { schema: { $ref: componentRef('Problem') } } },
    };
  }
  return byStatus;
}

/** OpenAPI has no path parameter that may hold slashes: of a greedy path, it shows what the route names behind it. */
const shown = (name: string, route: Route): (readonly [operationId: string, route: Route])[] =>
  route.path.endsWith('{proxy+}')
    ? (route.documented ?? []).map(({ operationId, ...own }) => [operationId, { ...route, ...own }] as const)
    : [[name, route]];

/** The whole contract as an OpenAPI 3.1 document, from the schemas that validate the requests. */
export function openapi(contracts: Record<string, Contract>, origin: string): Json {
  const components: Json = {};
  schemaOf(ProblemDocument, 'output', components);
  const paths: Record<string, Json> = {};
  for (const [context, contract] of Object.entries(contracts)) {
    for (const [operationId, route] of Object.entries(contract).flatMap(([name, one]) => shown(name, one))) {
      const item = paths[route.path] ?? {};
      paths[route.path] = item;
      item[route.method.toLowerCase()] = {
        operationId,
        tags: [context],
        summary: route.summary,
        ...(route.description ? { description: route.description } : {}),
        ...(route.callers === 'anyone' ? { security: [] } : { security: [{ bearer: [] }], 'x-callers': [...route.callers] }),
        parameters: parameters(route),
        ...(route.body
          ? {
              requestBody: {
                required: true,
                content: contentOf(route.body, route.rawTypes, components),
              },
            }
          : {}),
        responses: responses(route, components),
      };
    }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Chợ Kinh Bắc',
      version: '1.0.0',
      description:
        'The market of Bắc Ninh’s OCOP goods. Money is whole đồng, weight whole grams, instants RFC 3339 UTC; report days are Asia/Ho_Chi_Minh. Errors are RFC 9457 problem documents.',
      license: { name: 'All rights reserved', url: `${origin}/dieu-khoan/` },
    },
    servers: [{ url: origin }],
    tags: Object.keys(contracts).map((name) => ({ name })),
    paths,
    components: { schemas: components, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}
