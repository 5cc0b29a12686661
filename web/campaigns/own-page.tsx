/** The live sales a seller runs, or that sell the seller's goods. */
import { useEffect, useState } from 'preact/hooks';
import type { Campaign } from '../../shared/campaigns/contract.ts';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ownLive } from '../i18n/vi.ts';
import { call, type Problem } from '../platform/api.ts';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { OwnCampaign } from './own-card.tsx';
import { OwnCampaignForm, type OwnSku } from './own-form.tsx';

const t = translator('ownLive', ownLive);

function OwnLive() {
  const [campaigns, setCampaigns] = useState<Campaign[]>();
  const [skus, setSkus] = useState<OwnSku[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [isPlanning, setIsPlanning] = useState(false);

  const load = async () => {
    setProblem(undefined);
    const [products, all] = await Promise.all([
      callAs('GET /api/seller/products', { query: { limit: 100 } }),
      call('GET /api/campaigns', { query: { limit: 100 } }),
    ]);
    if (!products.ok) return setProblem(products.problem);
    if (!all.ok) return setProblem(all.problem);
    const own = products.data.items
      .filter((p) => p.status === 'published')
      .flatMap((p) => p.variants.map((v) => ({ ...v, label: `${p.name}, ${v.name}` })));
    setSkus(own);
    setCampaigns(all.data.items.filter((c) => c.offers.some((o) => own.some((s) => s.sku === o.sku))));
  };
  useEffect(() => void load(), []);

  const ownSkus = new Map(skus.map((s) => [s.sku, s.label]));
  return (
    <>
      <div class="row row--apart">
        <div class="read">
          <h1>{t('title')}</h1>
          <p class="soft">{t('lead')}</p>
        </div>
        {!isPlanning && skus.length > 0 && (
          <button type="button" class="button" onClick={() => setIsPlanning(true)}>
            {t('plan')}
          </button>
        )}
      </div>
      {isPlanning && (
        <OwnCampaignForm
          skus={skus}
          onCancel={() => setIsPlanning(false)}
          onPlanned={(campaign) => {
            setIsPlanning(false);
            setCampaigns((list) => [campaign, ...(list ?? [])]);
          }}
        />
      )}
      {problem && <Failure problem={problem} onRetry={() => void load()} />}
      {!campaigns && !problem && <Loading lines={6} />}
      {campaigns?.length === 0 && !isPlanning && (
        <Empty picture="search" title={t('empty')}>
          <p>{t('emptyText')}</p>
        </Empty>
      )}
      {campaigns && campaigns.length > 0 && (
        <ul class="own-campaigns">
          {campaigns.map((c) => (
            <OwnCampaign
              key={c.slug}
              campaign={c}
              ownSkus={ownSkus}
              onChange={(next) => setCampaigns((list) => list?.map((o) => (o.slug === next.slug ? next : o)))}
            />
          ))}
        </ul>
      )}
    </>
  );
}

export const mountOwnLive = (): void => mountAs(['seller'], () => <OwnLive />);
