/** Fired and cast things: Phù Lãng eel-skin glaze, relief work, Đại Bái bronze. */
import { type Brush, block, C, cut, dots, fill, group, ink, type Pt, ring, round, shadow, stamp, turned, within } from './brush.ts';
import { blossomStamp, leafStamp, steam } from './motifs.ts';

interface Glaze {
  readonly body: string;
  readonly drip: string;
  readonly glow: string;
  readonly line: string;
}

/** Da lươn, the eel-skin browns of Phù Lãng: lighter or deeper with the place in the kiln. */
const GLAZES: readonly [Glaze, ...Glaze[]] = [
  { body: '#7A5326', drip: '#4F3417', glow: '#B98A3E', line: '#3A2712' },
  { body: '#6B4A2B', drip: '#3F2A18', glow: '#A8783E', line: '#33210F' },
  { body: '#8A5B2C', drip: '#5A371B', glow: '#D0A04E', line: '#46290F' },
];

/** A lotus bloom in raised relief, about 120 wide. */
const lotus = (petal: string, line: string): string =>
  cut('M-60 10Q-70-30-34-34Q-30-64 0-78Q30-64 34-34Q70-30 60 10Q30 40 0 40T-60 10z', petal, 5) +
  ink('M-34-34Q-34 10 0 38Q34 10 34-34M0-78Q-26-30 0 38Q26-30 0-78M-60 10Q-30 12 0 38Q30 12 60 10', 4, line);

export function pottery(b: Brush): string {
  const g = b.pick(GLAZES);
  const tall = b.next() < 0.5;
  const jar = tall
    ? turned(320, [
        [70, 120],
        [70, 120],
        [78, 136],
        [62, 160],
        [66, 190],
        [138, 250],
        [150, 330],
        [116, 440],
        [88, 516],
        [88, 516],
      ])
    : turned(320, [
        [84, 166],
        [84, 166],
        [92, 184],
        [78, 204],
        [150, 256],
        [182, 340],
        [160, 440],
        [108, 516],
        [108, 516],
      ]);
  const [mouth, lip] = tall ? [70, 120] : [84, 166];
  const drips =
    'M100 200H540V262Q520 330 500 272Q480 250 462 290Q446 350 426 284Q410 250 388 276Q366 332 346 270Q330 248 308 282Q292 340 270 280Q250 248 230 276Q212 330 190 276Q160 240 100 300z';
  const band = Array.from({ length: 9 }, (_, i) => `M${128 + i * 48} 396q12-30 24 0t24 0`).join('');
  const leaf = leafStamp(b, C.leaf, C.lime, 18);
  const small = turned(0, [
    [26, -70],
    [26, -70],
    [22, -56],
    [54, -20],
    [50, 40],
    [30, 70],
    [30, 70],
  ]);
  return (
    shadow(320, 524, 230) +
    group(
      'translate(0 34)',
      ink('M320 180Q300 90 250 40M326 180Q340 100 400 30M320 180Q318 90 330 20', 6, C.leaf) +
        leaf(262, 60, 1, 200) +
        leaf(280, 84, 1, -60) +
        leaf(372, 76, 1, -14) +
        leaf(348, 96, 0.9, -70),
    ) +
    block(jar, g.body, 9) +
    within(
      b,
      jar,
      fill('M140 200Q250 320 180 530H130z', g.glow, 0.4) +
        fill(drips, g.drip) +
        fill('M120 362Q320 392 520 362V424Q320 456 120 424z', g.glow, 0.85) +
        ink('M120 362Q320 392 520 362M120 424Q320 456 520 424', 6, g.line) +
        group(
          'translate(0 12)',
          ink(band, 7, g.line) +
            dots(
              Array.from({ length: 9 }, (_, i): Pt => [152 + i * 48 - 12, 400]),
              8,
              g.line,
            ),
        ) +
        ink('M170 488Q320 514 470 488', 4, g.line),
    ) +
    ink(jar, 6) +
    cut(`M${320 - mouth} ${lip}a${mouth} 17 0 1 0 ${mouth * 2} 0a${mouth} 17 0 1 0 ${-mouth * 2} 0z`, C.bark, 6) +
    ink('M206 300q-8 30-4 56', 9, C.straw, 0.6) +
    group(
      'translate(524 456)',
      block(small, g.body, 7) +
        fill('M-50-26Q0-50 50-26Q48 10 34 0Q20-12 6 8Q-8 20-20 0Q-36-10-50 6z', g.drip) +
        cut('M-26-70a26 8 0 1 0 52 0a26 8 0 1 0-52 0z', C.bark, 5),
    ) +
    (b.next() < 0.5
      ? group('translate(120 470)scale(.8)', block(small, g.glow, 8) + cut('M-26-70a26 8 0 1 0 52 0a26 8 0 1 0-52 0z', C.bark, 5))
      : '')
  );
}

