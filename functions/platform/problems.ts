import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import en from 'zod/v4/locales/en.js';
import vi from 'zod/v4/locales/vi.js';
import { Problem, problemCodes, type Text } from '../../shared/platform/problem.ts';

export type Language = keyof Text;

/** Vietnamese, unless English is asked for before it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const q = options.map((o) => /^\s*q=([\d.]+)$/.exec(o)?.[1]).find((v) => v !== undefined);
      return { tag: tag.slice(0, 2), q: q === undefined ? 1 : Number(q) };
    })
    .filter((l) => l.q > 0 && (l.tag === 'vi' || l.tag === 'en'))
    .sort((a, b) => b.q - a.q);
  return wanted[0]?.tag === 'en' ? 'en' : 'vi';
}

export const zodMessages = { vi: vi().localeError, en: en().localeError };

/** `lines[0].sku`, as people name a place in a form. */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    '',
  );

/** A zod refusal as a problem that names each field. `where` is put before the path, e.g. `query`. */
export const refused = (error: z.ZodError, where = ''): Problem =>
  new Problem(
    'validation_failed',
    { vi: 'Xin kiểm tra lại những chỗ được nêu bên dưới.', en: 'Please check the fields named below.' },
    {
      errors: error.issues
        .slice(0, 50)
        .map((issue) => ({ path: pathText(where ? [where, ...issue.path] : issue.path), message: issue.message })),
    },
  );

/** The problem document (RFC 9457) with its headers. */
export function problemReply(problem: Problem, language: Language, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { status, title } = problemCodes[problem.code];
  const { errors, extra, retryAfterSeconds, allow } = problem.options;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': language,
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(allow ? { allow: allow.join(', ') } : {}),
      ...(problem.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify({
      type: `urn:cho-kinh-bac:problem:${problem.code}`,
      title: title[language],
      status,
      detail: problem.detail[language],
      code: problem.code,
      ...(errors
        ? { errors: errors.map((e) => ({ path: e.path, message: typeof e.message === 'string' ? e.message : e.message[language] })) }
        : {}),
      ...extra,
      requestId,
    }),
  };
}
