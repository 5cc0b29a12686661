/** Poultry and cured meats. The rooster is the one every Đông Hồ buyer knows. */
import { type Brush, block, C, cut, dots, fill, group, ink, loop, type Pt, round, scatter, shadow, stamp } from './brush.ts';
import { bowl, chilli, leafParcel, leafStamp, tie } from './motifs.ts';

export function chicken(b: Brush): string {
  const plume = stamp(
    b,
    block('M0 16Q30-110 150-120Q196-112 190-40Q176-84 140-80Q70-70 40 34z', C.indigo, 7) + ink('M20 6Q50-84 140-98', 4, C.mist),
  );
  const body = loop([
    [166, 236],
    [206, 206],
    [236, 250],
    [286, 312],
    [360, 300],
    [430, 262],
    [452, 330],
    [420, 410],
    [340, 452],
    [244, 440],
    [176, 376],
    [160, 300],
  ]);
  const feathers = 'M250 344q24 22 50 0q24 24 50 0q24 22 46-4M262 378q24 22 48 0q24 22 48 0q18 16 34 0M284 408q22 18 44 0q18 16 36 0';
  const wing = 'M250 322Q330 300 420 330Q440 350 420 372Q410 400 370 404Q320 420 280 392Q244 366 250 322z';
  const leg = (x: number): string =>
    ink(`M${x} 440V512M${x - 40} 524Q${x - 20} 508 ${x} 512L${x + 34} 528M${x} 512l4 26M${x} 494l18 8`, 15) +
    ink(`M${x} 440V512M${x - 40} 524Q${x - 20} 508 ${x} 512L${x + 34} 528M${x} 512l4 26M${x} 494l18 8`, 7, C.hoe);
  const tails = [
    [-6, 1.08],
    [22, 0.98],
    [48, 0.86],
    [-34, 0.98],
  ]
    .map(([t = 0, s = 1]) => plume(416, 334, s, t))
    .join('');
  const hackle = 'M170 244l-20 44 26-12-6 40 26-20 2 40 24-24 10 34 16-32 22 14-4-44 20 0-32-50-24-44-40 0z';
  const breast = b.pick([C.coral, C.brick, C.lychee]);
  return (
    shadow(330, 532, 200) +
    group(
      'translate(26 36)scale(.93)',
      leg(280) +
        leg(346) +
        tails +
        block(body, breast, 9) +
        fill('M176 376Q220 420 250 440Q300 452 340 450Q390 430 414 408Q340 440 270 420Q210 396 176 376z', C.hoe) +
        cut(hackle, C.hoe, 7) +
        ink('M184 258l-6 30M208 262l0 36M234 270l10 34M196 226l-2 20M222 232l10 24', 5, C.brick) +
        block(wing, C.leaf, 7) +
        ink(feathers, 5, C.lime) +
        cut('M150 208Q146 158 190 152Q236 156 234 210Q222 244 190 244Q158 240 150 208z', C.hoe, 7) +
        cut(
          'M156 164Q136 140 148 112Q166 122 170 136Q176 104 200 96Q208 118 202 134Q224 112 242 120Q244 146 226 168Q190 140 156 164z',
          C.lychee,
          7,
        ) +
        cut('M152 196L104 210L150 224z', C.hoe, 6) +
        cut('M156 222Q136 250 150 276Q176 270 178 232z', C.lychee, 6) +
        dots([[184, 190]], 26, C.paper) +
        dots([[182, 190]], 13) +
        ink('M166 172q16-12 34-2', 5),
    ) +
    dots(
      [
        [92, 556],
        [128, 544],
        [450, 560],
        [190, 566],
        [530, 548],
      ],
      11,
      C.hoe,
    )
  );
}

