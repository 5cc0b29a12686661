/** Field and garden: shoots, roots, pickles. */
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
  loop,
  type Pt,
  ring,
  round,
  scatter,
  shadow,
  stamp,
  stroke,
  weave,
} from './brush.ts';
import { chilli, glassJar, leafStamp } from './motifs.ts';

export function bambooShoot(b: Brush): string {
  const sheath = (y: number, w: number, h: number, colour: string): string =>
    block(`M${-w} ${y}Q${-w * 0.9} ${y - h * 0.7} 0 ${y - h}Q${w * 0.9} ${y - h * 0.7} ${w} ${y}Q0 ${y + 34} ${-w} ${y}z`, colour, 7) +
    ink(
      `M${-w * 0.5} ${y + 4}Q${-w * 0.4} ${y - h * 0.4} ${-6} ${y - h * 0.8}M${w * 0.1} ${y + 10}V${y - h * 0.6}M${w * 0.6} ${y + 2}Q${w * 0.5} ${y - h * 0.4} 14 ${y - h * 0.72}`,
      3,
      C.clay,
      0.7,
    );
  const shoot = stamp(
    b,
    block('M-78 0Q-60-70-40-130H40Q64-70 78 0Q0 36-78 0z', C.straw, 8) +
      sheath(-20, 74, 120, C.tan) +
      sheath(-84, 60, 116, C.brick) +
      sheath(-144, 42, 104, C.tan) +
      block('M-22-206Q-10-240 4-286Q14-240 22-204Q0-190-22-206z', C.sprout, 6) +
      dots(
        [
          [-60, -2],
          [-40, 8],
          [-18, 12],
          [6, 13],
          [28, 10],
          [50, 4],
        ],
        8,
        C.plum,
      ),
  );
  const slice =
    block('M-70 30Q-64-50 0-92Q64-50 70 30Q0 56-70 30z', '#F6E9B8', 7) +
    ink('M-50 22Q0 38 50 22M-44-2Q0 14 44-2M-34-26Q0-12 34-26M-20-50Q0-40 20-50', 5, C.hoe) +
    ink('M0-70V34', 3, C.tan);
  const leaf = leafStamp(b, C.leaf, C.lime, 14);
  return (
    shadow(320, 524, 250) +
    ink('M96 500V60M552 500V96', 42) +
    ink('M96 500V60M552 500V96', 32, C.sprout) +
    ink('M78 180h36M78 330h36M534 220h36M534 370h36', 6) +
    ink('M86 80V170M86 200V310M542 120V206M542 240V350', 5, C.lime) +
    leaf(104, 178, 1, -30) +
    leaf(112, 176, 0.9, 12) +
    leaf(540, 218, 1, 200) +
    leaf(540, 220, 0.9, 160) +
    leaf(90, 326, 0.8, -150) +
    shoot(226, 494, 1.16, -9) +
    shoot(372, 500, 1.3, 6) +
    group('translate(508 494)rotate(12)', slice) +
    leaf(92, 536, 1.1, -14) +
    leaf(100, 536, 0.9, 20)
  );
}

export function pickles(b: Brush): string {
  const cucumber = stamp(
    b,
    block('M-70-8Q-40-34 20-26Q70-20 74 2Q60 28 4 24Q-56 20-70-8z', C.sprout, 6) +
      ink('M-50-8Q0-16 54-4M-40 6Q0 4 50 10', 4, C.lime) +
      dots(
        [
          [-30, -16],
          [10, -18],
          [40, 12],
          [-10, 14],
        ],
        6,
        C.leaf,
      ),
  );
  const carrot = stamp(b, block(round(b, 0, 0, 26, 24), '#E2872B', 5) + ink('M-12 0L12 0M0-12V12', 4, C.straw));
  const bulb = stamp(
    b,
    block('M-26 8Q-30-16-6-24L0-40L8-24Q30-16 26 8Q14 28 0 28T-26 8z', C.paper, 5) + ink('M-8-14q-8 18 0 36M8-14q8 18 0 36', 3, C.rose),
  );
  const spots: Pt[] = [
    [240, 474],
    [330, 480],
    [410, 468],
    [262, 424],
    [366, 428],
    [230, 372],
    [310, 372],
    [404, 376],
    [260, 318],
    [350, 322],
    [420, 324],
    [300, 274],
    [380, 278],
  ];
  const parts = [cucumber, bulb, carrot, cucumber, bulb] as const;
  const inside =
    fill(box(170, 250, 300, 300), '#E4D98F') +
    spots.map(([x, y], i) => (parts[(i + b.whole(0, 1)) % 5] ?? bulb)(x, y, 0.94, b.between(-34, 34))).join('');
  return (
    shadow(320, 524, 240) +
    glassJar(b, 318, 520, 272, 330, inside, C.brick) +
    cut('M206 222Q318 254 430 222L436 246Q318 280 200 246z', C.straw, 5) +
    ink('M430 234q34 10 30 48', 6, C.tan) +
    chilli(440, 530, -8, 1.1) +
    bulb(160, 500, 1.5, -12) +
    bulb(96, 520, 1.2, 20)
  );
}

