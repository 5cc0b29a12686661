import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import jsqr from 'jsqr';
import { describe, expect, test } from 'vitest';
import { drawLabels, labelsPerSheet, placeOf, qrOf } from '../../../functions/traceability/lots/draw-labels.ts';
import font from '../../../functions/traceability/lots/label-font.json' with { type: 'json' };
import { byScript, wrap } from '../../../functions/traceability/lots/label-text.ts';
import { bytesTooMany } from '../../../shared/traceability/digital-link.ts';

const decode = jsqr as unknown as typeof jsqr.default;
const url = (serial: string) => `https://chokinhbac.vn/01/08938500000010/21/${serial}`;
const serials = ['7K3M9QWX2ABC', '000000000000', 'ZZZZZZZZZZZZ'];
const label = (serial: string) => ({
  url: url(serial),
  gtin: '08938500000010',
  serial,
  productName: 'Vải thiều Lục Ngạn',
  lot: 'VT-2026-06-15',
});
const now = new Date('2026-06-15T02:00:00Z');

test('the font is the package’s own, byte for byte', () => {
  const file = (script: string) =>
    readFileSync(createRequire(import.meta.url).resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${script}-600-normal.woff`));
  expect(font.latin).toBe(file('latin').toString('base64'));
  expect(font.vietnamese).toBe(file('vietnamese').toString('base64'));
});

describe('the sheet', () => {
  test('72 labels of 30 × 20 mm: margins of 10 mm at the sides and 17.5 mm at top and bottom', () => {
    expect(labelsPerSheet).toBe(72);
    expect([placeOf(0), placeOf(5), placeOf(6), placeOf(71)]).toEqual([
      { x: 10, y: 17.5 },
      { x: 170, y: 17.5 },
      { x: 10, y: 39.5 },
      { x: 170, y: 259.5 },
    ]);
  });

  test('73 labels need a second sheet', async () => {
    const text = Buffer.from(
      await drawLabels(
        Array.from({ length: 73 }, () => label('7K3M9QWX2ABC')),
        'Tem',
        now,
      ),
    ).toString('latin1');
    expect(text).toMatch(/\/Type \/Pages\s*\/Count 2\b/);
  });
});

/** The dark rectangles of each page in mm, as a printer is told them: each code in a scale and at a place of its own. */
function rectanglesOf(pdf: Uint8Array): number[][] {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const pages = [...text.matchAll(/\/Length (\d+)[^>]*>>\s*stream\r?\n/g)]
    .map((m) => ({ at: (m.index ?? 0) + m[0].length, length: Number(m[1]) }))
    .map(({ at, length }) => inflateSync(bytes.subarray(at, at + length)).toString('latin1'));
  return pages.flatMap((content) =>
    [...content.matchAll(/q ([\d.]+) 0 0 ([\d.]+) ([\d.]+) ([\d.]+) cm 0 g\n([^Q]*?)\nf\nQ/g)].flatMap(([, ...code]) => {
      const [acrossPt = 0, downPt = 0, leftPt = 0, topPt = 0] = code.slice(0, 4).map(Number);
      return [...(code[4] ?? '').matchAll(/^(\d+) (\d+) (\d+) (\d+) re$/gm)].map(([, ...sides]) => {
        const [x = 0, y = 0, width = 0, height = 0] = sides.map(Number);
        return [leftPt + x * acrossPt, topPt + y * downPt, width * acrossPt, height * downPt].map((points) => (points * 25.4) / 72);
      });
    }),
  );
}

/** Paints a label's square at 20 pixels per mm and reads it like a phone. */
function readLabel(rectangles: number[][], n: number): string | undefined {
  const side = 400;
  const { x: left, y: top } = placeOf(n);
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x = 0, y = 0, width = 0, height = 0] of rectangles) {
    const at = (mm: number, from: number) => Math.round((mm - from) * 20);
    for (let row = Math.max(0, at(y, top)); row < Math.min(side, at(y + height, top)); row++)
      for (let column = Math.max(0, at(x, left)); column < Math.min(side, at(x + width, left)); column++)
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  }
  return decode(pixels, side, side)?.data;
}

describe('the code', () => {
  test('what is printed reads back as the link', async () => {
    const rectangles = rectanglesOf(await drawLabels(serials.map(label), 'Tem', now));
    expect(serials.map((_, n) => readLabel(rectangles, n))).toEqual(serials.map(url));
  });

  test.each([
    // 55 bytes: version 4 at level M, 33 + 8 modules in 20 mm.
    ['https://chokinhbac.vn', 33, 20 / 41],
    // 75 bytes: version 5 at most, 37 + 8 modules; GS1's least is 0.396 mm.
    [`https://${'a'.repeat(30)}.vn`, 37, 20 / 45],
  ])('%s: %i modules, no smaller than GS1 allows', (origin, most, least) => {
    for (const serial of ['7K3M9QWX2ABC', '000000000000', 'ZZZZZZZZZZZZ']) {
      const { module, size } = qrOf(`${origin}/01/08938500000010/21/${serial}`);
      expect(size).toBeLessThanOrEqual(most);
      expect(module).toBeGreaterThanOrEqual(least);
      expect(least).toBeGreaterThan(0.396);
      expect(module * (size + 8)).toBeCloseTo(20, 9);
    }
  });

  test.each([
    ['https://chokinhbac.vn', 0],
    // 41 + 34 = 75 bytes: the last that fits.
    [`https://${'a'.repeat(30)}.vn`, 0],
    [`https://${'a'.repeat(31)}.vn`, 1],
    // 38 letters, three of them 3 bytes and two 2 bytes: 46 + 34 − 75.
    ['https://chợ-quê-của-bà-con-kinh-bắc.vn', 5],
  ])('%s is %i bytes too long for a label', (origin, extra) => expect(bytesTooMany(origin)).toBe(extra));
});

