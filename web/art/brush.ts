/** The shared hand of every picture: palette, seeded chance, and the way a shape is inked and printed. */

export const INK = '#2B1D16';

/** Natural block colours of Đông Hồ prints, with the few half-tones the products need. */
export const C = {
  paper: '#FBF4E4',
  shell: '#F3E6C8',
  lychee: '#B3202C',
  coral: '#D6423A',
  rose: '#EBA792',
  leaf: '#3F6B35',
  sprout: '#7A9E3F',
  lime: '#B9C766',
  hoe: '#E2A72E',
  straw: '#EBCB7D',
  indigo: '#2F4A6B',
  mist: '#9DB8B8',
  brick: '#A8532A',
  tan: '#C98B4E',
  clay: '#6B4A2B',
  bark: '#4A2F1D',
  plum: '#6A2C4A',
  white: '#FFFCF2',
} as const;

export type Pt = readonly [number, number];

/** Seeded chance plus the `<defs>` collected while drawing; one brush per picture. */
export interface Brush {
  next(): number;
  between(low: number, high: number): number;
  whole(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  define(make: (id: string) => string): string;
  defs(): string;
}

/** FNV-1a: small, stable, and enough to spread product slugs. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Ids carry the seed's hash so that several pictures can be inlined in one page. */
export function makeBrush(seed: string): Brush {
  const prefix = `k${hash(seed).toString(36)}`;
  const kept: string[] = [];
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    define: (make) => {
      const id = `${prefix}${kept.length.toString(36)}`;
      kept.push(make(id));
      return id;
    },
    defs: () => (kept.length > 0 ? `<defs>${kept.join('')}</defs>` : ''),
  };
}

/** Numbers run together the way SVG allows, because every byte of 800 pictures counts. */
function run(values: readonly number[]): string {
  return values.map((v, i) => (i > 0 && v >= 0 ? ` ${v}` : `${v}`)).join('');
}

function curve(points: readonly Pt[], shut: boolean): string {
  const count = points.length;
  const point = (i: number): Pt => {
    const j = shut ? (i + count) % count : Math.min(Math.max(i, 0), count - 1);
    return points[j] ?? [0, 0];
  };
  let [x, y] = point(0).map(Math.round) as [number, number];
  let d = `M${run([x, y])}`;
  const last = shut ? count : count - 1;
  for (let i = 0; i < last; i++) {
    const [p0, p1, p2, p3] = [point(i - 1), point(i), point(i + 1), point(i + 2)];
    const [ex, ey] = [Math.round(p2[0]), Math.round(p2[1])];
    if (ex === x && ey === y) continue;
    const c1 = [p1[0] + (p2[0] - p0[0]) / 5.6 - x, p1[1] + (p2[1] - p0[1]) / 5.6 - y];
    const c2 = [p2[0] - (p3[0] - p1[0]) / 5.6 - x, p2[1] - (p3[1] - p1[1]) / 5.6 - y];
    d += `c${run([...c1, ...c2, ex - x, ey - y].map(Math.round))}`;
    [x, y] = [ex, ey];
  }
  return shut ? `${d}z` : d;
}

/** Smooth closed shape through the points; a point given twice makes a corner. */
export const loop = (points: readonly Pt[]): string => curve(points, true);
/** Smooth open stroke through the points. */
export const stroke = (points: readonly Pt[]): string => curve(points, false);

/** A hand-cut round: an ellipse whose radius wavers a little. */
export function round(b: Brush, x: number, y: number, rx: number, ry = rx, waver = 0.025): string {
  const turn = b.next();
  return loop(
    Array.from({ length: 8 }, (_, i): Pt => {
      const a = ((i + turn) / 8) * Math.PI * 2;
      const r = 1 + b.between(-waver, waver);
      return [x + Math.cos(a) * rx * r, y + Math.sin(a) * ry * r];
    }),
  );
}

/** A shape turned on the wheel: the right-hand profile (half width, y), mirrored about `x`. */
export function turned(x: number, profile: readonly Pt[]): string {
  const right = profile.map(([w, y]): Pt => [x + w, y]);
  const left = [...profile].reverse().map(([w, y]): Pt => [x - w, y]);
  return loop([...right, ...left]);
}

export const poly = (points: readonly Pt[]): string => `M${points.map(([x, y]) => run([Math.round(x), Math.round(y)])).join('L')}z`;

export const box = (x: number, y: number, w: number, h: number): string =>
  `M${run([x, y].map(Math.round))}h${Math.round(w)}v${Math.round(h)}h${-Math.round(w)}z`;

