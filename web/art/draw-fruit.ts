/** Fruit of the hill orchards and gardens. */
import { type Brush, block, C, cut, dots, fill, group, INK, ink, loop, type Pt, ring, round, scatter, shadow, stamp } from './brush.ts';
import { knobbly, leafStamp } from './motifs.ts';

export function guava(b: Brush): string {
  const body = loop([
    [-22, -92],
    [30, -92],
    [74, -56],
    [94, 16],
    [72, 78],
    [20, 94],
    [-26, 95],
    [-76, 78],
    [-96, 14],
    [-70, -56],
  ]);
  const whole = stamp(
    b,
    block(body, C.lime) +
      ink('M-56 30q-2-40 26-80M54 20q2-24-10-44M6 60q2-40 0-90', 5, C.sprout) +
      ink('M-70 24q4-32 20-52', 8, C.paper, 0.7) +
      cut('M-20 92l8-14 10 12 12-12 10 14-10 12h-22z', C.clay, 5),
  );
  const pink = b.next() < 0.65;
  const flesh = pink ? '#E88F7E' : '#FBF3D2';
  const half =
    block(body, C.lime) +
    fill(
      loop([
        [-20, -80],
        [26, -80],
        [62, -48],
        [80, 14],
        [60, 66],
        [-8, 80],
        [-66, 64],
        [-82, 12],
        [-60, -48],
      ]),
      flesh,
    ) +
    cut(
      loop([
        [0, -44],
        [38, 8],
        [30, 50],
        [-12, 56],
        [-46, 30],
        [-34, -12],
      ]),
      pink ? C.coral : C.shell,
      3,
    ) +
    dots(scatter(b, -4, 14, 34, 42, 20), 8, C.straw) +
    dots(scatter(b, -4, 14, 30, 36, 12), 4, C.clay);
  const leaf = leafStamp(b, C.leaf, C.lime, 30);
  return (
    shadow(320, 524, 250) +
    leaf(330, 170, 1.7, -18) +
    leaf(318, 172, 1.6, 196) +
    ink('M324 130V190', 12, C.clay) +
    whole(324, 270, 0.98, 4) +
    whole(200, 408, 1.12, -10) +
    group('translate(432 412)scale(1.14)rotate(10)', half) +
    leaf(96, 524, 1.2, -12)
  );
}

export function plum(b: Brush): string {
  const skin = b.pick([C.plum, '#8A2A3C', '#7A2F4E']);
  const fruit = stamp(
    b,
    block(round(b, 0, 0, 66, 63), skin, 7) +
      fill('M-54-8C-50-50-8-62 16-56C-14-40-34-16-40 24C-50 16-54 4-54-8z', '#B98AA0', 0.75) +
      ink('M6-60Q34-10 12 58', 5) +
      dots([[6, -58]], 13),
  );
  const half =
    block(round(b, 0, 0, 66, 62), skin, 7) +
    fill(round(b, -2, -2, 55, 52), '#EBA24A') +
    cut('M-4-30Q26-12 16 16T-8 34Q-28 8-4-30z', C.brick, 5) +
    ink('M-2-16q10 14 4 30', 4, C.bark);
  const leaf = leafStamp(b);
  const spots: readonly Pt[] = [
    [326, 226],
    [230, 320],
    [420, 316],
    [150, 424],
    [322, 414],
  ];
  const stalks = spots
    .slice(0, 3)
    .map(([x, y]) => `M330 110Q${x + 10} ${y - 100} ${x + 6} ${y - 56}`)
    .join('');
  return (
    shadow(320, 508, 240) +
    ink('M170 84Q300 126 480 76', 18) +
    ink('M170 84Q300 126 480 76', 10, C.clay) +
    ink(stalks, 7, C.leaf) +
    leaf(350, 104, 1.6, 20) +
    leaf(290, 108, 1.5, 158) +
    leaf(410, 92, 1.2, -26) +
    spots.map(([x, y]) => fruit(x, y, b.between(1.22, 1.32), b.between(-24, 24))).join('') +
    group(`translate(494 434)scale(1.36)rotate(${b.whole(-10, 20)})`, half)
  );
}

