import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

it('quotes text, leaves numbers as they are', () => {
  expect(
    csvOf([
      ['Người bán', 'Doanh thu'],
      ['HTX "Lục Ngạn", xã', 1_234_567],
      ['Trả lại', -5],
    ]),
  ).toBe('\ufeff"Người bán","Doanh thu"\r\n"HTX ""Lục Ngạn"", xã",1234567\r\n"Trả lại",-5\r\n');
});

it('lets no name run as a formula', () => {
  expect(csvOf([['=HYPERLINK("http://x")', '+1', '-1', '@x', ' =1', '\tx']])).toBe(
    '\ufeff"\'=HYPERLINK(""http://x"")","\'+1","\'-1","\'@x","\' =1","\'\tx"\r\n',
  );
});
