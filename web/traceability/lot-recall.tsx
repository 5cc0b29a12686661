/** Taking a lot back: said twice before it is done, and afterwards whom it concerns. */
import { useState } from 'preact/hooks';
import { statusNames } from '../../shared/orders/lifecycle.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { lots, workspace } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { formatMoment, formatNumber } from '../platform/format.ts';
import { TextArea } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { lotPath } from './lot-download.ts';
import type { Lot } from './lot-draft.ts';

const t = translator('lots', lots);
const tWork = translator('workspace', workspace);
const shortestReason = 10;

interface Props {
  lot: Lot;
  onChange: (lot: Lot) => void;
}

const recall = (lot: Lot, reason: string) =>
  callAs('POST /api/seller/lots/{lot}/recall', { params: { lot: lotPath(lot) }, body: { reason } });

/** A button, then what will happen and why it is done, then the button that does it. */
export function RecallForm({ lot, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return setRefusal(t('recallReasonShort'));
    setRefusal('');
    setIsBusy(true);
    const answer = await recall(lot, reason);
    setIsBusy(false);
    if (!answer.ok) return setRefusal(sayProblem(answer.problem));
    onChange(answer.data);
  };
  if (!isOpen)
    return (
      <div>
        <button
          type="button"
          class="button button--plain button--small"
          aria-label={t('recallFor', { lot: lot.lot })}
          onClick={() => setIsOpen(true)}
        >
          {t('recall')}
        </button>
      </div>
    );
  return (
    <form class="stack" noValidate onSubmit={(e) => void submit(e)}>
      <Notice tone="wait">{t('recallWarning')}</Notice>
      <TextArea
        id={`recall-${lot.gtin}-${lot.lot}`}
        label={t('recallReason')}
        hint={t('recallReasonHint')}
        maxLength={500}
        rows={2}
        value={reason}
        error={refusal || undefined}
        onInput={(e) => setReason(e.currentTarget.value)}
      />
      <div class="row">
        <button type="submit" class="button button--small" disabled={isBusy}>
          {t('recallNow', { lot: lot.lot })}
        </button>
        <button type="button" class="button button--plain button--small" onClick={() => setIsOpen(false)}>
          {tWork('cancel')}
        </button>
      </div>
    </form>
  );
}

/** What a recalled lot's seller has to know: why, how far the notices are, and which orders carry it. */
export function Recalled({ lot, onChange }: Props) {
  const [problem, setProblem] = useState<Problem>();
  const notices = lot.recall?.notices;
  const resume = async () => {
    const answer = await recall(lot, lot.recall?.reason ?? '');
    if (answer.ok) onChange(answer.data);
    setProblem(answer.ok ? undefined : answer.problem);
  };
  return (
    <div class="stack">
      <Notice tone="bad">
        <p>{t('recalled', { reason: lot.recall?.reason ?? '' })}</p>
        {notices && <p>{t('recallNotices', { queued: formatNumber(notices.queued), sent: formatNumber(notices.sent) })}</p>}
      </Notice>
      {problem && <Notice tone="bad">{sayProblem(problem)}</Notice>}
      {notices && !notices.complete && (
        <button type="button" class="button button--quiet button--small" onClick={() => void resume()}>
          {t('recallResume')}
        </button>
      )}
      <LotOrders lot={lot} />
    </div>
  );
}

type LotOrder = Answer<'GET /api/seller/lots/{lot}/orders'>['items'][number];

function LotOrders({ lot }: { lot: Lot }) {
  const [orders, setOrders] = useState<LotOrder[]>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const load = async () => {
    const query = { limit: 20, ...(cursor && { cursor }) };
    const answer = await callAs('GET /api/seller/lots/{lot}/orders', { params: { lot: lotPath(lot) }, query });
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    setOrders([...(orders ?? []), ...answer.data.items]);
    setCursor(answer.data.nextCursor);
  };
  return (
    <div class="stack stack--tight">
      {orders?.length === 0 && <p class="small">{t('recallNoOrders')}</p>}
      {orders && orders.length > 0 && (
        <ul class="small">
          {orders.map((o) => (
            <li key={o.packageId}>
              <strong>{o.packageId}</strong> · {statusNames[o.status]} · {t('recallUnits', { n: formatNumber(o.quantity) })} ·{' '}
              {formatMoment(o.placedAt)}
            </li>
          ))}
        </ul>
      )}
      {problem && <Notice tone="bad">{sayProblem(problem)}</Notice>}
      {(!orders || cursor) && (
        <div>
          <button type="button" class="button button--quiet button--small" onClick={() => void load()}>
            {orders ? tWork('loadMore') : t('recallOrders')}
          </button>
        </div>
      )}
    </div>
  );
}
