/** The sheet a product is printed on: điệp paper, one large block of colour, and something to stand on. */
import { type Brush, box, C, cut, dots, fill, group, ink, loop, type Pt, ring, stroke, weave } from './brush.ts';
import { knobbly } from './motifs.ts';

interface Scheme {
  readonly paper: string;
  readonly field: string;
  readonly deep: string;
}

/** Paper tints with the block colour that goes behind the product. */
const SCHEMES = {
  straw: { paper: '#FBF1D6', field: '#EFC75E', deep: '#D9A545' },
  hoe: { paper: '#F7E2A6', field: '#E8B23F', deep: '#CC8F2F' },
  rose: { paper: '#FAEADB', field: '#E9A58B', deep: '#CE7B5F' },
  red: { paper: '#FBEBD2', field: '#CF5A45', deep: '#A8402F' },
  sage: { paper: '#F3F1D8', field: '#B5C27C', deep: '#8FA258' },
  mist: { paper: '#F0F0E2', field: '#9FBBB8', deep: '#76989A' },
  indigo: { paper: '#F2ECDB', field: '#5F7F93', deep: '#46647A' },
  shell: { paper: '#FBF4E4', field: '#EAD6A6', deep: '#D2B678' },
  clay: { paper: '#F8EAD0', field: '#D09A63', deep: '#B27A45' },
} as const satisfies Record<string, Scheme>;

export type Tint = keyof typeof SCHEMES;
export type Ground = 'table' | 'mat' | 'cloth' | 'leaf' | 'field' | 'tiles' | 'none';

/** Long bast fibres and flecks of shell, as in giấy dó coated with điệp. */
function paperGrain(b: Brush): string {
  let fibres = '';
  for (let i = 0; i < 20; i++)
    fibres += `M${b.whole(0, 640)} ${b.whole(0, 640)}q${b.whole(-20, 30)} ${b.whole(-14, 14)} ${b.whole(20, 64)} ${b.whole(-18, 18)}`;
  return ink(fibres, 2, C.tan, 0.28);
}

/** Shell flecks lie over the ink too: that is what makes a print glimmer. */
export function shimmer(b: Brush): string {
  const flecks = Array.from({ length: 34 }, (): Pt => [b.whole(10, 630), b.whole(10, 630)]);
  return ink(flecks.map(([x, y]) => `M${x} ${y}l${b.whole(-4, 4)} ${b.whole(1, 4)}`).join(''), 2.5, C.white, 0.5);
}

/** Stylised cloud with a curl, as carved on village prints. */
const cloud = (x: number, y: number, s: number, colour: string, line: string): string =>
  group(
    `translate(${x} ${y})scale(${s})`,
    `<path d="M0 40c-34 0-36-44 0-44 4-44 66-48 78-12 30-22 70 6 52 32 36-6 40 24 10 24z" fill="${colour}" stroke="${line}" stroke-width="4"/>` +
      ink('M22 22c-16-16 4-34 16-22M74 22c-22-18 2-46 24-28 12 12-4 28-14 16M130 26c14-2 14-14 4-14', 4, line),
  );

function motif(b: Brush, s: Scheme): string {
  const [x, y] = [320 + b.whole(-40, 40), 262 + b.whole(-14, 14)];
  switch (b.whole(0, 4)) {
    case 0: {
      const rays = ring(x, y, 226, 226, 22, b.next());
      const ray = rays
        .map(([rx, ry]) => `M${Math.round(rx)} ${Math.round(ry)}l${Math.round((rx - x) * 0.1)} ${Math.round((ry - y) * 0.1)}`)
        .join('');
      return fill(knobbly(x, y, 206, 206, 7, 0.012), s.field) + ink(ray, 9, s.field);
    }
    case 1:
      return (
        fill(knobbly(x, y - 10, 220, 214, 6, 0.014), s.field) +
        cloud(b.whole(36, 64), 150, 1.05, s.paper, s.deep) +
        cloud(b.whole(430, 452), 250, 1.15, s.paper, s.deep)
      );
    case 2: {
      const h = b.whole(-30, 30);
      return (
        dots([[b.pick([130, 510]), 130]], 120, s.field) +
        fill(`M0 ${300 + h}C120 ${170 + h} 210 ${190 + h} 300 ${270}C400 ${170 - h} 520 ${160 - h} 640 ${280 - h}V640H0z`, s.field) +
        ink(`M40 ${330 + h}q70-80 150-86M360 300q80-76 170-84M470 340q60-44 130-40`, 5, s.deep, 0.7)
      );
    }
    case 3:
      return (
        fill(`M88 640V250C92 100 200 50 322 48C446 52 548 104 552 250V640z`, s.field) +
        ink(`M112 620V254C116 122 214 76 322 74C430 78 526 126 528 254V620`, 5, s.paper, 0.9)
      );
    default: {
      const waves = Array.from({ length: 4 }, (_, i) => `M${96 + (i % 2) * 28} ${150 + i * 74}${'q28-34 56 0'.repeat(8 - (i % 2))}`).join(
        '',
      );
      return fill(`M70 78Q320 66 572 80Q580 300 570 640H74Q62 300 70 78z`, s.field) + ink(waves, 5, s.deep, 0.45);
    }
  }
}

