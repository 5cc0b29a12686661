import type { PhotoType } from '../../../shared/traceability/photos/clean-photo.ts';
import { mostPhotos } from '../../../shared/traceability/photos/contract.ts';
import { tables } from '../../platform/config.ts';
import { type Item, queryAll, transact } from '../../platform/dynamo.ts';
import { lotKey, type StoredLot } from '../store.ts';

/*
 * A photo lies beside the lots, in parts, since an item holds 400 KB:
 *   PHOTO#{id}   META      whose it is, and what
 *                PART#n    the n-th 350 KB
 *   the lot      photos    which ones, in the order they were added
 * Lot, description and parts change together or not at all: no lot names a photo that is not there, and nothing is left behind.
 */
const table = tables.traceability;
const bytesPerPart = 350_000;
const photoKey = (id: string, sk: string) => ({ pk: `PHOTO#${id}`, sk });
const partName = (n: number): string => `PART#${n}`;

/** As a lot names it. */
export interface StoredPhoto {
  id: string;
  type: PhotoType;
  width: number;
  height: number;
  parts: number;
}

const partsOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / bytesPerPart) }, (_, n) => bytes.subarray(n * bytesPerPart, (n + 1) * bytesPerPart));

/** `present`: the very same photo is there, put by a call before or at once with this one. */
export async function putPhoto(
  { gtin, lot, sellerId }: StoredLot,
  photo: Omit<StoredPhoto, 'parts'>,
  bytes: Uint8Array,
): Promise<'added' | 'present' | 'full'> {
  const parts = partsOf(bytes);
  const stored: StoredPhoto = { ...photo, parts: parts.length };
  const put = (sk: string, more: Item) => ({ Put: { TableName: table, Item: { ...photoKey(photo.id, sk), ...more } } });
  const written = await transact([
    {
      Put: {
        TableName: table,
        Item: { ...photoKey(photo.id, 'META'), ...stored, gtin, lot, sellerId },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName: table,
        Key: lotKey(gtin, lot),
        UpdateExpression: 'SET photos = list_append(if_not_exists(photos, :none), :photo)',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(photos) OR size(photos) < :most)',
        ExpressionAttributeValues: { ':none': [], ':photo': [stored], ':most': mostPhotos },
      },
    },
    ...parts.map((part, n) => put(partName(n), { bytes: part })),
  ]);
  if (written.ok) return 'added';
  return written.refused.some(({ index }) => index === 0) ? 'present' : 'full';
}

/** `changed`: the lot's photos are no longer those that were seen; read again. */
export async function dropPhoto({ gtin, lot, photos = [] }: StoredLot, photo: StoredPhoto): Promise<'dropped' | 'changed'> {
  const gone = (sk: string) => ({ Delete: { TableName: table, Key: photoKey(photo.id, sk) } });
  const written = await transact([
    {
      Update: {
        TableName: table,
        Key: lotKey(gtin, lot),
        UpdateExpression: 'SET photos = :left',
        ConditionExpression: 'photos = :seen',
        ExpressionAttributeValues: { ':seen': photos, ':left': photos.filter(({ id }) => id !== photo.id) },
      },
    },
    gone('META'),
    ...Array.from({ length: photo.parts }, (_, n) => gone(partName(n))),
  ]);
  return written.ok ? 'dropped' : 'changed';
}

/** The picture's bytes, in one read of at most 2 MB; `undefined` when there is no such photo (any more). */
export async function readPhoto(id: string): Promise<{ type: PhotoType; bytes: Uint8Array } | undefined> {
  const rows = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': photoKey(id, '').pk },
    ConsistentRead: true,
  });
  const photo = rows.find(({ sk }) => sk === 'META') as unknown as StoredPhoto | undefined;
  const parts = Array.from({ length: photo?.parts ?? 0 }, (_, n) => rows.find(({ sk }) => sk === partName(n))?.bytes);
  // A reader between two pages of the query can meet a photo that is being taken away.
  if (!photo || !parts.every((part) => part instanceof Uint8Array)) return undefined;
  return { type: photo.type, bytes: Buffer.concat(parts) };
}
