/** Woodwork, statues, prints and silk. */
import { type Brush, block, box, C, cut, dots, fill, group, INK, ink, type Pt, ring, round, scatter, shadow, stamp } from './brush.ts';
import { leafStamp, tray } from './motifs.ts';

/** The yin-yang pig: the print everyone can name. */
const pig = (): string =>
  block(
    'M-126-20Q-130-74-70-84Q10-100 80-76Q112-64 118-30Q138-34 152-14L150 16Q132 30 112 18Q104 52 84 62L86 96H58L52 66Q0 80-58 66L-64 96H-92L-96 56Q-122 24-126-20z',
    C.rose,
    7,
  ) +
  group(
    'translate(-54 -10)',
    fill(round0(42), C.sprout) +
      ink('M-42 0a42 42 0 1 0 84 0a42 42 0 1 0-84 0M-26 4a26 24 0 1 1 40 18a16 14 0 0 1-22-20a8 8 0 0 1 12 6', 6),
  ) +
  group(
    'translate(38 -6)scale(.8)',
    fill(round0(42), C.hoe) + ink('M-42 0a42 42 0 1 0 84 0a42 42 0 1 0-84 0M-26 4a26 24 0 1 1 40 18a16 14 0 0 1-22-20a8 8 0 0 1 12 6', 7),
  ) +
  ink(
    'M96-72q-8-34-34-30q0 30 22 40M104-30q8-8 16 0M150-10v20M-126-30q-26-20-8-42q18 4 4 22M-100-76l-6-16M-76-84l-4-16M-50-88l-2-16M-24-90v-16M2-90l4-16M28-88l6-14',
    6,
  ) +
  dots([[108, -38]], 9);

const round0 = (r: number): string => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** Either the rat wedding in a suggestion (banner, trumpet, palanquin) or the pig with her litter. */
export function dongHoPrint(b: Brush): string {
  const paper = b.pick([C.hoe, '#F3E6C8', '#EFC9A0']);
  const rat = ratStamp(b);
  const wedding =
    [
      [-96, -70, C.sprout],
      [0, -76, C.brick],
      [96, -70, C.indigo],
    ]
      .map(([x, y, c]) => rat(Number(x), Number(y), String(c)))
      .join('') +
    ink('M-70-96L-30-126M30-100V-150', 6, C.clay) +
    cut('M30-150h46l-10 14 10 16H30z', C.lychee, 4) +
    cut('M-36-130l22-8 4 22z', C.hoe, 4) +
    cut('M-40 66L-52 20H52L40 66z', C.lychee, 5) +
    cut('M-66 22Q0-34 66 22Q0 10-66 22z', C.leaf, 5) +
    ink('M-120 60H120', 6, C.clay) +
    dots([[0, 42]], 24, INK) +
    dots([[0, 42]], 17, C.paper) +
    rat(-104, 60, C.clay) +
    rat(104, 60, C.sprout) +
    ink('M-130 122q26-14 52 0t52 0t52 0t52 0t52 0', 5, C.leaf);
  const piggy =
    group('translate(0 -40)', pig()) +
    group('translate(-40 96)scale(.42)', pig()) +
    group('translate(70 100)scale(-.42 .42)', pig()) +
    ink('M-128 140q30-16 60 0t60 0t60 0t60 0', 5, C.leaf) +
    cut('M96-122q-20-30 6-48q30 14 10 48z', C.leaf, 4);
  const scene = b.next() < 0.5 ? wedding : piggy;
  return (
    shadow(330, 540, 250) +
    group(`rotate(${b.whole(3, 6)} 320 320)`, fill('M180 96H530V500H180z', INK, 0.25) + cut('M166 84H520V486H166z', '#E9C98F', 6)) +
    group(
      `translate(312 296)rotate(${b.whole(-5, -2)})`,
      block('M-190-214L186-220L194 216L-184 222z', paper, 6) +
        ink('M-166-192L164-198L170 194L-162 198z', 5, C.lychee) +
        group('translate(0 6)scale(1.08)', scene) +
        fill(box(-150, -182, 18, 46), C.lychee) +
        ink('M-141-174v30', 3, C.paper),
    ) +
    group(
      `translate(474 520)rotate(${b.whole(-16, -6)})`,
      block('M-110-26H90V34H-110z', C.tan, 7) +
        block('M-110-26L-92-46H106L90-26z', '#DDB07A', 6) +
        ink('M90-26L106-46V12L90 34', 5) +
        ink('M-92-8q20 10 40 0t40 0t40 0t30 4M-92 14q20 10 40 0t40 0t40 0t30 0', 4, C.brick),
    ) +
    group(
      'translate(140 530)rotate(-30)',
      ink('M-70 0H30', 20) +
        ink('M-70 0H30', 11, C.straw) +
        block('M30-22H84Q96 0 84 22H30z', C.bark, 6) +
        ink('M44-12h36M44 0h40M44 12h36', 4, C.tan),
    )
  );
}

