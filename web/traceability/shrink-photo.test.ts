import { expect, it } from 'vitest';
import { shrunk } from './shrink-photo.ts';

it.each([
  [4_032, 3_024, 1_600, 1_200],
  [3_024, 4_032, 1_200, 1_600],
  [1_600, 900, 1_600, 900],
  [640, 480, 640, 480],
  [20_000, 3, 1_600, 1],
])('a picture of %i × %i is sent as %i × %i', (width, height, across, down) => {
  expect(shrunk(width, height)).toEqual({ width: across, height: down });
});
