import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LedgerLine } from '../../shared/orders/ledger.ts';
import { sellerAmount } from '../../shared/orders/ledger.ts';
import { addDays, businessDay, startOfBusinessDay } from '../../shared/platform/time.ts';
import { tables } from '../platform/config.ts';
import { dynamo, getMany, type Item, queryAll, type TransactItem } from '../platform/dynamo.ts';
import type { StoredLedgerLine, StoredOrder, StoredPackage } from './records.ts';

const TableName = tables.commerce;

const orderPartition = (code: string) => `ORDER#${code}`;
export const orderPk = orderPartition;
export const orderKey = (code: string) => ({ pk: orderPartition(code), sk: 'ORDER' });

export const putOrder = (order: StoredOrder): TransactItem => ({
  Put: { TableName, Item: { ...orderKey(order.code), ...order }, ConditionExpression: 'attribute_not_exists(pk)' },
});

const packageSortKey = (n: number) => `PACKAGE#${String(n).padStart(2, '0')}`;

/** A package as read carries the index keys it had: only those it has now may be written, or a paid package would stay among the expiring. */
function packageItem(pkg: StoredPackage & { gsi2pk?: string; gsi2sk?: string }): Item {
  const { gsi2pk: _pk, gsi2sk: _sk, ...own } = pkg;
  return {
    ...own,
    pk: orderPartition(pkg.code),
    sk: packageSortKey(pkg.n),
    gsi1pk: `SELLER_PACKAGES#${pkg.sellerId}`,
    gsi1sk: `${pkg.placedAt}#${pkg.id}`,
    // Only packages that still wait for money are in the list of those that can expire.
    ...(pkg.status === 'pending_payment' ? { gsi2pk: 'EXPIRING', gsi2sk: `${pkg.expiresAt}#${pkg.id}` } : {}),
  };
}

export const putPackage = (pkg: StoredPackage): TransactItem => ({
  Put: { TableName, Item: packageItem(pkg), ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Replaces a package, if nobody moved it since it was read. */
export const replacePackage = (before: StoredPackage, after: StoredPackage): TransactItem => ({
  Put: {
    TableName,
    Item: packageItem(after),
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': before.version },
  },
});

/** An order with its packages in order, or undefined. */
export async function readOrder(code: string): Promise<{ order: StoredOrder; packages: StoredPackage[] } | undefined> {
  const items = await queryAll({
    TableName,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :order AND :packages',
    ExpressionAttributeValues: { ':pk': orderPartition(code), ':order': 'ORDER', ':packages': 'PACKAGE#~' },
    ConsistentRead: true,
  });
  const order = items.find((i) => i.sk === 'ORDER') as StoredOrder | undefined;
  const packages = items.filter((i) => String(i.sk).startsWith('PACKAGE#')) as unknown as StoredPackage[];
  return order ? { order, packages } : undefined;
}

/** Packages of any orders, by id. */
export async function readPackages(named: readonly { code: string; n: number }[]): Promise<Map<string, StoredPackage>> {
  const items = await getMany(
    TableName,
    named.map(({ code, n }) => ({ pk: orderPartition(code), sk: packageSortKey(n) })),
  );
  return new Map([...items.values()].map((item) => [String(item.id), item as unknown as StoredPackage]));
}

/** The orders of these codes, by code. */
export async function readOrders(codes: readonly string[]): Promise<Map<string, StoredOrder>> {
  const items = await getMany(TableName, codes.map(orderKey));
  return new Map([...items.values()].map((item) => [String(item.code), item as unknown as StoredOrder]));
}

/** A seller's packages, newest first, from a place on; goes on reading until the page is full, since a filter may skip many. */
export async function readSellerPackages(sellerId: string, status: string | undefined, limit: number, from: Item | undefined) {
  const packages: StoredPackage[] = [];
  let next = from;
  do {
    const page = await dynamo.send(
      new QueryCommand({
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :p',
        ...(status ? { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } } : {}),
        ExpressionAttributeValues: { ':p': `SELLER_PACKAGES#${sellerId}`, ...(status ? { ':status': status } : {}) },
        ScanIndexForward: false,
        // Without a filter one item more than the page tells whether there is another page.
        Limit: status ? 200 : limit - packages.length + 1,
        ExclusiveStartKey: next,
      }),
    );
    packages.push(...((page.Items ?? []) as unknown as StoredPackage[]));
    next = page.LastEvaluatedKey;
  } while (next && packages.length <= limit);
  return { packages: packages.slice(0, limit), more: packages.length > limit || next !== undefined };
}

/** The index key of a package, to go on after it. */
export const sellerPackagePlace = (pkg: StoredPackage): Record<string, string> => {
  const { pk, sk, gsi1pk, gsi1sk } = packageItem(pkg) as Record<string, string>;
  return { pk, sk, gsi1pk, gsi1sk } as Record<string, string>;
};

/** Unpaid packages whose time was over by `now`, oldest first, at most `limit`. */
export async function readExpired(now: Date, limit: number): Promise<StoredPackage[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName,
      IndexName: 'gsi2',
      KeyConditionExpression: 'gsi2pk = :p AND gsi2sk < :now',
      ExpressionAttributeValues: { ':p': 'EXPIRING', ':now': `${now.toISOString()}~` },
      Limit: limit,
    }),
  );
  return Items as unknown as StoredPackage[];
}

/**
 * Ledger lines of a package's sale, reversal or refund; their ids are deterministic, so the same event can never be booked twice.
 * @param of what they are of, when it is not the package as a whole: a refund's id
 */
export const putLedgerLines = (pkg: StoredPackage, lines: readonly LedgerLine[], now: Date, of: string = pkg.id): TransactItem[] =>
  lines.map((line) => {
    const at = now.toISOString();
    const id = `${of}#${line.kind}`;
    const record: StoredLedgerLine = {
      id,
      at,
      day: businessDay(now),
      orderCode: pkg.code,
      packageId: pkg.id,
      kind: line.kind,
      debit: line.debit,
      credit: line.credit,
      amount: sellerAmount(line),
      ...(sellerAmount(line) === 0 ? { settled: line.amount } : {}),
    };
    return {
      Put: {
        TableName,
        Item: { pk: `LEDGER#${pkg.sellerId}`, sk: `${at}#${id}`, ...record },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    };
  });

/** A seller's ledger lines of the business days `from` to `to`, oldest first. */
export async function readLedger(sellerId: string, from: string, to: string): Promise<StoredLedgerLine[]> {
  const bounds = { ':from': startOfBusinessDay(from).toISOString(), ':to': startOfBusinessDay(addDays(to, 1)).toISOString() };
  // DynamoDB refuses a BETWEEN whose end comes before its beginning; emulators answer nothing.
  if (bounds[':from'] > bounds[':to']) return [];
  return (await queryAll({
    TableName,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': `LEDGER#${sellerId}`, ...bounds },
  })) as unknown as StoredLedgerLine[];
}

/** Its id is new, so only this same write can be there already: after a lost answer it is written again, not refused. */
export const saveComplaint = (code: string, complaint: { id: string } & Item) =>
  dynamo.send(new PutCommand({ TableName, Item: { pk: orderPartition(code), sk: `COMPLAINT#${complaint.id}`, ...complaint } }));
