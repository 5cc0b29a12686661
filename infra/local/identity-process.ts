import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Module, { createRequire } from 'node:module';
import * as z from 'zod';
import { openIdentityStore } from './identity-store.ts';

/**
 * cognito-local as a process of its own, put together from its parts for three reasons. Its key pair is public and the same in every
 * installation, so anyone could sign tokens for this market: here each DATA_DIR has its own. It writes its files in place: see identity-store.
 * And its tokens name its port as their issuer, so they would die with the next start: here the issuer is a fixed name.
 */
const options = z
  .object({ folder: z.string(), port: z.int(), issuerDomain: z.url(), keyFile: z.string(), tokenSeconds: z.int() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));
const keys = z
  .object({ publicJwk: z.record(z.string(), z.string()), privatePem: z.string() })
  .parse(JSON.parse(readFileSync(options.keyFile, 'utf8')));
const jwk = { ...keys.publicJwk, use: 'sig', kid: 'CognitoLocal', alg: 'RS256' };

const require = createRequire(import.meta.url);
// Our key takes the place of the public one before any module that signs is loaded.
const keyModule = new Module(require.resolve('cognito-local/lib/keys/cognitoLocal.private.json'));
Object.assign(keyModule, { loaded: true, exports: { pem: keys.privatePem } });
require.cache[keyModule.id] = keyModule;

const { DateClock } = require('cognito-local/lib/services/clock.js') as typeof import('cognito-local/lib/services/clock.js');
const { UserPoolServiceFactoryImpl } =
  require('cognito-local/lib/services/userPoolService.js') as typeof import('cognito-local/lib/services/userPoolService.js');
const { CognitoServiceFactoryImpl } =
  require('cognito-local/lib/services/cognitoService.js') as typeof import('cognito-local/lib/services/cognitoService.js');
const { JwtTokenGenerator } =
  require('cognito-local/lib/services/tokenGenerator.js') as typeof import('cognito-local/lib/services/tokenGenerator.js');
const { Router } = require('cognito-local/lib/server/Router.js') as typeof import('cognito-local/lib/server/Router.js');

type Services = Parameters<typeof Router>[0];
type Context = Parameters<Services['tokenGenerator']['generate']>[0];

const quiet = { debug() {}, info() {}, warn() {}, error: console.error, child: () => quiet };
const context = { logger: quiet } as unknown as Context;
const clock = new DateClock();
const stores = { create: async (_context: unknown, id: string, defaults: object) => openIdentityStore(options.folder, id, defaults) };
const triggers = { enabled: () => false } as unknown as Services['triggers'];
const signer = new JwtTokenGenerator(clock, triggers, { IssuerDomain: options.issuerDomain });
const services = {
  clock,
  cognito: await new CognitoServiceFactoryImpl(options.folder, stores, new UserPoolServiceFactoryImpl(clock, stores)).create(context, {
    UsernameAttributes: ['email'],
  }),
  triggers,
  // Cognito says how long a token lives, its stand-in does not.
  tokenGenerator: {
    generate: async (...args: Parameters<typeof signer.generate>) => ({
      ...(await signer.generate(...args)),
      ExpiresIn: options.tokenSeconds,
      TokenType: 'Bearer',
    }),
  },
} as unknown as Services;
const route = Router(services);

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8') || '{}');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  // Cognito writes dates as seconds.
  const text = JSON.stringify(body, function (this: Record<string, unknown>, name, value) {
    const own = this[name];
    return own instanceof Date ? Math.floor(own.getTime() / 1000) : value;
  });
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
}

const server = createServer(async (request, response) => {
  if (request.method === 'GET') return reply(response, 200, request.url?.endsWith('/jwks.json') ? { keys: [jwk] } : { ok: true });
  try {
    const target = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    return reply(response, 200, await route(target)(context, await bodyOf(request)));
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return reply(response, code ? 400 : 500, { __type: code ?? 'InternalErrorException', message: message ?? '' });
  }
});
server.listen(options.port, '127.0.0.1');

/** The engine cannot notice that the market was killed; this process can, because its channel to the market closes, and ends the engine too. */
let enginePid: number | undefined;
process.on('message', (message) => {
  enginePid = z.object({ enginePid: z.int() }).safeParse(message).data?.enginePid;
});
process.on('disconnect', () => {
  try {
    if (enginePid) process.kill(enginePid, 'SIGTERM');
  } catch {
    // It had ended by itself.
  }
  process.exit(0);
});
// A stop is a disconnect or this; Ctrl-C is for the market.
process.on('SIGTERM', () => process.exit(0));
