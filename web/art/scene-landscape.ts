/** The parts of the hero landscape: orchards, gate, kiln, river, boat. */
import { type Brush, C, cut, dots, fill, group, ink, round, type Stamp, scatter, stamp } from './brush.ts';
import { knobbly, leafStamp } from './motifs.ts';

export const cloud = (x: number, y: number, s: number, colour: string): string =>
  group(
    `translate(${x} ${y})scale(${s})`,
    cut('M0 44c-36 0-38-46 0-46 4-46 66-50 80-14 30-22 72 6 54 34 38-6 42 26 12 26z', colour, 5) +
      ink('M22 24c-16-16 4-34 16-22M76 24c-22-18 2-46 24-28 12 12-4 28-14 16', 5, C.tan),
  );

/** Lychee tree in fruit. */
export function treeStamp(b: Brush): Stamp {
  return stamp(
    b,
    ink('M0 0V60M0 34l-16-16', 11, C.clay) +
      cut(knobbly(0, -6, 56, 44, 9, 0.09), C.leaf, 7) +
      ink('M-34-14q10-14 24-8M-2-30q14-8 24 4M10 6q14-6 24 4M-26 14q12-8 22 0', 5, C.sprout) +
      dots(
        [
          [-36, 4],
          [-18, -22],
          [4, -8],
          [26, -20],
          [38, 2],
          [-8, 18],
          [18, 22],
          [-24, 24],
        ],
        13,
        C.coral,
      ),
  );
}

export const hills = (tree: Stamp): string =>
  fill(
    'M0 330C90 230 190 220 290 270C380 180 500 190 600 262C700 190 820 176 940 256C1040 190 1180 186 1280 250Q1370 220 1440 270V460H0z',
    '#B8CBB4',
  ) +
  cut('M-20 400C60 250 230 220 360 330C430 290 500 300 560 360V460H-20z', C.sprout, 6) +
  ink('M20 380Q150 250 300 322M60 410Q180 310 320 370M360 372q60-40 130-6', 5, C.leaf) +
  cut('M900 400C980 290 1090 250 1200 300Q1330 250 1470 360V470H900z', '#93AC4F', 6) +
  ink('M980 384q100-90 200-50M1200 340q100-40 220 20', 5, C.leaf) +
  [
    [70, 300, 0.9],
    [160, 258, 1],
    [262, 268, 0.95],
    [350, 318, 0.9],
    [110, 372, 1.2],
    [236, 356, 1.2],
    [1150, 262, 0.85],
    [1250, 268, 0.95],
    [1350, 284, 1],
    [1420, 350, 1.2],
  ]
    .map(([x = 0, y = 0, s]) => tree(x, y, s))
    .join('');

/** Cổng làng: a brick gate with a two-tiered curling roof. */
export function gate(): string {
  const roof = (y: number, w: number, h: number): string =>
    cut(
      `M${-w} ${y}Q${-w - 26} ${y - 6} ${-w - 34} ${y - 30}Q${-w * 0.8} ${y - 14} ${-w * 0.62} ${y - h}H${w * 0.62}Q${w * 0.8} ${y - 14} ${w + 34} ${y - 30}Q${w + 26} ${y - 6} ${w} ${y}z`,
      C.brick,
      7,
    ) +
    ink(
      Array.from(
        { length: 9 },
        (_, i) => `M${Math.round(-w * 0.56 + (i * w * 1.12) / 8)} ${y - h + 8}L${Math.round(-w * 0.84 + (i * w * 1.68) / 8)} ${y - 6}`,
      ).join(''),
      4,
      '#7A3518',
    ) +
    ink(`M${-w * 0.62} ${y - h}H${w * 0.62}`, 11, C.clay);
  return group(
    'translate(720 424)',
    cut('M-128 0V-150H-84V0zM84 0V-150H128V0z', C.straw, 7) +
      cut('M-92 0V-196H92V0H52V-70Q48-126 0-130Q-48-126-52-70V0z', '#F0D9A4', 7) +
      fill('M-48 0V-70Q-44-122 0-126Q44-122 48-70V0z', '#D98F5A') +
      fill('M-48 0Q-20-60 0-62T48 0z', C.straw) +
      ink('M-52 0V-70Q-48-126 0-130Q48-126 52-70V0', 7) +
      cut('M-46-184H46V-150H-46z', C.lychee, 5) +
      dots(
        [
          [-26, -167],
          [0, -167],
          [26, -167],
        ],
        14,
        C.hoe,
      ) +
      ink(
        'M-116-120h20M-116-90h20M-116-60h20M-116-30h20M96-120h20M96-90h20M96-60h20M96-30h20M-78-40h16M-78-90h16M62-40h16M62-90h16',
        5,
        C.tan,
      ) +
      roof(-196, 116, 44) +
      cut('M-56-240V-268H56V-240z', '#F0D9A4', 6) +
      ink('M-30-254h60', 6, C.indigo) +
      roof(-268, 74, 40) +
      ink('M-20-310q20-26 40 0M0-322v-14', 7, C.brick) +
      dots(
        [
          [-106, -160],
          [106, -160],
        ],
        26,
        C.brick,
      ),
  );
}

