/** What the state's traceability system would be told of a lot, what it lacks, and the lot's events as a file. */
import { useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { common, lots } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { formatMoment } from '../platform/format.ts';
import { Failure, Loading, Notice } from '../ui/states.tsx';
import { downloadEvents, lotPath } from './lot-download.ts';
import type { Lot } from './lot-draft.ts';

const t = translator('lots', lots);
const tCommon = translator('common', common);

type Portal = Answer<'GET /api/seller/lots/{lot}/portal'>;
type Field = Portal['fields'][number];

/** A key event begins with its instant. */
function say({ key, values }: Field): string[] {
  if (key === 'picture') return [t('portalPictures', { n: values.length })];
  if (key !== 'keyEvents') return [...values];
  return values.map((value) => {
    const [at = '', ...words] = value.split(' ');
    return `${formatMoment(at)}: ${words.join(' ')}`;
  });
}

function FieldRow({ field, isMissing }: { field: Field; isMissing: boolean }) {
  return (
    <div>
      <dt class="soft small">{field.label}</dt>
      <dd>
        {field.values.length > 0 ? (
          say(field).map((value) => (
            <span class="block" key={value}>
              {value}
            </span>
          ))
        ) : isMissing ? (
          <strong>{t('portalLacks')}</strong>
        ) : (
          t('portalNone')
        )}
        {field.note && <span class="soft small block">{field.note}</span>}
      </dd>
    </div>
  );
}

export function LotPortal({ lot }: { lot: Lot }) {
  const [portal, setPortal] = useState<Portal>();
  const [problem, setProblem] = useState<Problem>();
  const [word, setWord] = useState('');
  const load = async () => {
    setProblem(undefined);
    const answer = await callAs('GET /api/seller/lots/{lot}/portal', { params: { lot: lotPath(lot) } });
    if (answer.ok) setPortal(answer.data);
    else setProblem(answer.problem);
  };
  const download = async () => setWord((await downloadEvents(lot)) ? '' : tCommon('networkProblem'));
  return (
    <details
      class="fold"
      onToggle={(e) => {
        if (e.currentTarget.open && !portal) void load();
      }}
    >
      <summary aria-label={t('portalFor', { lot: lot.lot })}>{t('portal')}</summary>
      <div class="stack">
        {problem && <Failure problem={problem} onRetry={() => void load()} />}
        {!portal && !problem && <Loading />}
        {portal && (
          <>
            <Notice tone="wait">{portal.text}</Notice>
            <dl class="stack">
              {portal.fields.map((field) => (
                <FieldRow key={field.key} field={field} isMissing={portal.missing.includes(field.key)} />
              ))}
            </dl>
          </>
        )}
        <div>
          <button
            type="button"
            class="button button--quiet button--small"
            aria-label={t('epcisFor', { lot: lot.lot })}
            onClick={() => void download()}
          >
            {t('epcis')}
          </button>
        </div>
        {word && <Notice tone="wait">{word}</Notice>}
      </div>
    </details>
  );
}
