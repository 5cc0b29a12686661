import * as z from 'zod';
import { type Contract, route } from '../../platform/contract.ts';
import { LotName } from '../lot-name.ts';
import { photoTypes } from './clean-photo.ts';

/** What fits one function's answer with room to spare, and one transaction of the store. A phone's page sends a tenth of it. */
export const mostPhotoBytes = 2_000_000;
/** A stall's page shows them side by side. */
export const mostPhotos = 4;

export const Photo = z
  .object({
    id: z.string(),
    url: z.string().meta({ description: 'A path at this origin; the picture behind it never changes' }),
    width: z.int(),
    height: z.int(),
  })
  .meta({ id: 'Photo' });
export type Photo = z.infer<typeof Photo>;

/** Of what is stored, what is told. */
export const photoOf = ({ id, width, height }: Omit<Photo, 'url'>): Photo => ({ id, url: `/api/photos/${id}`, width, height });

const PhotoId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** Pictures of a lot: its garden, its harvest, its papers. */
export const photoRoutes = {
  addPhoto: route({
    method: 'POST',
    path: '/api/seller/lots/{lot}/photos',
    summary: 'Add a photo to a lot, for whoever scans one of its items',
    description:
      'The body is the picture: JPEG, PNG or WebP, at most 2 MB and 25 million pixels, four to a lot. What is in it besides the picture (place, time, device, thumbnail, comments) is not kept. The same picture again is the same photo.',
    callers: ['seller'],
    params: z.object({ lot: LotName }),
    headers: z.looseObject({ 'content-type': z.string().optional() }),
    body: 'raw',
    rawTypes: photoTypes,
    maxBodyBytes: mostPhotoBytes,
    success: { status: 201, body: Photo },
    problems: ['not_found', 'conflict', 'unsupported_media_type', 'validation_failed', 'unavailable'],
  }),
  removePhoto: route({
    method: 'DELETE',
    path: '/api/seller/lots/{lot}/photos/{photo}',
    summary: 'Take a photo of a lot away; the edge may show it for another day',
    callers: ['seller'],
    params: z.object({ lot: LotName, photo: PhotoId }),
    success: { status: 204 },
    problems: ['not_found', 'conflict', 'unavailable'],
  }),
  getPhoto: route({
    method: 'GET',
    path: '/api/photos/{photo}',
    summary: 'A photo of a lot',
    callers: 'anyone',
    params: z.object({ photo: PhotoId }),
    cacheControl: 'public, max-age=31536000, immutable',
    success: { status: 200, contentType: 'image/jpeg', description: 'The picture; also `image/png` or `image/webp`' },
    problems: ['not_found'],
  }),
} satisfies Contract;
