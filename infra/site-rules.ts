/**
 * How the static site answers, wherever it is served from: the local server, CloudFront's function and its headers policy all read this file.
 * Pure, and without the syntax CloudFront's JavaScript runtime lacks (destructuring, spread, for-of).
 */

const contentSecurityPolicy = /* @__PURE__ */ [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  'frame-src https://www.youtube.com https://www.facebook.com',
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** On every answer, from pages and API alike. No `includeSubDomains`: other services of the province share the domain. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()',
} as const satisfies Record<string, string>;

/** What stands in the built pages for the market's address until it is known. */
export const placeholderOrigin = 'https://cho-kinh-bac.invalid';

/** Built files whose text may carry the placeholder. */
export const textFile = /\.(css|html|js|json|map|svg|txt|webmanifest|xml)$/;

/** Folders with a generic page that fills itself from the API: `/san-pham/{slug}/` is reachable before the next build knows the slug. */
const genericPages = ['san-pham', 'nha-ban', 'phat-truc-tiep'];

/**
 * The files that may answer a path, best first; none when the path cannot name a file of the site.
 * `/san-pham/vai-thieu/` → `san-pham/vai-thieu/index.html`, then `san-pham/index.html`.
 * The path stays percent-encoded: no built file has such a name, so nothing can be decoded into `..`.
 */
export function rewrite(path: string): string[] {
  const parts = path.split('/').slice(1);
  const last = parts.pop();
  if (last === undefined || path[0] !== '/' || /[\\\0]/.test(path)) return [];
  if (parts.some((part) => part === '' || part[0] === '.') || last[0] === '.') return [];
  if (last.includes('.')) return [parts.concat(last).join('/')];
  const folder = last === '' ? parts : parts.concat(last);
  const candidates = [folder.concat('index.html').join('/')];
  const kind = folder[0];
  const slug = folder[1];
  if (folder.length === 2 && slug && kind && genericPages.includes(kind)) candidates.push(`${kind}/index.html`);
  return candidates;
}
