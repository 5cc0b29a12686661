import type { OutgoingHttpHeaders } from 'node:http';

type Attributes = Record<string, unknown>;

interface ItemAction {
  TableName: string;
  Key?: Attributes;
  Item?: Attributes;
}

type BatchRequest = unknown[] | { Keys: unknown[] };
export type RequestItems = Record<string, BatchRequest>;

/** Of DynamoDB's requests as they stand on the wire, what the faults look at. */
export interface Input extends Partial<ItemAction> {
  TransactItems?: Partial<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get', ItemAction>>[];
  ClientRequestToken?: string;
  RequestItems?: RequestItems;
  ShardIterator?: string;
  Limit?: number;
}

/** One request, read whole. */
export interface Call {
  /** Without the API's version, e.g. `PutItem`. */
  operation: string;
  input: Input;
  /** The same transaction (by its token) was written before: DynamoDB answers it from its own notes and can no longer cancel it. */
  isReplay: boolean;
}

/** One answer, read whole. */
export interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

const plainWrites = ['PutItem', 'UpdateItem', 'DeleteItem'];
const streamReads = ['DescribeStream', 'GetShardIterator', 'GetRecords'];
const reads = ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'];
const dataOperations = new Set([...plainWrites, ...streamReads, ...reads, 'BatchWriteItem', 'TransactWriteItems']);

/** Everything else manages tables. */
export const isData = (operation: string): boolean => dataOperations.has(operation);
export const isTransaction = ({ operation }: Call): boolean => operation.startsWith('Transact');
export const isPlainWrite = ({ operation }: Call): boolean => plainWrites.includes(operation);
export const isStreamRead = ({ operation }: Call): boolean => streamReads.includes(operation);

export const piecesOf = (request: BatchRequest): unknown[] => (Array.isArray(request) ? request : request.Keys);
export const withPieces = (request: BatchRequest, pieces: unknown[]): BatchRequest =>
  Array.isArray(request) ? pieces : { ...request, Keys: pieces };

/** The items a transaction or a plain write names, in its order, each by its table and the key every table of the market has. */
export function itemsOf({ TransactItems, TableName, Key, Item }: Input): string[] {
  const actions = TransactItems?.flatMap((entry) => Object.values(entry)) ?? [{ TableName, Key, Item }];
  return actions.map((action) => {
    const { pk, sk } = action.Key ?? action.Item ?? {};
    return JSON.stringify([action.TableName, pk, sk]);
  });
}

/** The answer with another body. */
export function withBody(answer: Answer, content: object): Answer {
  const { 'x-amz-crc32': _, ...headers } = answer.headers;
  return { ...answer, headers, body: Buffer.from(JSON.stringify(content)) };
}

const dynamo = 'com.amazonaws.dynamodb.v20120810';

function refusal(status: number, type: string, message: string, more: object = {}): Answer {
  const __type = type.includes('#') ? type : `${dynamo}#${type}`;
  return withBody(
    { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: Buffer.alloc(0) },
    {
      __type,
      // Only the cancelled transaction's is written large; the SDK reads both.
      [type === 'TransactionCanceledException' ? 'Message' : 'message']: message,
      ...more,
    },
  );
}

export interface Reason {
  Code: string;
  Message?: string;
}

const ongoing = 'Transaction is ongoing for the item';
const overProvisioned =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.';
const overCapacity =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.';

export const none: Reason = { Code: 'None' };
export const conflict: Reason = { Code: 'TransactionConflict', Message: ongoing };
export const throttlingReasons: readonly Reason[] = [
  { Code: 'ThrottlingError', Message: overCapacity },
  { Code: 'ProvisionedThroughputExceeded', Message: overProvisioned },
];

/** One reason per item, in the order of the request. */
export const cancelled = (reasons: readonly Reason[]): Answer =>
  refusal(
    400,
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );

export const conflicted = (): Answer => refusal(400, 'TransactionConflictException', ongoing);
export const inProgress = (): Answer =>
  refusal(400, 'TransactionInProgressException', 'The transaction with the given request token is already in progress.');

const throttling = refusal(400, 'com.amazon.coral.availability#ThrottlingException', overCapacity);
export const tableThrottles: readonly Answer[] = [
  throttling,
  refusal(400, 'ProvisionedThroughputExceededException', overProvisioned),
  refusal(400, 'RequestLimitExceeded', 'Throughput exceeds the current throughput limit for your account.'),
];
export const streamThrottles: readonly Answer[] = [
  throttling,
  refusal(400, 'LimitExceededException', 'There are too many simultaneous readers of the shard.'),
];

export const internalServerError = (): Answer =>
  refusal(500, 'InternalServerError', 'The request processing has failed because of an unknown error, exception or failure.');
export const serviceUnavailable = (): Answer => refusal(503, 'ServiceUnavailable', 'The service is currently unavailable or busy.');
