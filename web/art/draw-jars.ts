/** Oil and honey: things that glow through glass. */
import { type Brush, block, box, C, cut, dots, fill, group, ink, type Pt, poly, ring, shadow, stamp, turned, within } from './brush.ts';
import { blossomStamp, glassJar, label, leafStamp } from './motifs.ts';

export function oilBottle(b: Brush): string {
  const bottle = turned(250, [
    [34, 130],
    [34, 130],
    [34, 190],
    [46, 222],
    [92, 268],
    [98, 320],
    [98, 500],
    [86, 520],
    [86, 520],
  ]);
  const shell = stamp(
    b,
    block('M-62 4Q-66-34-30-34Q-6-32 0-22Q14-36 40-32Q72-24 66 8Q58 38 30 34Q10 32 2 22Q-12 36-36 34Q-60 30-62 4z', '#DDB06A', 7) +
      ink(
        'M-50-14q20-10 44 4M-52 6q24-8 48 2M-44 22q18-4 38-2M10-14q24-10 46 0M10 6q24-6 50 2M14 22q20-2 38-2M-30-28v54M34-26v52',
        3.5,
        C.brick,
      ),
  );
  const kernel = stamp(
    b,
    block('M-26 0Q-22-22 6-20Q28-16 26 4Q18 22-6 20Q-24 16-26 0z', '#C9694A', 6) + ink('M-14-4q14-10 28 0', 4, C.rose),
  );
  const leaf = leafStamp(b, C.sprout, C.leaf, 32);
  return (
    shadow(320, 526, 260) +
    block(bottle, '#F3E3A4', 9) +
    within(b, bottle, fill('M140 250Q200 240 260 252T360 246V530H140z', C.hoe) + fill(box(310, 250, 50, 270), '#C98A22', 0.55)) +
    ink(bottle, 6) +
    cut('M208 96q42-10 84 0v44q-42 10-84 0z', C.brick, 7) +
    ink('M222 102v40M240 106v40M260 106v40M278 102v40', 3, C.bark) +
    ink('M172 290q-6 30-6 70', 9, C.white, 0.85) +
    label(250, 410, 180, 140, 'leaf', C.leaf) +
    leaf(470, 372, 1.2, -50) +
    leaf(470, 372, 1.1, -110) +
    leaf(480, 380, 1, -12) +
    shell(452, 420, 1.16, -10) +
    shell(520, 484, 1.06, 24) +
    shell(420, 494, 1.14, b.between(-20, 4)) +
    kernel(350, 546, 1.1) +
    kernel(404, 562, 1, 30) +
    kernel(566, 552, 1, -30)
  );
}

/** Lychee-blossom honey: jar, comb, blossom and a bee. */
export function honey(b: Brush): string {
  const cells: Pt[] = [
    [0, 0],
    [62, 0],
    [124, 0],
    [31, 54],
    [93, 54],
    [155, 54],
    [0, 108],
    [62, 108],
    [124, 108],
  ];
  const hex = stamp(b, cut(poly(ring(0, 0, 34, 34, 6, Math.PI / 6)), C.hoe, 6) + fill(poly(ring(2, 3, 22, 22, 6, Math.PI / 6)), '#C47E1E'));
  const capped = stamp(b, cut(poly(ring(0, 0, 34, 34, 6, Math.PI / 6)), C.straw, 6) + ink('M-12-6q12-8 24 0', 4, C.paper));
  const bee = stamp(
    b,
    cut('M-4-10Q-26-52 6-50Q24-40 8-10z', C.white, 4) +
      cut('M6-10Q16-50 40-36Q44-18 18-8z', C.white, 4) +
      block('M-38 4Q-34-18 0-18Q38-16 44 4Q36 24 0 24Q-36 22-38 4z', C.hoe, 5) +
      ink('M-14-15v36M4-16v38M22-14v34', 8) +
      ink('M-38 0q-12-8-14-18M-36-4q-6-12-2-20', 3.5) +
      dots([[-28, 0]], 6),
  );
  const bloom = blossomStamp(b, C.paper, C.hoe);
  const leaf = leafStamp(b);
  const flow =
    fill(box(120, 200, 300, 330), '#D9921F') +
    fill('M120 250Q190 232 260 252T420 246V320Q300 330 120 300z', '#EDB443') +
    ink('M190 360q-10 50 4 100', 8, '#F3CF74');
  return (
    shadow(320, 526, 260) +
    group(
      'translate(404 236)',
      cells.map(([x, y], i) => (b.next() < 0.25 || i === 5 ? capped : hex)(x, y)).join('') +
        ink('M62 142q-4 40 0 60q8 16 14 0q4-24-2-58', 12) +
        fill('M60 138q-4 44 0 64q8 14 14 0q4-24-2-62z', C.hoe),
    ) +
    glassJar(b, 262, 518, 230, 290, flow, C.tan, '#F3E3A4') +
    label(262, 410, 170, 122, 'flower', C.lychee) +
    group(
      'translate(470 500)rotate(-16)',
      ink('M40 0H150', 18) +
        ink('M40 0H150', 9, C.tan) +
        block('M-44-28Q-60 0-44 28Q0 40 44 24Q56 0 44-24Q0-40-44-28z', C.tan, 7) +
        ink('M-34-30v60M-14-34v68M8-34v68M28-30v58', 5, C.brick),
    ) +
    leaf(110, 520, 1.3, 200) +
    leaf(130, 500, 1.2, -110) +
    leaf(140, 520, 1.2, -28) +
    [
      [96, 470],
      [146, 464],
      [118, 516],
      [176, 520],
      [76, 528],
    ]
      .map(([x = 0, y = 0]) => bloom(x, y, b.between(0.8, 1), b.between(0, 70)))
      .join('') +
    bee(472, 150, 1.1, -12) +
    bee(120, 220, 0.9, 14, true)
  );
}