/** Relief: a carved plate with carp or lotus, on its stand, beside a small carved jar. */
export function potteryRelief(b: Brush): string {
  const g = b.pick(GLAZES);
  const carp = 'M-110 10Q-60-70 30-40Q66-30 84-6Q100-40 132-50Q128-10 108 12Q126 40 124 70Q92 56 78 24Q40 66-30 58Q-84 50-110 10z';
  const scales = 'M-40-20q16 16 0 34M-14-30q18 20 0 42M14-30q18 22 0 46M40-20q14 18 0 36M-26 20q16 12 0 26M2 26q16 12 0 22';
  const scene =
    b.next() < 0.5
      ? group(
          'translate(0 -10)',
          cut(carp, g.glow, 6) +
            ink(scales, 5, g.line) +
            dots([[-76, 0]], 12, g.line) +
            ink('M-52-26Q-40 8-54 40M88-24l30-14M92 22l24 30', 5, g.line),
        ) + ink('M-130 92q26-30 52 0t52 0t52 0t52 0t52 0M-104 122q26-30 52 0t52 0t52 0t52 0', 7, g.glow)
      : group('translate(0 -30)', lotus(g.glow, g.line)) +
        ink('M0 10Q10 80 0 140M-6 60Q-60 40-96 80M6 70Q60 40 104 76', 7, g.glow) +
        group('translate(-100 60)scale(.55)', lotus(g.glow, g.line)) +
        cut('M40 82Q96 40 140 82Q96 110 40 82z', g.glow, 5) +
        ink('M56 82h66', 4, g.line);
  const beads = ring(0, 0, 176, 176, 28);
  return (
    shadow(300, 530, 240) +
    block('M170 470L140 536H190L216 490H390L420 536H470L436 470z', C.brick, 8) +
    group(
      'translate(304 300)',
      block(round(b, 0, 0, 208, 206, 0.008), g.body, 10) +
        cut(round(b, 0, 0, 188, 186, 0.006), g.drip, 5) +
        dots(beads, 13, g.glow) +
        cut(round(b, 0, 0, 162, 160, 0.006), g.body, 5) +
        scene,
    ) +
    ink('M140 226q20-56 66-86', 9, C.straw, 0.6) +
    group(
      'translate(520 440)',
      block(
        turned(0, [
          [30, -110],
          [30, -110],
          [26, -86],
          [70, -40],
          [66, 30],
          [40, 84],
          [40, 84],
        ]),
        g.drip,
        8,
      ) +
        cut('M-30-110a30 9 0 1 0 60 0a30 9 0 1 0-60 0z', C.bark, 5) +
        group('translate(0 6)scale(.66)', lotus(g.glow, g.line)) +
        ink('M-58-52Q0-34 58-52M-54 52Q0 70 54 52', 5, g.glow),
    )
  );
}

