/** Small things many pictures share: leaves, blossoms, vessels, labels, trays. */
import {
  type Brush,
  block,
  box,
  C,
  cut,
  dots,
  group,
  INK,
  ink,
  loop,
  type Pt,
  poly,
  ring,
  type Stamp,
  stamp,
  texture,
  turned,
  weave,
  within,
} from './brush.ts';

/** Pointed leaf lying along +x from its stalk, 100 long; place it with the stamp. */
export function leafStamp(b: Brush, colour: string = C.leaf, vein: string = C.lime, width = 24): Stamp {
  const w = width;
  return stamp(
    b,
    block(`M0 0C18-${w} 60-${w + 8} 104-4C70 ${w - 4} 26 ${w + 2} 0 0z`, colour, 6) +
      ink(
        `M6 0Q50-4 92-4M26-2l14-${Math.round(w * 0.5)}M48-3l14-${Math.round(w * 0.48)}M30 0l16 ${Math.round(w * 0.4)}M54-2l14 ${Math.round(w * 0.3)}`,
        3,
        vein,
      ),
  );
}

/** Five-petalled blossom of radius about 30. */
export function blossomStamp(b: Brush, petal: string = C.white, heart: string = C.hoe, petals = 5): Stamp {
  const body = ring(0, 0, 17, 17, petals)
    .map(([x, y]) => `M${Math.round(x)} ${Math.round(y)}m-13 0a13 13 0 1 1 26 0a13 13 0 1 1-26 0`)
    .join('');
  return stamp(
    b,
    `<path d="${body}" fill="${petal}" stroke="${INK}" stroke-width="8" paint-order="stroke"/>` +
      dots([[0, 0]], 22, INK) +
      dots([[0, 0]], 15, heart) +
      dots(ring(0, 0, 15, 15, petals, 0.6), 3, C.brick),
  );
}

/** What a label may carry instead of words. */
type Emblem = 'lychee' | 'leaf' | 'flower' | 'sun' | 'fish' | 'rice';

function emblem(kind: Emblem, colour: string): string {
  switch (kind) {
    case 'lychee':
      return (
        cut('M-22 4C-22-16-6-22 0-22S22-16 22 4 8 28 0 28-22 22-22 4z', C.lychee, 4) +
        cut('M0-20Q8-42 32-38Q26-18 0-20z', C.leaf, 4) +
        dots(
          [
            [-9, 0],
            [4, -6],
            [10, 8],
            [-4, 13],
          ],
          4,
          C.rose,
        )
      );
    case 'leaf':
      return cut('M-26 18Q-30-28 26-26Q30 26-26 18z', colour, 4) + ink('M-30 24L16-16M-8 4v-16M-6 4h16', 3.5, C.paper);
    case 'flower':
      return dots(ring(0, 0, 16, 16, 6), 24, INK) + dots(ring(0, 0, 16, 16, 6), 17, colour) + dots([[0, 0]], 16, C.paper);
    case 'sun':
      return dots([[0, 0]], 34, colour) + ink('M0-26v-9M0 26v9M-26 0h-9M26 0h9M-19-19l-6-6M19-19l6-6M-19 19l-6 6M19 19l6 6', 5, colour);
    case 'fish':
      return cut('M-32 0Q-6-28 20-3L36-16V18L20 4Q-6 28-32 0z', colour, 4) + dots([[-16, -3]], 5);
    case 'rice':
      return (
        ink('M-4 32Q-6 0 14-30', 4, colour) +
        dots(
          [
            [-10, 6],
            [4, 4],
            [-6, -8],
            [10, -10],
            [0, -20],
            [18, -24],
            [14, -34],
          ],
          10,
          colour,
        )
      );
  }
}

/** A wordless paper label with two printed rules and an emblem. */
export function label(
  x: number,
  y: number,
  w: number,
  h: number,
  mark: Emblem,
  colour: string = C.lychee,
  paper: string = C.paper,
): string {
  const s = Math.round((Math.min(w, h) / 100) * 100) / 100;
  return (
    cut(`M${x - w / 2} ${y - h / 2}q${w / 2} 8 ${w} 0v${h}q${-w / 2} 8 ${-w} 0z`, paper, 5) +
    ink(
      `M${x - w / 2 + 7} ${y - h / 2 + 11}q${w / 2 - 7} 7 ${w - 14} 0M${x - w / 2 + 7} ${y + h / 2 - 9}q${w / 2 - 7} 7 ${w - 14} 0`,
      4,
      colour,
    ) +
    group(`translate(${x} ${y + 4})scale(${s})`, emblem(mark, colour))
  );
}

