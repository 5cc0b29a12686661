/** Medicinal things: roots, fungus, balms, and the incense villages. */
import {
  type Brush,
  block,
  box,
  C,
  cut,
  dots,
  fill,
  group,
  INK,
  ink,
  loop,
  ring,
  round,
  scatter,
  shadow,
  stamp,
  turned,
  within,
} from './brush.ts';
import { blossomStamp, bowl, label, leafStamp, steam } from './motifs.ts';

export function cordyceps(b: Brush): string {
  const finger = (x: number, foot: number, h: number, bend: number): string => {
    const d = `M${x} ${foot}q${bend * 0.2} ${-h * 0.6} ${bend} ${-h}`;
    return ink(d, 22) + ink(d, 14, '#E07A2B') + dots([[x + bend, foot - h + 4]], 24, INK) + dots([[x + bend, foot - h + 4]], 16, C.hoe);
  };
  const grove = Array.from({ length: 9 }, (_, i) => finger(206 + i * 29, 436 + (i % 2) * 10, b.whole(90, 180), b.whole(-18, 18))).join('');
  const jar = turned(322, [
    [138, 210],
    [138, 210],
    [150, 240],
    [150, 490],
    [136, 518],
    [136, 518],
  ]);
  const loose = stamp(
    b,
    ink('M-66 10Q-20-20 56-6', 22) +
      ink('M-66 10Q-20-20 56-6', 14, '#E07A2B') +
      dots([[58, -6]], 24, INK) +
      dots([[58, -6]], 16, C.hoe) +
      ink('M-40-2q20-10 60-6', 3, C.straw),
  );
  return (
    shadow(320, 528, 250) +
    block(jar, '#E6EBDD', 9) +
    within(b, jar, fill(box(170, 430, 310, 100), '#E3D2A2') + dots(scatter(b, 322, 474, 140, 34, 26), 10, C.tan) + grove) +
    ink(jar, 6) +
    ink('M196 262q-6 80 0 170', 10, C.white, 0.85) +
    block('M168 160Q322 138 476 160L480 214Q322 238 164 214z', b.pick([C.lychee, C.leaf, C.brick]), 8) +
    ink('M178 190Q322 212 466 190', 4, C.paper) +
    label(322, 476, 120, 66, 'sun', C.brick) +
    loose(110, 540, 1, -8) +
    loose(520, 546, 1, 6) +
    loose(548, 514, 0.8, -30)
  );
}

/** Sâm nam núi Dành: a root with legs and arms, under its five-fingered leaf. */
export function ginseng(b: Brush): string {
  const body = loop([
    [-30, -130],
    [20, -134],
    [48, -80],
    [62, -10],
    [66, 40],
    [96, 110],
    [120, 186],
    [108, 190],
    [74, 130],
    [34, 76],
    [14, 70],
    [-6, 120],
    [-30, 196],
    [-42, 194],
    [-40, 120],
    [-40, 56],
    [-56, -4],
    [-54, -70],
  ]);
  const root = stamp(
    b,
    ink(
      'M-52 0Q-90 30-96 96M-84 44q-26 10-36 40M62 0Q100 30 110 60M100 40q26 4 40 34M90 120q30 10 50 40M-36 150q-30 10-50 44M110 180q12 24 6 40M-38 190q2 24-10 36M20 74q2 40-6 62',
      13,
    ) +
      ink(
        'M-52 0Q-90 30-96 96M-84 44q-26 10-36 40M62 0Q100 30 110 60M100 40q26 4 40 34M90 120q30 10 50 40M-36 150q-30 10-50 44M110 180q12 24 6 40M-38 190q2 24-10 36M20 74q2 40-6 62',
        6,
        '#DDB77A',
      ) +
      block(body, '#DDB77A', 8) +
      ink(
        'M-40-100q30 12 60 2M-30-74q20 10 50 2M-46-40q20 8 40 4M10-20q20 8 42-2M-36 10q20 10 44 4M20 50q16 6 30 0M-36 96q10 6 20 2',
        4,
        C.brick,
      ) +
      ink('M-34-60Q-40 0-26 40', 8, C.paper, 0.7),
  );
  const leaf = leafStamp(b, C.leaf, C.lime, 22);
  const fan = [-172, -130, -90, -50, -8].map((t) => leaf(322, 140, 1.1, t)).join('');
  const berries = dots(scatter(b, 322, 86, 34, 26, 9), 24);
  return (
    shadow(320, 528, 240) +
    ink('M322 210V120', 14) +
    ink('M322 210V120', 7, C.sprout) +
    fan +
    berries +
    dots(scatter(b, 322, 86, 30, 24, 9), 16, C.coral) +
    root(322, 328, 1.06, b.between(-5, 5)) +
    group(
      'translate(520 506)',
      cut(round(b, 0, 0, 50, 34), '#DDB77A', 7) + fill(round(b, -2, -2, 36, 23), C.paper) + ink('M-18-4q18-8 36 2', 3, C.tan),
    ) +
    group('translate(110 520)', cut(round(b, 0, 0, 44, 30), '#DDB77A', 7) + fill(round(b, -2, -2, 31, 20), C.paper))
  );
}

