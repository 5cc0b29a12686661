import { accountsContract } from '../../shared/accounts/contract.ts';
import { door } from '../platform/door.ts';
import { signIn, userOf } from './sign-in.ts';

export const handler = door(accountsContract, {
  signIn: async ({ body, now }) => ({ body: await signIn(body.username, body.password, now) }),
  getSession: async ({ caller }) => ({ body: { user: await userOf(caller) } }),
});
