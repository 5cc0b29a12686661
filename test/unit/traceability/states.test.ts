import { expect, test } from 'vitest';
import { shipments, stateOf, stateWords, traceStates } from '../../../shared/traceability/scans/states.ts';

test('an item is the first of its states, for every combination of what is true', () => {
  for (const isIssued of [true, false])
    for (const isRecalled of [true, false])
      for (const isSuspicious of [true, false])
        for (const useBy of [undefined, '2026-06-14', '2026-06-15'])
          for (const shipment of shipments) {
            const is = {
              ...{ never_issued: !isIssued, recalled: isRecalled, suspicious: isSuspicious, expired: useBy === '2026-06-14' },
              ...{ not_shipped: shipment === 'not_sent', active: true },
            };
            const state = stateOf({ isIssued, isRecalled, isSuspicious, useBy, today: '2026-06-15', shipment });
            expect(state).toBe(
              (['never_issued', 'recalled', 'suspicious', 'expired', 'not_shipped', 'active'] as const).find((s) => is[s]),
            );
          }
});

test('every state has its words, and none calls goods genuine', () => {
  expect(Object.keys(stateWords)).toEqual([...traceStates]);
  for (const { title, text } of Object.values(stateWords)) expect(`${title} ${text}`).not.toMatch(/hàng thật 100%|chính hãng|đảm bảo/i);
});