/** A paper packet with a folded top and a printed panel. */
export function packet(x: number, foot: number, w: number, h: number, colour: string, mark: Emblem, accent: string = C.lychee): string {
  const t = foot - h;
  const body = `M${x - w / 2} ${t + 8}l${w} -8q6 ${h / 2} 4 ${h}q${-w / 2} 10 ${-w - 6} 0q-6 ${-h / 2} 2 ${-h + 8}z`;
  return (
    block(body, colour) +
    cut(`M${x - w / 2 - 6} ${t - 6}L${x + w / 2 + 6} ${t - 14}l2 38L${x - w / 2 - 4} ${t + 32}z`, accent, 6) +
    ink(`M${x - w / 2 + 12} ${t + 10}l${w - 26} -6`, 3, C.paper) +
    ink(`M${x + w / 2 - 14} ${t + 44}q4 ${h / 3} 2 ${h - 70}`, 4, INK, 0.45) +
    label(x - 4, t + h * 0.56, w * 0.66, h * 0.5, mark, accent)
  );
}

/** Round winnowing tray (mẹt) seen from above at a slant. */
export function tray(b: Brush, x: number, y: number, rx: number, ry: number, light: string = C.straw, dark: string = C.tan): string {
  const oval = (r: number, q: number): string => `M${x - r} ${y}a${r} ${q} 0 1 0 ${2 * r} 0a${r} ${q} 0 1 0 ${-2 * r} 0z`;
  return (
    block(oval(rx, ry), dark, 9) +
    cut(oval(rx - 22, ry - 18), weave(b, 28, dark, light, 45), 5) +
    `<path d="${oval(rx - 11, ry - 9)}" fill="none" stroke="${C.bark}" stroke-width="9" stroke-dasharray="3 24" opacity=".7"/>`
  );
}

/** Bowl seen from the side with its mouth open; `inside` is drawn over the mouth, under the front lip. */
export function bowl(x: number, y: number, w: number, colour: string, inside: string, band: string = C.indigo): string {
  const r = w / 2;
  const q = Math.round(r * 0.24);
  const body = turned(x, [
    [r, y],
    [r, y],
    [r * 0.86, y + r * 0.5],
    [r * 0.42, y + r * 0.82],
    [r * 0.4, y + r * 0.98],
    [r * 0.4, y + r * 0.98],
  ]);
  return (
    block(body, colour) +
    cut(`M${x - r} ${y}a${r} ${q} 0 1 1 ${2 * r} 0a${r} ${q} 0 1 1 ${-2 * r} 0z`, C.shell, 6) +
    inside +
    ink(`M${x - r + 2} ${y + 8}Q${x} ${y + q * 2 + 6} ${x + r - 2} ${y + 8}`, 6) +
    ink(`M${x - r * 0.9} ${y + r * 0.36}Q${x} ${y + r * 0.36 + q * 1.7} ${x + r * 0.9} ${y + r * 0.36}`, 7, band) +
    ink(`M${x - r * 0.72} ${y + r * 0.62}Q${x} ${y + r * 0.62 + q} ${x + r * 0.72} ${y + r * 0.62}`, 3, band)
  );
}

/** Small handle-less cup. */
export function cup(x: number, y: number, w: number, colour: string, drink: string): string {
  const r = w / 2;
  return (
    block(
      turned(x, [
        [r, y],
        [r, y],
        [r * 0.9, y + r * 0.7],
        [r * 0.5, y + r * 1.15],
        [r * 0.5, y + r * 1.15],
      ]),
      colour,
      7,
    ) +
    cut(`M${x - r} ${y}a${r} ${r * 0.26} 0 1 1 ${w} 0a${r} ${r * 0.26} 0 1 1 ${-w} 0z`, drink, 5) +
    ink(`M${x - r * 0.6} ${y + r * 0.75}q${r * 0.6} ${r * 0.3} ${r * 1.2} 0`, 3, C.indigo)
  );
}

/** Straight-sided glass jar: contents are clipped to the glass, the lid may be wood, cloth or tin. */
export function glassJar(
  b: Brush,
  x: number,
  foot: number,
  w: number,
  h: number,
  inside: string,
  lid: string = C.brick,
  glass = '#E9EBD9',
): string {
  const [r, t] = [w / 2, foot - h];
  const body = turned(x, [
    [r * 0.74, t],
    [r * 0.74, t],
    [r * 0.78, t + h * 0.07],
    [r, t + h * 0.18],
    [r, t + h * 0.6],
    [r * 0.98, foot - 14],
    [r * 0.86, foot],
    [r * 0.86, foot],
  ]);
  return (
    block(body, glass, 9) +
    within(b, body, inside) +
    ink(body, 6) +
    ink(`M${x - r + 18} ${t + h * 0.28}q-4 ${h * 0.2} 0 ${h * 0.4}`, 9, C.white, 0.8) +
    block(`M${x - r * 0.82} ${t - h * 0.13}q${r * 0.82} -14 ${r * 1.64} 0l4 ${h * 0.14}q${-r * 0.86} 14 ${-r * 1.72} 0z`, lid, 7) +
    ink(`M${x - r * 0.78} ${t - 6}q${r * 0.78} 12 ${r * 1.56} 0`, 4)
  );
}

