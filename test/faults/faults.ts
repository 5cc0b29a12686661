import {
  type Answer,
  type Call,
  cancelled,
  conflict,
  conflicted,
  type Input,
  internalServerError,
  isPlainWrite,
  isStreamRead,
  isTransaction,
  itemsOf,
  none,
  piecesOf,
  type Reason,
  type RequestItems,
  serviceUnavailable,
  streamThrottles,
  tableThrottles,
  throttlingReasons,
  withBody,
  withPieces,
} from './wire.ts';

/** From 0 up to but not including 1. */
export type Random = () => number;

/** A small seeded generator (mulberry32): the same seed gives the same numbers on every machine. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const oneOf = <T>(choices: readonly T[], random: Random): T => choices[Math.floor(random() * choices.length)] as T;

/** In place of an answer: the connection is cut. */
export const cut = Symbol('cut');
export type Outcome = Answer | typeof cut;

/** What a fault may do with the call it befalls. */
interface Met {
  call: Call;
  random: Random;
  /** Asks the engine, with another input if one is given. */
  forward: (changed?: Input) => Promise<Outcome>;
  /** Takes note that the fault came to pass. */
  count: () => void;
}

interface Fault {
  befalls: (call: Call) => boolean;
  meet: (met: Met) => Outcome | Promise<Outcome>;
}

/** One or more of the items have this reason, the others none. */
function someOf(reason: Reason, { call, random }: Met): Answer {
  const { length } = itemsOf(call.input);
  const certain = Math.floor(random() * length);
  return cancelled(Array.from({ length }, (_, i) => (i === certain || random() < 0.2 ? reason : none)));
}

function throttle(met: Met): Answer {
  const { call, random } = met;
  if (isTransaction(call) && !call.isReplay && random() < 0.4) return someOf(oneOf(throttlingReasons, random), met);
  return oneOf(isStreamRead(call) ? streamThrottles : tableThrottles, random);
}

const sizeOf = (items: RequestItems = {}): number => Object.values(items).reduce((size, request) => size + piecesOf(request).length, 0);

/** The pieces of a batch whose place in it satisfies. */
function part(items: RequestItems, isWanted: (place: number) => boolean): RequestItems {
  let place = 0;
  const parts = Object.entries(items).map(
    ([table, request]) =>
      [
        table,
        withPieces(
          request,
          piecesOf(request).filter(() => isWanted(place++)),
        ),
      ] as const,
  );
  return Object.fromEntries(parts.filter(([, request]) => piecesOf(request).length > 0));
}

/** Both lists, since the engine may have left something undone too. */
function together(one: RequestItems, other: RequestItems): RequestItems {
  const all = { ...one };
  for (const [table, request] of Object.entries(other))
    all[table] = withPieces(request, [...piecesOf(all[table] ?? []), ...piecesOf(request)]);
  return all;
}

async function leaveSome({ call, random, forward, count }: Met): Promise<Outcome> {
  const { RequestItems: items = {} } = call.input;
  const size = sizeOf(items);
  const done = 1 + Math.floor(random() * (size - 1));
  const first = Math.floor(random() * size);
  const isDone = (place: number) => (place + size - first) % size < done;
  const answer = await forward({ ...call.input, RequestItems: part(items, isDone) });
  if (answer === cut || answer.status !== 200) return answer;
  count();
  const content: Record<string, RequestItems> = JSON.parse(answer.body.toString());
  const left = call.operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems';
  return withBody(answer, {
    ...content,
    [left]: together(
      content[left] ?? {},
      part(items, (place) => !isDone(place)),
    ),
  });
}

async function repeat({ call, forward, count }: Met): Promise<Outcome> {
  const answer = await forward();
  if (answer === cut || answer.status !== 200) return answer;
  const content: { Records?: unknown[] } = JSON.parse(answer.body.toString());
  if (!content.Records?.length) return answer;
  count();
  return withBody(answer, { ...content, NextShardIterator: call.input.ShardIterator });
}

const isRecordsRead = ({ operation }: Call): boolean => operation === 'GetRecords';

const faults = {
  transactionConflict: {
    befalls: (call) => (isTransaction(call) && !call.isReplay) || isPlainWrite(call),
    meet(met) {
      met.count();
      return isTransaction(met.call) ? someOf(conflict, met) : conflicted();
    },
  },
  throttled: {
    befalls: () => true,
    meet(met) {
      met.count();
      return throttle(met);
    },
  },
  failedBefore: {
    befalls: () => true,
    meet({ random, count }) {
      count();
      return random() < 0.75 ? internalServerError() : serviceUnavailable();
    },
  },
  lostAnswer: {
    befalls: () => true,
    async meet({ random, forward, count }) {
      count();
      await forward();
      return random() < 0.75 ? cut : internalServerError();
    },
  },
  refusedConnection: {
    befalls: () => true,
    meet({ count }) {
      count();
      return cut;
    },
  },
  unprocessed: {
    // At least one piece is done and at least one is left.
    befalls: ({ operation, input }) => operation.startsWith('Batch') && sizeOf(input.RequestItems) > 1,
    meet: leaveSome,
  },
  repeated: { befalls: isRecordsRead, meet: repeat },
  split: {
    befalls: isRecordsRead,
    meet({ call, random, forward, count }) {
      count();
      return forward({ ...call.input, Limit: Math.min(call.input.Limit ?? 3, 1 + Math.floor(random() * 3)) });
    },
  },
} satisfies Record<string, Fault>;

type Exclusive = keyof typeof faults;
export type FaultName = Exclusive | 'slow';

/** The share of the requests it can befall that meet a fault, 0 to 1. A request meets one fault at most, and may be slow besides. */
export type Rates = Record<FaultName, number>;

/** A good day: nothing happens. */
export const calm = Object.fromEntries([...Object.keys(faults), 'slow'].map((name) => [name, 0])) as Rates;

/**
 * A bad day: of writes, of batches and of looks at a stream's records the share `total` meets a fault each, of other reads three quarters of it.
 * As many answers are slow.
 */
export const faultRates = (total: number): Rates => ({
  transactionConflict: total * 0.25,
  throttled: total * 0.2,
  failedBefore: total * 0.15,
  lostAnswer: total * 0.25,
  refusedConnection: total * 0.15,
  unprocessed: total * 0.25,
  repeated: total * 0.1,
  split: total * 0.15,
  slow: total,
});

/** Throws one die for all the faults, so that a rate stays what it says whatever the others are. */
export function pick(rates: Rates, call: Call, random: Random): (Fault & { name: Exclusive }) | undefined {
  let left = random();
  for (const [name, fault] of Object.entries(faults) as [Exclusive, Fault][]) {
    if (!fault.befalls(call)) continue;
    left -= rates[name];
    if (left < 0) return { name, ...fault };
  }
  return undefined;
}
