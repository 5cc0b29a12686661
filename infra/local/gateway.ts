import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { languageOf, problemReply } from '../../functions/platform/problems.ts';
import { Problem, type Text } from '../../shared/platform/problem.ts';
import { FunctionTimeout, type LoadedFunction } from './functions.ts';
import { messageOf } from './say.ts';

/** Everything below these belongs to the functions, also what no route takes; the rest is the static site. */
const functionPaths = /^\/(?:api|01|epcis|opendata|\.well-known)(?:\/|$)|^\/healthz$/;

export const isForFunctions = (path: string): boolean => functionPaths.test(path);

interface Match {
  fn: LoadedFunction;
  routeKey: string;
  parameters?: Record<string, string>;
}

interface Pattern {
  fn: LoadedFunction;
  routeKey: string;
  segments: readonly string[];
}

/** The end of a route that takes whatever no other route does. */
const rest = '{proxy+}';
const isVariable = (segment: string) => segment.startsWith('{');

/** A fixed segment goes before a variable one, from left to right, as API Gateway decides between routes that both fit. */
const moreSpecificFirst = (a: Pattern, b: Pattern): number => {
  const at = a.segments.findIndex((segment, i) => isVariable(segment) !== isVariable(b.segments[i] ?? ''));
  return at === -1 ? 0 : isVariable(a.segments[at] ?? '') ? 1 : -1;
};

/** Finds the function of a request: a look-up for fixed paths, else only the routes of the same method and number of segments. */
export function createRouter(functions: readonly LoadedFunction[]) {
  const fixed = new Map<string, Match>();
  const variable = new Map<string, Pattern[]>();
  const greedy: (Match & { method: string; under: string })[] = [];
  let fallback: LoadedFunction | undefined;
  for (const fn of functions) {
    const { trigger } = fn.spec;
    if (trigger.kind !== 'http') continue;
    if (trigger.isDefault) fallback = fn;
    for (const { method, path } of trigger.routes) {
      const routeKey = `${method} ${path}`;
      if (path.endsWith(rest)) {
        greedy.push({ fn, routeKey, method, under: path.slice(0, -rest.length) });
        continue;
      }
      const segments = path.split('/');
      if (!segments.some(isVariable)) {
        fixed.set(routeKey, { fn, routeKey });
        continue;
      }
      const group = `${method} ${segments.length}`;
      variable.set(group, [...(variable.get(group) ?? []), { fn, routeKey, segments }].sort(moreSpecificFirst));
    }
  }

  const underGreedy = (method: string, path: string): Match | undefined => {
    const found = greedy.find((route) => route.method === method && path.startsWith(route.under) && path.length > route.under.length);
    return found && { fn: found.fn, routeKey: found.routeKey, parameters: { proxy: path.slice(found.under.length) } };
  };

  return {
    /** The function of a decoded path; `$default` when no route fits; undefined when the manifest has no default either. */
    match(method: string, path: string): Match | undefined {
      const known = fixed.get(`${method} ${path}`);
      if (known) return known;
      const segments = path.split('/');
      const found = variable
        .get(`${method} ${segments.length}`)
        ?.find((pattern) => pattern.segments.every((want, i) => (isVariable(want) ? segments[i] !== '' : want === segments[i])));
      if (!found) return underGreedy(method, path) ?? (fallback && { fn: fallback, routeKey: '$default' });
      const parameters = Object.fromEntries(
        found.segments.flatMap((segment, i) => (isVariable(segment) ? [[segment.slice(1, -1), segments[i] ?? '']] : [])),
      );
      return { fn: found.fn, routeKey: found.routeKey, parameters };
    },
  };
}

/** The path as HTTP APIs hand it over, percent-decoded; undefined when it is not well-formed. */
export function decodePath(path: string): string | undefined {
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return undefined;
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = (request.rawHeaders[i] ?? '').toLowerCase();
    const value = request.rawHeaders[i + 1] ?? '';
    if (name !== 'cookie') headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return headers;
}

function queryOf(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === '') return undefined;
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString))
    query[name] = Object.hasOwn(query, name) ? `${query[name]},${value}` : value;
  return query;
}

export interface Arrived {
  request: IncomingMessage;
  path: string;
  rawQueryString: string;
  body: Buffer | undefined;
  requestId: string;
}

/** The event of API Gateway's HTTP API, payload format 2.0. */
function eventOf({ request, path, rawQueryString, body, requestId }: Arrived, { routeKey, parameters }: Match): APIGatewayProxyEventV2 {
  const headers = headersOf(request);
  const now = new Date();
  const domainName = headers.host ?? 'localhost';
  const queryStringParameters = queryOf(rawQueryString);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString,
    headers,
    ...(request.headers.cookie ? { cookies: request.headers.cookie.split(/; */) } : {}),
    ...(queryStringParameters ? { queryStringParameters } : {}),
    ...(parameters ? { pathParameters: parameters } : {}),
    ...(body?.length ? { body: body.toString('base64') } : {}),
    isBase64Encoded: true,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
  };
}

export type Answer = APIGatewayProxyStructuredResultV2;

const sentences = {
  ours: {
    vi: 'Chợ đang gặp trục trặc. Xin thử lại sau ít phút.',
    en: 'Something went wrong on our side. Please try again in a few minutes.',
  },
  late: {
    vi: 'Chợ trả lời quá chậm. Xin gửi lại, sẽ không bị tính hai lần.',
    en: 'The market took too long. Send it again; it will not count twice.',
  },
  tooLarge: { vi: 'Nội dung gửi lên vượt quá 6 MB.', en: 'The request body is larger than 6 MB.' },
  starting: { vi: 'Chợ đang khởi động. Xin đợi một lát.', en: 'The market is starting. Please wait a moment.' },
} satisfies Record<string, Text>;

/** A problem the gateway itself tells, in the form the functions use. */
function problem(request: IncomingMessage, requestId: string, code: Problem['code'], detail: Text, retryAfterSeconds?: number): Answer {
  return problemReply(new Problem(code, detail, { retryAfterSeconds }), languageOf(request.headers['accept-language']), requestId);
}

export const tooLarge = (request: IncomingMessage): Answer => problem(request, randomUUID(), 'payload_too_large', sentences.tooLarge);
export const starting = (request: IncomingMessage): Answer => problem(request, randomUUID(), 'unavailable', sentences.starting, 1);

/** Lets the function answer; whatever it throws becomes a problem document and a line in the log, never a stack for the caller. */
export async function callFunction(match: Match, arrived: Arrived): Promise<Answer> {
  const { request, requestId } = arrived;
  try {
    const result = await match.fn.invoke(eventOf(arrived, match), requestId);
    if (typeof result === 'object' && result !== null && 'statusCode' in result) return result as Answer;
    // Payload format 2.0: an answer without a status is a JSON body.
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof result === 'string' ? result : JSON.stringify(result ?? {}),
    };
  } catch (error) {
    const isLate = error instanceof FunctionTimeout;
    console.error(
      JSON.stringify({
        level: 'ERROR',
        requestId,
        route: match.routeKey,
        message: messageOf(error),
        ...(isLate ? {} : { stack: (error as Error)?.stack }),
      }),
    );
    return isLate
      ? problem(request, requestId, 'unavailable', sentences.late, 1)
      : problem(request, requestId, 'internal_error', sentences.ours);
  }
}
