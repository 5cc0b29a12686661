/** Brings a live sale to life: today's offers, then the snapshot every two seconds. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Campaign, LiveSnapshot } from '../../shared/campaigns/contract.ts';
import { translator } from '../i18n/index.ts';
import { live, shell } from '../i18n/vi.ts';
import { addToBasket, readBasket, writeBasket } from '../orders/basket.ts';
import { call } from '../platform/api.ts';
import { need, slugInAddress } from '../platform/dom.ts';
import { links } from '../platform/links.ts';
import { Empty, Failure } from '../ui/states.tsx';
import { cameFrom, channelOf, countViewer } from './live-beacon.ts';
import { LiveView, type VariantNames, variantNames } from './live-view.tsx';
import { watchLive } from './live-watch.ts';

const t = translator('live', live);
const tShell = translator('shell', shell);

/** Written into the page when it was built, so that a crowd need not ask for the catalogue; asked for only where something is missing. */
async function namesFor(campaign: Campaign, built: string | undefined): Promise<VariantNames> {
  const names = JSON.parse(built ?? '{}') as VariantNames;
  if (campaign.offers.every((o) => names[o.sku])) return names;
  const answer = await call('GET /api/products', { query: { campaign: campaign.slug, limit: 100 } });
  return answer.ok ? variantNames(campaign, answer.data.items) : names;
}

function LivePage({ campaign, variants }: { campaign: Campaign; variants: VariantNames }) {
  const [snapshot, setSnapshot] = useState<LiveSnapshot>();
  const [isOffline, setIsOffline] = useState(false);
  useEffect(() => {
    let status = campaign.status;
    countViewer(campaign, () => status === 'live');
    return watchLive({
      slug: campaign.slug,
      startsAt: campaign.startsAt,
      onSnapshot: (s) => {
        status = s.status;
        setSnapshot(s);
      },
      onConnection: (isFine) => setIsOffline(!isFine),
    });
  }, [campaign]);
  // Straight to the checkout: it asks for the price again, with the campaign, and shows the number to change.
  const buy = (sku: string) => {
    writeBasket(addToBasket(readBasket(), { sku, quantity: 1, campaign: campaign.slug, channel: channelOf(campaign, cameFrom()) }));
    location.assign(links.checkout);
  };
  return <LiveView campaign={campaign} variants={variants} snapshot={snapshot} isOffline={isOffline} onBuy={buy} />;
}

export async function mountLive(): Promise<void> {
  const root = need('#live');
  const isBuilt = root.dataset.built !== undefined;
  const slug = slugInAddress();
  if (slug === '') return location.replace(links.home);
  const answer = await call('GET /api/campaigns/{slug}', { params: { slug } });
  if (answer.ok) {
    document.title = tShell('titlePattern', { title: answer.data.name });
    const variants = await namesFor(answer.data, root.dataset.variants);
    root.replaceChildren();
    return render(<LivePage campaign={answer.data} variants={variants} />, root);
  }
  // What was built stays readable when the market does not answer.
  if (isBuilt && answer.problem.code !== 'not_found') return;
  root.replaceChildren();
  if (answer.problem.code !== 'not_found') return render(<Failure problem={answer.problem} onRetry={() => location.reload()} />, root);
  render(
    <>
      <h1 class="visually-hidden">{t('title')}</h1>
      <Empty picture="search" title={t('gone')}>
        <p>{t('goneText')}</p>
        <a class="button" href={links.search}>
          {t('seeAll')}
        </a>
      </Empty>
    </>,
    root,
  );
}
