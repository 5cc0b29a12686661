import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem, ProblemCode } from '../../shared/platform/problem.ts';
import { captureLimit, captureLimitBytes, epcisStatuses } from '../../shared/traceability/epcis/contract.ts';
import { type Language, problemReply } from './problems.ts';

/** What EPCIS 2.0 calls the market's problems; a problem may say its own name in `extra.type`. */
const types: Partial<Record<ProblemCode, string>> = {
  malformed_json: 'ValidationException',
  unauthenticated: 'SecurityException',
  forbidden: 'SecurityException',
  not_found: 'NoSuchResourceException',
  not_acceptable: 'NotAcceptableException',
  conflict: 'ResourceAlreadyExistsException',
  payload_too_large: 'CaptureLimitExceededException',
  unsupported_media_type: 'UnsupportedMediaTypeException',
  validation_failed: 'ValidationException',
};
/** What has no name of its own is what the server cannot do (EPCIS 2.0 REST binding, 501). */
const otherType = 'ImplementationException';

const statuses: Partial<Record<ProblemCode, number>> = epcisStatuses;

export const captureLimits = {
  'gs1-epcis-capture-limit': String(captureLimit),
  'gs1-epcis-capture-file-size-limit': String(captureLimitBytes),
};

/** A problem document with EPCIS's own type and status beside the market's code. */
export function epcisReply(problem: Problem, language: Language, requestId: string): APIGatewayProxyStructuredResultV2 {
  const reply = problemReply(problem, language, requestId);
  const type = `epcisException:${types[problem.code] ?? otherType}`;
  const status = statuses[problem.code] ?? reply.statusCode;
  const document: object = { ...JSON.parse(reply.body ?? '{}'), type, status, ...problem.options.extra };
  const isTooMuch = problem.code === 'payload_too_large' && !problem.options.extra?.type;
  return {
    ...reply,
    statusCode: status,
    headers: { ...reply.headers, ...(isTooMuch ? captureLimits : {}) },
    body: JSON.stringify(document),
  };
}
