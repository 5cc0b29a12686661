import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { invalid, type Problem, type Text } from '../../shared/platform/problem.ts';
import { type Language, problemReply } from './problems.ts';

/** Any page may read what a code leads to: all of it is public, and no cookie or token is looked at. */
export const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Link, Location' };

/** A problem as a GS1-Conformant resolver tells it: the API's refusals of a value are 422, that of a malformed link is 400. */
export function resolverReply(problem: Problem, language: Language, requestId: string): APIGatewayProxyStructuredResultV2 {
  const reply = problemReply(problem, language, requestId);
  const status = problem.code === 'validation_failed' ? 400 : reply.statusCode;
  const document: object = JSON.parse(reply.body ?? '{}');
  return { ...reply, statusCode: status, headers: { ...reply.headers, ...cors }, body: JSON.stringify({ ...document, status }) };
}

/** A link that ends before its key, or that nobody can decode (`%ZZ`): no route has it, and still it is malformed and not unknown. */
export const isBrokenLink = (path: string): boolean => /^\/01(?:\/%?)?$/.test(path);

const noKey: Text = { vi: 'Liên kết thiếu GTIN.', en: 'The link has no GTIN.' };
const badEncoding: Text = { vi: 'Liên kết có mã % không đúng.', en: 'The link is not well percent-encoded.' };
export const brokenLink = (path: string): Problem => (path.endsWith('%') ? invalid('path', badEncoding) : invalid('01', noKey));
