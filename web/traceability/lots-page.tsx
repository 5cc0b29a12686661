/** The seller's lots and their codes. */
import { useEffect, useState } from 'preact/hooks';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { lots, workspace } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';
import { Empty, Failure, Loading, Notice } from '../ui/states.tsx';
import { LotCard } from './lot-card.tsx';
import type { Lot } from './lot-draft.ts';
import { LotForm, type SkuChoice } from './lot-form.tsx';

const t = translator('lots', lots);
const tWork = translator('workspace', workspace);

/** A stall has tens of variants, not thousands: one page of the API's largest size is enough to choose from. */
async function ownSkus(): Promise<SkuChoice[]> {
  const answer = await callAs('GET /api/seller/products', { query: { limit: 100 } });
  if (!answer.ok) return [];
  return answer.data.items.flatMap((p) =>
    p.variants.map((v) => ({ sku: v.sku, label: `${p.name}, ${v.name}`, netWeightGrams: v.netWeightGrams })),
  );
}

function Lots() {
  const [list, setList] = useState<Lot[]>();
  const [skus, setSkus] = useState<SkuChoice[]>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [isAdding, setIsAdding] = useState(false);

  const load = async (from?: string) => {
    setProblem(undefined);
    const answer = await callAs('GET /api/seller/lots', { query: { limit: 20, ...(from && { cursor: from }) } });
    if (!answer.ok) return setProblem(answer.problem);
    setList((before) => [...(from ? (before ?? []) : []), ...answer.data.items]);
    setCursor(answer.data.nextCursor);
  };
  useEffect(() => {
    void load();
    void ownSkus().then(setSkus);
  }, []);

  const isSame = (a: Lot, b: Lot) => a.gtin === b.gtin && a.lot === b.lot;
  const change = (lot: Lot) => setList((before) => before?.map((l) => (isSame(l, lot) ? lot : l)));
  return (
    <>
      <div class="row row--apart">
        <div class="read">
          <h1>{t('title')}</h1>
          <p class="soft">{t('lead')}</p>
        </div>
        {!isAdding && skus && (
          <button type="button" class="button" disabled={skus.length === 0} onClick={() => setIsAdding(true)}>
            {t('add')}
          </button>
        )}
      </div>
      {skus?.length === 0 && <Notice tone="wait">{t('noProducts')}</Notice>}
      {isAdding && skus && (
        <LotForm
          skus={skus}
          taken={(list ?? []).map((l) => l.lot)}
          onCancel={() => setIsAdding(false)}
          onRecorded={(lot) => {
            setIsAdding(false);
            setList((before) => [lot, ...(before ?? []).filter((l) => !isSame(l, lot))]);
          }}
        />
      )}
      {list?.length === 0 && !isAdding && (
        <Empty picture="search" title={t('empty')}>
          <p>{t('emptyText')}</p>
        </Empty>
      )}
      {list && list.length > 0 && (
        <ul class="lots">
          {list.map((lot) => (
            <LotCard
              key={`${lot.gtin} ${lot.lot}`}
              lot={lot}
              netWeightGrams={skus?.find((s) => s.sku === lot.sku)?.netWeightGrams}
              onChange={change}
            />
          ))}
        </ul>
      )}
      {problem && <Failure problem={problem} onRetry={() => void load(cursor)} />}
      {!list && !problem && <Loading lines={6} />}
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

export const mountLots = (): void => mountAs(['seller'], () => <Lots />);
