/** Bamboo and rattan: blinds, furniture, trays, baskets, and the market basket that stands for anything. */
import { type Brush, block, C, cut, dots, fill, group, ink, type Pt, ring, round, scatter, shadow, stamp, weave, within } from './brush.ts';
import { chilli, knobbly, leafStamp, pole } from './motifs.ts';

export function bambooBlind(b: Brush): string {
  const slats = Array.from({ length: 24 }, (_, i) => `M112 ${124 + i * 14}H528`).join('');
  const tint = b.pick(['#DDB978', '#C99A5A', '#E6CB93']);
  const picture =
    b.next() < 0.5
      ? dots([[420, 190]], 70, C.coral) +
        fill('M104 380Q200 260 300 350Q400 250 540 380V440H104z', C.leaf, 0.85) +
        fill('M104 420Q260 370 540 420V460H104z', C.indigo, 0.8) +
        fill('M250 424Q310 446 370 424Q350 448 270 446z', C.bark) +
        ink('M310 424V370', 5, C.bark) +
        fill('M314 366Q350 390 314 416z', C.paper)
      : ink('M220 460Q250 300 230 120M300 460Q310 320 330 120', 17, C.leaf) +
        ink('M222 200h16M232 300h20M226 400h18M312 230h20M304 340h20', 5, tint) +
        fill(
          'M240 180Q310 150 350 180Q300 206 240 180zM244 260Q170 240 140 280Q190 296 244 260zM324 260Q400 230 440 270Q380 296 324 260zM330 190Q390 170 430 190Q380 216 330 190zM306 380Q370 350 420 390Q360 410 306 380zM232 360Q170 350 140 390Q190 400 232 360z',
          C.sprout,
        ) +
        dots(
          [
            [440, 360],
            [470, 340],
            [460, 380],
          ],
          20,
          C.coral,
        );
  return (
    pole(70, 82, 500, 24, C.tan) +
    ink('M130 40L150 84M510 40L490 84M130 40H510', 6, C.clay) +
    block('M104 112H536V462H104z', tint, 8) +
    within(b, 'M104 112H536V462H104z', picture + ink(slats, 2.5, C.clay, 0.75)) +
    ink('M152 112V462M256 112V462M384 112V462M488 112V462', 7, C.bark) +
    ink('M152 112V462M256 112V462M384 112V462M488 112V462', 3, C.straw) +
    block('M92 452H548Q566 474 548 500H92Q74 474 92 452z', tint, 8) +
    ink('M96 466H544M98 480H542', 3, C.clay) +
    cut('M548 452q22 24 0 48q-18-24 0-48z', C.brick, 5) +
    ink('M152 448v54M488 448v54', 9, C.bark) +
    ink('M152 502Q146 540 156 566M488 502Q494 540 484 566', 6, C.lychee) +
    dots(
      [
        [156, 570],
        [484, 570],
      ],
      22,
      C.lychee,
    )
  );
}

