import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome, Random } from './faults.ts';
import { type Call, cancelled, conflict, conflicted, isPlainWrite, isTransaction, itemsOf, none } from './wire.ts';

/**
 * The items that transactions on their way hold. Emulators run one request after the other and never refuse any;
 * DynamoDB refuses whichever transaction or plain write meets a held item, and lets plain reads through.
 * Of BatchWriteItem AWS does not say what happens; here it goes through.
 * @param holdMs between which bounds a transaction is kept longer than the engine takes, or none would ever meet
 */
export function openInFlight(holdMs: readonly [number, number], countOverlap: () => void) {
  const items = new Set<string>();

  async function hold(call: Call, random: Random, forward: () => Promise<Outcome>): Promise<Outcome> {
    const [least, most] = holdMs;
    const spanMs = least + random() * (most - least);
    // Rivals that read meanwhile see the item as it was during the first part, and as it will be during the second.
    const beforeMs = spanMs * random();
    const held = itemsOf(call.input);
    for (const item of held) items.add(item);
    try {
      await wait(beforeMs);
      const outcome = await forward();
      await wait(spanMs - beforeMs);
      return outcome;
    } finally {
      for (const item of held) items.delete(item);
    }
  }

  return {
    /** Forwards the call unless it meets a transaction on its way. */
    async pass(call: Call, random: Random, forward: () => Promise<Outcome>): Promise<Outcome> {
      if (call.isReplay || !(isTransaction(call) || isPlainWrite(call))) return forward();
      const overlapping = itemsOf(call.input).map((item) => items.has(item));
      if (overlapping.includes(true)) {
        countOverlap();
        return isTransaction(call) ? cancelled(overlapping.map((is) => (is ? conflict : none))) : conflicted();
      }
      return call.operation === 'TransactWriteItems' ? hold(call, random, forward) : forward();
    },
  };
}
