/** The Department's list of what shoppers doubt, newest first. */
import { useEffect, useState } from 'preact/hooks';
import type { TraceState } from '../../shared/traceability/scans/states.ts';
import { stateWords } from '../../shared/traceability/scans/states.ts';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { doubts, workspace } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { formatMoment, formatPhone } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { saySerial } from './seven-items.ts';
import { addressOf } from './typed-code.ts';

const t = translator('doubts', doubts);
const tWork = translator('workspace', workspace);
type Doubt = Answer<'GET /api/admin/traceability/doubts'>['items'][number];

const tones: Record<TraceState, string> = {
  ...{ active: 'badge badge--good', not_shipped: 'badge badge--wait', expired: 'badge badge--wait', forgotten: 'badge' },
  ...{ suspicious: 'badge badge--bad', recalled: 'badge badge--bad', never_issued: 'badge badge--bad' },
};

function DoubtCard({ doubt }: { doubt: Doubt }) {
  const { gtin, serial, lot, seller, phone } = doubt;
  return (
    <li class="card stack stack--tight">
      <div class="row row--apart">
        <h2 class="lot__number">{t(`kind_${doubt.kind}`)}</h2>
        <span class={tones[doubt.state]}>{stateWords[doubt.state].title}</span>
      </div>
      <p>{doubt.text}</p>
      <p class="soft small">
        {formatMoment(doubt.at)}
        {lot && <span class="block">{t('lot', { lot, seller: seller ?? t('gone') })}</span>}
        <span class="block">{t('code', { gtin, serial: saySerial(serial) })}</span>
      </p>
      <div class="row">
        <a class="button button--quiet button--small" href={links.trace + addressOf({ gtin, serial })}>
          {t('see', { serial: saySerial(serial) })}
        </a>
        {phone && (
          <a class="button button--leaf button--small" href={`tel:${phone}`}>
            {t('call', { phone: formatPhone(phone) })}
          </a>
        )}
      </div>
    </li>
  );
}

function Doubts() {
  const [list, setList] = useState<Doubt[]>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const load = async (from?: string) => {
    setProblem(undefined);
    const answer = await callAs('GET /api/admin/traceability/doubts', { query: { limit: 20, ...(from && { cursor: from }) } });
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
          {list.map((doubt) => (
            <DoubtCard key={doubt.id} doubt={doubt} />
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

export const mountDoubts = (): void => mountAs(['department', 'admin'], () => <Doubts />);
