/** What a seller has typed about a live sale, what is wrong with it, and the request made of it. */
import { slugOf } from '../../shared/catalog/slug.ts';
import type { ownLive } from '../i18n/vi/own-live.ts';
import type { Asked } from '../platform/api.ts';
import { parseWhole } from '../platform/parse.ts';

export type NewCampaign = Asked<'POST /api/campaigns'>['body'];
export const channelIds = ['facebook', 'youtube', 'tiktok', 'web'] as const;
export type ChannelId = (typeof channelIds)[number];

export interface OfferDraft {
  sku: string;
  price: string;
  limit: string;
  perBuyer: string;
}
export interface CampaignDraft {
  name: string;
  /** As a `datetime-local` field writes it, in Việt Nam's time. */
  startsAt: string;
  endsAt: string;
  channel: ChannelId;
  embed: string;
  offers: OfferDraft[];
}

/** The market keeps Việt Nam's time whatever the phone is set to: `2026-11-22T20:00` → `2026-11-22T20:00:00+07:00`. */
export const instantOf = (local: string): string => `${local.slice(0, 16)}:00+07:00`;

/** A moment as a `datetime-local` field wants it. */
export const localOf = (moment: Date): string => new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);

type Words = keyof typeof ownLive;
export type Mistakes = Partial<Record<'name' | 'endsAt' | 'embed' | `offers[${number}]`, Words>>;

export function findMistakes(draft: CampaignDraft, now: Date): Mistakes {
  const mistakes: Mistakes = {};
  if (slugOf(draft.name) === '') mistakes.name = 'nameWrong';
  const from = Date.parse(instantOf(draft.startsAt));
  const to = Date.parse(instantOf(draft.endsAt));
  if (!(from < to && to > now.getTime())) mistakes.endsAt = 'windowWrong';
  if (draft.embed.trim() !== '' && !/^https:\/\/\S+$/.test(draft.embed.trim())) mistakes.embed = 'embedWrong';
  draft.offers.forEach((o, i) => {
    const isFine = parseWhole(o.price) && parseWhole(o.limit) && (o.perBuyer.trim() === '' || parseWhole(o.perBuyer));
    if (!isFine) mistakes[`offers[${i}]`] = 'offerWrong';
  });
  return mistakes;
}

/** Only for a draft without mistakes. The day in the slug keeps next week's show of the same name apart. */
export function campaignRequest(draft: CampaignDraft, channelName: string): NewCampaign {
  const day = draft.startsAt.slice(0, 10).split('-').reverse().join('-');
  const embed = draft.embed.trim();
  return {
    slug: `${slugOf(draft.name).slice(0, 60).replace(/-+$/, '')}-${day}`,
    name: draft.name.trim(),
    kind: 'livestream',
    startsAt: instantOf(draft.startsAt),
    endsAt: instantOf(draft.endsAt),
    channels: [{ id: draft.channel, name: channelName, ...(embed && { embedUrl: embed }) }],
    offers: draft.offers.map((o) => ({
      sku: o.sku,
      price: parseWhole(o.price) ?? 0,
      limit: parseWhole(o.limit) ?? 0,
      ...(parseWhole(o.perBuyer) && { perBuyerLimit: parseWhole(o.perBuyer) }),
    })),
  };
}
