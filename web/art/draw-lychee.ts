/** Lục Ngạn lychees, fresh on the branch and dried on the tray. */
import { type Brush, block, C, cut, dots, fill, group, ink, type Pt, type Stamp, scatter, shadow, stamp } from './brush.ts';
import { knobbly, leafStamp, openLychee, tray } from './motifs.ts';

/** A lychee of radius 48: broad shoulders, and a skin of small raised scales each catching light. */
function lycheeStamp(b: Brush, skin: string, scale: string, light: string): Stamp {
  const outline = knobbly(0, 0, 48, 50, 17, 0.04);
  const scales = scatter(b, 0, 1, 42, 44, 29);
  return stamp(
    b,
    block(outline, skin, 7) +
      fill('M44-12Q52 34 8 49Q-18 50-34 36Q16 34 44-12z', scale, 0.75) +
      dots(scales, 13, scale) +
      dots(
        scales.map(([x, y]): Pt => [x - 1, y - 2]),
        7.5,
        light,
      ) +
      ink('M-30-22Q-22-36-8-38', 6, C.shell, 0.85),
  );
}

type Fruit = () => Stamp;

/** The fruiting branch, as lychees are sold at the roadside: by the bunch, leaves on. */
function bunch(b: Brush, leaf: Stamp, fruit: Fruit): string {
  const spots: readonly Pt[] = [
    [262, 236],
    [372, 228],
    [206, 334],
    [318, 330],
    [428, 326],
    [262, 428],
    [374, 424],
    [478, 424],
    [160, 432],
  ];
  const hung = spots.slice(0, b.whole(8, 9));
  const twigs = hung.map(([x, y]) => `M330 112Q${(330 + x) / 2 + 10} ${(90 + y) / 2} ${x} ${y - 44}`).join('');
  const leaves = [
    [330, 106, 1.6, 152],
    [330, 112, 1.9, 22],
    [240, 100, 1.4, 196],
    [420, 94, 1.4, -22],
    [350, 116, 1.7, 58],
    [300, 116, 1.5, 124],
  ];
  return (
    shadow(320, 536, 230) +
    ink('M130 70Q260 126 340 112T540 56', 21) +
    ink('M130 70Q260 126 340 112T540 56', 12, C.brick) +
    ink(twigs, 7) +
    leaves.map(([x = 0, y = 0, s, t]) => leaf(x, y, s, t)).join('') +
    hung.map(([x, y]) => fruit()(x + b.between(-8, 8), y + b.between(-8, 8), b.between(1.12, 1.22), b.between(-25, 25))).join('') +
    group(`translate(${b.whole(516, 530)} 502)scale(1.25)rotate(${b.whole(-14, 18)})`, openLychee) +
    fruit()(116, 526, 1.05, 20)
  );
}

/** Heaped on a winnowing tray, as they stand in the yard before packing. */
function heap(b: Brush, leaf: Stamp, fruit: Fruit): string {
  const rows: readonly Pt[] = [
    [322, 204],
    [266, 276],
    [378, 274],
    [206, 352],
    [322, 350],
    [438, 350],
    [140, 424],
    [262, 432],
    [382, 432],
    [498, 422],
  ];
  return (
    shadow(320, 536, 270) +
    tray(b, 320, 440, 270, 98) +
    leaf(300, 220, 1.7, -150) +
    leaf(340, 214, 1.7, -26) +
    leaf(150, 410, 1.4, 200) +
    leaf(500, 400, 1.4, -30) +
    rows.map(([x, y]) => fruit()(x + b.between(-5, 5), y + b.between(-5, 5), b.between(1.14, 1.24), b.between(-25, 25))).join('') +
    group(`translate(${b.whole(300, 340)} 520)scale(1.2)rotate(${b.whole(-14, 14)})`, openLychee)
  );
}

export function lychee(b: Brush): string {
  const dark = lycheeStamp(b, C.lychee, '#8A1722', '#CF4440');
  const bright = lycheeStamp(b, C.coral, '#B3262C', '#EE7A62');
  const ripeness = b.between(0.3, 0.8);
  const compose = b.pick([bunch, heap]);
  return compose(b, leafStamp(b), () => (b.next() < ripeness ? dark : bright));
}

export function lycheeDried(b: Brush): string {
  const dry = stamp(
    b,
    block(knobbly(0, 0, 40, 38, 11, 0.09), C.brick, 6) +
      ink('M-24-10q12 10 24 0t22 4M-26 8q14 10 26 2t24 4M-8-28q4 8 14 6M-10 24q8-6 18 0', 3.5, C.bark) +
      dots(
        [
          [-12, -18],
          [2, -20],
        ],
        6,
        C.tan,
      ),
  );
  const open = stamp(
    b,
    block(knobbly(0, 0, 42, 36, 9, 0.08), C.tan, 6) +
      cut('M-26 2C-24-24 22-26 26 0S-20 28-26 2z', C.bark, 4) +
      ink('M-14-2q12-14 26-4M-12 8q12 6 22-2', 4, C.brick),
  );
  const leaf = leafStamp(b);
  const heap = scatter(b, 320, 330, 176, 82, 19).sort((p, q) => p[1] - q[1]);
  return (
    shadow(320, 520, 270) +
    tray(b, 320, 380, 262, 138) +
    leaf(530, 300, 1.2, -70) +
    leaf(516, 310, 1.3, -120) +
    heap.map(([x, y], i) => (i % 6 === 4 ? open : dry)(x, y - 4, b.between(0.95, 1.12), b.between(-60, 60))).join('') +
    open(190, 526, 1.15, -10) +
    dry(286, 548, 1.1, 30)
  );
}
