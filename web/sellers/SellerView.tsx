/** A seller's page. People are shown with the place they live in, organisations with their head office (ND 248/2026/NĐ-CP, Art. 18). */
import type { Product } from '../../shared/catalog/contract.ts';
import type { Seller } from '../../shared/sellers/contract.ts';
import { ProductGrid } from '../catalog/ProductCard.tsx';
import { translator } from '../i18n/index.ts';
import { catalog } from '../i18n/vi.ts';
import { Icon } from '../ui/Icon.tsx';

const t = translator('catalog', catalog);

export function SellerView({ seller, products }: { seller: Seller; products: readonly Product[] }) {
  const isPerson = seller.legalType === 'individual' || seller.legalType === 'household';
  return (
    <>
      <div class="card card--pressed stack">
        <p class="row">
          <span class="badge badge--info">{t(`legal_${seller.legalType}`)}</span>
          {seller.verified && (
            <span class="badge badge--good">
              <Icon name="check" size={18} /> {t(seller.demonstration ? 'verifiedSample' : 'verified')}
            </span>
          )}
        </p>
        <h1>{seller.name}</h1>
        <p class="row row--firm soft">
          <Icon name="place" />
          <span>
            {t(isPerson ? 'residence' : 'headOffice')}: {isPerson ? `${seller.commune.name}, Bắc Ninh` : seller.address}
          </span>
        </p>
        {seller.story && <p class="product__text">{seller.story}</p>}
        {seller.demonstration && <p class="notice notice--wait small">{t('demonstration')}</p>}
      </div>
      <section class="section stack">
        <h2 class="headline">{t('productsOf', { name: seller.name })}</h2>
        {products.length > 0 ? <ProductGrid products={products} /> : <p>{t('nothingYet')}</p>}
      </section>
    </>
  );
}
