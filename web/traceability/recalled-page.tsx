/** The Department's list of recalled lots: what stands, why, and the form that lifts it. */
import { useEffect, useState } from 'preact/hooks';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { recalls, workspace } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { toast } from '../platform/dom.ts';
import { formatDay, formatMoment, formatNumber } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { TextArea } from '../ui/forms.tsx';
import { Empty, Failure, Loading, Notice, sayProblem } from '../ui/states.tsx';

const t = translator('recalls', recalls);
const tWork = translator('workspace', workspace);
const shortestReason = 10;

type Recalled = Answer<'GET /api/admin/lots'>['items'][number];

function LiftForm({ lot, onLifted }: { lot: Recalled; onLifted: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return setRefusal(t('liftReasonShort'));
    setRefusal('');
    setIsBusy(true);
    const params = { gtin: lot.gtin, lot: lot.lot };
    const answer = await callAs('POST /api/admin/lots/{gtin}/{lot}/lift-recall', { params, body: { reason } });
    setIsBusy(false);
    if (!answer.ok) return setRefusal(sayProblem(answer.problem));
    toast(t('lifted', { lot: lot.lot }));
    onLifted();
  };
  if (!isOpen)
    return (
      <div>
        <button
          type="button"
          class="button button--quiet button--small"
          aria-label={t('liftFor', { lot: lot.lot })}
          onClick={() => setIsOpen(true)}
        >
          {t('lift')}
        </button>
      </div>
    );
  return (
    <form class="stack" noValidate onSubmit={(e) => void submit(e)}>
      <TextArea
        id={`lift-${lot.gtin}-${lot.lot}`}
        label={t('liftReason')}
        hint={t('liftReasonHint')}
        maxLength={500}
        rows={2}
        value={reason}
        error={refusal || undefined}
        onInput={(e) => setReason(e.currentTarget.value)}
      />
      <div class="row">
        <button type="submit" class="button button--small" disabled={isBusy}>
          {t('liftNow', { lot: lot.lot })}
        </button>
        <button type="button" class="button button--plain button--small" onClick={() => setIsOpen(false)}>
          {tWork('cancel')}
        </button>
      </div>
    </form>
  );
}

function RecalledCard({ lot, onLifted }: { lot: Recalled; onLifted: () => void }) {
  const { notices } = lot.recall;
  return (
    <li class="card stack">
      <h2 class="lot__number">
        {t('lot', { lot: lot.lot })} <span class="soft block">{lot.productName}</span>
      </h2>
      <p class="soft small">
        {t('since', { moment: formatMoment(lot.recall.at) })} · {t('harvested', { day: formatDay(lot.harvestedOn) })}
        <span class="block">GTIN {lot.gtin}</span>
      </p>
      <p class="small">
        {t('seller')}: {lot.seller ? <a href={links.seller(lot.seller.slug)}>{lot.seller.name}</a> : t('gone')}
      </p>
      <Notice tone="bad">
        <p>{t('reason', { reason: lot.recall.reason })}</p>
        <p>
          {t('notices', { queued: formatNumber(notices.queued) })} {!notices.complete && t('noticesMore')}
        </p>
      </Notice>
      <LiftForm lot={lot} onLifted={onLifted} />
    </li>
  );
}

function Recalls() {
  const [list, setList] = useState<Recalled[]>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const load = async (from?: string) => {
    setProblem(undefined);
    const answer = await callAs('GET /api/admin/lots', { query: { recalled: 'true', limit: 20, ...(from && { cursor: from }) } });
    if (!answer.ok) return setProblem(answer.problem);
    setList((before) => [...(from ? (before ?? []) : []), ...answer.data.items]);
    setCursor(answer.data.nextCursor);
  };
  useEffect(() => {
    void load();
  }, []);
  return (
    <>
      <div class="read">
        <h1>{t('title')}</h1>
        <p class="soft">{t('lead')}</p>
      </div>
      {list?.length === 0 && (
        <Empty picture="search" title={t('empty')}>
          <p>{t('emptyText')}</p>
        </Empty>
      )}
      {list && list.length > 0 && (
        <ul class="lots">
          {list.map((lot) => (
            <RecalledCard
              key={`${lot.gtin} ${lot.lot}`}
              lot={lot}
              onLifted={() => setList((before) => before?.filter((other) => other.gtin !== lot.gtin || other.lot !== lot.lot))}
            />
          ))}
        </ul>
      )}
      {problem && <Failure problem={problem} onRetry={() => void load(cursor)} />}
      {!list && !problem && <Loading lines={4} />}
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

export const mountRecalls = (): void => mountAs(['department', 'admin'], () => <Recalls />);
