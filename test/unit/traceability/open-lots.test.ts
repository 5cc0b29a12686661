import { describe, expect, test } from 'vitest';
import { isHeldBack, isOpenLot, onlyOpenLot } from '../../../shared/traceability/open-lots.ts';

const [good, lastDay, past, recalled] = [{}, { useBy: '2026-06-15' }, { useBy: '2026-06-14' }, { recall: { id: 'rcl_1' } }];
const today = '2026-06-15';

test('a lot is open until its last day is over, unless it is recalled', () => {
  expect([good, lastDay, past, recalled, { ...lastDay, ...recalled }].map((lot) => isOpenLot(lot, today))).toEqual([
    ...[true, true, false, false, false],
  ]);
});

describe('the lot that unnamed goods must be from', () => {
  test('is the only open one', () => {
    expect(onlyOpenLot([past, lastDay, recalled], today)).toBe(lastDay);
  });
  test('is none of two, and none of none', () => {
    expect(onlyOpenLot([good, lastDay], today)).toBeUndefined();
    expect(onlyOpenLot([past, recalled], today)).toBeUndefined();
    expect(onlyOpenLot([], today)).toBeUndefined();
  });
});

describe('an SKU is held back', () => {
  test('when a lot of it is recalled and no other is open', () => {
    expect(isHeldBack([recalled], today)).toBe(true);
    expect(isHeldBack([recalled, past], today)).toBe(true);
  });
  test('not while another may be sold, not for age alone, and not without lots', () => {
    expect(isHeldBack([recalled, good], today)).toBe(false);
    expect(isHeldBack([past], today)).toBe(false);
    expect(isHeldBack([], today)).toBe(false);
  });
});
