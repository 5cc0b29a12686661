import { ascii, NoPhoto } from './bytes.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PhotoType = (typeof photoTypes)[number];

export interface Cleaned {
  type: PhotoType;
  /** In pixels, as the picture is shown. */
  width: number;
  height: number;
  bytes: Uint8Array;
}

function formatOf(bytes: Uint8Array): ((bytes: Uint8Array) => Cleaned) | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return cleanJpeg;
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return cleanPng;
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return cleanWebp;
  return undefined;
}

/**
 * A stranger's picture as it may be shown to others: judged by its bytes, not by what it is called, and put together anew from the
 * parts a picture needs. Where and when it was taken, with which phone, by whom, thumbnails, comments and anything hidden before,
 * between or behind those parts is gone. The coded picture itself is not decoded: a browser that shows it does that in its sandbox.
 * @returns undefined for what is no sound still picture of these formats
 */
export function cleanPhoto(bytes: Uint8Array): Cleaned | undefined {
  try {
    return formatOf(bytes)?.(bytes);
  } catch (error) {
    if (error instanceof NoPhoto) return undefined;
    throw error;
  }
}