/** Giò lụa: leaf-wrapped rolls with their strings, and white rounds cut from one. */
export function ham(b: Brush): string {
  const roll = stamp(
    b,
    leafParcel(
      b,
      [
        [-176, -62],
        [170, -62],
        [176, 62],
        [-170, 62],
      ],
      '#4B7A3A',
      90,
    ) +
      cut('M-176-62q-26 62 6 124q24-62-6-124z', C.leaf, 6) +
      ink('M-128-62q14 62 0 124M-62-62q14 62 0 124M4-62q14 62 0 124M70-62q14 62 0 124M132-62q14 62 0 124M-176-6H176', 10) +
      ink('M-128-62q14 62 0 124M-62-62q14 62 0 124M4-62q14 62 0 124M70-62q14 62 0 124M132-62q14 62 0 124M-176-6H176', 5, C.straw),
  );
  const round1 = stamp(
    b,
    block('M-72-8Q-72-60 0-62Q72-60 72-8V14Q70 64 0 66Q-70 64-72 14z', '#D9A98C', 7) +
      cut(round(b, 0, -4, 70, 58), '#F6DDC8', 5) +
      fill(round(b, 0, -4, 56, 46), '#FBEADB') +
      dots(scatter(b, 0, -4, 44, 34, 9), 5, '#D9A98C'),
  );
  const leaf = leafStamp(b, C.leaf, C.sprout, 32);
  return (
    shadow(320, 526, 270) +
    leaf(120, 330, 2.6, -28) +
    leaf(500, 330, 2.2, 212) +
    roll(330, 262, 1.02, -8) +
    roll(300, 380, 1.06, 4) +
    round1(210, 496, 1) +
    round1(316, 510, 1.02) +
    round1(424, 500, 1) +
    chilli(500, 536, -12, 0.9)
  );
}

export function sausage(b: Brush): string {
  const link = stamp(
    b,
    block('M-30-96Q-44-20-30 60Q-20 104 10 98Q40 88 34 30Q24-30 36-92Q30-116 0-112Q-26-112-30-96z', C.lychee, 8) +
      dots(scatter(b, 0, -6, 22, 84, 15), 7, C.rose) +
      ink('M-16-80Q-26-30-18 20', 6, C.rose, 0.9) +
      ink('M2-110q-2-16 4-28M8 98q4 12 0 20', 7),
  );
  const slice = stamp(
    b,
    block(round(b, 0, 0, 42, 30), C.lychee, 6) + fill(round(b, -1, -2, 34, 23), C.coral) + dots(scatter(b, 0, -1, 24, 16, 9), 8, C.paper),
  );
  const hang: [number, number, number][] = [
    [150, 270, 6],
    [236, 290, -4],
    [322, 274, 3],
    [408, 292, -5],
    [494, 270, 4],
  ];
  return (
    ink('M70 108H570', 26) +
    ink('M70 108H570', 15, C.tan) +
    ink('M150 108v20M150 128V140M236 108V160M322 108V140M408 108V160M494 108V140', 6, C.clay) +
    hang.map(([x, y, t]) => link(x, y, 1.08, t + b.between(-3, 3))).join('') +
    shadow(320, 556, 230) +
    cut('M110 500Q320 454 530 500Q500 556 320 560Q140 556 110 500z', C.white, 7) +
    ink('M134 510Q320 476 506 510', 4, C.indigo) +
    [200, 266, 332, 398, 450].map((x, i) => slice(x, 496 + (i % 2) * 14, 1.08, b.between(-12, 12))).join('') +
    slice(300, 474, 1.05) +
    slice(366, 472, 1.05)
  );
}

