/** Tea, spirits and canned drinks. */
import {
  type Brush,
  block,
  box,
  C,
  cut,
  dots,
  fill,
  group,
  ink,
  poly,
  ring,
  round,
  scatter,
  shadow,
  stamp,
  turned,
  within,
} from './brush.ts';
import { cup, label, leafStamp, openLychee, packet, steam } from './motifs.ts';

export function tea(b: Brush): string {
  const clay = b.pick([C.brick, C.clay, C.indigo]);
  const pot = turned(300, [
    [60, 270],
    [60, 270],
    [112, 296],
    [140, 360],
    [122, 430],
    [78, 462],
    [78, 462],
  ]);
  const bud = stamp(b, leafBud());
  const heap = Array.from(
    { length: 16 },
    () => `M${b.whole(70, 190)} ${b.whole(516, 552)}q${b.whole(6, 14)} ${b.whole(-14, 10)} ${b.whole(14, 28)} ${b.whole(-8, 8)}`,
  ).join('');
  return (
    steam(110, 262, 110) +
    shadow(320, 520, 260) +
    cut('M90 470Q320 436 560 470L540 500Q320 528 110 500z', C.tan, 8) +
    ink('M120 482Q320 458 530 482', 4, C.brick) +
    ink('M420 320q80-30 84 40q-4 56-96 64', 32) +
    ink('M420 320q80-30 84 40q-4 56-96 64', 17, clay) +
    block('M186 398Q140 380 128 300L104 290L146 270Q168 330 206 340z', clay, 8) +
    block(pot, clay, 9) +
    block('M238 272Q300 222 362 272Q300 290 238 272z', clay, 7) +
    cut(round(b, 300, 228, 20, 17), C.hoe, 6) +
    group(
      'translate(300 370)',
      dots(ring(0, 0, 30, 30, 6), 34, C.paper) +
        dots([[0, 0]], 26, C.hoe) +
        ink('M-74 6q26-6 38-22M76 6q-26-6-40-22M-70 20q30 8 40 20M70 20q-30 8-40 20', 5, C.paper),
    ) +
    ink('M176 360q6-40 30-56', 8, C.paper, 0.6) +
    cup(470, 456, 92, C.white, C.lime) +
    cup(566, 478, 80, C.white, C.lime) +
    ink(heap, 9) +
    ink(heap, 5, C.leaf) +
    bud(528, 232, 1, b.between(-10, 10)) +
    bud(110, 480, 0.8, -30)
  );
}

/** One bud and two leaves, the pick tea is named for. */
const leafBud = (): string =>
  ink('M0 120Q-6 50 0 0', 9) +
  ink('M0 120Q-6 50 0 0', 4, C.sprout) +
  block('M0 4Q-20-40 2-86Q24-40 0 4z', C.lime, 6) +
  block('M-2 50Q-70 30-92-36Q-20-40-2 50z', C.leaf, 6) +
  block('M0 66Q60 54 92-14Q24-26 0 66z', C.sprout, 6) +
  ink('M-6 40Q-40 10-80-28M4 58Q40 30 80-8', 3.5, C.paper, 0.8);

/** Trà hoa vàng and flower teas: golden camellias beside a packet and a glass cup. */
export function herbalTea(b: Brush): string {
  const petal = b.pick([C.hoe, '#F0C64A']);
  const bloom = stamp(
    b,
    ring(0, 0, 38, 36, 6, 0.3)
      .map(([x, y]) => cut(round(b, x, y, 32, 31), petal, 6))
      .join('') +
      fill(round(b, 0, 0, 26, 25), '#F8DE86') +
      ink(
        ring(0, 0, 22, 22, 9)
          .map(([x, y]) => `M0 0L${Math.round(x)} ${Math.round(y)}`)
          .join(''),
        3,
        C.brick,
      ) +
      dots(ring(0, 0, 24, 23, 9), 8, C.brick),
  );
  const leaf = leafStamp(b, C.leaf, C.sprout, 28);
  const glass = turned(430, [
    [100, 350],
    [100, 350],
    [94, 430],
    [60, 500],
    [60, 500],
  ]);
  return (
    steam(430, 320, 120) +
    shadow(320, 524, 270) +
    packet(196, 516, 196, 320, b.pick([C.leaf, C.indigo, '#C9A25E']), 'flower', C.hoe) +
    cut('M312 502Q430 478 550 502Q520 540 430 540T312 502z', C.white, 7) +
    ink('M526 372q60-6 50 40q-14 34-66 36', 20) +
    ink('M526 372q60-6 50 40q-14 34-66 36', 9, '#F3E8C0') +
    block(glass, '#F3E8C0', 8) +
    within(b, glass, fill(box(320, 392, 220, 120), '#E3A83A') + bloom(420, 410, 0.9) + bloom(474, 436, 0.6)) +
    ink(glass, 6) +
    ink('M346 370q2 40 16 76', 8, C.white, 0.9) +
    leaf(150, 534, 1.3, 190) +
    leaf(230, 540, 1.3, -8) +
    bloom(184, 526, 1.02, 10) +
    bloom(296, 552, 0.72, 40) +
    bloom(90, 548, 0.66, 24) +
    leaf(520, 560, 1, -10)
  );
}

