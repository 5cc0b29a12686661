/** A phone's picture has 12 million points and 5 MB; a screen that shows a lot has a tenth of that. */
const longestSide = 1_600;
const quality = 0.8;

/** The largest size of a picture's own shape that fits. */
export function shrunk(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A picture as it is sent: upright, small enough for a field's network, and drawn anew, so that the place and time the phone noted never
 * leave it. `undefined` when the browser cannot read the file.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, shrunk(picture.width, picture.height));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', quality));
}
