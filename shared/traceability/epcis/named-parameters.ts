import { type Fields, isFields } from './json.ts';
import { amount, anyOf, comparisons, exists, type Reader, sensorReports, type Values } from './query-tests.ts';

/** A field of another namespace, as the event itself writes it: `ocop:variety`. Prefixes are not looked up. */
const prefixed = '([A-Za-z][A-Za-z0-9.+-]*:\\S+)';
const extension = new RegExp(`^(EQ|GT|GE|LT|LE|EXISTS)_(ILMD_)?${prefixed}$`);
/** `GE_maxValue_CEL`: the unit is that of UN/ECE Recommendation 20 which the report says; nothing is converted. */
const measured = /^(EQ|GT|GE|LT|LE)_((?:value|minValue|maxValue|meanValue|sDev|percValue)(?=_)|percRank$)(?:_([A-Z0-9]{2,3}))?$/;

/** What JSON-LD lets stand for a plain value. */
const plain = (value: unknown): unknown[] =>
  [value].flat().map((one: unknown) => (isFields(one) && Object.hasOwn(one, '@value') ? one['@value'] : one));

/** Numbers and truths as a query writes them. */
const written = (value: unknown): unknown => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);

/** Parameters of EPCIS 2.0 (8.2.7.1) whose names hold a field of an extension or of the ILMD, or a number's name and unit. */
export function namedReader(name: string): Reader | undefined {
  const [, by = '', ilmd, field = ''] = extension.exec(name) ?? [];
  if (by) return fieldReader(by, (event) => (ilmd ? inIlmd(event, field) : plain(event[field])));
  const [, how = '', member = '', uom] = measured.exec(name) ?? [];
  const fits = comparisons[how];
  return fits && amount((event) => sensorReports(event).flatMap((report) => (report.uom === uom || !uom ? [report[member]] : [])), fits);
}

const inIlmd = ({ ilmd }: Fields, field: string): unknown[] => (isFields(ilmd) ? plain(ilmd[field]) : []);

function fieldReader(by: string, found: Values): Reader | undefined {
  if (by === 'EXISTS') return exists((event) => found(event).some((value) => value !== undefined));
  if (by === 'EQ') return anyOf((event) => found(event).map(written));
  const fits = comparisons[by];
  return fits && amount(found, fits);
}
