/** The same value with the members of every object in one order: engines answer maps in any order they like. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, v]) => [k, sorted(v)]),
        )
      : value;

/** JSON in which equal values are equal text, for hashes and ETags; `undefined` becomes an empty text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value)) ?? '';
