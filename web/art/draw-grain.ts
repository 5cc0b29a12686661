/** Rice, noodles and rice sheets: mì Chũ, bánh đa Kế, bún, gạo. */
import {
  type Brush,
  block,
  C,
  cut,
  dots,
  fill,
  group,
  INK,
  ink,
  round,
  type Stamp,
  scatter,
  shadow,
  stamp,
  texture,
  turned,
  weave,
} from './brush.ts';
import { bowl, chilli, knobbly, leafStamp, pole, riceEar } from './motifs.ts';

/** One skein of mì Chũ: a folded figure of fine strands held by a paper band. */
function skein(colour: string, strand: string, band: string): string {
  const body = 'M-62-112Q-84-150-40-160Q0-168 40-160Q84-150 62-112Q56 0 64 112Q84 150 40 160Q0 168-40 160Q-84 150-64 112Q-54 0-62-112z';
  const lines = Array.from({ length: 6 }, (_, i) => {
    const x = -40 + i * 16;
    return `M${Math.round(x * 1.2)}-128Q${x}-20 ${x} 0T${Math.round(x * 1.2)} 128`;
  }).join('');
  const loops =
    'M-62-120Q-40-156-24-128M-34-132Q-12-166 4-132M-4-134Q18-166 34-130M26-132Q52-158 64-122M-62 124Q-40 156-24 130M-34 134Q-12 166 4 134M-4 134Q18 166 34 130M26 132Q52 158 64 122';
  return (
    block(body, colour, 8) +
    ink(lines, 3.5, strand) +
    ink(loops, 5, INK, 0.8) +
    cut('M-66-32Q0-20 64-32L66 32Q0 44-66 32z', band, 6) +
    ink('M-60-22Q0-10 60-22M-60 24Q0 36 60 24', 4, C.hoe) +
    cut('M-14 6C-14-8-6-12 0-12S14-8 14 6 6 22 0 22-14 18-14 6z', C.coral, 4) +
    cut('M0-12Q6-24 20-20Q16-10 0-12z', C.sprout, 3)
  );
}

/** Bundles lean together like sheaves, or one pair stands behind a bowl ready to eat. */
function skeins(b: Brush, tones: readonly [string, string][], bands: readonly [string, ...string[]]): string {
  const tint = (i: number): [string, string] => tones[i % tones.length] ?? ['#F7EBC6', C.tan];
  const make = (i: number): Stamp => stamp(b, skein(...tint(i), b.pick(bands)));
  const [one, two] = [make(0), make(1)];
  const lean = b.between(-5, 5);
  if (b.next() < 0.4) {
    return (
      shadow(320, 526, 270) +
      one(180, 326, 1.1, -10 + lean) +
      two(310, 306, 1.1, 1 + lean) +
      one(440, 326, 1.1, 12 + lean) +
      noodleBowl(b, tint(b.whole(0, 2)))
    );
  }
  const three = make(2);
  const nest = (x: number, i: number): string => {
    const [colour, strand] = tint(i);
    const coil = 'M-58 0a58 38 0 0 1 116 0a56 36 0 0 1-100 14a40 26 0 0 1 84-16a36 24 0 0 1-64 14';
    return group(`translate(${x} 536)`, cut(round(b, 0, 0, 72, 48), colour, 7) + ink(coil, 4, strand));
  };
  return (
    shadow(320, 524, 270) +
    three(330, 262, 1, 84 + lean) +
    (b.next() < 0.5 ? three(320, 206, 0.94, 92 + lean) : '') +
    one(196, 356, 1.05, -8 + lean) +
    two(330, 368, 1.08, 2 + lean) +
    (tones.length > 3 ? make(3) : one)(462, 356, 1.05, 9 + lean) +
    nest(172, 2) +
    nest(484, tones.length > 3 ? 0 : 1)
  );
}

function noodleBowl(b: Brush, [colour, strand]: [string, string]): string {
  const loops = 'M226 438q14-40 60-30q34-20 62 4q44-14 66 26M250 434q30-34 70-14q40-18 76 16M280 430q34-22 86 4';
  const greens = scatter(b, 320, 424, 70, 12, 8);
  return (
    bowl(
      320,
      436,
      250,
      C.white,
      ink(loops, 17) + ink(loops, 11, colour) + ink(loops, 2.5, strand) + dots(greens, 13, C.leaf) + dots(greens, 5, C.lime),
    ) +
    ink('M352 424L560 330M366 432L574 350', 13) +
    ink('M352 424L560 330M366 432L574 350', 6, C.brick)
  );
}

