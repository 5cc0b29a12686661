import { dynamo, type Item } from './dynamo.ts';

/** A value with the partitions (`pk`) it was read from: when one of them is written, the value is not given out again. */
export interface Made<T> {
  value: T;
  madeOf: readonly string[];
}

interface Load<T> {
  /** When it began: what it gives is at least as true as that moment. */
  at: number;
  /** How many writes had ended then. */
  writes: number;
  made: Promise<Made<T>>;
}

/** Writes of this process that have ended, and for each partition the number of its last one. */
let writes = 0;
const lastWrite = new Map<string, number>();
const mostRemembered = 10_000;
/** Which partitions the writes up to this one touched is not known any more: they count as having touched all. */
let forgotten = 0;

function noteEnded(pks: readonly string[]): void {
  writes++;
  if (lastWrite.size + pks.length > mostRemembered) {
    lastWrite.clear();
    forgotten = writes;
  }
  for (const pk of pks) lastWrite.set(pk, writes);
}

const isUnwritten = (pks: readonly string[], since: number): boolean =>
  since >= forgotten && pks.every((pk) => (lastWrite.get(pk) ?? 0) <= since);

interface Write {
  Item?: Item;
  Key?: Item;
}
type Transaction = { TransactItems?: { Put?: Write; Update?: Write; Delete?: Write }[] };
type Batch = { RequestItems?: Record<string, { PutRequest?: Write; DeleteRequest?: Write }[]> };

/** How each command that writes names its items. Tables are not told apart: a partition of the same name elsewhere costs one load. */
const writing: Record<string, (input: object) => (Write | undefined)[]> = {
  PutItemCommand: (input) => [input],
  UpdateItemCommand: (input) => [input],
  DeleteItemCommand: (input) => [input],
  TransactWriteItemsCommand: (input: Transaction) => (input.TransactItems ?? []).map((item) => item.Put ?? item.Update ?? item.Delete),
  BatchWriteItemCommand: (input: Batch) =>
    Object.values(input.RequestItems ?? {}).flatMap((items) => items.map((item) => item.PutRequest ?? item.DeleteRequest)),
};

const partitionsOf = (items: readonly (Write | undefined)[]): string[] =>
  items.flatMap((item) => {
    const pk = (item?.Item ?? item?.Key)?.pk;
    return pk === undefined ? [] : [String(pk)];
  });

// Outermost, where keys are still plain values and the SDK's own retries are one command.
dynamo.middlewareStack.add(
  (next, { commandName = '' }) => {
    const items = writing[commandName];
    if (!items) return next;
    return async (args) => {
      try {
        return await next(args);
      } finally {
        // Also after an error: a write whose answer was lost may have been made.
        noteEnded(partitionsOf(items(args.input)));
      }
    };
  },
  { step: 'initialize', priority: 'high', name: 'noteWrites' },
);

/**
 * Keeps values that were computed from the database for a short time, so that a rush for one of them reads it once.
 *
 * - Nobody gets a value of before `maxAgeMs` before asking, and nobody one of before a write of this process that had ended
 *   when they asked: a shopper who has bought sees what is left, whichever function took the order. Other processes' writes
 *   are seen when the value is too old.
 * - Who asks while a value is being loaded waits for that load.
 * - Errors are told to those who wait, and not kept.
 */
export function snapshots<T>({ maxAgeMs, most = 5_000, clock = Date.now }: { maxAgeMs: number; most?: number; clock?: () => number }) {
  const loads = new Map<string, Load<T>>();

  const begin = (key: string, load: () => Promise<Made<T>>): Load<T> => {
    const begun = { at: clock(), writes, made: load() };
    // The map's order is that of loading, so the first key is the oldest.
    loads.delete(key);
    loads.set(key, begun);
    for (const oldest of loads.keys()) {
      if (loads.size <= most) break;
      loads.delete(oldest);
    }
    begun.made.catch(() => {
      if (loads.get(key) === begun) loads.delete(key);
    });
    return begun;
  };

  const recent = (key: string): Load<T> | undefined => {
    const known = loads.get(key);
    const age = known ? clock() - known.at : -1;
    // A clock that was set back makes a value look younger than nothing.
    return age >= 0 && age < maxAgeMs ? known : undefined;
  };

  return {
    async get(key: string, load: () => Promise<Made<T>>): Promise<T> {
      const asked = writes;
      const known = recent(key);
      if (known) {
        const isSince = () => known.writes < asked;
        try {
          const { value, madeOf } = await known.made;
          if (!isSince() || isUnwritten(madeOf, known.writes)) return value;
        } catch (error) {
          if (!isSince()) throw error;
        }
      }
      // Another load than the one found unfit has begun after this caller asked, which is good enough whatever is written meanwhile.
      const other = recent(key);
      const begun = other && other !== known ? other : begin(key, load);
      return (await begun.made).value;
    },
    size: () => loads.size,
  };
}