export function balm(b: Brush): string {
  const tin = b.pick([C.leaf, C.lychee, C.indigo]);
  const mint = leafStamp(b, C.sprout, C.paper, 34);
  const bloom = blossomStamp(b, C.paper, C.hoe);
  const vial = turned(186, [
    [20, 206],
    [20, 206],
    [24, 250],
    [56, 286],
    [60, 480],
    [52, 512],
    [52, 512],
  ]);
  return (
    shadow(320, 526, 270) +
    mint(470, 250, 1.5, -20) +
    mint(462, 246, 1.5, -76) +
    mint(452, 250, 1.5, -130) +
    mint(470, 262, 1.3, 24) +
    ink('M462 250Q440 330 430 400', 8, C.leaf) +
    block(vial, '#DCE3C8', 8) +
    within(b, vial, fill(box(120, 330, 140, 200), C.sprout)) +
    ink(vial, 6) +
    cut('M158 158q28-8 56 0v54q-28 8-56 0z', C.brick, 6) +
    label(186, 410, 104, 110, 'leaf', tin) +
    block('M296 420Q424 392 552 420V494Q424 536 296 494z', tin, 8) +
    cut('M296 420a128 40 0 1 0 256 0a128 40 0 1 0-256 0z', C.straw, 7) +
    fill('M312 418a112 30 0 1 0 224 0a112 30 0 1 0-224 0z', '#F2E3A4') +
    ink('M360 414q40-22 90-4t60 8M350 424q60 20 130 8', 5, C.hoe) +
    ink('M306 456Q424 496 542 456', 4, C.paper) +
    group(
      'translate(306 534)rotate(-8)',
      cut('M-96-6Q0-40 96-6V16Q0 50-96 16z', tin, 7) +
        cut('M-96-6a96 30 0 1 0 192 0a96 30 0 1 0-192 0z', tin, 6) +
        dots(ring(0, -6, 34, 10, 7), 16, C.paper) +
        dots([[0, -6]], 14, C.hoe),
    ) +
    bloom(96, 540, 1) +
    bloom(540, 552, 0.8, 30) +
    mint(120, 548, 0.8, 200)
  );
}

/** Bundles of incense with red feet, dried standing in fans as in the incense villages. */
export function incense(b: Brush): string {
  const fan = (x: number, foot: number, spread: number, h: number, colour: string): string => {
    const sticks = Array.from({ length: 17 }, (_, i) => (i - 8) * spread);
    const at = (k: number, t: number): string => `${Math.round(x + k * (0.2 + t))} ${Math.round(foot - h * t + Math.abs(k) * t * 0.22)}`;
    return (
      ink(sticks.map((k) => `M${at(k, -0.06)}L${at(k, 1)}`).join(''), 10) +
      ink(sticks.map((k) => `M${at(k, -0.06)}L${at(k, 0.34)}`).join(''), 6, C.coral) +
      ink(sticks.map((k) => `M${at(k, 0.34)}L${at(k, 1)}`).join(''), 6, colour) +
      ink(`M${x - spread * 3.6} ${foot - 34}q${spread * 3.6} 12 ${spread * 7.2} 0`, 17) +
      ink(`M${x - spread * 3.6} ${foot - 34}q${spread * 3.6} 12 ${spread * 7.2} 0`, 9, C.hoe)
    );
  };
  const colour = b.pick([C.hoe, C.tan, C.brick]);
  return (
    shadow(320, 526, 260) +
    fan(320, 462, 24, 340, colour) +
    fan(160, 486, 13, 260, C.tan) +
    fan(482, 486, 13, 260, C.tan) +
    bowl(
      320,
      442,
      190,
      C.white,
      fill('M232 440a88 18 0 1 0 176 0a88 18 0 1 0-176 0z', '#B9A88A') +
        ink('M290 436L270 300M320 438V280M350 436L372 304', 6, C.clay) +
        dots(
          [
            [270, 300],
            [320, 280],
            [372, 304],
          ],
          12,
          C.coral,
        ),
    ) +
    steam(320, 262, 150, C.indigo) +
    steam(266, 284, 110, C.indigo) +
    steam(376, 288, 120, C.indigo)
  );
}
