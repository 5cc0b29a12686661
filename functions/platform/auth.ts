import { JwtRsaVerifier } from 'aws-jwt-verify';
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
const Claims = z.object({
  sub: z.string().min(1),
  token_use: z.literal('access'),
  client_id: z.string(),
  'cognito:groups': z.array(z.string()).default([]),
});

/** Built on first use: a function without protected routes needs no identity settings. */
let verifier: { verify: (token: string) => Promise<Caller> } | undefined;

function identity() {
  const env = Env.parse(process.env);
  const jwt = JwtRsaVerifier.create({ issuer: env.AUTH_ISSUER, audience: null, jwksUri: env.AUTH_JWKS_URI });
  return {
    async verify(token: string): Promise<Caller> {
      const claims = Claims.parse(await jwt.verify(token));
      if (claims.client_id !== env.AUTH_CLIENT_ID) throw new Error('token of another client');
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
    if (error instanceof Error && ['JwksNotAvailableInCacheError', 'FetchError', 'WaitPeriodNotYetEndedJwkError'].includes(error.name))
      throw error;
    throw new Problem('unauthenticated', {
      vi: 'Phiên đăng nhập đã hết hạn hoặc không hợp lệ. Xin đăng nhập lại.',
      en: 'The session has expired or is not valid.',
    });
  }
}
