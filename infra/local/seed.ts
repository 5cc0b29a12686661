import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { saveAccount } from '../../functions/accounts/store.ts';
import { findCampaignName } from '../../functions/campaigns/find-campaign.ts';
import { createCampaign } from '../../functions/campaigns/run-campaign.ts';
import { type StoredProduct, saveProduct } from '../../functions/catalog/store.ts';
import { setStock } from '../../functions/orders/set-stock.ts';
import { saveVoucher } from '../../functions/orders/vouchers.ts';
import { tables } from '../../functions/platform/config.ts';
import { dynamo } from '../../functions/platform/dynamo.ts';
import { type StoredSeller, saveSeller } from '../../functions/sellers/store.ts';
import type { Role } from '../../shared/platform/contract.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import { type Identity, subOf } from './identity.ts';
import { seedCampaigns, seedVoucher } from './seed/campaigns.ts';
import { seedProducts } from './seed/products.ts';
import { seedSellers } from './seed/sellers.ts';
import type { SeedProduct, SeedSeller } from './seed/types.ts';

// This file and the stores it writes through read the environment when they load: import it after the environment is complete.

export const demoPassword = 'KinhBac#2026';

const sellerId = (slug: string) => `sel_${slug}`;

/** The accounts of API.md; sellers' come with the shops that name them. */
export const demoAccounts: readonly { username: string; name: string; role: Role; sellerId?: string }[] = [
  { username: 'nguoimua@demo.vn', name: 'Nguyễn Thị Mua', role: 'shopper' },
  ...seedSellers.flatMap((s) =>
    s.account ? [{ username: s.account, name: s.name, role: 'seller' as const, sellerId: sellerId(s.slug) }] : [],
  ),
  { username: 'socongthuong@demo.vn', name: 'Sở Công Thương Bắc Ninh (minh hoạ)', role: 'department' },
  { username: 'quantri@demo.vn', name: 'Quản trị chợ', role: 'admin' },
];

/** Crockford's alphabet, as all our ids have it. The same name gives the same id, so a seed that died is completed and not doubled. */
function idOf(prefix: string, name: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = createHash('sha256').update(`${prefix} ${name}`).digest();
  return `${prefix}_${[...bytes.subarray(0, 21)].map((byte) => alphabet[byte & 31]).join('')}`;
}

function storedSeller(seller: SeedSeller): StoredSeller {
  const { account: _, communeCode, ...rest } = seller;
  const commune = findCommune(communeCode);
  if (!commune) throw new Error(`seed: ${seller.slug} lies in unknown commune ${communeCode}`);
  return { ...rest, id: sellerId(seller.slug), commune: { code: commune.code, name: commune.fullName }, demonstration: true };
}

function storedProduct(product: SeedProduct, seller: StoredSeller, now: Date): StoredProduct {
  const { sellerSlug: _, ocopSet, ocop, picture, variants, ...rest } = product;
  return {
    ...rest,
    id: idOf('prd', product.slug),
    seller: { id: seller.id, slug: seller.slug, name: seller.name, legalType: seller.legalType, commune: seller.commune },
    // Only the year is public: the last day of it is the latest a certificate can date from. The number says that it is none.
    ...(ocop
      ? {
          ocop: {
            stars: ocop.stars,
            decisionNumber: `minh-hoa/${ocop.decisionYear}/${ocopSet}`,
            decisionDate: `${ocop.decisionYear}-12-31`,
          },
        }
      : {}),
    variants: variants.map(({ priceDong, compareAtPriceDong, stock: _stock, wholesale, ...variant }) => ({
      ...variant,
      price: priceDong,
      ...(compareAtPriceDong === undefined ? {} : { compareAtPrice: compareAtPriceDong }),
      ...(wholesale ? { wholesale: wholesale.map((step) => ({ minQuantity: step.minQuantity, price: step.priceDong })) } : {}),
    })),
    images: [`/pictures/${picture}/${product.slug}.svg`],
    status: seller.verified ? 'published' : 'draft',
    demonstration: true,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    version: 1,
  };
}

async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

/** Each writes the same again when repeated. `startedAt` is the seed's first start, also when it is completed later. */
const steps: readonly { name: string; run: (startedAt: Date) => Promise<void> }[] = [
  { name: 'sellers', run: () => inTurns(seedSellers, 4, (seller) => saveSeller(storedSeller(seller))) },
  {
    name: 'products',
    run: async (startedAt) => {
      const sellers = new Map(seedSellers.map((seller) => [seller.slug, storedSeller(seller)]));
      await inTurns(seedProducts, 6, async (product) => {
        const seller = sellers.get(product.sellerSlug);
        if (!seller) throw new Error(`seed: ${product.slug} names unknown seller ${product.sellerSlug}`);
        const saved = await saveProduct(storedProduct(product, seller, startedAt));
        if (!saved.ok) throw new Error(`seed: ${product.slug}: ${saved.taken} ${saved.value} is taken`);
        for (const { sku, stock } of product.variants) await setStock({ sku, quantity: stock, by: seller.id, now: startedAt });
      });
    },
  },
  {
    name: 'campaigns',
    run: async (startedAt) => {
      const organiser = { id: subOf('htx-lucngan@demo.vn'), role: 'seller' as const };
      for (const campaign of seedCampaigns(startedAt))
        if (!(await findCampaignName(campaign.slug))) await createCampaign(organiser, campaign, startedAt, { demonstration: true });
    },
  },
  { name: 'voucher', run: async (startedAt) => void (await saveVoucher(seedVoucher(startedAt))) },
];

const marker = { pk: 'SEED', sk: 'DEMO' };

async function readMarker(): Promise<{ startedAt: string; isDone: boolean } | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: tables.commerce, Key: marker, ConsistentRead: true }));
  return Item ? { startedAt: String(Item.startedAt), isDone: Item.isDone === true } : undefined;
}

const writeMarker = (startedAt: string, isDone: boolean) =>
  dynamo.send(new PutCommand({ TableName: tables.commerce, Item: { ...marker, startedAt, isDone } }));

/**
 * Fills an empty market with the demonstration goods, or completes a filling that died. A market with other contents is left alone.
 * @returns whether this is the demonstration market, now or since an earlier start
 */
export async function seedDemo(identity: Identity): Promise<boolean> {
  let mark = await readMarker();
  if (!mark) {
    const { Items } = await dynamo.send(new ScanCommand({ TableName: tables.commerce, Limit: 1, ConsistentRead: true }));
    if (Items?.length) return false;
    mark = { startedAt: new Date().toISOString(), isDone: false };
    await writeMarker(mark.startedAt, false);
  }
  // Also in a later start: with DYNAMODB_ENDPOINT the goods may outlive the DATA_DIR that holds the sign-in store.
  for (const { username, role } of demoAccounts) await identity.keepUser(username, demoPassword, role);
  if (mark.isDone) return true;
  for (const account of demoAccounts) await saveAccount({ ...account, id: subOf(account.username) });
  for (const step of steps) await step.run(new Date(mark.startedAt));
  await writeMarker(mark.startedAt, true);
  return true;
}
