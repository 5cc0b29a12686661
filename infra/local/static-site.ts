import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { placeholderOrigin, rewrite, securityHeaders, textFile } from '../site-rules.ts';

const types: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};
/** Names under these carry a hash of their content. */
const hashedAssets = /^(?:assets|_astro)\//;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Encoding = 'br' | 'gzip';

interface Loaded {
  bytes: Buffer;
  etag: string;
  compressed: Partial<Record<Encoding, Promise<Buffer>>>;
}

export interface StaticSite {
  serve: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
}

/** For SITE=none: says that there is no storefront here. */
export const plainSite: StaticSite = {
  async serve(request, response, path) {
    const isHome = path === '/';
    response.writeHead(isHome ? 200 : 404, {
      ...securityHeaders,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : isHome ? 'Chợ Kinh Bắc: API only (SITE=none).\n' : 'Not found.\n');
  },
};

function filesBelow(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), readFileSync(path));
  }
  return files;
}

const wantedEncoding = (accept: string): Encoding | undefined =>
  (['br', 'gzip'] as const).find((name) => new RegExp(`(?:^|[\\s,])${name}(?!\\s*;\\s*q=0(?:\\.0*)?(?:\\s|,|$))`, 'i').test(accept));

/**
 * A built site, as CloudFront serves it from S3. It is read whole when it is opened (a few megabytes), so no path can lead out of the folder and a
 * later build may clear it away; each file is given the market's address and compressed at its first request.
 */
export function openSite(folder: string, origin: string): StaticSite {
  const files = filesBelow(folder);
  const loaded = new Map<string, Loaded>();

  function load(name: string): Loaded | undefined {
    const known = loaded.get(name);
    if (known) return known;
    const raw = files.get(name);
    if (!raw) return undefined;
    const bytes = textFile.test(name) ? Buffer.from(raw.toString('utf8').replaceAll(placeholderOrigin, origin)) : raw;
    const file: Loaded = { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`, compressed: {} };
    loaded.set(name, file);
    return file;
  }

  /** Quality 5 takes a few milliseconds a page and comes within some percent of the slowest. */
  function compress(file: Loaded, encoding: Encoding): Promise<Buffer> {
    file.compressed[encoding] ??=
      encoding === 'br' ? brotli(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : zip(file.bytes);
    return file.compressed[encoding];
  }

  return {
    async serve(request, response, path) {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
        return;
      }
      const name = rewrite(path).find((candidate) => files.has(candidate));
      const file = load(name ?? '404.html');
      const status = name === undefined || name === '404.html' ? 404 : 200;
      if (!file) {
        response
          .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
          .end(request.method === 'HEAD' ? undefined : 'Not found.\n');
        return;
      }
      const shown = name ?? '404.html';
      const isText = textFile.test(shown);
      const encoding = isText && file.bytes.length > 500 ? wantedEncoding(String(request.headers['accept-encoding'] ?? '')) : undefined;
      response.setHeader('content-type', types[extname(shown)] ?? 'application/octet-stream');
      response.setHeader(
        'cache-control',
        status === 404
          ? 'no-store'
          : hashedAssets.test(shown)
            ? 'public, max-age=31536000, immutable'
            : 'public, max-age=0, must-revalidate',
      );
      if (isText) response.setHeader('vary', 'accept-encoding');
      const etag = encoding ? `W/${file.etag}` : file.etag;
      response.setHeader('etag', etag);
      const known = String(request.headers['if-none-match'] ?? '').split(',');
      if (status === 200 && known.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === file.etag)) {
        response.writeHead(304).end();
        return;
      }
      const bytes = encoding ? await compress(file, encoding) : file.bytes;
      if (encoding) response.setHeader('content-encoding', encoding);
      response.setHeader('content-length', bytes.length);
      response.writeHead(status).end(request.method === 'HEAD' ? undefined : bytes);
    },
  };
}

/** A folder counts as a built site once its first page is there. */
export const isSite = (folder: string): boolean => statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.isFile() ?? false;
