import { ascii, checkSize, joined, NoPhoto, viewOf } from './bytes.ts';
import type { Cleaned } from './clean-photo.ts';
import { orientationOf, orientationSegment } from './orientation.ts';

/** Markers of ITU-T T.81, table B.1. */
const [soi, eoi, sos, dqt, dht, dri, app0, app1, app14, appLast, comment] = [
  0xd8, 0xd9, 0xda, 0xdb, 0xc4, 0xdd, 0xe0, 0xe1, 0xee, 0xef, 0xfe,
];
/** Baseline, extended and progressive with Huffman codes: what cameras and browsers write. Lossless and arithmetic ones nobody shows. */
const frames = [0xc0, 0xc1, 0xc2];

interface Segment {
  marker: number;
  /** From the marker to the end, length bytes included. */
  whole: Uint8Array;
  /** Behind the length bytes. */
  content: Uint8Array;
  end: number;
}

function segmentAt(bytes: Uint8Array, at: number): Segment {
  if (bytes[at] !== 0xff) throw new NoPhoto(`no marker at ${at}`);
  let start = at;
  // A marker may be preceded by any number of fill bytes.
  while (bytes[start + 1] === 0xff) start++;
  const marker = bytes[start + 1] ?? 0;
  if (marker === eoi) return { marker, whole: bytes.subarray(start, start + 2), content: new Uint8Array(), end: start + 2 };
  const length = start + 4 <= bytes.length ? viewOf(bytes).getUint16(start + 2) : 0;
  const end = start + 2 + length;
  if (length < 2 || end > bytes.length) throw new NoPhoto(`segment ${marker.toString(16)} is cut short`);
  return { marker, whole: bytes.subarray(start, end), content: bytes.subarray(start + 4, end), end };
}

/** Where the coded picture behind a scan's header ends: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new NoPhoto('no end of the picture');
}

/** Quantization tables of 8 or 16 bits, one after the other, filling the segment to its last byte. */
function isQuantization(content: Uint8Array): boolean {
  let at = 0;
  while (at < content.length) at += (content[at] ?? 0) >> 4 ? 129 : 65;
  return at === content.length;
}

/** Huffman tables: a class, sixteen counts, as many symbols as they say. */
function isHuffman(content: Uint8Array): boolean {
  let at = 0;
  while (at < content.length) at += 17 + content.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
  return at === content.length;
}

function frameOf(content: Uint8Array): { width: number; height: number } {
  const components = content[5] ?? 0;
  if (content.length !== 6 + 3 * components || content[0] !== 8 || ![1, 3].includes(components)) throw new NoPhoto('frame header');
  const view = viewOf(content);
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  checkSize(width, height);
  return { width, height };
}

/**
 * A JPEG of those segments only that are needed to show it. Of EXIF stays which way up the phone was held; place, time, device and
 * thumbnail go, and so do colour profiles, comments and whatever hangs behind the picture's end.
 * @throws NoPhoto
 */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const parts: Uint8Array[] = [];
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let scans = 0;
  for (let at = 2; ; ) {
    const { marker, whole, content, end } = segmentAt(bytes, at);
    at = end;
    if (marker === eoi) break;
    if (marker === app1) orientation = orientationOf(content) ?? orientation;
    else if (frames.includes(marker)) {
      if (size) throw new NoPhoto('two frames');
      size = frameOf(content);
      parts.push(whole);
    } else if (marker === sos) {
      if (!size || content.length !== 4 + 2 * (content[0] ?? 0)) throw new NoPhoto('scan header');
      at = endOfScan(bytes, end);
      parts.push(whole, bytes.subarray(end, at));
      scans++;
    } else if (
      (marker === dqt && isQuantization(content)) ||
      (marker === dht && isHuffman(content)) ||
      (marker === dri && whole.length === 6)
    )
      parts.push(whole);
    // Adobe's mark says how the colours are coded: 12 bytes, no text.
    else if (marker === app14 && content.length === 12 && ascii(content, 0, 5) === 'Adobe') parts.push(whole);
    else if (!(marker >= app0 && marker <= appLast) && marker !== comment) throw new NoPhoto(`segment ${marker.toString(16)}`);
  }
  if (!size || scans === 0) throw new NoPhoto('no picture in the file');
  return {
    type: 'image/jpeg',
    // From 5 on the phone was held sideways.
    ...(orientation < 5 ? size : { width: size.height, height: size.width }),
    bytes: joined([Uint8Array.of(0xff, soi), orientationSegment(orientation), ...parts, Uint8Array.of(0xff, eoi)]),
  };
}
