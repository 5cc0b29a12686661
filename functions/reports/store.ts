import type { Figures } from '../../shared/reports/contract.ts';
import type { Contribution, Dimension } from '../../shared/reports/contributions.ts';
import { tables } from '../platform/config.ts';
import { getMany, type Item, queryAll, scanAll, type TransactItem, transact } from '../platform/dynamo.ts';

const TableName = tables.reporting;

/** What an order has brought to the reports so far. */
export interface OrderFacts {
  code: string;
  /** The order's version these facts are complete for; 0: none yet. */
  version: number;
  /** Of these facts themselves, raised with every write; 0: never written. */
  revision: number;
  contributions: Contribution[];
}

const factsKey = (code: string) => ({ pk: `FACTS#${code}`, sk: 'FACTS' });

/** A campaign's rows lie apart, so that its page reads them without those of other days and campaigns. */
const rowKey = ({ dimension, key, day }: { dimension: Dimension; key: string; day: string }) => {
  const [campaign, channel] = key.split('|');
  return dimension === 'campaign'
    ? { pk: `ROLLUP#campaign#${campaign}`, sk: `${day}#${channel}` }
    : { pk: `ROLLUP#${dimension}`, sk: `${day}#${key}` };
};

/** An order nothing has been counted of yet. */
export const noFacts = (code: string): OrderFacts => ({ code, version: 0, revision: 0, contributions: [] });

export async function readFacts(codes: readonly string[]): Promise<Map<string, OrderFacts>> {
  const items = await getMany(TableName, codes.map(factsKey));
  return new Map(
    codes.map((code) => {
      const item = items.get(`${factsKey(code).pk}|FACTS`);
      const contributions = (item?.contributions ?? []) as Contribution[];
      return [code, { code, version: Number(item?.version ?? 0), revision: Number(item?.revision ?? 0), contributions }];
    }),
  );
}

/**
 * Writes orders' facts and the rows they change in one write, if no facts changed since they were read: counted exactly once,
 * however often the stream says so.
 */
export async function writeFacts(
  changed: readonly { before: OrderFacts; after: OrderFacts }[],
  rows: readonly Contribution[],
): Promise<boolean> {
  const facts = changed.map(
    ({ before, after }): TransactItem => ({
      Put: {
        TableName,
        Item: { ...factsKey(after.code), ...after },
        ConditionExpression: before.revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :read',
        ...(before.revision === 0 ? {} : { ExpressionAttributeValues: { ':read': before.revision } }),
      },
    }),
  );
  const updates = rows.map(
    (row): TransactItem => ({
      Update: {
        TableName,
        Key: rowKey(row),
        UpdateExpression: 'ADD orders :o, packages :p, revenue :r, grams :g, refunded :f, writes :one',
        ExpressionAttributeValues: {
          ':o': row.orders,
          ':p': row.packages,
          ':r': row.revenue,
          ':g': row.grams,
          ':f': row.refunded,
          ':one': 1,
        },
      },
    }),
  );
  return (await transact([...facts, ...updates])).ok;
}

export interface Row extends Figures {
  day: string;
  key: string;
  /** How often the row was added to: a reader tells by it whether anything happened, also what came to nothing. */
  writes: number;
}

const rowOf = (item: Item): Row => ({
  day: String(item.sk).slice(0, 10),
  key: String(item.sk).slice(11),
  orders: Number(item.orders),
  packages: Number(item.packages),
  revenue: Number(item.revenue),
  grams: Number(item.grams),
  refunded: Number(item.refunded),
  writes: Number(item.writes),
});

/** The rows of a breakdown between two business days. */
export const readRows = async (dimension: Exclude<Dimension, 'campaign'>, from: string, to: string): Promise<Row[]> =>
  (
    await queryAll({
      TableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': `ROLLUP#${dimension}`, ':from': `${from}#`, ':to': `${to}#~` },
      ConsistentRead: true,
    })
  ).map(rowOf);

/** All rows of a campaign; the key of each is a channel. */
export const readCampaignRows = async (slug: string): Promise<Row[]> =>
  (
    await queryAll({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `ROLLUP#campaign#${slug}` },
      ConsistentRead: true,
    })
  ).map(rowOf);

/** Every order's facts, told one by one, and every row; rows of a campaign with its name before the channel, as contributions have them. */
export async function readReports(onFacts: (facts: OrderFacts) => void): Promise<{ rows: (Row & { dimension: Dimension })[] }> {
  const rows: (Row & { dimension: Dimension })[] = [];
  await scanAll(TableName, (item) => {
    const [kind, dimension, campaign] = String(item.pk).split('#');
    if (kind === 'FACTS') onFacts(item as unknown as OrderFacts);
    if (kind !== 'ROLLUP') return;
    const row = { ...rowOf(item), dimension: dimension as Dimension };
    rows.push(campaign === undefined ? row : { ...row, key: `${campaign}|${row.key}` });
  });
  return { rows };
}
