import * as z from 'zod';
import { type VocabularyName, voc, vocabularies } from './vocabulary.ts';

/** Faults of a whole event that its fields alone do not show; `validate.ts` has the sentences. */
export type ShapeFault = 'unprefixed_field' | 'nothing_named' | 'transformation_sides' | 'ilmd_without_add' | 'parent_missing';

/** RFC 3986 in the letters it allows: a Vietnamese letter has to be percent-encoded. Also a CURIE such as `ocop:variety`. */
const isUri = (text: string): boolean => /^[a-z][a-z\d+.-]*:(?:[!#$&-;=?@[\]_a-z~]|%[\da-f]{2})+$/i.test(text);
export const uri = z.string().refine(isUri, 'a URI');

/** RFC 3339 with a zone. zod alone would take a time without seconds. */
export const moment = z.iso.datetime({ offset: true }).regex(/:\d\d:\d\d/, 'with seconds');

/** EPCIS 2.0, 7.4.1: ±00:00 to ±14:00. Never read as the zone of `eventTime`, which has its own. */
export const zoneOffset = z.string().regex(/^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/);

/**
 * A word of the vocabulary, its CBV web URI, or a URI of the partner's own. JSON says neither a `urn:epcglobal:cbv:` term nor a URI of
 * the GS1 web vocabulary in EPCIS 2.0, and a URI inside the CBV's namespace must be a term that is there.
 */
export function word(name: VocabularyName) {
  const { words, web } = vocabularies[name];
  const closed =
    web === voc
      ? /^https?:\/\/(?:www\.)?gs1\.org\/voc\//
      : /^(?:urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/|https?:\/\/ref\.gs1\.org\/cbv\/)/;
  const term = (text: string): boolean => web !== voc && text.startsWith(web) && words.has(text.slice(web.length));
  const own = (text: string): boolean => isUri(text) && !closed.test(text);
  return z.string().refine((text) => words.has(text) || term(text) || own(text), 'a word of the vocabulary or a URI of your own');
}

export const fault = (code: ShapeFault, path: string[] = []) => ({ code: 'custom', message: code, params: { fault: code }, path }) as const;

/** An object that keeps fields of other namespaces (`ocop:variety`) and refuses unknown fields without a prefix. */
export const open = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .catchall(z.unknown())
    .check((context) => {
      for (const name of Object.keys(context.value))
        if (!Object.hasOwn(shape, name) && !isUri(name))
          context.issues.push({ ...fault('unprefixed_field', [name]), input: context.value });
    });

const distinct = <Item extends z.ZodType>(item: Item) => z.array(item).refine((all) => new Set(all).size === all.length, 'the same twice');

export const quantity = z.strictObject({
  epcClass: uri,
  quantity: z.number().optional(),
  /** UN/ECE Recommendation 20, such as KGM; without one, the quantity counts pieces. */
  uom: z
    .string()
    .regex(/^[A-Z0-9]{2,3}$/)
    .optional(),
});
export const place = open({ id: uri });
export const party = word('party');

const device = { deviceID: uri.optional(), deviceMetadata: uri.optional(), rawData: uri.optional(), dataProcessingMethod: uri.optional() };
const bizRules = uri.optional();
const number = z.number().optional();

const sensorReport = open({
  ...device,
  bizRules,
  type: word('measurement'),
  exception: word('alert').optional(),
  time: moment.optional(),
  microorganism: uri.optional(),
  chemicalSubstance: uri.optional(),
  coordinateReferenceSystem: uri.optional(),
  component: word('component').optional(),
  ...{ value: number, minValue: number, maxValue: number, meanValue: number, sDev: number, percRank: number, percValue: number },
  stringValue: z.string().optional(),
  booleanValue: z.boolean().optional(),
  hexBinaryValue: z
    .string()
    .regex(/^[\da-f]+$/i)
    .optional(),
  uriValue: uri.optional(),
  uom: z.string().optional(),
});

export const sensorElement = open({
  sensorMetadata: open({
    ...device,
    bizRules,
    time: moment.optional(),
    startTime: moment.optional(),
    endTime: moment.optional(),
  }).optional(),
  sensorReport: z.array(sensorReport).min(1),
});

const dispositions = distinct(word('disposition')).min(1).optional();
export const persistentDisposition = z
  .strictObject({ set: dispositions, unset: dispositions })
  .refine(({ set, unset }) => set || unset, 'set or unset')
  .optional();

export const context = z.union([uri, z.record(z.string(), z.unknown()), z.array(z.union([uri, z.record(z.string(), z.unknown())]))]);