/** One rat on its hind legs, drawn in any coat colour. */
function ratStamp(b: Brush): (x: number, y: number, coat: string) => string {
  const line = stamp(
    b,
    ink('M-20 40q-36 10-40-20M-14 46v16M16 48v14M22 14q16 6 26-6', 6) +
      dots(
        [
          [34, -10],
          [60, -4],
        ],
        7,
      ) +
      ink('M56-2l14-8M56 0l14 6', 2.5) +
      cut('M6-22a11 11 0 1 0 1 0z', C.rose, 4),
  );
  return (x, y, coat) =>
    group(`translate(${x} ${y})`, block('M-26 46Q-34-10 0-26Q40-22 62-4Q42 10 30 14Q36 30 26 48z', coat, 6)) + line(x, y);
}

/** Đồng Kỵ carved armchair with mother-of-pearl on its back. */
export function woodwork(b: Brush): string {
  const [wood, dark, light] = b.pick<readonly [string, string, string]>([
    ['#8E4A26', '#5A2A14', '#C07E4A'],
    ['#A9622E', '#6B3818', '#D99B5C'],
    ['#6E3A24', '#42200F', '#A8683F'],
  ]);
  const scroll = stamp(b, ink('M0 0q30-34 50-6t-14 34q-20 2-16-16', 14) + ink('M0 0q30-34 50-6t-14 34q-20 2-16-16', 7, light));
  const back = 'M196 330V150Q210 110 250 116Q280 70 320 66Q360 70 390 116Q430 110 444 150V330z';
  return (
    shadow(320, 540, 220) +
    block('M182 396H212L206 536H172zM428 396H458L468 536H434z', dark, 7) +
    block(back, wood, 9) +
    cut('M232 326V168Q250 142 272 150Q300 112 320 110Q340 112 368 150Q390 142 408 168V326z', dark, 6) +
    scroll(246, 150, 0.9, -20) +
    scroll(394, 150, 0.9, 20, true) +
    cut(round(b, 320, 226, 62, 62, 0.006), light, 6) +
    group(
      'translate(320 230)',
      dots(ring(0, 0, 26, 26, 5, -0.3), 30, C.paper) + dots([[0, 0]], 20, C.mist) + dots(ring(0, 0, 26, 26, 5, -0.3), 8, C.mist),
    ) +
    ink('M260 306q30-24 60-6q30-18 60 6', 6, light) +
    dots(
      [
        [254, 200],
        [386, 200],
        [256, 262],
        [384, 262],
      ],
      10,
      C.paper,
    ) +
    ink('M298 92q22-18 44 0', 7, light) +
    block('M150 256Q140 236 168 236L206 244L202 274L184 276V384H158zM490 256Q500 236 472 236L434 244L438 274L456 276V384H482z', wood, 8) +
    block('M136 362Q320 346 504 362L524 402Q320 420 116 402z', wood, 9) +
    ink('M150 378Q320 364 490 378M134 392Q320 404 506 392', 4, light) +
    block(
      'M126 404Q320 420 514 404L508 446Q480 434 460 462Q420 438 380 462Q350 440 320 466Q290 440 260 462Q220 438 180 462Q160 434 132 446z',
      dark,
      8,
    ) +
    ink('M170 426q20 16 40 0t40 0t40 0t40 0t40 0t40 0t40 0t20 4', 5, light) +
    block('M128 440H166L158 556Q130 562 112 552Q130 520 128 440zM474 440H512Q510 520 528 552Q510 562 482 556z', wood, 8) +
    ink('M140 460q-2 50-8 80M500 460q2 50 8 80', 5, light)
  );
}

