/**
 * Tells the market that somebody is here, once per channel: reach when the page is looked at, view when it is looked at for three seconds
 * of the live show. The viewer is a random number of this tab, gone with it, and says nothing about the person.
 */
import type { Campaign } from '../../shared/campaigns/contract.ts';
import { call } from '../platform/api.ts';

type Store = Pick<Storage, 'getItem' | 'setItem'>;
const viewerKey = 'nguoi-xem';
const viewMs = 3_000;

/** `?kenh=facebook` names where the shopper came from; otherwise the channel of our own page, or the first. */
export function channelOf(campaign: Pick<Campaign, 'channels'>, asked: string | null): string | undefined {
  const has = (id: string | null) => campaign.channels.some((c) => c.id === id);
  if (asked !== null && has(asked)) return asked;
  return has('web') ? 'web' : campaign.channels[0]?.id;
}

export function viewerOf(store: Store, newId: () => string): string {
  const kept = store.getItem(viewerKey);
  if (kept) return kept;
  const made = newId();
  store.setItem(viewerKey, made);
  return made;
}

/** True the first time only, also after a reload in the same tab. */
export function isFirst(store: Store, what: string): boolean {
  const key = `${viewerKey}:${what}`;
  if (store.getItem(key)) return false;
  store.setItem(key, '1');
  return true;
}

function send(slug: string, channel: string, event: 'reach' | 'view'): void {
  if (!isFirst(sessionStorage, `${slug}:${channel}:${event}`)) return;
  // A beacon that is lost is not worth a word to the viewer.
  void call('POST /api/campaigns/{slug}/beacon', {
    params: { slug },
    body: { channel, event, viewer: viewerOf(sessionStorage, () => crypto.randomUUID()) },
  });
}

/** The channel the address names, if any. */
export const cameFrom = (): string | null => new URLSearchParams(location.search).get('kenh');

export function countViewer(campaign: Pick<Campaign, 'slug' | 'channels'>, isLive: () => boolean): void {
  const channel = channelOf(campaign, cameFrom());
  if (!channel) return;
  const look = () => {
    if (document.hidden) return;
    send(campaign.slug, channel, 'reach');
    setTimeout(() => {
      if (!document.hidden && isLive()) send(campaign.slug, channel, 'view');
    }, viewMs);
  };
  look();
  document.addEventListener('visibilitychange', look);
}
