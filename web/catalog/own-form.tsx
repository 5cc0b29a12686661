/** A new product in one sheet, in the order a seller would say it aloud. */
import { useState } from 'preact/hooks';
import { categories } from '../../shared/catalog/categories.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ownProducts, workspace } from '../i18n/vi.ts';
import { toast } from '../platform/dom.ts';
import { SelectField, TextArea, TextField } from '../ui/forms.tsx';
import { Notice } from '../ui/states.tsx';
import { type OwnProduct, sayRefusal } from './own-card.tsx';
import {
  emptyProduct,
  emptyVariant,
  findMistakes,
  type ProductDraft,
  productRequest,
  type ShippingClass,
  shippingClasses,
  type VariantDraft,
} from './own-draft.ts';

const t = translator('ownProducts', ownProducts);
const tWork = translator('workspace', workspace);
const months = Array.from({ length: 12 }, (_, i) => i + 1);
const mostVariants = 20;

type Errors = Record<string, string>;

function VariantFields({
  n,
  variant,
  errors,
  onChange,
  onRemove,
}: {
  n: number;
  variant: VariantDraft;
  errors: Errors;
  onChange: (v: VariantDraft) => void;
  onRemove?: () => void;
}) {
  const field = (name: keyof VariantDraft, path = name as string) => ({
    id: `v${n}-${name}`,
    value: variant[name],
    error: errors[`variants[${n}].${path}`],
    autocomplete: 'off',
    onInput: (e: { currentTarget: HTMLInputElement }) => onChange({ ...variant, [name]: e.currentTarget.value }),
  });
  return (
    <fieldset class="card stack variant-fields">
      <legend>{t('variantN', { n: n + 1 })}</legend>
      <TextField {...field('name')} label={t('variantName')} hint={t('variantHint')} maxLength={80} optional />
      <div class="pair">
        <TextField {...field('price')} label={t('price')} inputMode="numeric" />
        <TextField {...field('quantity')} label={t('quantity')} inputMode="numeric" optional />
      </div>
      <div class="pair">
        <TextField {...field('weight', 'netWeightGrams')} label={t('weight')} hint={t('weightHint')} inputMode="numeric" />
        <TextField {...field('unit')} label={t('unit')} hint={t('unitHint')} maxLength={30} optional />
      </div>
      {onRemove && (
        <button type="button" class="button button--plain button--small" onClick={onRemove}>
          {t('removeVariant', { n: n + 1 })}
        </button>
      )}
    </fieldset>
  );
}

function Season({
  draft,
  error,
  onChange,
}: {
  draft: ProductDraft;
  error: string | undefined;
  onChange: (part: Partial<ProductDraft>) => void;
}) {
  const toggle = (m: number) => onChange({ months: draft.months.includes(m) ? draft.months.filter((x) => x !== m) : [...draft.months, m] });
  return (
    <>
      <TextField
        id="season"
        label={t('seasonText')}
        hint={t('seasonHint')}
        optional
        maxLength={80}
        value={draft.seasonText}
        error={error}
        onInput={(e) => onChange({ seasonText: e.currentTarget.value })}
      />
      <fieldset>
        <legend>{t('months')}</legend>
        <div class="months">
          {months.map((m) => (
            <label class="month" key={m}>
              <input type="checkbox" checked={draft.months.includes(m)} aria-label={t('month', { n: m })} onChange={() => toggle(m)} />
              <span aria-hidden="true">{m}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

export function OwnForm({ onCreated, onCancel }: { onCreated: (product: OwnProduct) => void; onCancel: () => void }) {
  const [draft, setDraft] = useState(emptyProduct);
  const [errors, setErrors] = useState<Errors>({});
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const change = (part: Partial<ProductDraft>) => setDraft((d) => ({ ...d, ...part }));
  const changeVariant = (n: number, v: VariantDraft) => change({ variants: draft.variants.map((old, i) => (i === n ? v : old)) });

  const create = async (status: 'draft' | 'published') => {
    const mistakes = Object.fromEntries(
      Object.entries(findMistakes(draft)).map(([path, words]) => [path, words ? t(words as 'notNumber') : '']),
    );
    setErrors(mistakes);
    setRefusal(Object.keys(mistakes).length > 0 ? t('fixBelow') : '');
    if (Object.keys(mistakes).length > 0) return;
    setIsBusy(true);
    const answer = await callAs('POST /api/seller/products', { body: productRequest(draft, status) });
    setIsBusy(false);
    if (!answer.ok) {
      setErrors(Object.fromEntries(answer.problem.errors.map((e) => [e.path, e.message])));
      return setRefusal(sayRefusal(answer.problem));
    }
    toast(t(status === 'published' ? 'created' : 'createdDraft', { name: answer.data.name }));
    onCreated(answer.data);
  };

  return (
    <form
      class="card card--pressed stack form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void create('published');
      }}
    >
      <h2>{t('formTitle')}</h2>
      <TextField
        id="name"
        label={t('name')}
        hint={t('nameHint')}
        maxLength={120}
        autocomplete="off"
        value={draft.name}
        error={errors.name}
        onInput={(e) => change({ name: e.currentTarget.value })}
      />
      <SelectField
        id="category"
        label={t('category')}
        options={categories.map((c) => ({ value: c.slug, label: c.name.vi }))}
        value={draft.category}
        error={errors.category}
        onChange={(e) => change({ category: e.currentTarget.value })}
      />
      <TextArea
        id="description"
        label={t('description')}
        hint={t('descriptionHint')}
        optional
        maxLength={4_000}
        value={draft.description}
        error={errors.description}
        onInput={(e) => change({ description: e.currentTarget.value })}
      />
      {draft.variants.map((v, n) => (
        <VariantFields
          key={n}
          n={n}
          variant={v}
          errors={errors}
          onChange={(next) => changeVariant(n, next)}
          onRemove={draft.variants.length > 1 ? () => change({ variants: draft.variants.filter((_, i) => i !== n) }) : undefined}
        />
      ))}
      {draft.variants.length < mostVariants && (
        <button
          type="button"
          class="button button--quiet button--small"
          onClick={() => change({ variants: [...draft.variants, emptyVariant] })}
        >
          {t('addVariant')}
        </button>
      )}
      <Season draft={draft} error={errors.season} onChange={change} />
      <div class="pair">
        <SelectField
          id="shippingClass"
          label={t('shipping')}
          options={shippingClasses.map((s) => ({ value: s, label: t(`ship_${s}`) }))}
          value={draft.shippingClass}
          onChange={(e) => change({ shippingClass: e.currentTarget.value as ShippingClass })}
        />
        <TextField
          id="storage"
          label={t('storage')}
          optional
          maxLength={200}
          value={draft.storage}
          error={errors.storage}
          onInput={(e) => change({ storage: e.currentTarget.value })}
        />
      </div>
      <ul class="soft small hints">
        <li>{t('picture')}</li>
        <li>{t('ocop')}</li>
      </ul>
      {refusal && <Notice tone="bad">{refusal}</Notice>}
      <div class="row">
        <button type="submit" class="button" disabled={isBusy}>
          {t('createPublish')}
        </button>
        <button type="button" class="button button--quiet" disabled={isBusy} onClick={() => void create('draft')}>
          {t('createDraft')}
        </button>
        <button type="button" class="button button--plain" onClick={onCancel}>
          {tWork('cancel')}
        </button>
      </div>
    </form>
  );
}