export const fill = (d: string, colour: string, opacity = 1): string =>
  `<path d="${d}" fill="${colour}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

/** Drawn line. */
export const ink = (d: string, width = 5, colour: string = INK, opacity = 1): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

/** Flat colour with an even outline, for small parts. */
export const cut = (d: string, colour: string, width = 4): string =>
  `<path d="${d}" fill="${colour}" stroke="${INK}" stroke-width="${width}"/>`;

/** Flat colour printed slightly off its key block: the outline swells to the lower right as on a print. */
export const block = (d: string, colour: string, width = 8): string => {
  const slip = Math.round(width * 2.8) / 10;
  return `<path d="${d}" fill="${INK}" stroke="${INK}" stroke-width="${width}"/><path d="${d}" fill="${colour}" transform="translate(${-slip} ${-slip})"/>`;
};

export const group = (transform: string, body: string): string => `<g transform="${transform}">${body}</g>`;

export type Stamp = (x: number, y: number, scale?: number, turn?: number, flip?: boolean) => string;

/** Carve once, print often: the body is kept in defs and placed by `<use>`. */
export function stamp(b: Brush, body: string): Stamp {
  const id = b.define((name) => `<g id="${name}">${body}</g>`);
  return (x, y, scale = 1, turn = 0, flip = false) => {
    const s = Math.round(scale * 100) / 100;
    const size = flip ? `scale(${-s} ${s})` : s === 1 ? '' : `scale(${s})`;
    const spin = turn === 0 ? '' : `rotate(${Math.round(turn)})`;
    return `<use href="#${id}" transform="translate(${Math.round(x)} ${Math.round(y)})${spin}${size}"/>`;
  };
}

/** Clips a body to an outline. */
export function within(b: Brush, d: string, body: string): string {
  const id = b.define((name) => `<clipPath id="${name}"><path d="${d}"/></clipPath>`);
  return `<g clip-path="url(#${id})">${body}</g>`;
}

/** Repeating texture; returns the paint to use as a fill. */
export function texture(b: Brush, w: number, h: number, body: string, turn = 0): string {
  const spin = turn === 0 ? '' : ` patternTransform="rotate(${turn})"`;
  const id = b.define((name) => `<pattern id="${name}" width="${w}" height="${h}" patternUnits="userSpaceOnUse"${spin}>${body}</pattern>`);
  return `url(#${id})`;
}

/** Basket weave: over-and-under strands on a ground colour. */
export function weave(b: Brush, cell: number, ground: string, strand: string, turn = 0): string {
  const [u, v] = [cell / 2, cell];
  const over = `M2 ${u / 2}h${u - 4}M${u + 2} ${u * 1.5}h${u - 4}`;
  const under = `M${u * 1.5} 2v${u - 4}M${u / 2} ${u + 2}v${u - 4}`;
  return texture(b, v, v, `<path d="M0 0h${v}v${v}H0z" fill="${ground}"/>${ink(over + under, u * 0.62, strand)}`, turn);
}

/** Dots as zero-length round strokes: the cheapest speckle there is. */
export const dots = (points: readonly Pt[], size: number, colour: string = INK): string =>
  ink(points.map(([x, y]) => `M${run([Math.round(x), Math.round(y)])}h0`).join(''), size, colour);

/** Random points inside an ellipse, kept apart by sunflower spacing rather than pure chance. */
export function scatter(b: Brush, x: number, y: number, rx: number, ry: number, count: number): Pt[] {
  const start = b.next() * 6;
  return Array.from({ length: count }, (_, i): Pt => {
    const r = Math.sqrt((i + 0.5) / count);
    const a = start + i * 2.39996;
    return [x + Math.cos(a) * rx * r + b.between(-3, 3), y + Math.sin(a) * ry * r + b.between(-3, 3)];
  });
}

/** Points on a circle, for petals, segments and rims. */
export function ring(x: number, y: number, rx: number, ry: number, count: number, turn = 0): Pt[] {
  return Array.from({ length: count }, (_, i): Pt => {
    const a = (i / count) * Math.PI * 2 + turn;
    return [x + Math.cos(a) * rx, y + Math.sin(a) * ry];
  });
}

/** The shade a thing throws: one flat block, no blur. */
export const shadow = (x: number, y: number, rx: number, ry = rx * 0.16): string =>
  `<ellipse cx="${Math.round(x)}" cy="${Math.round(y)}" rx="${Math.round(rx)}" ry="${Math.round(ry)}" fill="${INK}" opacity=".2"/>`;

/** A tenth of a unit is finer than any screen shows; small numbers may be scales and keep a second digit. */
export const trimNumbers = (svg: string): string =>
  svg.replace(/\d+\.\d{2,}/g, (v) => String(Number(v) < 4 ? Math.round(Number(v) * 100) / 100 : Math.round(Number(v) * 10) / 10));
