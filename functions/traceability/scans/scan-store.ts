import { createHash } from 'node:crypto';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Seen } from '../../../shared/traceability/scans/scans.ts';
import type { Place } from '../../../shared/traceability/scans/viewer-place.ts';
import { tables } from '../../platform/config.ts';
import { dynamo, getMany, type TransactItem, transact } from '../../platform/dynamo.ts';
import { boxesPerRow, boxesRow } from '../market-events/contents-store.ts';
import { itemKey, lotKey, type StoredItem } from '../store.ts';

/*
 * What is known of an item's scans stands on the item, so that its page reads one item however often it was looked at:
 *   EPC#01/{gtin}/21/{serial}   S               scanCount, firstScanAt, lastScanAt, seen (a summary), soldIn, suspiciousSince
 *                               SCAN#{nonce}    one person looked; forgotten after 180 days
 *   LOTSCANS#{gtin}#{lot}#{n}   COUNTS          the lot's scans and boxes seen by province, spread over 16 items: 100,000 boxes of one lot
 *                                               may be looked at in one evening
 *   LOTSCANS#{gtin}#{lot}       SUSPECT#{time}#{serial}   an item that became suspicious
 *   PACKAGE#{packageId}         HELD#{sku}      how many boxes of the SKU were named as lying in it
 *   EPC#01/{gtin}/10/{lot}      LOT             sent{province}: boxes in packages that name the lot; doubtful: provinces that see too many
 */
const table = tables.traceability;
export const shards = 16;
const shardOf = (serial: string): number => (createHash('sha256').update(serial).digest()[0] ?? 0) % shards;
export const countsKey = (gtin: string, lot: string, shard: number) => ({ pk: `LOTSCANS#${gtin}#${lot}#${shard}`, sk: 'COUNTS' });
export const suspectPartition = (gtin: string, lot: string): string => `LOTSCANS#${gtin}#${lot}`;

/** The package a box lies in. */
export interface BoxInPackage {
  packageId: string;
  code: string;
  n: number;
  orderedAt: string;
  province?: string;
  tiedAt: string;
}

interface Box {
  gtin: string;
  serial: string;
}

/** Items by `{gtin}/{serial}`; what was never issued is missing. */
export async function readItems(boxes: readonly Box[]): Promise<Map<string, StoredItem>> {
  const found = await getMany(
    table,
    boxes.map(({ gtin, serial }) => itemKey(gtin, serial)),
  );
  return new Map(
    boxes.flatMap(({ gtin, serial }) => {
      const { pk, sk } = itemKey(gtin, serial);
      const item = found.get(`${pk}|${sk}`);
      return item ? [[`${gtin}/${serial}`, item as unknown as StoredItem] as const] : [];
    }),
  );
}

/** Boxes of one SKU that are to be put into a package, each as it was read. */
export interface BoxesOfSku {
  sku: string;
  /** How many of the SKU the package holds. */
  quantity: number;
  boxes: readonly (Box & { lot: string; before?: BoxInPackage | undefined })[];
}

const heldKey = (packageId: string, sku: string) => ({ pk: `PACKAGE#${packageId}`, sk: `HELD#${sku}` });

/** How many boxes of each of these SKUs were named as lying in the package. */
export async function readHeld(packageId: string, skus: readonly string[]): Promise<Map<string, number>> {
  const keys = skus.map((sku) => heldKey(packageId, sku));
  const found = await getMany(table, keys);
  return new Map(skus.map((sku, i) => [sku, Number(found.get(`${keys[i]?.pk}|${keys[i]?.sk}`)?.boxes ?? 0)]));
}

/** For another write: it succeeds only while no more boxes are named than were read. */
export const whileHeld = (packageId: string, held: ReadonlyMap<string, number>): TransactItem[] =>
  [...held].map(([sku, boxes]) => ({
    ConditionCheck: {
      TableName: table,
      Key: heldKey(packageId, sku),
      ConditionExpression: 'attribute_not_exists(pk) OR boxes = :read',
      ExpressionAttributeValues: { ':read': boxes },
    },
  }));

/** Writes the package on each box, no more boxes than it holds. `changed`: a rival put one of them into a package meanwhile, read again. */
export async function tieItems({ sku, quantity, boxes }: BoxesOfSku, soldIn: BoxInPackage): Promise<'tied' | 'changed' | 'too_many'> {
  for (let from = 0; from < boxes.length; from += boxesPerRow) {
    const page = boxes.slice(from, from + boxesPerRow);
    const written = await transact([
      {
        Update: {
          TableName: table,
          Key: heldKey(soldIn.packageId, sku),
          UpdateExpression: 'ADD boxes :n',
          ConditionExpression: 'attribute_not_exists(pk) OR boxes <= :room',
          ExpressionAttributeValues: { ':n': page.length, ':room': quantity - page.length },
        },
      },
      ...page.map(({ gtin, serial, before }) => ({
        Update: {
          TableName: table,
          Key: itemKey(gtin, serial),
          UpdateExpression: 'SET soldIn = :sold',
          ConditionExpression: before ? 'soldIn.packageId = :before' : 'attribute_exists(pk) AND attribute_not_exists(soldIn)',
          ExpressionAttributeValues: { ':sold': soldIn, ...(before ? { ':before': before.packageId } : {}) },
        },
      })),
      boxesRow(soldIn.packageId, page),
    ]);
    // A rival that named the same boxes also took their room: that is seen first.
    if (!written.ok) return written.refused.some(({ index }) => index > 0) ? 'changed' : 'too_many';
  }
  return 'tied';
}

