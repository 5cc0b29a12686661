import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { contracts } from '../../shared/contracts.ts';
import type { Route } from '../../shared/platform/contract.ts';
import { openapi } from '../../shared/platform/openapi.ts';
import { platformContract } from '../../shared/platform/platform-contract.ts';
import { notFound, Problem } from '../../shared/platform/problem.ts';
import { config, tables } from './config.ts';
import { docsPage } from './docs-page.ts';
import { door } from './door.ts';
import { dynamo } from './dynamo.ts';
import { epcisReply } from './epcis-reply.ts';
import { languageOf, problemReply } from './problems.ts';
import { brokenLink, isBrokenLink, resolverReply } from './resolver-reply.ts';

/** Made once per cold start: 60 routes take a few milliseconds. */
let document: Record<string, unknown> | undefined;
const contractDocument = () => {
  document ??= openapi(contracts, config.PUBLIC_ORIGIN);
  return document;
};

const known = door(platformContract, {
  async health() {
    await Promise.all(Object.values(tables).map((TableName) => dynamo.send(new DescribeTableCommand({ TableName }))));
    return { body: { status: 'ok' as const } };
  },
  openapi: async () => ({ body: contractDocument() }),
  docs: async () => ({ raw: docsPage(contractDocument()) }),
});

const allRoutes: { route: Route; pattern: RegExp }[] = Object.values(contracts)
  .flatMap((contract) => Object.values(contract) as Route[])
  .map((route) => ({
    route,
    pattern: new RegExp(
      `^${route.path
        .replaceAll('.', '\\.')
        .replace('{proxy+}', '.+')
        .replaceAll(/\{[^}]+\}/g, '[^/]+')}$`,
    ),
  }));

/** Whatever no route of the gateway takes: the right address with the wrong method is 405, everything else 404. */
function nowhere(event: APIGatewayProxyEventV2, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { path } = event.requestContext.http;
  const language = languageOf(event.headers['accept-language']);
  if (isBrokenLink(path)) return resolverReply(brokenLink(path), language, requestId);
  const here = allRoutes.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route.method);
  const tell = /^\/epcis(?:\/|$)/.test(path) ? epcisReply : problemReply;
  if (here.length === 0) return tell(notFound(), language, requestId);
  const allow = [...new Set(here.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  const wrong = new Problem(
    'method_not_allowed',
    { vi: `Địa chỉ này chỉ nhận ${allow.join(', ')}.`, en: `This address takes ${allow.join(', ')}.` },
    { allow },
  );
  return tell(wrong, language, requestId);
}

export const handler = async (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> =>
  event.routeKey === '$default' ? nowhere(event, context.awsRequestId) : known(event, context);
