import { createHash } from 'node:crypto';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { cleanPhoto, photoTypes } from '../../../shared/traceability/photos/clean-photo.ts';
import { mostPhotos, type Photo, photoOf } from '../../../shared/traceability/photos/contract.ts';
import { jitter } from '../../platform/retry.ts';
import { ownLot } from './own-lot.ts';
import { dropPhoto, putPhoto, readPhoto } from './photo-store.ts';

/** Another of the stall's phones changes the same lot's photos this often only by mistake. */
const maxAttempts = 6;

/**
 * A seller shows a lot. The photo's name comes from its lot and its bytes, 132 bits of SHA-256: nobody finds it who has not seen it, and
 * a call that is repeated adds nothing.
 * @throws Problem for a file that is no picture, a fifth photo, another's lot
 */
export async function addPhoto(sellerId: string, lotName: string, file: { type: string; bytes: Uint8Array }): Promise<Photo> {
  const declared = file.type.split(';')[0]?.trim().toLowerCase();
  if (!photoTypes.some((type) => type === declared))
    throw new Problem('unsupported_media_type', { vi: 'Xin gửi ảnh JPEG, PNG hoặc WebP.', en: 'Send a JPEG, PNG or WebP picture.' });
  const lot = await ownLot(sellerId, lotName);
  const photo = cleanPhoto(file.bytes);
  if (!photo)
    throw invalid('body', {
      vi: 'Tệp này không phải ảnh tĩnh JPEG, PNG hoặc WebP nguyên vẹn, hoặc ảnh quá 25 triệu điểm.',
      en: 'This is no sound still picture in JPEG, PNG or WebP, or one of more than 25 million pixels.',
    });
  const { bytes, ...rest } = photo;
  const id = createHash('sha256')
    .update(JSON.stringify([lot.gtin, lot.lot]))
    .update(bytes)
    .digest('base64url')
    .slice(0, 22);
  if ((await putPhoto(lot, { id, ...rest }, bytes)) === 'full')
    throw new Problem('conflict', {
      vi: `Mỗi lô có tối đa ${mostPhotos} ảnh. Xin bỏ bớt một ảnh trước.`,
      en: `A lot has ${mostPhotos} photos at most. Take one away first.`,
    });
  return photoOf({ id, ...rest });
}

/** @throws Problem `not_found` for a photo the lot does not have (any more) */
export async function removePhoto(sellerId: string, lotName: string, id: string): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const lot = await ownLot(sellerId, lotName);
    const photo = lot.photos?.find((p) => p.id === id);
    if (!photo) throw notFound({ vi: 'Lô này không có ảnh đó.', en: 'The lot has no such photo.' });
    if ((await dropPhoto(lot, photo)) === 'dropped') return;
    await jitter(attempt);
  }
  throw new Problem(
    'unavailable',
    { vi: 'Ảnh của lô đang được sửa ở nơi khác. Xin thử lại.', en: 'The lot’s photos are being changed elsewhere. Please try again.' },
    { retryAfterSeconds: 1 },
  );
}

/**
 * The picture with headers that keep it a picture: its type is ours and fixed, and a browser that opens it alone runs nothing of it.
 * @throws Problem `not_found`
 */
export async function showPhoto(id: string): Promise<{ raw: Uint8Array; headers: Record<string, string> }> {
  const photo = await readPhoto(id);
  if (!photo) throw notFound({ vi: 'Không có ảnh này.', en: 'There is no such photo.' });
  return {
    raw: photo.bytes,
    headers: {
      'content-type': photo.type,
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
}
