/** Filters, count and list of a search or a shelf. Drawn once at build time for a shelf, then by `browse.tsx` in the browser. */
import { categories } from '../../shared/catalog/categories.ts';
import type { Product } from '../../shared/catalog/contract.ts';
import { translator } from '../i18n/index.ts';
import { catalog } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';
import { formatNumber } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { SelectField } from '../ui/forms.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { ProductGrid, ProductGridSkeleton } from './ProductCard.tsx';
import { countFilters, type Search, shopperSorts } from './search-params.ts';

const t = translator('catalog', catalog);

export interface Place {
  code: string;
  name: string;
}

interface Props {
  search: Search;
  /** On a shelf's own page the category is the page, not a filter. */
  shelf?: string | undefined;
  communes: readonly Place[];
  /** Undefined while the market is being asked. */
  products?: readonly Product[] | undefined;
  hasMore?: boolean;
  isBusy?: boolean;
  problem?: Problem | undefined;
  onChange?: (change: Partial<Search>) => void;
  onMore?: () => void;
  onRetry?: () => void;
}

function Filters({ search, shelf, communes, onChange }: Props) {
  const n = countFilters({ ...search, category: search.category === shelf ? undefined : search.category });
  const any = { value: '', label: t('any') };
  const put = (name: keyof Search) => (event: { currentTarget: HTMLSelectElement }) =>
    onChange?.({ [name]: event.currentTarget.value || undefined });
  return (
    <details class="browse__filters fold">
      <summary>{n > 0 ? t('filtersWith', { n }) : t('filters')}</summary>
      <form action={links.search} method="get" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          id="category"
          label={t('category')}
          value={search.category ?? ''}
          options={[any, ...categories.map((c) => ({ value: c.slug, label: c.name.vi }))]}
          onChange={put('category')}
        />
        <SelectField
          id="stars"
          label={t('starsFilter')}
          value={String(search.stars ?? '')}
          options={[any, ...['5', '4', '3'].map((n) => ({ value: n, label: t('starsExactly', { n }) }))]}
          onChange={(event) => onChange?.({ stars: (Number(event.currentTarget.value) || undefined) as Search['stars'] })}
        />
        <SelectField
          id="commune"
          label={t('commune')}
          value={search.commune ?? ''}
          options={[any, ...communes.map((c) => ({ value: c.code, label: c.name }))]}
          onChange={put('commune')}
        />
        {n > 0 && (
          <button
            type="button"
            class="button button--plain button--small"
            onClick={() => onChange?.({ category: shelf, stars: undefined, commune: undefined, campaign: undefined })}
          >
            {t('clear')}
          </button>
        )}
      </form>
    </details>
  );
}

function List({ search, products, problem, isBusy, hasMore, onMore, onRetry }: Props) {
  if (problem && !products) return <Failure problem={problem} {...(onRetry && { onRetry })} />;
  if (!products) return <ProductGridSkeleton />;
  if (products.length === 0) {
    const isAsking = search.q !== undefined || countFilters(search) > 0;
    return (
      <Empty picture={isAsking ? 'search' : 'basket'} title={t(isAsking ? 'nothing' : 'nothingYet')}>
        <p>{t(isAsking ? 'nothingText' : 'nothingYetText')}</p>
        <a class="button button--quiet" href={links.search}>
          {t('seeAll')}
        </a>
      </Empty>
    );
  }
  return (
    <>
      <ProductGrid products={products} heading="h2" />
      {problem && <Failure problem={problem} />}
      {hasMore && (
        <p class="pager">
          <button type="button" class="button button--quiet" disabled={isBusy} onClick={onMore}>
            {t('more')}
          </button>
        </p>
      )}
    </>
  );
}

export function BrowseView(props: Props) {
  const { search, products, hasMore, onChange } = props;
  return (
    <div class="browse">
      <Filters {...props} />
      <div class="stack">
        <div class="browse__bar">
          <p role="status" class="soft">
            {products && t(hasMore ? 'foundMore' : 'found', { n: formatNumber(products.length) })}
          </p>
          <SelectField
            id="sort"
            label={t('sort')}
            value={search.sort ?? 'relevance'}
            options={shopperSorts.map((s) => ({ value: s, label: t(`sort_${s}`) }))}
            onChange={(event) => onChange?.({ sort: event.currentTarget.value as Search['sort'] })}
          />
        </div>
        <List {...props} />
        <p class="soft small">{t('rankingNote')}</p>
      </div>
    </div>
  );
}
