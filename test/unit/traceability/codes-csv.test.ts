import { describe, expect, test } from 'vitest';
import { codesCsv, pageOf } from '../../../shared/traceability/codes-csv.ts';

test('a spreadsheet runs nothing, quotes are doubled', () => {
  const csv = codesCsv([{ serial: '7K3M9QWX2ABC', gtin: '08938500000010', lot: '=HYPERLINK("x")' }], 'https://a.vn');
  expect(csv).toBe(
    '\ufeff"serial","gtin","lot","url"\r\n"7K3M9QWX2ABC","08938500000010","\'=HYPERLINK(""x"")","https://a.vn/01/08938500000010/21/7K3M9QWX2ABC"\r\n',
  );
});

describe('pages', () => {
  test.each([
    [0, undefined, { from: 0, to: 0, pages: 0 }],
    [0, 1, undefined],
    [999, undefined, { from: 0, to: 999, pages: 1 }],
    [2_500, undefined, { from: 1_500, to: 2_500, pages: 3 }],
    [2_500, 1, { from: 0, to: 1_000, pages: 3 }],
    [2_500, 3, { from: 2_000, to: 2_500, pages: 3 }],
    [2_500, 4, undefined],
    [2_000, 2, { from: 1_000, to: 2_000, pages: 2 }],
  ])('of %i codes, page %o', (total, page, place) => expect(pageOf(total, 1_000, page)).toEqual(place));
});
