import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

/** EPCIS as a partner meets it: requests through the door of the function, each as the seller whose name is the token. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

export interface Question {
  as?: string;
  query?: string | Record<string, string>;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
}

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

export const partner =
  (handler: Handler) =>
  async (method: string, path: string, { as, query = '', body, raw, headers = {} }: Question = {}): Promise<Answer> => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const rawQueryString = typeof query === 'string' ? query : new URLSearchParams(query).toString();
    const event = {
      version: '2.0',
      routeKey: '',
      rawPath: path,
      rawQueryString,
      headers: {
        ...(as ? { authorization: `Bearer ${as}` } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...headers,
      },
      queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
      requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' } },
      body: text,
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const answer = await handler(event, { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 29_000 } as Context);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      body: JSON.parse(answer.body ?? 'null') as Record<string, unknown>,
    };
  };

type Fields = Record<string, unknown>;

/** The events of an answer. */
export const eventsOf = ({ body }: Answer): Fields[] =>
  (body.epcisBody as { queryResults: { resultsBody: { eventList: Fields[] } } }).queryResults.resultsBody.eventList;

/** What follows `?` in the link to the next page; undefined on the last one. */
export const nextQuery = ({ headers }: Answer): string | undefined => /^<[^?]*\?([^>]*)>; rel="next"$/.exec(headers.link ?? '')?.[1];
