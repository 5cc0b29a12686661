/** Draws a seller's page from the API: for sellers who joined after the last build, and to show what others sell today. */
import { render } from 'preact';
import { translator } from '../i18n/index.ts';
import { catalog, shell } from '../i18n/vi.ts';
import { call } from '../platform/api.ts';
import { need, slugInAddress } from '../platform/dom.ts';
import { links } from '../platform/links.ts';
import { Empty, Failure } from '../ui/states.tsx';
import { SellerView } from './SellerView.tsx';

const t = translator('catalog', catalog);
const tShell = translator('shell', shell);

export async function mountSeller(): Promise<void> {
  const root = need('#seller');
  const isBuilt = root.dataset.built !== undefined;
  const slug = slugInAddress();
  if (slug === '') return location.replace(links.search);
  const [seller, products] = await Promise.all([
    call('GET /api/sellers/{slug}', { params: { slug } }),
    call('GET /api/products', { query: { seller: slug, limit: 100 } }),
  ]);
  if (seller.ok && products.ok) {
    root.replaceChildren();
    document.title = tShell('titlePattern', { title: seller.data.name });
    return render(<SellerView seller={seller.data} products={products.data.items} />, root);
  }
  const problem = seller.ok ? (products.ok ? undefined : products.problem) : seller.problem;
  if (!problem || (isBuilt && problem.code !== 'not_found')) return;
  root.replaceChildren();
  if (problem.code !== 'not_found') return render(<Failure problem={problem} onRetry={() => location.reload()} />, root);
  render(
    <Empty heading="h1" picture="search" title={t('sellerGone')}>
      <p>{t('goneText')}</p>
      <a class="button" href={links.search}>
        {t('seeAll')}
      </a>
    </Empty>,
    root,
  );
}
