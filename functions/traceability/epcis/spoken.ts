import { canonicalEpc } from '../../../shared/traceability/epcis/identifiers.ts';
import { type Fields, isFields } from '../../../shared/traceability/epcis/json.ts';
import { captureLimits } from '../../platform/epcis-reply.ts';
import { notAcceptable } from './epcis-problems.ts';

const version = '2.0.0';

/** What is spoken here, on every answer. */
export const versionHeaders = { 'gs1-epcis-version': version, 'gs1-cbv-version': version, 'gs1-extensions': '' };

/** The answer to OPTIONS. */
export const discovery = (allow: string, isCapture: boolean) => ({
  status: 204,
  headers: {
    ...versionHeaders,
    allow,
    ...{ 'gs1-epcis-min': version, 'gs1-epcis-max': version, 'gs1-cbv-min': version, 'gs1-cbv-max': version },
    'gs1-epc-format': 'Always_GS1_Digital_Link, No_Preference, Never_Translates',
    ...(isCapture ? { ...captureLimits, 'gs1-capture-error-behaviour': 'all' } : {}),
  },
});

const numbers = (text: string): number[] | undefined => (/^\d+(?:\.\d+){0,3}$/.test(text) ? text.split('.').map(Number) : undefined);

/** Negative when `text` is a version before ours, positive when after; undefined when it is none. */
function compared(text: string): number | undefined {
  const read = numbers(text.trim());
  if (!read) return undefined;
  const ours = numbers(version) ?? [];
  const at = [0, 1, 2, 3].find((i) => (read[i] ?? 0) !== (ours[i] ?? 0));
  return at === undefined ? 0 : (read[at] ?? 0) - (ours[at] ?? 0);
}

export type EpcForm = 'link' | 'asCaptured';

interface Asked {
  accept?: string | undefined;
  'gs1-epc-format'?: string | undefined;
  [name: string]: string | undefined;
}

const jsonTypes = ['application/json', 'application/ld+json'];
/** How errors are told: whoever names nothing else has not said what other answers should be. */
const problemType = 'application/problem+json';

/** Whether JSON is asked for, and by which of its two names. */
function contentType(accept: string | undefined): string | undefined {
  const ranges = (accept ?? '').split(',').flatMap((range) => {
    const [type = '', ...options] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return type && type !== problemType ? [{ type, isRefused: options.some((option) => /^q=0(?:\.0*)?$/.test(option)) }] : [];
  });
  if (ranges.length === 0) return jsonTypes[0];
  const wanted = ranges.flatMap(({ type, isRefused }) => (isRefused ? [] : [type]));
  const [first] = wanted.flatMap((range) => jsonTypes.filter((type) => range === type || range === '*/*' || range === 'application/*'));
  return first;
}

/**
 * What the caller wants of the answer's form.
 * @throws Problem 406 that names the header which asks for what is not spoken here
 */
export function spoken(asked: Asked): { headers: Record<string, string>; form: EpcForm } {
  for (const standard of ['epcis', 'cbv']) {
    const fits = (name: string, isRight: (order: number) => boolean) => {
      const text = asked[`gs1-${standard}-${name}`];
      const order = text === undefined ? undefined : compared(text);
      if (text !== undefined && (order === undefined || !isRight(order))) throw notAcceptable(`GS1-${standard.toUpperCase()}-${name}`);
    };
    fits('version', (order) => order === 0);
    fits('min', (order) => order <= 0);
    fits('max', (order) => order >= 0);
  }
  const type = contentType(asked.accept);
  if (!type) throw notAcceptable('Accept');
  const format = asked['gs1-epc-format'] ?? 'Always_GS1_Digital_Link';
  // A link does not tell how long the company prefix in it is, and a URN must.
  if (!['Always_GS1_Digital_Link', 'No_Preference', 'Never_Translates'].includes(format)) throw notAcceptable('GS1-EPC-Format');
  const form = format === 'Always_GS1_Digital_Link' ? 'link' : 'asCaptured';
  return { headers: { ...versionHeaders, 'content-type': type, 'gs1-epc-format': format }, form };
}

/** Where EPCs, places and parties stand in an event. */
const identifierFields = new Set([
  ...['epcList', 'childEPCs', 'parentID', 'inputEPCList', 'outputEPCList', 'epcClass', 'id', 'source', 'destination'],
]);
const nested = new Set([
  ...['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'],
  ...['readPoint', 'bizLocation', 'sourceList', 'destinationList'],
]);

const linkOf = (value: unknown): unknown => {
  if (typeof value !== 'string' || !value.startsWith('urn:epc:')) return value;
  const read = canonicalEpc(value);
  // The link of a pattern names a class: where it stood for one, that is what it meant.
  return read.ok ? read.epc : value;
};

/** The event with its URNs as GS1 Digital Links; what has no link stays. */
export function withLinks(event: Fields): Fields {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => {
      if (identifierFields.has(name)) return [name, Array.isArray(value) ? value.map(linkOf) : linkOf(value)];
      if (!nested.has(name)) return [name, value];
      return [
        name,
        Array.isArray(value)
          ? value.map((one: unknown) => (isFields(one) ? withLinks(one) : one))
          : isFields(value)
            ? withLinks(value)
            : value,
      ];
    }),
  );
}
