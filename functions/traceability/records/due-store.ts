import { createHash } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../platform/config.ts';
import { dynamo, type TransactItem } from '../../platform/dynamo.ts';

/*
 * What is to be looked at when, because its keeping time may be over then:
 *   DUE#{0–15}   {day}#LOT#{gtin}#{lot}         a lot with its codes
 *                {day}#EVENTS#{sellerId}#{day}  a seller's closed day
 * A row is a reminder, not a verdict: whoever comes on that day works out anew how long the thing is kept, for a use-by day may have been
 * corrected meanwhile. Sixteen partitions, so that a night in which every seller closes a day is no hot spot.
 */
const table = tables.traceability;
const shards = 16;

export type Due = { kind: 'LOT'; gtin: string; lot: string } | { kind: 'EVENTS'; sellerId: string; day: string };

/** A reminder as it is stored. */
export type DueRow = Due & { dueOn: string };

const nameOf = (due: Due): string => (due.kind === 'LOT' ? `LOT#${due.gtin}#${due.lot}` : `EVENTS#${due.sellerId}#${due.day}`);

function keyOf(due: Due, dueOn: string) {
  const name = nameOf(due);
  const shard = (createHash('sha256').update(name).digest()[0] ?? 0) % shards;
  return { pk: `DUE#${shard}`, sk: `${dueOn}#${name}` };
}

/** For the transaction that makes the thing. @param dueOn the first day on which it may go */
export const remind = (due: Due, dueOn: string): TransactItem => ({
  Put: { TableName: table, Item: { ...keyOf(due, dueOn), ...due, dueOn } },
});

/** For the transaction that ends the thing. */
export const dropReminder = ({ dueOn, ...due }: DueRow): TransactItem => ({
  Delete: { TableName: table, Key: keyOf(due as Due, dueOn) },
});

/** For the transaction that found the thing kept for longer. */
export const postpone = (row: DueRow, dueOn: string): TransactItem[] => {
  const { dueOn: _, ...due } = row;
  return dueOn === row.dueOn ? [] : [dropReminder(row), remind(due as Due, dueOn)];
};

/** Up to `limit` of each partition that are due on or before `today`, the oldest first. */
export async function readDue(today: string, limit: number): Promise<DueRow[]> {
  const pages = await Promise.all(
    Array.from({ length: shards }, async (_, shard) => {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk < :end',
          // Behind every name of today.
          ExpressionAttributeValues: { ':pk': `DUE#${shard}`, ':end': `${today}#~` },
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      return Items as unknown as (DueRow & { pk?: string; sk?: string })[];
    }),
  );
  return pages.flat().map(({ pk: _, sk: __, ...row }) => row as DueRow);
}