/** Nem Bùi: shredded pork in toasted rice powder, wrapped with fig leaves in banana leaf. */
export function springRollMeat(b: Brush): string {
  const parcel = stamp(
    b,
    leafParcel(
      b,
      [
        [-84, -50],
        [78, -56],
        [88, 48],
        [-78, 58],
      ],
      '#5E8A44',
      82,
    ) +
      cut('M-84-50L-20-14L-78 58z', C.leaf, 5) +
      cut('M78-56L24-8L88 48z', C.leaf, 5) +
      tie(0, -4, 172, C.straw, 8) +
      ink('M-6-54L4 52', 14) +
      ink('M-6-54L4 52', 7, C.straw),
  );
  const shreds = Array.from(
    { length: 16 },
    () => `M${b.whole(-90, 70)} ${b.whole(-30, 22)}q${b.whole(8, 14)} ${b.whole(-12, 12)} ${b.whole(20, 34)} ${b.whole(-8, 8)}`,
  ).join('');
  const mound =
    block('M-118 20Q-110-50-30-58Q60-64 110-20Q130 20 104 34Q0 54-118 20z', C.tan, 7) +
    ink(shreds, 9, C.rose) +
    ink(shreds, 3, C.paper) +
    dots(scatter(b, 0, 0, 90, 34, 20), 5, C.hoe);
  const fig = leafStamp(b, C.sprout, C.paper, 34);
  return (
    shadow(320, 546, 280) +
    parcel(240, 226, 1.06, -6) +
    parcel(410, 230, 1.06, 7) +
    parcel(322, 160, 1, 2) +
    parcel(140, 350, 1.08, -9) +
    parcel(502, 352, 1.08, 8) +
    parcel(320, 352, 1.24, 2) +
    cut('M60 470L250 400L590 440L520 570L190 580z', C.leaf, 8) +
    ink('M80 474L520 560M250 410L210 570M340 420L330 570M440 430L450 560', 4, C.sprout) +
    fig(180, 480, 1.1, 200) +
    fig(170, 500, 1.2, 160) +
    group('translate(330 488)scale(1.2)', mound) +
    chilli(452, 534, -20, 0.9) +
    cut(round(b, 240, 552, 16, 13), C.white, 4) +
    cut(round(b, 276, 560, 14, 12), C.white, 4)
  );
}

/** Tương and dipping sauces: the glazed jar, its cloth lid, soybeans and a bowl. */
export function jarSauce(b: Brush): string {
  const glaze = b.pick([C.clay, '#7C4424', '#5B4630']);
  const jar = loop([
    [190, 250],
    [190, 250],
    [174, 266],
    [120, 350],
    [128, 450],
    [196, 520],
    [196, 520],
    [386, 520],
    [386, 520],
    [452, 450],
    [460, 350],
    [406, 266],
    [390, 250],
    [390, 250],
  ]);
  const bean = stamp(b, cut('M-15 2Q-16-13 0-14Q17-12 15 4Q12 14 0 14T-15 2z', C.hoe, 4) + ink('M-4-4q6-4 10 2', 2.5, C.brick));
  const beans: Pt[] = [
    [96, 540],
    [130, 526],
    [152, 550],
    [118, 560],
    [186, 556],
    [70, 556],
    [540, 556],
    [566, 542],
  ];
  return (
    shadow(310, 526, 260) +
    block(jar, glaze, 9) +
    fill('M132 330Q120 420 160 480Q190 420 170 350Q160 320 132 330z', C.tan, 0.45) +
    fill(
      'M196 250h190Q420 300 440 336Q410 312 396 352Q376 310 352 336Q330 300 306 340Q280 306 260 344Q236 310 216 336Q190 308 168 350Q150 320 138 326Q160 284 196 250z',
      C.bark,
    ) +
    ink('M128 400Q290 440 456 400', 5, C.bark) +
    cut(
      'M150 196Q290 158 430 196L446 262Q428 250 414 272Q392 252 374 276Q350 254 330 280Q308 256 288 280Q266 256 246 276Q226 254 204 272Q188 252 136 262z',
      b.pick([C.lychee, C.indigo, C.leaf]),
      8,
    ) +
    ink('M158 226Q290 250 424 226', 20) +
    ink('M158 226Q290 250 424 226', 12, C.straw) +
    ink('M300 240q30 30 18 66M290 240q-22 24-20 56', 7, C.straw) +
    dots(
      [
        [214, 200],
        [290, 190],
        [364, 200],
      ],
      11,
      C.paper,
    ) +
    bowl(
      478,
      452,
      176,
      C.white,
      fill('M398 450a80 17 0 1 0 160 0a80 17 0 1 0-160 0z', '#A5622B') +
        [
          [450, 448],
          [490, 454],
          [520, 446],
        ]
          .map(([x = 0, y = 0]) => bean(x, y, 0.8))
          .join(''),
    ) +
    beans.map(([x, y]) => bean(x, y, 1.1, b.between(-60, 60))).join('') +
    chilli(270, 558, -6, 0.9)
  );
}