/** Phù Lãng's climbing kiln, its smoke, and the jars waiting outside. */
export function kiln(b: Brush): string {
  const jar = stamp(
    b,
    cut('M-16-40H16L14-30Q38-16 34 12Q28 34 16 40H-16Q-28 34-34 12Q-38-16-14-30z', C.clay, 6) +
      ink('M-32-4Q0 10 32-4M-32 8Q0 22 32 8', 4, C.hoe) +
      ink('M-18-38H18', 6, C.bark),
  );
  const arch = (x: number, y: number, s: number): string =>
    group(
      `translate(${x} ${y})scale(${s})`,
      cut('M-24 30V-4Q-22-32 0-34Q22-32 24-4V30z', C.bark, 6) +
        fill('M-14 30Q-14-2 0-18Q16 0 14 30z', C.hoe) +
        fill('M-8 30Q-6 8 2 0Q10 12 8 30z', C.coral),
    );
  return (
    ink('M1136 208C1100 170 1170 150 1138 112C1110 84 1150 60 1190 70', 30, '#D9C9A8') +
    ink('M1136 208C1100 170 1170 150 1138 112C1110 84 1150 60 1190 70M1120 196q-14-30 10-46', 5, C.clay) +
    cut('M1112 290L1120 196H1154L1162 290z', C.brick, 7) +
    ink('M1118 226h38M1116 254h42', 4, '#7A3518') +
    cut('M890 430Q888 356 950 344Q966 300 1030 302Q1054 262 1120 268Q1190 274 1196 340L1204 430z', C.brick, 8) +
    ink('M950 344Q978 360 976 430M1030 302Q1066 326 1066 430', 6) +
    ink('M900 390h40M906 370h26M990 340h40M984 320h30M1080 300h50M1090 320h70M1010 400h30M1110 400h60', 4, '#7A3518') +
    arch(926, 400, 1) +
    arch(1020, 394, 1.05) +
    arch(1124, 384, 1.2) +
    jar(862, 420, 0.9) +
    jar(902, 446, 1.05) +
    jar(966, 450, 0.95) +
    jar(1020, 448, 1.1) +
    jar(1078, 452, 0.9) +
    jar(992, 420, 0.6)
  );
}

/** The boat on the Cầu river: a rower and two quan họ singers, one with a nón quai thao, one with an umbrella. */
export function boat(b: Brush): string {
  const lady = (x: number, coat: string, sash: string, inner: string): string =>
    group(
      `translate(${x} 0)`,
      cut('M-14-92Q-30-60-34 0H36Q30-60 14-92Q0-100-14-92z', coat, 6) +
        fill('M-8-92L0-56L8-92L4-98H-4z', inner) +
        ink('M-20-54Q0-46 20-54M6-50Q14-20 8 0M-4-50q-4 30 0 48', 7, sash) +
        cut(round(b, 0, -112, 17, 18), '#F3D3AE', 5) +
        ink('M-17-114Q-14-136 0-134T17-114', 10) +
        ink('M-7-112h.1M7-112h.1', 4) +
        ink('M-4-103q4 3 8 0', 3, C.lychee),
    );
  return group(
    'translate(706 500)',
    ink('M-210 34Q0 62 220 30', 14, C.indigo, 0.35) +
      lady(-30, C.lychee, C.sprout, C.hoe) +
      cut('M-82-134a52 13 0 1 0 104 0a52 13 0 1 0-104 0z', C.straw, 5) +
      ink('M-74-126q-6 30 0 54M14-126q6 30 0 54', 5, C.coral) +
      dots(
        [
          [-74, -70],
          [14, -70],
        ],
        11,
        C.coral,
      ) +
      lady(56, C.clay, C.hoe, C.rose) +
      ink('M78-30Q104-80 100-128', 6, C.bark) +
      cut('M30-128Q40-190 100-194Q160-188 170-128Q152-142 136-130Q118-144 100-130Q82-144 66-130Q46-142 30-128z', C.indigo, 6) +
      ink('M100-194V-132M100-194Q72-176 66-132M100-194Q130-176 136-132', 3, C.mist) +
      group(
        'translate(-146 -4)',
        cut('M-14-66Q-28-36-26 0H24Q26-40 12-66z', C.indigo, 6) +
          cut(round(b, 0, -82, 16, 16), '#F3D3AE', 5) +
          cut('M-36-92L0-122L36-92Q0-82-36-92z', C.straw, 5) +
          dots(
            [
              [-12, -78],
              [0, -78],
            ],
            4,
          ) +
          ink('M12-50L-44-20', 12, C.indigo) +
          ink('M-20-62L-78 52', 6, C.tan),
      ) +
      cut('M-214-26Q-190-10-150-6H150Q196-10 222-34Q212 22 150 34H-146Q-200 24-214-26z', C.clay, 8) +
      ink('M-186 4H190M-160 20H160', 4, C.tan) +
      dots(
        [
          [124, -14],
          [144, -12],
          [164, -14],
          [134, -28],
          [154, -28],
        ],
        27,
      ) +
      dots(
        [
          [124, -14],
          [144, -12],
          [164, -14],
          [134, -28],
          [154, -28],
        ],
        21,
        C.coral,
      ) +
      cut('M106-10H184L176 8H114z', C.straw, 5),
  );
}

