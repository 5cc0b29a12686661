/** Planning a live sale: when, where, which goods for how much. */
import { useState } from 'preact/hooks';
import type { Campaign } from '../../shared/campaigns/contract.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ownLive, workspace } from '../i18n/vi.ts';
import { toast } from '../platform/dom.ts';
import { formatDong, formatNumber } from '../platform/format.ts';
import { SelectField, TextField } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { type CampaignDraft, type ChannelId, campaignRequest, channelIds, findMistakes, localOf, type OfferDraft } from './own-draft.ts';

const t = translator('ownLive', ownLive);
const tWork = translator('workspace', workspace);
const mostOffers = 20;
const hourMs = 3_600_000;

export interface OwnSku {
  sku: string;
  label: string;
  price: number;
  available: number;
}

interface OfferProps {
  n: number;
  offer: OfferDraft;
  skus: readonly OwnSku[];
  error: string | undefined;
  onChange: (offer: OfferDraft) => void;
  onRemove?: () => void;
}

function OfferFields({ n, offer, skus, error, onChange, onRemove }: OfferProps) {
  const sku = skus.find((s) => s.sku === offer.sku);
  const field = (name: 'price' | 'limit' | 'perBuyer') => ({
    id: `o${n}-${name}`,
    inputMode: 'numeric' as const,
    autocomplete: 'off',
    value: offer[name],
    onInput: (e: { currentTarget: HTMLInputElement }) => onChange({ ...offer, [name]: e.currentTarget.value }),
  });
  return (
    <fieldset class="card stack variant-fields">
      <legend>{t('offer', { n: n + 1 })}</legend>
      <SelectField
        id={`o${n}-sku`}
        label={t('offerSku')}
        options={skus.map((s) => ({ value: s.sku, label: s.label }))}
        value={offer.sku}
        onChange={(e) => onChange({ ...offer, sku: e.currentTarget.value })}
      />
      <div class="pair pair--three">
        <TextField {...field('price')} label={t('offerPrice')} hint={sku && t('offerPriceHint', { price: formatDong(sku.price) })} />
        <TextField {...field('limit')} label={t('offerLimit')} hint={sku && t('offerLimitHint', { n: formatNumber(sku.available) })} />
        <TextField {...field('perBuyer')} label={t('perBuyer')} optional />
      </div>
      {error && <Notice tone="bad">{error}</Notice>}
      {onRemove && (
        <button type="button" class="button button--plain button--small" onClick={onRemove}>
          {t('removeOffer', { n: n + 1 })}
        </button>
      )}
    </fieldset>
  );
}

export function OwnCampaignForm({
  skus,
  onPlanned,
  onCancel,
}: {
  skus: readonly OwnSku[];
  onPlanned: (campaign: Campaign) => void;
  onCancel: () => void;
}) {
  const unused = (offers: readonly OfferDraft[]): OfferDraft => ({
    sku: (skus.find((s) => !offers.some((o) => o.sku === s.sku)) ?? skus[0])?.sku ?? '',
    price: '',
    limit: '',
    perBuyer: '',
  });
  const [draft, setDraft] = useState<CampaignDraft>(() => {
    const start = Date.now() + hourMs;
    return {
      name: '',
      startsAt: localOf(new Date(start)),
      endsAt: localOf(new Date(start + 2 * hourMs)),
      channel: 'facebook',
      embed: '',
      offers: [unused([])],
    };
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const change = (part: Partial<CampaignDraft>) => setDraft((d) => ({ ...d, ...part }));

  const plan = async (event: Event) => {
    event.preventDefault();
    const mistakes = Object.entries(findMistakes(draft, new Date()));
    setErrors(Object.fromEntries(mistakes.map(([path, words]) => [path, t(words as 'nameWrong')])));
    setRefusal('');
    if (mistakes.length > 0) return;
    setIsBusy(true);
    const answer = await callAs('POST /api/campaigns', { body: campaignRequest(draft, t(`channel_${draft.channel}`)) });
    setIsBusy(false);
    if (!answer.ok) {
      // `offers[0].price` belongs to the sheet of its offer.
      setErrors(Object.fromEntries(answer.problem.errors.map((e) => [e.path.replace(/\..*$/, ''), e.message])));
      return setRefusal(sayProblem(answer.problem));
    }
    toast(t('scheduled', { name: answer.data.name }));
    onPlanned(answer.data);
  };

  return (
    <form class="card card--pressed stack form" noValidate onSubmit={(e) => void plan(e)}>
      <h2>{t('planTitle')}</h2>
      <TextField
        id="campaign-name"
        label={t('name')}
        maxLength={120}
        autocomplete="off"
        value={draft.name}
        error={errors.name}
        onInput={(e) => change({ name: e.currentTarget.value })}
      />
      <div class="pair">
        <TextField
          id="startsAt"
          type="datetime-local"
          label={t('startsAt')}
          value={draft.startsAt}
          onInput={(e) => change({ startsAt: e.currentTarget.value })}
        />
        <TextField
          id="endsAt"
          type="datetime-local"
          label={t('endsAt')}
          value={draft.endsAt}
          error={errors.endsAt}
          onInput={(e) => change({ endsAt: e.currentTarget.value })}
        />
      </div>
      <div class="pair">
        <SelectField
          id="channel"
          label={t('channel')}
          options={channelIds.map((c) => ({ value: c, label: t(`channel_${c}`) }))}
          value={draft.channel}
          onChange={(e) => change({ channel: e.currentTarget.value as ChannelId })}
        />
        <TextField
          id="embed"
          type="url"
          label={t('embed')}
          hint={t('embedHint')}
          optional
          maxLength={500}
          value={draft.embed}
          error={errors.embed}
          onInput={(e) => change({ embed: e.currentTarget.value })}
        />
      </div>
      <h3>{t('offers')}</h3>
      {draft.offers.map((o, n) => (
        <OfferFields
          key={n}
          n={n}
          offer={o}
          skus={skus}
          error={errors[`offers[${n}]`]}
          onChange={(next) => change({ offers: draft.offers.map((old, i) => (i === n ? next : old)) })}
          onRemove={draft.offers.length > 1 ? () => change({ offers: draft.offers.filter((_, i) => i !== n) }) : undefined}
        />
      ))}
      {draft.offers.length < Math.min(mostOffers, skus.length) && (
        <button
          type="button"
          class="button button--quiet button--small"
          onClick={() => change({ offers: [...draft.offers, unused(draft.offers)] })}
        >
          {t('addOffer')}
        </button>
      )}
      {refusal && <Notice tone="bad">{refusal}</Notice>}
      <div class="row">
        <button type="submit" class="button" disabled={isBusy}>
          {t('schedule')}
        </button>
        <button type="button" class="button button--plain" onClick={onCancel}>
          {tWork('cancel')}
        </button>
      </div>
    </form>
  );
}