/** Rượu làng Vân: white gourd jug stoppered with red cloth, and its cups. */
export function riceWine(b: Brush): string {
  const jug = turned(270, [
    [26, 150],
    [26, 150],
    [30, 190],
    [72, 216],
    [80, 262],
    [52, 296],
    [90, 330],
    [130, 400],
    [118, 480],
    [76, 518],
    [76, 518],
  ]);
  const coat = b.pick([C.white, '#8A5A36', '#E3D3A8']);
  const dark = coat === '#8A5A36';
  const line = dark ? C.straw : C.indigo;
  const ear = 'M470 420Q450 300 480 220Q500 180 540 206';
  return (
    shadow(320, 526, 250) +
    ink(ear, 6, C.leaf) +
    ink('M506 430Q500 330 530 270Q552 240 580 270', 6, C.leaf) +
    dots(
      [
        [472, 262],
        [488, 246],
        [478, 230],
        [500, 222],
        [496, 206],
        [520, 210],
        [516, 194],
        [540, 206],
        [548, 222],
        [526, 290],
        [540, 276],
        [532, 262],
        [556, 262],
        [572, 262],
        [582, 280],
      ],
      15,
    ) +
    dots(
      [
        [472, 262],
        [488, 246],
        [478, 230],
        [500, 222],
        [496, 206],
        [520, 210],
        [516, 194],
        [540, 206],
        [548, 222],
        [526, 290],
        [540, 276],
        [532, 262],
        [556, 262],
        [572, 262],
        [582, 280],
      ],
      9,
      C.hoe,
    ) +
    block(jug, coat, 9) +
    ink('M200 240q70 20 140 0M162 358Q270 392 378 358M158 470Q270 500 382 470', 5, line) +
    ink('M180 420q20-24 40 0t40 0t40 0t40 0t24 0', 5, line) +
    ink('M214 292Q270 316 326 292', 22) +
    ink('M214 292Q270 316 326 292', 13, C.lychee) +
    ink('M288 306q34 30 20 84M276 308q-8 40-20 60', 9, C.lychee) +
    cut('M226 158Q216 110 250 104Q270 84 292 104Q326 112 314 158Q270 176 226 158z', C.lychee, 7) +
    ink('M236 148Q270 164 304 148M256 110q-4 20-8 34M284 110q6 18 8 32', 4, '#7E1520') +
    ink('M166 400q4-40 24-62', 9, dark ? C.tan : C.shell) +
    label(270, 428, 108, 92, 'rice', C.lychee) +
    cup(454, 452, 100, C.white, C.paper) +
    cup(548, 486, 84, C.white, C.paper) +
    cup(120, 482, 84, C.white, C.paper)
  );
}

export function canDrink(b: Brush): string {
  const [one, two] = b.pick<readonly [string, string]>([
    [C.coral, C.leaf],
    [C.leaf, C.hoe],
    [C.lychee, C.indigo],
  ]);
  const opened = stamp(b, openLychee);
  const can = (colour: string, trim: string): string =>
    block('M-84-160Q0-184 84-160L92-134V140L80 164Q0 186-80 164L-92 140V-134z', colour, 9) +
    cut('M-84-160Q0-186 84-160Q0-138-84-160z', '#D9DCCB', 6) +
    ink('M-92-130Q0-104 92-130M-92 134Q0 160 92 134', 5) +
    ink('M-20-162q20-8 40 0', 6, C.clay) +
    ink('M-72-100Q-78 0-72 100', 9, C.paper, 0.6) +
    fill('M-88 60Q-40 30 0 60T88 60V110Q0 138-88 112z', trim) +
    cut(round(b, 0, -16, 62, 62), C.paper, 5) +
    opened(0, -14, 0.84) +
    cut('M4-56Q10-84 44-82Q40-54 4-56z', C.leaf, 5);
  const bead = scatter(b, 0, 40, 78, 100, 12);
  const leaf = leafStamp(b);
  return (
    shadow(320, 526, 250) +
    leaf(430, 220, 1.6, -40) +
    leaf(440, 230, 1.5, 4) +
    group('translate(410 330)rotate(5)scale(.96)', can(two, one) + dots(bead, 7, C.paper)) +
    group('translate(242 348)rotate(-4)scale(1.06)', can(one, two) + dots(bead.slice(0, 7), 8, C.paper)) +
    opened(480, 494, 1.05) +
    [
      [130, 536],
      [176, 552],
    ]
      .map(
        ([x = 0, y = 0]) =>
          cut(
            poly([
              [x - 22, y - 14],
              [x + 14, y - 20],
              [x + 24, y + 10],
              [x - 14, y + 18],
            ]),
            '#DDE8E2',
            5,
          ) + ink(`M${x - 10} ${y - 6}l16-4`, 4, C.white),
      )
      .join('')
  );
}
