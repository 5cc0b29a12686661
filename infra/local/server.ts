import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { securityHeaders } from '../site-rules.ts';
import { type Answer, callFunction, type createRouter, decodePath, isForFunctions, starting, tooLarge } from './gateway.ts';
import { messageOf, Stop } from './say.ts';
import type { StaticSite } from './static-site.ts';

/** What Lambda takes in one synchronous call. */
const maxBodyBytes = 6 * 1024 * 1024;
const gzipFromBytes = 1_024;
const compressible = /^(?:text\/|application\/(?:[\w.+-]*\+)?json|application\/xml|image\/svg)/;
const zip = promisify(gzip);

/** What the server hands requests to; each part arrives while the market starts. */
export interface Market {
  router?: ReturnType<typeof createRouter>;
  site?: StaticSite;
  isReady: boolean;
  /** Called after a request that may have written, so that the streams are looked at without delay. */
  wrote: () => void;
}

const announcedBytes = (request: IncomingMessage) => Number(request.headers['content-length'] ?? 0);

type Body = { kind: 'whole'; bytes: Buffer | undefined } | { kind: 'too large' } | { kind: 'gone' };

/** Reads a body up to Lambda's limit and not a byte further. */
function readBody(request: IncomingMessage): Promise<Body> {
  const announced = announcedBytes(request);
  if (announced > maxBodyBytes) return Promise.resolve({ kind: 'too large' });
  if (announced === 0 && request.headers['transfer-encoding'] === undefined) return Promise.resolve({ kind: 'whole', bytes: undefined });
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > maxBodyBytes) {
        request.pause().removeAllListeners('data');
        return resolve({ kind: 'too large' });
      }
      parts.push(part);
    });
    request.on('end', () => resolve({ kind: 'whole', bytes: Buffer.concat(parts) }));
    request.on('error', () => resolve({ kind: 'gone' }));
    request.on('close', () => resolve({ kind: 'gone' }));
  });
}

const acceptsGzip = (request: IncomingMessage) =>
  /(?:^|[\s,])(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?(?:\s|,|$))/i.test(String(request.headers['accept-encoding'] ?? ''));

/** As CloudFront, which compresses what its caches may keep and nothing else: a placed order's answer goes out as it is. */
const isCompressed = (response: ServerResponse, length: number): boolean =>
  length > gzipFromBytes &&
  compressible.test(String(response.getHeader('content-type') ?? '')) &&
  !String(response.getHeader('cache-control') ?? '').includes('no-store');

/** Compressed bodies by their ETag, which names the text: a page that many ask for is compressed once, as at CloudFront's edge. */
const zipped = new Map<string, ReturnType<typeof zip>>();
const mostZipped = 500;

function zipOnce(bytes: Buffer, etag: unknown): ReturnType<typeof zip> {
  if (typeof etag !== 'string') return zip(bytes, { level: 4 });
  const known = zipped.get(etag);
  if (known) return known;
  if (zipped.size >= mostZipped) zipped.clear();
  const made = zip(bytes, { level: 4 });
  zipped.set(etag, made);
  made.catch(() => zipped.delete(etag));
  return made;
}

/** Writes a function's answer as API Gateway and CloudFront would: security headers on all, cacheable text of more than 1 KB compressed. */
async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  if (response.destroyed) return;
  const status = answer.statusCode ?? 200;
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value));
  if (answer.cookies?.length) response.setHeader('set-cookie', answer.cookies);
  const isBare = request.method === 'HEAD' || status === 204 || status === 304;
  if (isBare || answer.body === undefined) {
    response.writeHead(status).end();
    return;
  }
  let bytes = Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8');
  if (isCompressed(response, bytes.length)) {
    response.appendHeader('vary', 'accept-encoding');
    if (acceptsGzip(request) && !response.hasHeader('content-encoding')) {
      bytes = await zipOnce(bytes, response.getHeader('etag'));
      response.setHeader('content-encoding', 'gzip');
      const etag = response.getHeader('etag');
      // The bytes differ from the uncompressed ones: CloudFront weakens the tag likewise.
      if (typeof etag === 'string' && etag.startsWith('"')) response.setHeader('etag', `W/${etag}`);
    }
  }
  response.setHeader('content-length', bytes.length);
  response.writeHead(status).end(bytes);
}

