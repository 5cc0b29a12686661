import { JwtRsaVerifier } from 'aws-jwt-verify';
import { JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';
import { type Role, roles } from '../../shared/platform/contract.ts';
import { Problem } from '../../shared/platform/problem.ts';

/** Who is calling, as Cognito signed it. */
export interface Caller {
  /** Cognito's `sub`. */
  id: string;
  role: Role;
}

const Env = z.object({ AUTH_ISSUER: z.url(), AUTH_JWKS_URI: z.url(), AUTH_CLIENT_ID: z.string().min(1) });
const claimsFor = (clientId: string) =>
  z.object({
    sub: z.string().min(1),
    token_use: z.literal('access'),
    // A token of another client of the same pool is not for us.
    client_id: z.literal(clientId),
    'cognito:groups': z.array(z.string()).default([]),
  });

/** Built on first use: a function without protected routes needs no identity settings. */
let verifier: { verify: (token: string) => Promise<Caller> } | undefined;

/** The library's own fetcher speaks only https; the emulator on one machine does not. */
const fetcher = {
  async fetch(uri: string): Promise<ArrayBuffer> {
    const answer = await fetch(uri, { signal: AbortSignal.timeout(3_000) });
    if (!answer.ok) throw new Error(`key set at ${uri} answered ${answer.status}`);
    return answer.arrayBuffer();
  },
};

function identity() {
  const env = Env.parse(process.env);
  const Claims = claimsFor(env.AUTH_CLIENT_ID);
  const jwt = JwtRsaVerifier.create(
    { issuer: env.AUTH_ISSUER, audience: null, jwksUri: env.AUTH_JWKS_URI },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
  return {
    async verify(token: string): Promise<Caller> {
      const claims = Claims.parse(await jwt.verify(token));
      const role = roles.find((r) => claims['cognito:groups'].includes(r)) ?? 'shopper';
      return { id: claims.sub, role };
    },
  };
}

const signIn = { vi: 'Xin đăng nhập để tiếp tục.', en: 'Please sign in to go on.' };

/**
 * The caller behind `Authorization: Bearer <access token>`.
 * @throws Problem `unauthenticated` when the token is missing, expired, forged or of another pool; a JWKS that cannot be fetched is ours and rethrown
 */
export async function callerOf(authorization: string | undefined): Promise<Caller> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new Problem('unauthenticated', signIn);
  verifier ??= identity();
  try {
    return await verifier.verify(token);
  } catch (error) {
    // Whatever is wrong with the token is theirs (an unknown key id too); a key set that cannot be fetched is our own trouble.
    if (!(error instanceof JwtBaseError || error instanceof z.ZodError)) throw error;
    throw new Problem('unauthenticated', {
      vi: 'Phiên đăng nhập đã hết hạn hoặc không hợp lệ. Xin đăng nhập lại.',
      en: 'The session has expired or is not valid.',
    });
  }
}
