/** Cakes of the Kinh Bắc feast table, and the packets beside them. */
import { type Brush, block, C, cut, dots, fill, group, ink, type Pt, ring, round, scatter, shadow, stamp } from './brush.ts';
import { bowl, cup, leafParcel, leafStamp, packet } from './motifs.ts';

/** Bánh chưng: a square leaf parcel with split-bamboo ties, one cut to show the filling. */
export function cakeGreen(b: Brush): string {
  const top: Pt[] = [
    [130, 250],
    [300, 186],
    [440, 262],
    [262, 340],
  ];
  const left: Pt[] = [
    [130, 250],
    [262, 340],
    [266, 478],
    [142, 376],
  ];
  const right: Pt[] = [
    [262, 340],
    [440, 262],
    [436, 388],
    [266, 478],
  ];
  const ties =
    'M172 234L306 314L310 456M244 208L384 288L384 414M176 284L346 208M176 284L186 410M222 314L396 238M222 314L230 446M262 372L440 296M134 288L262 382M264 430L438 346M138 334L264 430';
  const slice =
    block('M-112-36L112-60L122 46L-104 74z', '#8DA554', 7) +
    fill('M-98-26L100-48L108 36L-92 62z', '#C9D08C') +
    fill('M-82-8Q0-28 88-28L92 16Q0 30-80 40z', C.hoe) +
    fill('M-50 2Q0-12 56-10Q60 6 0 16Q-46 20-50 2z', C.rose) +
    ink('M-40 4Q0-6 50-4', 4, C.brick) +
    dots(scatter(b, 0, 6, 74, 18, 9), 5, C.brick) +
    ink('M-98-26L100-48M-92 62L108 36', 3, C.leaf);
  const leaf = leafStamp(b, C.leaf, C.sprout, 30);
  return (
    shadow(320, 526, 270) +
    leaf(420, 300, 2.2, -24) +
    leaf(410, 330, 2, 8) +
    leafParcel(b, top, '#5E8A44', 28) +
    leafParcel(b, left, '#4B7439', 66) +
    leafParcel(b, right, '#3F6B35', -24) +
    ink(ties, 9) +
    ink(ties, 4.5, C.straw) +
    group(`translate(440 478)rotate(${b.whole(-6, 4)})`, slice) +
    (b.next() < 0.5 ? leaf(60, 520, 1.4, 10) : '')
  );
}

/** Bánh phu thê: always a pair, tied together with a red string; one opened. */
export function cakeHusbandWife(b: Brush): string {
  const side = (x: number): string =>
    leafParcel(
      b,
      [
        [x - 92, 262],
        [x + 74, 244],
        [x + 92, 384],
        [x - 84, 400],
      ],
      C.sprout,
      8,
    ) +
    leafParcel(
      b,
      [
        [x - 92, 262],
        [x - 60, 218],
        [x + 98, 206],
        [x + 74, 244],
      ],
      '#8FB04D',
      84,
    ) +
    ink(`M${x - 6} 212L${x - 14} 256L${x - 4} 394M${x - 90} 326L${x + 86} 312`, 17) +
    ink(`M${x - 6} 212L${x - 14} 256L${x - 4} 394M${x - 90} 326L${x + 86} 312`, 9, C.lychee);
  const cake =
    block('M-96-30Q-100-48-70-52L74-60Q100-58 102-36L108 30Q104 52 76 54L-74 64Q-104 62-104 38z', '#EDBE4E', 7) +
    fill('M-70-30Q0-50 74-40Q84 0 70 34Q0 50-74 40Q-86 0-70-30z', '#F6D886', 0.9) +
    fill(round(b, 0, 0, 40, 30), '#D99A2B', 0.8) +
    ink('M-76-26l30 10M-50 30l30-14M20-38l-20 18M60-10l-30 12M30 36l20-18M-20 12l-26 16M-84 8l24-2M66 22l-20-14', 4, C.white) +
    dots(scatter(b, 0, 0, 80, 40, 9), 6, C.paper);
  return (
    shadow(320, 526, 270) +
    group(
      'translate(-35 14)scale(1.1)',
      side(208) +
        side(430) +
        ink('M270 306C290 270 340 270 330 306C320 336 290 330 310 304C330 270 366 280 376 302', 13) +
        ink('M270 306C290 270 340 270 330 306C320 336 290 330 310 304C330 270 366 280 376 302', 7, C.lychee),
    ) +
    cut('M180 540L330 460L502 512L370 606z', C.leaf, 7) +
    ink('M200 540L486 514M262 506L380 590', 4, C.sprout) +
    group(`translate(336 522)scale(.98)rotate(${b.whole(-6, 6)})`, cake) +
    dots(
      [
        [150, 522],
        [520, 530],
      ],
      14,
      C.coral,
    )
  );
}