/** Đỉnh đồng: the lion-lidded censer of Đại Bái. */
export function bronze(b: Brush): string {
  const [metal, shade, shine] = b.pick<readonly [string, string, string]>([
    ['#C8892F', '#8A561C', '#F1CF7A'],
    ['#A8652C', '#6E3C18', '#E3A85E'],
    ['#B99A3A', '#75601F', '#EBDB8C'],
  ]);
  const ear = stamp(b, ink('M0 0Q60-16 58-76Q56-112 30-108', 34) + ink('M0 0Q60-16 58-76Q56-112 30-108', 20, metal));
  const leg = stamp(
    b,
    block('M-34-70Q-50-10-30 24Q-22 56-40 84H20Q14 50 30 10Q40-40 30-80z', metal, 8) +
      ink('M-14-40q16 14 30 0M-10-16q14 12 26 0M-30 70h40', 5, shade),
  );
  const belly = turned(320, [
    [120, 290],
    [120, 290],
    [150, 310],
    [156, 360],
    [110, 422],
    [50, 440],
    [50, 440],
  ]);
  const tail = 'M-40 40Q-86 26-74-14Q-62-44-44-22';
  const mane = ring(16, -34, 37, 35, 11);
  const lion =
    ink(tail, 19) +
    ink(tail, 9, metal) +
    block('M-52 50Q-60-6-12-14Q34-14 46 50z', metal, 8) +
    ink('M-6 50Q-2 26 4 14M26 50Q30 30 26 12M-40 44q-2-24 16-26', 5, shade) +
    dots(mane, 29) +
    dots(mane, 19, shade) +
    cut(round(b, 16, -34, 33, 31), metal, 6) +
    ink('M0-50q8-8 14 0M22-50q8-8 14 0M18-40v12', 5, shade) +
    dots(
      [
        [6, -40],
        [30, -40],
      ],
      9,
    ) +
    cut('M4-26Q18-36 32-26Q34-8 18-6Q2-8 4-26z', shade, 4) +
    ink('M10-18h16', 4, C.paper);
  return (
    steam(250, 250, 190, C.indigo) +
    steam(396, 250, 170, C.indigo) +
    shadow(320, 536, 200) +
    ear(456, 330, 1.05) +
    ear(184, 330, 1.05, 0, true) +
    leg(222, 444, 1) +
    leg(418, 444, 1, 0, true) +
    leg(316, 456, 1.05) +
    block(belly, metal, 9) +
    fill('M172 330Q170 380 226 420Q270 436 300 438Q230 400 214 320z', shine, 0.55) +
    ink('M176 392Q320 430 464 392', 5, shade) +
    ink('M206 350q14-30 34-20t6 30q-18 8-18-10M434 350q-14-30-34-20t-6 30q18 8 18-10M262 376q20-12 34 0', 6, shade) +
    group('translate(320 354)', dots(ring(0, 0, 24, 24, 8), 15, shade) + dots([[0, 0]], 24, shine)) +
    cut('M186 274Q320 244 454 274V306Q320 336 186 306z', metal, 8) +
    ink('M206 292l14-10 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-10', 4, shade) +
    block('M214 264Q226 206 320 200Q414 206 426 264Q320 292 214 264z', metal, 8) +
    dots(ring(320, 244, 76, 18, 10), 13, shade) +
    ink('M240 240q16-26 50-32', 8, shine) +
    group('translate(314 168)scale(.96)', lion) +
    dots([[190, 286]], 9, shine)
  );
}

/** A pair of turned hardwood vases (lộc bình): the grain rings the belly. */
export function woodVase(b: Brush): string {
  const [wood, grain, light] = b.pick<readonly [string, string, string]>([
    ['#A0522D', '#6B3016', '#D08A52'],
    ['#B97A3C', '#7C4A1C', '#E5B878'],
    ['#7A3B22', '#4A2012', '#B56A42'],
  ]);
  const d = turned(0, [
    [74, -230],
    [74, -230],
    [50, -206],
    [38, -170],
    [46, -140],
    [96, -80],
    [104, -10],
    [74, 90],
    [46, 160],
    [54, 190],
    [78, 214],
    [78, 214],
  ]);
  const rings = Array.from(
    { length: 7 },
    (_, i) => `M-110 ${-96 + i * 36}Q${b.whole(-50, 50)} ${-60 + i * 36 + b.whole(-20, 20)} 110 ${-100 + i * 36}`,
  ).join('');
  const vase = stamp(
    b,
    block(d, wood, 9) +
      within(
        b,
        d,
        fill('M-110-240H-34Q-60 0-30 220H-110z', light, 0.6) +
          ink(rings, 5, grain, 0.8) +
          ink('M-60-150Q0-134 60-150M-60-166Q0-150 60-166M-70 176Q0 194 70 176', 7, grain),
      ) +
      ink(d, 6) +
      cut('M-74-230a74 18 0 1 0 148 0a74 18 0 1 0-148 0z', grain, 6) +
      ink('M-62-60q-12 40 2 90', 8, C.paper, 0.6),
  );
  const bloom = blossomStamp(b, C.rose, C.hoe);
  return (
    shadow(210, 528, 110) +
    shadow(440, 528, 110) +
    block('M90 512H332V536H90z', C.bark, 7) +
    block('M316 512H560V536H316z', C.bark, 7) +
    vase(210, 300, 1) +
    vase(438, 300, 1, 0, true) +
    bloom(324, 500, 0.9) +
    bloom(360, 524, 0.7, 30)
  );
}
