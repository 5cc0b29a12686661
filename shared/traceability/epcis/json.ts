/** A JSON object whose fields nobody has looked at. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const records = (value: unknown): Fields[] => items(value).filter(isFields);

/** The steps to a place in a JSON document as RFC 6901 writes them; the order of the two replacements matters. */
export const pointer = (...steps: PropertyKey[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
