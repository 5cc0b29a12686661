import { ascii, joined, viewOf } from './bytes.ts';

const exif = Uint8Array.of(0x45, 0x78, 0x69, 0x66, 0, 0);
const orientationTag = 0x0112;
const short = 3;

/** Which way up a phone was held (1–8, TIFF's tag 274), of an APP1 segment; `undefined` when it does not say, or is no sound EXIF. */
export function orientationOf(content: Uint8Array): number | undefined {
  if (content.length < 20 || ascii(content, 0, 4) !== 'Exif') return undefined;
  const tiff = content.subarray(exif.length);
  const view = viewOf(tiff);
  const order = ascii(tiff, 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const isLittle = order === 'II';
  const directory = view.getUint32(4, isLittle);
  if (view.getUint16(2, isLittle) !== 42 || directory + 2 > tiff.length) return undefined;
  const entries = view.getUint16(directory, isLittle);
  for (let n = 0; n < entries; n++) {
    const entry = directory + 2 + 12 * n;
    if (entry + 12 > tiff.length) return undefined;
    if (view.getUint16(entry, isLittle) !== orientationTag) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return view.getUint16(entry + 2, isLittle) === short && value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An APP1 segment that says this and nothing else; nothing at all for a picture that is upright. */
export function orientationSegment(orientation: number): Uint8Array {
  if (orientation === 1) return new Uint8Array();
  const directory = Uint8Array.of(0, 1, orientationTag >> 8, orientationTag & 0xff, 0, short, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
  const tiff = joined([Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8), directory]);
  return joined([Uint8Array.of(0xff, 0xe1, 0, 2 + exif.length + tiff.length), exif, tiff]);
}
