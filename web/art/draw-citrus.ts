/** Oranges and pomelos, whole and cut. */
import { type Brush, block, C, dots, fill, group, ink, loop, type Pt, ring, round, scatter, shadow, stamp, turned } from './brush.ts';
import { blossomStamp, leafStamp } from './motifs.ts';

/** Cut citrus: rind, pith and plump segments. */
function citrusHalf(b: Brush, r: number, rind: string, pith: number, flesh: string, pale: string, count: number): string {
  const inner = r - pith;
  const seg = ring(0, 0, inner * 0.54, inner * 0.54, count, b.next())
    .map(([x, y]) => {
      const a = Math.atan2(y, x);
      const w = Math.PI / count - 0.07;
      const p = (q: number, t: number): Pt => [Math.cos(a + t) * q, Math.sin(a + t) * q];
      return loop([p(inner * 0.14, 0), p(inner * 0.14, 0), p(inner * 0.9, -w), p(inner * 0.98, 0), p(inner * 0.9, w)]);
    })
    .join('');
  const gleam = ring(0, 0, inner * 0.7, inner * 0.7, count, 0.2)
    .map(([x, y]) => `M${Math.round(x)} ${Math.round(y)}l${Math.round(-x * 0.25)} ${Math.round(-y * 0.25)}`)
    .join('');
  return (
    block(round(b, 0, 0, r), rind) +
    fill(round(b, -2, -2, r - 9, r - 9, 0.012), C.white) +
    `<path d="${seg}" fill="${flesh}" stroke="${C.brick}" stroke-width="3"/>` +
    ink(gleam, 5, pale)
  );
}

function citrusStamp(b: Brush, r: number, skin: string, pit: string) {
  return stamp(
    b,
    block(round(b, 0, 0, r, r * 0.95), skin, 8) +
      dots(scatter(b, r * 0.15, r * 0.1, r * 0.66, r * 0.66, 14), 5, pit) +
      ink(`M${-r * 0.7} ${-r * 0.2}q${r * 0.12} ${-r * 0.4} ${r * 0.5} ${-r * 0.48}`, 8, C.paper, 0.75) +
      dots([[4, -r * 0.84]], 14, C.leaf),
  );
}

export function orange(b: Brush): string {
  const whole = citrusStamp(b, 92, '#E2872B', '#B9601F');
  const leaf = leafStamp(b);
  const flower = blossomStamp(b);
  const third = b.next() < 0.6;
  return (
    shadow(320, 520, 250) +
    (third
      ? whole(330, 262, 1, 8) + leaf(334, 186, 1.3, -24) + leaf(330, 184, 1.2, 206)
      : leaf(230, 300, 1.5, -60) + leaf(230, 300, 1.4, -110)) +
    whole(212, 412, 1.1, -12) +
    leaf(214, 316, 1.2, -150) +
    group('translate(424 412)', citrusHalf(b, 104, '#E2872B', 14, '#EE9E3A', '#F9D08A', 10)) +
    flower(112, 500, 1, 10) +
    flower(548, 512, 0.8, 40)
  );
}

export function pomelo(b: Brush): string {
  const skin = b.pick(['#C6C455', '#D3BE4C', '#AFBB55']);
  const pear = turned(0, [
    [10, -150],
    [40, -142],
    [72, -96],
    [124, -20],
    [142, 60],
    [104, 132],
    [0, 150],
  ]);
  const whole = stamp(
    b,
    block(pear, skin) +
      dots(scatter(b, 20, 30, 90, 84, 24), 5, C.sprout) +
      ink('M-96 20q4-60 44-96', 10, C.paper, 0.7) +
      ink('M0-148q0-20 14-30', 12) +
      ink('M0-148q0-20 14-30', 6, C.leaf),
  );
  const leaf = leafStamp(b);
  return (
    shadow(320, 524, 260) +
    leaf(236, 190, 1.6, -34) +
    leaf(226, 190, 1.4, -150) +
    whole(230, 358, 1.04, b.between(-6, 6)) +
    group('translate(442 410)', citrusHalf(b, 118, skin, 30, C.rose, C.paper, 11)) +
    group(
      'translate(320 540)rotate(8)',
      block('M-64 0Q-10-52 64-12Q30 40-64 0z', C.rose, 6) + ink('M-44 0Q0-26 40-12M-20 8Q10-4 36 0', 4, C.coral),
    )
  );
}
