import { invalid } from '../../shared/platform/problem.ts';

/** An opaque place to go on from: base64url JSON of the last key. It names no more than what the list already shows. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const bad = () => invalid('query.cursor', { vi: 'Con trỏ trang không đúng.', en: 'The cursor is not one of ours.' });

/** @throws Problem 422 when the text is not one of ours or `check` does not recognise what it holds */
export function decodeCursor<T>(cursor: string | undefined, check: (place: unknown) => place is T): T | undefined {
  if (cursor === undefined) return undefined;
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw bad();
  }
  if (!check(place) || encodeCursor(place) !== cursor) throw bad();
  return place;
}

/** A page of a short list that is at hand whole; its cursor is how many were shown. @throws Problem 422 for a bad cursor */
export function pageOf<T>(
  all: readonly T[],
  query: { limit?: number | undefined; cursor?: string | undefined },
): { items: T[]; nextCursor?: string } {
  const skip = decodeCursor(query.cursor, (place): place is number => Number.isSafeInteger(place) && Number(place) > 0) ?? 0;
  const end = query.limit === undefined ? all.length : skip + query.limit;
  return { items: all.slice(skip, end), ...(end < all.length ? { nextCursor: encodeCursor(end) } : {}) };
}

/** A cursor that is a DynamoDB key: string members only. */
export const isKey = (place: unknown): place is Record<string, string> =>
  typeof place === 'object' &&
  place !== null &&
  !Array.isArray(place) &&
  Object.keys(place).length > 0 &&
  Object.values(place).every((v) => typeof v === 'string' && v !== '');

/** A cursor that is a place in one partition of `gsi1`: exactly the four keys of one of its items, or the engine would refuse the read. */
export const isPlaceOf =
  (partition: string) =>
  (place: unknown): place is Record<string, string> =>
    isKey(place) && Object.keys(place).sort().join() === 'gsi1pk,gsi1sk,pk,sk' && place.gsi1pk === partition;
