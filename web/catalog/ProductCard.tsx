import type { Product } from '../../shared/catalog/contract.ts';
import { translator } from '../i18n/index.ts';
import { catalog } from '../i18n/vi.ts';
import { formatDong } from '../platform/format.ts';
import { links } from '../platform/links.ts';

const t = translator('catalog', catalog);

/** The stamp of an OCOP certificate in force; the API leaves `ocop` out the day after it ends. */
export function OcopStamp({ stars }: { stars: number }) {
  return (
    <span class="stamp" role="img" aria-label={t('stars', { n: stars })}>
      <span>OCOP</span>
      <span class="stamp__stars">{'★'.repeat(stars)}</span>
    </span>
  );
}

export const cheapestVariant = (product: Product) => product.variants.toSorted((a, b) => a.price - b.price)[0];
const isSoldOut = (product: Product) => product.variants.every((v) => v.available <= 0);

export function ProductCard({ product, heading = 'h3' }: { product: Product; heading?: 'h2' | 'h3' }) {
  const variant = cheapestVariant(product);
  const Heading = heading;
  return (
    <article class="product-card">
      <div class="product-card__picture">
        <img src={product.images[0]} alt="" width="320" height="320" loading="lazy" decoding="async" />
        {product.ocop && <OcopStamp stars={product.ocop.stars} />}
        {isSoldOut(product) && <span class="product-card__over">{t('soldOut')}</span>}
      </div>
      <Heading class="product-card__name">
        <a href={links.product(product.slug)} data-astro-prefetch="tap">
          {product.name}
        </a>
      </Heading>
      <p class="product-card__place">{product.seller.commune.name}</p>
      {variant && (
        <p class="product-card__price">
          <strong>{product.variants.length > 1 ? t('from', { price: formatDong(variant.price) }) : formatDong(variant.price)}</strong>
          <span>{t('perKilogram', { price: formatDong(variant.unitPrice) })}</span>
        </p>
      )}
    </article>
  );
}

export function ProductGrid({ products, heading = 'h3' }: { products: readonly Product[]; heading?: 'h2' | 'h3' }) {
  return (
    <div class="grid-cards">
      {products.map((p) => (
        <ProductCard product={p} heading={heading} key={p.slug} />
      ))}
    </div>
  );
}

export function ProductGridSkeleton({ count = 8 }: { count?: number }) {
  return (
    <div class="grid-cards" aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <div class="stack stack--tight" key={i}>
          <div class="skeleton skeleton--picture" />
          <div class="skeleton" />
          <div class="skeleton" />
        </div>
      ))}
    </div>
  );
}