/** Dry moulded cakes with the wooden mould they were pressed in, and tea. */
export function cakeDry(b: Brush): string {
  const petals = ring(0, 0, 62, 40, 10)
    .map(([x, y]) => `M${Math.round(x * 0.45)} ${Math.round(y * 0.45)}L${Math.round(x * 0.82)} ${Math.round(y * 0.82)}`)
    .join('');
  const moon = (colour: string) =>
    stamp(
      b,
      block('M-80 0V26Q-76 66 0 68Q76 66 80 26V0z', colour, 7) +
        cut(round(b, 0, 0, 80, 50), colour, 6) +
        ink(round(b, 0, 0, 64, 38), 4, C.brick) +
        ink(petals, 6, C.brick) +
        cut(round(b, 0, 0, 18, 12), C.hoe, 3) +
        ink('M-60 36v14M-36 46v14M-12 50v14M14 50v14M38 46v14M62 36v12', 4, C.brick, 0.7),
    );
  const [plain, green] = [moon('#F4E1B5'), moon(b.pick(['#C9CF8F', '#E7B98F', '#EBC56B']))];
  const bar = stamp(
    b,
    block('M-70-18L60-34L78-10L76 16L-54 34L-70 8z', C.tan, 6) +
      ink('M-70-18L-52 8L78-10M-52 8v24', 4) +
      dots(
        [
          [-30, -16],
          [0, -20],
          [30, -22],
          [-10, -12],
          [20, -14],
        ],
        7,
        C.paper,
      ),
  );
  const mould =
    block('M-150-50Q-150-74-120-76L40-80Q66-80 70-46H150Q168-44 168-22T150 2H70Q66 40 40 42L-120 40Q-150 38-150 14z', C.brick, 8) +
    cut(round(b, -40, -18, 60, 48), C.bark, 5) +
    ink(
      ring(-40, -18, 40, 32, 8)
        .map(([x, y]) => `M-40-18L${Math.round(x)} ${Math.round(y)}`)
        .join(''),
      9,
      C.tan,
    ) +
    dots([[-40, -18]], 22, C.tan) +
    ink('M84-34h60M84-14h60', 3, C.bark);
  return (
    shadow(320, 526, 270) +
    group(`translate(${b.whole(450, 490)} 250)rotate(${b.whole(98, 108)})`, mould) +
    cut('M70 420Q320 366 570 420Q520 524 320 528Q120 524 70 420z', C.indigo, 8) +
    fill('M92 416Q320 376 548 416Q320 452 92 416z', C.paper) +
    ink('M92 416Q320 376 548 416Q320 452 92 416z', 5) +
    ink('M130 464q30-20 60 4t60 10t60 4t60-4t60-8t70-12', 5, C.mist) +
    plain(220, 372, 1.02) +
    green(420, 374, 1.02) +
    plain(320, 296, 1.02) +
    green(320, 384, 1.04) +
    bar(150, 530, 1, -6) +
    bar(270, 552, 0.9, 8) +
    cup(520, 498, 90, C.white, C.hoe)
  );
}

/** Nibbles: a printed packet with peanuts, dried jackfruit and crisps in a bowl. */
export function snack(b: Brush): string {
  const nut = stamp(
    b,
    block('M-34 0Q-36-18-16-18Q0-10 14-18Q36-20 36 0Q36 20 14 18Q0 10-16 18Q-36 18-34 0z', '#DDB06A', 5) +
      ink('M-22-6v12M-8-6v12M10-8v14M24-6v12', 3, C.brick),
  );
  const crisp = stamp(
    b,
    block('M-40 6Q-30-26 8-24Q40-18 38 8Q10-8-40 6z', b.pick([C.hoe, '#D98A3C', '#B98AAA']), 5) + ink('M-26-2Q0-18 26-6', 3, C.paper),
  );
  const heap: Pt[] = [
    [360, 384],
    [420, 388],
    [480, 384],
    [388, 356],
    [448, 352],
    [418, 330],
    [346, 396],
    [500, 396],
  ];
  return (
    shadow(320, 526, 270) +
    packet(
      210,
      514,
      210,
      340,
      b.pick(['#E9C46A', '#E8A98E', '#B9C77F']),
      b.pick(['rice', 'sun', 'flower']),
      b.pick([C.lychee, C.leaf, C.indigo]),
    ) +
    bowl(424, 404, 240, C.white, heap.map(([x, y], i) => (i % 3 === 1 ? crisp : nut)(x + 2, y, 1, b.between(-50, 50))).join('')) +
    nut(324, 548, 1.1, -16) +
    crisp(408, 560, 1.1, 12) +
    nut(520, 552, 1, 30)
  );
}