/** Xuân Lai smoked bamboo: chair and low table with flowers. */
export function bambooFurniture(b: Brush): string {
  const cane = b.pick([C.bark, '#7A4A24', '#A9763A']);
  const glow = cane === '#A9763A' ? C.straw : C.tan;
  const rod = (d: string, w = 22): string => ink(d, w + 8) + ink(d, w, cane) + ink(d, 4, glow, 0.9);
  const nodes = (points: readonly Pt[]): string => ink(points.map(([x, y]) => `M${x - 12} ${y}h24`).join(''), 5);
  return (
    shadow(290, 540, 230) +
    rod('M206 120V380M408 120V380') +
    rod('M196 128Q307 90 418 128', 24) +
    rod('M250 126V350M307 114V350M364 126V350', 13) +
    rod('M206 218H408', 15) +
    rod('M206 320H408', 15) +
    rod('M206 270H128V420M408 270H486V420', 18) +
    block('M124 392L196 346H420L492 392L470 424H146z', weave(b, 22, glow, cane), 8) +
    rod('M120 404H496', 24) +
    rod('M140 410L126 546M476 410L490 546M214 420V510M400 420V510', 20) +
    rod('M136 476H480', 14) +
    rod('M180 450L240 416M436 450L376 416', 10) +
    nodes([
      [206, 180],
      [408, 180],
      [206, 290],
      [408, 290],
      [128, 340],
      [486, 340],
      [132, 500],
      [484, 500],
    ]) +
    rod('M470 546V486M600 546V486', 14) +
    block('M450 466H620V490H450z', cane, 7) +
    ink('M462 476H608', 4, glow) +
    block('M512 464Q506 424 534 420Q562 424 556 464z', C.white, 6) +
    ink('M514 446q20 8 40 0', 4, C.indigo) +
    ink('M534 420Q530 380 510 360M536 420Q546 380 560 366', 5, C.leaf) +
    dots(
      [
        [510, 356],
        [560, 362],
        [534, 386],
      ],
      24,
      C.coral,
    ) +
    dots(
      [
        [510, 356],
        [560, 362],
        [534, 386],
      ],
      8,
      C.hoe,
    )
  );
}

export function rattanTray(b: Brush): string {
  const [light, dark] = b.pick<readonly [string, string]>([
    [C.straw, C.tan],
    ['#D9A860', C.brick],
    ['#F0DFB0', '#B98A4A'],
  ]);
  const rosette = (r: number): string => {
    const spoke = ring(0, 0, r, r, 24)
      .map(([x, y]) => `M0 0L${Math.round(x)} ${Math.round(y)}`)
      .join('');
    const rings = [0.2, 0.36, 0.52, 0.68, 0.84]
      .map(
        (k) =>
          `<circle r="${Math.round(r * k)}" fill="none" stroke="${k > 0.6 && k < 0.7 ? C.lychee : light}" stroke-width="${Math.round(r * 0.1)}" stroke-dasharray="${Math.round(r * 0.13)} ${Math.round(r * 0.045)}"/>`,
      )
      .join('');
    return (
      block(round(b, 0, 0, r, r, 0.008), dark, 9) +
      ink(spoke, 4, C.clay) +
      rings +
      `<circle r="${r - 8}" fill="none" stroke="${C.bark}" stroke-width="22"/><circle r="${r - 8}" fill="none" stroke="${light}" stroke-width="15" stroke-dasharray="15 6"/>` +
      dots([[0, 0]], r * 0.2, C.clay)
    );
  };
  const leaf = leafStamp(b);
  return (
    shadow(320, 540, 260) +
    group('translate(404 238)', rosette(152)) +
    group(`translate(250 322)rotate(${b.whole(0, 30)})`, rosette(194)) +
    group('translate(484 468)', rosette(84)) +
    leaf(110, 548, 1.1, -10)
  );
}

/** The sides of a basket: rows of strands with the rim and handle over them. */
function basketBody(b: Brush, light: string, dark: string, accent: string): string {
  const body = 'M148 330Q320 362 492 330Q496 440 450 516Q320 544 190 516Q144 440 148 330z';
  return (
    block(body, weave(b, 34, dark, light), 9) +
    within(
      b,
      body,
      ink('M140 412Q320 444 500 412', 22, accent) +
        `<path d="M140 412Q320 444 500 412" fill="none" stroke="${light}" stroke-width="8" stroke-dasharray="10 14"/>`,
    ) +
    ink(body, 6) +
    ink('M138 332Q320 372 502 332', 36) +
    ink('M138 332Q320 372 502 332', 26, light) +
    `<path d="M138 332Q320 372 502 332" fill="none" stroke="${dark}" stroke-width="26" stroke-dasharray="3 17"/>`
  );
}

const handle = (light: string, dark: string): string => {
  const d = 'M166 336Q160 84 320 80T474 336';
  return `${ink(d, 30) + ink(d, 20, light)}<path d="${d}" fill="none" stroke="${dark}" stroke-width="20" stroke-dasharray="4 20"/>`;
};

