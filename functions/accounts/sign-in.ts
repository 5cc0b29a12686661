import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { Problem } from '../../shared/platform/problem.ts';
import { callerOf } from '../platform/auth.ts';
import { clearPlaces, type Limit, placesTaken, takePlaceNow } from '../platform/limits.ts';
import { findSeller } from '../sellers/find-seller.ts';
import { findAccount } from './store.ts';

const Env = z.object({
  AUTH_CLIENT_ID: z.string().min(1),
  COGNITO_ENDPOINT: z.url().optional(),
  AWS_REGION: z.string().default('ap-southeast-1'),
});

/** Ten wrong passwords for one username lock it for the rest of five minutes (API.md, Limits). */
const wrongPasswords: Limit = { name: 'wrong-passwords', max: 10, windowSeconds: 300 };

/** Tries under way or wrong: a place is taken before Cognito is asked, so that parallel guesses cannot pass the limit. */
const tries: Limit = { name: 'sign-in', max: 10, windowSeconds: 300 };

/** A shop opens at many counters at once: whoever finds only right passwords under way waits this often, this long. */
const patience = { times: 40, milliseconds: 75 };

async function takeTry(subject: string, now: Date): Promise<void> {
  for (let waited = 0; ; waited++) {
    try {
      return await takePlaceNow(tries, subject, now);
    } catch (error) {
      const isFull = error instanceof Problem && error.code === 'rate_limited';
      if (!isFull || waited >= patience.times || (await placesTaken(wrongPasswords, subject, now)) >= wrongPasswords.max) throw error;
      await wait(patience.milliseconds);
    }
  }
}

let cognito: { client: CognitoIdentityProviderClient; clientId: string } | undefined;
function identity() {
  const env = Env.parse(process.env);
  const client = new CognitoIdentityProviderClient({
    region: env.AWS_REGION,
    ...(env.COGNITO_ENDPOINT ? { endpoint: env.COGNITO_ENDPOINT, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
  });
  return { client, clientId: env.AUTH_CLIENT_ID };
}

/** Cognito names a wrong password, an unknown user and a locked one differently; a stranger is told one sentence for all. */
const refusals = new Set([
  'NotAuthorizedException',
  'InvalidPasswordException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'InvalidParameterException',
]);

const wrong = () =>
  new Problem('unauthenticated', { vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng.', en: 'The username or password is not right.' });

/** A username never stands in a key or a log as it was typed. */
const subjectOf = (username: string) => createHash('sha256').update(username.trim().toLowerCase()).digest('base64url').slice(0, 24);

/**
 * Takes one of the ten places before asking Cognito, so that parallel guesses cannot pass the limit, and gives all back after a right password.
 * @throws Problem `unauthenticated`, `rate_limited`
 */
export async function signIn(username: string, password: string, now: Date) {
  cognito ??= identity();
  const subject = subjectOf(username);
  await takeTry(subject, now);
  const result = await cognito.client
    .send(
      new InitiateAuthCommand({
        ClientId: cognito.clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username.trim(), PASSWORD: password },
      }),
    )
    .catch(async (error: unknown) => {
      if (!(error instanceof Error && refusals.has(error.name))) throw error;
      await takePlaceNow(wrongPasswords, subject, now);
      throw wrong();
    });
  const { AccessToken, ExpiresIn } = result.AuthenticationResult ?? {};
  if (!AccessToken) throw wrong();
  await Promise.all([clearPlaces(tries, subject), clearPlaces(wrongPasswords, subject)]);
  const caller = await callerOf(`Bearer ${AccessToken}`);
  return { accessToken: AccessToken, expiresIn: ExpiresIn ?? 3600, user: await userOf(caller) };
}

/** Who a token belongs to, for the page's greeting. */
export async function userOf(caller: Awaited<ReturnType<typeof callerOf>>) {
  const account = await findAccount(caller.id);
  const seller = account?.sellerId ? await findSeller(account.sellerId) : undefined;
  return {
    id: caller.id,
    name: account?.name ?? '',
    role: caller.role,
    ...(seller ? { sellerId: seller.id, sellerSlug: seller.slug } : {}),
  };
}
