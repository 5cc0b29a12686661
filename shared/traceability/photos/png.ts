import { ascii, checkSize, joined, NoPhoto, viewOf } from './bytes.ts';
import type { Cleaned } from './clean-photo.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Bit depths by colour type (PNG, table 11.1). */
const depths: Record<number, readonly number[]> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

/** What is needed to show the picture. All other chunks hold texts, times, profiles or what nobody here can check. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

const remainders = Uint32Array.from({ length: 256 }, (_, n) => {
  let remainder = n;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (remainders[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function headerOf(content: Uint8Array): { width: number; height: number } {
  if (content.length !== 13) throw new NoPhoto('header');
  const view = viewOf(content);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colour = 0, compression, filter, interlace = 2] = content.subarray(8);
  if (!depths[colour]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) throw new NoPhoto('header');
  checkSize(width, height);
  return { width, height };
}

/**
 * A PNG of the chunks only that are needed to show it, each with a right checksum; an animation becomes its first picture.
 * @throws NoPhoto
 */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [signature];
  const names: string[] = [];
  let size: { width: number; height: number } | undefined;
  for (let at = signature.length; names.at(-1) !== 'IEND'; ) {
    if (at + 12 > bytes.length) throw new NoPhoto('cut short');
    const length = view.getUint32(at);
    const end = at + 12 + length;
    const name = ascii(bytes, at + 4, 4);
    if (end > bytes.length || view.getUint32(end - 4) !== crc(bytes.subarray(at + 4, end - 4))) throw new NoPhoto(`chunk ${name}`);
    if ((names.length === 0) !== (name === 'IHDR')) throw new NoPhoto('IHDR is not the first chunk');
    if (name === 'IHDR') size = headerOf(bytes.subarray(at + 8, end - 4));
    if (kept.has(name)) {
      parts.push(bytes.subarray(at, end));
      names.push(name);
      // A capital first letter: no picture without it.
    } else if (/^[A-Z]/.test(name)) throw new NoPhoto(`chunk ${name}`);
    at = end;
  }
  const order = names.join(' ').replace(/IDAT(?: IDAT)*/, 'IDAT');
  if (!size || !/^IHDR(?: PLTE)?(?: tRNS)? IDAT IEND$/.test(order)) throw new NoPhoto(`chunks ${order.slice(0, 60)}`);
  return { type: 'image/png', ...size, bytes: joined(parts) };
}
