/** The pictures that belong to the market itself: hero, mark, and empty states. */
import { type Brush, block, box, C, cut, dots, fill, group, INK, ink, makeBrush, ring, round, stamp, trimNumbers, weave } from './brush.ts';
import { knobbly, leafStamp } from './motifs.ts';
import { bamboo, boat, cloud, gate, hills, kiln, lotusPond, lycheeBranch, river, treeStamp } from './scene-landscape.ts';

const frame = (w: number, h: number, b: Brush, body: string, title: string): string =>
  trimNumbers(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" role="img"><title>${title}</title><g stroke-linecap="round" stroke-linejoin="round">${b.defs()}${body}</g></svg>`,
  );

export function drawHero(): string {
  const b = makeBrush('hero');
  const tree = treeStamp(b);
  const rays = ring(720, 210, 176, 176, 20)
    .map(([x, y]) => `M${Math.round(x)} ${Math.round(y)}l${Math.round((x - 720) * 0.12)} ${Math.round((y - 210) * 0.12)}`)
    .join('');
  const fibres = Array.from(
    { length: 14 },
    () => `M${b.whole(0, 1440)} ${b.whole(0, 300)}q${b.whole(0, 30)} ${b.whole(-14, 14)} ${b.whole(30, 70)} ${b.whole(-12, 12)}`,
  ).join('');
  const body =
    fill(box(0, 0, 1440, 560), '#FBEFD2') +
    ink(fibres, 2, C.tan, 0.3) +
    fill(round(b, 720, 210, 160), '#E9B549') +
    ink(rays, 8, '#E9B549') +
    cloud(486, 90, 0.9, C.paper) +
    cloud(880, 66, 1, C.paper) +
    cloud(1240, 120, 0.9, C.paper) +
    hills(tree) +
    fill('M380 420Q560 360 720 400T1240 410L1300 470H300z', '#C9B25C') +
    ink('M380 420Q560 360 720 400', 5, C.clay, 0.6) +
    tree(470, 360, 1.15) +
    tree(556, 384, 0.95) +
    tree(866, 344, 1.1) +
    kiln(b) +
    gate() +
    bamboo(b) +
    river() +
    lotusPond(b) +
    boat(b) +
    lycheeBranch(b) +
    ink('M420 236q14-14 26 0q14-12 26 2M500 200q10-10 20 0q10-10 20 0M956 190q12-12 22 0q12-10 22 2', 5);
  return frame(1440, 560, b, body, 'Vùng Kinh Bắc: đồi vải, cổng làng, lò gốm và thuyền quan họ trên sông Cầu');
}

/** The mark: a lychee under one long leaf that curls like a communal-house roof, its white flesh an open gate. */
export function drawLogo(): string {
  const skin = knobbly(128, 150, 108, 92, 23, 0.035);
  const gateway = 'M98 238V180C98 152 112 138 128 138S158 152 158 180V238Q128 244 98 238z';
  const roof =
    'M10 60C42 68 70 56 86 26Q128 34 170 26C186 56 214 68 246 60C242 98 216 116 184 110C152 126 104 126 72 110C40 116 14 98 10 60z';
  const body =
    cut(skin, C.lychee, 13) +
    ink('M44 142q12 12 24 0M188 142q12 12 24 0M50 178q11 12 22 0M184 178q11 12 22 0M66 210q9 11 18 0M172 210q9 11 18 0', 10, C.rose) +
    cut(gateway, C.white, 12) +
    ink('M128 30Q124 16 134 9', 13) +
    cut(roof, C.leaf, 13) +
    ink('M28 82Q128 112 228 82M96 46L78 80M128 50V86M160 46L178 80', 8, C.lime);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" role="img"><title>Chợ Kinh Bắc</title><g stroke-linecap="round" stroke-linejoin="round">${body}</g></svg>`;
}

const EMPTY_TITLES = { basket: 'Giỏ còn trống', search: 'Không tìm thấy', orders: 'Chưa có đơn hàng' } as const;

