import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  GroupExistsException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { type Role, roles } from '../../shared/platform/contract.ts';
import { type Child, freePort, startChild, untilAnswers } from './children.ts';
import { readJson, writeWhole } from './data-dir.ts';
import { Stop } from './say.ts';
import { root } from './settings.ts';

/** Not the process's port: a token must stay valid when the next start finds another port. */
const issuerDomain = 'https://identity.cho-kinh-bac.invalid';
const tokenHours = 12;

export interface Identity {
  child: Child;
  /** What the functions are told about sign-in. */
  environment: Record<'AUTH_ISSUER' | 'AUTH_JWKS_URI' | 'AUTH_CLIENT_ID' | 'USER_POOL_ID' | 'COGNITO_ENDPOINT', string>;
  /** Makes the user unless it is there already. */
  keepUser: (username: string, password: string, role: Role) => Promise<void>;
}

const Pool = z.object({ poolId: z.string(), clientId: z.string() });

/** The `sub` of a local user follows from its name, so that what the tables know of it stays right when the sign-in store is made anew. */
export function subOf(username: string): string {
  const hex = createHash('sha256').update(`cho-kinh-bac ${username}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function keepKeys(path: string): void {
  if (readJson(path) !== undefined) return;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pair = { publicJwk: publicKey.export({ format: 'jwk' }), privatePem: privateKey.export({ type: 'pkcs1', format: 'pem' }) };
  writeWhole(path, JSON.stringify(pair), 0o600);
}

async function keepPool(client: CognitoIdentityProviderClient, path: string): Promise<z.infer<typeof Pool>> {
  const known = Pool.safeParse(readJson(path));
  if (known.success) {
    const { poolId, clientId } = known.data;
    const isThere = await client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId })).then(
      () => true,
      () => false,
    );
    if (isThere) return known.data;
  }
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'cho-kinh-bac', UsernameAttributes: ['email'] }));
  const poolId = UserPool?.Id ?? '';
  for (const role of roles) {
    await client.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName: role })).catch((error: unknown) => {
      if (!(error instanceof GroupExistsException)) throw error;
    });
  }
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      AccessTokenValidity: tokenHours,
      TokenValidityUnits: { AccessToken: 'hours' },
    }),
  );
  const made = { poolId, clientId: UserPoolClient?.ClientId ?? '' };
  writeWhole(path, JSON.stringify(made));
  return made;
}

/** The Cognito-compatible emulator of this DATA_DIR, with the pool, client and groups the market needs. */
export async function startIdentity(dataDir: string): Promise<Identity> {
  const folder = join(dataDir, 'cognito');
  mkdirSync(folder, { recursive: true });
  const keyFile = join(dataDir, 'identity-key.json');
  keepKeys(keyFile);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const script = join(import.meta.dirname, 'identity-process.ts');
  const options = JSON.stringify({ folder, port, issuerDomain, keyFile, tokenSeconds: tokenHours * 3_600 });
  const child = startChild(dataDir, {
    name: 'identity',
    command: process.execPath,
    // It holds 15 MB and signs a token now and then: 102 MB resident without both of these, 95 with a small young generation, 78 once
    // its sources are in the cache too, since Node then leaves the stripper of types out.
    args: ['--max-semi-space-size=1', script, options],
    env: { NODE_COMPILE_CACHE: join(root, '.build', 'compile-cache') },
    ipc: true,
  });
  const isUp = await untilAnswers(child, 30, async () => (await fetch(endpoint)).ok);
  if (!isUp) {
    await child.stop();
    throw new Stop(
      `Máy đăng nhập (cognito-local) không khởi động được: ${child.lastWords() || 'không trả lời trong 30 giây'}. Nếu tệp trong ${folder} hỏng, xin chuyển thư mục này đi chỗ khác rồi chạy lại.`,
      'The sign-in emulator did not start; if its files are damaged, move that folder away and start again.',
    );
  }
  const client = new CognitoIdentityProviderClient({
    region: 'local',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { poolId, clientId } = await keepPool(client, join(dataDir, 'identity.json'));
  return {
    child,
    environment: {
      AUTH_ISSUER: `${issuerDomain}/${poolId}`,
      AUTH_JWKS_URI: `${endpoint}/${poolId}/.well-known/jwks.json`,
      AUTH_CLIENT_ID: clientId,
      USER_POOL_ID: poolId,
      COGNITO_ENDPOINT: endpoint,
    },
    async keepUser(username, password, role) {
      const who = { UserPoolId: poolId, Username: username };
      try {
        const UserAttributes = [
          { Name: 'sub', Value: subOf(username) },
          { Name: 'email', Value: username },
          { Name: 'email_verified', Value: 'true' },
        ];
        await client.send(new AdminCreateUserCommand({ ...who, UserAttributes, MessageAction: 'SUPPRESS' }));
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
      }
      // A start that died in between had made the user without its password or group; one that has a password keeps it.
      const { UserStatus } = await client.send(new AdminGetUserCommand(who));
      if (UserStatus !== 'CONFIRMED') await client.send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
      await client.send(new AdminAddUserToGroupCommand({ ...who, GroupName: role }));
    },
  };
}
