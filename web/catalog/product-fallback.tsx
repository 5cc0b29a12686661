/** The page of a product that was published after the last build. */
import { render } from 'preact';
import { translator } from '../i18n/index.ts';
import { catalog, shell } from '../i18n/vi.ts';
import { call } from '../platform/api.ts';
import { need, slugInAddress } from '../platform/dom.ts';
import { links } from '../platform/links.ts';
import { Empty, Failure } from '../ui/states.tsx';
import { ProductView } from './ProductView.tsx';
import { startProductPage } from './product-page.ts';

const t = translator('catalog', catalog);
const tShell = translator('shell', shell);

export async function mountProduct(): Promise<void> {
  const root = need('#product');
  const slug = slugInAddress();
  if (slug === '') return location.replace(links.search);
  const answer = await call('GET /api/products/{slug}', { params: { slug } });
  root.replaceChildren();
  if (answer.ok) {
    document.title = tShell('titlePattern', { title: answer.data.name });
    render(<ProductView product={answer.data} />, root);
    return startProductPage();
  }
  if (answer.problem.code !== 'not_found') return render(<Failure problem={answer.problem} onRetry={() => location.reload()} />, root);
  document.title = tShell('titlePattern', { title: t('gone') });
  render(
    <Empty heading="h1" picture="search" title={t('gone')}>
      <p>{t('goneText')}</p>
      <a class="button" href={links.search}>
        {t('seeAll')}
      </a>
    </Empty>,
    root,
  );
}
