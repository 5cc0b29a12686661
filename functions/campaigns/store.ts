import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CampaignStatus } from '../../shared/campaigns/contract.ts';
import { tables } from '../platform/config.ts';
import { dynamo, type Item, queryAll, type TransactItem, transact } from '../platform/dynamo.ts';

const TableName = tables.commerce;

export interface StoredOffer {
  sku: string;
  price: number;
  limit: number;
  perBuyerLimit?: number;
  /** Snapshot for the page: what is offered, and the price it comes down from. */
  name: string;
  variant: string;
  productSlug: string;
  regularPrice: number;
  image?: string;
}

export interface StoredCampaign {
  slug: string;
  name: string;
  kind: 'livestream' | 'sales_week' | 'cashless_day';
  startsAt: string;
  endsAt: string;
  status: CampaignStatus;
  channels: { id: string; name: string; embedUrl?: string }[];
  offers: StoredOffer[];
  /** The organising account, and its stall when a seller organises. */
  organiser: { id: string; sellerId?: string };
  pinned?: string;
  /** All set-aside units are back on the shelves. */
  broughtBack?: boolean;
  demonstration?: boolean;
  version: number;
}

const partition = (slug: string) => `CAMPAIGN#${slug}`;
/** Where a campaign lies: whoever keeps a snapshot of it drops the snapshot when this partition is written. */
export const campaignPartition = partition;
const campaignKey = (slug: string) => ({ pk: partition(slug), sk: 'CAMPAIGN' });
const campaignItem = (campaign: StoredCampaign): Item => ({
  ...campaignKey(campaign.slug),
  gsi1pk: 'CAMPAIGNS',
  gsi1sk: `${campaign.startsAt}#${campaign.slug}`,
  ...campaign,
});

export async function readCampaign(slug: string): Promise<StoredCampaign | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key: campaignKey(slug), ConsistentRead: true }));
  return Item as StoredCampaign | undefined;
}

/** All campaigns, newest start first; a province has some dozens a year. */
export const readCampaigns = async (): Promise<StoredCampaign[]> =>
  (await queryAll({
    TableName,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :p',
    ExpressionAttributeValues: { ':p': 'CAMPAIGNS' },
    ScanIndexForward: false,
  })) as unknown as StoredCampaign[];

/** Writes a new campaign together with its set-aside stock: all or none. @returns the indexes of `withIt` that were refused, or `slug` */
export async function createCampaignWith(
  campaign: StoredCampaign,
  withIt: readonly TransactItem[],
): Promise<{ ok: true } | { ok: false; slugTaken: boolean; refused: number[] }> {
  const result = await transact([
    { Put: { TableName, Item: campaignItem(campaign), ConditionExpression: 'attribute_not_exists(pk)' } },
    ...withIt,
  ]);
  return result.ok
    ? result
    : {
        ok: false,
        slugTaken: result.refused.some((r) => r.index === 0),
        refused: result.refused.map((r) => r.index - 1).filter((i) => i >= 0),
      };
}

/** Replaces a campaign, if nobody changed it since it was read, together with other writes. */
export async function replaceCampaign(
  before: StoredCampaign,
  after: Omit<StoredCampaign, 'version'>,
  withIt: readonly TransactItem[] = [],
): Promise<StoredCampaign | undefined> {
  const next = { ...after, version: before.version + 1 };
  const result = await transact([
    {
      Put: {
        TableName,
        Item: campaignItem(next),
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':read': before.version },
      },
    },
    ...withIt,
  ]);
  return result.ok ? next : undefined;
}

export interface ChannelFigures {
  channel: string;
  /** The channel's own figures. */
  reach: number;
  views: number;
  at: string;
  /** Viewers our own pages counted. */
  reachCounted: number;
  viewsCounted: number;
}

const channelKey = (slug: string, channel: string) => ({ pk: partition(slug), sk: `CHANNEL#${channel}` });

export const readChannels = async (slug: string): Promise<ChannelFigures[]> =>
  (
    await queryAll({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :c)',
      ExpressionAttributeValues: { ':pk': partition(slug), ':c': 'CHANNEL#' },
    })
  ).map((i) => ({
    channel: String(i.channel),
    reach: Number(i.reach ?? 0),
    views: Number(i.views ?? 0),
    at: String(i.at ?? ''),
    reachCounted: Number(i.reachCounted ?? 0),
    viewsCounted: Number(i.viewsCounted ?? 0),
  }));

/** A viewer counts once per channel and event. */
export async function countViewer(
  slug: string,
  channel: string,
  event: 'reach' | 'view',
  viewer: string,
  ttlSeconds: number,
): Promise<void> {
  await transact([
    {
      Put: {
        TableName,
        Item: { pk: `VIEWER#${slug}#${channel}#${event}#${viewer}`, sk: 'VIEWER', expiresAtSeconds: ttlSeconds },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName,
        Key: channelKey(slug, channel),
        UpdateExpression: 'SET channel = :channel ADD #counted :one',
        ExpressionAttributeNames: { '#counted': event === 'reach' ? 'reachCounted' : 'viewsCounted' },
        ExpressionAttributeValues: { ':channel': channel, ':one': 1 },
      },
    },
  ]);
}

/** A channel's own figures; an older report changes nothing. */
export async function saveMetrics(
  slug: string,
  metrics: { channel: string; reach: number; views: number; at: string },
): Promise<ChannelFigures | undefined> {
  try {
    await dynamo.send(
      new UpdateCommand({
        TableName,
        Key: channelKey(slug, metrics.channel),
        UpdateExpression: 'SET channel = :channel, reach = :reach, #views = :views, #at = :at',
        ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
        ExpressionAttributeNames: { '#at': 'at', '#views': 'views' },
        ExpressionAttributeValues: { ':channel': metrics.channel, ':reach': metrics.reach, ':views': metrics.views, ':at': metrics.at },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
  return (await readChannels(slug)).find((c) => c.channel === metrics.channel);
}
