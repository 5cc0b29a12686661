/** A live sale as a viewer sees it. Drawn at build time for campaigns known then, and by Preact with every new snapshot. */
import { useState } from 'preact/hooks';
import type { Campaign, LiveSnapshot } from '../../shared/campaigns/contract.ts';
import { translator } from '../i18n/index.ts';
import { live } from '../i18n/vi.ts';
import { formatDong, formatMoment, formatNumber } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { sayWeight } from '../platform/weight.ts';
import { useCountUp } from './count-up.ts';
import { embedOf } from './live-embed.ts';

const t = translator('live', live);
type Offer = Campaign['offers'][number];
type Channel = Campaign['channels'][number];

export type VariantNames = Readonly<Record<string, string>>;

interface Props {
  campaign: Campaign;
  snapshot: LiveSnapshot | undefined;
  /** By SKU: `Thùng 3 kg`. An offer carries only its product's name, and two variants of one product look alike. */
  variants: VariantNames;
  isOffline?: boolean;
  onBuy?: (sku: string) => void;
}

/** The newest price and number left; the snapshot lists at most twenty offers, the rest stay as the campaign came. */
const offersNow = ({ campaign, snapshot, variants }: Props): Offer[] =>
  campaign.offers.map((offer) => ({
    ...offer,
    name: variants[offer.sku] ? `${offer.name}, ${variants[offer.sku]}` : offer.name,
    ...snapshot?.offers.find((o) => o.sku === offer.sku),
  }));

/** The names a campaign needs, out of the catalogue. */
export const variantNames = (
  campaign: Campaign,
  products: readonly { variants: readonly { sku: string; name: string }[] }[],
): VariantNames =>
  Object.fromEntries(
    products.flatMap((p) => p.variants.filter((v) => campaign.offers.some((o) => o.sku === v.sku)).map((v) => [v.sku, v.name])),
  );

function Left({ offer }: { offer: Offer }) {
  const share = Math.min(100, Math.max(0, (offer.remaining / offer.limit) * 100));
  return (
    <div class="left">
      <svg class="left__bar" width="100%" height="12" role="img" aria-label={t('leftLabel', { n: offer.remaining, limit: offer.limit })}>
        <rect class="left__whole" width="100%" height="12" />
        <rect class={share <= 20 ? 'left__rest left__rest--few' : 'left__rest'} width={`${share}%`} height="12" />
      </svg>
      <span class="small" aria-hidden="true">
        {t('left', { n: formatNumber(offer.remaining), limit: formatNumber(offer.limit) })}
      </span>
    </div>
  );
}

function Buy({
  offer,
  status,
  isBig = false,
  onBuy,
}: {
  offer: Offer;
  status: Campaign['status'];
  isBig?: boolean;
  onBuy: ((sku: string) => void) | undefined;
}) {
  const isOpen = status === 'live' && offer.remaining > 0;
  const words = isOpen ? t('buy') : status === 'ended' ? t('closed') : status === 'live' ? t('over') : t('soon');
  return (
    <button
      type="button"
      class={isBig ? 'button button--wide button--big' : 'button button--small'}
      disabled={!isOpen || !onBuy}
      aria-label={isOpen ? t('buyNamed', { name: offer.name, price: formatDong(offer.price) }) : `${offer.name}: ${words}`}
      onClick={() => onBuy?.(offer.sku)}
    >
      {words}
    </button>
  );
}

function Prices({ offer }: { offer: Offer }) {
  return (
    <p class="live-price">
      <strong>{formatDong(offer.price)}</strong>{' '}
      <s>
        <span class="visually-hidden">{t('regular')} </span>
        {formatDong(offer.regularPrice)}
      </s>
      {offer.perBuyerLimit && <span class="soft small block">{t('perBuyer', { n: offer.perBuyerLimit })}</span>}
    </p>
  );
}

function Pinned({ offer, status, onBuy }: { offer: Offer; status: Campaign['status']; onBuy: Props['onBuy'] }) {
  return (
    <section class="card card--pressed pinned" aria-label={t('pinned')}>
      {offer.image && <img src={offer.image} alt="" width="320" height="320" />}
      <div class="stack stack--tight">
        <p class="badge badge--new">{t('pinned')}</p>
        <h2>{offer.name}</h2>
        <Prices offer={offer} />
        <Left offer={offer} />
        <Buy offer={offer} status={status} isBig onBuy={onBuy} />
      </div>
    </section>
  );
}