describe('the words', () => {
  const letters = (text: string) => [...text].length;

  test('each letter is drawn by the half of the font that has it', () => {
    expect(byScript('Vải thiều LỢ ữ đ ô')).toEqual([
      { script: 'latin', run: 'V' },
      { script: 'vietnamese', run: 'ả' },
      { script: 'latin', run: 'i thi' },
      { script: 'vietnamese', run: 'ề' },
      { script: 'latin', run: 'u L' },
      { script: 'vietnamese', run: 'Ợ' },
      { script: 'latin', run: ' ' },
      { script: 'vietnamese', run: 'ữ' },
      { script: 'latin', run: ' ' },
      { script: 'vietnamese', run: 'đ' },
      { script: 'latin', run: ' ô' },
    ]);
  });

  test.each([
    ['Vải thiều Lục Ngạn', 9, 3, ['Vải thiều', 'Lục Ngạn']],
    ['Vải thiều Lục Ngạn'.normalize('NFD'), 9, 3, ['Vải thiều', 'Lục Ngạn']],
    ['Lô VT-2026-06-15', 10, 3, ['Lô VT-2026', '-06-15']],
    ['Rượu làng Vân nếp cái', 9, 2, ['Rượu làng', 'Vân nếp…']],
    ['Mật ong 蜜 🍯', 20, 3, ['Mật ong']],
    ['ABCDEFGHIJ', 4, 2, ['ABCD', 'EFG…']],
  ])('%s in lines of %i', (text, width, lines, expected) => expect(wrap(text, width, letters, lines)).toEqual(expected));

  test('no line is too wide, no line too many', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 120, unit: fc.constantFrom(...'aả ợB-1 ') }),
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (text, width, max) => {
          const lines = wrap(text, width, letters, max);
          expect(lines.length).toBeLessThanOrEqual(max);
          expect(lines.every((line) => letters(line) <= width)).toBe(true);
        },
      ),
    );
  });
});
