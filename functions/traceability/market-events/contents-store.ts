import { createHash } from 'node:crypto';
import type { NamedBoxes } from '../../../shared/traceability/market-events/package-events.ts';
import type { PackageLot } from '../../../shared/traceability/package-lots.ts';
import { tables } from '../../platform/config.ts';
import { queryAll, type TransactItem } from '../../platform/dynamo.ts';

/*
 * What a package holds, as far as anybody said:
 *   PACKAGE#{packageId}   LOTS           its lots (recall-store.ts)
 *                         BOXES#{hash}   boxes that were named as lying in it in one write; each box also says so itself (scan-store.ts)
 */
const table = tables.traceability;
const partition = (packageId: string): string => `PACKAGE#${packageId}`;
const boxesPrefix = 'BOXES#';

/** So many that one event of packing, with an index row for each box, is still one transaction. */
export const boxesPerRow = 80;

/** The row of boxes that are being named; the same boxes have the same row. */
export function boxesRow(packageId: string, named: readonly { gtin: string; lot: string; serial: string }[]): TransactItem {
  const boxes = named.map(({ gtin, lot, serial }) => ({ gtin, lot, serial }));
  const hash = createHash('sha256').update(JSON.stringify(boxes)).digest('base64url').slice(0, 22);
  return { Put: { TableName: table, Item: { pk: partition(packageId), sk: boxesPrefix + hash, boxes } } };
}

export interface PackageContents {
  packageId: string;
  lots: readonly PackageLot[];
  named: readonly NamedBoxes[];
  /** A request named lots at that time and is naming so many boxes in them, or has named them. */
  coming?: { boxes: number; at: string };
}

export async function readPackageContents(packageId: string): Promise<PackageContents> {
  const rows = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition(packageId) },
    ConsistentRead: true,
  });
  const lots = rows.find(({ sk }) => sk === 'LOTS');
  return {
    packageId,
    lots: (lots?.lots ?? []) as PackageLot[],
    ...(lots?.coming ? { coming: lots.coming as { boxes: number; at: string } } : {}),
    named: rows
      .filter(({ sk }) => String(sk).startsWith(boxesPrefix))
      .map(({ sk, boxes }) => ({ name: String(sk).slice(boxesPrefix.length), boxes: boxes as NamedBoxes['boxes'] })),
  };
}
