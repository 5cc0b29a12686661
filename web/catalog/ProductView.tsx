/**
 * A product's page. Drawn at build time for what is published then, and by Preact on the generic page for what came later.
 * `product-page.ts` brings it to life in both cases, so every changing place carries a data attribute.
 */
import type { Product } from '../../shared/catalog/contract.ts';
import { translator } from '../i18n/index.ts';
import { catalog } from '../i18n/vi.ts';
import { formatDay, formatDong, formatNumber, formatWeight } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { Icon } from '../ui/Icon.tsx';
import { cheapestVariant, OcopStamp } from './ProductCard.tsx';

const t = translator('catalog', catalog);
type Variant = Product['variants'][number];

const months = Array.from({ length: 12 }, (_, i) => i + 1);

function SeasonStrip({ season }: { season: NonNullable<Product['season']> }) {
  return (
    <section class="stack stack--tight">
      <h2 class="product__heading">{t('season')}</h2>
      <p>
        {season.text} <span class="badge" data-season-badge data-months={season.months.join(' ')} hidden />
      </p>
      <ol class="season">
        {months.map((m) => (
          <li key={m} data-month={m} class={season.months.includes(m) ? 'is-in' : undefined}>
            <span class="visually-hidden">{t(season.months.includes(m) ? 'monthIn' : 'monthOut', { n: m })}</span>
            <span aria-hidden="true">{m}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function VariantCard({ variant, isChosen }: { variant: Variant; isChosen: boolean }) {
  return (
    <label class="choice">
      <input
        type="radio"
        name="variant"
        value={variant.sku}
        checked={isChosen}
        data-price={variant.price}
        data-compare={variant.compareAtPrice}
        data-unit-price={variant.unitPrice}
        data-unit={variant.unit}
        data-available={variant.available}
      />
      <span class="variant">
        <strong>{variant.name}</strong>
        <span class="soft small">
          {variant.unit}, {formatWeight(variant.netWeightGrams)}
        </span>
        <strong class="variant__price" data-price-of={variant.sku}>
          {formatDong(variant.price)}
        </strong>
        <span class="small" data-stock-of={variant.sku} />
      </span>
    </label>
  );
}

function Wholesale({ variants }: { variants: readonly Variant[] }) {
  const withSteps = variants.filter((v) => v.wholesale?.length);
  if (withSteps.length === 0) return null;
  return (
    <section class="stack stack--tight">
      <h2 class="product__heading">{t('wholesale')}</h2>
      {withSteps.map((v) => (
        <table class="table" key={v.sku}>
          <caption class={withSteps.length > 1 ? 'table__caption' : 'visually-hidden'}>{t('wholesaleFor', { name: v.name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('quantity')}</th>
              <th scope="col" class="number">
                {t('price')}
              </th>
            </tr>
          </thead>
          <tbody>
            {v.wholesale?.map((w) => (
              <tr key={w.minQuantity}>
                <td>{t('wholesaleFrom', { n: formatNumber(w.minQuantity), unit: v.unit })}</td>
                <td class="number">{formatDong(w.price)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function Buying({ product, chosen }: { product: Product; chosen: Variant }) {
  return (
    <form class="buying" data-buying data-slug={product.slug}>
      <p class="product__price">
        <strong data-price>{formatDong(chosen.price)}</strong>
        <s data-compare hidden={!chosen.compareAtPrice}>
          {chosen.compareAtPrice && formatDong(chosen.compareAtPrice)}
        </s>
        <span class="soft" data-unit-price>
          {t('perKilogram', { price: formatDong(chosen.unitPrice) })}
        </span>
      </p>
      <p class="badge" data-stock aria-live="polite">
        {t('askingStock')}
      </p>
      <fieldset class={product.variants.length > 1 ? 'choices choices--variants' : 'visually-hidden'}>
        <legend class="product__heading">{t('variants')}</legend>
        {product.variants.map((v) => (
          <VariantCard variant={v} isChosen={v.sku === chosen.sku} key={v.sku} />
        ))}
      </fieldset>
      <div class="buy-bar">
        <fieldset class="stepper" aria-label={t('quantity')}>
          <button type="button" data-step="-1" aria-label="−1">
            −
          </button>
          <input type="number" name="quantity" inputMode="numeric" min="1" max="9999" value="1" aria-label={t('quantity')} />
          <button type="button" data-step="1" aria-label="+1">
            +
          </button>
        </fieldset>
        <button type="submit" class="button button--quiet" name="then" value="stay" data-buy disabled>
          {t('addToBasket')}
        </button>
        <button type="submit" class="button" name="then" value="checkout" data-buy disabled>
          {t('buyNow')}
        </button>
      </div>
    </form>
  );
}

export function SellerCard({ seller }: { seller: Product['seller'] }) {
  return (
    <section class="card seller-card">
      <Icon name="shop" size={36} />
      <div>
        <h2 class="product__heading">{seller.name}</h2>
        <p class="soft">
          {t(`legal_${seller.legalType}`)}, {seller.commune.name}
        </p>
      </div>
      <a class="button button--quiet button--small" href={links.seller(seller.slug)}>
        {t('visitSeller')}
      </a>
    </section>
  );
}

export function ProductView({ product }: { product: Product }) {
  const chosen = product.variants.find((v) => v.available > 0) ?? cheapestVariant(product);
  return (
    <article class="product">
      <div class="product__picture">
        <img src={product.images[0]} alt={product.name} width="640" height="640" fetchpriority="high" />
        {product.ocop && <OcopStamp stars={product.ocop.stars} />}
      </div>
      <div class="product__buy stack">
        <h1>{product.name}</h1>
        {product.ocop && (
          <p class="certificate">
            <strong>{t('starsLong', { n: product.ocop.stars })}</strong>
            <span>{t('decision', { number: product.ocop.decisionNumber, day: formatDay(product.ocop.decisionDate) })}</span>
            <span>{t('validUntil', { day: formatDay(product.ocop.validUntil) })}</span>
          </p>
        )}
        {chosen && <Buying product={product} chosen={chosen} />}
        <p class="soft small">{t('pricesAsked')}</p>
      </div>
      <div class="product__more stack stack--wide">
        {product.description && (
          <section class="stack stack--tight">
            <h2 class="product__heading">{t('description')}</h2>
            <p class="product__text">{product.description}</p>
          </section>
        )}
        {product.season && <SeasonStrip season={product.season} />}
        <Wholesale variants={product.variants} />
        <ul class="marks">
          <li>
            <Icon name="parcel" />
            <span>
              <strong>{t('delivery')}</strong>
              {t(`shipping_${product.shippingClass}`)}
            </span>
          </li>
          {product.storage && (
            <li>
              <Icon name="store" />
              <span>
                <strong>{t('storage')}</strong>
                {product.storage}
              </span>
            </li>
          )}
          {product.traceable && (
            <li>
              <Icon name="trace" />
              <span>
                <strong>{t('traceable')}</strong>
                {t('traceableText')}
              </span>
            </li>
          )}
        </ul>
        <SellerCard seller={product.seller} />
        {product.demonstration && <p class="notice notice--wait small">{t('demonstration')}</p>}
      </div>
    </article>
  );
}
