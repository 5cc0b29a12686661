/** One counter of a SKU's stock as a plan read it. */
export interface Shard {
  /** `00`, `01`, … */
  id: string;
  available: number;
}

export interface Allocation {
  shard: string;
  quantity: number;
}

/**
 * From which counters to take `quantity` units: one counter that has them all when there is one — chosen by `random`, so that
 * buyers spread over the counters — else the fullest ones together. The plan is only a guess; the conditional write decides.
 *
 * @param random in [0, 1)
 * @returns undefined when all counters together hold too few
 */
export function planStock(shards: readonly Shard[], quantity: number, random: number): Allocation[] | undefined {
  const enough = shards.filter((s) => s.available >= quantity);
  const one = enough[Math.floor(random * enough.length)];
  if (one) return [{ shard: one.id, quantity }];
  const plan: Allocation[] = [];
  let missing = quantity;
  for (const shard of [...shards].sort((a, b) => b.available - a.available)) {
    if (missing === 0) break;
    const taken = Math.min(missing, shard.available);
    plan.push({ shard: shard.id, quantity: taken });
    missing -= taken;
  }
  return missing === 0 ? plan : undefined;
}

/** Shares a new quantity out over the counters, the first ones getting the odd units. */
export const spreadStock = (quantity: number, shards: number): number[] =>
  Array.from({ length: shards }, (_, i) => Math.floor(quantity / shards) + (i < quantity % shards ? 1 : 0));
