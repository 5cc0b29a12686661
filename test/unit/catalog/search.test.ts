import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchable, searchScore } from '../../../shared/catalog/search.ts';
import { fold } from '../../../shared/platform/fold.ts';

const vai = searchable('Vải thiều Lục Ngạn', ['Quả chín đỏ, cùi dày', 'HTX Hồng Giang', 'Phường Chũ', 'Thùng 5 kg']);
const score = (query: string) => searchScore(vai, query);

describe('folding', () => {
  test.each([
    ['Vải thiều  Lục Ngạn', 'vai thieu luc ngan'],
    ['ĐẶC SẢN ĐÔNG HỒ', 'dac san dong ho'],
    ['Mỳ gạo Chũ', 'my gao chu'],
    // The same letters typed on a Mac: combining marks.
    ['Va\u0309i thie\u0302\u0300u', 'vai thieu'],
    ['  \t Nước\nmắm ', 'nuoc mam'],
    ['', ''],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('every Vietnamese vowel with every mark folds to its plain letter', () => {
    const families = {
      a: 'aàáảãạăằắẳẵặâầấẩẫậ',
      e: 'eèéẻẽẹêềếểễệ',
      i: 'iìíỉĩị',
      o: 'oòóỏõọôồốổỗộơờớởỡợ',
      u: 'uùúủũụưừứửữự',
      y: 'yỳýỷỹỵ',
      d: 'dđ',
    };
    for (const [plain, letters] of Object.entries(families))
      for (const letter of letters)
        for (const form of [letter, letter.toUpperCase(), letter.normalize('NFD')]) expect(fold(form)).toBe(plain);
  });

  test('once folded is folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('finding', () => {
  test.each([
    'vai thieu',
    'VAI THIEU',
    'vải thiều',
    'thieu vai',
    'vai  thieu luc ngan',
    'va\u0309i',
    'vai chu',
    'cui day',
    'hong giang',
    '5 kg',
  ])('%j finds Vải thiều Lục Ngạn', (query) => {
    expect(score(query)).toBeGreaterThan(0);
  });

  test.each(['cam', 'vai thieu cam', 'vaithieu', 'nhãn lồng'])('%j does not', (query) => {
    expect(score(query)).toBe(0);
  });
});

describe('ranking', () => {
  const vaiLua = searchable('Vải lụa tơ tằm', []);
  const vaiKho = searchable('Long vãi vai', []);

  test('a word typed with its tone marks ranks the exact spelling first', () => {
    expect(searchScore(vai, 'vải')).toBeGreaterThan(searchScore(vaiKho, 'vải'));
    expect(searchScore(vaiLua, 'vải')).toBe(searchScore(vai, 'vải'));
    expect(searchScore(vai, 'va\u0309i')).toBe(searchScore(vai, 'vải'));
  });

  test('typed without marks both spellings rank alike', () => {
    expect(searchScore(vai, 'vai')).toBe(searchScore(vaiLua, 'vai'));
  });

  test('a word of the name counts more than one of the description, a word’s beginning more than its middle', () => {
    const inName = searchable('Gà đồi Yên Thế', ['ngon']);
    const inText = searchable('Giò lụa', ['làm từ thịt gà']);
    expect(searchScore(inName, 'ga')).toBeGreaterThan(searchScore(inText, 'ga'));
    const beginning = searchable('Nem chua', []);
    const middle = searchable('Xnem chua', []);
    expect(searchScore(beginning, 'nem')).toBeGreaterThan(searchScore(middle, 'nem'));
  });

  test('by hand: 4 for the name, 2 for a word’s beginning, 4 for exact tone marks; 1 for other texts', () => {
    expect(score('vai')).toBe(6);
    expect(score('vải')).toBe(10);
    expect(score('vải thieu')).toBe(16);
    expect(score('giang')).toBe(1);
    expect(score('hieu')).toBe(4);
  });
});

test('a hyphen is as good as a space', () => {
  expect(searchScore(searchable('Vải thiều Lục Ngạn', []), 'vai-thieu')).toBe(
    searchScore(searchable('Vải thiều Lục Ngạn', []), 'vai thieu'),
  );
  expect(searchScore(searchable('Vải thiều Lục Ngạn', []), 'vai-thieu')).toBeGreaterThan(0);
});