export function river(): string {
  const wave = (x: number, y: number, n: number): string => `M${x} ${y}${'q20-18 40 0t40 0'.repeat(n)}`;
  return (
    cut('M-20 446Q200 420 420 440T860 448Q1100 470 1460 436V580H-20z', '#86AEB2', 7) +
    fill('M-20 500Q360 470 760 500T1460 486V580H-20z', '#5F8A99') +
    ink(
      wave(40, 476, 3) +
        wave(330, 470, 1) +
        wave(960, 486, 2) +
        wave(1200, 470, 2) +
        wave(120, 536, 2) +
        wave(420, 548, 3) +
        wave(880, 544, 2) +
        wave(1120, 530, 3),
      5,
      C.paper,
      0.85,
    )
  );
}

export function lotusPond(b: Brush): string {
  const bloom = stamp(
    b,
    cut('M-40 8Q-50-20-24-24Q-22-46 0-56Q22-46 24-24Q50-20 40 8Q0 34-40 8z', C.rose, 6) + ink('M-24-24Q-22 6 0 24Q22 6 24-24', 4, C.lychee),
  );
  const pad = stamp(
    b,
    cut('M-60 0Q-50-20 0-22Q54-20 60 0Q50 20 0 22L6 2L-20 20Q-52 16-60 0z', C.leaf, 6) + ink('M4 0h44M4-4L30-16M-6-4L-36-12', 3, C.lime),
  );
  return (
    pad(330, 530) +
    pad(240, 548, 1.1) +
    pad(1130, 540, 1.1) +
    pad(1230, 556, 1, 0, true) +
    bloom(300, 500, 0.9) +
    bloom(1190, 524, 1) +
    bloom(212, 534, 0.7)
  );
}

/** A fruiting branch reaching in from one corner frames the view and names the market's first product. */
export function lycheeBranch(b: Brush): string {
  const fruit = stamp(
    b,
    cut(knobbly(0, 0, 34, 36, 13, 0.05), C.lychee, 6) +
      dots(scatter(b, 4, 4, 24, 26, 14), 5, '#7E1520') +
      dots(
        [
          [-12, -16],
          [-2, -20],
          [-18, -6],
        ],
        6,
        C.rose,
      ),
  );
  const leaf = leafStamp(b);
  return (
    ink('M-20 20Q130 40 240 30T400 66', 18) +
    ink('M-20 20Q130 40 240 30T400 66', 10, C.brick) +
    ink('M150 36Q160 80 140 110M150 36Q200 80 196 120M300 36Q310 70 300 96', 6) +
    leaf(120, 30, 1.2, 150) +
    leaf(230, 30, 1.3, 40) +
    leaf(180, 34, 1.2, 100) +
    leaf(330, 46, 1.2, -24) +
    leaf(390, 62, 1.1, 30) +
    leaf(60, 24, 1.3, 60) +
    leaf(300, 44, 1, 130) +
    [
      [110, 130],
      [164, 116],
      [216, 140],
      [140, 176],
      [192, 188],
      [300, 118],
    ]
      .map(([x = 0, y = 0], i) => fruit(x, y, 1, i * 40))
      .join('')
  );
}

export function bamboo(b: Brush): string {
  const blade = leafStamp(b, C.sprout, C.leaf, 12);
  return (
    ink('M1400 460Q1380 240 1420 40M1350 462Q1346 300 1310 150M1440 460Q1430 330 1436 200', 20) +
    ink('M1400 460Q1380 240 1420 40M1350 462Q1346 300 1310 150M1440 460Q1430 330 1436 200', 11, C.sprout) +
    ink('M1384 360h20M1384 260h20M1394 150h18M1338 360h18M1330 250h18', 5) +
    [
      [1396, 240, 160],
      [1400, 140, 200],
      [1410, 90, 150],
      [1330, 260, 170],
      [1316, 180, 130],
      [1310, 152, 200],
      [1312, 152, 260],
      [1420, 44, 170],
      [1400, 180, 20],
    ]
      .map(([x = 0, y = 0, t]) => blade(x, y, 0.9, t))
      .join('')
  );
}