export function potato(b: Brush): string {
  const skin = b.pick(['#D9AE62', '#D3A35C']);
  const spud = stamp(
    b,
    block(
      loop([
        [-70, -20],
        [-30, -54],
        [34, -46],
        [80, -10],
        [66, 38],
        [6, 52],
        [-56, 40],
      ]),
      skin,
      7,
    ) +
      ink('M-40-14q10 8 20 0M10-24q10 8 18-2M24 16q10 8 20 0M-30 22q8 6 16 0', 5, C.brick) +
      dots(
        [
          [-10, 4],
          [50, -8],
          [4, 34],
          [-52, 8],
        ],
        5,
        C.brick,
      ) +
      ink('M-52-18q14-22 40-26', 7, C.paper, 0.7),
  );
  const sliced =
    block(round(b, 0, 0, 66, 48), skin, 7) +
    fill(round(b, -2, -2, 56, 39), '#F6DE8F') +
    ink('M-34-6q20-20 60-10M-28 12q30 14 56-4', 4, C.hoe, 0.8);
  const sack =
    block(
      'M150 512Q120 420 168 330Q146 300 170 282Q320 250 470 282Q494 300 472 330Q520 420 490 512Q320 548 150 512z',
      weave(b, 22, '#B98D52', '#D8B77C'),
    ) +
    cut('M168 330Q146 300 170 282Q320 320 470 282Q494 300 472 330Q320 372 168 330z', C.straw, 7) +
    ink('M186 318Q320 350 454 318', 4, C.tan);
  return (
    shadow(320, 524, 260) +
    spud(230, 262, 1, 10) +
    spud(330, 236, 1.06, -16) +
    spud(424, 266, 1, 24) +
    spud(286, 286, 0.94, -8) +
    spud(376, 292, 0.9, 4) +
    sack +
    ink('M240 420q80 36 160 0', 9, C.leaf) +
    dots(ring(320, 414, 30, 20, 5), 18, C.leaf) +
    spud(130, 530, 0.95, -12) +
    group(`translate(512 530)rotate(${b.whole(-14, 10)})`, sliced) +
    spud(400, 556, 0.66, 20)
  );
}

export function carrot(b: Brush): string {
  const root = stamp(
    b,
    block('M-48 0Q-50-30 0-36Q50-30 48 0Q36 110 4 222Q-30 120-48 0z', '#E07A2B', 8) +
      ink('M-40 22q20 8 34 2M40 44q-16 10-30 4M-28 84q14 8 26 2M26 112q-12 8-22 4M-12 150q8 6 16 2', 5, C.brick) +
      ink('M-30 0q-2 40 10 80', 7, '#F5B272'),
  );
  const frond = stamp(
    b,
    ink('M0 0Q-6-80 6-176', 8, C.leaf) +
      ink(
        'M0-44q-30-12-40-44M0-44q30-10 42-40M0-88q-28-10-36-38M2-88q26-8 38-34M2-128q-20-8-26-30M4-128q20-6 28-26M-22-64q-14 2-24-8M22-62q14 2 26-8M-18-106q-12 2-22-6M22-106q12 2 22-8',
        8,
        C.leaf,
      ) +
      ink('M0-30Q-4-90 6-160', 3, C.lime),
  );
  const coin = stamp(
    b,
    block(round(b, 0, 0, 44, 38), '#E07A2B', 6) +
      fill(round(b, -2, -2, 24, 20), '#F3A34C') +
      ink('M-2-26v8M18-14l-8 6M-20-14l8 6M-16 16l8-8M14 16l-8-8', 4, '#F5C27E'),
  );
  return (
    shadow(320, 530, 230) +
    [-44, -26, -10, 8, 24, 42].map((t) => frond(320 + t, 260, 1.02, t)).join('') +
    root(196, 288, 1, 20) +
    root(446, 288, 1, -20) +
    root(262, 282, 1.06, 9) +
    root(386, 282, 1.06, -8) +
    root(322, 288, 1.12, 0) +
    ink('M216 256Q320 288 424 256', 26) +
    ink('M216 256Q320 288 424 256M240 254Q320 280 400 252', 15, C.straw) +
    coin(120, 526, 1, -8) +
    coin(532, 528, 1.05, 10)
  );
}