/** A strand tied round a bundle. */
export const tie = (x: number, y: number, w: number, colour: string, width = 14): string =>
  ink(`M${x - w / 2} ${y}q${w / 2} 14 ${w} 0`, width + 7) + ink(`M${x - w / 2} ${y}q${w / 2} 14 ${w} 0`, width, colour);

/** Curl of smoke or steam. */
export const steam = (x: number, y: number, h: number, colour: string = C.clay): string =>
  ink(
    `M${x} ${y}c${-h * 0.3} ${-h * 0.3} ${h * 0.3} ${-h * 0.5} 0 ${-h * 0.8}q${-h * 0.12} ${-h * 0.16} ${h * 0.06} ${-h * 0.24}`,
    5,
    colour,
    0.55,
  );

/** Chilli pepper lying along +x. */
export const chilli = (x: number, y: number, turn: number, scale = 1): string =>
  group(
    `translate(${x} ${y})rotate(${turn})scale(${scale})`,
    block('M0-12Q50-22 96 14Q40 28 0 12Q-8 0 0-12z', C.coral, 6) + ink('M10-4Q40-8 62 4', 4, C.rose) + ink('M-2 0q-18-2-26-16', 8, C.leaf),
  );

/** Bamboo pole with nodes. */
export function pole(x: number, y: number, length: number, width: number, colour: string = C.sprout): string {
  const nodes = Math.max(2, Math.round(length / 110));
  const marks = Array.from({ length: nodes }, (_, i) => `M${Math.round(x + ((i + 0.5) * length) / nodes)} ${y - 2}v${width + 4}`).join('');
  return block(box(x, y, length, width), colour, 6) + ink(marks, 5) + ink(`M${x + 8} ${y + 5}h${length - 20}`, 3, C.lime);
}

/** Heavy ear of rice nodding to the right, about 170 tall. */
export function riceEar(b: Brush): Stamp {
  const spine: readonly Pt[] = [
    [2, -96],
    [10, -112],
    [20, -126],
    [33, -136],
    [48, -140],
    [62, -136],
    [74, -126],
    [82, -112],
    [86, -96],
  ];
  const seed = spine.map(([x, y], i) => `M${x} ${y}l${9 - i} ${-10 + i * 2}M${x + 2} ${y + 4}l${12 - i * 2} ${2 + i}`).join('');
  return stamp(b, ink('M0 0Q-6-60 2-96Q16-136 48-140Q80-136 86-96M-2-40Q20-60 24-84', 4, C.leaf) + ink(seed, 10) + ink(seed, 6, C.hoe));
}

/** Parcel wrapped in lá dong or banana leaf: the fibre shows. */
export function leafParcel(b: Brush, outline: readonly Pt[], colour: string, turn: number): string {
  const d = poly(outline);
  const fibre = `<path d="M0 0h13v60H0z" fill="${colour}"/><path d="M3 0v60" stroke="${C.leaf}" stroke-width="2.5"/><path d="M9 12v34" stroke="${C.lime}" stroke-width="2"/>`;
  return block(d, texture(b, 13, 60, fibre, turn));
}

/** Closed bumpy outline, used for knobbly fruit and clouds. */
export function knobbly(x: number, y: number, rx: number, ry: number, bumps: number, depth: number): string {
  const step = (Math.PI * 2) / bumps;
  return loop(
    Array.from({ length: bumps * 2 }, (_, i): Pt => {
      const r = i % 2 === 0 ? 1 : 1 - depth;
      return [x + Math.cos((i * step) / 2) * rx * r, y + Math.sin((i * step) / 2) * ry * r];
    }),
  );
}

/** Opened lychee of radius 50: half the skin still on, the white flesh above it. */
export const openLychee =
  block('M-46-4C-46-40-24-52 0-52S46-40 46-4C46 30 24 50 0 50S-46 30-46-4z', C.white, 7) +
  ink('M-26-18Q-22-36-4-40M24-30q10 10 10 22', 4, '#CFC8B4') +
  block('M-50 0l14 9 10-12 13 12 14-12 13 12 12-11 11 10 12-8C52 34 30 56 0 56S-52 34-50 0z', C.lychee, 7) +
  dots(
    [
      [-30, 22],
      [-14, 30],
      [4, 24],
      [20, 32],
      [32, 18],
      [-2, 42],
      [-22, 40],
      [16, 46],
    ],
    8,
    '#8A1722',
  ) +
  dots(
    [
      [-31, 20],
      [-15, 28],
      [3, 22],
      [19, 30],
      [31, 16],
      [-3, 40],
    ],
    5,
    C.coral,
  );
