import { ascii, checkSize, joined, NoPhoto, viewOf } from './bytes.ts';
import type { Cleaned } from './clean-photo.ts';

const word = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const number = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
};

/** A RIFF chunk: name, length, content, and a byte more when the length is odd. */
const chunk = (name: string, content: Uint8Array): Uint8Array =>
  joined([word(name), number(content.length), content, new Uint8Array(content.length % 2)]);

/** Of a key frame of VP8 (RFC 6386, 9.1). */
function lossySize(content: Uint8Array): { width: number; height: number } {
  const isKeyFrame = content.length > 10 && ((content[0] ?? 1) & 1) === 0;
  if (!isKeyFrame || content[3] !== 0x9d || content[4] !== 0x01 || content[5] !== 0x2a) throw new NoPhoto('VP8');
  const view = viewOf(content);
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** Of a lossless bitstream: 14 bits each, counted from one; the last three bits are its version, 0. */
function losslessSize(content: Uint8Array): { width: number; height: number } {
  if (content.length < 6 || content[0] !== 0x2f) throw new NoPhoto('VP8L');
  const bits = viewOf(content).getUint32(1, true);
  if (bits >>> 29 !== 0) throw new NoPhoto('VP8L version');
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** Written anew: of the flags only alpha is left, and the canvas is as large as the picture. */
function extended(width: number, height: number): Uint8Array {
  const alphaFlag = 0x10;
  const [across, down] = [width - 1, height - 1];
  return chunk(
    'VP8X',
    Uint8Array.of(alphaFlag, 0, 0, 0, across & 0xff, (across >> 8) & 0xff, across >> 16, down & 0xff, (down >> 8) & 0xff, down >> 16),
  );
}

/** Chunks by name; one that stands twice is no still picture. */
function chunksOf(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length || end < 12) throw new NoPhoto('cut short');
  const chunks = new Map<string, Uint8Array>();
  for (let at = 12; at < end; ) {
    if (at + 8 > end) throw new NoPhoto('cut short');
    const name = ascii(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > end || chunks.has(name)) throw new NoPhoto(`chunk ${name}`);
    chunks.set(name, bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/**
 * A still WebP of the picture alone, put together anew: EXIF, XMP and colour profile are not taken along.
 * @throws NoPhoto, for an animation too
 */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  if (bytes.length < 20) throw new NoPhoto('cut short');
  const chunks = chunksOf(bytes);
  const [lossy, lossless, alpha] = [chunks.get('VP8 '), chunks.get('VP8L'), chunks.get('ALPH')];
  if (chunks.has('ANIM') || chunks.has('ANMF') || (lossy && lossless)) throw new NoPhoto('no still picture');
  const picture = lossy ?? lossless;
  if (!picture) throw new NoPhoto('no picture in the file');
  const { width, height } = lossy ? lossySize(lossy) : losslessSize(picture);
  checkSize(width, height);
  const content = lossy
    ? [...(alpha ? [extended(width, height), chunk('ALPH', alpha)] : []), chunk('VP8 ', lossy)]
    : [chunk('VP8L', picture)];
  const body = joined([word('WEBP'), ...content]);
  return { type: 'image/webp', width, height, bytes: joined([word('RIFF'), number(body.length), body]) };
}
