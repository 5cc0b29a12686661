import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor, isKey } from '../../../functions/platform/cursor.ts';
import { Problem } from '../../../shared/platform/problem.ts';

const isText = (place: unknown): place is string => typeof place === 'string';

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

describe('a cursor', () => {
  test('says where to go on and nothing else', () => {
    expect(encodeCursor({ skip: 20 })).toBe('eyJza2lwIjoyMH0');
    expect(decodeCursor('InByZF8xIg', isText)).toBe('prd_1');
    expect(decodeCursor(undefined, isText)).toBeUndefined();
  });

  test.each(['x', '', '%', 'InByZF8xIg==', 'InByZF8xIg ', 'eyJza2lwIjoyMH0', 'bnVsbA', '\u0000', 'ÿ'])(
    '%j is refused as 422 where a text is expected',
    (cursor) => {
      expect(codeOf(() => decodeCursor(cursor, isText))).toBe('validation_failed');
    },
  );

  test('a key has text members only', () => {
    expect(isKey({ pk: 'A', sk: 'B' })).toBe(true);
    for (const bad of [null, [], {}, { pk: 1 }, { pk: '' }, { pk: { S: 'A' } }, 'pk', 7]) expect(isKey(bad)).toBe(false);
  });

  test('whatever is encoded comes back, and no random text is taken for one of ours', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), { minKeys: 1 }), (key) => {
        fc.pre(!('__proto__' in key && Object.keys(key).length === 0));
        expect(decodeCursor(encodeCursor(key), isKey)).toEqual(JSON.parse(JSON.stringify(key)));
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(codeOf(() => decodeCursor(text, isKey))).toBe('validation_failed');
      }),
    );
  });
});
