import fc from 'fast-check';

/** What people do on a day. `which` counts from the first order, message or campaign of the day, round and round. */
export type Act =
  | { kind: 'order'; lines: { good: number; quantity: number }[]; buyer: number; transfer: boolean; inCampaign: boolean }
  /** The same request with the same key, or another one with that key. */
  | { kind: 'send again'; which: number; changed: boolean }
  | { kind: 'cancel'; which: number }
  | { kind: 'pack'; which: number; part: number }
  | { kind: 'pay'; which: number; part: number; tooMuch: number }
  | { kind: 'pay again'; which: number }
  /** Of what is left to refund: a part, all of it, or one đồng more. */
  | { kind: 'refund'; which: number; part: number; share: 'a part' | 'all' | 'too much' }
  | { kind: 'refund again'; which: number }
  | { kind: 'restock'; good: number; quantity: number }
  | { kind: 'spread'; good: number; inCampaign: boolean; shards: number }
  | { kind: 'open campaign'; offers: { good: number; limit: number; perBuyer: number | undefined }[] }
  | { kind: 'end campaign'; which: number }
  | { kind: 'wait'; seconds: number }
  /** What the clock does every minute. */
  | { kind: 'expire' }
  | { kind: 'turn pages' };

/** Three goods of two sellers. */
export const goodsOfDay = ['VAI-5KG', 'MY-CHU', 'BINH'] as const;

const good = fc.nat({ max: goodsOfDay.length - 1 });
const which = fc.nat({ max: 9 });
const part = fc.nat({ max: 1 });
const kind = <K extends Act['kind']>(name: K) => fc.constant(name);

const order = fc.record({
  kind: kind('order'),
  lines: fc.array(fc.record({ good, quantity: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 3 }),
  buyer: fc.nat({ max: 2 }),
  transfer: fc.boolean(),
  inCampaign: fc.boolean(),
});

const openCampaign = fc.record({
  kind: kind('open campaign'),
  offers: fc.uniqueArray(
    fc.record({ good, limit: fc.integer({ min: 1, max: 6 }), perBuyer: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }) }),
    { minLength: 1, maxLength: 2, selector: (offer) => offer.good },
  ),
});

/** How often each is drawn, of about thirty. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 9, arbitrary: order },
  { weight: 2, arbitrary: fc.record({ kind: kind('send again'), which, changed: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('cancel'), which }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('pack'), which, part }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('pay'), which, part, tooMuch: fc.constantFrom(0, 0, 0, 0, -1, 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('pay again'), which }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('refund'), which, part, share: fc.constantFrom('a part', 'a part', 'all', 'too much') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('refund again'), which }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('restock'), good, quantity: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('spread'), good, inCampaign: fc.boolean(), shards: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: openCampaign },
  { weight: 1, arbitrary: fc.record({ kind: kind('end campaign'), which }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('wait'), seconds: fc.constantFrom(1, 60, 450, 900) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('expire') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('turn pages') }) },
);
