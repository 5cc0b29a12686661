import { expect, test } from 'vitest';
import { languageOf } from '../../../functions/platform/problems.ts';

test.each([
  [undefined, 'vi'],
  ['', 'vi'],
  ['vi', 'vi'],
  ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['en-US,en;q=0.9,vi;q=0.8', 'en'],
  ['vi;q=0.3,en;q=0.7', 'en'],
  ['vi,en', 'vi'],
  ['en,vi', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.5', 'en'],
  ['zh-CN', 'vi'],
  ['*', 'vi'],
  ['en;q=0', 'vi'],
  ['en;q=0, vi;q=0', 'vi'],
  ['en;q=abc', 'en'],
  ['en; q=0.5 , vi; q=0.6', 'vi'],
  [';;;,,,q=1', 'vi'],
] as const)('Accept-Language %j is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
