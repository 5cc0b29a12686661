import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addUpMoves, counterName, gaveBack, type Move, soldReserved, took } from '../../../shared/orders/book.ts';

const held = { sku: 'VAI', shard: '01', quantity: 3 };
const heldOfCampaign = { ...held, campaign: 'dem-hoi' };

describe('a line of the stock book', () => {
  test('of units that leave the shelf names where they were and what they are now', () => {
    expect(took(held, 'reserved')).toEqual({ sku: 'VAI', shard: '01', available: -3, reserved: 3 });
    expect(took(heldOfCampaign, 'sold')).toEqual({ sku: 'VAI', campaign: 'dem-hoi', shard: '01', available: -3, sold: 3 });
  });

  test('of reserved units that were paid for leaves the shelf alone', () => {
    expect(soldReserved(held)).toEqual({ sku: 'VAI', shard: '01', reserved: -3, sold: 3 });
  });

  test('of units that come back to their own counter adds up to one line', () => {
    expect(gaveBack(held, 'reserved')).toEqual([
      { sku: 'VAI', shard: '01', reserved: -3 },
      { sku: 'VAI', shard: '01', available: 3 },
    ]);
    expect(addUpMoves(gaveBack(held, 'reserved'))).toEqual([{ sku: 'VAI', shard: '01', available: 3, reserved: -3 }]);
  });

  test('of units whose counter is closed lets go of them there and puts them where it is open', () => {
    expect(gaveBack(heldOfCampaign, 'sold', { sku: 'VAI', shard: '00' })).toEqual([
      { sku: 'VAI', campaign: 'dem-hoi', shard: '01', sold: -3 },
      { sku: 'VAI', shard: '00', available: 3 },
    ]);
  });

  test('holds nothing of a holding or a counter but its name and numbers', () => {
    const holding = { ...held, name: 'Vải thiều' };
    const counter = { sku: 'VAI', shard: '00', available: 9 };
    expect([took(holding, 'sold'), soldReserved(holding), ...gaveBack(holding, 'sold', counter)]).toEqual([
      { sku: 'VAI', shard: '01', available: -3, sold: 3 },
      { sku: 'VAI', shard: '01', reserved: -3, sold: 3 },
      { sku: 'VAI', shard: '01', sold: -3 },
      { sku: 'VAI', shard: '00', available: 3 },
    ]);
  });
});

describe('moves added up', () => {
  test('have one line per counter, in the order the counters first appear', () => {
    expect(
      addUpMoves([
        { sku: 'VAI', shard: '01', available: -3, sold: 3 },
        { sku: 'BINH', shard: '00', available: -1, reserved: 1 },
        { sku: 'VAI', shard: '01', available: -2, reserved: 2 },
        { sku: 'VAI', shard: '00', available: 4 },
      ]),
    ).toEqual([
      { sku: 'VAI', shard: '01', available: -5, sold: 3, reserved: 2 },
      { sku: 'BINH', shard: '00', available: -1, reserved: 1 },
      { sku: 'VAI', shard: '00', available: 4 },
    ]);
  });

  test('leave out what comes to nothing, and keep a counter of which one number does', () => {
    expect(addUpMoves([])).toEqual([]);
    expect(addUpMoves([{ sku: 'VAI', shard: '00' }])).toEqual([]);
    expect(
      addUpMoves([
        { sku: 'VAI', shard: '00', available: 5 },
        { sku: 'VAI', shard: '00', available: -5 },
      ]),
    ).toEqual([]);
    expect(addUpMoves([took(held, 'reserved'), soldReserved(held)])).toEqual([
      { sku: 'VAI', shard: '01', available: -3, reserved: 0, sold: 3 },
    ]);
  });

  test('keep a campaign’s units of a SKU apart from its shelf', () => {
    const moves = [took(held, 'sold'), took(heldOfCampaign, 'sold')];
    expect(addUpMoves(moves)).toEqual(moves);
    expect(moves.map(counterName)).toEqual(['VAI  01', 'VAI dem-hoi 01']);
  });

  test('are not written into: what was added up stays as it was', () => {
    const moves: Move[] = [took(held, 'sold'), took(held, 'sold')];
    addUpMoves(moves);
    expect(moves).toEqual([took(held, 'sold'), took(held, 'sold')]);
  });

  const counter = fc.record({ sku: fc.constantFrom('VAI', 'BINH'), shard: fc.constantFrom('00', '01') });
  const units = fc.integer({ min: -9, max: 9 });
  const anyMove = fc
    .tuple(counter, fc.option(fc.constant('dem-hoi')), fc.record({ available: units, reserved: units, sold: units }, { requiredKeys: [] }))
    .map(([at, campaign, by]): Move => ({ ...at, ...(campaign ? { campaign } : {}), ...by }));
  /** By counter, with what did not change said too. */
  const sums = (moves: readonly Move[]) =>
    Object.fromEntries(addUpMoves(moves).map((m) => [counterName(m), [m.available ?? 0, m.reserved ?? 0, m.sold ?? 0]]));

  test('always: in any grouping and any order they give the same sums', () => {
    fc.assert(
      fc.property(fc.array(anyMove), fc.nat(30), fc.nat(30), (moves, a, b) => {
        const all = sums(moves);
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const groups = [moves.slice(0, first), moves.slice(first, second), moves.slice(second)];
        expect(sums(groups.flatMap(addUpMoves))).toEqual(all);
        expect(sums(moves.toReversed())).toEqual(all);
        for (const name of Object.keys(all)) {
          const own = moves.filter((m) => counterName(m) === name);
          const of = (kind: 'available' | 'reserved' | 'sold') => own.reduce((total, m) => total + (m[kind] ?? 0), 0);
          expect(all[name]).toEqual([of('available'), of('reserved'), of('sold')]);
        }
      }),
    );
  });

  test('always: an order that was taken, perhaps paid, and given back leaves nothing behind', () => {
    fc.assert(
      fc.property(counter, fc.integer({ min: 1, max: 50 }), fc.boolean(), (at, quantity, isPaid) => {
        const holding = { ...at, quantity };
        const moves = [
          took(holding, 'reserved'),
          ...(isPaid ? [soldReserved(holding)] : []),
          ...gaveBack(holding, isPaid ? 'sold' : 'reserved'),
        ];
        expect(addUpMoves(moves)).toEqual([]);
      }),
    );
  });
});