/** The laughing Di Lặc, carved from a root. */
export function woodStatue(b: Brush): string {
  const [wood, dark, light] = b.pick<readonly [string, string, string]>([
    ['#B5763A', '#6F3F18', '#E0AC6C'],
    ['#9A5530', '#57290F', '#CC8A5A'],
  ]);
  const robe = 'M136 486Q116 420 166 360Q170 300 226 274Q320 240 414 274Q470 300 474 360Q524 420 504 486Q320 530 136 486z';
  const grain = 'M170 450q20-40 10-70M196 470q10-30 0-60M470 450q-20-40-10-70M444 470q-10-30 0-60';
  return (
    shadow(320, 556, 250) +
    block('M92 500Q120 468 200 480Q320 460 440 480Q520 468 548 500Q560 548 490 552Q320 566 150 552Q80 548 92 500z', dark, 8) +
    ink('M130 520q40-20 80 6t80 0t80 4t80-8t60 4', 5, wood) +
    block(robe, wood, 9) +
    fill('M150 470Q136 420 176 368Q180 310 230 284Q190 350 200 420Q190 460 150 470z', light, 0.6) +
    cut(round(b, 320, 392, 98, 82, 0.01), light, 7) +
    cut('M226 274Q280 330 296 330Q320 344 344 330Q360 330 414 274Q370 262 320 262T226 274z', light, 6) +
    ink('M284 344q10 12 24 6M332 350q14 6 24-6M308 430a12 12 0 0 0 24 0', 5, dark) +
    ink(grain, 4, dark) +
    block('M150 420Q150 380 190 372Q240 380 252 414Q260 440 236 446Q190 452 150 420z', wood, 8) +
    ink('M252 414q-20 2-24 14M248 430q-14 0-18 8', 4, dark) +
    block('M490 420Q490 380 450 372Q400 380 388 414Q380 440 404 446Q450 452 490 420z', wood, 8) +
    ink('M388 414q20 2 24 14M392 430q14 0 18 8', 4, dark) +
    block('M150 478Q220 440 320 466Q420 440 490 478Q470 512 400 506Q320 490 240 506Q170 512 150 478z', wood, 8) +
    ink('M196 484q60-20 124-4q64-16 124 4', 5, dark) +
    block('M232 190Q226 100 320 96Q414 100 408 190Q414 270 320 276Q226 270 232 190z', light, 9) +
    cut('M236 170Q206 160 210 210Q212 262 240 250M404 170Q434 160 430 210Q428 262 400 250', light, 7) +
    ink('M264 168q18-16 36 0M340 168q18-16 36 0', 8, dark) +
    ink('M312 176q-10 26 0 30q8 6 18 0', 6, dark) +
    cut('M268 214Q320 232 372 214Q366 256 320 258Q274 256 268 214z', dark, 6) +
    ink('M282 222Q320 236 358 222', 7, C.paper) +
    ink('M256 206q-6 10 4 16M384 206q6 10-4 16M320 120v.1', 6, dark) +
    dots(
      Array.from({ length: 9 }, (_, i): Pt => [236 + i * 21, 300 + Math.sin((i / 8) * 3.14) * 44]),
      17,
    ) +
    dots(
      Array.from({ length: 9 }, (_, i): Pt => [236 + i * 21, 300 + Math.sin((i / 8) * 3.14) * 44]),
      11,
      C.brick,
    )
  );
}

/** Tơ tằm Vọng Nguyệt: golden skeins, cocoons on the tray, mulberry leaf. */
export function silk(b: Brush): string {
  const hank = (colour: string, line: string): string =>
    block('M-46-150Q-60-190 0-196Q60-190 46-150Q36-20 56 120Q60 176 0 184Q-60 176-56 120Q-36-20-46-150z', colour, 8) +
    ink(
      'M-28-170Q-16-20-36 150M-10-186Q0-20-12 172M12-186Q2-20 14 172M30-170Q18-20 38 150M-20-180Q-8-30-24 160M22-180Q10-30 26 160',
      4,
      line,
    ) +
    ink('M-44-10Q0 8 44-10', 24) +
    ink('M-44-10Q0 8 44-10', 15, C.lychee) +
    ink('M-20-170q10-14 20 0q10-14 20 0', 4, line);
  const cocoon = stamp(
    b,
    block('M-34 0Q-32-22-6-20Q0-16 6-20Q32-22 34 0T6 20Q0 16-6 20Q-34 22-34 0z', '#F6E0A0', 6) +
      ink('M-20-8q20 8 40 0M-24 4q24 8 46 0', 3, C.hoe),
  );
  const white = stamp(b, block('M-32 0Q-32-20 0-20T32 0T0 20T-32 0z', C.white, 6) + ink('M-18-8q18 8 36 0M-20 4q20 8 40 0', 3, C.tan));
  const leaf = leafStamp(b, C.leaf, C.lime, 36);
  const heap = scatter(b, 330, 466, 150, 34, 13).sort((p, q) => p[1] - q[1]);
  const tones = b.pick<readonly [string, string, string, string]>([
    ['#E9BE4C', '#A8742A', C.paper, C.tan],
    ['#F3E6C8', C.tan, '#E9BE4C', '#A8742A'],
    ['#D98A7A', '#8E3A34', '#E9BE4C', '#A8742A'],
  ]);
  return (
    ink('M80 84H560', 24) +
    ink('M80 84H560', 13, C.tan) +
    shadow(320, 540, 270) +
    group('translate(190 262)', hank(tones[0], tones[1])) +
    group('translate(452 262)', hank(tones[0], tones[1])) +
    group('translate(320 254)', hank(tones[2], tones[3])) +
    tray(b, 320, 470, 246, 78) +
    leaf(500, 470, 1.4, -30) +
    leaf(140, 474, 1.4, 204) +
    heap.map(([x, y], i) => (i % 3 ? cocoon : white)(x, y - 8, 1, b.between(-40, 40))).join('')
  );
}
