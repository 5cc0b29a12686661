/** What is being sold live right now, or next, on top of the home page. */
import type { Campaign } from '../../shared/campaigns/contract.ts';
import { translator } from '../i18n/index.ts';
import { home } from '../i18n/vi.ts';
import { formatDong, formatMoment, formatNumber } from '../platform/format.ts';
import { campaignParameter, links } from '../platform/links.ts';

const t = translator('home', home);
const offersShown = 3;

/** The one to show: live before scheduled, earlier before later. */
export function campaignToShow(campaigns: readonly Campaign[]): Campaign | undefined {
  const soonest = campaigns.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  return soonest.find((c) => c.status === 'live') ?? soonest.find((c) => c.status === 'scheduled');
}

export function CampaignStrip({ campaign }: { campaign: Campaign }) {
  const isLive = campaign.status === 'live';
  return (
    <section class={isLive ? 'strip strip--live' : 'strip'}>
      <div class="strip__text">
        <p class="strip__state">{t(isLive ? 'live' : 'soon')}</p>
        <h2>{campaign.name}</h2>
        <p>
          {isLive ? t('liveUntil', { moment: formatMoment(campaign.endsAt) }) : t('soonAt', { moment: formatMoment(campaign.startsAt) })}
        </p>
      </div>
      {campaign.offers.length > 0 && (
        <ul class="strip__offers">
          {campaign.offers.slice(0, offersShown).map((o) => (
            <li key={o.sku}>
              {o.image && <img src={o.image} alt="" width="72" height="72" loading="lazy" />}
              <span>
                <a href={`${links.product(o.productSlug)}?${campaignParameter}=${campaign.slug}`}>{o.name}</a>
                <strong>{formatDong(o.price)}</strong>
                <span class="small">
                  <s>{formatDong(o.regularPrice)}</s> {t('remaining', { n: formatNumber(o.remaining) })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <a class="button" href={links.campaign(campaign.slug)}>
        {t(isLive ? 'watch' : 'preview')}
      </a>
    </section>
  );
}
