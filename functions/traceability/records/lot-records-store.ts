import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../platform/config.ts';
import { dynamo, type Item, queryAll } from '../../platform/dynamo.ts';
import { type Batch, lotKey } from '../store.ts';

/*
 * Everything that lies beside a lot in its partition (store.ts, recall-store.ts), and how much lies around it.
 */
const table = tables.traceability;
const partitionOf = (gtin: string, lot: string): string => lotKey(gtin, lot).pk;

export interface RecallRecord {
  reason: string;
  at: string;
  by: string;
  lifted?: { reason: string; at: string; by: string };
}

export interface LotRecords {
  /** Oldest first. */
  batches: Batch[];
  recalls: RecallRecord[];
}

const said = ({ reason, at, by }: Item) => ({ reason: String(reason), at: String(at), by: String(by) });

/** A lot's issues of codes and its recalls, those that were lifted too. */
export async function readLotRecords(gtin: string, lot: string): Promise<LotRecords> {
  const rows = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partitionOf(gtin, lot) },
    ConsistentRead: true,
  });
  const named = (prefix: string) => rows.filter(({ sk }) => String(sk).startsWith(prefix));
  const isLifting = ({ sk }: Item): boolean => String(sk).endsWith('#LIFTED');
  const liftings = new Map(
    named('RECALL#')
      .filter(isLifting)
      .map((row) => [String(row.id), said(row)]),
  );
  const recalls = named('RECALL#')
    .filter((row) => !isLifting(row))
    .map((row) => {
      const lifted = liftings.get(String(row.id));
      return { ...said(row), ...(lifted ? { lifted } : {}) };
    });
  return {
    batches: named('BATCH#') as unknown as Batch[],
    recalls: recalls.sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

/** How many rows a partition holds. */
async function countOf(pk: string): Promise<number> {
  let count = 0;
  let from: Item | undefined;
  do {
    const page: { Count?: number | undefined; LastEvaluatedKey?: Item | undefined } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        Select: 'COUNT',
        ExclusiveStartKey: from,
      }),
    );
    count += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from);
  return count;
}

/** Packages that name the lot, and doubts that shoppers told of its items. */
export async function countAround(gtin: string, lot: string): Promise<{ packages: number; doubts: number }> {
  const [packages = 0, doubts = 0] = await Promise.all([`LOTSOLD#${gtin}#${lot}`, `DOUBTS#${gtin}#${lot}`].map(countOf));
  return { packages, doubts };
}