export function custardApple(b: Brush): string {
  const knobs = [-74, -38, 0, 38, 74].flatMap((y, i) => {
    const half = Math.sqrt(100 * 100 - y * y) * 0.92;
    const count = 3 + (i > 0 && i < 4 ? 1 : 0);
    return Array.from({ length: count }, (_, k): Pt => [-half + ((k + 0.5) * 2 * half) / count + (i % 2 ? 6 : -6), y]);
  });
  const fruit = stamp(
    b,
    block(knobbly(0, 0, 108, 104, 13, 0.09), C.sprout) +
      dots(knobs, 44, C.leaf) +
      dots(
        knobs.map(([x, y]): Pt => [x - 2, y - 3]),
        36,
        C.lime,
      ) +
      dots(
        knobs.map(([x, y]): Pt => [x - 7, y - 9]),
        9,
        C.paper,
      ) +
      ink('M0-100q0-24 16-36', 14) +
      ink('M0-100q0-24 16-36', 7, C.clay),
  );
  const half =
    block(knobbly(0, 0, 104, 98, 13, 0.07), C.sprout) +
    fill(round(b, -2, -2, 84, 78), C.white) +
    ink(
      ring(0, 0, 46, 44, 11)
        .map(([x, y]) => `M${Math.round(x * 0.5)} ${Math.round(y * 0.5)}L${Math.round(x * 1.5)} ${Math.round(y * 1.5)}`)
        .join(''),
      4,
      '#D8CFAE',
    ) +
    ring(0, 0, 50, 46, 8, 0.4)
      .map(([x, y]) =>
        group(
          `translate(${Math.round(x)} ${Math.round(y)})rotate(${Math.round((Math.atan2(y, x) * 180) / Math.PI)})`,
          fill('M-14 0Q0-13 16 0Q0 13-14 0z', INK),
        ),
      )
      .join('');
  const leaf = leafStamp(b);
  return (
    shadow(320, 526, 260) +
    leaf(250, 200, 1.6, -30) +
    leaf(240, 196, 1.3, -140) +
    fruit(222, 352, 1.28, b.between(-8, 8)) +
    group(`translate(444 424)rotate(${b.whole(-12, 12)})`, half) +
    leaf(70, 530, 1.2, -10)
  );
}

export function starApple(b: Brush): string {
  const skin = b.pick(['#7C4C6A', '#9BAA4E']);
  const blush = skin === '#9BAA4E' ? '#C98A7A' : C.sprout;
  const fruit = stamp(
    b,
    block(round(b, 0, 0, 104, 102), skin) +
      fill('M-98 14C-92 70-40 104 34 92C-20 84-74 60-98 14z', blush, 0.7) +
      ink('M-76-16q8-36 38-54', 10, C.paper, 0.75) +
      cut('M-16-92Q0-112 18-92Q0-80-16-92z', C.clay, 5),
  );
  const star = ring(0, 0, 40, 40, 8, 0.39);
  const half =
    block(round(b, 0, 0, 106, 104), skin) +
    fill(round(b, -2, -2, 94, 92), '#F7E9DA') +
    fill(round(b, 0, 0, 70, 68), '#FFFDF6') +
    ink(
      ring(0, 0, 64, 62, 8)
        .map(([x, y]) => `M0 0L${Math.round(x)} ${Math.round(y)}`)
        .join(''),
      7,
      '#D9B7C0',
    ) +
    star
      .map(([x, y]) =>
        group(
          `translate(${Math.round(x)} ${Math.round(y)})rotate(${Math.round((Math.atan2(y, x) * 180) / Math.PI)})`,
          fill('M-14 0Q0-11 18 0Q0 11-14 0z', C.bark) + ink('M-6-2h12', 2, C.tan),
        ),
      )
      .join('');
  const leaf = leafStamp(b, C.leaf, C.hoe);
  return (
    shadow(320, 526, 260) +
    leaf(330, 190, 1.7, -26) +
    leaf(320, 190, 1.6, 206) +
    fruit(326, 264, 0.94, 6) +
    fruit(214, 410, 1.06, -12) +
    group('translate(436 414)', half)
  );
}