/** A frame would tell the video's company who is watching, so it comes only when it is asked for. */
function Video({ channel }: { channel: Channel }) {
  const [isOpen, setIsOpen] = useState(false);
  if (!channel.embedUrl) return null;
  const frame = embedOf(channel.embedUrl);
  if (!frame)
    return (
      <a class="button button--quiet" href={channel.embedUrl} target="_blank" rel="noopener noreferrer">
        {t('videoOut', { name: channel.name })}
      </a>
    );
  if (isOpen)
    return (
      <iframe
        class="live-video"
        src={frame}
        title={t('video', { name: channel.name })}
        allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
        referrerpolicy="strict-origin-when-cross-origin"
        allowFullScreen
      />
    );
  return (
    <button type="button" class="live-video live-video--closed" onClick={() => setIsOpen(true)}>
      <span class="live-video__play" aria-hidden="true">
        ▶
      </span>
      <strong>{t('video', { name: channel.name })}</strong>
      <span class="small">{t('videoNote', { name: channel.name })}</span>
    </button>
  );
}

function Counts({ snapshot }: { snapshot: LiveSnapshot }) {
  const orders = useCountUp(snapshot.ordersPlaced);
  const grams = useCountUp(snapshot.gramsSold);
  return (
    <dl class="live-counts">
      <div>
        <dt>{t('orders')}</dt>
        <dd>{formatNumber(orders)}</dd>
      </div>
      <div>
        <dt>{t('sold')}</dt>
        <dd>{sayWeight(grams)}</dd>
      </div>
    </dl>
  );
}

function When({ campaign, status }: { campaign: Campaign; status: Campaign['status'] }) {
  const words =
    status === 'live'
      ? t('endsAt', { moment: formatMoment(campaign.endsAt) })
      : status === 'ended'
        ? t('endedAt', { moment: formatMoment(campaign.endsAt) })
        : t('startsAt', { moment: formatMoment(campaign.startsAt) });
  return (
    <p class="row">
      <span class={`badge ${status === 'live' ? 'badge--live' : status === 'ended' ? '' : 'badge--wait'}`}>{t(`status_${status}`)}</span>
      <span>{words}</span>
    </p>
  );
}

export function LiveView(props: Props) {
  const { campaign, snapshot, isOffline, onBuy } = props;
  const status = snapshot?.status ?? campaign.status;
  const offers = offersNow(props);
  const pinned = offers.find((o) => o.sku === snapshot?.pinned);
  return (
    <div class="live">
      <div class="live__head stack stack--tight">
        <When campaign={campaign} status={status} />
        <h1>{campaign.name}</h1>
        {campaign.demonstration && <p class="notice notice--wait">{t('demo')}</p>}
        {status === 'ended' && (
          <p class="notice">
            {t('endedText')} <a href={links.search}>{t('seeAll')}</a>
          </p>
        )}
        <p class="live__offline" role="status">
          {isOffline ? t('offline') : ''}
        </p>
      </div>
      <div class="live__main stack">
        {pinned && <Pinned offer={pinned} status={status} onBuy={onBuy} />}
        {status !== 'ended' && campaign.channels.map((c) => <Video channel={c} key={c.id} />)}
      </div>
      <div class="live__side stack">
        {snapshot && <Counts snapshot={snapshot} />}
        <h2 class="headline">{t('offers')}</h2>
        <ul class="live-offers">
          {offers.map((o) => (
            <li key={o.sku} class={o.sku === pinned?.sku ? 'live-offer is-pinned' : 'live-offer'}>
              {o.image && <img src={o.image} alt="" width="72" height="72" loading="lazy" />}
              <div class="live-offer__text">
                <h3>
                  <a href={links.product(o.productSlug)}>{o.name}</a>
                </h3>
                <Prices offer={o} />
                <Left offer={o} />
              </div>
              <Buy offer={o} status={status} onBuy={onBuy} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
