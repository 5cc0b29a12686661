/** One live sale as its seller runs it: counts on top, one tap to pin, start and end. */
import { useEffect, useState } from 'preact/hooks';
import type { Campaign, LiveSnapshot } from '../../shared/campaigns/contract.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ownLive } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';
import { toast } from '../platform/dom.ts';
import { formatDong, formatMoment, formatNumber } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { sayWeight } from '../platform/weight.ts';
import { Notice, sayProblem } from '../ui/states.tsx';
import { watchLive } from './live-watch.ts';

const t = translator('ownLive', ownLive);
const tones = { draft: 'badge', scheduled: 'badge badge--wait', live: 'badge badge--live', ended: 'badge' } as const;

interface Props {
  campaign: Campaign;
  /** By SKU: what the seller calls it, the variant too. */
  ownSkus: ReadonlyMap<string, string>;
  onChange: (campaign: Campaign) => void;
}

function Counts({ snapshot }: { snapshot: LiveSnapshot }) {
  return (
    <dl class="figures">
      <div class="figure">
        <dt>{t('orders')}</dt>
        <dd>{formatNumber(snapshot.ordersPlaced)}</dd>
      </div>
      <div class="figure">
        <dt>{t('sold')}</dt>
        <dd>{sayWeight(snapshot.gramsSold)}</dd>
      </div>
    </dl>
  );
}

/** The end cannot be taken back, so it is asked for twice. */
function Ending({ isBusy, onEnd }: { isBusy: boolean; onEnd: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking)
    return (
      <button type="button" class="button button--quiet" disabled={isBusy} onClick={() => setIsAsking(true)}>
        {t('end')}
      </button>
    );
  return (
    <Notice tone="wait">
      <p>{t('endAsk')}</p>
      <p class="row">
        <button type="button" class="button button--small" disabled={isBusy} onClick={onEnd}>
          {t('endYes')}
        </button>
        <button type="button" class="button button--quiet button--small" onClick={() => setIsAsking(false)}>
          {t('endNo')}
        </button>
      </p>
    </Notice>
  );
}

export function OwnCampaign({ campaign, ownSkus, onChange }: Props) {
  const [snapshot, setSnapshot] = useState<LiveSnapshot>();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  // The contract does not say whose campaign it is: a seller may only offer own goods, so one with others' is not theirs, and a 404 settles the rest.
  const [isOurs, setIsOurs] = useState(campaign.offers.every((o) => ownSkus.has(o.sku)));
  const { slug, startsAt } = campaign;
  const status = snapshot?.status ?? campaign.status;

  useEffect(() => {
    if (campaign.status === 'ended') return;
    return watchLive({ slug, startsAt, onSnapshot: setSnapshot, onConnection: () => undefined });
  }, [slug, startsAt, campaign.status]);

  const refused = (refusal: Problem) => {
    if (refusal.code === 'not_found') setIsOurs(false);
    else setProblem(refusal);
  };
  const turn = async (to: 'start' | 'end') => {
    setIsBusy(true);
    setProblem(undefined);
    const answer = await callAs(`POST /api/campaigns/{slug}/${to}`, { params: { slug } });
    setIsBusy(false);
    if (!answer.ok) return refused(answer.problem);
    toast(t(to === 'start' ? 'started' : 'ended'));
    setSnapshot(undefined);
    onChange(answer.data);
  };
  const pin = async (sku: string, name: string) => {
    setProblem(undefined);
    const answer = await callAs('POST /api/campaigns/{slug}/pin', { params: { slug }, body: { sku } });
    if (!answer.ok) return refused(answer.problem);
    setSnapshot(answer.data);
    toast(t('nowPinned', { name }));
  };

  const canRun = isOurs && status !== 'ended';
  return (
    <li class={`card stack own-campaign${status === 'live' ? ' card--pressed' : ''}`}>
      <div class="row row--apart">
        <h2>{campaign.name}</h2>
        <span class={tones[status]}>{t(`status_${status}`)}</span>
      </div>
      <p class="soft small">{t('window', { from: formatMoment(startsAt), to: formatMoment(campaign.endsAt) })}</p>
      {snapshot && <Counts snapshot={snapshot} />}
      {!isOurs && <p class="notice">{t('notOurs')}</p>}
      {problem && <Notice tone="bad">{sayProblem(problem)}</Notice>}
      <ul class="own-offers">
        {campaign.offers
          .filter((o) => ownSkus.has(o.sku))
          .map((o) => {
            const now = { ...o, ...snapshot?.offers.find((s) => s.sku === o.sku) };
            const isPinned = snapshot?.pinned === o.sku;
            return (
              <li key={o.sku} class={isPinned ? 'is-pinned' : undefined}>
                <span>
                  <strong>{ownSkus.get(o.sku) ?? o.name}</strong>
                  <span class="block">{formatDong(now.price)}</span>
                  <span class="soft small block">{t('left', { n: formatNumber(now.remaining), limit: formatNumber(now.limit) })}</span>
                </span>
                {canRun && (
                  <button
                    type="button"
                    class={`button ${isPinned ? 'button--leaf' : 'button--quiet'}`}
                    aria-pressed={isPinned}
                    aria-label={t('pinNamed', { pin: t(isPinned ? 'pinned' : 'pin'), name: ownSkus.get(o.sku) ?? o.name })}
                    onClick={() => void pin(o.sku, o.name)}
                  >
                    {t(isPinned ? 'pinned' : 'pin')}
                  </button>
                )}
              </li>
            );
          })}
      </ul>
      <div class="row">
        {canRun && status !== 'live' && (
          <button type="button" class="button" disabled={isBusy} onClick={() => void turn('start')}>
            {t('start')}
          </button>
        )}
        {canRun && status === 'live' && <Ending isBusy={isBusy} onEnd={() => void turn('end')} />}
        <a class="button button--plain" href={links.campaign(slug)}>
          {t('watch')}
        </a>
      </div>
    </li>
  );
}