export function garlic(b: Brush): string {
  const bulb = stamp(
    b,
    block('M-12-120Q-8-76-26-58Q-90-30-84 34Q-74 78 0 80Q74 78 84 34Q90-30 26-58Q8-76 14-122Q0-134-12-120z', '#FBF1E2', 8) +
      ink('M-14-56Q-60 0-34 74M14-56Q60 0 34 74M0-60V78', 4, '#B98A9A') +
      fill('M-70 20Q-64-20-34-40Q-56 4-52 58Q-68 48-70 20z', '#D9B3C0', 0.8) +
      ink('M-26 80q-4 10-12 14M-8 82v14M10 82q2 10 8 14', 4, C.clay),
  );
  const clove = stamp(b, block('M-34 20Q-36-24 14-52Q36-10 32 24Q0 44-34 20z', '#F3DCD8', 6) + ink('M-16 18Q-14-12 12-38', 4, '#B98A9A'));
  const braid = Array.from(
    { length: 5 },
    (_, i) =>
      cut(`M${296 + (i % 2) * 12} ${96 + i * 30}q${i % 2 ? -14 : 34} ${i % 2 ? 34 : 20} ${i % 2 ? 30 : 10} 52`, 'none', 26) +
      ink(`M${296 + (i % 2) * 12} ${96 + i * 30}q${i % 2 ? -14 : 34} ${i % 2 ? 34 : 20} ${i % 2 ? 30 : 10} 52`, 16, C.straw),
  ).join('');
  return (
    shadow(320, 528, 250) +
    ink('M316 40v60', 9, C.brick) +
    braid +
    bulb(226, 268, 0.92, 34) +
    bulb(416, 268, 0.92, -34) +
    bulb(320, 330, 1.08, 0) +
    bulb(196, 428, 1.04, 16) +
    bulb(440, 430, 1.04, -14) +
    clove(302, 498, 1, -20) +
    clove(372, 506, 0.9, 40) +
    clove(120, 534, 0.8, -60)
  );
}

export function loofah(b: Brush): string {
  const net = stroke([
    [-60, -150],
    [0, -120],
    [60, -150],
  ]);
  const mesh = [-100, -60, -20, 20, 60, 100].map((y) => `M-58 ${y}q28 30 58 0t58 0M-58 ${y + 22}q28-30 58 0t58 0`).join('');
  const sponge = stamp(
    b,
    block('M-54-150Q0-172 56-150Q70-60 60 30Q62 100 50 148Q0 166-52 148Q-66 60-58-30Q-64-100-54-150z', '#E6CC8C', 8) +
      ink(mesh, 4, C.tan) +
      ink(mesh, 2, C.paper) +
      ink('M-20-140Q-28 0-18 142M22-140Q30 0 20 142', 4, C.brick, 0.6) +
      ink(net, 3, C.tan),
  );
  const slice =
    block(round(b, 0, 0, 78, 74), '#E6CC8C', 7) +
    dots(scatter(b, 0, 0, 56, 54, 26), 8, C.tan) +
    ring(0, 0, 32, 30, 3, 0.5)
      .map(([x, y]) => cut(round(b, x, y, 17, 17, 0.1), C.clay, 4))
      .join('');
  const gourd =
    block('M-120 10Q-110-30-40-30Q60-30 120-4Q128 26 60 34Q-60 46-120 10z', C.sprout, 7) +
    ink('M-100 4Q0-26 108 2M-100 12Q0 6 106 12M-80 22Q0 30 80 22', 4, C.leaf) +
    ink('M-118 6q-24-6-34-26', 10, C.leaf);
  const flower =
    ring(0, 0, 24, 22, 5, 0.3)
      .map(([x, y]) => cut(round(b, x, y, 20, 19), C.hoe, 5))
      .join('') +
    dots([[0, 0]], 22, C.straw) +
    dots(ring(0, 0, 7, 7, 5), 4, C.brick);
  return (
    shadow(320, 530, 260) +
    ink('M270 60q-44 40 0 70q36-20 0-70', 6, C.lychee) +
    sponge(270, 300, 1.16, b.between(-8, 4)) +
    sponge(410, 352, 0.92, 14) +
    group('translate(490 494)', slice) +
    group('translate(200 520)rotate(-6)', gourd) +
    group('translate(84 470)', flower)
  );
}
