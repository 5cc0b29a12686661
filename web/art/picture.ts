/** One product, one print: the same seed always gives the same picture. */
import { backdrop, seal, shimmer } from './backdrop.ts';
import { type Brush, group, makeBrush, trimNumbers } from './brush.ts';
import { FAMILIES, type PictureFamily } from './families.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);

/** Moves the subject a little nearer or farther about the spot it stands on, and perhaps turns it round. */
function place(b: Brush, subject: string, mirrored: boolean): string {
  const s = Math.round(b.between(0.93, 1) * 100) / 100;
  const shift = Math.round(320 * (mirrored ? 1 + s : 1 - s));
  return group(`matrix(${mirrored ? -s : s} 0 0 ${s} ${shift} ${Math.round(520 * (1 - s))})`, subject);
}

export function drawPicture(p: { family: PictureFamily; seed: string; title: string }): string {
  const b = makeBrush(`${p.family}/${p.seed}`);
  const recipe = FAMILIES[p.family];
  const sheet = backdrop(b, b.pick(recipe.tints), recipe.ground);
  const mirrored = recipe.oneWay !== true && b.next() < 0.5;
  const body = sheet + place(b, recipe.draw(b), mirrored) + shimmer(b) + seal(mirrored ? 30 : 572, 30);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640" role="img"><title>${escapeXml(p.title)}</title>${trimNumbers(
    `<g stroke-linecap="round" stroke-linejoin="round">${b.defs()}${body}</g>`,
  )}</svg>`;
}
