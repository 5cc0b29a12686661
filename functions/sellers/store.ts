import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LegalType } from '../../shared/catalog/contract.ts';
import { tables } from '../platform/config.ts';
import { dynamo, queryAll } from '../platform/dynamo.ts';

export interface StoredSeller {
  /** `sel_…` */
  id: string;
  slug: string;
  name: string;
  legalType: LegalType;
  commune: { code: string; name: string };
  street: string;
  story: string;
  phone: string;
  taxCode?: string;
  /** Where buyers pay: the seller's own account, since the platform holds nobody's money. */
  bank: { bin: string; accountNumber: string; accountName: string };
  /** Identity checked electronically; without it nothing can be published (ND 320/2026/NĐ-CP). */
  verified: boolean;
  demonstration?: boolean;
}

const key = (id: string) => ({ pk: `SELLER#${id}`, sk: 'SELLER' });
const slugKey = (slug: string) => ({ pk: `SELLER_SLUG#${slug}`, sk: 'SLUG' });

export async function readSeller(id: string): Promise<StoredSeller | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: key(id) }));
  return Item as StoredSeller | undefined;
}

export async function readSellerBySlug(slug: string): Promise<StoredSeller | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: slugKey(slug) }));
  return Item ? readSeller(String(Item.sellerId)) : undefined;
}

/** Every verified seller, by slug. */
export const readSellers = async (): Promise<StoredSeller[]> =>
  (await queryAll({
    TableName: tables.commerce,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :p',
    ExpressionAttributeValues: { ':p': 'SELLERS' },
  })) as unknown as StoredSeller[];

/** Writes the whole seller and its slug; the same seller again changes nothing. */
export async function saveSeller(seller: StoredSeller): Promise<void> {
  await dynamo.send(new PutCommand({ TableName: tables.commerce, Item: { ...slugKey(seller.slug), sellerId: seller.id } }));
  await dynamo.send(
    new PutCommand({
      TableName: tables.commerce,
      Item: { ...key(seller.id), ...(seller.verified ? { gsi1pk: 'SELLERS', gsi1sk: seller.slug } : {}), ...seller },
    }),
  );
}