/** How long a body that is too large is let run out before the answer. */
const drainMs = 3_000;

/**
 * Says no to a body that is too large. What is left of it is thrown away first: a caller that is still writing when the connection
 * closes sees a broken pipe instead of the answer.
 */
async function refuseBody(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('connection', 'close');
  const enough = AbortSignal.timeout(drainMs);
  request.resume();
  if (!request.readableEnded) await once(request, 'end', { signal: enough }).catch(() => undefined);
  await send(request, response, tooLarge(request));
  setTimeout(() => request.socket.destroy(), 1_000).unref();
}

async function handle(market: Market, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  // An absolute form (`GET http://host/path`) is legal too; only its path counts.
  const rawPath = (question === -1 ? url : url.slice(0, question)).replace(/^https?:\/\/[^/]*/i, '') || '/';
  const path = decodePath(rawPath);
  const isOurs = isForFunctions(path ?? rawPath);
  if (!isOurs && market.site) return market.site.serve(request, response, rawPath);
  if (!market.router || (!market.isReady && (!isOurs || path === '/healthz'))) return send(request, response, starting(request));

  const method = request.method ?? 'GET';
  // What cannot be decoded names nothing; the function that says so must not find a route in it either. A GS1 link stays known as one.
  const undecoded = /^\/01\//.test(rawPath) ? '/01/%' : '/%';
  const match = path === undefined ? market.router.match('-', undecoded) : market.router.match(method, path);
  if (!match) return send(request, response, starting(request));
  const body = await readBody(request);
  if (body.kind === 'gone') return;
  if (body.kind === 'too large') return refuseBody(request, response);
  const rawQueryString = question === -1 ? '' : url.slice(question + 1);
  const answer = await callFunction(match, { request, path: path ?? undecoded, rawQueryString, body: body.bytes, requestId: randomUUID() });
  if (method !== 'GET' && method !== 'HEAD' && (answer.statusCode ?? 200) < 400) market.wrote();
  await send(request, response, answer);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * The market's one address. Without HOST it listens on 127.0.0.1 and ::1, so that `localhost` works whichever of them a program tries first.
 * @throws Stop when the port is taken
 */
export async function openServer(market: Market, port: number, host: string | undefined) {
  const hosts = host ? [host] : ['127.0.0.1', '::1'];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(market, request, response).catch((error: unknown) => {
      console.error(JSON.stringify({ level: 'ERROR', message: `request failed: ${messageOf(error)}`, stack: (error as Error)?.stack }));
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { ...securityHeaders }).end();
    });
  };
  const servers = hosts.map(() => {
    const server = createServer(
      { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
      answer,
    );
    // A caller that asks before it sends a large body is told no without sending it.
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      if (announcedBytes(request) <= maxBodyBytes) response.writeContinue();
      answer(request, response);
    });
    return server;
  });
  for (const [i, server] of servers.entries()) {
    try {
      await listen(server, port, hosts[i] ?? '');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 has no ::1; IPv4 alone is enough then.
      if (i > 0 && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      for (const other of servers) other.close();
      if (code === 'EADDRINUSE') {
        throw new Stop(
          `Cổng ${port} đang có chương trình khác dùng. Xin dừng nó hoặc đặt PORT khác.`,
          `Port ${port} is taken; stop the other program or set another PORT.`,
        );
      }
      throw new Stop(`Không mở được cổng ${port}: ${messageOf(error)}.`, `Port ${port} cannot be opened.`);
    }
  }
  return {
    /** Takes no more requests and waits for those under way, three seconds at most. */
    async close(): Promise<void> {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const server of servers) server.closeIdleConnections();
      const cut = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, 3_000);
      await Promise.all(closed);
      clearTimeout(cut);
    },
  };
}
