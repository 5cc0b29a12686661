/** Writing down what was harvested or made. */
import { useMemo, useState } from 'preact/hooks';
import { businessDay } from '../../shared/platform/time.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { lots, workspace } from '../i18n/vi.ts';
import { toast } from '../platform/dom.ts';
import { SelectField, TextField } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { findMistakes, keyKeeper, type Lot, type LotDraft, lotRequest, suggestLot } from './lot-draft.ts';

const t = translator('lots', lots);
const tWork = translator('workspace', workspace);

export interface SkuChoice {
  sku: string;
  label: string;
  netWeightGrams: number;
}

export function LotForm({
  skus,
  taken,
  onRecorded,
  onCancel,
}: {
  skus: readonly SkuChoice[];
  taken: readonly string[];
  onRecorded: (lot: Lot) => void;
  onCancel: () => void;
}) {
  const today = businessDay(new Date());
  const [draft, setDraft] = useState<LotDraft>({
    sku: skus[0]?.sku ?? '',
    lot: suggestLot(today, taken),
    harvestedOn: today,
    useBy: '',
    kilograms: '',
    area: '',
    certificateKind: '',
    certificateNumber: '',
    certificateUntil: '',
    note: '',
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const keys = useMemo(() => keyKeeper(), []);

  const field = (name: keyof LotDraft, path: string = name) => ({
    id: `lot-${name}`,
    value: draft[name],
    error: errors[path],
    autocomplete: 'off',
    onInput: (e: { currentTarget: HTMLInputElement }) => setDraft({ ...draft, [name]: e.currentTarget.value }),
  });
  const record = async (event: Event) => {
    event.preventDefault();
    const mistakes = Object.entries(findMistakes(draft));
    setErrors(Object.fromEntries(mistakes.map(([path, words]) => [path, t(words as 'lotWrong')])));
    setRefusal('');
    if (mistakes.length > 0) return;
    const body = lotRequest(draft);
    setIsBusy(true);
    const answer = await callAs('POST /api/seller/lots', { body, idempotencyKey: keys.keyFor(body) });
    setIsBusy(false);
    if (!answer.ok) {
      if (answer.problem.code !== 'network') keys.answered();
      setErrors(Object.fromEntries(answer.problem.errors.map((e) => [e.path.replace(/\[.*$/, ''), e.message])));
      return setRefusal(sayProblem(answer.problem));
    }
    keys.answered();
    toast(t('recorded', { lot: answer.data.lot }));
    onRecorded(answer.data);
  };

  return (
    <form class="card card--pressed stack form" noValidate onSubmit={(e) => void record(e)}>
      <h2>{t('formTitle')}</h2>
      <SelectField
        id="lot-sku"
        label={t('product')}
        options={skus.map((s) => ({ value: s.sku, label: s.label }))}
        value={draft.sku}
        error={errors.sku}
        onChange={(e) => setDraft({ ...draft, sku: e.currentTarget.value })}
      />
      <div class="pair">
        <TextField {...field('harvestedOn')} type="date" max={today} label={t('harvestedOn')} />
        <TextField {...field('useBy')} type="date" label={t('useBy')} optional />
      </div>
      <div class="pair">
        <TextField {...field('kilograms', 'quantityGrams')} label={t('quantity')} hint={t('quantityHint')} inputMode="decimal" />
        <TextField {...field('lot')} label={t('lot')} hint={t('lotHint')} maxLength={20} autocapitalize="characters" />
      </div>
      <TextField
        {...field('area', 'plantingAreaCode')}
        label={t('area')}
        hint={t('areaHint')}
        maxLength={40}
        autocapitalize="characters"
        optional
      />
      <details class="fold">
        <summary>{t('certificate')}</summary>
        <div class="stack">
          <div class="pair">
            <TextField
              {...field('certificateKind', 'certificates')}
              label={t('certificateKind')}
              hint={t('certificateKindHint')}
              maxLength={40}
            />
            <TextField {...field('certificateNumber', '')} label={t('certificateNumber')} maxLength={60} />
          </div>
          <div class="pair">
            <TextField {...field('certificateUntil', '')} type="date" label={t('certificateUntil')} optional />
            <TextField {...field('note')} label={t('note')} maxLength={500} optional />
          </div>
        </div>
      </details>
      {errors.certificates && <Notice tone="bad">{errors.certificates}</Notice>}
      {refusal && <Notice tone="bad">{refusal}</Notice>}
      <div class="row">
        <button type="submit" class="button" disabled={isBusy}>
          {t('record')}
        </button>
        <button type="button" class="button button--plain" onClick={onCancel}>
          {tWork('cancel')}
        </button>
      </div>
    </form>
  );
}
