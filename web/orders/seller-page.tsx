/** The seller's orders: what there is to do now, everything else behind a filter. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { sellerOrders, shell, workspace } from '../i18n/vi.ts';
import type { Problem, Result } from '../platform/api.ts';
import { pollWhileVisible } from '../platform/poll.ts';
import { Chips } from '../ui/Chips.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { byUrgency, countWork, refreshed, type SellerPackage, unseen } from './seller-board.ts';
import { PackageCard } from './seller-package.tsx';
import { Slip } from './seller-slip.tsx';

const t = translator('sellerOrders', sellerOrders);
const tWork = translator('workspace', workspace);
const tShell = translator('shell', shell);

const pollMs = 15_000;
/** What one screenful of work is; a seller with more open packages finds the rest behind "Xem thêm". */
const todoLimit = 50;

const filters = ['todo', 'pending_payment', 'shipped', 'delivered', 'cancelled', 'all'] as const;
type Filter = (typeof filters)[number];
interface Listed {
  items: SellerPackage[];
  nextCursor?: string;
}

async function load(filter: Filter, cursor?: string): Promise<Result<Listed>> {
  if (filter !== 'todo')
    return callAs('GET /api/seller/orders', {
      query: { ...(filter !== 'all' && { status: filter }), limit: 20, ...(cursor && { cursor }) },
    });
  const [confirmed, packed] = await Promise.all([
    callAs('GET /api/seller/orders', { query: { status: 'confirmed', limit: todoLimit } }),
    callAs('GET /api/seller/orders', { query: { status: 'packed', limit: todoLimit } }),
  ]);
  if (!confirmed.ok) return confirmed;
  if (!packed.ok) return packed;
  return { ok: true, data: { items: byUrgency([...confirmed.data.items, ...packed.data.items]) } };
}

function SellerOrders() {
  const [filter, setFilter] = useState<Filter>('todo');
  const [listed, setListed] = useState<Listed>();
  const [waiting, setWaiting] = useState<SellerPackage[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [printing, setPrinting] = useState<SellerPackage>();
  const asked = useRef(0);
  const shown = useRef<SellerPackage[]>([]);
  shown.current = listed?.items ?? [];

  const show = async (chosen: Filter) => {
    const turn = ++asked.current;
    setFilter(chosen);
    setListed(undefined);
    setWaiting([]);
    setProblem(undefined);
    const answer = await load(chosen);
    // A later choice has been made meanwhile.
    if (turn !== asked.current) return;
    if (answer.ok) setListed(answer.data);
    else setProblem(answer.problem);
  };
  const more = async () => {
    const answer = await load(filter, listed?.nextCursor);
    if (!answer.ok) return setProblem(answer.problem);
    setListed({ ...answer.data, items: [...shown.current, ...unseen(shown.current, answer.data.items)] });
  };
  const change = (pkg: SellerPackage) => setListed((list) => list && { ...list, items: refreshed(list.items, [pkg]) });
  const showWaiting = () => {
    setListed((list) => list && { ...list, items: [...waiting, ...list.items] });
    setWaiting([]);
  };

  useEffect(() => void show('todo'), []);
  useEffect(() => {
    if (filter !== 'todo') return;
    return pollWhileVisible(async () => {
      const turn = asked.current;
      const answer = await load('todo');
      // A lost poll is no news; the next one tells.
      if (!answer.ok || turn !== asked.current) return;
      setListed((list) => list && { ...list, items: refreshed(list.items, answer.data.items) });
      setWaiting(unseen(shown.current, answer.data.items));
    }, pollMs);
  }, [filter]);
  useEffect(() => {
    const title = tShell('titlePattern', { title: t('title') });
    document.title = waiting.length > 0 ? t('documentTitle', { n: waiting.length, title }) : title;
  }, [waiting.length]);

  return (
    <>
      <div class="stack on-screen">
        <div>
          <h1>{t('title')}</h1>
          {filter === 'todo' && listed && listed.items.length > 0 && <p class="soft">{t('summary', countWork(listed.items))}</p>}
        </div>
        <Chips
          label={t('filter')}
          options={filters.map((f) => ({ value: f, label: t(`filter_${f}`) }))}
          chosen={filter}
          onChoose={(f) => void show(f)}
        />
        <div aria-live="polite">
          {waiting.length > 0 && (
            <div class="notice notice--good row row--apart">
              <strong>{t('newOrders', { n: waiting.length })}</strong>
              <button type="button" class="button button--leaf button--small" onClick={showWaiting}>
                {t('showNew')}
              </button>
            </div>
          )}
        </div>
        {problem && <Failure problem={problem} onRetry={() => void show(filter)} />}
        {!listed && !problem && <Loading lines={6} />}
        {listed?.items.length === 0 && (
          <Empty picture="orders" title={t(filter === 'todo' ? 'emptyTodo' : 'empty')}>
            {filter === 'todo' && <p>{t('emptyTodoText')}</p>}
          </Empty>
        )}
        {listed && listed.items.length > 0 && (
          <ul class="packages">
            {listed.items.map((pkg) => (
              <PackageCard key={pkg.packageId} pkg={pkg} onChange={change} onPrint={() => setPrinting({ ...pkg })} />
            ))}
          </ul>
        )}
        {listed?.nextCursor && (
          <div class="pager">
            <button type="button" class="button button--quiet" onClick={() => void more()}>
              {tWork('loadMore')}
            </button>
          </div>
        )}
      </div>
      {printing && <Slip pkg={printing} onPrinted={() => setPrinting(undefined)} />}
    </>
  );
}

export const mountSellerOrders = (): void => mountAs(['seller'], () => <SellerOrders />);