export function pineapple(b: Brush): string {
  const body = loop([
    [0, -150],
    [74, -128],
    [104, -40],
    [104, 50],
    [72, 128],
    [0, 146],
    [-72, 128],
    [-104, 50],
    [-104, -40],
    [-74, -128],
  ]);
  const rows = Array.from({ length: 6 }, (_, i) => -108 + i * 44);
  const eyes = rows.flatMap((y, i) => {
    const half = 104 * Math.sqrt(Math.max(0.2, 1 - (y / 168) ** 2));
    return Array.from({ length: i % 2 ? 4 : 3 }, (_, k): Pt => [(k - (i % 2 ? 1.5 : 1)) * half * (i % 2 ? 0.47 : 0.58), y]);
  });
  const lines =
    'M-104-60L70 132M-84-118L102 78M-30-148L106-6M30-150L106-70M-106 10L0 146M104-60L-70 132M84-118L-102 78M30-148L-106-6M-30-150L-106-70M106 10L0 146';
  const blade = stamp(b, block('M-22 0Q-26-80 4-146Q30-80 22 0z', C.leaf, 7) + ink('M0-8Q-4-70 4-118', 4, C.lime));
  const crown = [-70, 70, -46, 46, -22, 22, 0].map((t, i) => blade(320 + t * 0.5, 190, 0.85 + i * 0.04, t)).join('');
  const slice =
    block(round(b, 0, 0, 74, 70), C.brick, 7) +
    fill(round(b, -2, -2, 64, 60), '#F0BC3D') +
    ink(
      ring(0, 0, 42, 40, 12)
        .map(([x, y]) => `M${Math.round(x)} ${Math.round(y)}l${Math.round(x * 0.3)} ${Math.round(y * 0.3)}`)
        .join(''),
      4,
      C.brick,
    ) +
    cut(round(b, 0, 0, 18, 17), '#F8DC86', 3);
  return (
    shadow(320, 520, 220) +
    crown +
    group('translate(320 346)', block(body, C.hoe, 9) + ink(lines, 5, C.brick) + dots(eyes, 17, C.clay) + dots(eyes, 8, C.straw)) +
    group('translate(486 470)', slice) +
    (b.next() < 0.5 ? group('translate(150 488)scale(.9)', slice) : '')
  );
}

export function melon(b: Brush): string {
  const skin = b.pick(['#A9B86A', '#D9B64F', '#8FA85E']);
  const net =
    'M-120-20Q-60-70 0-60T120-30M-124 30Q-50-20 20-10T122 20M-100 78Q-40 30 30 46T104 70M-80-96Q-90 0-50 112M-30-120Q-44 0-6 122M30-118Q10 0 44 114M82-92Q60 0 88 84M-50-104q40 40 96 10M-60 100q50-24 110 6';
  const leaf = leafStamp(b, C.leaf, C.lime, 34);
  const slice =
    block('M-120-50Q0 108 120-50Q110 90 0 94Q-110 90-120-50z', skin) +
    fill('M-110-48Q0 100 110-48Q96 66 0 74Q-96 66-110-48z', '#EFA45C') +
    fill('M-88-32Q0 74 88-32Q0 50-88-32z', '#F7CE8C') +
    dots(
      Array.from({ length: 9 }, (_, i): Pt => [-60 + i * 15, -2 + 26 * Math.sin((i / 8) * 3.14)]),
      8,
      C.paper,
    );
  return (
    shadow(320, 526, 260) +
    block(round(b, 270, 340, 150, 152), skin, 9) +
    group('translate(270 340)scale(1.16)', ink(net, 4, C.paper, 0.85)) +
    ink('M150 316q14-60 60-88', 10, C.paper, 0.8) +
    ink('M270 194q-4-40 30-52q20-6 40 6', 20) +
    ink('M270 194q-4-40 30-52q20-6 40 6', 11, C.leaf) +
    leaf(300, 150, 1.6, -24) +
    group(`translate(456 470)rotate(${b.whole(-16, -4)})`, slice)
  );
}