function ground(b: Brush, kind: Ground, s: Scheme): string {
  const y = 486 + b.whole(-8, 8);
  switch (kind) {
    case 'table': {
      const grain = Array.from(
        { length: 7 },
        (_, i) => `M${b.whole(-20, 420)} ${y + 26 + i * 19}q${b.whole(50, 90)} ${b.whole(-9, 9)} ${b.whole(120, 230)} 0`,
      ).join('');
      return (
        fill(`M0 ${y}Q320 ${y - 8} 640 ${y + 2}V640H0z`, C.tan) +
        ink(grain, 4, C.brick, 0.55) +
        ink(`M-4 ${y}Q320 ${y - 8} 644 ${y + 2}`, 7)
      );
    }
    case 'mat':
      return (
        fill(`M0 ${y}Q320 ${y - 6} 640 ${y}V640H0z`, weave(b, 30, '#C9A862', '#E6CF93')) +
        ink(`M-4 ${y}Q320 ${y - 6} 644 ${y}M-4 ${y + 34}h648`, 6, C.lychee) +
        ink(`M-4 ${y - 4}h648`, 5)
      );
    case 'cloth': {
      const folds = stroke([
        [-10, y + 8],
        [90, y - 6],
        [220, y + 6],
        [360, y - 8],
        [500, y + 6],
        [650, y - 4],
      ]);
      const flowers = Array.from({ length: 10 }, (_, i): Pt => [36 + (i % 5) * 142 + (i > 4 ? 70 : 0), y + 62 + (i > 4 ? 58 : 0)]);
      return (
        fill(`${folds}V640H-10z`, s.deep) +
        ink(folds, 7) +
        ink(`M-10 ${y + 22}h660`, 4, s.paper, 0.8) +
        dots(flowers, 24, s.paper) +
        dots(flowers, 9, s.field)
      );
    }
    case 'leaf':
      return (
        fill(`M0 ${y}H640V640H0z`, s.deep, 0.55) +
        cut(
          loop([
            [-40, 600],
            [40, y + 22],
            [220, y - 14],
            [440, y - 10],
            [610, y + 30],
            [690, 600],
            [520, 660],
            [100, 660],
          ]),
          C.sprout,
          7,
        ) +
        ink(`M-20 600Q320 ${y + 36} 660 590`, 6, C.lime) +
        ink(
          `M90 572l40-70M180 556l36-70M270 548l26-66M360 548l-8-64M450 556l-26-66M540 572l-44-70M120 640l40-60M300 640l12-78M480 640l-30-72`,
          3,
          C.leaf,
        )
      );
    case 'field': {
      const tufts = Array.from({ length: 9 }, () => `M${b.whole(10, 620)} ${b.whole(y + 60, 632)}l-7-20m7 20l1-25m-1 25l9-19`).join('');
      return (
        fill(`M0 ${y + 10}Q160 ${y - 26} 330 ${y}T640 ${y - 8}V640H0z`, C.sprout) +
        ink(`M-4 ${y + 10}Q160 ${y - 26} 330 ${y}T644 ${y - 8}`, 6) +
        ink(tufts, 4, C.leaf)
      );
    }
    case 'tiles':
      return (
        fill(box(0, y, 640, 640 - y), C.brick) +
        ink(
          `M0 ${y + 44}H640M0 ${y + 102}H640M60 ${y}l-14 44M220 ${y}l-6 44M420 ${y}l6 44M580 ${y}l14 44M120 ${y + 44}l-18 58M320 ${y + 44}v58M520 ${y + 44}l18 58M30 ${y + 102}l-16 60M210 ${y + 102}l-8 60M430 ${y + 102}l8 60M610 ${y + 102}l16 60`,
          5,
          C.clay,
        ) +
        ink(`M-4 ${y}H644`, 7)
      );
    case 'none':
      return '';
  }
}

/** A carver's red seal: the one signature all pictures share. */
export const seal = (x: number, y: number): string =>
  group(
    `translate(${x} ${y})rotate(-3)`,
    `<rect width="38" height="38" rx="5" fill="${C.lychee}"/>${ink('M8 30V14q11-12 22 0v16M19 10v20M8 22h22', 4, C.paper)}`,
  );

export function backdrop(b: Brush, tint: Tint, kind: Ground): string {
  const s = SCHEMES[tint];
  return fill(box(0, 0, 640, 640), s.paper) + paperGrain(b) + motif(b, s) + ground(b, kind, s);
}