export const noodles = (b: Brush): string =>
  skeins(
    b,
    [
      ['#F8EDCB', C.tan],
      ['#FBF3DC', '#C9A25E'],
      ['#F3E2B4', C.tan],
    ],
    [C.lychee, C.leaf, C.indigo],
  );

export const noodlesColour = (b: Brush): string =>
  skeins(
    b,
    [
      ['#8A5A8C', '#5E3564'],
      ['#8FAF55', C.leaf],
      ['#E8B04A', C.brick],
      ['#E58F6A', '#A8432E'],
    ],
    [C.paper, C.shell],
  );

export function vermicelli(b: Brush): string {
  const strands = Array.from(
    { length: 30 },
    (_, i) => `M${122 + i * 13.6} 158Q${b.whole(-5, 5) + 122 + i * 13.6} 270 ${118 + i * 13.9} ${b.whole(372, 396)}`,
  ).join('');
  const curtain = 'M112 150H528Q534 270 530 392Q320 408 110 392Q104 270 112 150z';
  const nest =
    ink('M250 404q20-34 70-30q60 0 70 30M262 408q30-26 60-22q44 0 56 20M280 396q40-34 90 8', 6, C.paper) +
    ink('M250 408q40-40 130-4M270 400q50-30 104 8', 2.5, C.tan);
  const leaf = leafStamp(b);
  return (
    shadow(320, 536, 220) +
    ink('M120 120V520M520 120V520', 20) +
    ink('M120 120V520M520 120V520', 11, C.tan) +
    block(curtain, '#EFEBD6', 7) +
    ink(strands, 4.5, C.white) +
    ink(strands, 1.6, '#9A9272') +
    pole(66, 132, 508, 26) +
    ink('M112 150q4-26 20-26M300 128q14-6 30 0M508 126q20 2 20 24', 5, C.paper) +
    group(
      'translate(0 26)',
      bowl(
        320,
        408,
        216,
        C.white,
        group('translate(0 4)', nest + dots(scatter(b, 320, 396, 60, 12, 8), 9, C.sprout) + ink('M286 392l20-8M340 400l22-10', 9, C.coral)),
      ),
    ) +
    leaf(500, 540, 0.9, -20) +
    leaf(120, 540, 0.9, 200)
  );
}

/** Bánh đa Kế: a blistered, warped disc as wide as a tray, black with sesame. */
export function riceCracker(b: Brush): string {
  const sesame = texture(
    b,
    47,
    43,
    fill('M0 0h47v43H0z', '#EBC57C') +
      dots(
        [
          [6, 8],
          [25, 4],
          [40, 16],
          [15, 24],
          [33, 34],
          [4, 38],
        ],
        7,
        C.bark,
      ) +
      dots(
        [
          [30, 20],
          [12, 40],
        ],
        6,
        C.paper,
      ),
    b.whole(5, 40),
  );
  const disc = (r: number): string =>
    block(knobbly(0, 0, r, r * 0.96, 9, 0.045), sesame, 8) +
    scatter(b, 0, 0, r * 0.74, r * 0.72, r > 190 ? 8 : 5)
      .map(
        ([x, y]) =>
          fill(round(b, x, y, r * 0.13, r * 0.11, 0.1), '#F8E3AE') +
          ink(
            `M${Math.round(x - r * 0.1)} ${Math.round(y + r * 0.09)}q${Math.round(r * 0.14)} ${Math.round(r * 0.08)} ${Math.round(r * 0.24)}-${Math.round(r * 0.1)}`,
            4,
            C.brick,
          ),
      )
      .join('') +
    ink(`M${-r * 0.82} ${-r * 0.2}q${r * 0.1} ${-r * 0.4} ${r * 0.42} ${-r * 0.58}`, 8, C.paper, 0.8) +
    ink(`M${r * 0.86} ${r * 0.1}q${-r * 0.06} ${r * 0.4} ${-r * 0.4} ${r * 0.66}`, 9, C.brick, 0.45);
  const piece = block('M-84 30L-70-34Q-20-70 34-62L50-30L84-20L70 40Q0 66-84 30z', sesame, 7) + fill(round(b, -20, 0, 20, 15), '#F8E3AE');
  return (
    shadow(320, 526, 270) +
    group(`translate(404 252)rotate(${b.whole(-20, 20)})`, disc(166)) +
    group(`translate(248 316)rotate(${b.whole(-20, 20)})`, disc(202)) +
    group(`translate(484 492)rotate(${b.whole(-10, 14)})`, piece) +
    dots(
      [
        [110, 544],
        [140, 560],
        [370, 566],
        [396, 552],
        [566, 556],
      ],
      8,
      C.bark,
    )
  );
}

