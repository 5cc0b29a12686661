import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Role } from '../../shared/platform/contract.ts';
import { tables } from '../platform/config.ts';
import { dynamo } from '../platform/dynamo.ts';

/** What the market knows of a signed-in person beyond what Cognito signs: a name to greet and whose stall it is. */
export interface Account {
  /** Cognito's `sub`. */
  id: string;
  username: string;
  name: string;
  role: Role;
  sellerId?: string;
}

const key = (id: string) => ({ pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' });

export async function findAccount(id: string): Promise<Account | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: key(id) }));
  return Item as Account | undefined;
}

/** Writes the whole account; the same account again changes nothing. */
export const saveAccount = (account: Account) =>
  dynamo.send(new PutCommand({ TableName: tables.commerce, Item: { ...key(account.id), ...account } }));