function emptyBasket(b: Brush): string {
  const leaf = leafStamp(b);
  const d = 'M66 92Q60 20 120 18T174 92';
  return (
    ink(d, 13) +
    ink(d, 7, C.straw) +
    cut('M56 92Q120 70 184 92Q120 112 56 92z', C.bark, 4) +
    block('M56 92Q120 114 184 92Q186 130 168 154Q120 166 72 154Q54 130 56 92z', weave(b, 16, C.tan, C.straw), 5) +
    ink('M54 92Q120 116 186 92', 14) +
    ink('M54 92Q120 116 186 92', 8, C.straw) +
    ink('M60 124Q120 142 180 124', 5, C.lychee) +
    leaf(196, 158, 0.36, -20) +
    group(
      'translate(206 52)rotate(14)',
      cut('M0 0Q-22-28-28-8Q-28 6 0 4Q28 6 28-8Q22-28 0 0z', C.hoe, 3.5) +
        ink('M0-4V10M0-4l-5-9M0-4l5-9', 3) +
        dots(
          [
            [-16, -8],
            [16, -8],
          ],
          5,
          C.brick,
        ),
    )
  );
}

function emptySearch(b: Brush): string {
  const leaf = leafStamp(b);
  return (
    ink('M142 112L184 152', 20) +
    ink('M142 112L184 152', 12, C.brick) +
    block(round(b, 106, 78, 54), C.tan, 6) +
    cut(round(b, 106, 78, 42), '#F2F3E4', 4) +
    `<path d="${knobbly(106, 86, 25, 26, 15, 0.05)}" fill="${C.rose}" fill-opacity=".5" stroke="${C.coral}" stroke-width="4" stroke-dasharray="6 7"/>` +
    leaf(108, 60, 0.34, -30) +
    ink('M78 66q6-18 22-24', 5, C.white) +
    dots(
      [
        [40, 140],
        [58, 152],
        [206, 60],
        [190, 38],
      ],
      7,
      C.hoe,
    ) +
    ink('M30 160q14-8 28 0t28 0', 4, C.sprout)
  );
}

/** A carrying pole with two covered loads, waiting for its first errand. */
function emptyOrders(b: Brush): string {
  const load = stamp(
    b,
    ink('M0-58L-26 0M0-58L26 0M0-58V0', 4, C.clay) +
      block('M-34 0Q0 10 34 0L26 36Q0 44-26 36z', weave(b, 14, C.tan, C.straw), 5) +
      cut('M-36-2Q-20-26 0-26T36-2Q0 12-36-2z', C.paper, 4) +
      ink('M-14-20Q-10-6-12 4M14-20Q10-6 12 4', 5, C.lychee),
  );
  return (
    ink('M34 62Q120 34 206 62', 13) +
    ink('M34 62Q120 34 206 62', 7, C.sprout) +
    load(50, 116) +
    load(190, 116, 1, 0, true) +
    cut('M92 134L120 96L148 134Q120 146 92 134z', C.straw, 5) +
    ink('M120 98L108 136M120 98L132 136', 3, C.tan) +
    ink('M98 138q-6 14 4 18M142 138q6 14-4 18', 4, C.lychee)
  );
}

export function drawEmpty(kind: 'basket' | 'search' | 'orders'): string {
  const b = makeBrush(`empty-${kind}`);
  const tint = { basket: '#F6DFA0', search: '#D6E0CC', orders: '#F3D3BE' }[kind];
  const draw = { basket: emptyBasket, search: emptySearch, orders: emptyOrders }[kind];
  const body = `${fill(knobbly(120, 88, 104, 80, 7, 0.03), tint)}<ellipse cx="120" cy="160" rx="88" ry="9" fill="${INK}" opacity=".16"/>${draw(b)}`;
  return frame(240, 180, b, body, EMPTY_TITLES[kind]);
}
