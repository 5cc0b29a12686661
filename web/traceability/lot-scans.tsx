/** Where a lot's labels are scanned, beside where its boxes were sent; asked for only when somebody wants to know. */
import { useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { lots } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { formatMoment, formatNumber } from '../platform/format.ts';
import { Failure, Loading, Notice } from '../ui/states.tsx';
import { TableScroll } from '../ui/TableScroll.tsx';
import { lotPath } from './lot-download.ts';
import type { Lot } from './lot-draft.ts';
import { saySerial } from './seven-items.ts';

const t = translator('lots', lots);
type Scans = Answer<'GET /api/seller/lots/{lot}/scans'>;

function Places({ scans }: { scans: Scans }) {
  if (scans.provinces.length === 0) return null;
  return (
    <TableScroll label={t('scans')}>
      <table class="table table--dense">
        <thead>
          <tr>
            <th scope="col">{t('scansPlace')}</th>
            <th scope="col" class="number">
              {t('scansSent')}
            </th>
            <th scope="col" class="number">
              {t('scansSeen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {scans.provinces.map((p) => (
            <tr key={p.code}>
              <th scope="row">
                {p.name} {p.isDoubtful && <span class="badge badge--bad">{t('scansMuch')}</span>}
              </th>
              <td class="number">{formatNumber(p.sent)}</td>
              <td class="number">{formatNumber(p.boxesSeen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function Told({ scans }: { scans: Scans }) {
  return (
    <>
      {scans.findings.map((f) => (
        <Notice key={f.kind} tone={f.strength === 'strong' ? 'bad' : 'wait'}>
          {f.text}
        </Notice>
      ))}
      <p>{scans.scans === 0 ? t('scansNone') : t('scansAll', { scans: formatNumber(scans.scans), sent: formatNumber(scans.boxesSent) })}</p>
      <Places scans={scans} />
      {scans.suspicious.length > 0 && (
        <>
          <h3>{t('scansSuspects')}</h3>
          <ul class="stack stack--tight">
            {scans.suspicious.map((s) => (
              <li key={s.serial}>
                <span>
                  <strong>{saySerial(s.serial)}</strong>
                  {s.findings.map((text) => (
                    <span class="soft small block" key={text}>
                      {text}
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {scans.doubts.length > 0 && (
        <>
          <h3>{t('scansDoubts')}</h3>
          <ul class="stack stack--tight">
            {scans.doubts.map((d) => (
              <li key={d.id}>
                <span>
                  <strong>{t(`doubt_${d.kind}`)}</strong> <span class="soft small">{formatMoment(d.at)}</span>
                  <span class="block">{d.text}</span>
                  <span class="soft small block">{saySerial(d.serial)}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function LotScans({ lot }: { lot: Lot }) {
  const [scans, setScans] = useState<Scans>();
  const [problem, setProblem] = useState<Problem>();
  const load = async () => {
    setProblem(undefined);
    const answer = await callAs('GET /api/seller/lots/{lot}/scans', { params: { lot: lotPath(lot) } });
    if (answer.ok) setScans(answer.data);
    else setProblem(answer.problem);
  };
  return (
    <details
      class="fold"
      onToggle={(e) => {
        if (e.currentTarget.open && !scans) void load();
      }}
    >
      <summary aria-label={t('scansFor', { lot: lot.lot })}>{t('scans')}</summary>
      <div class="stack">
        {problem && <Failure problem={problem} onRetry={() => void load()} />}
        {!scans && !problem && <Loading />}
        {scans && <Told scans={scans} />}
      </div>
    </details>
  );
}