export function ricePaper(b: Brush): string {
  const sheet = stamp(
    b,
    `<path d="${round(b, 0, 0, 92, 90, 0.02)}" fill="#FFFBEE" stroke="${INK}" stroke-width="6" fill-opacity=".86"/>` +
      ink('M-64-30q30-20 60-10M-40 30q40 20 90-10M10-60q30 10 44 34', 3, C.tan, 0.6) +
      dots(scatter(b, 0, 0, 66, 64, 8), 5, C.tan),
  );
  const slats = Array.from({ length: 11 }, (_, i) => `M${86 + i * 47} 96L${64 + i * 52} 470`).join('');
  const rows = Array.from({ length: 8 }, (_, i) => `M${84 - i * 3} ${120 + i * 46}H${560 + i * 4}`).join('');
  const stack = Array.from({ length: 6 }, (_, i) =>
    cut(`M-116 ${-i * 13}a116 34 0 1 0 232 0a116 34 0 1 0-232 0z`, i % 2 ? '#FFFBEE' : C.shell, 5),
  ).join('');
  return (
    shadow(320, 536, 270) +
    fill('M76 92H566L596 480H46z', C.shell, 0.7) +
    ink(slats + rows, 5, C.tan) +
    ink('M76 92H566L596 480H46z', 16) +
    ink('M76 92H566L596 480H46z', 8, C.brick) +
    [
      [170, 180],
      [322, 172],
      [474, 182],
      [152, 356],
      [486, 360],
    ]
      .map(([x = 0, y = 0]) => sheet(x, y, 0.86, b.between(0, 90)))
      .join('') +
    group('translate(326 500)', stack) +
    chilli(150, 540, -14, 0.9)
  );
}

export function rice(b: Brush): string {
  const ear = riceEar(b);
  const sack = turned(320, [
    [70, 196],
    [70, 196],
    [96, 226],
    [136, 270],
    [156, 380],
    [150, 500],
    [120, 520],
    [120, 520],
  ]);
  const heap = 'M392 520Q440 430 486 424Q530 436 580 520Q490 544 392 520z';
  const grains = scatter(b, 486, 488, 66, 34, 20)
    .map(([x, y]) => `M${Math.round(x)} ${Math.round(y)}l${b.whole(4, 9)} ${b.whole(-5, 5)}`)
    .join('');
  return (
    shadow(330, 526, 270) +
    ear(170, 500, 2.1, -30) +
    ear(196, 500, 2.3, -10) +
    ear(150, 508, 1.7, -48) +
    block(sack, weave(b, 18, '#D9BE85', '#EFDDB0'), 9) +
    ink('M236 240Q320 282 404 240', 22) +
    ink('M236 240Q320 282 404 240', 13, C.lychee) +
    ink('M330 262q20 40 10 70M318 262q-24 30-18 64', 8, C.lychee) +
    block('M250 196Q272 168 300 186Q322 160 346 186Q372 168 390 196Q320 222 250 196z', C.shell, 7) +
    fill(round(b, 320, 412, 70, 70), C.paper) +
    ink(round(b, 320, 412, 70, 70), 5, C.leaf) +
    group('translate(296 462)scale(.62)', ink('M0 0Q-6-90 30-130Q60-150 84-104', 8, C.leaf)) +
    dots(
      [
        [302, 410],
        [318, 396],
        [300, 386],
        [324, 376],
        [344, 372],
        [340, 392],
        [312, 428],
      ],
      13,
      C.hoe,
    ) +
    block(heap, C.white, 7) +
    ink(grains, 6, C.tan) +
    ink(grains, 3, C.white) +
    group(
      'translate(470 440)rotate(-30)',
      cut('M-20-10Q30-40 60 0Q30 40-20 10z', C.tan, 6) + ink('M-16 0h-70', 16) + ink('M-16 0h-70', 8, C.tan),
    )
  );
}
