/** Why a picture is refused; the words for people are the story's. */
export class NoPhoto extends Error {}

/** Pixels a phone can decode without trouble: a file of 2 MB can claim far more. */
const mostPixels = 25_000_000;
const longestSide = 10_000;

/** @throws NoPhoto for no picture at all, or one that would fill a phone's memory */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width > longestSide || height > longestSide || width * height > mostPixels)
    throw new NoPhoto(`${width} × ${height} pixels`);
}

export const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
