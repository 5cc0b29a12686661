/** The seller's shelf: what is on the market, for how much, how many are left. */
import { useEffect, useState } from 'preact/hooks';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ownProducts, workspace } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { OwnCard, type OwnProduct } from './own-card.tsx';
import { OwnForm } from './own-form.tsx';

const t = translator('ownProducts', ownProducts);
const tWork = translator('workspace', workspace);
const pageSize = 20;

function OwnProducts() {
  const [products, setProducts] = useState<OwnProduct[]>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [isAdding, setIsAdding] = useState(false);

  const load = async (from?: string) => {
    setProblem(undefined);
    const answer = await callAs('GET /api/seller/products', { query: { limit: pageSize, ...(from && { cursor: from }) } });
    if (!answer.ok) return setProblem(answer.problem);
    setProducts((before) => [...(from ? (before ?? []) : []), ...answer.data.items]);
    setCursor(answer.data.nextCursor);
  };
  useEffect(() => void load(), []);

  const change = (product: OwnProduct) => setProducts((list) => list?.map((p) => (p.id === product.id ? product : p)));
  const created = (product: OwnProduct) => {
    setIsAdding(false);
    setProducts((list) => [product, ...(list ?? [])]);
  };

  return (
    <>
      <div class="row row--apart">
        <div>
          <h1>{t('title')}</h1>
          <p class="soft small">{t('stockHint')}</p>
        </div>
        {!isAdding && (
          <button type="button" class="button" onClick={() => setIsAdding(true)}>
            {t('add')}
          </button>
        )}
      </div>
      {isAdding && <OwnForm onCreated={created} onCancel={() => setIsAdding(false)} />}
      {products?.length === 0 && !isAdding && (
        <Empty picture="basket" title={t('empty')}>
          <p>{t('emptyText')}</p>
        </Empty>
      )}
      {products && products.length > 0 && (
        <ul class="own-products">
          {products.map((p) => (
            <OwnCard key={p.id} product={p} onChange={change} />
          ))}
        </ul>
      )}
      {problem && <Failure problem={problem} onRetry={() => void load(cursor)} />}
      {!products && !problem && <Loading lines={6} />}
      {cursor && (
        <div class="pager">
          <button type="button" class="button button--quiet" onClick={() => void load(cursor)}>
            {tWork('loadMore')}
          </button>
        </div>
      )}
    </>
  );
}

export const mountOwnProducts = (): void => mountAs(['seller'], () => <OwnProducts />);
