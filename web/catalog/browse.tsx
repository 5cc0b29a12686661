/** A search that lives in the address bar: every filter is a step back and forth, and can be shared. */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Product } from '../../shared/catalog/contract.ts';
import { translator } from '../i18n/index.ts';
import { catalog, shell } from '../i18n/vi.ts';
import { call, type Problem } from '../platform/api.ts';
import { find, need } from '../platform/dom.ts';
import { links } from '../platform/links.ts';
import { BrowseView, type Place } from './BrowseView.tsx';
import { readSearch, type Search, writeSearch } from './search-params.ts';

const t = translator('catalog', catalog);
const tShell = translator('shell', shell);
const pageSize = 24;

interface Found {
  products: readonly Product[];
  cursor: string | undefined;
}

const ask = (search: Search, cursor?: string) => call('GET /api/products', { query: { ...search, limit: pageSize, cursor } });

function Browse({ shelf, communes, first }: { shelf: string | undefined; communes: readonly Place[]; first: Found | undefined }) {
  const read = (): Search => ({ ...readSearch(new URLSearchParams(location.search)), ...(shelf && { category: shelf }) });
  const [search, setSearch] = useState(read);
  const [found, setFound] = useState(first);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  // An answer to an older question must not overwrite a newer one.
  const asked = useRef(0);

  const load = async (wanted: Search, cursor?: string) => {
    asked.current += 1;
    const mine = asked.current;
    setIsBusy(true);
    setProblem(undefined);
    if (!cursor) setFound(undefined);
    const answer = await ask(wanted, cursor);
    if (mine !== asked.current) return;
    setIsBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    setFound((before) => ({
      products: [...(cursor ? (before?.products ?? []) : []), ...answer.data.items],
      cursor: answer.data.nextCursor,
    }));
  };

  const follow = (wanted: Search) => {
    setSearch(wanted);
    showTitle(wanted, shelf);
    void load(wanted);
  };

  const change = (part: Partial<Search>) => {
    const wanted = { ...search, ...part };
    if (shelf && wanted.category !== shelf) return location.assign(`${links.search}${writeSearch(wanted)}`);
    history.pushState(null, '', `${location.pathname}${writeSearch(shelf ? { ...wanted, category: undefined } : wanted)}`);
    follow(wanted);
  };

  useEffect(() => {
    if (!first) void load(search);
    window.addEventListener('popstate', () => follow(read()));
  }, []);

  return (
    <BrowseView
      search={search}
      shelf={shelf}
      communes={communes}
      products={found?.products}
      hasMore={found?.cursor !== undefined}
      isBusy={isBusy}
      problem={problem}
      onChange={change}
      onMore={() => void load(search, found?.cursor)}
      onRetry={() => void load(search)}
    />
  );
}

function showTitle(search: Search, shelf: string | undefined): void {
  if (shelf) return;
  const title = search.q ? t('searchFor', { q: search.q }) : t('allProducts');
  need('h1').textContent = title;
  document.title = tShell('titlePattern', { title });
  const box = find<HTMLInputElement>('.search input[name="q"]');
  if (box) box.value = search.q ?? '';
}

const wide = matchMedia('(min-width: 64rem)');

/** The built page stays until the market has answered, so nothing jumps and nothing is lost when it does not answer. */
export async function mountBrowse(): Promise<void> {
  const root = need('#browse');
  const shelf = root.dataset.category;
  const search: Search = { ...readSearch(new URLSearchParams(location.search)), ...(shelf && { category: shelf }) };
  showTitle(search, shelf);
  const answer = await ask(search);
  const first = answer.ok ? { products: answer.data.items, cursor: answer.data.nextCursor } : undefined;
  if (!first && shelf && !location.search) return;
  root.replaceChildren();
  render(<Browse shelf={shelf} communes={JSON.parse(root.dataset.communes ?? '[]') as Place[]} first={first} />, root);
  if (wide.matches) find('.browse__filters')?.setAttribute('open', '');
}
