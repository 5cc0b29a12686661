import { setTimeout as wait } from 'node:timers/promises';

/** Full jitter: a random wait up to 10 ms × 2^attempt, at most 320 ms, so that rivals do not meet again. */
export const jitter = (attempt: number): Promise<void> => wait(Math.random() * 10 * 2 ** Math.min(attempt, 5));

/** What DynamoDB answers, or the way to it does, on a bad moment; the SDK has tried several times by then. */
const passing = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether the same request may well succeed a moment later: who asked is told so (503), and that asking again counts once. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $metadata } = error as Error & { code?: unknown; $metadata?: { httpStatusCode?: number } };
  return passing.has(error.name) || passing.has(String(code)) || Number($metadata?.httpStatusCode) >= 500;
}
