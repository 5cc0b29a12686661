import { type Fields, records } from './json.ts';

/** Whether an event, as it is answered, satisfies one parameter of a query. */
export type Test = (event: Fields) => boolean;

/** Makes a test of a parameter's values; undefined when one of them is not what the parameter takes. */
export type Reader = (values: readonly string[]) => Test | undefined;

export type Values = (event: Fields) => unknown[];

/** A value of a field against any of those asked for; both in the form in which such values are compared. */
export const anyOf =
  (found: Values, same: (text: string) => string = (text) => text): Reader =>
  (values) => {
    const wanted = new Set(values.map(same));
    return (event) => found(event).some((value) => typeof value === 'string' && wanted.has(same(value)));
  };

export type Comparison = (value: number, bound: number) => boolean;
/** By the beginning of a parameter's name. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  EQ: (value, bound) => value === bound,
  GT: (value, bound) => value > bound,
  GE: (value, bound) => value >= bound,
  LT: (value, bound) => value < bound,
  LE: (value, bound) => value <= bound,
};

/** Any of the numbers found against one bound. */
export const amount =
  (found: Values, fits: Comparison): Reader =>
  ([text = '', ...more]) => {
    const bound = Number(text);
    if (more.length || !/^-?\d/.test(text) || !Number.isFinite(bound)) return undefined;
    return (event) => found(event).some((value) => typeof value === 'number' && fits(value, bound));
  };

export const truth = ([text, ...more]: readonly string[]): boolean | undefined =>
  more.length ? undefined : text === 'true' ? true : text === 'false' ? false : undefined;

/** `EXISTS_…=true` wants what has it; `false` demands nothing. */
export const exists =
  (has: Test): Reader =>
  (values) => {
    const wanted = truth(values);
    return wanted === undefined ? undefined : (event) => !wanted || has(event);
  };

export const sensorReports = (event: Fields): Fields[] =>
  records(event.sensorElementList).flatMap(({ sensorReport }) => records(sensorReport));
