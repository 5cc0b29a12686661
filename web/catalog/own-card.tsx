/** One own product: on the market or not, and for each variant its price and how many are left, changed on the spot. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ownProducts, workspace } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { toast } from '../platform/dom.ts';
import { formatNumber } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { parseWhole } from '../platform/parse.ts';
import { Notice, sayProblem } from '../ui/states.tsx';
import { withPrice } from './own-draft.ts';

const t = translator('ownProducts', ownProducts);
const tWork = translator('workspace', workspace);

export type OwnProduct = Answer<'GET /api/seller/products'>['items'][number];
type Variant = OwnProduct['variants'][number];

/** A seller who is not verified gets a sentence on what to do, every other refusal speaks for itself. */
export const sayRefusal = (problem: Problem): string => (problem.code === 'forbidden' ? t('notVerified') : sayProblem(problem));

function VariantRow({ product, variant, onChange }: { product: OwnProduct; variant: Variant; onChange: (product: OwnProduct) => void }) {
  const [price, setPrice] = useState(formatNumber(variant.price));
  const [stock, setStock] = useState(formatNumber(variant.available));
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const name = `${product.name}, ${variant.name}`;
  const newPrice = parseWhole(price);
  const newStock = parseWhole(stock);
  // After saving, the fields show what the market has.
  useEffect(() => setPrice(formatNumber(variant.price)), [variant.price]);
  useEffect(() => setStock(formatNumber(variant.available)), [variant.available]);
  const isChanged = newPrice !== variant.price || newStock !== variant.available;

  const save = async (event: Event) => {
    event.preventDefault();
    if (newPrice === undefined || newStock === undefined) return setRefusal(t('notNumber'));
    setIsBusy(true);
    setRefusal('');
    let after = product;
    if (newStock !== variant.available) {
      const answer = await callAs('PUT /api/seller/products/{id}/stock', {
        params: { id: product.id },
        body: { sku: variant.sku, quantity: newStock },
      });
      if (!answer.ok) {
        setIsBusy(false);
        return setRefusal(sayRefusal(answer.problem));
      }
      after = { ...after, variants: after.variants.map((v) => (v.sku === variant.sku ? { ...v, available: answer.data.available } : v)) };
    }
    if (newPrice !== variant.price) {
      const answer = await callAs('PATCH /api/seller/products/{id}', {
        params: { id: product.id },
        body: { variants: withPrice(product.variants, variant.sku, newPrice) },
      });
      if (!answer.ok) {
        setIsBusy(false);
        onChange(after);
        return setRefusal(answer.problem.errors[0]?.message ?? sayRefusal(answer.problem));
      }
      after = answer.data;
    }
    setIsBusy(false);
    onChange(after);
    // The button under the finger is about to go grey or away; the keyboard must not be lost with it.
    first.current?.focus();
    toast(t('savedNamed', { name }));
  };

  return (
    <form class="own-variant" noValidate onSubmit={(e) => void save(e)}>
      <p class="own-variant__name">
        <strong>{variant.name}</strong> <span class="soft small">{variant.unit}</span>
        {variant.available <= 0 && <span class="badge badge--bad">{t('soldOut')}</span>}
      </p>
      <label class="own-variant__field">
        <span class="small soft">{t('price')}</span>
        <input
          ref={first}
          class="input"
          inputMode="numeric"
          autocomplete="off"
          aria-label={t('priceOf', { name })}
          value={price}
          onInput={(e) => setPrice(e.currentTarget.value)}
        />
      </label>
      <label class="own-variant__field">
        <span class="small soft">{t('stock')}</span>
        <input
          class="input"
          inputMode="numeric"
          autocomplete="off"
          aria-label={t('stockOf', { name })}
          value={stock}
          onInput={(e) => setStock(e.currentTarget.value)}
        />
      </label>
      <button
        type="submit"
        class="button button--small own-variant__save"
        disabled={!isChanged || isBusy}
        aria-label={t('saveNamed', { name })}
      >
        {tWork('save')}
      </button>
      {refusal && (
        <div class="own-variant__refusal">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
    </form>
  );
}

export function OwnCard({ product, onChange }: { product: OwnProduct; onChange: (product: OwnProduct) => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const isPublished = product.status === 'published';
  const { name } = product;

  const turn = async () => {
    setIsBusy(true);
    setRefusal('');
    const answer = await callAs('PATCH /api/seller/products/{id}', {
      params: { id: product.id },
      body: { status: isPublished ? 'draft' : 'published' },
    });
    setIsBusy(false);
    if (!answer.ok) return setRefusal(sayRefusal(answer.problem));
    toast(t(isPublished ? 'nowHidden' : 'nowPublished', { name }));
    onChange(answer.data);
  };

  return (
    <li class="card own-product">
      <img src={product.images[0]} alt="" width="72" height="72" loading="lazy" />
      <div class="own-product__name">
        <h2>{name}</h2>
        <span class={isPublished ? 'badge badge--good' : 'badge'}>{t(isPublished ? 'published' : 'draft')}</span>
      </div>
      <div class="own-product__variants">
        {product.variants.map((v) => (
          <VariantRow key={v.sku} product={product} variant={v} onChange={onChange} />
        ))}
      </div>
      {refusal && (
        <div class="own-product__wide">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
      <div class="own-product__wide row">
        <button
          type="button"
          class={`button button--small ${isPublished ? 'button--quiet' : 'button--leaf'}`}
          disabled={isBusy}
          aria-label={t(isPublished ? 'hideNamed' : 'publishNamed', { name })}
          onClick={() => void turn()}
        >
          {t(isPublished ? 'hide' : 'publish')}
        </button>
        {isPublished && (
          <a class="button button--plain button--small" href={links.product(product.slug)} aria-label={t('viewNamed', { name })}>
            {t('view')}
          </a>
        )}
      </div>
    </li>
  );
}