export interface Scan {
  /** Hashed: no text of a stranger stands in a key. */
  nonce: string;
  /** Hashed with the item's own secret, so that one phone's scans of several items cannot be put together. */
  device: string;
  place?: Place | undefined;
  at: string;
  expiresAtSeconds: number;
}

/** What a scan changes besides the count. */
export interface ScanEffect {
  item: StoredItem;
  seen: Seen;
  /** The first look at this item in that place. */
  isNewPlace: boolean;
  /** It became suspicious by this scan. */
  isNewSuspect: boolean;
}

/**
 * Counts a scan with its nonce, what the item remembers and the lot's counters in one write, so that a repeat cannot count twice.
 * `changed`: another scan came first, look again.
 */
export async function putScan(gtin: string, serial: string, scan: Scan, effect: ScanEffect): Promise<'counted' | 'repeat' | 'changed'> {
  const { item, seen, isNewSuspect } = effect;
  const update: TransactItem = {
    Update: {
      TableName: table,
      Key: itemKey(gtin, serial),
      UpdateExpression: `SET firstScanAt = if_not_exists(firstScanAt, :at), lastScanAt = :at, seen = :seen${isNewSuspect ? ', suspiciousSince = :at' : ''} ADD scanCount :one`,
      ConditionExpression: 'scanCount = :read',
      ExpressionAttributeValues: { ':at': scan.at, ':one': 1, ':seen': seen, ':read': item.scanCount },
    },
  };
  const suspect: TransactItem = {
    Put: {
      TableName: table,
      Item: { pk: suspectPartition(gtin, item.lot), sk: `SUSPECT#${scan.at}#${serial}`, serial, since: scan.at },
    },
  };
  return count(gtin, serial, scan, effect, update, isNewSuspect ? [suspect] : []);
}

/**
 * Counts a scan without remembering the phone: for an item that so many look at in the same second that each has to give way to others.
 * The count stays exact; what the phones would have told is told by those that went through.
 */
export function putCountOnly(gtin: string, serial: string, scan: Scan, effect: ScanEffect): Promise<'counted' | 'repeat' | 'changed'> {
  const update: TransactItem = {
    Update: {
      TableName: table,
      Key: itemKey(gtin, serial),
      UpdateExpression: 'SET firstScanAt = if_not_exists(firstScanAt, :at), lastScanAt = :at ADD scanCount :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':at': scan.at, ':one': 1 },
    },
  };
  return count(gtin, serial, scan, { ...effect, isNewPlace: false }, update, []);
}

async function count(
  gtin: string,
  serial: string,
  { nonce, ...rest }: Scan,
  { item, isNewPlace }: ScanEffect,
  update: TransactItem,
  more: TransactItem[],
): Promise<'counted' | 'repeat' | 'changed'> {
  const place = rest.place ?? 'unknown';
  const written = await transact([
    update,
    {
      Put: {
        TableName: table,
        Item: { pk: itemKey(gtin, serial).pk, sk: `SCAN#${nonce}`, ...rest },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName: table,
        Key: countsKey(gtin, item.lot, shardOf(serial)),
        UpdateExpression: isNewPlace ? 'ADD #scans :one, #boxes :one' : 'ADD #scans :one',
        ExpressionAttributeNames: { '#scans': `scans_${place}`, ...(isNewPlace ? { '#boxes': `boxes_${place}` } : {}) },
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
    ...more,
  ]);
  if (written.ok) return 'counted';
  return written.refused.some(({ index }) => index === 1) ? 'repeat' : 'changed';
}

/** A lot's scans and boxes seen by place; scans from places that no network told stand under `unknown`. */
export async function readLotCounts(gtin: string, lot: string): Promise<{ scans: Record<Place, number>; boxes: Record<Place, number> }> {
  const items = await getMany(
    table,
    Array.from({ length: shards }, (_, n) => countsKey(gtin, lot, n)),
  );
  const counts: { scans: Record<Place, number>; boxes: Record<Place, number> } = { scans: {}, boxes: {} };
  for (const item of items.values()) {
    for (const [name, value] of Object.entries(item)) {
      const [, kind, place] = /^(scans|boxes)_(.+)$/.exec(name) ?? [];
      if (kind !== 'scans' && kind !== 'boxes') continue;
      counts[kind][place ?? ''] = (counts[kind][place ?? ''] ?? 0) + Number(value);
    }
  }
  return counts;
}

/** Serials of a lot's items that became suspicious, the latest first. */
export async function readSuspects(gtin: string, lot: string, limit: number): Promise<{ serial: string; since: string }[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :suspect)',
      ExpressionAttributeValues: { ':pk': suspectPartition(gtin, lot), ':suspect': 'SUSPECT#' },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items as { serial: string; since: string }[];
}

/** Notes on the lot which provinces see too many of its boxes. They only grow: what was odd once stays worth a look. */
export async function markDoubtful(gtin: string, lot: string, doubtful: { since: string; provinces: readonly Place[] }): Promise<void> {
  await dynamo.send(
    new UpdateCommand({
      TableName: table,
      Key: lotKey(gtin, lot),
      UpdateExpression: 'SET doubtful = :doubtful',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':doubtful': doubtful },
    }),
  );
}
