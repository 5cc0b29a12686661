/** One lot: how much was harvested, how much of it carries codes, and more codes for the rest. */
import { useMemo, useState } from 'preact/hooks';
import { roomFor } from '../../shared/traceability/balance.ts';
import { isDemonstrationGtin } from '../../shared/traceability/gtin.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { common, lots } from '../i18n/vi.ts';
import { toast } from '../platform/dom.ts';
import { formatDay, formatNumber, formatWeight } from '../platform/format.ts';
import { parseWhole } from '../platform/parse.ts';
import { TextField } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { downloadCodes, lotPath } from './lot-download.ts';
import { keyKeeper, type Lot } from './lot-draft.ts';
import { LotPhotos } from './lot-photos.tsx';
import { LotPortal } from './lot-portal.tsx';
import { LotReadings } from './lot-readings.tsx';
import { Recalled, RecallForm } from './lot-recall.tsx';
import { LotScans } from './lot-scans.tsx';

const t = translator('lots', lots);
const tCommon = translator('common', common);
const mostCodes = 10_000;

/** Coded against harvested; the bar is for the eye, the sentence says the same. */
function BalanceBar({ lot, room }: { lot: Lot; room: number | undefined }) {
  const left = Math.max(0, lot.quantityGrams - lot.codedGrams);
  return (
    <div class="balance">
      <svg class="balance__bar" width="100%" height="14" aria-hidden="true">
        <rect class="balance__whole" width="100%" height="14" />
        <rect class="balance__coded" width={`${Math.min(100, (lot.codedGrams / lot.quantityGrams) * 100)}%`} height="14" />
      </svg>
      <p class="small row row--apart">
        <span>{t('balance', { coded: formatWeight(lot.codedGrams), total: formatWeight(lot.quantityGrams) })}</span>
        {room !== undefined && (
          <span class="soft">{room > 0 ? t('balanceLeft', { left: formatWeight(left), n: formatNumber(room) }) : t('balanceFull')}</span>
        )}
      </p>
    </div>
  );
}

function IssueForm({
  lot,
  room,
  onIssued,
}: {
  lot: Lot;
  room: number | undefined;
  onIssued: (codesIssued: number, count: number) => void;
}) {
  const [count, setCount] = useState('');
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const keys = useMemo(() => keyKeeper(), []);
  const issue = async (event: Event) => {
    event.preventDefault();
    const n = parseWhole(count);
    if (!n || n > mostCodes) return setRefusal(t('issueWrong'));
    setRefusal('');
    setIsBusy(true);
    const answer = await callAs('POST /api/seller/lots/{lot}/codes', {
      params: { lot: lotPath(lot) },
      body: { count: n },
      idempotencyKey: keys.keyFor([lotPath(lot), n]),
    });
    setIsBusy(false);
    if (!answer.ok) {
      // Only an answer ends the attempt: without one the codes may have been issued, and the same key brings the same codes.
      if (answer.problem.code !== 'network') keys.answered();
      return setRefusal(sayProblem(answer.problem));
    }
    keys.answered();
    setCount('');
    toast(t('issued', { n: formatNumber(n), lot: lot.lot }));
    onIssued(answer.data.codesIssued, n);
  };
  return (
    <form class="issue" noValidate onSubmit={(e) => void issue(e)}>
      <TextField
        id={`count-${lot.gtin}-${lot.lot}`}
        label={t('issueCount')}
        inputMode="numeric"
        autocomplete="off"
        placeholder={room ? formatNumber(Math.min(room, mostCodes)) : undefined}
        value={count}
        error={refusal || undefined}
        onInput={(e) => setCount(e.currentTarget.value)}
      />
      <button type="submit" class="button" disabled={isBusy} aria-label={t('issueFor', { lot: lot.lot })}>
        {t('issue')}
      </button>
    </form>
  );
}

/** @param netWeightGrams of one package; unknown when the product is no longer sold */
export function LotCard({ lot, netWeightGrams, onChange }: { lot: Lot; netWeightGrams: number | undefined; onChange: (lot: Lot) => void }) {
  const [word, setWord] = useState('');
  const room = netWeightGrams === undefined ? undefined : roomFor({ ...lot, netWeightGrams });
  const download = async (ending: 'csv' | 'pdf') => {
    setWord('');
    const parts = await downloadCodes(lot, ending);
    if (parts === undefined) setWord(tCommon('networkProblem'));
    else if (parts > 1) setWord(t('manyParts', { n: parts }));
  };
  return (
    <li class="card stack lot">
      <div class="row row--apart">
        <h2 class="lot__number">
          {lot.lot} <span class="soft block">{lot.productName}</span>
        </h2>
        <span class={lot.codesIssued > 0 ? 'badge badge--good' : 'badge'}>{t('codes', { n: formatNumber(lot.codesIssued) })}</span>
      </div>
      <p class="soft small">
        {t('harvested', { day: formatDay(lot.harvestedOn) })}
        {lot.useBy && ` · ${t('useBy_is', { day: formatDay(lot.useBy) })}`}
        {lot.plantingAreaCode && ` · ${t('area_is', { code: lot.plantingAreaCode })}`}
        {lot.certificates.map((c) => ` · ${c.kind} ${c.number}`)}
        <span class="block">{t(isDemonstrationGtin(lot.gtin) ? 'demoGtin' : 'gtin', { gtin: lot.gtin })}</span>
      </p>
      {lot.recall && <Recalled lot={lot} onChange={onChange} />}
      {lot.doubtful && <Notice tone="bad">{t('doubtful', { places: lot.doubtful.provinces.join(', ') })}</Notice>}
      <LotPhotos lot={lot} onChange={onChange} />
      <BalanceBar lot={lot} room={lot.recall ? undefined : room} />
      {!lot.recall && room !== 0 && (
        <IssueForm
          lot={lot}
          room={room}
          onIssued={(codesIssued, count) => onChange({ ...lot, codesIssued, codedGrams: lot.codedGrams + count * (netWeightGrams ?? 0) })}
        />
      )}
      {lot.codesIssued > 0 && (
        <div class="row">
          <button
            type="button"
            class="button button--leaf button--small"
            aria-label={t('pdfFor', { lot: lot.lot })}
            onClick={() => void download('pdf')}
          >
            {t('pdf')}
          </button>
          <button
            type="button"
            class="button button--quiet button--small"
            aria-label={t('csvFor', { lot: lot.lot })}
            onClick={() => void download('csv')}
          >
            {t('csv')}
          </button>
        </div>
      )}
      {word && <Notice tone="wait">{word}</Notice>}
      {lot.codesIssued > 0 && <LotScans lot={lot} />}
      <LotReadings lot={lot} />
      <LotPortal lot={lot} />
      {!lot.recall && <RecallForm lot={lot} onChange={onChange} />}
    </li>
  );
}