export function rattanBasket(b: Brush): string {
  const [light, dark, accent] = b.pick<readonly [string, string, string]>([
    [C.straw, C.tan, C.lychee],
    ['#D9A860', C.brick, C.indigo],
    ['#EBD9A8', '#A9743A', C.leaf],
  ]);
  const mouth = 'M140 330Q320 280 500 330Q320 372 140 330z';
  const lidded = b.next() < 0.5;
  return (
    shadow(320, 530, 230) +
    (lidded ? '' : handle(light, dark)) +
    cut(mouth, C.bark, 7) +
    basketBody(b, light, dark, accent) +
    (lidded
      ? block('M126 322Q136 230 240 206Q320 192 400 206Q504 230 514 322Q320 366 126 322z', weave(b, 34, dark, light, 45), 9) +
        ink('M130 322Q320 364 510 322', 26) +
        ink('M130 322Q320 364 510 322', 16, accent) +
        ink('M284 204Q320 140 356 204', 26) +
        ink('M284 204Q320 140 356 204', 15, light)
      : '') +
    group(
      'translate(534 500)',
      block('M-52-30Q0-18 52-30L40 36Q0 48-40 36z', weave(b, 20, dark, light), 7) +
        cut('M-52-30a52 13 0 1 0 104 0a52 13 0 1 0-104 0z', C.bark, 5) +
        ink('M-54-30Q0-10 54-30', 10, light),
    )
  );
}

/** The generic picture: a full market basket, different every time. */
export function basket(b: Brush): string {
  const leaf = leafStamp(b);
  const lychee = stamp(
    b,
    block(knobbly(0, 0, 38, 40, 15, 0.05), C.lychee, 6) + dots(scatter(b, 0, 2, 29, 31, 18), 8, C.coral) + dots([[-12, -16]], 8, C.rose),
  );
  const gourd =
    block('M-40 90Q-80 40-40-10Q-34-60-10-84Q10-90 20-76Q30-50 44-8Q80 50 40 90z', C.lime, 7) +
    ink('M-20 80Q-40 30-14-50M18 82Q40 30 14-50', 4, C.sprout) +
    ink('M2-86q-4-20 12-28', 9, C.leaf);
  const corn =
    block('M-30 100Q-46 0-4-96Q46 0 30 100z', C.hoe, 7) +
    dots(
      [-50, -24, 2, 28, 54].flatMap((y): Pt[] => [
        [-14, y + 6],
        [4, y],
        [20, y + 8],
      ]),
      13,
      C.straw,
    ) +
    cut('M-46 110Q-60 20-22-20Q-10 40 0 110z', C.sprout, 6) +
    cut('M46 110Q60 20 28-10Q10 40 0 110z', C.leaf, 6);
  const greens = [-34, -12, 12, 34].map((t) => leaf(0, 40, 1.5, t - 90)).join('');
  const tall = [group('translate(0 20)', gourd), corn, greens];
  const shift = b.whole(0, 2);
  const items = [230, 322, 412]
    .map((x, i) => group(`translate(${x} ${236 + (i === 1 ? -14 : 14)})rotate(${(i - 1) * 14})`, tall[(i + shift) % 3] ?? ''))
    .join('');
  return (
    shadow(320, 530, 230) +
    handle(C.straw, C.tan) +
    cut('M140 330Q320 280 500 330Q320 372 140 330z', C.bark, 7) +
    items +
    [190, 268, 352, 436].map((x, i) => lychee(x + b.between(-6, 6), 318 - (i % 2) * 16, 1.02, b.between(-30, 30))).join('') +
    chilli(360, 320, -34, 0.8) +
    basketBody(b, C.straw, C.tan, C.lychee) +
    lychee(104, 508, 1.06) +
    lychee(542, 520, 1.1, 20) +
    leaf(560, 490, 0.8, -60) +
    (b.next() < 0.5 ? lychee(70, 540, 0.9, 50) : '')
  );
}
