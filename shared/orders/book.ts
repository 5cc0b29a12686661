/** One of the counters a SKU's units lie in: its own stock, or a campaign's set-aside units of it, each in one or more shards. */
export interface Counter {
  sku: string;
  campaign?: string | undefined;
  shard: string;
}

/** What a counter counts: units that can be sold, wait for money, or are sold. */
export interface Units {
  available: number;
  reserved: number;
  sold: number;
}

/** Units that left `available` wait for money or are sold. */
export type HeldAs = 'reserved' | 'sold';

/** Units taken from one counter. */
export interface Holding extends Counter {
  quantity: number;
}

/** One line of the stock book: by how much each of a counter's numbers changed. What did not change is left out. */
export interface Move extends Counter, Partial<Units> {}

const at = ({ sku, campaign, shard }: Counter): Counter => ({ sku, campaign, shard });

/** Units leave the shelf for an order. */
export const took = (h: Holding, as: HeldAs): Move => ({ ...at(h), available: -h.quantity, [as]: h.quantity });

/** Reserved units have been paid for. */
export const soldReserved = (h: Holding): Move => ({ ...at(h), reserved: -h.quantity, sold: h.quantity });

/** Units of an order that is over come back, to their own counter or to another one that is open. */
export const gaveBack = (h: Holding, from: HeldAs, to: Counter = h): Move[] => [
  { ...at(h), [from]: -h.quantity },
  { ...at(to), available: h.quantity },
];

const kinds = ['available', 'reserved', 'sold'] as const satisfies (keyof Units)[];

/** Tells counters apart; only within one set of moves, not a key of the store. */
export const counterName = ({ sku, campaign, shard }: Counter): string => `${sku} ${campaign ?? ''} ${shard}`;

/** The same moves with one line per counter, in the order the counters first appear; lines that change nothing are left out. */
export function addUpMoves(moves: readonly Move[]): Move[] {
  const sums = new Map<string, Move>();
  for (const move of moves) {
    const sum: Move = sums.get(counterName(move)) ?? at(move);
    for (const kind of kinds) if (move[kind]) sum[kind] = (sum[kind] ?? 0) + move[kind];
    sums.set(counterName(move), sum);
  }
  return [...sums.values()].filter((move) => kinds.some((kind) => move[kind]));
}
